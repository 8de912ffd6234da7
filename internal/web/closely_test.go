package web

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func TestPagesSayHowFarListeningIsUntilItIsDone(t *testing.T) {
	w := open(t)
	w.sealed()
	pages := []string{"/", "/study/study1/mirror", "/conversation/" + string(w.conversation("study1")) + "?study=study1"}
	for _, c := range []struct {
		so   flow.Closeness
		says string
	}{
		{flow.Closeness{Heard: 412, All: 600}, "Heard closely: 412 of 600 conversations; the rest follows."},
		{flow.Closeness{Heard: 0, All: 1}, "Heard closely: 0 of 1 conversation; the rest follows."},
		{flow.Closeness{Heard: 20, All: 600, Left: true}, "Heard closely: 20 of 600 conversations, the newest first. This machine hears slowly: <code>headway listen</code> hears the rest"},
		{flow.Closeness{Heard: 600, All: 600}, ""},
		{flow.Closeness{}, ""},
	} {
		w.fake.closely = map[headway.StudyID]flow.Closeness{"": c.so, "study1": c.so}
		for _, page := range pages {
			a := w.get(page)
			if a.says(t, 200, c.says); c.says == "" {
				a.hides(t, "Heard closely")
			}
		}
	}
}

func TestEveryReasonSaysWhoHeard(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/study/study1/mirror").says(t, 200, "the test says so — heard by rule")
	w.get("/conversation/"+string(w.conversation("study1"))).says(t, 200, "heard as something by fake 1", "the test says so — heard by rule")
}
