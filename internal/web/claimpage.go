package web

import (
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// claimPage is one claim in full: each version with its author, and all words that
// bear on it or may.
type claimPage struct {
	claimLine
	Stands   bool
	Versions []claimVersion // the newest first
	Up       string         // the page it stands on
	UpCalled string
	Around   []aroundView // what bears on it, with the turns before and after
	Anew     writing
	Others   pager // of Maybe
}

// claimVersion is one wording, and what was said of it.
type claimVersion struct {
	ID            headway.ClaimID
	Words, By, On string
	Status        headway.Status
	Stands        bool
}

// aroundView is words with what stands around them.
type aroundView struct {
	spoken
	Before, After beforeView
	Is            string // what they are to the claim
	Verdict       headway.Verdict
}

func (s *server) showClaim(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	v, err := sheet.claim(headway.ClaimID(r.PathValue("claim")))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("claim", v.Words).of(sheet.Study, "jobs"), v)
}

func (w *worksheet) claim(id headway.ClaimID) (v claimPage, err error) {
	c, known := w.Held.Words[id]
	if !known {
		return v, headway.Errorf(headway.NotFound, "there is no claim %s in this study", id)
	}
	l, stands := w.standing(w.Held.Root(id))
	if !stands || l.ID != id {
		l = &job.Line{Claim: c, Root: w.Held.Root(id), Versions: len(w.Held.Versions(id)), Status: w.Held.Status(id)}
	}
	over := w.jobOver(id)
	v = claimPage{claimLine: w.line(l, nil, 0), Stands: stands && l.ID == id}
	told := w.unsaid(l.ID, w.toldOf(over, c.Part))
	v.Others = newPager(w.path, len(told), maybeListed, "maybe")
	v.Maybe = w.tell(told[v.Others.From:v.Others.To])
	v.Up, v.UpCalled = studyPath(w.Study.ID, "jobs"), "Jobs"
	if !over.IsProposed() {
		v.Up, v.UpCalled = jobPath(w.Study.ID, over.Root), over.Claim.Words
	}
	v.Anew = writing{Study: w.Study.ID, Part: c.Part, Of: c.Of, Instead: id, Words: c.Words, Back: v.Up, Writes: w.writes, Choice: v.Choice}
	for _, held := range slices.Backward(w.Held.Versions(id)) {
		version := claimVersion{ID: held.Claim, Words: w.Held.Words[held.Claim].Words, On: dayOf(w.Held.Words[held.Claim].At), Status: w.Held.Status(held.Claim), Stands: held.Stands}
		if by := w.Held.Words[held.Claim].Member; by != "" {
			version.By = w.called(by)
		}
		v.Versions = append(v.Versions, version)
	}
	for _, b := range w.Held.Bearing(id) {
		at, here := w.Where(b.On.First())
		if !here {
			continue
		}
		one := aroundView{spoken: w.spoken(b.On, at.Person), Is: bears[b.Verdict], Verdict: b.Verdict}
		one.Member = w.called(b.Member)
		one.Before, one.After = w.turnAt(at.Conversation, at.Turn-1), w.turnAt(at.Conversation, at.Turn+1)
		v.Around = append(v.Around, one)
	}
	return v, nil
}

// bears says what words are to a claim.
var bears = map[headway.Verdict]string{
	headway.Supports: "they say it", headway.Partly: "read from this", headway.Contradicts: "they say otherwise", headway.NotAbout: "not about it",
}

func (w *worksheet) turnAt(c *headway.Conversation, turn int) (v beforeView) {
	if turn < 0 || turn >= len(c.Turns) {
		return v
	}
	text := c.Turns[turn].Text
	return beforeView{speakerName(c.Speaker(c.Turns[turn].Speaker).Name), w.quote(c, text.SpanOf(headway.NewRuler(text.Text), 0, len(text.Text)))}
}

// standing finds the line of a root wherever it stands.
func (w *worksheet) standing(root headway.ClaimID) (*job.Line, bool) {
	var find func(lines []job.Line) *job.Line
	find = func(lines []job.Line) *job.Line {
		for i := range lines {
			if lines[i].Root == root {
				return &lines[i]
			}
			if under := find(lines[i].Parts); under != nil {
				return under
			}
		}
		return nil
	}
	var all []job.Line
	for i := range w.Jobs.Jobs {
		if !w.Jobs.Jobs[i].IsProposed() {
			all = append(all, w.Jobs.Jobs[i].Line)
		}
	}
	for _, c := range w.Criteria {
		all = append(all, c.Line)
	}
	l := find(slices.Concat(all, w.Named, w.Wants))
	return l, l != nil
}
