package agree

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// Sets holds for each unit the labels that each rater put on it, none or several;
// nil where the rater did not look at the unit.
type Sets [][][]string

// Labels lists the labels that were put, in order.
func (s Sets) Labels() []string {
	var all []string
	for _, unit := range s {
		for _, set := range unit {
			all = append(all, set...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// On asks one question of sets: whether the label is on the unit or not. Each
// label has an agreement of its own.
func (s Sets) On(label string) Units {
	units := make(Units, len(s))
	for i, unit := range s {
		for _, set := range unit {
			v := None
			switch {
			case slices.Contains(set, label):
				v = "yes"
			case set != nil:
				v = "no"
			}
			units[i] = append(units[i], v)
		}
	}
	return units
}

// Merge joins marks of one rater that overlap or touch: marked twice is marked
// once. They come back in order of text and place.
func Merge(marks []headway.Span) []headway.Span {
	sorted := slices.SortedFunc(slices.Values(marks), func(a, b headway.Span) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var merged []headway.Span
	for _, m := range sorted {
		if last := len(merged) - 1; last >= 0 && merged[last].Text == m.Text && m.Start <= merged[last].End {
			merged[last].End = max(merged[last].End, m.End)
			continue
		}
		merged = append(merged, m)
	}
	return merged
}

// Covers says whether one of merged marks is a mark of the unit: it holds half of
// the unit, or lies in it with half of its own words. One that only runs over
// into the next sentence is none of that sentence.
func Covers(merged []headway.Span, unit headway.Span) bool {
	return slices.ContainsFunc(merged, func(m headway.Span) bool {
		shared := min(m.End, unit.End) - max(m.Start, unit.Start)
		return m.Overlaps(unit) && (2*shared >= unit.Len() || 2*shared >= m.Len())
	})
}
