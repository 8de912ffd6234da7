package mirror

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
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
func KeptOf(j headway.Judgements, within func(headway.TextID) bool) (all []Kept) {
	for _, label := range append(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)...) {
		all = append(all, keptAs(label, j, within)...)
	}
	return all
}

func keptAs(label headway.Label, j headway.Judgements, within func(headway.TextID) bool) []Kept {
	by := map[headway.Hearer]Kept{}
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
	sentence := fmt.Sprintf("kept %d of %d", k.Kept, k.Decided)
	if low, high, ok := k.Interval(); ok {
		sentence += fmt.Sprintf(", %.0f %% (%.0f–%.0f %%)", 100*float64(k.Kept)/float64(k.Decided), 100*low, 100*high)
	}
	return sentence
}

// hearers counts moments by hearer and genre, most sentences first; those that a
// member kept rest on the member.
func (s *sighting) hearers(moments []counted) []HeardIn {
	all := []HeardIn{}
	for _, m := range moments {
		if m.kept {
			continue
		}
		genre := s.parts[m.part].Genre
		i := slices.IndexFunc(all, func(h HeardIn) bool { return h.By == m.By && h.Genre == genre })
		if i < 0 {
			i = len(all)
			all = append(all, HeardIn{By: m.By, Genre: genre})
		}
		all[i].Sentences++
	}
	slices.SortStableFunc(all, func(a, b HeardIn) int {
		return cmp.Or(cmp.Compare(b.Sentences, a.Sentences), cmp.Compare(a.By, b.By), cmp.Compare(a.Genre, b.Genre))
	})
	return all
}
