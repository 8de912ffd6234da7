package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// finds is what the fake keeps of searches.
type finds struct{ saved []headway.SavedSearch }

// fakeSide takes the side that was typed out of the words.
func fakeSide(words string) (string, headway.Side) {
	for _, side := range []headway.Side{headway.Theirs, headway.Ours} {
		if rest, typed := strings.CutSuffix(words, "side:"+string(side)); typed {
			return strings.TrimSpace(rest), side
		}
	}
	return words, ""
}

func (f *fake) Offers(_ context.Context, typed string, _ headway.StudyID) ([]flow.Offer, error) {
	if strings.HasSuffix(typed, "person:Pe") {
		return []flow.Offer{{Query: "person:Petra", Shown: "person:Petra"}}, nil
	}
	return nil, nil
}

func (f *fake) Choices(context.Context, headway.StudyID) (c flow.Choices, err error) {
	for _, s := range f.studies {
		c.Studies = append(c.Studies, s.Name)
		for _, t := range f.talks[s.ID] {
			for _, speaker := range t.c.Speakers {
				c.People = append(c.People, speaker.Name)
			}
		}
	}
	return c, nil
}

func (f *fake) TakeOut(context.Context, flow.Query, string, func(flow.Hit) string) (flow.TakeOut, error) {
	return flow.TakeOut{}, nil
}

func (f *fake) SaveSearch(_ context.Context, name, query string) (headway.SearchID, error) {
	id := headway.SearchID(headway.Digest(name, query))
	f.finds.saved = append(f.finds.saved, headway.SavedSearch{ID: id, Name: cmp.Or(name, query), Query: query})
	return id, nil
}

func (f *fake) SavedSearches(context.Context) (all []flow.Saved, err error) {
	for _, s := range f.finds.saved {
		all = append(all, flow.Saved{SavedSearch: s, New: 2, Looked: true, Mine: true})
	}
	return all, nil
}

func (f *fake) OpenSearch(_ context.Context, id headway.SearchID) (headway.SavedSearch, error) {
	if i := slices.IndexFunc(f.finds.saved, func(s headway.SavedSearch) bool { return s.ID == id }); i >= 0 {
		return f.finds.saved[i], nil
	}
	return headway.SavedSearch{}, headway.Errorf(headway.NotFound, "there is no such search")
}

func (f *fake) RenameSearch(_ context.Context, id headway.SearchID, name string) error {
	for i := range f.finds.saved {
		if f.finds.saved[i].ID == id {
			f.finds.saved[i].Name = name
		}
	}
	return nil
}

func (f *fake) DropSearch(_ context.Context, id headway.SearchID) error {
	f.finds.saved = slices.DeleteFunc(f.finds.saved, func(s headway.SavedSearch) bool { return s.ID == id })
	return nil
}
