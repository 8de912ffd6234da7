package api

import (
	"context"
	"net/url"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Searching finds what was said.
type Searching interface {
	// Search gives sentences that hold the words or mean about the same.
	Search(ctx context.Context, q flow.Query) (flow.Found, error)
	Offers(ctx context.Context, typed string, through headway.StudyID) ([]flow.Offer, error)
	TakeOut(ctx context.Context, q flow.Query, form string, link func(flow.Hit) string) (flow.TakeOut, error)
	SaveSearch(ctx context.Context, name, query string) (headway.SearchID, error)
	SavedSearches(ctx context.Context) ([]flow.Saved, error)
	OpenSearch(ctx context.Context, id headway.SearchID) (headway.SavedSearch, error)
	RenameSearch(ctx context.Context, id headway.SearchID, name string) error
	DropSearch(ctx context.Context, id headway.SearchID) error
}

func (a *api) search() {
	find := read("GET /search", "search", "search", "Find sentences by their words and by what they mean, the best first")
	find.Description = filters()
	ask(a, find, a.find)
	ask(a, read("GET /search/offers", "listOffers", "search", "Tell what the last word of a search could become"), a.listOffers)
	give(a, read("GET /search/file", "takeOut", "search", "Take along what a search finds, a row a quote"), a.takeOut,
		"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/markdown")
	ask(a, makes(write("POST /searches", "saveSearch", "search", "Keep a search under a name")), a.saveSearch)
	ask(a, read("GET /searches", "listSearches", "search", "List the saved searches, with what is new in each since you last looked"), a.listSearches)
	ask(a, read("GET /searches/{search}", "openSearch", "search", "Read a saved search, and remember that you looked"), a.openSearch)
	do(a, write("PUT /searches/{search}/name", "renameSearch", "search", "Give a saved search another name"), a.renameSearch)
	do(a, write("DELETE /searches/{search}", "dropSearch", "search", "Forget a saved search"), a.dropSearch)
}

// filters says what can be typed into a search.
func filters() string {
	words := "What is searched for may be narrowed by filters, several of them too: "
	for i, f := range flow.Filters() {
		if i > 0 {
			words += "; "
		}
		words += f.Like + " (" + f.Help + ")"
	}
	return words + "."
}

// Asked is what is searched for.
type Asked struct {
	Through
	Words string          `query:"q" required:"true" maxLength:"2000" doc:"words and filters; \"in a row\" between quotation marks, and beginnings before a *"`
	In    headway.StudyID `query:"in" doc:"only in this study's conversations"`
	Side  headway.Side    `query:"side" doc:"only what this side said"`
}

func (in Asked) query() flow.Query {
	return flow.Query{Words: in.Words, Through: in.Study, Study: in.In, Side: in.Side}
}

type searchInput struct {
	Asked
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"at most so many"`
}

type found struct {
	Items    []hit             `json:"items"`
	More     bool              `json:"more,omitempty" doc:"there may be more than were asked for"`
	Capped   bool              `json:"capped,omitempty" doc:"too many places hold the words to weigh them: of those the newest come first"`
	Listed   bool              `json:"listed,omitempty" doc:"there were no words, so the newest come first"`
	Reading  bool              `json:"reading,omitempty" doc:"not every conversation can be found by its meaning yet"`
	People   int               `json:"people" doc:"whose words these are, on the customers' side"`
	Guessing []headway.StudyID `json:"guessing" doc:"studies that were not searched, since they are still guessing"`
	Misread  []misread         `json:"misread" doc:"what of the search was not understood"`
}

type misread struct {
	What  string `json:"what" doc:"and what to write instead"`
	Halts bool   `json:"halts,omitempty" doc:"nothing was searched: it would have found more than was asked for"`
}

// hit is a passage that was found.
type hit struct {
	Quote        headway.Quote          `json:"quote"`
	Conversation headway.ConversationID `json:"conversation"`
	Turn         headway.TurnID         `json:"turn"`
	Speaker      headway.Speaker        `json:"speaker"`
	Person       headway.PersonID       `json:"person,omitempty"`
	File         string                 `json:"file"`
	Row          int                    `json:"row,omitempty"`
	Title        string                 `json:"title,omitempty"`
	Date         headway.Date           `json:"date,omitzero"`
	Matches      []headway.Quote        `json:"matches" doc:"the words in its turn by which it was found"`
	ByMeaning    bool                   `json:"by_meaning,omitempty" doc:"it is near what was asked for, whatever its words"`
	Labels       []labelled             `json:"labels" doc:"what was heard or marked there"`
}

type labelled struct {
	Label   headway.Label    `json:"label"`
	Is      flow.Is          `json:"is" doc:"kept, suggested or dismissed"`
	By      headway.MemberID `json:"by,omitempty" doc:"who decided"`
	Counted bool             `json:"counted,omitempty" doc:"of a suggestion: heard surely enough to count"`
}

func (a *api) find(ctx context.Context, in *searchInput) (found, error) {
	q := in.query()
	q.Limit = in.Limit
	f, err := a.hw.Search(ctx, q)
	return found{
		each(f.Hits, hitOf), f.More, f.Capped, f.Listed, f.Reading, f.People,
		each(f.Guessing, func(s headway.Study) headway.StudyID { return s.ID }),
		each(f.Misread, func(m flow.Misread) misread { return misread(m) }),
	}, err
}

func hitOf(h flow.Hit) hit {
	texts := mirror.Texts{h.Text.ID: h.Text}
	return hit{
		texts.Quote(h.Span), h.Conversation, h.Turn, h.Speaker, h.Person, h.File, h.Row, h.Title, h.Date, each(h.Matches, texts.Quote), h.ByMeaning,
		each(h.Labels, func(l flow.Labelled) labelled { return labelled(l) }),
	}
}

type listOffersInput struct {
	Through
	Words string `query:"q" required:"true" maxLength:"2000" doc:"what was typed so far"`
}

type offers struct {
	Items []offer `json:"items"`
}

type offer struct {
	Query string `json:"query" doc:"the whole search, once it is taken"`
	Shown string `json:"shown" doc:"what is added"`
	Help  string `json:"help,omitempty"`
}

func (a *api) listOffers(ctx context.Context, in *listOffersInput) (offers, error) {
	all, err := a.hw.Offers(ctx, in.Words, in.Study)
	return offers{each(all, func(o flow.Offer) offer { return offer(o) })}, err
}

type takeOutInput struct {
	Asked
	Form string `query:"form" enum:"csv,xlsx,md" default:"csv" doc:"of the file; no cell of it is a formula"`
}

// forms gives the kinds of the files that a search is taken along as.
var forms = map[string]string{
	"csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func (a *api) takeOut(ctx context.Context, in *takeOutInput) (file, error) {
	link := func(h flow.Hit) string {
		at := url.Values{"at": {nameOfSpan(h.Span)}}
		if in.Study != "" {
			at.Set("study", string(in.Study))
		}
		return "/conversation/" + url.PathEscape(string(h.Conversation)) + "?" + at.Encode()
	}
	taken, err := a.hw.TakeOut(ctx, in.query(), in.Form, link)
	if err != nil {
		return file{}, err
	}
	data, err := taken.As(in.Form)
	return file{forms[in.Form], `attachment; filename="headway-quotes.` + in.Form + `"`, data}, err
}

type saveSearchInput struct {
	Body struct {
		Name  string `json:"name,omitempty" maxLength:"120"`
		Query string `json:"query" maxLength:"2000" doc:"words and filters, as they are typed" example:"person:Anna price"`
	}
}

type savedAs struct {
	Search headway.SearchID `json:"search"`
}

func (a *api) saveSearch(ctx context.Context, in *saveSearchInput) (savedAs, error) {
	id, err := a.hw.SaveSearch(ctx, in.Body.Name, in.Body.Query)
	return savedAs{id}, err
}

type saved struct {
	ID     headway.SearchID `json:"id"`
	Name   string           `json:"name"`
	Query  string           `json:"query"`
	Member headway.MemberID `json:"member"`
	At     time.Time        `json:"at"`
	Looked bool             `json:"looked" doc:"whether you ever looked"`
	New    int              `json:"new" doc:"found since you last looked"`
	More   bool             `json:"more,omitempty" doc:"there are more than that"`
	Mine   bool             `json:"mine" doc:"whether you may change it"`
}

func (a *api) listSearches(ctx context.Context, in *Paging) (l list[saved], err error) {
	all, err := a.hw.SavedSearches(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, func(s flow.Saved) string { return string(s.ID) }, func(s flow.Saved) saved {
		return saved{s.ID, s.Name, s.Query, s.Member, s.At, s.Looked, s.New, s.More, s.Mine}
	})
}

// InSearch is what an operation on a saved search is asked with.
type InSearch struct {
	Search headway.SearchID `path:"search" doc:"id of the saved search"`
}

func (a *api) openSearch(ctx context.Context, in *InSearch) (headway.SavedSearch, error) {
	return a.hw.OpenSearch(ctx, in.Search)
}

type renameSearchInput struct {
	InSearch
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"120"`
	}
}

func (a *api) renameSearch(ctx context.Context, in *renameSearchInput) error {
	return a.hw.RenameSearch(ctx, in.Search, in.Body.Name)
}

func (a *api) dropSearch(ctx context.Context, in *InSearch) error {
	return a.hw.DropSearch(ctx, in.Search)
}
