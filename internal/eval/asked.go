package eval

import (
	"fmt"
	"io"
	"sort"

	"github.com/headway-oss/headway"
)

// slotOf is one slot of one conversation: whether it was asked for, and what
// was heard of that.
type slotOf struct {
	document string
	slot     headway.Label
	asked    bool // labelled so
	counted  bool // heard surely enough to count as asked
	never    bool // no question is even suggested to ask for it: called never asked
}

// printAsked prints whether a mirror is right about what was asked and what
// nobody asked, per conversation and slot.
func printAsked(w io.Writer, judged []judged) {
	fmt.Fprintln(w, "Per conversation with labels of our side, and slot. *Asked*: a counted question asks for it. *Never asked*: not even a suggested one does; between them lies *perhaps asked*. Written conversations ask for twice as much as real ones, so that of what is called never asked in them more is wrong. Weights and thresholds of the other folds.")
	for _, set := range []struct {
		name     string
		invented bool
	}{{"interviews and podcast", false}, {"written, not real (invented conversations)", true}} {
		slots := slotsOf(judged, set.invented)
		fmt.Fprintf(w, "\n%s:\n\n", set.name)
		printSlots(w, slots)
	}
}

func printSlots(w io.Writer, slots []slotOf) {
	micro, always, conversations := Tally{}, Count{}, map[string]bool{}
	never := Tally{} // of the slots called never asked: a hit is one that was asked
	found := Tally{} // of the slots never asked: a hit is one that is called so
	for _, s := range slots {
		micro.Of(s.document).Add(s.counted, s.asked)
		always.Add(true, s.asked)
		conversations[s.document] = true
		never.Of(s.document).Add(s.never, s.asked)
		found.Of(s.document).Add(s.never, !s.asked)
	}
	sum := micro.Sum()
	fmt.Fprintf(w, "- %d conversations, %d slots, %d asked\n", len(conversations), len(slots), sum.N())
	fmt.Fprintf(w, "- asked: micro-F1 %s, precision %s, recall %s (constant *asked*: %s, constant *never*: 0)\n", micro.F1(), Dot(sum.Precision()), Dot(sum.Recall()), Dot(always.F1()))
	called := never.Sum()
	fmt.Fprintf(w, "- called never asked: %d, of them in truth asked %d: %s\n", called.Hit+called.False, called.Hit, within(never, Count.Precision))
	fmt.Fprintf(w, "- never asked in truth: %d, of them called so %d: %s; the others are called perhaps asked or asked\n", found.Sum().N(), found.Sum().Hit, within(found, Count.Recall))
}

// within writes a figure with its interval.
func within(t Tally, figure func(Count) float64) string {
	low, high := t.Interval(figure)
	return fmt.Sprintf("%s (%s-%s)", Dot(figure(t.Sum())), Dot(low), Dot(high))
}

// slotsOf gathers the slots of every conversation, in order.
func slotsOf(all []judged, invented bool) []slotOf {
	byDocument := map[string][]judged{}
	var documents []string
	for _, j := range all {
		if j.Invented() != invented {
			continue
		}
		if byDocument[j.Document()] == nil {
			documents = append(documents, j.Document())
		}
		byDocument[j.Document()] = append(byDocument[j.Document()], j)
	}
	sort.Strings(documents)
	var slots []slotOf
	for _, document := range documents {
		for _, slot := range headway.Slots() {
			slots = append(slots, slotIn(document, slot, byDocument[document]))
		}
	}
	return slots
}

func slotIn(document string, slot headway.Label, sentences []judged) slotOf {
	s := slotOf{document: document, slot: slot, never: true}
	for _, j := range sentences {
		s.asked = s.asked || j.Has(headway.Asks(slot))
		s.counted = s.counted || counted(j.heard, headway.Asks(slot))
		s.never = s.never && !holds(j.shown, headway.Asks(slot))
	}
	return s
}
