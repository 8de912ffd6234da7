package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

const (
	searchLimit   = 50
	contextPoints = 160 // code points shown on each side of a found sentence
	turnPoints    = 700 // code points shown of a turn
)

// Finding is what the search needs beside Search.
type Finding interface {
	// Offers gives what the last word of a search could become.
	Offers(ctx context.Context, typed string, through headway.StudyID) ([]flow.Offer, error)
	// Choices lists the names that a search can be narrowed to.
	Choices(ctx context.Context, through headway.StudyID) (flow.Choices, error)
	TakeOut(ctx context.Context, q flow.Query, form string, link func(flow.Hit) string) (flow.TakeOut, error)
	SaveSearch(ctx context.Context, name, query string) (headway.SearchID, error)
	SavedSearches(ctx context.Context) ([]flow.Saved, error)
	OpenSearch(ctx context.Context, id headway.SearchID) (headway.SavedSearch, error)
	RenameSearch(ctx context.Context, id headway.SearchID, name string) error
	DropSearch(ctx context.Context, id headway.SearchID) error
}

// searchView is the sentences that hold the words or mean about the same.
type searchView struct {
	Query   string // as it stands in its field
	Typed   string // with what the other fields say, as one would type it
	Asked   bool   // whether anything was asked
	Count   string // in words, what was found; it is read aloud when it changes
	Hits    []hitView
	Capped  bool // too many hold the words to be weighed
	Reading bool // not all is found by its meaning yet
	// Guessing are the studies that were not searched.
	Guessing []headway.Study
	Misread  []flow.Misread
	Offers   []offerView
	Fields   []findFieldView
	Narrowed bool // whether a field says something
	Names    flow.Choices
	Filters  []flow.Filter
	Takes    []takeView
	Saved    []savedView
	Shares   bool   // the reader may make links
	Dated    bool   // a day was asked for
	Study    string // the address of a study of what was found; "" where none may be opened
}

// offerView leads to a search with one more word in it.
type offerView struct {
	flow.Offer
	Href string
}

// findFieldView is a field that narrows the search.
type findFieldView struct {
	Name, Label, Value, Type string
	Choices                  []findOptionView
	List                     []string // offered while one writes
}

type findOptionView struct {
	Value, Name string
	Now         bool
}

// takeView leads to the same, to take along.
type takeView struct{ Name, Href string }

// hitView is a found passage between what stands before and after it.
type hitView struct {
	Before, After      string
	Pieces             []piece
	Side               headway.Side
	Name, Source, Href string
	When               string // the day, and the time in the recording
	How                string // how it was found; "" where it was listed
	Meant              bool   // by its meaning alone
	Invented           bool   // of the sample
	Labels             []labelView
}

// labelView is what a passage was heard or marked as.
type labelView struct{ Label, Is, By string }

// piece is a stretch of a sentence, found or not.
type piece struct {
	Text  string
	Found bool
}

// narrowing are the fields beside the words, by the filter that each one types.
var narrowing = []struct{ name, filter string }{
	{"person", "person"}, {"kind", "kind"}, {"is", "is"}, {"side", "side"}, {"role", "role"}, {"account", "account"},
	{"in", "study"}, {"since", "since"}, {"until", "until"}, {"by", "by"},
}

// typedSearch writes what the fields of a search say as one would type it.
func typedSearch(form url.Values) string {
	all := []string{strings.TrimSpace(form.Get("q"))}
	for _, n := range narrowing {
		for _, value := range form[n.name] {
			if value = strings.TrimSpace(strings.ReplaceAll(value, `"`, "")); value != "" {
				if strings.ContainsFunc(value, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
					value = `"` + value + `"`
				}
				all = append(all, n.filter+":"+value)
			}
		}
	}
	return strings.TrimSpace(strings.Join(all, " "))
}

func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	through := headway.StudyID(r.FormValue("study"))
	view := searchView{Query: strings.TrimSpace(r.Form.Get("q")), Filters: flow.Filters()}
	view.Typed = typedSearch(r.Form)
	view.Shares = s.options.Access != nil && mayWrite(r)
	view.Asked, view.Narrowed = view.Typed != "", view.Typed != view.Query
	p := newPage("search", "Find")
	p.Query = view.Query
	// The way back to the study one searched from. The sample's would call all
	// that is found invented.
	if study, err := s.hw.Study(r.Context(), through); err == nil && !study.Sample {
		p = p.of(study, "search")
	}
	for _, part := range []func(*http.Request, headway.StudyID, *searchView) error{s.foundOf, s.fieldsOf, s.savedOf} {
		if err := part(r, through, &view); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, p, view)
}

