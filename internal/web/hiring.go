package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// Hiring is the jobs that a study's customers hire for, and what members hold of
// them. It is Denied before the reveal.
type Hiring interface {
	Jobs(ctx context.Context, study headway.StudyID) (*flow.Jobs, error)
	Held(ctx context.Context, study headway.StudyID) (flow.Held, error)
	// ProposeAnew forgets the jobs that were proposed and finds them again.
	ProposeAnew(ctx context.Context, study headway.StudyID) error
	// Hold keeps a claim with the words that say it, as one deed.
	Hold(ctx context.Context, h flow.Holding) (headway.Claim, error)
	Drop(ctx context.Context, study headway.StudyID, claim headway.ClaimID) error
	Bear(ctx context.Context, study headway.StudyID, claim headway.ClaimID, on headway.Passage, v headway.Verdict) error
	Choose(ctx context.Context, study headway.StudyID, claim, job headway.ClaimID, c headway.Choice, on headway.Passage) error
	PutEpisodes(ctx context.Context, study headway.StudyID, job headway.ClaimID, v headway.Verdict, episodes ...headway.EpisodeID) error
	JoinJobs(ctx context.Context, study headway.StudyID, job, into headway.ClaimID) error
	PartJobs(ctx context.Context, study headway.StudyID, job, from headway.ClaimID) error
	BeginEpisode(ctx context.Context, at headway.Span, v headway.Verdict) error
}

// hiringActs are the pages of jobs, and what is done on them.
func (s *server) hiringActs() map[string]handler {
	return map[string]handler{
		"GET /study/{study}/jobs":                      s.showJobs,
		"GET /study/{study}/jobs.md":                   s.takeJobs("md"),
		"GET /study/{study}/jobs.html":                 s.takeJobs("html"),
		"POST /study/{study}/jobs/anew":                s.proposeAnew,
		"POST /study/{study}/jobs/join":                s.joinJobs,
		"GET /study/{study}/job/{job}":                 s.showJob,
		"GET /study/{study}/job/{job}/told":            s.showAllTold,
		"GET /study/{study}/proposed/{group}":          s.showProposed,
		"GET /study/{study}/proposed/{group}/told":     s.showAllTold,
		"GET /study/{study}/claim/{claim}":             s.showClaim,
		"GET /study/{study}/claims":                    s.showHolding,
		"POST /study/{study}/claims":                   s.hold,
		"GET /study/{study}/beside":                    s.showBeside,
		"POST /study/{study}/beside":                   s.holdBeside,
		"POST /study/{study}/claim/{claim}/drop":       s.drop,
		"POST /study/{study}/claim/{claim}/bear":       s.bear,
		"POST /study/{study}/claim/{claim}/choice":     s.choose,
		"GET /study/{study}/criteria":                  s.showCriteria,
		"GET /study/{study}/criterion/{claim}/{job}":   s.showCell,
		"POST /study/{study}/criterion/{claim}/{job}":  s.settleCell,
		"POST /study/{study}/episodes":                 s.putEpisodes,
		"GET /study/{study}/episode/{episode}":         s.showEpisode,
		"POST /study/{study}/episode/{episode}/begins": s.beginEpisode,
		"GET /study/{study}/product":                   s.showProduct,
	}
}

// jobPath is where a job's card stands.
func jobPath(study headway.StudyID, job headway.ClaimID) string {
	return studyPath(study, "job/"+url.PathEscape(string(job)))
}

// cardPath is where the card of a job stands, named or only proposed.
func (w *worksheet) cardPath(j *job.Job) string {
	if j.IsProposed() {
		return studyPath(w.Study.ID, "proposed/"+string(j.Groups[0]))
	}
	return jobPath(w.Study.ID, j.Root)
}

// worksheet lays the jobs of a study out for pages.
type worksheet struct {
	*flow.Jobs
	called func(headway.MemberID) string
	path   string // of the page that is drawn, to come back to
	writes bool
}

// worksheet reads the jobs of the study in the address; of one that is guessing it
// says what is to be done first.
func (s *server) worksheet(r *http.Request) (*worksheet, error) {
	study, err := s.revealed(r)
	if err != nil {
		return nil, err
	}
	return s.worksheetOf(r, study.ID)
}

// worksheetOf reads the jobs of a study for a page on which none is in the address.
func (s *server) worksheetOf(r *http.Request, study headway.StudyID) (*worksheet, error) {
	jobs, err := s.hw.Jobs(r.Context(), study)
	if err != nil {
		return nil, err
	}
	called, err := s.namer(r)
	return &worksheet{jobs, called, backHere(r), mayWrite(r)}, err
}

// backHere is the address of a page without what an undoing told it.
func backHere(r *http.Request) string {
	here := *r.URL
	query := here.Query()
	query.Del("undone")
	query.Del("redone")
	here.RawQuery = query.Encode()
	return here.RequestURI()
}

// spoken is a customer's words with whose they are and where they stand.
type spoken struct {
	quoteView
	More    []quoteView
	Person  headway.PersonID
	Who     string
	Credit  string // "Ute Lind, first-call.txt, 05:34, 2 March 2026"
	Place   string // all spans of the passage, for forms
	Member  string // who laid it where it is; "" where nobody did
	Kept    bool   // a member kept it
	Asked   quoteView
	Episode headway.EpisodeID
}

// spoken gives a passage with its credit; the zero value where it is not there.
func (w *worksheet) spoken(on headway.Passage, person headway.PersonID) spoken {
	at, here := w.Where(on.First())
	if !here {
		return spoken{}
	}
	c := at.Conversation
	v := spoken{quoteView: w.quote(c, on.First()), Person: person, Who: w.name(person), Place: formatPassage(on)}
	for _, s := range on.More() {
		v.More = append(v.More, w.quote(c, s))
	}
	when := ""
	if ms, known := c.Turns[at.Turn].Started(); known {
		when = clock(ms)
	}
	v.Credit = credit(w.Names[person], title(flow.Head{Title: c.Title, File: c.File, Row: c.Row}), when, dayOf(c.Date.Time))
	return v
}

func (w *worksheet) quote(c *headway.Conversation, s headway.Span) quoteView {
	return quoteView{Words: w.Words(s), Href: placePath(w.Study.ID, c.ID, s), Place: formatSpan(s)}
}

func (w *worksheet) name(person headway.PersonID) string { return speakerName(w.Names[person]) }

// asks is a slot of which nothing is known, and the question for it.
type asks struct {
	Slot     headway.Label
	Question string
	Talks    int // in so many conversations nobody told of it
}

// First is the place of the words' first span, for forms.
func (s spoken) First() string { return s.quoteView.Place }
