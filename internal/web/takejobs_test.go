package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
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

func TestWhatMattersToWhichJobIsTakenAlongWithPeopleAndWords(t *testing.T) {
	w := openWorkshop(t)
	job := w.job(t, "Get home without lying down")
	hold := func(part headway.Part, of headway.ClaimID, words string) headway.ClaimID {
		return must2(w.flow.Hold(t.Context(), flow.Holding{Study: w.study, Part: part, Of: of, Words: words}))(t).ID
	}
	choose := func(criterion headway.ClaimID, c headway.Choice, words string) {
		on := headway.Passage(nil)
		if words != "" {
			on = must2(parsePassage(w.says(t, words)))(t)
		}
		if err := w.flow.Choose(t.Context(), w.study, criterion, job, c, on); err != nil {
			t.Fatal(err)
		}
	}
	pretty, quick, heavy := hold(headway.PartCriterion, "", "it is pretty"), hold(headway.PartCriterion, "", "it is | quick"), hold(headway.PartCriterion, "", "it carries much")
	hold(headway.PartCriterion, "", "it is blue")
	choose(pretty, headway.NotNeeded, "have to be pretty")
	choose(quick, headway.Must, "")
	choose(heavy, headway.Nice, "in one go")
	if err := w.flow.Bear(t.Context(), w.study, heavy, must2(parsePassage(w.says(t, "carried every box")))(t), headway.Contradicts); err != nil {
		t.Fatal(err)
	}
	w.page("jobs.html").says(t, http.StatusOK,
		`<th scope="col" class="">Get home without lying down</th>`,
		`<td class="is-not-needed" data-job="Get home without lying down"><b>expressly not needed</b> <i>said by 1 of 2 people</i>`, "It does not have to be pretty.</q> <small>Bea, bea.txt</small>",
		`<td class="is-must" data-job="Get home without lying down"><b>must</b> <i>ours</i></td>`,
		`<td class="is-contradicted" data-job="Get home without lying down"><b>nice, contradicted</b>`, "They say otherwise",
		`<td class="is-unknown" data-job="Get home without lying down"><b>not known yet</b> <i></i></td>`)
	w.page("jobs.md").says(t, http.StatusOK,
		`| it is pretty | **expressly not needed**, said by 1 of 2 people |`,
		`| it is \| quick | **must**, ours |`,
		`| it is blue | **not known yet** |`)
}

func TestALadderIsTakenAlongAndItsMissingRungsAreAskedFor(t *testing.T) {
	w := openWorkshop(t)
	job := w.job(t, "Get home without lying down")
	wheels := must2(w.flow.Hold(t.Context(), flow.Holding{Study: w.study, Part: headway.PartRung, Of: job, Words: "it has wheels", Choice: headway.Attribute}))(t)
	must2(w.flow.Hold(t.Context(), flow.Holding{Study: w.study, Part: headway.PartRung, Of: wheels.ID, Words: "my back holds", Choice: headway.Consequence}))(t)
	w.page("jobs.html").says(t, http.StatusOK, "Why it matters to them", `class="step-1"`, "Nobody told the reason. Ask: Why does that matter to you?", "my back holds: <b>Why does that matter to you?</b>")
	w.page("jobs.md").says(t, http.StatusOK, "1. my back holds: **Why does that matter to you?** (Get home without lying down: nobody told the reason)")
	w.page("job/"+string(job)).says(t, http.StatusOK, "The rung above is missing.", "Why does that matter to you?")
}
