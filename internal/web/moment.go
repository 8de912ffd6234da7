package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// moment is one label on one passage, as the reader shows it: heard, decided on,
// or seen by a member alone.
type moment struct {
	place   headway.Passage
	heard   headway.Scored // By is byPerson where only a member saw it
	verdict headway.Verdict
	made    deed.Made // the deed behind the verdict
	at      int       // index of the turn that it begins in
	side    headway.Side
}

// counts says whether a label counts, by its hearer or because a member kept it.
func (m moment) counts() bool {
	switch m.verdict {
	case headway.Kept:
		return true
	case headway.Dismissed:
		return false
	}
	return m.heard.Counted
}

// byPerson is the hearer of what only a member heard.
const byPerson = "person"

// moments lists what a reader can see in these turns, by where it begins, then
// in codebook order.
func moments(c *headway.Conversation, hearing headway.Hearing, judged deed.Judgements) []moment {
	turns := map[headway.TextID]int{}
	for i, t := range c.Turns {
		turns[t.Text.ID] = i
	}
	all := heardMoments(turns, hearing, judged)
	all = append(all, seenMoments(c, turns, hearing, judged)...)
	order := codebookOrder()
	slices.SortStableFunc(all, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.place[0].Start, b.place[0].Start), cmp.Compare(a.place[0].End, b.place[0].End),
			cmp.Compare(order[a.heard.Label], order[b.heard.Label]))
	})
	return all
}

// codebookOrder numbers all labels.
func codebookOrder() map[headway.Label]int {
	order := map[headway.Label]int{}
	for i, l := range slices.Concat(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)) {
		order[l] = i
	}
	return order
}

func heardMoments(turns map[headway.TextID]int, hearing headway.Hearing, judged deed.Judgements) (all []moment) {
	for _, h := range hearing.Sentences {
		at, here := turns[h.Span.Text]
		if !here {
			continue
		}
		for _, l := range shown(h) {
			made := judged.Made[l.Label][h.Span]
			all = append(all, moment{passage(h.Span, made), l, judged.Labels[l.Label][h.Span], made, at, h.Side})
		}
	}
	return all
}

// seenMoments are the labels that members kept and nobody hears there, or not
// any more.
func seenMoments(c *headway.Conversation, turns map[headway.TextID]int, hearing headway.Hearing, judged deed.Judgements) (all []moment) {
	heard := map[labelAt]bool{}
	for _, h := range hearing.Sentences {
		for _, l := range h.Labels {
			heard[labelAt{h.Span, l.Label}] = true
		}
	}
	for _, side := range []headway.Side{headway.Theirs, headway.Ours} {
		for _, l := range headway.Labels(side) {
			for span, verdict := range judged.Labels[l] {
				at, here := turns[span.Text]
				if !here || verdict != headway.Kept || heard[labelAt{span, l}] || c.Speaker(c.Turns[at].Speaker).Side != side {
					continue
				}
				made := judged.Made[l][span]
				seen := headway.Scored{Label: l, Score: 1, Counted: true, By: byPerson}
				all = append(all, moment{passage(span, made), seen, verdict, made, at, side})
			}
		}
	}
	return all
}

type labelAt struct {
	headway.Span
	headway.Label
}

func passage(first headway.Span, made deed.Made) headway.Passage {
	return slices.Concat(headway.Passage{first}, made.More)
}

// momentChoice is which moments a reader wants to see.
type momentChoice struct {
	Kinds []headway.Label // none for all
	Who   string          // "" for all; person, machine, kept, open, or a member's id
}

// Any says whether something is left out.
func (c momentChoice) Any() bool { return len(c.Kinds) > 0 || c.Who != "" }

func (c momentChoice) shows(m moment) bool {
	if len(c.Kinds) > 0 && !slices.Contains(c.Kinds, m.heard.Label) {
		return false
	}
	switch c.Who {
	case "":
		return true
	case "person":
		return m.made.Seq > 0
	case "machine":
		return m.heard.By != byPerson
	case "kept":
		return m.verdict == headway.Kept
	case "open":
		return m.verdict == ""
	}
	return m.made.Seq > 0 && string(m.made.Member) == c.Who
}

// shown gives the labels worth a mark: what a customer's sentence shows, and of
// ours what asks, tells or takes for granted.
func shown(h headway.Heard) []headway.Scored {
	if len(h.Labels) == 0 {
		return nil
	}
	var labels []headway.Scored
	for _, l := range h.Labels {
		_, asks := l.Label.Asked()
		if h.Side == headway.Theirs || asks || slices.Contains(told, l.Label) {
			labels = append(labels, l)
		}
	}
	return labels
}

// told are the acts of ours that are marked beside what we ask for.
var told = []headway.Label{headway.Pitch, headway.Advice, headway.Assumption, headway.Playback, headway.StoryOwn, headway.StoryOther}

// labelName writes "asks for measure" for asks:measure.
func labelName(l headway.Label) string {
	if slot, asks := l.Asked(); asks {
		return "asks for " + string(slot)
	}
	return string(l)
}

// hue groups the kinds into five tones; the word beside the turn tells them
// apart, the colour never does alone.
func hue(l headway.Label) string {
	switch l {
	case headway.Struggle, headway.Anxiety:
		return "push"
	case headway.Motivation, headway.Pull, headway.Request:
		return "aim"
	case headway.Measure, headway.Result:
		return "measure"
	case headway.Situation, headway.Alternative, headway.Habit, headway.Realization, headway.Decision:
		return "place"
	}
	return "ours"
}

// formatPassage writes places as forms and addresses have them.
func formatPassage(p headway.Passage) string {
	if len(p) == 1 {
		return formatSpan(p[0])
	}
	spans := make([]string, len(p))
	for i, s := range p {
		spans[i] = formatSpan(s)
	}
	return strings.Join(spans, "+")
}

// maxTurns is how many turns a passage may go over.
const maxTurns = 200

func parsePassage(places string) (headway.Passage, error) {
	var p headway.Passage
	for place := range strings.SplitSeq(places, "+") {
		span, err := parseSpan(place)
		if err != nil {
			return nil, err
		}
		if p = append(p, span); len(p) > maxTurns {
			return nil, headway.Errorf(headway.Invalid, "a passage goes over %d turns at most: mark it in parts", maxTurns)
		}
	}
	return p, nil
}
