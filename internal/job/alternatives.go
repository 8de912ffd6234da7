package job

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
)

// Alternative is what customers would have got or done instead: the competition
// as they see it, doing nothing included.
type Alternative struct {
	Named  headway.ClaimID // the claim with which a member named it; "" for all others of one sort
	Sort   headway.Choice  // what it is to the customer; "" where the words do not tell
	People int
	Told   []Instead
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
			named, sort := b.sorted(told)
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
			all[i].Told = append(all[i].Told, Instead{told, e.Person, b.asked(told)})
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
		return cmp.Or(cmp.Compare(y.People, x.People), cmp.Compare(x.Named, y.Named), cmp.Compare(x.Sort, y.Sort))
	})
	return all
}

// sorted gives the alternative as which a member named words, and what it is: as
// the member settled, else as the words tell.
func (b *book) sorted(told Told) (named headway.ClaimID, sort headway.Choice) {
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
	return named, SortOf(quote.String())
}

// asked gives the question of ours that came last before words, in the turn of
// ours before theirs.
func (b *book) asked(told Told) (question headway.Span) {
	i := slices.IndexFunc(b.Talks, func(t Talk) bool { return t.ID == told.Conversation })
	if i < 0 {
		return question
	}
	for _, s := range b.Talks[i].Hearing.Sentences {
		if s.Span.Text == told.Span.Text {
			return question
		}
		if s.Side == headway.Ours && s.IsQuestion() {
			question = s.Span
		}
	}
	return headway.Span{}
}

//go:embed cues/alternatives.yaml
var alternativesYAML []byte

type sortCues struct {
	sort headway.Choice
	says *regexp.Regexp
}

var englishSorts = sync.OnceValue(func() (all []sortCues) {
	var file []struct {
		Sort headway.Choice
		Says []string
	}
	if err := yaml.Unmarshal(alternativesYAML, &file); err != nil {
		panic("job: cues/alternatives.yaml: " + err.Error())
	}
	for _, s := range file {
		all = append(all, sortCues{s.Sort, anyOf(s.Says)})
	}
	return all
})

// SortOf tells what an alternative is to the customer by the words it is told in,
// or "". The first sort that fits is taken: who would have done nothing says so.
func SortOf(words string) headway.Choice {
	for _, c := range englishSorts() {
		if c.says.MatchString(words) {
			return c.sort
		}
	}
	return ""
}
