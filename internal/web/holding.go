package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// holdingView is the page on which a member writes a claim, or writes it anew; also
// where what was refused is put right.
type holdingView struct {
	Form    writing
	Was     string // its words until now; "" of a new one
	Problem string
}

// showHolding is the form for one claim, on a page of its own.
func (s *server) showHolding(w http.ResponseWriter, r *http.Request) error {
	return s.holding(w, r, http.StatusOK, nil)
}

// holding draws that page with what was written.
func (s *server) holding(w http.ResponseWriter, r *http.Request, status int, why error) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	v := holdingView{Form: sheet.written(r)}
	if before, known := sheet.Held.Words[v.Form.Instead]; known {
		v.Was, v.Form.Part, v.Form.Of = before.Words, before.Part, before.Of
		if why == nil {
			v.Form.Words = before.Words
		}
	}
	if why != nil {
		v.Problem = sentence(why.Error())
	}
	return s.render(w, r, status, newPage("holding", "Write it down").of(sheet.Study, "jobs"), v)
}

// written reads the form of a claim.
func (w *worksheet) written(r *http.Request) writing {
	_ = r.ParseForm() // what cannot be read is not written
	v := writing{
		Study: w.Study.ID, Part: headway.Part(r.FormValue("part")), Of: headway.ClaimID(r.FormValue("of")), Instead: headway.ClaimID(r.FormValue("instead")),
		Words: r.FormValue("words"), Choice: headway.Choice(r.FormValue("choice")), Back: localPath(r.FormValue("back")), Writes: w.writes,
		Chosen: r.Form["span"], Link: r.FormValue("link"), Episodes: episodesOf(r),
	}
	v.Page = pageIn(r.Form)
	return w.offer(v, w.toldOf(w.jobOver(v.Of), v.Part), (v.Page-1)*maybeListed, maybeListed)
}

// jobOver gives the job under which a claim stands; all episodes as one where it
// stands under none.
func (w *worksheet) jobOver(of headway.ClaimID) *job.Job {
	for range headway.Parts() { // rungs on rungs end sooner
		c, known := w.Held.Words[of]
		if !known {
			break
		}
		if c.Part == headway.PartJob {
			if j, err := w.Job(c.ID); err == nil {
				return j
			}
		}
		of = c.Of
	}
	all := &job.Job{}
	for i := range w.Episodes {
		all.Placed = append(all.Placed, job.Placed{Episode: i})
	}
	return all
}

func episodesOf(r *http.Request) (ids []headway.EpisodeID) {
	for _, id := range r.Form["episode"] {
		ids = append(ids, headway.EpisodeID(id))
	}
	return ids
}

// passages reads the words that were chosen as those that say something.
func passages(r *http.Request) (all []headway.Passage, err error) {
	_ = r.ParseForm()
	for _, place := range r.PostForm["span"] {
		if place == "" {
			continue
		}
		on, err := parsePassage(place)
		if err != nil {
			return nil, err
		}
		all = append(all, on)
	}
	if link := r.PostFormValue("link"); link != "" {
		on, err := linked(link)
		return append(all, on), err
	}
	return all, nil
}

// linked gives the sentence that a link from a conversation leads to.
func linked(link string) (headway.Passage, error) {
	span, err := linkedSpan(link)
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "that is no link to a sentence: find it by search or in the mirror, and copy the link that its words are")
	}
	return headway.Passage{span}, nil
}

