package mirror

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func (d *desk) stand(parts []Part) Standing {
	return Stand(d.study, d.guesses, parts, d.judged, d.choices.Merged)
}

// TestTheFairBeforeAndAfterCleo writes out what one more conversation, a kept
// sentence and a late guess change.
func TestTheFairBeforeAndAfterCleo(t *testing.T) {
	d := fairDesk(t)
	before := d.stand(d.parts[:2])
	d.judge(d.guesses[0].ID, "I wanted visitors to stop at the stand and start talking.", headway.Supports)
	d.guess(headway.Decision, "The owner decides alone")
	golden(t, "testdata/fair-change.txt", d.tell(Compare(before, d.stand(d.parts))))
}

func (d *desk) tell(c Change) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	words := func(l Line) string { return d.texts.Quote(l.Span).String() }
	say("%+v\n%+v\nCAME", c.Before, c.After)
	for _, p := range c.Came {
		say("  %s", p.Name)
	}
	say("LEFT %d\nGUESSES", len(c.Left))
	for _, g := range c.Guesses {
		say("  %s", g.Guess.Text)
		for _, tally := range []*Tally{g.Before, g.After} {
			if tally == nil {
				say("    not there")
			} else {
				say("    %+v", *tally)
			}
		}
		for _, l := range g.Near {
			say("    near: %s", words(l))
		}
	}
	say("KINDS")
	for _, k := range c.Kinds {
		say("  %s: %d of %d, then %d of %d", k.Kind, k.Before.People, k.Before.N, k.After.People, k.After.N)
	}
	say("LINES")
	for _, l := range c.Lines {
		say("  %s %d -> %d surprise %v: %s", l.Line.Kind, l.Before.People, l.After.People, l.Surprise, words(l.Line))
	}
	say("ASKED")
	for _, s := range c.Slots {
		say("  %s: %+v -> %+v newly %v, never %v", s.Slot, s.Before, s.After, s.NewlyAsked(), s.After.Never())
	}
	return b.String()
}

func TestWhatIsTheSameTwiceDidNotChange(t *testing.T) {
	d := fairDesk(t)
	turned := slices.Clone(d.parts)
	slices.Reverse(turned)
	if c := Compare(d.stand(d.parts), d.stand(turned)); !c.Nothing() {
		t.Errorf("changed: %s", d.tell(c))
	}
	if c := Compare(d.stand(nil), d.stand(nil)); !c.Nothing() {
		t.Errorf("of nothing changed: %+v", c)
	}
}

func TestOneDismissedSentenceIsAChange(t *testing.T) {
	d := fairDesk(t)
	before := d.stand(d.parts)
	d.mark(headway.Alternative, "Otherwise I would have ordered pens again.", headway.Dismissed)
	c := Compare(before, d.stand(d.parts))
	if c.Nothing() || len(c.Lines) != 1 || c.Lines[0].Before.People != 1 || c.Lines[0].After.People != 0 {
		t.Errorf("changed: %s", d.tell(c))
	}
	if c.Before.N != c.After.N {
		t.Error("a person who still speaks is gone")
	}
}

func TestComparedTheOtherWayRoundPeopleAndCountsChangePlaces(t *testing.T) {
	d := fairDesk(t)
	one, two := d.stand(d.parts[:1]), d.stand(d.parts[1:])
	there, back := Compare(one, two), Compare(two, one)
	if diff := cmp.Diff(there.Came, back.Left); diff != "" {
		t.Error(diff)
	}
	if there.Before != back.After || len(there.Lines) != len(back.Lines) {
		t.Errorf("%+v is not %+v turned round", there, back)
	}
	for i, k := range there.Kinds {
		if (KindChange{k.Kind, back.Kinds[i].After, back.Kinds[i].Before}) != k {
			t.Errorf("%+v and %+v", k, back.Kinds[i])
		}
	}
}

func TestALineIsTheSameByItsGroupWhicheverSentenceStandsForIt(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "Ana struggle: The lid leaks on my desk.")
	d.hear("two.txt", "Bo struggle: The lid leaked all over my desk.")
	for i := range d.parts {
		d.parts[i].Moments[0].Group = "leaks"
	}
	c := Compare(d.stand(d.parts[1:]), d.stand(d.parts))
	if len(c.Lines) != 1 || c.Lines[0].Before != (Of{1, 1}) || c.Lines[0].After != (Of{2, 2}) {
		t.Errorf("lines %+v", c.Lines)
	}
}

func TestGuessesOfTwoStudiesAreTheSameByTheirWords(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The lid leaks")
	d.hear("one.txt", "Ana struggle: The lid leaks on my desk.")
	one := d.stand(d.parts)
	other := newDesk(t)
	other.study.ID = "other"
	other.guess(headway.Struggle, "The lid leaks")
	other.guess(headway.Habit, "They drink tea")
	two := other.stand(nil)
	c := Compare(one, two)
	if len(c.Guesses) != 2 || c.Guesses[0].Before == nil || c.Guesses[0].After == nil || c.Guesses[1].Before != nil {
		t.Errorf("guesses %+v", c.Guesses)
	}
}
