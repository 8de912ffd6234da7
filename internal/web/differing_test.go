package web

import (
	"net/url"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

func TestColleaguesGuessThroughALinkAndTheRevealShowsWhereWeDiffer(t *testing.T) {
	w := openTogether(t)
	study, err := w.flow.OpenStudy(t.Context(), "Glazes", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	page := "/study/" + string(study.ID) + "/guess"
	link := func() string {
		secret, _, err := w.gate.MakeShare(t.Context(), access.Shown{Kind: access.ShareGuess, Study: study.ID}, "the workshop", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return "/shared/" + secret
	}
	stranger := &together{workbench: &workbench{t: t, Handler: w.Handler}}
	to := link()
	stranger.get(to).says(t, 200, "What do you believe, before we look?")
	stranger.post(to, url.Values{"name": {"Cem Aksoy"}, "measure": {"no glaze runs"}}).says(t, 200, "Sealed:")
	stranger.post(link(), url.Values{"measure": {"the <b>colour</b> holds"}, "anxiety": {"it is poison"}}).says(t, 200, "Sealed:")
	w.get(page).hides(t, "no glaze runs", "Cem Aksoy", "it is poison")
	if _, err := w.flow.Seal(t.Context(), study.ID, []headway.Guess{{Slot: headway.Alternative, Text: "they would buy it ready"}}); err != nil {
		t.Fatal(err)
	}
	w.get(page).says(t, 200, "Where we differ among ourselves", "2 of us, not in the same words", "no glaze runs", "Cem Aksoy", "the &lt;b&gt;colour&lt;/b&gt; holds", "nameless", "they would buy it ready")
	stranger.post(to, url.Values{"measure": {"too late"}}).says(t, 409)
}

func TestWeDifferOnlyWhereSeveralWroteDifferently(t *testing.T) {
	by := func(author, text string) headway.Guess {
		return headway.Guess{Slot: headway.Measure, Author: author, Text: text}
	}
	for name, c := range map[string]struct {
		guesses []headway.Guess
		differ  bool
	}{
		"one of us, twice":         {[]headway.Guess{by("Anna", "a"), by("anna", "b")}, false},
		"two, but for a full stop": {[]headway.Guess{by("Anna", "No pot is lost."), by("Ben", "no pot is lost")}, false},
		"two, differently":         {[]headway.Guess{by("Anna", "a"), by("Ben", "b")}, true},
		"one came late":            {[]headway.Guess{by("Anna", "a"), {Slot: headway.Measure, Author: "Ben", Text: "b", Late: true}}, false},
	} {
		if got := len(whereWeDiffer(c.guesses)) > 0; got != c.differ {
			t.Errorf("%s: %v", name, got)
		}
	}
}