// hold keeps a claim. What is refused is shown again as it was written; an island
// has it still, and is told why.
func (s *server) hold(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	on, err := passages(r)
	if err != nil {
		return s.holding(w, r, http.StatusUnprocessableEntity, err)
	}
	h := flow.Holding{
		Study: study.ID, Part: headway.Part(r.PostFormValue("part")), Of: headway.ClaimID(r.PostFormValue("of")), Words: r.PostFormValue("words"),
		Instead: headway.ClaimID(r.PostFormValue("instead")), On: on, Choice: headway.Choice(r.PostFormValue("choice")), Episodes: episodesOf(r),
	}
	held, err := s.holdOnce(r, h)
	if headway.ErrorCode(err) == headway.Invalid && !asksJSON(r) {
		return s.holding(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	fallback := studyPath(study.ID, "claim/"+url.PathEscape(string(held.ID)))
	if held.Part == headway.PartJob {
		fallback = jobPath(study.ID, held.ID)
	}
	if from := r.PostFormValue("back"); from != "" && !strings.Contains(from, "#") && held.Part != headway.PartJob {
		r.PostForm.Set("back", from+"#c-"+string(held.ID)) // to where it stands now, not to the head of a long page
	}
	return back(w, r, fallback)
}

// holdOnce keeps a claim unless the very same stands already, with nothing more to
// lay beside it: a form that was sent twice is one deed.
func (s *server) holdOnce(r *http.Request, h flow.Holding) (headway.Claim, error) {
	c, err := headway.NewClaim(h.Study, h.Part, h.Of, h.Words)
	if err != nil {
		return c, err
	}
	held, err := s.hw.Held(r.Context(), h.Study)
	if err != nil {
		return c, err
	}
	if c.ID == h.Instead {
		return c, nil // as it was
	}
	stands := slices.ContainsFunc(held.Standing(), func(other deed.Held) bool { return other.Claim == c.ID })
	if _, known := held.Words[c.ID]; known && stands && !s.adds(held, c.ID, h) {
		return c, nil
	}
	return s.hw.Hold(r.Context(), h)
}

// adds says whether a holding lays words or episodes beside a claim that are not
// there yet.
func (s *server) adds(held flow.Held, id headway.ClaimID, h flow.Holding) bool {
	for _, on := range h.On {
		if !slices.ContainsFunc(held.Bearing(id), func(b deed.Borne) bool { return b.On.First() == on.First() && b.Verdict == headway.Supports }) {
			return true
		}
	}
	for _, e := range h.Episodes {
		if put, found := held.Group(e); !found || put.Job != held.Root(id) {
			return true
		}
	}
	return false
}

// claimInPath gives the study and the claim in the address.
func (s *server) claimInPath(r *http.Request) (headway.StudyID, headway.ClaimID, error) {
	study, err := s.revealed(r)
	return study.ID, headway.ClaimID(r.PathValue("claim")), err
}

func (s *server) drop(w http.ResponseWriter, r *http.Request) error {
	study, claim, err := s.claimInPath(r)
	if err != nil {
		return err
	}
	if err := s.hw.Drop(r.Context(), study, claim); err != nil {
		return err
	}
	return back(w, r, studyPath(study, "jobs"))
}

// bear lays a customer's words beside a claim, or takes them away again.
func (s *server) bear(w http.ResponseWriter, r *http.Request) error {
	study, claim, err := s.claimInPath(r)
	if err != nil {
		return err
	}
	on, err := passages(r)
	if err != nil {
		return err
	}
	if len(on) != 1 {
		return headway.Errorf(headway.Invalid, "choose the words that are to be laid beside it, or give the link to them")
	}
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	if !slices.Contains([]headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.NotAbout, headway.Undecided}, verdict) {
		return headway.Errorf(headway.Invalid, "say what these words are to it: they say it, you read it from them, they say otherwise, or they are not about it")
	}
	if err := s.hw.Bear(r.Context(), study, claim, on[0], verdict); err != nil {
		return err
	}
	return back(w, r, studyPath(study, "claim/"+url.PathEscape(string(claim))))
}

// choose settles whose an issue is, how far a plan is, what an alternative or a
// rung is.
func (s *server) choose(w http.ResponseWriter, r *http.Request) error {
	study, claim, err := s.claimInPath(r)
	if err != nil {
		return err
	}
	if err := s.hw.Choose(r.Context(), study, claim, "", headway.Choice(r.PostFormValue("choice")), nil); err != nil {
		return err
	}
	return back(w, r, studyPath(study, "claim/"+url.PathEscape(string(claim))))
}

// putEpisodes moves the episodes chosen: to a job, to a new one, to none, or back to
// where they were proposed.
func (s *server) putEpisodes(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	_ = r.ParseForm()
	episodes, into := episodesOf(r), headway.ClaimID(r.PostFormValue("into"))
	if len(episodes) == 0 {
		return headway.Errorf(headway.Invalid, "choose at least one episode")
	}
	switch r.PostFormValue("do") {
	case "new":
		r.PostForm.Set("part", string(headway.PartJob))
		r.Form.Set("part", string(headway.PartJob))
		return s.hold(w, r)
	case "move":
		if into == "" {
			return headway.Errorf(headway.Invalid, "choose the job that they are to go into")
		}
		err = s.hw.PutEpisodes(r.Context(), study.ID, into, headway.Kept, episodes...)
	case "none":
		err = s.hw.PutEpisodes(r.Context(), study.ID, "", headway.Dismissed, episodes...)
	case "proposed":
		err = s.hw.PutEpisodes(r.Context(), study.ID, "", headway.Undecided, episodes...)
	default:
		err = headway.Errorf(headway.Invalid, "say what to do with the episodes chosen")
	}
	if err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "jobs"))
}

// joinJobs makes one job of two, or two again.
func (s *server) joinJobs(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	job, into := headway.ClaimID(r.PostFormValue("job")), headway.ClaimID(r.PostFormValue("into"))
	if job == "" || into == "" {
		return headway.Errorf(headway.Invalid, "choose two jobs")
	}
	if r.PostFormValue("do") == "part" {
		err = s.hw.PartJobs(r.Context(), study.ID, job, into)
	} else {
		err = s.hw.JoinJobs(r.Context(), study.ID, job, into)
	}
	if err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "jobs"))
}

func (s *server) proposeAnew(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	if err := s.hw.ProposeAnew(r.Context(), study.ID); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "jobs"))
}
