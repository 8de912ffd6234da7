// Package lint reads a job statement as a plain-spoken colleague would, and says
// which of its words stand in the way of a customer being seen in it. It is a
// part of the pure step job: a statement goes in, warnings with their places
// come out.
//
//	lint.Statement("When I run a garage, I want to be more productive, so that we grow.", nil)
//	// too-high: Everybody wants that, so it tells no customer from another. ...
//
// A warning never forbids. Where customers say a thing so themselves, it stays,
// marked with that (see [Warning.Said]).
//
// Wordings are cues in rules, one file a code; lists of words are in
// rules/en/words.yaml. An encoder that has learned from statements reads each of
// them, too: it hears what no rule does, and where it hears nothing a doubtful
// rule only hints. Only English is read.
package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// Code says what a warning is about.
type Code string

// The codes, in the order in which warnings of one place are given.
const (
	Product     Code = "product"      // names a product, or a kind of tool
	Feature     Code = "feature"      // asks for a feature in place of progress
	Company     Code = "company"      // is about the firm
	Purchase    Code = "purchase"     // takes buying for progress
	TooHigh     Code = "too-high"     // wants what everybody wants
	TooLow      Code = "too-low"      // wants a step of using something
	NoSituation Code = "no-situation" // tells no circumstance
	NoObject    Code = "no-object"    // has a verb that is done to nothing
	Vague       Code = "vague"        // has only empty words where something should be named
	Jargon      Code = "jargon"       // is not how anybody speaks at home
	HardToRead  Code = "hard-to-read" // has to be read twice
	NoReason    Code = "no-reason"    // tells no "so that"; a hint only
)

// Codes lists all codes.
func Codes() []Code {
	return []Code{Product, Feature, Company, Purchase, TooHigh, TooLow, NoSituation, NoObject, Vague, Jargon, HardToRead, NoReason}
}

// Warning is one thing that stands in the way, and where.
type Warning struct {
	Code  Code   `json:"code"`
	Start int    `json:"start"` // code points of the statement
	End   int    `json:"end"`
	Why   string `json:"why"`            // one or two sentences that say what to do
	Hint  bool   `json:"hint,omitempty"` // worth a thought, and nothing against the statement
	Said  bool   `json:"said,omitempty"` // customers put it so themselves; set by who knows their words
}

// Counts says whether a warning speaks against the statement.
func (w Warning) Counts() bool { return !w.Hint && !w.Said }

// Counted says whether any warning speaks against the statement.
func Counted(all []Warning) bool { return slices.ContainsFunc(all, Warning.Counts) }

// Statement gives the warnings about a statement, in order of place; the mark of a
// list before it is not judged. words are what the firm calls itself, its products
// and features.
func Statement(text string, words []string) []Warning {
	r := read(text)
	return r.settle(r.secondHearing(r.byRules(words)))
}

// ByRules gives the warnings of rules alone: what the ear adds is measured beside
// them.
func ByRules(text string, words []string) []Warning {
	r := read(text)
	return r.settle(r.byRules(words))
}

func (r *reading) byRules(words []string) (all []Warning) {
	for _, find := range []func(*reading) []Warning{cues, jargon, want, situation, reason, knots} {
		all = append(all, find(r)...)
	}
	return append(all, names(r, words)...)
}

// Join makes one statement of the parts of a job's card; a part that is empty is
// left out.
func Join(situation, progress string, reasons ...string) string {
	var parts []string
	for _, p := range []struct {
		lead, words string
		opens       func(*reading) bool // it brings a lead of its own
	}{
		{"When ", situation, (*reading).opensWhen},
		{"help me ", progress, (*reading).opensWant},
		{"so that ", strings.Join(filled(reasons), " and "), (*reading).opensWhy},
	} {
		words := strings.Trim(p.words, " .,;")
		if words == "" {
			continue
		}
		if !p.opens(read(words)) {
			words = p.lead + words
		}
		parts = append(parts, words)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "."
}

func filled(all []string) (kept []string) {
	for _, one := range all {
		if one = strings.Trim(one, " .,;"); one != "" {
			kept = append(kept, one)
		}
	}
	return kept
}

// settle orders warnings, drops what says the same of the same place again, and
// turns bytes into code points.
func (r *reading) settle(all []Warning) []Warning {
	slices.SortStableFunc(all, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(slices.Index(Codes(), a.Code), slices.Index(Codes(), b.Code)), cmp.Compare(a.End, b.End))
	})
	var kept []Warning
	for _, w := range all {
		if w.Code == NoObject && slices.ContainsFunc(all, func(o Warning) bool { return o.Code != NoObject && !o.Hint && o.Start < w.End && w.Start < o.End }) {
			continue // something else is wrong with the same words
		}
		if !slices.ContainsFunc(kept, func(k Warning) bool { return k.Code == w.Code && k.Start <= w.End && w.Start <= k.End }) {
			kept = append(kept, w)
		}
	}
	ruler := headway.NewRuler(r.text)
	ends := make(map[int]int, len(kept))
	places := make([]int, 0, 2*len(kept))
	for _, w := range kept {
		places = append(places, w.Start, w.End)
	}
	slices.Sort(places)
	for _, at := range slices.Compact(places) {
		ends[at] = ruler.Point(at)
	}
	for i := range kept {
		kept[i].Start, kept[i].End = r.mark+ends[kept[i].Start], r.mark+ends[kept[i].End]
	}
	return kept
}
