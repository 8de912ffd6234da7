package job

import (
	"testing"

	"github.com/headway-oss/headway"
)

// What people would have done instead; the sentences are invented.
func TestWhatAnAlternativeIsToACustomer(t *testing.T) {
	for words, want := range map[string]headway.Choice{
		"Honestly, we would have done nothing.":                     headway.ANothing,
		"I suppose I'd just have lived with it.":                    headway.ANothing,
		"We would have gone without for another year.":              headway.ANothing,
		"I would have asked my brother to build one.":               headway.Someone,
		"We'd have got someone to do it on Saturdays.":              headway.Someone,
		"Otherwise I'd have hired a student for the summer.":        headway.Someone,
		"I did those by hand.":                                      headway.OwnWork,
		"Before that we kept a spreadsheet.":                        headway.OwnWork,
		"We would have made them ourselves in the garage.":          headway.OwnWork,
		"We would have bought another van.":                         headway.AProduct,
		"I tried one of those rental ones first.":                   headway.AProduct,
		"The old mill, I think, though my mother was against that.": "",
	} {
		if got := SortOf(words); got != want {
			t.Errorf("%q is %q, want %q", words, got, want)
		}
	}
}
