package flow

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// Pass is a way to hear a conversation, with the version of its rules.
type Pass struct {
	Version string
	Hear    func(*headway.Conversation) headway.Hearing
}

// Quick hears at the speed of reading: what is imported is heard so at once.
var Quick = Pass{hear.Version, hear.Conversation}

// stepHearCarefully keeps what was heard carefully, beside what was heard quickly.
const stepHearCarefully = "hear carefully"

// stepHeard is the step that keeps what this version heard.
func stepHeard(version string) string {
	switch {
	case version == hear.Version:
		return stepHear
	case isOwn(version):
		return stepHearOwn
	}
	return stepHearCarefully
}

// othersMayImport is how often it is looked whether another program has brought
// conversations; what this one brings is known at once.
const othersMayImport = time.Minute

// Listen hears carefully what was only heard quickly, first what is there and
// then whatever comes, until ctx ends.
func (f *Flow) Listen(ctx context.Context) error {
	if f.careful.Hear == nil {
		return nil
	}
	if f.listenFor > 0 {
		return f.follow(ctx, f.more, f.hearNewest)
	}
	return f.follow(ctx, f.more, f.HearCarefully)
}

// tellMore says that there may be more to hear carefully, to remember, to gather and
// to draw.
func (f *Flow) tellMore() {
	for _, more := range []chan struct{}{f.more, f.unread, f.ungathered, f.undrawn} {
		select {
		case more <- struct{}{}:
		default: // it was said already
		}
	}
}

// HearCarefully hears every conversation that was not yet heard carefully as it
// stands, oldest first, a few at a time: when ctx ends or the program does, a
// second or two are lost. It waits for imports of this program to end. One after
// another, reviews and survey answers take one processor; a long talk takes all,
// for as long as those few take. One program does it at a time; Conflict for another.
func (f *Flow) HearCarefully(ctx context.Context) error {
	release, err := f.lease(ctx, stepHearCarefully)
	if err != nil {
		return err
	}
	defer release()
	var after store.Cursor
	for {
		f.letImportsEnd(ctx)
		by, err := f.closest(ctx) // a member may have put other own labels to use
		if err != nil {
			return err
		}
		stale, err := f.store.Stale(ctx, f.ws, stepHeard(by.Version), by.Version, after, fewAtOnce)
		switch {
		case err != nil:
			return err
		case len(stale) > 0:
			if after, err = f.hearFew(ctx, by, stale); err != nil {
				return err
			}
		case after > 0:
			after = 0 // a side may have changed behind us
		default:
			return nil
		}
	}
}

// leftover is what hearNewest left when its time was up: everything up to a
// cursor, of what was not yet heard by a version.
type leftover struct {
	version string
	upTo    store.Cursor
}

// hearNewest hears, newest first, what has come since it last ran out of time,
// and leaves the rest to be asked for once its time is up.
func (f *Flow) hearNewest(ctx context.Context) error {
	release, err := f.lease(ctx, stepHearCarefully)
	if err != nil {
		return err
	}
	defer release()
	f.letImportsEnd(ctx)
	by, err := f.closest(ctx)
	if err != nil {
		return err
	}
	stale, err := f.cameSince(ctx, by.Version)
	if err != nil || len(stale) == 0 {
		return err
	}
	newest, end := stale[0].Cursor, f.now().Add(f.listenFor)
	for len(stale) > 0 {
		if !f.now().Before(end) {
			f.leave(leftover{by.Version, newest})
			return nil
		}
		last, err := f.hearFew(ctx, by, stale[:min(fewAtOnce, len(stale))])
		if err != nil {
			return err
		}
		stale = stale[1+slices.IndexFunc(stale, func(s store.StaleConversation) bool { return s.Cursor == last }):]
	}
	return nil
}

// cameSince lists what this version has not heard and is not left over, newest first.
func (f *Flow) cameSince(ctx context.Context, version string) (all []store.StaleConversation, err error) {
	after := f.leftOver(version)
	for {
		some, err := f.store.Stale(ctx, f.ws, stepHeard(version), version, after, listedAtOnce)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			slices.Reverse(all)
			return all, nil
		}
		all, after = append(all, some...), some[len(some)-1].Cursor
	}
}

// listedAtOnce is how many conversations are listed in one go.
const listedAtOnce = 1000

func (f *Flow) leave(rest leftover) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left = rest
}

// leftOver tells up to where a version left conversations unheard; 0 for nowhere.
func (f *Flow) leftOver(version string) store.Cursor {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left.version != version {
		return 0
	}
	return f.left.upTo
}

func (f *Flow) letImportsEnd(ctx context.Context) {
	for _, j := range f.runs.going() {
		select {
		case <-j.done:
		case <-ctx.Done():
		}
	}
}

// What is heard carefully is kept after so many conversations or turns: each by
// itself, short ones would take longer to keep than to hear.
const fewAtOnce, turnsAtOnce = 20, 100

