package web

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/quality"
)

// Doubting gives suggestions one after the other, most useful first.
type Doubting interface {
	Doubtful(ctx context.Context, d flow.Doubts) (flow.Doubtful, error)
}

// queueView is one suggestion with what was said around it.
type queueView struct {
	Found   bool
	Label   headway.Label
	Place   string
	Words   template.HTML // the turns, written by transcript
	Why, By string
	Counted bool
	Sure    string
	Left    int
	Kinds   []queueKind
	All     string // this queue of all kinds
	Total   int
	Title   string
	InPlace string // where it stands in its conversation
	Here    string // this page's address
	Skip    string // the same, with this one left for later
	Skipped int
}

type queueKind struct {
	Label headway.Label
	N     int
	Href  string
	Now   bool
}

// contextTurns is how many turns are shown before and after.
const contextTurns = 2

// mostSkipped is how many are remembered as left for later; older ones come again.
const mostSkipped = 40

// showQueue shows the next doubtful suggestion.
func (s *server) showQueue(w http.ResponseWriter, r *http.Request) error {
	query := queueQuery(r)
	d, err := doubts(query)
	if err != nil {
		return err
	}
	next, err := s.hw.Doubtful(r.Context(), d)
	if err != nil {
		return err
	}
	view := viewQueue(query, next)
	if next.Found {
		if err := s.viewDoubt(r, &view, next, d.Study); err != nil {
			return err
		}
	}
	p := newPage("queue", "Next doubtful one")
	p.Reader = true
	if study, err := s.hw.Study(r.Context(), d.Study); err == nil {
		p = p.of(study, "queue")
	}
	return s.render(w, r, http.StatusOK, p, view)
}

// queueQuery keeps what says which queue it is.
func queueQuery(r *http.Request) url.Values {
	query := url.Values{}
	for _, name := range []string{"study", "conversation", "kind"} {
		if v := r.FormValue(name); v != "" {
			query.Set(name, v)
		}
	}
	skipped := r.Form["skip"]
	query["skip"] = skipped[max(0, len(skipped)-mostSkipped):]
	return query
}

func doubts(query url.Values) (flow.Doubts, error) {
	d := flow.Doubts{
		Study:        headway.StudyID(query.Get("study")),
		Conversation: headway.ConversationID(query.Get("conversation")),
		Kind:         headway.Label(query.Get("kind")),
		Skipped:      map[flow.Doubt]bool{},
	}
	if d.Kind != "" && !slices.Contains(headway.Kinds(), d.Kind) {
		return d, headway.Errorf(headway.Invalid, "%q is none of the twelve kinds", cutRunes(string(d.Kind), 40))
	}
	for _, skip := range query["skip"] {
		conversation, rest, _ := strings.Cut(skip, " ")
		label, place, _ := strings.Cut(rest, " ")
		at, err := parseSpan(place)
		if err != nil {
			return d, err
		}
		d.Skipped[flow.Doubt{Conversation: headway.ConversationID(conversation), At: at, Label: headway.Label(label)}] = true
	}
	return d, nil
}

func queuePath(query url.Values) string { return "/queue?" + query.Encode() }

// with gives a query with one value changed, or left out for "".
func with(query url.Values, name, value string) url.Values {
	changed := url.Values{}
	for k, v := range query {
		changed[k] = slices.Clone(v)
	}
	changed.Del(name)
	if value != "" {
		changed.Set(name, value)
	}
	return changed
}

func viewQueue(query url.Values, next flow.Doubtful) queueView {
	v := queueView{
		Found: next.Found, Left: next.Left, Here: queuePath(query), Skipped: len(query["skip"]),
		All: queuePath(with(with(query, "kind", ""), "skip", "")),
	}
	for _, kind := range headway.Kinds() {
		if n := next.Kinds[kind]; n > 0 {
			v.Total += n
			v.Kinds = append(v.Kinds, queueKind{kind, n, queuePath(with(with(query, "kind", string(kind)), "skip", "")), query.Get("kind") == string(kind)})
		}
	}
	return v
}

// viewDoubt shows the sentence between what was said before and after it.
func (s *server) viewDoubt(r *http.Request, v *queueView, next flow.Doubtful, study headway.StudyID) error {
	c, _, err := s.hw.Conversation(r.Context(), next.Conversation, study)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(c.Turns, func(t headway.Turn) bool { return t.Text.ID == next.At.Text })
	if at < 0 {
		return headway.Errorf(headway.Conflict, "these words were corrected just now: load the page again")
	}
	from, to := max(0, at-contextTurns), min(len(c.Turns), at+contextTurns+1)
	v.Title, v.Label, v.Why, v.By, v.Counted = conversationName(c), next.Label, next.Heard.Why, next.Heard.By, next.Heard.Counted
	v.Sure = quality.Of(quality.Heard{Label: next.Label, By: next.Heard.By, Counted: next.Heard.Counted, Genre: c.Genre}).Short()
	v.Place = formatSpan(next.At)
	skip := queueQuery(r)
	skip.Add("skip", string(next.Conversation)+" "+string(next.Label)+" "+formatSpan(next.At))
	v.Skip = queuePath(skip)
	v.InPlace = placePath(study, c.ID, next.At)
	c.Turns = c.Turns[from:to]
	t := newTranscript(&c, headway.Hearing{}, deed.Judgements{}, headway.Span{})
	t.first = from
	m := moment{place: headway.Passage{next.At}, heard: next.Heard, at: at - from, side: headway.Theirs}
	m.heard.Counted = true // in its colour: it is what is asked about
	t.marks = map[headway.TextID][]markPiece{next.At.Text: {{&m, next.At.Start, next.At.End, true}}}
	t.asked = next.At.Text
	var words bytes.Buffer
	for i := range c.Turns {
		t.writeTurn(&words, i, true)
	}
	v.Words = template.HTML(words.String())
	return nil
}

// decideDoubt keeps or dismisses the suggestion and shows the next.
func (s *server) decideDoubt(w http.ResponseWriter, r *http.Request) error {
	at, err := parsePassage(r.PostFormValue("place"))
	if err != nil {
		return err
	}
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	if verdict != headway.Kept && verdict != headway.Dismissed {
		return headway.Errorf(headway.Invalid, "%q is no verdict here", verdict)
	}
	if err := s.hw.Mark(r.Context(), at, headway.Label(r.PostFormValue("label")), verdict); err != nil {
		return err
	}
	return back(w, r, "/queue")
}
