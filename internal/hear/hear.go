// Package hear says what each sentence of a conversation carries: on the
// customer's side which of the twelve kinds, on ours which act, and for each
// question what it asks for. It is the third step of a sentence's way, between
// segment and mirror.
//
// A sentence is heard from a [Row]: itself, the sentence before it and the
// question it follows, never from more, so that what was heard can be looked
// up and argued with. Signs are cues in rules/<lang>/*.yaml; what the signs
// are worth together is fitted on labelled sentences.
//
//	hearing := hear.Conversation(c)
//	labels := hear.Suggested(hear.Sentence(hear.Row{Side: headway.Ours, Sentence: "How do you do that today?"}))
package hear

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// Version names the rules and weights. It changes whenever the same sentence
// may be heard differently.
const Version = "rules 3"

// Conversation hears every sentence of every turn, in order. Words of a side
// that is only guessed are heard as that side's, and nothing of them counts;
// words of nobody in particular are not heard at all. A conversation that is not
// English, or a sentence in one that is, says that it was not heard.
func Conversation(c *headway.Conversation) headway.Hearing {
	h, _ := hearing(c, Version, func(rows []Row) [][]headway.Scored {
		heard := make([][]headway.Scored, len(rows))
		for i, r := range rows {
			heard[i] = Suggested(Sentence(r))
		}
		return heard
	})
	return h
}

// hearing hears a conversation's sentences by a pass of this version, which
// gives the labels that each row shows. It gives what it heard from, too, in which
// nothing stands where the conversation was not heard.
func hearing(c *headway.Conversation, version string, pass func([]Row) [][]headway.Scored) (headway.Hearing, *script) {
	h := headway.Hearing{Conversation: c.ID, Version: version}
	if !english(c) {
		h.Unheard = NotEnglish
		return h, &script{}
	}
	s := written(c)
	s.leaveForeign(c)
	for i, labels := range pass(s.rows) {
		if s.heard[i].Unheard != "" {
			continue
		}
		if s.heard[i].Side != s.rows[i].Side {
			labels = uncounted(labels) // the side is a guess
		}
		s.heard[i].Labels = labels
	}
	h.Sentences = s.heard
	return h, s
}

// script is a conversation written out sentence by sentence: what each is heard
// from, and where it stands.
type script struct {
	sides map[headway.SpeakerID]sided
	rows  []Row
	heard []headway.Heard
}

// written writes a conversation out.
func written(c *headway.Conversation) *script {
	s := &script{sides: sidesOf(c)}
	asked := lastWords{}
	for i := range c.Turns {
		side := s.sides[c.Turns[i].Speaker]
		s.turn(c, i, asked.before(side.heard))
		asked.say(side.heard, c.Turns[i].Text.Text)
	}
	return s
}

// turn writes one turn out, which follows question.
func (s *script) turn(c *headway.Conversation, turn int, question string) {
	text, side := c.Turns[turn].Text, s.sides[c.Turns[turn].Speaker]
	ruler := headway.NewRuler(text.Text)
	pieces := sentences(text.Text)
	row := Row{Side: side.heard, Question: question, Genre: string(c.Genre)}
	for i, p := range pieces {
		row.Sentence = p.Of(text.Text)
		row.After = ""
		if i+1 < len(pieces) {
			row.After = pieces[i+1].Of(text.Text)
		}
		s.rows = append(s.rows, row)
		s.heard = append(s.heard, headway.Heard{Span: text.SpanOf(ruler, p.Start, p.End), Turn: turn, Side: side.stands})
		row.Before = row.Sentence
	}
}

// uncounted takes the right to count from labels.
func uncounted(labels []headway.Scored) []headway.Scored {
	for i := range labels {
		labels[i].Counted = false
	}
	return labels
}

// sentences cuts a turn and trims what it cut; white space alone is no sentence.
func sentences(text string) []segment.Piece {
	pieces := segment.Sentences(text)
	kept := pieces[:0]
	for _, p := range pieces {
		if p = p.Trim(text); p.End > p.Start {
			kept = append(kept, p)
		}
	}
	return kept
}

// sided is how a speaker stands and as whom we hear them.
type sided struct{ stands, heard headway.Side }

func sidesOf(c *headway.Conversation) map[headway.SpeakerID]sided {
	sides := make(map[headway.SpeakerID]sided, len(c.Speakers))
	for _, s := range c.Speakers {
		side := sided{stands: s.Side, heard: s.Side}
		if s.Side == headway.Unknown {
			side.heard = s.Guess
		}
		sides[s.ID] = side
	}
	return sides
}

// lastWords keeps the end of each side's last turn.
type lastWords map[headway.Side]string

// before gives the last two sentences of the other side.
func (l lastWords) before(side headway.Side) string {
	switch side {
	case headway.Ours:
		return l[headway.Theirs]
	case headway.Theirs:
		return l[headway.Ours]
	}
	return ""
}

func (l lastWords) say(side headway.Side, text string) {
	pieces := sentences(text)
	if len(pieces) == 0 || side != headway.Ours && side != headway.Theirs {
		return
	}
	l[side] = joinTwo(text, pieces)
}

func joinTwo(text string, pieces []segment.Piece) string {
	last := pieces[len(pieces)-1].Of(text)
	if len(pieces) == 1 {
		return last
	}
	return pieces[len(pieces)-2].Of(text) + " " + last
}
