package job

import (
	"cmp"
	"embed"
	"slices"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/cue"
)

// Alternative is what customers would have got or done instead: the competition
// as they see it, doing nothing included.
type Alternative struct {
	Named  headway.ClaimID // the claim with which a member named it; "" for all others of one sort
	Sort   headway.Choice  // what it is to the customer; "" where the words do not tell
	People int
	Told   []Instead
}

// rank is 1 for what nobody named and whose words do not tell, which stands last,
// and 0 for all else.
func (a Alternative) rank() int {
	if a.Named == "" && a.Sort == "" {
		return 1
	}
	return 0
}

// Instead is one customer's telling of an alternative.
type Instead struct {
	Told
	Person headway.PersonID
	Asked  headway.Span // our question that brought it out; zero where they told unasked
}

// alternatives gathers what a job's customers would have done instead. What
// members named stands by itself; the rest is sorted by its own words.
func (b *book) alternatives(placed []Placed, episodes []Episode) []Alternative {
	var all []Alternative
	at := map[[2]string]int{}
	for _, p := range placed {
		e := &episodes[p.Episode]
		for _, told := range e.Slot(headway.Alternative).Told {
			asked := b.asked[told.Span.Text]
			named, sort := b.sorted(told, asked.reads)
			key := [2]string{string(named), string(sort)}
			if named != "" {
				key[1] = ""
			}
			i, known := at[key]
			if !known {
				i = len(all)
				at[key] = i
				all = append(all, Alternative{Named: named, Sort: sort})
			}
			all[i].Told = append(all[i].Told, Instead{told, e.Person, asked.at})
		}
	}
	for i := range all {
		people := map[headway.PersonID]bool{}
		for _, t := range all[i].Told {
			people[t.Person] = true
		}
		all[i].People = len(people)
	}
	slices.SortStableFunc(all, func(x, y Alternative) int {
		return cmp.Or(cmp.Compare(x.rank(), y.rank()), cmp.Compare(y.People, x.People), cmp.Compare(x.Named, y.Named), cmp.Compare(x.Sort, y.Sort))
	})
	return all
}

// sorted gives the alternative as which a member named words, and what it is: as
// the member settled, else as the words tell, or what was asked before them.
func (b *book) sorted(told Told, asked string) (named headway.ClaimID, sort headway.Choice) {
	if c := b.claims[told.Claim]; c.Part == headway.PartAlternative {
		named = b.Held.Root(told.Claim)
		if chosen, found := b.Held.Chosen(told.Claim, ""); found {
			return named, chosen.Choice
		}
	}
	quote, err := b.said[told.Span.Text].text.Cut(told.Span)
	if err != nil {
		return named, ""
	}
	return named, SortOf(quote.String(), asked)
}

// question is one of ours, and how it reads; the zero value is none.
type question struct {
	at    headway.Span
	reads string
}

// questionsBefore gives, for each text in which something was heard, the question of
// ours that came last before it.
func questionsBefore(talks []Talk) map[headway.TextID]question {
	before := map[headway.TextID]question{}
	for _, talk := range talks {
		var last question
		for _, s := range talk.Hearing.Sentences {
			if _, known := before[s.Span.Text]; !known {
				before[s.Span.Text] = last
			}
			if s.Side == headway.Ours && s.IsQuestion() {
				last = question{}
				if quote, err := talk.Turns[s.Turn].Text.Cut(s.Span); err == nil {
					last = question{s.Span, quote.String()}
				}
			}
		}
	}
	return before
}

//go:embed cues/alternatives
var alternativesYAML embed.FS

var alternativeCues = sync.OnceValue(func() *cue.Book { return bookOf(alternativesYAML, "cues/alternatives/*.yaml") })

// SortOf tells what an alternative is to the customer by the words it is told in,
// and where they do not tell, by the question before them; else it is "". The
// heaviest cue tells, of equals the one that is said first.
func SortOf(words, asked string) headway.Choice {
	ear := alternativeCues().Listen()
	return cmp.Or(heaviest(ear, words), heaviest(ear, asked))
}

func heaviest(ear *cue.Listener, words string) (sort headway.Choice) {
	weight, start := 0., 0
	for _, hit := range ear.Hear(words, 0) {
		c := alternativeCues().Cues()[hit.Cue]
		if c.Weight > weight || c.Weight == weight && hit.Start < start {
			sort, weight, start = headway.Choice(c.Label), c.Weight, hit.Start
		}
	}
	return sort
}