// foundOf searches.
func (s *server) foundOf(r *http.Request, through headway.StudyID, v *searchView) error {
	if !v.Asked {
		return nil
	}
	found, err := s.hw.Search(r.Context(), flow.Query{Words: v.Typed, Through: through, Limit: searchLimit})
	if err != nil {
		return err
	}
	v.Capped, v.Reading, v.Guessing, v.Misread = found.Capped, found.Reading, found.Guessing, found.Misread
	v.Count = counted(found)
	v.Dated = strings.Contains(v.Typed, "since:") || strings.Contains(v.Typed, "until:")
	if mayWrite(r) {
		v.Study = "/chosen?" + searchValues(v.Typed, through).Encode()
	}
	invented, err := s.invented(r)
	if err != nil {
		return err
	}
	name, err := s.namer(r)
	if err != nil {
		return err
	}
	for _, h := range found.Hits {
		hit := viewHit(h, through)
		hit.Labels = viewLabels(h, name)
		hit.Invented = invented[h.Conversation]
		v.Hits = append(v.Hits, hit)
	}
	for _, form := range []struct{ name, ending string }{{"CSV", "csv"}, {"Excel", "xlsx"}, {"Markdown", "md"}} {
		v.Takes = append(v.Takes, takeView{form.name, "/search." + form.ending + "?" + searchValues(v.Typed, through).Encode()})
	}
	return nil
}

func searchValues(typed string, through headway.StudyID) url.Values {
	to := url.Values{"q": {typed}}
	if through != "" {
		to.Set("study", string(through))
	}
	return to
}

// counted says how much was found, and in which order it stands.
func counted(f flow.Found) string {
	places := count(len(f.Hits), "place", "places")
	of := ""
	if f.People > 0 {
		of = " of " + count(f.People, "customer", "customers")
	}
	switch {
	case f.Listed && f.More:
		return "The newest " + places + of + "; there are more."
	case f.Capped:
		return "The newest " + places + of + ": too many hold the words to weigh them all. A rarer word, or a filter, narrows it."
	case f.More:
		return "The nearest " + places + of + "; there are more."
	}
	return places + of + "."
}

// fieldsOf fills the fields, and offers what could be typed next.
func (s *server) fieldsOf(r *http.Request, through headway.StudyID, v *searchView) (err error) {
	if v.Names, err = s.hw.Choices(r.Context(), through); err != nil {
		return err
	}
	offers, err := s.hw.Offers(r.Context(), r.Form.Get("q"), through)
	if err != nil {
		return err
	}
	for _, o := range offers {
		v.Offers = append(v.Offers, offerView{o, "/search?" + searchValues(o.Query, through).Encode()})
	}
	v.Names.People = v.Names.People[:min(len(v.Names.People), mostNames)]
	field := func(name, label string, choices ...findOptionView) findFieldView {
		f := findFieldView{Name: name, Label: label, Value: r.Form.Get(name), Type: "search"}
		for _, c := range choices {
			c.Now = c.Value == f.Value
			f.Choices = append(f.Choices, c)
		}
		return f
	}
	person := field("person", "Said by")
	person.List = v.Names.People
	v.Fields = []findFieldView{
		person,
		field("kind", "Heard or marked as", choicesOf("anything", headway.Kinds(), slotName)...),
		field("is", "Which is", choicesOf("kept or suggested", flow.States(), func(is flow.Is) string { return string(is) })...),
		field("side", "Side", findOptionView{Value: "", Name: "everybody"}, findOptionView{Value: "theirs", Name: "customers"}, findOptionView{Value: "ours", Name: "us"}),
		field("role", "Role", choicesOf("any", headway.Roles(), func(role headway.Role) string { return string(role) })...),
	}
	same := func(name string) string { return name }
	if len(v.Names.Accounts) > 0 {
		v.Fields = append(v.Fields, field("account", "Account", choicesOf("any", v.Names.Accounts, same)...))
	}
	if len(v.Names.Studies) > 0 {
		v.Fields = append(v.Fields, field("in", "Study", choicesOf("all", v.Names.Studies, same)...))
	}
	if len(v.Names.Members) > 0 {
		v.Fields = append(v.Fields, field("by", "Marked by", choicesOf("anybody", v.Names.Members, same)...))
	}
	for _, day := range []findFieldView{field("since", "From the day"), field("until", "To the day")} {
		day.Type = "date"
		v.Fields = append(v.Fields, day)
	}
	return nil
}

