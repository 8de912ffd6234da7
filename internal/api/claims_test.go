package api

import (
	"net/http"
	"testing"

	"github.com/headway-oss/headway"
)

func TestAJobIsHeldOnACustomersWordsAndWordedAnew(t *testing.T) {
	w := open(t)
	at := w.place("every Friday")
	claims := path("/studies/%s/claims", w.study)
	var job, better, quiet headway.Claim
	w.do("POST", claims, map[string]any{"part": "job", "words": "Have Friday evening free", "on": [][]Place{{at}}}).want(http.StatusCreated).into(&job)
	w.do("POST", claims, map[string]any{"part": "job", "words": "Be home on Friday evening", "instead": job.ID}).want(http.StatusCreated).into(&better)
	w.do("POST", claims, map[string]any{"part": "criterion", "words": "quiet"}).want(http.StatusCreated).into(&quiet)
	w.do("POST", claims, map[string]any{"part": "price", "words": "by the week"}).want(http.StatusUnprocessableEntity)
	w.do("POST", claims, map[string]any{"part": "wanted", "words": "a faster machine"}).want(http.StatusUnprocessableEntity)

	bears := claims + "/" + string(better.ID) + "/bears"
	w.do("POST", bears, map[string]any{"spans": []Place{at}, "verdict": "supports"}).want(http.StatusNoContent)
	choice := claims + "/" + string(quiet.ID) + "/choice"
	w.do("POST", choice, map[string]any{"choice": "not-needed", "job": better.ID}).want(http.StatusUnprocessableEntity)
	w.do("POST", choice, map[string]any{"choice": "not-needed", "job": better.ID, "spans": []Place{at}}).want(http.StatusNoContent)

	var all list[struct {
		headway.Claim
		Root     headway.ClaimID
		Status   headway.Status
		Versions int
		Bears    []struct {
			Quotes  []struct{ Text string }
			Verdict headway.Verdict
		}
		Chosen []struct {
			Job    headway.ClaimID
			Choice headway.Choice
		}
	}]
	w.do("GET", claims, nil).want(http.StatusOK).into(&all)
	if len(all.Items) != 2 {
		t.Fatalf("%d claims stand: %+v", len(all.Items), all)
	}
	first, second := all.Items[0], all.Items[1]
	if first.Words != better.Words || first.Root != job.ID || first.Status != headway.StatusSaid || first.Versions != 2 || len(first.Bears) != 1 || first.Bears[0].Quotes[0].Text != "every Friday" {
		t.Errorf("the job came back as %+v", first)
	}
	if len(second.Chosen) != 1 || second.Chosen[0].Job != job.ID || second.Chosen[0].Choice != headway.NotNeeded {
		t.Errorf("the criterion came back as %+v", second)
	}
}

func TestJobsAreJoinedPartedAndDropped(t *testing.T) {
	w := open(t)
	claims := path("/studies/%s/claims", w.study)
	var one, other headway.Claim
	w.do("POST", claims, map[string]any{"part": "job", "words": "Be home on Friday evening"}).want(http.StatusCreated).into(&one)
	w.do("POST", claims, map[string]any{"part": "job", "words": "Know what is there"}).want(http.StatusCreated).into(&other)
	standing := func() int {
		var all list[headway.Claim]
		w.do("GET", claims, nil).want(http.StatusOK).into(&all)
		return len(all.Items)
	}
	join := claims + "/" + string(one.ID) + "/join"
	w.do("POST", join, map[string]any{"into": other.ID}).want(http.StatusNoContent)
	if n := standing(); n != 1 {
		t.Errorf("joined, %d stand", n)
	}
	w.do("POST", join, map[string]any{"into": other.ID, "part": true}).want(http.StatusNoContent)
	if n := standing(); n != 2 {
		t.Errorf("parted, %d stand", n)
	}
	w.do("DELETE", claims+"/"+string(one.ID), nil).want(http.StatusNoContent)
	if n := standing(); n != 1 {
		t.Errorf("dropped, %d stand", n)
	}
	w.do("POST", path("/studies/%s/episodes", w.study), map[string]any{"episodes": []string{"e1"}, "job": other.ID, "verdict": "kept"}).want(http.StatusNoContent)
	w.do("POST", path("/studies/%s/episodes", w.study), map[string]any{"episodes": []string{"e1"}, "job": "nowhere", "verdict": "kept"}).want(http.StatusNotFound)
	w.do("POST", "/episodes", map[string]any{"at": w.place("every Friday"), "verdict": "kept"}).want(http.StatusNoContent)
}
