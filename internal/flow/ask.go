package flow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/headway-oss/headway"
)

// Narrow is to what a search is narrowed. Conditions add up; of several values
// of one, any will do.
type Narrow struct {
	Kinds    []headway.Label // only passages that were heard, or marked, as one of these
	Is       []Is            // only what members did, or left to do
	By       []string        // only what these members marked: a name, the beginning of one, or "me"
	People   []string        // only what these said: a name, the beginning of one, an address, or a person's id
	Roles    []headway.Role  // only what people of these roles said
	Accounts []string        // only what people of these accounts said: a name or the beginning of one
	Since    time.Time       // only conversations of this day or later
	Until    time.Time       // only conversations before this
}

// Is says what became of a label at a place.
type Is string

// What became of it.
const (
	IsKept      Is = "kept"      // a member keeps it
	IsSuggested Is = "suggested" // it was heard, and nobody has decided
	IsDismissed Is = "dismissed" // a member dismissed it
	IsUnmarked  Is = "unmarked"  // nobody has decided, whether something was heard or not
)

// States lists what can become of a label, in the order in which it is offered.
func States() []Is { return []Is{IsKept, IsSuggested, IsDismissed, IsUnmarked} }

// Misread is something in a search that was not understood.
type Misread struct {
	What string // says what, and what to write instead
	// Halts says that nothing was searched: it would have found more than was
	// asked for.
	Halts bool
}

// Filter is a name that can be typed before a colon.
type Filter struct {
	Name string
	Help string
	Like string // an example
}

// Filters lists the filters that can be typed into a search, in the order in
// which they are offered.
func Filters() []Filter {
	return []Filter{
		{"person", "what somebody said, under all their names", "person:Anna"},
		{"kind", "what was heard or marked as this", "kind:anxiety"},
		{"is", "kept, suggested, dismissed or unmarked", "is:kept"},
		{"side", "theirs or ours", "side:theirs"},
		{"role", "what people of this role said", "role:buyer"},
		{"account", "what people of this firm said", "account:Norling"},
		{"study", "only this study's conversations", "study:Spring"},
		{"since", "conversations of this day, month or year, or later", "since:2026-03"},
		{"until", "conversations of this day, month or year, or earlier", "until:2026-03"},
		{"by", "what this member marked", "by:me"},
	}
}

// typed is a search as it was typed: words, and what filters say.
type typed struct {
	words    string
	narrow   Narrow
	side     headway.Side
	studies  []string
	misread  []Misread
	narrowed bool // some filter was typed
}

// halts says whether something was misread so that nothing may be searched.
func (t typed) halts() bool {
	return slices.ContainsFunc(t.misread, func(m Misread) bool { return m.Halts })
}

// readAsk parts what was typed into words and filters. now says what day it is.
func readAsk(text string, now time.Time) (t typed) {
	var words []string
	for _, part := range parts(text) {
		name, value, colon := strings.Cut(part, ":")
		name = strings.ToLower(name)
		known := slices.ContainsFunc(Filters(), func(f Filter) bool { return f.Name == name })
		switch {
		case !colon || !known && !looksLikeFilter(name, value):
			words = append(words, part)
		case !known:
			t.misread = append(t.misread, Misread{What: fmt.Sprintf("there is no filter %q, so it was searched for as words; filters are %s", name, filterNames())})
			words = append(words, part)
		default:
			t.narrowed = true
			for value := range valuesOf(value) {
				t.take(name, value, now)
			}
		}
	}
	t.words = strings.Join(words, " ")
	if !strings.ContainsFunc(t.words, searchable) {
		if t.words != "" && !t.narrowed {
			t.wrong("there is no word in %s: write one, or a filter such as person:Anna", t.words)
		}
		t.words = ""
	}
	return t
}

// searchable says whether a character alone can be searched for: what is only
// punctuation, such as a quotation mark without words, names nothing.
func searchable(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.In(r, unicode.So, unicode.Sk, unicode.M)
}

// Wrong gives why nothing was searched, nil where everything was understood.
func (f Found) Wrong() error { return halt(f.Misread) }

// halt gives the first that was misread so that nothing may be searched.
func halt(misread []Misread) error {
	for _, m := range misread {
		if m.Halts {
			return headway.Errorf(headway.Invalid, "%s", m.What)
		}
	}
	return nil
}

func filterNames() string {
	var names []string
	for _, f := range Filters() {
		names = append(names, f.Name+":")
	}
	return strings.Join(names, " ")
}

// looksLikeFilter tells "spoken:Anna" from "12:30", "http://..." and "so: what".
func looksLikeFilter(name, value string) bool {
	if value == "" || strings.HasPrefix(value, "/") || len(name) < 2 {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })
}

// parts cuts at white space outside quotation marks. A mark that is never closed
// goes on to the end.
func parts(text string) (all []string) {
	text = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(text)
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(r)
	})
}

