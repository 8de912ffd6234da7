package web

import (
	"net/url"
	"strconv"
)

// pager is one page of a long list: what stands on it, and the way to what does not.
type pager struct {
	From, To, All int    // its first is counted from 0, and To is after its last
	Before, After string // addresses; "" where there is nothing
}

// newPager gives the page that an address asks for of a list, so many on each, and
// leads from page to page to where the list stands.
func newPager(here string, all, each int, at string) pager {
	address, err := url.Parse(here)
	if err != nil {
		address = &url.URL{}
	}
	query := address.Query()
	page := min(pageIn(query), max(1, (all+each-1)/each))
	to := func(page int) string {
		query.Set("page", strconv.Itoa(page))
		return (&url.URL{Path: address.Path, RawQuery: query.Encode(), Fragment: at}).String()
	}
	p := pager{From: (page - 1) * each, To: min(page*each, all), All: all}
	if page > 1 {
		p.Before = to(page - 1)
	}
	if p.To < all {
		p.After = to(page + 1)
	}
	return p
}

// First and Left count as people do: which is the first, and how many come after.
func (p pager) First() int { return min(p.From+1, p.All) }
func (p pager) Left() int  { return p.All - p.To }

// mostPages is more pages than any list has; beyond it there is nothing to count.
const mostPages = 1 << 20

// pageIn gives the page that is asked for, from 1 on.
func pageIn(query url.Values) int {
	page, _ := strconv.Atoi(query.Get("page")) // what is no number is the first
	return min(max(1, page), mostPages)
}
