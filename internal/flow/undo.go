package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Undo takes back the newest deed of whoever acts that still stands, with all
// that were done as one with it, and gives the operations that did so. NotFound
// where there is nothing to undo, Conflict where somebody decided anew since.
func (f *Flow) Undo(ctx context.Context) ([]headway.Operation, error) {
	return f.reverse(ctx, func(h deed.History) ([]headway.Operation, error) {
		return some(h.Latest(f.acting(ctx)), "there is nothing of yours to undo")
	})
}

// Redo does again what Undo took back last, unless something was done since.
func (f *Flow) Redo(ctx context.Context) ([]headway.Operation, error) {
	return f.reverse(ctx, func(h deed.History) ([]headway.Operation, error) {
		return some(h.Undone(f.acting(ctx)), "there is nothing of yours to do again")
	})
}

// TakeBack undoes one deed, whoever did it and however long ago.
func (f *Flow) TakeBack(ctx context.Context, seq int64) ([]headway.Operation, error) {
	return f.reverse(ctx, func(h deed.History) ([]headway.Operation, error) { return h.Deed(seq) })
}

// reverse applies the inverses of what choose names, the last deed first.
func (f *Flow) reverse(ctx context.Context, choose func(deed.History) ([]headway.Operation, error)) ([]headway.Operation, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	h := deed.NewHistory(ops)
	chosen, err := choose(h)
	if err != nil {
		return nil, err
	}
	var back []headway.Operation
	for _, op := range slices.Backward(chosen) {
		inverse, err := h.Inverse(op)
		if err != nil {
			return nil, err
		}
		back = append(back, inverse)
	}
	defer f.tellMore() // sides and words may be others now
	return f.applied(ctx, back...)
}

func some(ops []headway.Operation, otherwise string) ([]headway.Operation, error) {
	if len(ops) == 0 {
		return nil, headway.Errorf(headway.NotFound, "%s", otherwise)
	}
	return ops, nil
}

// History gives the deeds, oldest first, and which of them stand.
func (f *Flow) History(ctx context.Context) ([]headway.Operation, deed.History, error) {
	ops, _, err := f.operations(ctx)
	return ops, deed.NewHistory(ops), err
}
