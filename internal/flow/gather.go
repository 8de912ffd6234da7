package flow

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// stepGather keeps, for each conversation, which of its customers' sentences
// belong to which groups of the same meaning.
const stepGather = "gather"

// gatherVersion changes when likeness does, what words mean, or what is heard at
// once. What is heard better later is gathered again conversation by conversation.
var gatherVersion = alike.Version + ", " + embed.Version() + ", " + hear.Version

// momentsAtOnce are gathered before they are kept: some seconds' work. Pages lay
// a mirror together anew each time, so it is not less.
const momentsAtOnce = 10_000

// member is a sentence as one kind, and its group.
type member struct {
	Kind  headway.Label   `json:"k"`
	Span  headway.Span    `json:"s"`
	Group headway.GroupID `json:"g"`
}

// saidAs is a sentence as one kind.
type saidAs struct {
	kind headway.Label
	span headway.Span
}

// inTurn is such a sentence with the index of its turn.
type inTurn struct {
	saidAs
	turn int
}

// Gather finds what customers said alike, first in what is there and then in
// whatever comes, until ctx ends.
func (f *Flow) Gather(ctx context.Context) error {
	return f.follow(ctx, f.ungathered, f.GatherAll)
}

// GatherAll finds the group of every customer's sentence that counts as a kind
// and has none yet, oldest conversation first. A sentence that has a group stays
// in it, and a crash costs some seconds' work. It waits for imports of this
// program to end. One program does it at a time; Conflict for another.
func (f *Flow) GatherAll(ctx context.Context) error {
	f.letImportsEnd(ctx)
	stale, err := f.store.Stale(ctx, f.ws, stepGather, gatherVersion, 0, 1)
	if err != nil || len(stale) == 0 {
		return err
	}
	release, err := f.lease(ctx, stepGather)
	if err != nil {
		return err
	}
	defer release()
	if err := f.hangAgain(ctx); err != nil { // should a removal have been interrupted
		return err
	}
	groups, err := f.groups(ctx)
	if err != nil {
		return err
	}
	for after := store.Cursor(0); ; {
		stale, err := f.store.Stale(ctx, f.ws, stepGather, gatherVersion, after, 1000)
		if err != nil {
			return err
		}
		if len(stale) == 0 {
			return f.hangAgain(ctx) // an anchor may have been removed while others joined it
		}
		if after, err = f.gatherSome(ctx, groups, stale); err != nil {
			return err
		}
		f.letImportsEnd(ctx)
	}
}

// groups hangs up the anchors that are kept.
func (f *Flow) groups(ctx context.Context) (*alike.Groups, error) {
	groups := alike.NewGroups()
	for a, err := range f.store.Anchors(ctx, f.ws) {
		if err != nil {
			return nil, err
		}
		words, err := a.Text.Cut(a.Span)
		if err != nil {
			return nil, err
		}
		groups.Hang(a.Anchor, words.String())
	}
	return groups, nil
}

// gatherSome gathers the first of what is stale and keeps that, the anchors
// first: a group that hangs on nothing could not be joined again after a crash.
func (f *Flow) gatherSome(ctx context.Context, groups *alike.Groups, stale []store.StaleConversation) (after store.Cursor, err error) {
	var rows []store.Derived
	var anchors []headway.Anchor
	moments := 0
	for _, s := range stale {
		if moments >= momentsAtOnce || ctx.Err() != nil {
			break
		}
		after = s.Cursor
		c, err := f.store.Conversation(ctx, f.ws, s.ID)
		if headway.ErrorCode(err) == headway.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return 0, err
		}
		members, founded, err := f.gather(ctx, groups, &c, s.Inputs)
		if err != nil {
			return 0, err
		}
		payload, err := json.Marshal(members)
		if err != nil {
			return 0, err
		}
		rows = append(rows, store.Derived{Subject: string(c.ID), Step: stepGather, Version: gatherVersion, Inputs: s.Inputs, Given: s.Inputs, Payload: payload})
		anchors = append(anchors, founded...)
		moments += len(members)
	}
	if err := f.store.PutAnchors(ctx, f.ws, anchors...); err != nil {
		return 0, err
	}
	gathered, err := f.gathered(ctx)
	if err != nil {
		return 0, err
	}
	rows = append(rows, store.Derived{Subject: "all", Step: stepGathered, Version: gatherVersion, Inputs: strconv.Itoa(gathered + 1)})
	if err := f.store.PutDerived(ctx, f.ws, rows...); err != nil {
		return 0, err
	}
	return after, ctx.Err()
}

// stepGathered keeps one row: how often groups were added to. It tells in one
// glance that there is news.
const stepGathered = "gathered"

