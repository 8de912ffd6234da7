package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// allTold is every sentence of one force of a job, or of one of its alternatives, of
// which the card quotes the first.
type allTold struct {
	Job, Card string // how it is called, and where its card stands
	Called    string
	People, N int
	Lines     []spoken
	Others    pager
}

// showAllTold is the page behind "1,343 more sentences".
func (s *server) showAllTold(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	j, err := sheet.jobAt(r)
	if err != nil {
		return err
	}
	v, err := sheet.allTold(j, headway.Label(r.FormValue("kind")), r.FormValue("as"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("told", v.Called).of(sheet.Study, "jobs"), v)
}

// jobAt gives the job in the address, named or only proposed.
func (w *worksheet) jobAt(r *http.Request) (*job.Job, error) {
	if id := r.PathValue("job"); id != "" {
		return w.Job(headway.ClaimID(id))
	}
	group := headway.GroupID(r.PathValue("group"))
	i := slices.IndexFunc(w.Jobs.Jobs, func(j job.Job) bool { return slices.Contains(j.Groups, group) })
	if i < 0 {
		return nil, headway.Errorf(headway.NotFound, "this job is not proposed any more: it was found anew since")
	}
	return &w.Jobs.Jobs[i], nil
}

func (w *worksheet) allTold(j *job.Job, kind headway.Label, as string) (v allTold, err error) {
	v = allTold{Job: j.Called(), Card: w.cardPath(j), N: j.People}
	for _, f := range j.Forces {
		if f.Kind != kind {
			continue
		}
		v.Called, v.People, v.Others = forceNames[kind], f.People, newPager(w.path, len(f.Told), maybeListed, "")
		for _, t := range f.Told[v.Others.From:v.Others.To] {
			at, _ := w.Where(t.Span)
			v.Lines = append(v.Lines, w.toldFrom(t, at.Person))
		}
		return v, nil
	}
	i := slices.IndexFunc(j.Alternatives, func(a job.Alternative) bool { return kind == headway.Alternative && asOf(a) == as })
	if i < 0 {
		return v, headway.Errorf(headway.NotFound, "nobody told of this any more: look at the job as it is now")
	}
	a := j.Alternatives[i]
	v.Called, v.People, v.Others = w.alternativeName(a), a.People, newPager(w.path, len(a.Told), maybeListed, "")
	v.Lines = w.insteads(a.Told[v.Others.From:v.Others.To])
	return v, nil
}

// toldPath is where all of a kind stands that a job's customers told; of alternatives
// those that are one.
func toldPath(card string, kind headway.Label, as string) string {
	query := url.Values{"kind": {string(kind)}}
	if as != "" {
		query.Set("as", as)
	}
	return card + "/told?" + query.Encode()
}

// asOf tells one alternative of a job from its others.
func asOf(a job.Alternative) string { return cmp.Or(string(a.Named), string(a.Sort)) }
