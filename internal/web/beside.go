package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// besidePage offers a customer's words to all that a study holds of its jobs. The
// reader shows its inner part in a dialog.
type besidePage struct {
	Said    spoken
	Groups  []besideGroup // the job of which the customer told there comes first
	New     []besideNew
	Episode headway.EpisodeID // to go into a job that is named with these words
	Writes  bool
}

// besideGroup is a job with its lines, or what stands beside all jobs.
type besideGroup struct {
	Called string
	Theirs bool // the words are of an episode of this job
	Lines  []besideLine
}

// besideLine is one claim, and what the words are to it by now.
type besideLine struct {
	ID     headway.ClaimID
	Part   headway.Part
	Words  string
	Status headway.Status
	Under  int // how deep it stands
	Is     headway.Verdict
	Cells  []besideCell // of a criterion
}

// besideCell leads to where it is settled, with these words, how much a criterion
// matters to a job.
type besideCell struct{ Job, Href string }

// besideNew is what can be begun under a claim, or by itself.
type besideNew struct {
	Called string
	Parts  []newPart
}

type newPart struct {
	Part headway.Part
	Of   headway.ClaimID
}

// Named says the part in words.
func (l besideLine) Named() string { return partName(l.Part) }

// Named says the part in words.
func (p newPart) Named() string { return partName(p.Part) }

// showBeside lays words that were chosen in a conversation beside a study's jobs.
func (s *server) showBeside(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	on, err := parsePassage(r.FormValue("span"))
	if err != nil {
		return err
	}
	v, err := sheet.beside(on)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("beside", "Lay these words beside a job").of(sheet.Study, "jobs"), v)
}

// holdBeside begins a line with such words. What it is and of what comes as one
// choice; a customer who told a job in them is of that job.
func (s *server) holdBeside(w http.ResponseWriter, r *http.Request) error {
	part, of, _ := strings.Cut(r.PostFormValue("as"), " ")
	for name, value := range map[string]string{"part": part, "of": of} {
		r.PostForm.Set(name, value)
		r.Form.Set(name, value)
	}
	if headway.Part(part) != headway.PartJob {
		r.Form.Del("episode")
	}
	return s.hold(w, r)
}

func (w *worksheet) beside(on headway.Passage) (v besidePage, err error) {
	at, here := w.Where(on.First())
	if !here || at.Conversation.Speaker(at.Conversation.Turns[at.Turn].Speaker).Side != headway.Theirs {
		return v, headway.Errorf(headway.Invalid, "only a customer's words can be laid beside a job, and only of this study's conversations")
	}
	v = besidePage{Said: w.spoken(on, at.Person), Writes: w.writes}
	if !v.Said.Said() {
		return v, headway.Errorf(headway.NotFound, "these words do not stand any more: open the conversation, and choose them there")
	}
	episode, theirs := w.episodeOf(on)
	if episode != "" && theirs == nil {
		v.Episode = episode
	}
	v.New = []besideNew{begun("By itself", "", "")}
	var alone besideGroup
	for i := range w.Jobs.Jobs {
		if j := &w.Jobs.Jobs[i]; !j.IsProposed() {
			g := besideGroup{Called: j.Claim.Words, Theirs: j == theirs}
			w.addBeside(&g, &v, &j.Line, on, 0)
			v.Groups = append(v.Groups, g)
		}
	}
	for i := range w.Criteria {
		w.addBeside(&alone, &v, &w.Criteria[i].Line, on, 0)
		alone.Lines[len(alone.Lines)-1].Cells = w.cellsFor(w.Criteria[i].Root, on)
	}
	for _, lines := range [][]job.Line{w.Named, w.Wants} {
		for i := range lines {
			w.addBeside(&alone, &v, &lines[i], on, 0)
		}
	}
	if first := slices.IndexFunc(v.Groups, func(g besideGroup) bool { return g.Theirs }); first > 0 {
		v.Groups = slices.Concat(v.Groups[first:first+1], v.Groups[:first], v.Groups[first+1:])
	}
	if len(alone.Lines) > 0 {
		alone.Called = "What matters, what else they would have got or done, what they wanted"
		v.Groups = append(v.Groups, alone)
	}
	return v, nil
}

// addBeside adds a line and all under it, and what could be begun there.
func (w *worksheet) addBeside(g *besideGroup, v *besidePage, l *job.Line, on headway.Passage, under int) {
	line := besideLine{ID: l.ID, Part: l.Claim.Part, Words: l.Claim.Words, Status: l.Status, Under: under}
	for _, b := range w.Held.Bearing(l.ID) {
		if slices.Equal(b.On, on) {
			line.Is = b.Verdict
		}
	}
	g.Lines = append(g.Lines, line)
	if more := begun(l.Claim.Words, l.Claim.Part, l.Root); len(more.Parts) > 0 {
		v.New = append(v.New, more)
	}
	for i := range l.Parts {
		w.addBeside(g, v, &l.Parts[i], on, under+1)
	}
}

// begun lists what can be begun under a claim; by itself, for "".
func begun(called string, under headway.Part, of headway.ClaimID) besideNew {
	n := besideNew{Called: called}
	for _, p := range headway.Parts() {
		if stands := p.Under(); under == "" && len(stands) == 0 || slices.Contains(stands, under) {
			n.Parts = append(n.Parts, newPart{p, of})
		}
	}
	return n
}

func (w *worksheet) cellsFor(criterion headway.ClaimID, on headway.Passage) (all []besideCell) {
	for i := range w.Jobs.Jobs {
		if j := &w.Jobs.Jobs[i]; !j.IsProposed() {
			all = append(all, besideCell{j.Claim.Words, cellPath(w.Study.ID, criterion, j.Root) + "?" + url.Values{"span": {formatPassage(on)}}.Encode()})
		}
	}
	return all
}

// episodeOf gives the episode in which a customer told words, and the named job
// that it is of, nil for none.
func (w *worksheet) episodeOf(on headway.Passage) (headway.EpisodeID, *job.Job) {
	told := slices.IndexFunc(w.Episodes, func(e job.Episode) bool { return e.Holds(on.First()) })
	if told < 0 {
		return "", nil
	}
	for i := range w.Jobs.Jobs {
		j := &w.Jobs.Jobs[i]
		if !j.IsProposed() && slices.ContainsFunc(j.Placed, func(p job.Placed) bool { return p.Episode == told }) {
			return w.Episodes[told].ID, j
		}
	}
	return w.Episodes[told].ID, nil
}

// Limit is how many characters a line that is begun may have.
func (besidePage) Limit() int { return headway.MostClaimWords }

// Self is the page's own address, to come back to when something was laid.
func (v besidePage) Self(study headway.StudyID) string { return besidePath(study, v.Said.Place) }

// besidePath is where words are laid beside a study's jobs.
func besidePath(study headway.StudyID, place string) string {
	return studyPath(study, "beside?"+url.Values{"span": {place}}.Encode())
}