// mostNames is how many names are offered without typing.
const mostNames = 500

func choicesOf[T ~string](any string, all []T, name func(T) string) []findOptionView {
	choices := []findOptionView{{Value: "", Name: any}}
	for _, one := range all {
		choices = append(choices, findOptionView{Value: string(one), Name: name(one)})
	}
	return choices
}

// oneSide reads whose words are wanted; anything else is everybody's.
func oneSide(s string) headway.Side {
	if side := headway.Side(s); side == headway.Theirs || side == headway.Ours {
		return side
	}
	return ""
}

// howFound says how a sentence was found.
func howFound(h flow.Hit) string {
	switch {
	case h.ByWords() && h.ByMeaning:
		return "by words and by meaning"
	case !h.ByWords() && !h.ByMeaning:
		return "" // listed
	case h.ByMeaning:
		return "by meaning"
	}
	return "by words"
}

// invented says which conversations are the sample's.
func (s *server) invented(r *http.Request) (map[headway.ConversationID]bool, error) {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return nil, err
	}
	all := map[headway.ConversationID]bool{}
	for _, study := range studies {
		if !study.Sample || !study.Phase.Revealed() {
			continue
		}
		heads, err := s.hw.Conversations(r.Context(), study.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			all[h.ID] = true
		}
	}
	return all, nil
}

func viewHit(h flow.Hit, through headway.StudyID) hitView {
	v := hitView{
		Side: h.Speaker.Side, Name: h.Speaker.Name, Source: title(flow.Head{Title: h.Title, File: h.File, Row: h.Row}), When: whenSaid(h),
		Href: placePath(through, h.Conversation, h.Span), How: howFound(h), Meant: h.ByMeaning && !h.ByWords(),
	}
	ruler := headway.NewRuler(h.Text.Text)
	h.Span.End = min(h.Span.End, h.Span.Start+turnPoints)
	start, end := ruler.Byte(h.Span.Start), ruler.Byte(h.Span.End)
	if start < 0 || end < start {
		return v
	}
	v.Before = lastRunes(h.Text.Text[:start], contextPoints)
	v.Pieces = pieces(h, ruler)
	v.After = firstRunes(h.Text.Text[end:], contextPoints)
	return v
}

// whenSaid gives the day of the conversation and the time in its recording, where
// they are known.
func whenSaid(h flow.Hit) string {
	var when []string
	if !h.Date.Time.IsZero() {
		when = append(when, h.Date.Time.Format("2 January 2006"))
	}
	if h.Timed {
		when = append(when, clock(h.MS))
	}
	return strings.Join(when, ", ")
}

func viewLabels(h flow.Hit, name func(headway.MemberID) string) (labels []labelView) {
	for _, l := range h.Labels {
		view := labelView{Label: slotName(l.Label), Is: string(l.Is)}
		if l.By != "" {
			view.By = name(l.By)
		}
		labels = append(labels, view)
	}
	return labels
}

// pieces cuts the sentence at the words that were found.
func pieces(h flow.Hit, ruler *headway.Ruler) []piece {
	var all []piece
	from := h.Span.Start
	for _, m := range h.Matches {
		if m.Start < from || m.End > h.Span.End {
			continue
		}
		all = appendPiece(all, h.Text.Text[ruler.Byte(from):ruler.Byte(m.Start)], false)
		all = appendPiece(all, h.Text.Text[ruler.Byte(m.Start):ruler.Byte(m.End)], true)
		from = m.End
	}
	return appendPiece(all, h.Text.Text[ruler.Byte(from):ruler.Byte(h.Span.End)], false)
}

func appendPiece(all []piece, text string, found bool) []piece {
	if text == "" {
		return all
	}
	return append(all, piece{text, found})
}

func firstRunes(s string, n int) string {
	if cut := cutRunes(s, n); len(cut) < len(s) {
		return cut + "…"
	}
	return s
}

func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	if at > 0 {
		return "…" + s[at:]
	}
	return s
}
