package mirror

import (
	"fmt"
	"testing"

	"github.com/headway-oss/headway"
)

// countingIn makes a moment of customer who in a group, of a rank from 0 to 3.
func countingIn(group string, who, rank int) counted {
	return counted{Moment: &Moment{Group: headway.GroupID(group), Unasked: rank%2 == 0}, customer: who, surprise: rank < 2}
}

func TestWhatMeansTheSameIsOneLineAndWhatMostSaidComesFirst(t *testing.T) {
	lines := layTogether([]counted{
		countingIn("alone", 1, 0),
		countingIn("two", 1, 0), countingIn("", 3, 0), countingIn("", 4, 0), countingIn("two", 2, 0),
		countingIn("guessed", 1, 0), countingIn("guessed", 2, 2), countingIn("guessed", 3, 2),
		countingIn("again", 5, 3), countingIn("again", 5, 3),
	})
	var got []string
	for _, l := range lines {
		got = append(got, fmt.Sprintf("%s %d of %d", l.moments[0].Group, len(l.moments), l.people))
	}
	// A guess came near one sentence of "guessed", so it is no surprise however many said it.
	want := []string{"two 2 of 2", "alone 1 of 1", " 1 of 1", " 1 of 1", "guessed 3 of 3", "again 2 of 1"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("lines %q, want %q", got, want)
	}
}

func TestALineIsNamedByItsMostTypicalSentence(t *testing.T) {
	texts, lines := Texts{}, []Line{}
	for i, words := range []string{
		"Somehow, and I blame the new kiln for it, the glaze takes long.", // the surest
		"Glaze takes ages.",
		"The glaze takes too long to dry.",
		"Our glaze takes long to dry.",
	} {
		id := headway.TextID(fmt.Sprintf("t%d.1", i))
		texts[id] = headway.TextVersion{ID: id, Text: words}
		lines = append(lines, Line{Span: headway.Span{Text: id, End: len(words)}, Kind: headway.Struggle})
	}
	front := lines[0]
	front.Group, front.People, front.Same, front.More = "g", 5, lines[1:], 1
	m := Mirror{TheySaid: TheySaid{Slots: []Said{{Kind: headway.Struggle, Lines: []Line{front}}}}}
	if n := len(m.Compared()); n != 4 {
		t.Errorf("%d sentences are compared", n)
	}
	m.Name(texts)
	got := m.TheySaid.Slots[0].Lines[0]
	if name := texts.Quote(got.Span).String(); name != "The glaze takes too long to dry." && name != "Our glaze takes long to dry." {
		t.Errorf("named %q", name)
	}
	seen := map[headway.Span]bool{got.Span: true}
	for _, same := range got.Same {
		seen[same.Span] = true
		if same.Group != "" || same.People != 0 || len(same.Same) > 0 {
			t.Errorf("a sentence of the line is a line itself: %+v", same)
		}
	}
	if got.Group != "g" || got.People != 5 || got.More != 1 || len(seen) != 4 {
		t.Errorf("the line lost something: %+v", got)
	}
}