// valuesOf gives the values of a filter: separated by commas, each perhaps
// between quotation marks.
func valuesOf(text string) func(yield func(string) bool) {
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	})
	return func(yield func(string) bool) {
		if len(fields) == 0 {
			yield("")
		}
		for _, f := range fields {
			if !yield(strings.TrimSpace(strings.ReplaceAll(f, `"`, ""))) {
				return
			}
		}
	}
}

// take takes one value of a filter.
func (t *typed) take(name, value string, now time.Time) {
	if value == "" {
		t.wrong("%s: needs a value, for instance %s", name, likeOf(name))
		return
	}
	lower := strings.ToLower(value)
	n := &t.narrow
	switch name {
	case "person":
		n.People = append(n.People, value)
	case "account":
		n.Accounts = append(n.Accounts, value)
	case "study":
		t.studies = append(t.studies, value)
	case "by":
		n.By = append(n.By, value)
	case "kind":
		one(t, &n.Kinds, headway.Kinds(), headway.Label(lower), "kind")
	case "role":
		one(t, &n.Roles, headway.Roles(), headway.Role(lower), "role")
	case "is":
		one(t, &n.Is, States(), Is(lower), "state")
	case "side":
		t.takeSide(lower)
	case "since":
		n.Since = t.day(value, now, false)
	case "until":
		n.Until = t.day(value, now, true)
	}
}

func likeOf(name string) string {
	for _, f := range Filters() {
		if f.Name == name {
			return f.Like
		}
	}
	return name + ":"
}

func (t *typed) wrong(format string, args ...any) {
	t.misread = append(t.misread, Misread{What: fmt.Sprintf(format, args...), Halts: true})
}

// one takes a value that must be one of a list; the beginning of one is enough
// where it begins no other.
func one[T ~string](t *typed, into *[]T, known []T, value T, what string) {
	var begun []T
	for _, k := range known {
		if k == value {
			begun = []T{k}
			break
		}
		if strings.HasPrefix(string(k), string(value)) {
			begun = append(begun, k)
		}
	}
	if len(begun) == 1 {
		*into = append(*into, begun[0])
		return
	}
	var names []string
	for _, k := range known {
		names = append(names, string(k))
	}
	t.wrong("%q is no %s: write one of %s", string(value), what, strings.Join(names, ", "))
}

func (t *typed) takeSide(value string) {
	switch value {
	case "theirs", "customer", "customers", "them":
		t.side = headway.Theirs
	case "ours", "us":
		t.side = headway.Ours
	default:
		t.wrong("%q is no side: write side:theirs or side:ours", value)
	}
}

// day reads 2026, 2026-03, 2026-03-02, or how long ago: 10d, 2w, 3m, 1y. The end
// of it is the beginning of what comes after.
func (t *typed) day(value string, now time.Time, end bool) time.Time {
	for layout, next := range map[string][3]int{"2006": {1}, "2006-01": {0, 1}, "2006-01-02": {0, 0, 1}} {
		if day, err := time.Parse(layout, value); err == nil {
			if end {
				day = day.AddDate(next[0], next[1], next[2])
			}
			return day
		}
	}
	units := map[byte][3]int{'d': {0, 0, -1}, 'w': {0, 0, -7}, 'm': {0, -1}, 'y': {-1}}
	if unit, known := units[value[len(value)-1]]; known {
		if n, err := strconv.Atoi(value[:len(value)-1]); err == nil && n >= 0 && n < 10_000 {
			y, m, d := now.UTC().Date()
			return time.Date(y+n*unit[0], m+time.Month(n*unit[1]), d+n*unit[2], 0, 0, 0, 0, time.UTC)
		}
	}
	t.wrong("%q is no day: write 2026, 2026-03 or 2026-03-02, or how long ago, such as 30d or 6m", value)
	return time.Time{}
}

// and adds what another says.
func (n Narrow) and(o Narrow) Narrow {
	n.Kinds = append(slices.Clone(n.Kinds), o.Kinds...)
	n.Is = append(slices.Clone(n.Is), o.Is...)
	n.By = append(slices.Clone(n.By), o.By...)
	n.People = append(slices.Clone(n.People), o.People...)
	n.Roles = append(slices.Clone(n.Roles), o.Roles...)
	n.Accounts = append(slices.Clone(n.Accounts), o.Accounts...)
	if n.Since.Before(o.Since) {
		n.Since = o.Since
	}
	if n.Until.IsZero() || !o.Until.IsZero() && o.Until.Before(n.Until) {
		n.Until = o.Until
	}
	return n
}

// Empty says whether nothing is narrowed.
func (n Narrow) Empty() bool {
	return len(n.Kinds)+len(n.Is)+len(n.By)+len(n.People)+len(n.Roles)+len(n.Accounts) == 0 && n.Since.IsZero() && n.Until.IsZero()
}
