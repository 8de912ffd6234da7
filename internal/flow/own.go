package flow

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/store"
)

// Teaching lets a team's own verdicts correct the careful pass.
type Teaching struct {
	// Rows gives every label of each row by the careful pass as it comes.
	Rows    func([]hear.Row) [][]headway.Scored
	Version func(number int) string // of the pass as corrected
	Hear    func(c *headway.Conversation, number int, own hear.Own) headway.Hearing
}

// What was learned is kept by number, and what was heard with it apart from
// what was heard as it comes, to go back to.
const (
	stepOwn, ownFormat = "own", "1"
	stepHearOwn        = "hear own"
	ownVersionTag      = ", own "
)

// OwnLabels is what was learned at one time from the members' verdicts on what
// customers' sentences show.
type OwnLabels struct {
	Number   int              `json:"number"`
	At       time.Time        `json:"at"`
	Member   headway.MemberID `json:"member"`
	Learned  int              `json:"learned"`  // verdicts that taught
	HeldBack int              `json:"heldBack"` // verdicts that it was measured on
	Figures  []OwnFigure      `json:"figures"`  // on those held back: all kinds together, then each that was judged
	Better   bool             `json:"better"`   // on those held back: worth using
	Hears    string           `json:"hears"`    // the version of the pass that it corrects

	From    []headway.ConversationID `json:"from,omitempty"` // whose words taught
	Seq     int64                    `json:"seq"`            // the last operation it knew
	Weights *hear.Own                `json:"weights,omitempty"`
	Gone    string                   `json:"gone,omitempty"` // why it cannot be used, in words
}

// OwnFigure is how one kind was heard in what is held back, before and after.
type OwnFigure struct {
	Kind          headway.Label `json:"kind"` // "" for all together
	Judged        int           `json:"judged"`
	HeldBack      int           `json:"heldBack"`
	Kept          int           `json:"kept"` // of those held back
	Before, After OwnCount
}

// OwnCount is how many of the held-back verdicts lie on what counts unchecked,
// and on how many of those it was kept.
type OwnCount struct {
	Counted int `json:"counted"`
	Right   int `json:"right"`
}

// Taught is the state of own labels.
type Taught struct {
	Learning, Apart int         // verdicts to learn from, and held back
	More            int         // how many more it takes to learn; 0 where there are enough
	Held            []string    // some conversations that are held back, where too few of those were judged
	InUse           int         // the number in use, 0 for none
	Lost            string      // why what was put to use is used no longer, in words
	All             []OwnLabels // newest first
}

// Judged is how many verdicts teach or measure.
func (t Taught) Judged() int { return t.Learning + t.Apart }

// Taught tells what was judged, learned and put to use.
func (f *Flow) Taught(ctx context.Context) (t Taught, err error) {
	if t.All, err = f.ownLabels(ctx); err != nil {
		return t, err
	}
	ops, _, err := f.seenByAll(ctx)
	if err != nil {
		return t, err
	}
	t.put(putToUse(ops))
	if f.teaching.Hear == nil {
		return t, nil
	}
	given, err := f.verdicts(ctx, ops)
	if err != nil {
		return t, err
	}
	t.Learning, t.Apart = len(given.learning), len(given.apart)
	t.More = max(learnsFrom-t.Learning, 0) + max(measuredOn-t.Apart, 0)
	if t.Apart < measuredOn {
		t.Held, err = f.someHeldApart(ctx)
	}
	return t, err
}

// put says whether what was put to use is in use, or why not.
func (t *Taught) put(number int) {
	if number == 0 {
		return
	}
	i := slices.IndexFunc(t.All, func(o OwnLabels) bool { return o.Number == number })
	switch {
	case i < 0:
		t.Lost = fmt.Sprintf("own %d was learned in another workspace, and never left it", number)
	case t.All[i].Gone != "":
		t.Lost = fmt.Sprintf("own %d %s", number, t.All[i].Gone)
	default:
		t.InUse = number
	}
}

