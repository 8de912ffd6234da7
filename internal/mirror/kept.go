package mirror

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Kept counts what members made of what one hearer heard as one label: the
// running precision of what is shown here. Only what somebody decided on is in
// it, and people decide first on what stands first.
type Kept struct {
	Label   headway.Label `json:"label"`
	By      string        `json:"by"`      // the hearer, with its version
	Counted bool          `json:"counted"` // it counted unchecked; otherwise it was a suggestion
	Kept    int           `json:"kept"`
	Decided int           `json:"decided"` // kept or dismissed
}

// KeptOf counts members' verdicts on what was heard, by label in codebook order
// and then by hearer, at the places that within lets through (nil for all). Of
// several verdicts on a place the newest counts, for whoever heard it then.
func KeptOf(j deed.Judgements, within func(headway.TextID) bool) (all []Kept) {
	for _, label := range append(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)...) {
		all = append(all, keptAs(label, j, within)...)
	}
	return all
}

func keptAs(label headway.Label, j deed.Judgements, within func(headway.TextID) bool) []Kept {
	by := map[deed.Hearer]Kept{}
	for span, hearer := range j.Heard[label] {
		if within != nil && !within(span.Text) {
			continue
		}
		k := by[hearer]
		k.Label, k.By, k.Counted = label, hearer.By, hearer.Counted
		k.Decided++
		if j.Labels[label][span] == headway.Kept {
			k.Kept++
		}
		by[hearer] = k
	}
	var all []Kept
	for _, k := range by {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b Kept) int { return cmp.Or(cmp.Compare(a.By, b.By), first(a.Counted, b.Counted)) })
	return all
}

// KeptIn lays what was kept of one label together, whoever heard it.
func KeptIn(all []Kept, label headway.Label) Kept {
	sum := Kept{Label: label}
	for _, k := range all {
		if k.Label == label {
			sum.Kept += k.Kept
			sum.Decided += k.Decided
		}
	}
	return sum
}

// Interval gives the 95 % Wilson interval of the share that was kept, and
// whether enough was decided (ten) to speak of a share.
func (k Kept) Interval() (low, high float64, ok bool) {
	low, high = wilson(k.Kept, k.Decided)
	return low, high, k.Decided >= enough
}

// Sentence says it in words: "kept 3 of 4", "kept 41 of 52, 79 % (66–88 %)"; ""
// where nothing was decided.
func (k Kept) Sentence() string {
	if k.Decided == 0 {
		return ""
	}
	return "kept " + ShareOf(k.Kept, k.Decided)
}

// ShareOf says a share in words, with its 95 % Wilson interval: "41 of 52, 79 %
// (66–88 %)"; of fewer than ten the counts only, "3 of 4".
func ShareOf(part, of int) string {
	words := fmt.Sprintf("%d of %d", part, of)
	if of >= enough {
		low, high := wilson(part, of)
		words += fmt.Sprintf(", %.0f %% (%.0f–%.0f %%)", 100*float64(part)/float64(of), 100*low, 100*high)
	}
	return words
}

// Heard lays the hearers of all kinds together, most sentences first.
func (s TheySaid) Heard() []HeardIn {
	var all []HeardIn
	for _, said := range s.Slots {
		for _, h := range said.Heard {
			all = addHeard(all, h)
		}
	}
	sortHeard(all)
	return all
}

func addHeard(all []HeardIn, h HeardIn) []HeardIn {
	i := slices.IndexFunc(all, func(o HeardIn) bool { return o.By == h.By && o.Genre == h.Genre })
	if i < 0 {
		return append(all, h)
	}
	all[i].Sentences += h.Sentences
	return all
}

func sortHeard(all []HeardIn) {
	slices.SortStableFunc(all, func(a, b HeardIn) int {
		return cmp.Or(cmp.Compare(b.Sentences, a.Sentences), cmp.Compare(a.By, b.By), cmp.Compare(a.Genre, b.Genre))
	})
}

// hearers counts moments by hearer and genre, most sentences first; those that a
// member kept rest on the member.
func (s *sighting) hearers(moments []counted) []HeardIn {
	all := []HeardIn{}
	for _, m := range moments {
		if !m.kept {
			all = addHeard(all, HeardIn{m.By, s.parts[m.part].Genre, 1})
		}
	}
	sortHeard(all)
	return all
}
