package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestJobsAreTakenAlongAsSlidesAndAsMarkdownWithEveryQuoteCredited(t *testing.T) {
	w := openWorkshop(t)
	w.job(t, "Get <home> without lying down")
	slides := w.page("jobs.html")
	slides.says(t, http.StatusOK, "What progress is my customer hiring us to help them make?", "Get &lt;home&gt; without lying down", "of 2", "said by 1 of 2 people")
	for _, foreign := range []string{"<script", "http://", "https://", "<link", "<img"} {
		if strings.Contains(slides.body, foreign) {
			t.Errorf("there is %s in slides, which have to stand alone", foreign)
		}
	}
	quoted := regexp.MustCompile(`(?s)<blockquote[^>]*>([^<]+)</blockquote><figcaption>([^<]+)</figcaption>`).FindAllStringSubmatch(slides.body, -1)
	if len(quoted) == 0 || len(quoted) != strings.Count(slides.body, "<blockquote") {
		t.Errorf("of %d quotes %d say whose they are", strings.Count(slides.body, "<blockquote"), len(quoted))
	}
	for _, q := range quoted {
		if !strings.HasPrefix(q[2], "Ann, ann.txt") && !strings.HasPrefix(q[2], "Bea, bea.txt") {
			t.Errorf("%q is said by %q", q[1], q[2])
		}
	}
	text := w.page("jobs.md")
	text.says(t, http.StatusOK, `## Get \<home\> without lying down`, "of 2 people")
	if quotes, credits := strings.Count(text.body, "\n> “"), strings.Count(text.body, "\n> — "); quotes == 0 || quotes != credits {
		t.Errorf("%d quotes and %d credits", quotes, credits)
	}
}

func TestJobsAreNotTakenAlongWhileAStudyGuesses(t *testing.T) {
	w := openWorkshop(t)
	guessing, err := w.flow.OpenStudy(t.Context(), "Later", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"jobs.html", "jobs.md"} {
		if got := w.get(studyPath(guessing.ID, file)); got.StatusCode == http.StatusOK {
			t.Errorf("%s was given", file)
		}
	}
}
