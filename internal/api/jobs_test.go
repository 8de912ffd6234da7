package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func TestTheJobsOfAStudyAreReadWithTheirWords(t *testing.T) {
	w := open(t)
	got := w.do("GET", path("/studies/%s/jobs", w.study), nil).want(http.StatusOK)
	for _, want := range []string{`"schema":"headway.jobs/1"`, `"known":false`, `"number":1`, "asked my brother to build a spreadsheet"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("there is no %s in %s", want, got.body)
		}
	}
	w.do("POST", path("/studies/%s/jobs/anew", w.study), nil).want(http.StatusNoContent)
	guessing, err := w.flow.OpenStudy(t.Context(), "Later", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{"jobs", "jobs/file"} {
		w.do("GET", path("/studies/%s/"+rest, guessing.ID), nil).problem(http.StatusForbidden, headway.Denied)
	}
}

func TestAClaimWhoseWordsWereForgottenSaysOnWhichDay(t *testing.T) {
	w := open(t)
	says := w.place("half of it is wrong")
	c, err := w.flow.Hold(t.Context(), flow.Holding{Study: w.study, Part: headway.PartJob, Words: "Know what is there", On: []headway.Passage{{says.span()}}})
	if err != nil {
		t.Fatal(err)
	}
	at := path("/studies/%s/claims", w.study)
	if got := w.do("GET", at, nil).want(http.StatusOK); strings.Contains(got.body, "forgotten_on") {
		t.Fatalf("nothing was forgotten yet: %s", got.body)
	}
	var customer headway.Speaker
	for _, s := range w.talk.Speakers {
		if s.Side == headway.Theirs {
			customer = s
		}
	}
	if _, err := w.flow.Erase(t.Context(), customer.Person(), false); err != nil {
		t.Fatal(err)
	}
	got := w.do("GET", at, nil).want(http.StatusOK)
	for _, want := range []string{`"status":"ours"`, `"forgotten_on"`, string(c.ID)} {
		if !strings.Contains(got.body, want) {
			t.Errorf("there is no %s in %s", want, got.body)
		}
	}
}
