package flow

import (
	"context"
	"maps"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// stepFindable tells of each conversation that its moments, as a version heard
// them, can be searched for.
const stepFindable, findableVersion = "findable", "1 "

// MakeFindable keeps where what was heard stands, so that searches can be narrowed
// to kinds: of each conversation what the closest pass heard in it as it is now.
// What is missing is asked of the store, so a crash costs nothing, and an older
// store is brought up to this.
func (f *Flow) MakeFindable(ctx context.Context) error {
	f.letImportsEnd(ctx)
	versions, err := f.versions(ctx)
	if err != nil {
		return err
	}
	var open map[headway.ConversationID]string // what no better pass has heard; nil is all
	for _, version := range slices.Backward(versions) {
		unheard, err := f.staleOf(ctx, stepHeard(version), version)
		if err != nil {
			return err
		}
		unfound, err := f.staleOf(ctx, stepFindable, findableVersion+version)
		if err != nil {
			return err
		}
		among := func(id headway.ConversationID) bool { _, is := open[id]; return open == nil || is }
		var missing []headway.ConversationID
		for id := range unfound {
			if _, not := unheard[id]; !not && among(id) {
				missing = append(missing, id)
			}
		}
		slices.Sort(missing)
		if err := f.findEach(ctx, version, missing); err != nil {
			return err
		}
		maps.DeleteFunc(unheard, func(id headway.ConversationID, _ string) bool { return !among(id) })
		open = unheard
	}
	return nil
}

// allFindable says whether there are moments of every conversation, by whichever
// pass.
func (f *Flow) allFindable(ctx context.Context) (bool, error) {
	versions, err := f.versions(ctx)
	if err != nil {
		return false, err
	}
	found := 0
	for _, version := range versions {
		fresh, all, err := f.store.Fresh(ctx, f.ws, stepFindable, findableVersion+version, store.ConversationFilter{})
		if found += fresh; err != nil || found >= all {
			return err == nil, err
		}
	}
	return false, nil
}

// staleOf gives all conversations for which a step has nothing made from their
// present inputs.
func (f *Flow) staleOf(ctx context.Context, step, version string) (map[headway.ConversationID]string, error) {
	all := map[headway.ConversationID]string{}
	for after := store.Cursor(0); ; {
		some, err := f.store.Stale(ctx, f.ws, step, version, after, 10_000)
		if err != nil || len(some) == 0 {
			return all, err
		}
		for _, s := range some {
			all[s.ID] = s.Inputs
		}
		after = some[len(some)-1].Cursor
	}
}

// findEach keeps the moments of conversations, many at once.
func (f *Flow) findEach(ctx context.Context, version string, missing []headway.ConversationID) error {
	for some := range slices.Chunk(missing, 200) {
		heads, err := f.heads(ctx, store.ConversationFilter{IDs: some})
		if err != nil {
			return err
		}
		heard := map[headway.ConversationID][]store.Moment{}
		var rows []store.Derived
		for _, head := range heads {
			h, err := f.keptHearing(ctx, version, head)
			if err != nil {
				return err
			}
			heard[head.ID] = momentsOf(h)
			rows = append(rows, store.Derived{Subject: string(head.ID), Step: stepFindable, Version: findableVersion + version, Inputs: head.Inputs, Given: head.Inputs})
		}
		if err := f.store.PutMoments(ctx, f.ws, heard); err != nil {
			return err
		}
		if err := f.store.PutDerived(ctx, f.ws, rows...); err != nil {
			return err
		}
		f.letImportsEnd(ctx)
	}
	return nil
}

// momentsOf gives where kinds were heard in a customer's sentences.
func momentsOf(h headway.Hearing) (moments []store.Moment) {
	for _, s := range h.Sentences {
		if s.Side != headway.Theirs {
			continue
		}
		for _, l := range s.Labels {
			if slices.Contains(headway.Kinds(), l.Label) {
				moments = append(moments, store.Moment{Span: s.Span, Label: l.Label, Counted: l.Counted})
			}
		}
	}
	return moments
}
