package hear

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// The sentences are invented.
func TestEitherWayHearsAsEachSideByItselfIsHeard(t *testing.T) {
	sentences := []string{"We lose two hours a week on copying orders.", "Book a demo today.", ""}
	theirs, ours := EitherWay(sentences)
	for i, words := range sentences {
		for side, got := range map[headway.Side][]headway.Scored{headway.Theirs: theirs[i], headway.Ours: ours[i]} {
			want := CarefulSentences([]Row{{Side: side, Sentence: words}})[0]
			for k := range want {
				want[k].Why, got[k].Why = "", "" // examples that explain stand beside the one alone
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q as %s (-alone +either way):\n%s", words, side, diff)
			}
		}
	}
}
