package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/job"
)

// plainlyApart gives invented texts of three kinds that share no word, and of which kind each is.
func plainlyApart() (texts []string, of []int) {
	words := [][]string{
		{"barley", "hops", "kettle", "brewer", "cask", "malt", "yeast", "cellar"},
		{"saddle", "bridle", "stable", "hoof", "gallop", "mare", "paddock", "farrier"},
		{"anchor", "harbour", "mast", "rudder", "sailor", "keel", "tide", "mooring"},
	}
	for i := range 30 {
		var said []string
		for n := range 20 {
			said = append(said, words[i%3][(i*7+n*n)%8])
		}
		texts, of = append(texts, strings.Join(said, " ")), append(of, i%3)
	}
	return texts, of
}

func TestTheBaselinesPartWhatIsPlainlyApart(t *testing.T) {
	texts, of := plainlyApart()
	if a := job.Agreement(of, newTopics(texts).fit(3, 200, 1)); a < .9 {
		t.Errorf("the topic model agrees by %.2f", a)
	}
	s := jobStudy{texts: texts}
	if a := job.Agreement(of, kMeans(s.vectors(), 3, 1)); a < .9 {
		t.Errorf("k-means agrees by %.2f", a)
	}
	if got := steadiness(30, 5, func(in []int, seed uint64) []int { return kMeansOf(s.vectors(), in, 3, seed) }); got < .9 {
		t.Errorf("groups that are plainly apart come out again by %.2f", got)
	}
}

func TestSentencesThatTellAnOccupationAreHidden(t *testing.T) {
	hide := tellsOccupation()
	for sentence, hidden := range map[string]bool{
		"I'm a nurse on a night ward.":      true,
		"I work for a small firm in Leeds.": true,
		"My role is mostly meetings.":       true,
		"It saves me an hour a day.":        false,
		"I was at work when it broke.":      false,
	} {
		if hide.MatchString(sentence) != hidden {
			t.Errorf("%q hidden: %t", sentence, !hidden)
		}
	}
}

func TestTheStudiesForDevelopingAreRead(t *testing.T) {
	for name, want := range map[string]string{"dev-four": "44 customers, 4 jobs", "dev-one": "24 customers, 1 jobs"} {
		s, err := readJobStudy(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%d customers, %d jobs", people(s.episodes), len(s.named)); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
