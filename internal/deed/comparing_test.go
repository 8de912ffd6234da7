package deed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Where only both texts are known, words that look alike are not told apart by
// guessing: what could have gone to either of two places waits.
func TestWhatCouldBeEitherOfTwoPlacesIsNotGuessedAt(t *testing.T) {
	for name, c := range map[string]struct {
		old, now string
		anchor   string
		nth      int    // of the places where it stands
		moved    string // what it is on now, with what stands before it; "" is to review
	}{
		"one of two that are alike went":      {"Yes, count. Yes, count. No.", "Yes, count. No.", "Yes, count.", 1, ""},
		"one became two":                      {"boxes", "boxes and boxes", "boxes", 0, ""},
		"only a lookalike is left":            {"The price was too high for us.", "What would that be, the price of waiting?", "price", 0, ""},
		"its words went, and came elsewhere":  {"We count by hand. It takes hours.", "It takes hours. By night we count and we count by hand.", "by hand", 0, ""},
		"words far away are others":           {"We count by hand. It takes hours.", "We count by hand. It takes days.", "by hand", 0, "We count by hand"},
		"words before it are others":          {"We count by hand. It takes hours.", "They tally by hand. It takes hours.", "It takes hours.", 0, "They tally by hand. It takes hours."},
		"words were put before it":            {"It takes hours.", "Well, yes. It takes hours.", "It takes", 0, "Well, yes. It takes"},
		"a word of it is another":             {"We count by hand.", "We count by heart.", "by hand", 0, ""},
		"a word was put into it":              {"We count by hand.", "We count it by hand.", "count by", 0, ""},
		"alike ones that both stayed":         {"No, no, no. We count.", "No, no, no. They count.", "no", 0, "No, no"},
		"accents are part of their character": {"cafe\u0301 noir", "cafe noir", "noir", 0, "cafe noir"},
		"and make it another word":            {"cafe\u0301 noir", "cafe noir", "caf", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			old := headway.FirstText("t", c.old)
			correction, now, err := deed.Comparing(old, c.now)
			if err != nil {
				t.Fatal(err)
			}
			at := nthSpan(t, old, c.anchor, c.nth)
			got, ok := correction.Move(headway.Passage{at})
			if !ok {
				if c.moved != "" {
					t.Errorf("it waits, want it at the end of %q", c.moved)
				}
				return
			}
			q, err := now.Cut(headway.Span{Text: now.ID, End: got[0].End})
			if err != nil || q.String() != c.moved || !strings.HasSuffix(q.String(), c.anchor) {
				t.Errorf("it hangs at the end of %q (%v), want %q", q, err, c.moved)
			}
		})
	}
}

func nthSpan(t *testing.T, text headway.TextVersion, words string, nth int) headway.Span {
	t.Helper()
	size := len([]rune(words))
	for at := range text.Len() {
		s := headway.Span{Text: text.ID, Start: at, End: at + size}
		if q, err := text.Cut(s); err == nil && q.String() == words {
			if nth == 0 {
				return s
			}
			nth--
		}
	}
	t.Fatalf("%q is not in %q so often", words, text.Text)
	return headway.Span{}
}

// Replacing a selection leaves everything beside it on its words.
func TestReplacingASelectionMovesNothingBesideIt(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "count ")
	d.mark(first, "boxes")
	d.mark(first, " by hand")
	d.mark(first, "never agrees.")
	d.edit(first, "boxes", "cartons and crates")
	d.want([]string{"count ", " by hand", "never agrees."}, []string{"boxes"})
}

func TestALongTurnIsComparedQuicklyOrNotAtAll(t *testing.T) {
	var words []string
	for n := range 20_000 {
		words = append(words, fmt.Sprintf("word%d", n))
	}
	old := headway.FirstText("t", strings.Join(words, " "))
	words[10_000] = "other"
	began := time.Now()
	c, _, err := deed.Comparing(old, strings.Join(words, " "))
	if err != nil || len(c.Kept) != 2 {
		t.Errorf("%d pieces were kept (%v)", len(c.Kept), err)
	}
	other, _, err := deed.Comparing(old, strings.Repeat("nothing of it ", 20_000))
	if err != nil || len(other.Kept) != 0 {
		t.Errorf("%d pieces were kept (%v)", len(other.Kept), err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

func FuzzDiffKeepsOnlyWordsThatAreTheSame(f *testing.F) {
	f.Add("We count by hand.", "We count by heart.")
	f.Add("no no no", "no no")
	f.Add("👩‍👩‍👧 e\u0301 שלום", "👩‍👩‍👧 é שלום")
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.TrimSpace(a) == "" {
			return
		}
		old := headway.FirstText("t", strings.ToValidUTF8(a, ""))
		c, now, err := deed.Comparing(old, b)
		if err != nil {
			return
		}
		if err := c.Check(map[headway.TextID]headway.TextVersion{old.ID: old, now.ID: now}); err != nil {
			t.Fatal(err)
		}
	})
}