// Train learns from the members' verdicts and measures that on those held back.
// It is kept, and not put to use. Invalid where there are too few verdicts, or
// where they teach nothing. The same verdicts are learned from once.
func (f *Flow) Train(ctx context.Context) (OwnLabels, error) {
	if err := f.mayWrite(ctx); err != nil {
		return OwnLabels{}, err
	}
	if f.teaching.Hear == nil {
		return OwnLabels{}, headway.Errorf(headway.Unavailable, "nothing here can learn")
	}
	ops, extent, err := f.seenByAll(ctx) // what all are shown may not tell what one marked apart
	if err != nil {
		return OwnLabels{}, err
	}
	given, err := f.enoughVerdicts(ctx, ops)
	if err != nil {
		return OwnLabels{}, err
	}
	all, err := f.ownLabels(ctx)
	if err != nil {
		return OwnLabels{}, err
	}
	weights := hear.FitOwn(given.learning)
	if weights.IsZero() {
		return OwnLabels{}, headway.Errorf(headway.Invalid, "%d verdicts teach nothing new: on conversations that were left out, what is heard as it comes agrees with them as well as what they would change; nothing was kept", len(given.learning))
	}
	o := OwnLabels{
		Number: nextNumber(all, ops), At: f.now().UTC().Truncate(time.Microsecond), Member: f.acting(ctx),
		Learned: len(given.learning), HeldBack: len(given.apart), Hears: f.careful.Version,
		From: given.from, Seq: extent.Operations, Weights: &weights,
	}
	o.Figures, o.Better = given.figures(weights)
	for _, other := range all {
		if other.Gone == "" && other.sameAs(o) {
			return other, nil
		}
	}
	if err := f.putOwn(ctx, o); err != nil {
		return o, err
	}
	return o, f.dropVoid(ctx) // should a conversation that taught have been removed meanwhile
}

// sameAs says whether both learned the same from the same.
func (o OwnLabels) sameAs(other OwnLabels) bool {
	other.Number, other.At, other.Member, other.Seq = o.Number, o.At, o.Member, o.Seq
	return reflect.DeepEqual(o, other)
}

func (f *Flow) putOwn(ctx context.Context, o OwnLabels) error {
	payload, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return f.store.PutDerived(ctx, f.ws, store.Derived{Subject: strconv.Itoa(o.Number), Step: stepOwn, Version: ownFormat, Payload: payload})
}

// nextNumber is greater than any that was ever used.
func nextNumber(all []OwnLabels, ops []headway.Operation) int {
	highest := 0
	for _, o := range all {
		highest = max(highest, o.Number)
	}
	for _, op := range ops {
		highest = max(highest, op.Own)
	}
	return highest + 1
}

// UseOwn hears with own labels of a number from now on, or as it comes for 0.
// What was heard until now stands until it was heard so. NotFound where there
// are none of that number, Conflict where they can no longer be used.
func (f *Flow) UseOwn(ctx context.Context, number int) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	all, err := f.ownLabels(ctx)
	if err != nil {
		return err
	}
	if number != 0 {
		i := slices.IndexFunc(all, func(o OwnLabels) bool { return o.Number == number })
		if i < 0 {
			return headway.Errorf(headway.NotFound, "there is no own %d: `headway train --list` shows what was learned", number)
		}
		if all[i].Gone != "" {
			return headway.Errorf(headway.Conflict, "own %d %s: train again", number, all[i].Gone)
		}
	}
	ops, _, err := f.operations(ctx)
	if err != nil || putToUse(ops) == number {
		return err // it is so already
	}
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedOwn, Own: number}); err != nil {
		return err
	}
	f.tellMore()
	return f.sweepOwn(ctx)
}

// sweepOwn drops what was heard with own labels that are not in use.
func (f *Flow) sweepOwn(ctx context.Context) error {
	closest, err := f.closest(ctx)
	if err != nil {
		return err
	}
	keep := ""
	if isOwn(closest.Version) {
		keep = closest.Version
	}
	_, err = f.store.Sweep(ctx, f.ws, stepHearOwn, keep)
	return err
}