// gathered gives that number.
func (f *Flow) gathered(ctx context.Context) (n int, err error) {
	for row, err := range f.store.AllDerived(ctx, f.ws, stepGathered, gatherVersion) {
		if err != nil {
			return 0, err
		}
		return strconv.Atoi(row.Inputs)
	}
	return 0, nil
}

// gather finds the groups of one conversation's sentences, and what they found.
func (f *Flow) gather(ctx context.Context, groups *alike.Groups, c *headway.Conversation, inputs string) (members []member, founded []headway.Anchor, err error) {
	h, err := f.heard(ctx, c, inputs)
	if err != nil {
		return nil, nil, err
	}
	before, err := f.membership(ctx, string(c.ID))
	if err != nil {
		return nil, nil, err
	}
	for _, said := range counting(c, h) {
		group, has := before[said.saidAs]
		if !has {
			words, err := c.Turns[said.turn].Text.Cut(said.span)
			if err != nil {
				continue // heard in another version of the text
			}
			var founds bool
			if group, founds = groups.Join(said.kind, said.span, words.String()); founds {
				founded = append(founded, headway.NewAnchor(said.kind, said.span))
			}
		}
		if group != "" {
			members = append(members, member{said.kind, said.span, group})
		}
	}
	return members, founded, nil
}

// counting lists the customers' sentences that count as a kind, in order.
func counting(c *headway.Conversation, h headway.Hearing) (all []inTurn) {
	theirs := map[headway.SpeakerID]bool{}
	for _, s := range c.Speakers {
		theirs[s.ID] = s.Side == headway.Theirs
	}
	for _, s := range h.Sentences {
		if s.Turn >= len(c.Turns) || !theirs[c.Turns[s.Turn].Speaker] {
			continue
		}
		for _, l := range s.Labels {
			if l.Counted {
				all = append(all, inTurn{saidAs{l.Label, s.Span}, s.Turn})
			}
		}
	}
	return all
}

// membership gives the groups that were found, of some conversations or of all.
func (f *Flow) membership(ctx context.Context, conversations ...string) (map[saidAs]headway.GroupID, error) {
	of := map[saidAs]headway.GroupID{}
	err := f.eachMember(ctx, func(m member) { of[saidAs{m.Kind, m.Span}] = m.Group }, conversations...)
	return of, err
}

// eachMember goes through the members of groups in some conversations or in all.
// It does not matter of which inputs: a sentence that has a group keeps it.
func (f *Flow) eachMember(ctx context.Context, do func(member), conversations ...string) error {
	for row, err := range f.store.AllDerived(ctx, f.ws, stepGather, gatherVersion, conversations...) {
		if err != nil {
			return err
		}
		var members []member
		if err := json.Unmarshal(row.Payload, &members); err != nil {
			return err
		}
		for _, m := range members {
			do(m)
		}
	}
	return nil
}

// gatherAgain makes the groups of conversations stale that were heard anew, and
// leaves their sentences in the groups they have.
func (f *Flow) gatherAgain(ctx context.Context, conversations []string) (rows []store.Derived, err error) {
	if len(conversations) == 0 {
		return nil, nil
	}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepGather, gatherVersion, conversations...) {
		if err != nil {
			return nil, err
		}
		row.Inputs = ""
		rows = append(rows, row)
	}
	return rows, nil
}

// hangAgain hangs groups whose anchor was removed on another of their sentences.
func (f *Flow) hangAgain(ctx context.Context) error {
	hung := map[headway.GroupID]bool{}
	for a, err := range f.store.Anchors(ctx, f.ws) {
		if err != nil {
			return err
		}
		hung[a.Group] = true
	}
	var anchors []headway.Anchor
	err := f.eachMember(ctx, func(m member) {
		if !hung[m.Group] {
			hung[m.Group] = true
			anchors = append(anchors, headway.Anchor{Group: m.Group, Kind: m.Kind, Span: m.Span})
		}
	})
	if err != nil {
		return err
	}
	return f.store.PutAnchors(ctx, f.ws, anchors...)
}

// group tells the parts of a study which of their sentences mean the same.
func (f *Flow) group(ctx context.Context, parts []mirror.Part) error {
	of, err := f.membership(ctx)
	if err != nil {
		return err
	}
	for i := range parts {
		for k := range parts[i].Moments {
			m := &parts[i].Moments[k]
			m.Group = of[saidAs{m.Kind, m.Span}]
		}
	}
	return nil
}

// groupInMemory finds what is alike in parts that nothing is kept of.
func groupInMemory(parts []mirror.Part, texts mirror.Texts) {
	groups := alike.NewGroups()
	for i := range parts {
		for k := range parts[i].Moments {
			if m := &parts[i].Moments[k]; m.Counted {
				m.Group, _ = groups.Join(m.Kind, m.Span, texts.Quote(m.Span).String())
			}
		}
	}
}
