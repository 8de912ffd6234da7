package web

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// called gives the page of the customer of that name.
func (w *workshop) called(t *testing.T, name string) string {
	t.Helper()
	for _, p := range must2(w.flow.Everybody(t.Context()))(t).People {
		if p.Name() == name {
			return "/customer/" + string(p.ID)
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// hired cuts the jobs out of a customer's page.
func (a answer) hired(t *testing.T) string {
	t.Helper()
	_, jobs, found := strings.Cut(a.body, `id="hired"`)
	if !found {
		t.Fatal("the page tells no jobs")
	}
	jobs, _, _ = strings.Cut(jobs, "</section>")
	return jobs
}

// after keeps a sentence as what a customer is after.
func (w *workshop) after(t *testing.T, words string) {
	t.Helper()
	span, err := parseSpan(w.says(t, words))
	if err == nil {
		err = w.flow.Mark(t.Context(), headway.Passage{span}, headway.Motivation, headway.Kept)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestACustomersPageShowsTheirJobsWithTheirWords(t *testing.T) {
	w := openWorkshop(t)
	holds := func(jobs string, all ...string) {
		t.Helper()
		for _, one := range all {
			if !strings.Contains(jobs, one) {
				t.Errorf("no %s in %s", one, jobs)
			}
		}
	}
	w.after(t, "lying down first")
	w.after(t, "in one go")
	ann := w.called(t, "Ann")
	holds(w.get(ann).hired(t), studyPath(w.study, "proposed/"), "Proposed job 1", "named by nobody yet", "lying down first")
	id := w.job(t, "Get home upright")
	holds(w.get(ann).hired(t), jobPath(w.study, id), "Get home upright", "s-said", "lying down first", "ann.txt")
	if jobs := w.get(ann).hired(t); strings.Contains(jobs, "do it in one go") || strings.Contains(jobs, "nobody yet") {
		t.Errorf("another's words, or a job that is named, stand in %s", jobs)
	}
}

func TestACustomersJobsShowNoWordsOfAStudyThatGuesses(t *testing.T) {
	w := openWorkshop(t)
	ctx := t.Context()
	if _, err := w.flow.ImportNow(ctx, w.study, flow.FileList([]source.File{{Name: "later.txt", Data: []byte(later)}}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	var anns []headway.PersonID
	var lies headway.ConversationID
	for _, p := range must2(w.flow.Everybody(ctx))(t).People {
		if p.Name() == "Ann" {
			anns = append(anns, p.ID)
		}
	}
	for _, h := range must2(w.flow.Conversations(ctx, w.study))(t) {
		if h.File == "later.txt" {
			lies = h.ID
		}
	}
	if err := w.flow.Merge(ctx, anns[0], anns[1]); err != nil {
		t.Fatal(err)
	}
	w.after(t, "rest halfway up")
	page := w.called(t, "Ann")
	if jobs := w.get(page).hired(t); !strings.Contains(jobs, "later.txt") {
		t.Fatalf("the later call does not stand in %s", jobs)
	}
	guessing := must2(w.flow.OpenStudy(ctx, "Rest", headway.OurCustomers))(t)
	if _, err := w.flow.AddTo(ctx, guessing.ID, []headway.ConversationID{lies}); err != nil {
		t.Fatal(err)
	}
	if jobs := w.get(page).hired(t); strings.Contains(jobs, "later.txt") {
		t.Errorf("a call that another study has yet to guess about stands in %s", jobs)
	}
}