func isOwn(version string) bool { return strings.Contains(version, ownVersionTag) }

// inUse is the closest pass, as it was after an operation.
type inUse struct {
	seq  int64
	pass Pass
}

// closest gives the pass that hears closest: the careful one, with the own
// labels that are in use.
func (f *Flow) closest(ctx context.Context) (Pass, error) {
	if f.careful.Hear == nil || f.teaching.Hear == nil {
		return f.careful, nil
	}
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return Pass{}, err
	}
	f.mu.Lock()
	used := f.used
	f.mu.Unlock()
	if used != nil && used.seq == extent.Operations {
		return used.pass, nil
	}
	used = &inUse{extent.Operations, f.careful}
	if put := putToUse(ops); put != 0 {
		if used.pass, err = f.passWith(ctx, put); err != nil {
			return Pass{}, err
		}
	}
	f.mu.Lock()
	f.used = used
	f.mu.Unlock()
	return used.pass, nil
}

// passWith gives the careful pass with own labels of a number; without, where
// they cannot be used.
func (f *Flow) passWith(ctx context.Context, number int) (Pass, error) {
	all, err := f.ownLabels(ctx)
	if err != nil {
		return Pass{}, err
	}
	for _, o := range all {
		if o.Number == number && o.Gone == "" {
			return Pass{f.teaching.Version(number), func(c *headway.Conversation) headway.Hearing {
				return f.teaching.Hear(c, number, *o.Weights)
			}}, nil
		}
	}
	return f.careful, nil
}

// putToUse gives the number that was put to use last; 0 for none.
func putToUse(ops []headway.Operation) int {
	for _, op := range slices.Backward(ops) {
		if op.Deed == headway.DeedOwn {
			return op.Own
		}
	}
	return 0
}

// ownLabels lists what was learned, newest first. What cannot be used says so,
// whatever else is kept of it.
func (f *Flow) ownLabels(ctx context.Context) (all []OwnLabels, err error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepOwn, ownFormat) {
		if err != nil {
			return nil, err
		}
		var o OwnLabels
		if err := json.Unmarshal(row.Payload, &o); err != nil {
			return nil, err
		}
		o.check(ops, f.careful.Version)
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b OwnLabels) int { return cmp.Compare(b.Number, a.Number) })
	return all, nil
}

const goneRemoved = "had learned from a conversation that was removed since, so it was dropped"

// check finds out whether it can still be used. Weights that saw the words of a
// conversation that was removed are gone, from the moment of that deed.
func (o *OwnLabels) check(ops []headway.Operation, careful string) {
	taught := map[headway.ConversationID]bool{}
	for _, id := range o.From {
		taught[id] = true
	}
	for _, op := range slices.Backward(ops) {
		if op.Seq <= o.Seq {
			break
		}
		if (op.Deed == headway.DeedRemove || op.Deed == headway.DeedErase) && slices.ContainsFunc(op.Conversations, func(id headway.ConversationID) bool { return taught[id] }) {
			o.Gone = goneRemoved
		}
	}
	switch {
	case o.Gone != "":
		o.Weights = nil
	case o.Hears != careful:
		o.Gone = "was learned for an older hearing (" + o.Hears + ")"
	}
}

// forgetOwn leaves nothing of what own labels have of conversations that were
// removed.
func (f *Flow) forgetOwn(ctx context.Context) error {
	f.mu.Lock()
	clear(f.scored) // it holds words
	f.mu.Unlock()
	return f.dropVoid(ctx)
}

// dropVoid drops the weights that saw what was removed, and what was heard with
// them.
func (f *Flow) dropVoid(ctx context.Context) error {
	all, err := f.ownLabels(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Gone == goneRemoved {
			o.From, o.Figures = nil, nil
			if err := f.putOwn(ctx, o); err != nil {
				return err
			}
		}
	}
	return f.sweepOwn(ctx)
}
