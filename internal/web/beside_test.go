package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// besideOf is the page that offers a customer's words to the jobs.
func besideOf(place string) string { return "beside?" + url.Values{"span": {place}}.Encode() }

func TestWordsChosenInAConversationAreLaidBesideALineOfAJob(t *testing.T) {
	w := openWorkshop(t)
	job := w.job(t, "get home without lying down")
	words := w.says(t, "carried every box")
	w.page(besideOf(words)).says(t, http.StatusOK, "carried every box up by hand", "get home without lying down", "told in an episode of it")
	for _, v := range []struct {
		verdict headway.Verdict
		button  string
	}{{headway.Supports, "they say it"}, {headway.Partly, "I read it from this"}, {headway.Contradicts, "they say otherwise"}} {
		w.send(t, "claim/"+string(job)+"/bear", "span", words, "verdict", string(v.verdict), "back", studyPath(w.study, besideOf(words)))
		w.page(besideOf(words)).says(t, http.StatusOK, `value="`+string(v.verdict)+`" aria-pressed="true">`+v.button)
	}
	undone := w.post("/undo", url.Values{"back": {studyPath(w.study, besideOf(words))}})
	if undone.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d\n%s", undone.StatusCode, undone.body)
	}
	w.page(besideOf(words)).says(t, http.StatusOK, `value="partly" aria-pressed="true"`)
}

func TestALineOfAChosenPartIsBegunWithWordsChosenInAConversation(t *testing.T) {
	w := openWorkshop(t)
	job := w.job(t, "get home without lying down")
	words := w.says(t, "carried every box")
	w.send(t, "beside", "as", "situation "+string(job), "words", "I live up four floors", "span", words, "back", "/")
	w.page("job/"+string(job)).says(t, http.StatusOK, "I live up four floors", "carried every box up by hand")
	refused := w.send(t, "beside", "as", "plan "+string(job), "words", "A plan of no issue", "span", words)
	refused.says(t, http.StatusUnprocessableEntity, "A plan of no issue")
}

func TestAJobThatIsNamedFromAConversationHasTheEpisodeToldThere(t *testing.T) {
	w := openWorkshop(t)
	page := w.page(besideOf(w.says(t, "do it in one go")))
	page.says(t, http.StatusOK, "No job is named yet", `name="episode"`)
	_, after, _ := strings.Cut(page.body, `name="episode" value="`)
	episode, _, _ := strings.Cut(after, `"`)
	w.send(t, "beside", "as", "job ", "words", "do it in one go", "span", w.says(t, "do it in one go"), "episode", episode)
	jobs := must2(w.flow.Jobs(t.Context(), w.study))(t)
	if len(jobs.Jobs) == 0 || jobs.Jobs[0].Claim.Words != "do it in one go" || len(jobs.Jobs[0].Placed) == 0 {
		t.Errorf("the job has none of the episode in which it was told: %+v", jobs.Jobs)
	}
	w.send(t, "beside", "as", "criterion ", "words", "it is quick", "span", w.says(t, "takes me an hour"), "episode", episode)
	if jobs := must2(w.flow.Jobs(t.Context(), w.study))(t); len(jobs.Criteria) != 1 {
		t.Errorf("%d criteria", len(jobs.Criteria))
	}
}

func TestOnlyACustomersWordsAreLaidBesideAJob(t *testing.T) {
	w := openWorkshop(t)
	for name, place := range map[string]string{"ours": w.says(t, "What else would you"), "none": "gone.1:0-4"} {
		if got := w.page(besideOf(place)); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got.StatusCode)
		}
	}
}

func TestTheDockAndThePlainViewLeadToTheJobs(t *testing.T) {
	w := openWorkshop(t)
	conversation := must2(w.flow.Conversations(t.Context(), w.study))(t)[0].ID
	path := "/conversation/" + string(conversation) + "?study=" + string(w.study)
	w.get(path).says(t, http.StatusOK, `action="/study/`+string(w.study)+`/beside"`, "data-passage")
	w.get(path+"&plain=1").says(t, http.StatusOK, `href="/study/`+string(w.study)+`/beside?span=`)
}

func TestTheCellOfACriterionTakesTheWordsThatAnotherPageBrings(t *testing.T) {
	w := openWorkshop(t)
	job := w.job(t, "get home without lying down")
	quick := must2(w.flow.Hold(t.Context(), flow.Holding{Study: w.study, Part: headway.PartCriterion, Words: "it is quick"}))(t)
	words := w.says(t, "do it in one go")
	w.page("criterion/"+string(quick.ID)+"/"+string(job)+"?"+url.Values{"span": {words}}.Encode()).says(t, http.StatusOK, `value="`+words+`" checked`)
}