// hearFew hears the first of what is stale, keeps that, and tells how far it came.
func (f *Flow) hearFew(ctx context.Context, by Pass, stale []store.StaleConversation) (after store.Cursor, err error) {
	listened, err := f.listened(ctx, by.Version)
	if err != nil {
		return 0, err
	}
	var rows []store.Derived
	var anew []string
	for turns := 0; len(stale) > 0 && turns < f.perListening; stale = stale[1:] {
		after = stale[0].Cursor
		c, err := f.store.Conversation(ctx, f.ws, stale[0].ID)
		if headway.ErrorCode(err) == headway.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return 0, err
		}
		made, err := f.hearCarefully(ctx, by, &c, stale[0].Inputs)
		if err != nil {
			return 0, err
		}
		rows = append(rows, made...)
		anew = append(anew, string(c.ID))
		turns += len(c.Turns)
		listened++
	}
	ungathered, err := f.gatherAgain(ctx, anew)
	if err != nil {
		return 0, err
	}
	rows = append(rows, ungathered...)
	return after, f.store.PutDerived(ctx, f.ws, append(rows, listenedRow(by.Version, listened))...)
}

// hearCarefully hears one conversation, and makes its part in the mirror of
// every study that holds it.
func (f *Flow) hearCarefully(ctx context.Context, by Pass, c *headway.Conversation, inputs string) ([]store.Derived, error) {
	h, err := attend(ctx, by, c)
	if err != nil {
		return nil, err
	}
	heard, err := hearingRow(inputs, h)
	if err != nil {
		return nil, err
	}
	rows := []store.Derived{heard}
	studies, err := f.holding(ctx, store.ConversationFilter{IDs: []headway.ConversationID{c.ID}})
	if err != nil {
		return nil, err
	}
	for _, study := range studies {
		guesses, err := f.store.Guesses(ctx, f.ws, study)
		if err != nil {
			return nil, err
		}
		part, err := partRow(study, inputs, guesses, h, mirror.Look(c, h, guesses))
		if err != nil {
			return nil, err
		}
		rows = append(rows, part)
	}
	return rows, nil
}

// attend hears carefully, and does not wait for the end of a long conversation
// once ctx ends: what is heard then is heard for nobody.
func attend(ctx context.Context, by Pass, c *headway.Conversation) (headway.Hearing, error) {
	heard := make(chan headway.Hearing, 1)
	go func() { heard <- by.Hear(c) }()
	select {
	case h := <-heard:
		return h, nil
	case <-ctx.Done():
		return headway.Hearing{}, ctx.Err()
	}
}

// stepListened keeps one row: how many conversations the careful pass has heard
// so far, again counted again. It tells in one glance that there is news.
const stepListened = "listened"

// listened gives that number for a version.
func (f *Flow) listened(ctx context.Context, version string) (n int, err error) {
	for row, err := range f.store.AllDerived(ctx, f.ws, stepListened, version) {
		if err != nil {
			return 0, err
		}
		return strconv.Atoi(row.Inputs)
	}
	return 0, nil
}

func listenedRow(version string, n int) store.Derived {
	return store.Derived{Subject: "all", Step: stepListened, Version: version, Inputs: strconv.Itoa(n)}
}

// Closeness is how many conversations were heard carefully, of all.
type Closeness struct {
	Heard, All int
	Left       bool // the rest is heard only if somebody asks for it
}

// Open says whether any is yet to be heard carefully.
func (c Closeness) Open() bool { return c.Heard < c.All }

// Closeness tells how many of a study's conversations were heard carefully; of
// all that are kept, for "". It may be a fiftieth behind. Both are 0 where
// nothing is heard carefully.
func (f *Flow) Closeness(ctx context.Context, study headway.StudyID) (Closeness, error) {
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return Closeness{}, err
	}
	return f.closeness(ctx, study, ops, extent)
}

// counted is a closeness and when it was so.
type counted struct {
	Closeness
	extent   store.Extent
	listened int
}

// behind says whether to count again, after so many hearings: all may be done,
// or a fiftieth of all since. While conversations are heard one by one, every
// page would count them otherwise, and lay a large mirror together anew.
func (c counted) behind(listened int) bool {
	more := listened - c.listened
	return more < 0 || more > 0 && (50*more >= c.All || c.Heard+more >= c.All)
}

func (f *Flow) closeness(ctx context.Context, study headway.StudyID, ops []headway.Operation, extent store.Extent) (Closeness, error) {
	if f.careful.Hear == nil {
		return Closeness{}, nil
	}
	by, err := f.closest(ctx)
	if err != nil {
		return Closeness{}, err
	}
	listened, err := f.listened(ctx, by.Version)
	if err != nil {
		return Closeness{}, err
	}
	f.mu.Lock()
	c, known := f.counted[study]
	f.mu.Unlock()
	if known && c.extent.Conversations == extent.Conversations && onlyJudged(ops, c.extent.Operations) && !c.behind(listened) {
		return f.withLeft(c.Closeness, by.Version), nil
	}
	c = counted{extent: extent, listened: listened}
	c.Heard, c.All, err = f.store.Fresh(ctx, f.ws, stepHeard(by.Version), by.Version, store.ConversationFilter{Study: study})
	if err != nil {
		return Closeness{}, err
	}
	f.mu.Lock()
	f.counted[study] = c
	f.mu.Unlock()
	return f.withLeft(c.Closeness, by.Version), nil
}

func (f *Flow) withLeft(c Closeness, version string) Closeness {
	c.Left = c.Open() && f.leftOver(version) > 0
	return c
}
