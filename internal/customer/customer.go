// Package customer lays out one customer as their own words show them: a person,
// or all who speak for an account. It stands beside mirror, after hear, and looks
// at people where mirror looks at a study.
//
// It is pure, and every line of it is a place in a stored text: what they are
// trying to get done, how they will know it worked, what they asked for, what
// worries them, what we promised, sent back and got wrong. Nothing is ranked by
// stage, and nobody is scored.
//
//	history := deed.NewHistory(operations)
//	c := customer.See(whose, talks, deed.NewJudgements(operations), customer.NewDealings(operations, history))
package customer

import (
	"cmp"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Talk is a conversation and what was heard in it.
type Talk struct {
	*headway.Conversation
	Hearing headway.Hearing
}

// Whose are the persons who are looked at: ids as speakers have them, each with
// who they are now, since members merged them.
type Whose map[headway.PersonID]headway.PersonID

// Customer is what was said by one customer, and what passed between them and us.
type Customer struct {
	Said      []Said     // the twelve kinds in codebook order, those that were not heard too
	Wows      []Wow      // newest conversation first
	Promises  []Promise  // of ours to them, as they were marked
	PlayBacks []PlayBack // newest first
	Repairs   []Repair   // as they were marked
}

// Said is what they said of one kind: what a member kept, then what was heard
// surely enough to count and nobody checked, each surest first.
type Said struct {
	Kind  headway.Label
	Lines []Line
	Kept  int // the first so many of Lines
}

// Heard counts the lines that nobody checked.
func (s Said) Heard() int { return len(s.Lines) - s.Kept }

// Line is a place in one conversation.
type Line struct {
	Span         headway.Span
	More         []headway.Span // the passage's other spans, where it goes over several turns
	Conversation headway.ConversationID
	Turn         int              // index in the conversation
	Person       headway.PersonID // who said it, as members merged them
	Date         headway.Date     // of the conversation
	Kind         headway.Label
	Kept         bool   // a member said so; else By heard it
	By           string // "" where only the member saw it
	Score        float64
	// Confirmed is when they last said that it is right, of what was sent back to
	// them; zero is never.
	Confirmed time.Time
}

// Passage gives all of a line's words.
func (l Line) Passage() headway.Passage { return slices.Concat(headway.Passage{l.Span}, l.More) }

// Wow is a moment in which something new became clear to them, with what was
// said right before.
type Wow struct {
	Line
	Before []Turn // in order; who spoke may be anybody
}

// Turn is the end of a turn, in whole sentences.
type Turn struct {
	Span    headway.Span
	Speaker headway.SpeakerID
}

// See looks at persons in the talks that are theirs. Talks in which only we
// speak may be among them: promises and mistakes are looked up there too.
func See(whose Whose, talks []Talk, judged deed.Judgements, dealt Dealings) Customer {
	s := newSight(whose, talks)
	s.confirm(dealt)
	c := Customer{Said: s.said(judged), Promises: s.promises(dealt), PlayBacks: s.playBacks(dealt), Repairs: s.repairs(dealt)}
	c.Wows = s.wows(c.Of(headway.Realization))
	return c
}

// Of gives what was said of a kind.
func (c Customer) Of(kind headway.Label) Said {
	for _, s := range c.Said {
		if s.Kind == kind {
			return s
		}
	}
	return Said{Kind: kind}
}

// sight is the talks while they are looked at.
type sight struct {
	whose     Whose
	talks     []Talk
	at        map[headway.TextID]place
	confirmed map[headway.Span]time.Time
}

// place is where a text stands; person is who of those looked at said it, "" for
// everybody else.
type place struct {
	talk, turn int
	side       headway.Side
	person     headway.PersonID
}

func newSight(whose Whose, talks []Talk) *sight {
	s := &sight{whose: whose, talks: talks, at: map[headway.TextID]place{}, confirmed: map[headway.Span]time.Time{}}
	for i, talk := range talks {
		for k := range talk.Turns {
			speaker := talk.Speaker(talk.Turns[k].Speaker)
			p := place{talk: i, turn: k, side: speaker.Side}
			if speaker.Side == headway.Theirs {
				p.person = whose[speaker.Person()]
			}
			s.at[talk.Turns[k].Text.ID] = p
		}
	}
	return s
}

// said lists the lines of each kind.
func (s *sight) said(judged deed.Judgements) []Said {
	all := make([]Said, len(headway.Kinds()))
	for i, kind := range headway.Kinds() {
		lines := s.linesOf(kind, judged)
		slices.SortStableFunc(lines, func(a, b Line) int {
			return cmp.Or(first(a.Kept, b.Kept), cmp.Compare(b.Score, a.Score), b.Date.Time.Compare(a.Date.Time))
		})
		kept := 0
		for kept < len(lines) && lines[kept].Kept {
			kept++
		}
		all[i] = Said{Kind: kind, Lines: lines, Kept: kept}
	}
	return all
}

// linesOf lists what counts as a kind, in order of talks and speaking, and then
// what members marked that nobody had heard.
func (s *sight) linesOf(kind headway.Label, judged deed.Judgements) (lines []Line) {
	verdicts, seen := judged.Labels[kind], map[headway.Span]bool{}
	for _, talk := range s.talks {
		for _, h := range talk.Hearing.Sentences {
			line, theirs := s.line(h.Span)
			if !theirs {
				continue
			}
			i := slices.IndexFunc(h.Labels, func(l headway.Scored) bool { return l.Label == kind })
			if i < 0 {
				continue
			}
			seen[h.Span] = true
			line.Kind, line.By, line.Score, line.Kept = kind, h.Labels[i].By, h.Labels[i].Score, verdicts[h.Span] == headway.Kept
			if line.Kept || h.Labels[i].Counted && verdicts[h.Span] != headway.Dismissed {
				lines = append(lines, line)
			}
		}
	}
	return append(lines, s.marked(kind, judged, seen)...)
}

// marked lists passages that a member marked where nothing was heard.
func (s *sight) marked(kind headway.Label, judged deed.Judgements, seen map[headway.Span]bool) (lines []Line) {
	for span, verdict := range judged.Labels[kind] {
		if line, theirs := s.line(span); theirs && verdict == headway.Kept && !seen[span] {
			line.Kind, line.Kept, line.Score = kind, true, 1
			line.More = judged.Made[kind][span].More
			lines = append(lines, line)
		}
	}
	slices.SortFunc(lines, s.asSpoken)
	return lines
}

func (s *sight) asSpoken(a, b Line) int {
	p, q := s.at[a.Span.Text], s.at[b.Span.Text]
	return cmp.Or(cmp.Compare(p.talk, q.talk), cmp.Compare(p.turn, q.turn), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
}

// line tells where a span stands, and whether somebody looked at said it.
func (s *sight) line(span headway.Span) (Line, bool) {
	p, here := s.at[span.Text]
	if !here {
		return Line{Span: span}, false
	}
	talk := s.talks[p.talk]
	return Line{Span: span, Conversation: talk.ID, Turn: p.turn, Person: p.person, Date: talk.Date, Confirmed: s.confirmed[span]}, p.person != ""
}

// wows ties each realization to what was said before it.
func (s *sight) wows(said Said) (wows []Wow) {
	for _, l := range said.Lines {
		wows = append(wows, Wow{l, s.before(l)})
	}
	return wows
}

// turnsBefore is how many turns stand before a wow moment, wordsBefore how many
// code points of each are enough.
const (
	turnsBefore = 2
	wordsBefore = 240
)

// before gives the ends of the turns that stand before a line.
func (s *sight) before(l Line) (turns []Turn) {
	talk := s.talks[s.at[l.Span.Text].talk]
	for i := max(0, l.Turn-turnsBefore); i < l.Turn; i++ {
		if end, said := endOf(talk.Hearing, i); said {
			turns = append(turns, Turn{end, talk.Turns[i].Speaker})
		}
	}
	return turns
}

// endOf gives a turn's last sentences, as many as make wordsBefore.
func endOf(h headway.Hearing, turn int) (end headway.Span, said bool) {
	for _, sentence := range slices.Backward(h.Sentences) {
		switch {
		case sentence.Turn != turn:
		case !said:
			end, said = sentence.Span, true
		case end.Len() < wordsBefore && sentence.Span.Text == end.Text:
			end.Start = sentence.Span.Start
		}
	}
	return end, said
}

// first puts what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
