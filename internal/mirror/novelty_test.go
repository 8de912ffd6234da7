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

func TestTheMostNovelSurprisesComeFirst(t *testing.T) {
	surprise := func(novelty float64, kept bool) counted {
		return counted{Moment: &Moment{Novelty: novelty}, surprise: true, kept: kept}
	}
	expected := counted{Moment: &Moment{Novelty: .99}}
	moments := []counted{expected, surprise(.62, false), surprise(.67, false), surprise(.91, false), surprise(.3, true)}
	want := []float64{.3, .91, .62, .67, .99} // kept first; a hundredth more changes nothing
	for i, m := range mostNovelFirst(moments) {
		if m.Novelty != want[i] {
			t.Errorf("place %d has novelty %.2f, want %.2f", i, m.Novelty, want[i])
		}
	}
}
