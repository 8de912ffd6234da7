package alike

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// The sentences are invented.

func likeness(one, two string) float64 {
	r := NewReader()
	a, b := r.Read(one), r.Read(two)
	return Likeness(&a, &b)
}

func TestASentenceIsWhollyLikeItself(t *testing.T) {
	for _, text := range []string{"The kiln breaks every second mug.", "It’s not the 20 minutes, it's the waiting!", "naïve café"} {
		if got := likeness(text, strings.ToUpper(text)); got < .999 || got > 1.001 {
			t.Errorf("%q is %.3f like itself in capitals", text, got)
		}
	}
}

func TestLikenessIsTheSameBothWaysAndNoMoreThanOne(t *testing.T) {
	texts := []string{"", "?!", "Yes", "The kiln breaks every second mug.", "Half of our mugs crack while they are fired.", "We do not fire mugs."}
	for _, one := range texts {
		for _, two := range texts {
			there, back := likeness(one, two), likeness(two, one)
			if d := there - back; d > 1e-9 || d < -1e-9 || there < 0 || there > 1.001 {
				t.Errorf("%q and %q: %v there, %v back", one, two, there, back)
			}
		}
	}
}

func TestWhoSaysMuchMoreDoesNotSayTheSame(t *testing.T) {
	short := "The glaze takes too long to dry."
	same := likeness(short, "The glaze takes far too long to dry.")
	more := likeness(short, "The glaze takes too long to dry, so last spring we bought a second drying cupboard from a bakery in Leeds and rebuilt the shelves.")
	if same < Threshold || more > same {
		t.Errorf("the same is %.2f like it, with much more %.2f", same, more)
	}
}

func TestWhatIsDeniedIsLessLike(t *testing.T) {
	said, denied := "I would trust the new scale with orders.", "I wouldn't trust the new scale with orders."
	if plain, not := likeness(said, said), likeness(said, denied); not > plain-.1 {
		t.Errorf("%.2f as said, %.2f denied", plain, not)
	}
}

func TestASentenceThatNamesNothingStandsAlone(t *testing.T) {
	g := NewGroups()
	for i, words := range []string{"I prefer to do that myself.", "I prefer to do that myself.", "Yes.", ""} {
		if group, founded := g.Join(headway.Habit, span(i), words); group != "" || founded {
			t.Errorf("%q is in group %q", words, group)
		}
	}
}

func TestTheSameWordsOfTwoPeopleAreOneGroupWithinAKind(t *testing.T) {
	g := NewGroups()
	first, founded := g.Join(headway.Struggle, span(1), "The glaze takes too long to dry.")
	if !founded || first == "" {
		t.Fatalf("the first founds no group: %q", first)
	}
	second, founded := g.Join(headway.Struggle, span(2), "Our glaze takes far too long to dry")
	if founded || second != first {
		t.Errorf("the second is in %q, the first in %q", second, first)
	}
	if other, founded := g.Join(headway.Result, span(2), "Our glaze takes far too long to dry"); !founded || other == first {
		t.Error("another kind shares the group")
	}
	if other, _ := g.Join(headway.Struggle, span(3), "Customers send mugs back when the handle is loose."); other == first {
		t.Error("another matter is in the group")
	}
}

// Whatever comes, sentences that have been held against others stay where they are.
func TestGroupsStayPutWhenMoreComes(t *testing.T) {
	early := []string{"The glaze takes too long to dry.", "Glaze takes too long to dry here.", "Handles come loose in the post."}
	late := []string{"Glaze takes too long to dry here in winter.", "Handles come loose in the post every week.", "The glaze takes long to dry."}
	join := func(g *Groups, texts []string, from int) (groups []headway.GroupID) {
		for i, words := range texts {
			group, _ := g.Join(headway.Struggle, span(from+i), words)
			groups = append(groups, group)
		}
		return groups
	}
	g := NewGroups()
	before := join(g, early, 0)
	join(g, late, len(early))

	again := NewGroups()
	for i, group := range before { // as they are kept: only those that founded a group
		if a := headway.NewAnchor(headway.Struggle, span(i)); a.Group == group {
			again.Hang(a, early[i])
		}
	}
	for i, group := range join(again, early, 0) {
		if group != before[i] {
			t.Errorf("%q moved from %q to %q", early[i], before[i], group)
		}
	}
}

func span(n int) headway.Span { return headway.Span{Text: "text.1", Start: 100 * n, End: 100*n + 10} }

func FuzzLikeness(f *testing.F) {
	f.Add("The glaze takes too long to dry.", "It’s 20 minutes, not 5")
	f.Add("\xff\x00", "日本 e\u0301")
	f.Fuzz(func(t *testing.T, one, two string) {
		if l := likeness(one, two); l < 0 || l > 1.001 || l != l {
			t.Errorf("%q and %q are %v alike", one, two, l)
		}
		if s := NewReader().Read(one); s.Says() && likeness(one, one) < .98 { // vectors are of one length to a hundredth
			t.Errorf("%q is only %v like itself", one, likeness(one, one))
		}
	})
}
