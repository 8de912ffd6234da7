package api

import (
	"context"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Undoing takes deeds back, and does them again. Both are deeds themselves.
type Undoing interface {
	Undo(ctx context.Context) ([]headway.Operation, error)
	Redo(ctx context.Context) ([]headway.Operation, error)
	TakeBack(ctx context.Context, seq int64) ([]headway.Operation, error)
	History(ctx context.Context) ([]headway.Operation, deed.History, error)
}

func (a *api) undoing() {
	ask(a, write("POST /undo", "undo", "history", "Take back the newest deed of yours that stands"), a.undo)
	ask(a, write("POST /redo", "redo", "history", "Do again what was undone last"), a.redo)
	ask(a, write("POST /deeds/{deed}/undo", "takeBack", "history", "Take back one deed, whoever did it and however long ago"), a.takeBack)
	ask(a, read("GET /deeds", "listDeeds", "history", "List what members did, oldest first"), a.listDeeds)
}

func (a *api) undo(ctx context.Context, _ *struct{}) (deeds, error) {
	done, err := a.hw.Undo(ctx)
	return deedsOf(done), err
}

func (a *api) redo(ctx context.Context, _ *struct{}) (deeds, error) {
	done, err := a.hw.Redo(ctx)
	return deedsOf(done), err
}

type takeBackInput struct {
	Deed int64 `path:"deed" minimum:"1" doc:"number of the deed"`
}

func (a *api) takeBack(ctx context.Context, in *takeBackInput) (deeds, error) {
	done, err := a.hw.TakeBack(ctx, in.Deed)
	return deedsOf(done), err
}

// Deed is one operation with whether it stands.
type Deed struct {
	headway.Operation
	Stands bool `json:"stands" doc:"nobody took it back"`
}

func (a *api) listDeeds(ctx context.Context, in *Paging) (l list[Deed], err error) {
	all, history, err := a.hw.History(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, func(op headway.Operation) string { return strconv.FormatInt(op.Seq, 10) }, func(op headway.Operation) Deed {
		return Deed{op, history.Stands(op.Seq)}
	})
}
