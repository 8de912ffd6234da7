package mirror

import (
	"testing"

	"github.com/headway-oss/headway"
)

func TestNoveltyIsHowFarASentenceIsFromTheNearestGuess(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The office is too loud to concentrate")
	d.guess(headway.Motivation, "They want to sleep better")
	p := d.hear("one.txt", `
		Ana struggle: The office is too loud to concentrate.
		Ana struggle: There is so much noise that I cannot focus at my desk.
		Ana struggle: My sister sells tickets for the ferry.`)
	same, alike, far := p.Moments[0].Novelty, p.Moments[1].Novelty, p.Moments[2].Novelty
	if same > .1 || alike <= same || far <= alike || far < .7 || far > 1 {
		t.Errorf("the guess itself is at %.2f, the same in other words at %.2f, another matter at %.2f", same, alike, far)
	}
}

func TestWithoutGuessesNothingIsNovel(t *testing.T) {
	d := newDesk(t)
	if p := d.hear("one.txt", "Ana struggle: My sister sells tickets for the ferry."); p.Moments[0].Novelty != 0 {
		t.Errorf("%+v", p.Moments[0])
	}
}

func TestWhatMeansAsMuchAsAGuessOfAnotherKindIsNoSurprise(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Motivation, "They want to save time on writing reports")
	d.hear("one.txt", `
		Ana result: It saves us time when we write reports.
		Ana result: My sister sells tickets for the ferry.`)
	for i, want := range []bool{false, true} {
		m := &d.parts[0].Moments[i]
		if got := m.asFarAsNone(); got != want {
			t.Errorf("moment %d of novelty %.2f is far from all guesses: %v", i, m.Novelty, got)
		}
	}
}
