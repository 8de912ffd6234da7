package flow

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// Saved is a saved search as a member sees it.
type Saved struct {
	headway.SavedSearch
	New    int  // found since the member last looked, at most newShown
	More   bool // there are more than that
	Looked bool // whether they ever did
	Mine   bool // whether they may change it
}

const (
	newShown          = 99
	longestSearchName = 120  // characters
	longestSearch     = 2000 // characters
)

// SaveSearch keeps a search under a name. Invalid where a filter is typed wrong:
// it would find nothing for ever.
func (f *Flow) SaveSearch(ctx context.Context, name, query string) (headway.SearchID, error) {
	if err := f.mayWrite(ctx); err != nil {
		return "", err
	}
	name, query = strings.TrimSpace(name), strings.TrimSpace(query)
	if query == "" {
		return "", headway.Errorf(headway.Invalid, "there is nothing to keep: search for something first")
	}
	if utf8.RuneCountInString(query) > longestSearch {
		return "", headway.Errorf(headway.Invalid, "a search has %d characters at most: leave words out", longestSearch)
	}
	if err := halt(readAsk(query, f.now()).misread); err != nil {
		return "", err
	}
	if name = cmp.Or(name, query); utf8.RuneCountInString(name) > longestSearchName {
		name = string([]rune(name)[:longestSearchName])
	}
	all, err := f.store.Searches(ctx, f.ws)
	if err != nil {
		return "", err
	}
	for _, kept := range all { // a form that is sent twice keeps one
		if kept.Name == name && kept.Query == query && kept.Member == f.acting(ctx) {
			return kept.ID, f.looked(ctx, kept.ID)
		}
	}
	s := headway.SavedSearch{
		ID: headway.SearchID(rand.Text()), Name: name, Query: query,
		Member: f.acting(ctx), At: f.now().UTC().Truncate(time.Microsecond),
	}
	if err := f.store.PutSearch(ctx, f.ws, s); err != nil {
		return "", err
	}
	return s.ID, f.looked(ctx, s.ID)
}

// SavedSearches lists the saved searches of all members, with what is new in each
// since the member who asks last looked.
func (f *Flow) SavedSearches(ctx context.Context) ([]Saved, error) {
	all, err := f.store.Searches(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	looks, err := f.store.Looks(ctx, f.ws, f.acting(ctx))
	if err != nil {
		return nil, err
	}
	var list []Saved
	for _, s := range all {
		one := Saved{SavedSearch: s, Mine: f.mayChange(ctx, s) == nil}
		if since, ever := looks[s.ID]; ever {
			found, err := f.Search(ctx, Query{Words: s.Query, Limit: newShown, AfterExtent: since})
			if err != nil {
				return nil, err
			}
			one.Looked, one.New, one.More = true, len(found.Hits), found.More
		}
		list = append(list, one)
	}
	return list, nil
}

// OpenSearch gives a saved search and remembers that the member looked. It is
// given as it was before the look.
func (f *Flow) OpenSearch(ctx context.Context, id headway.SearchID) (headway.SavedSearch, error) {
	s, err := f.savedSearch(ctx, id)
	if err != nil {
		return s, err
	}
	return s, f.looked(ctx, id)
}

func (f *Flow) looked(ctx context.Context, id headway.SearchID) error {
	extent, err := f.store.Extent(ctx, f.ws)
	if err != nil {
		return err
	}
	return f.store.PutLook(ctx, f.ws, id, f.acting(ctx), extent)
}

func (f *Flow) savedSearch(ctx context.Context, id headway.SearchID) (headway.SavedSearch, error) {
	all, err := f.store.Searches(ctx, f.ws)
	if err != nil {
		return headway.SavedSearch{}, err
	}
	if i := slices.IndexFunc(all, func(s headway.SavedSearch) bool { return s.ID == id }); i >= 0 {
		return all[i], nil
	}
	return headway.SavedSearch{}, headway.Errorf(headway.NotFound, "there is no such saved search: it may have been deleted")
}

// mayChange is Denied to all but who saved it and owners.
func (f *Flow) mayChange(ctx context.Context, s headway.SavedSearch) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	if s.Member != f.acting(ctx) && f.mayOwn(ctx) != nil {
		return headway.Errorf(headway.Denied, "another member saved this search: save it under a name of your own")
	}
	return nil
}

// RenameSearch gives a saved search another name.
func (f *Flow) RenameSearch(ctx context.Context, id headway.SearchID, name string) error {
	s, err := f.savedSearch(ctx, id)
	if err != nil {
		return err
	}
	if err := f.mayChange(ctx, s); err != nil {
		return err
	}
	s.Name = strings.TrimSpace(name)
	if utf8.RuneCountInString(s.Name) > longestSearchName {
		return headway.Errorf(headway.Invalid, "a name has %d characters at most", longestSearchName)
	}
	return f.store.PutSearch(ctx, f.ws, s)
}

// DropSearch forgets a saved search.
func (f *Flow) DropSearch(ctx context.Context, id headway.SearchID) error {
	s, err := f.savedSearch(ctx, id)
	if err != nil {
		return err
	}
	if err := f.mayChange(ctx, s); err != nil {
		return err
	}
	return f.store.DropSearch(ctx, f.ws, id)
}
