package api

import (
	"context"

	"github.com/headway-oss/headway/internal/flow"
)

// Learning is what the members' verdicts teach.
type Learning interface {
	Taught(ctx context.Context) (flow.Taught, error)
	Train(ctx context.Context) (flow.OwnLabels, error)
	UseOwn(ctx context.Context, number int) error
}

func (a *api) own() {
	ask(a, read("GET /own", "getOwn", "own", "Tell what was judged, learned and put to use"), a.getOwn)
	ask(a, write("POST /own", "trainOwn", "own", "Learn from the members' verdicts; what is learned is not put to use by that"), a.trainOwn)
	do(a, write("PUT /own/use", "useOwn", "own", "Hear with what was learned, or as it comes"), a.useOwn)
}

type taught struct {
	Learning int       `json:"learning" doc:"verdicts to learn from"`
	Apart    int       `json:"apart" doc:"verdicts held back, to measure on"`
	More     int       `json:"more" doc:"how many more it takes to learn; 0 where there are enough"`
	InUse    int       `json:"in_use" doc:"number of what is put to use; 0 for none"`
	Lost     string    `json:"lost,omitempty" doc:"why what was put to use is used no longer"`
	All      []learned `json:"all" doc:"newest first"`
}

type learned struct {
	Number   int              `json:"number"`
	Learned  int              `json:"learned" doc:"verdicts that taught"`
	HeldBack int              `json:"held_back" doc:"verdicts that it was measured on"`
	Better   bool             `json:"better" doc:"worth using, by those held back"`
	Gone     string           `json:"gone,omitempty" doc:"why it cannot be used"`
	Figures  []flow.OwnFigure `json:"figures"`
}

func learnedOf(o flow.OwnLabels) learned {
	return learned{o.Number, o.Learned, o.HeldBack, o.Better, o.Gone, each(o.Figures, itself)}
}

func (a *api) getOwn(ctx context.Context, _ *struct{}) (taught, error) {
	t, err := a.hw.Taught(ctx)
	return taught{t.Learning, t.Apart, t.More, t.InUse, t.Lost, each(t.All, learnedOf)}, err
}

func (a *api) trainOwn(ctx context.Context, _ *struct{}) (learned, error) {
	o, err := a.hw.Train(ctx)
	return learnedOf(o), err
}

type useOwnInput struct {
	Body struct {
		Number int `json:"number" minimum:"0" doc:"of what was learned; 0 hears as it comes"`
	}
}

func (a *api) useOwn(ctx context.Context, in *useOwnInput) error {
	return a.hw.UseOwn(ctx, in.Body.Number)
}
