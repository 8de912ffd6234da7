package headway

import "strings"

// Label names something that can be heard in one sentence. The codebook fixes
// them: twelve kinds on the customer's side; on ours thirteen acts, and for
// each question what it asks for.
type Label string

// The kinds: what a customer says.
const (
	Situation   Label = "situation"
	Struggle    Label = "struggle"
	Motivation  Label = "motivation"
	Measure     Label = "measure"
	Alternative Label = "alternative"
	Pull        Label = "pull"
	Anxiety     Label = "anxiety"
	Habit       Label = "habit"
	Request     Label = "request"
	Result      Label = "result"
	Realization Label = "realization"
	Decision    Label = "decision"
)

// The acts: what one of us does with a sentence.
const (
	QOpen         Label = "q-open"
	QClosed       Label = "q-closed"
	QLeading      Label = "q-leading"
	QDouble       Label = "q-double"
	QHypothetical Label = "q-hypothetical"
	Playback      Label = "playback"
	Pitch         Label = "pitch"
	Advice        Label = "advice"
	StoryOwn      Label = "story-own"
	StoryOther    Label = "story-other"
	Assumption    Label = "assumption"
	Ack           Label = "ack"
	Other         Label = "other"
)

// AsksOther is asked for when none of the slots is.
const AsksOther Label = "asks:other"

// Kinds lists the twelve kinds in codebook order.
func Kinds() []Label {
	return []Label{Situation, Struggle, Motivation, Measure, Alternative, Pull, Anxiety, Habit, Request, Result, Realization, Decision}
}

// Slots lists the eleven kinds that a question can ask for and a guess can be
// about: all but Realization, in codebook order.
func Slots() []Label {
	return []Label{Situation, Struggle, Motivation, Measure, Alternative, Pull, Anxiety, Habit, Request, Result, Decision}
}

// Acts lists the thirteen acts in codebook order.
func Acts() []Label {
	return []Label{QOpen, QClosed, QLeading, QDouble, QHypothetical, Playback, Pitch, Advice, StoryOwn, StoryOther, Assumption, Ack, Other}
}

// Labels lists every label of a side in codebook order: the kinds of Theirs;
// the acts and then the asks of Ours; nothing for Unknown.
func Labels(side Side) []Label {
	switch side {
	case Theirs:
		return Kinds()
	case Ours:
		all := Acts()
		for _, slot := range Slots() {
			all = append(all, Asks(slot))
		}
		return append(all, AsksOther)
	}
	return nil
}

// Asks gives the label of a question that asks for slot.
func Asks(slot Label) Label { return "asks:" + slot }

// Asked gives the slot that an asks label asks for, and whether it names one;
// AsksOther names none.
func (l Label) Asked() (slot Label, ok bool) {
	name, isAsks := strings.CutPrefix(string(l), "asks:")
	return Label(name), isAsks && l != AsksOther
}

// IsSlot says whether l is one of the eleven slots.
func (l Label) IsSlot() bool {
	for _, s := range Slots() {
		if s == l {
			return true
		}
	}
	return false
}
