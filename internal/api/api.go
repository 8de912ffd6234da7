// Package api is the face for other programs: all of Headway as JSON over HTTP.
//
// Every operation is a typed function registered with its scope; huma reads the
// request, refuses what does not fit, and writes the OpenAPI document from the
// same types. Each resource has a file of its own, with the part of the
// application that it needs as an interface. Words leave as headway.Quote, the
// words with their place, and no input takes words of a customer: a mark is
// given as spans, in Unicode code points of one text version.
//
//	handler, document, err := api.New(flow, gate, web.Papers(flow))
//	http.ListenAndServe("127.0.0.1:8080", handler) // answers under /api/
//
// Who asks is not found out here: whoever serves this handler puts the caller
// (access.WithCaller) into the request's context. The order of a study
// (first the guesses, then their words) is kept by flow, and comes back as Denied.
package api

import (
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/headway-oss/headway"
)

// Headway is what the API needs of the application.
type Headway interface {
	Studying
	Reading
	Marking
	Undoing
	Telling
	Correcting
	Hiding
	Judging
	Knowing
	Forgetting
	Dealing
	Comparing
	Searching
	Importing
	Learning
	Regrouping
	Claiming
	Hiring
	Recording
	Exporting
	Describing
}

// Base is the path that all operations begin with. A change that breaks a
// program makes a new one.
const Base = "/api/v1"

// api is the operations over an application.
type api struct {
	huma.API
	hw    Headway
	gate  Gate
	paper Paper
}

// New gives the handler of everything below /api/, and the OpenAPI document.
func New(hw Headway, gate Gate, paper Paper) (http.Handler, []byte, error) {
	mux, a := assemble(hw, gate, paper)
	document, err := json.Marshal(a.OpenAPI())
	if err != nil {
		return nil, nil, err
	}
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
		w.Write(document)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, headway.Errorf(headway.NotFound, "there is no %s %s: the reference at /api lists what there is", r.Method, r.URL.Path))
	})
	return bounded(tagged(mux)), document, nil
}

// bounded keeps everybody from sending more than files may have together; what is
// JSON is bounded further, by huma.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
		next.ServeHTTP(w, r)
	})
}

// assemble registers every operation.
func assemble(hw Headway, gate Gate, paper Paper) (*http.ServeMux, huma.API) {
	mux := http.NewServeMux()
	a := &api{API: humago.NewWithPrefix(mux, Base, config()), hw: hw, gate: gate, paper: paper}
	a.UseMiddleware(a.allow)
	for _, register := range []func(){
		a.studies, a.guesses, a.mirrors, a.shoes, a.imports, a.conversations, a.marks, a.undoing, a.changes,
		a.corrections, a.masks, a.judgements, a.people, a.forgotten, a.customers, a.rounds, a.search, a.own, a.members, a.tickets,
		a.regrouping, a.claims, a.jobs, a.recordings, a.exports,
	} {
		register()
	}
	delete(a.OpenAPI().Components.Schemas.Map(), "FormFile") // huma's own, of which nothing is sent or given
	return mux, a
}

// Document gives the OpenAPI document without an application behind it.
func Document() ([]byte, error) {
	_, document, err := New(nil, nil, nil)
	return document, err
}

// config has none of huma's own pages: they load scripts from elsewhere.
func config() huma.Config {
	named := shapes()
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:       "Headway",
				Version:     "1",
				Description: about,
				License:     &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Components: &huma.Components{
				Schemas:   named,
				Responses: problems(named),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"token":  {Type: "http", Scheme: "bearer", Description: "a token made by a member, with a scope: read, write or admin"},
					"cookie": {Type: "apiKey", In: "cookie", Name: "headway", Description: "the session of a browser that has signed in"},
				},
			},
			Tags: tags,
		},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}
}

const about = "What customers said beside what we believe of them. Positions are Unicode code points of one text version, " +
	"the end exclusive. Dates are RFC 3339 in UTC. A list has items, and next where there are more: give it back as after. " +
	"An error is application/problem+json with one of six codes, and its detail says what to do. " +
	"What customers said is shown after the guesses of a study are sealed or skipped: before, it is refused with denied."

// tags are the resources, in the order in which the reference shows them.
var tags = []*huma.Tag{
	{Name: "studies", Description: "A study is a question put to what customers said, with its guesses, its seal and its conversations."},
	{Name: "guesses", Description: "What we believe before we look. Guesses are sealed before anything is shown; one written later is marked late."},
	{Name: "mirror", Description: "What we said beside what they said beside what nobody asked."},
	{Name: "imports", Description: "Files are taken in behind the scenes; the progress can be asked for."},
	{Name: "conversations", Description: "What was said on one occasion, turn by turn, and what was heard in it."},
	{Name: "marks", Description: "What members keep, dismiss or mark in a conversation, and what they note beside it."},
	{Name: "judgements", Description: "What a sentence is to a guess, and what an answer did to something we took for granted."},
	{Name: "history", Description: "Every deed is kept, and can be taken back; taking back is a deed too."},
	{Name: "corrections", Description: "Words that were misheard are put right, and what hangs on them comes along or waits for review."},
	{Name: "masks", Description: "What tells who somebody is can be hidden, and a person forgotten."},
	{Name: "people", Description: "Who spoke: their side, which names are the same person, and who they are to us."},
	{Name: "customers", Description: "One customer on one page, and what passed between them and us."},
	{Name: "rounds", Description: "A conversation that several mark, none seeing the others' marks, and how far they agree."},
	{Name: "jobs", Description: "What customers hire for: the progress they make, what a study holds of it, and the words that bear on it."},
	{Name: "search", Description: "Finding what was said, by words and by meaning."},
	{Name: "members", Description: "Who of us may come in, and what was handed out: tokens, invitations, links."},
	{Name: "own", Description: "What the members' own verdicts teach."},
}
