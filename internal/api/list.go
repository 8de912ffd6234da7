package api

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Paging is what every list can be asked for. Like all that inputs embed, it is
// exported: huma looks into nothing else.
type Paging struct {
	After string `query:"after" doc:"the next of the page before; leave it out for the first"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"at most so many"`
}

// list is a page of things.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"give it as after for the next page; left out on the last"`
}

// page cuts a page out of all there is. The cursor is the name of the page's
// last thing, so that what comes in meanwhile neither repeats nor skips one.
func page[A, B any](all []A, p Paging, name func(A) string, show func(A) B) (list[B], error) {
	from := 0
	if p.After != "" {
		last := slices.IndexFunc(all, func(one A) bool { return name(one) == p.After })
		if last < 0 {
			return list[B]{}, headway.Errorf(headway.Invalid, "what the last page ended with is not there any more: begin again without after")
		}
		from = last + 1
	}
	all = all[from:]
	l := list[B]{}
	if len(all) > p.Limit {
		all = all[:p.Limit]
		l.Next = name(all[p.Limit-1])
	}
	l.Items = each(all, show)
	return l, nil
}

// each is never nil, so that a list without entries is written [].
func each[A, B any](all []A, show func(A) B) []B {
	shown := make([]B, 0, len(all))
	for _, one := range all {
		shown = append(shown, show(one))
	}
	return shown
}

func itself[T any](one T) T { return one }
