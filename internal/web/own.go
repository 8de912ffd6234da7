package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Learning lets a team's own verdicts correct what is heard.
type Learning interface {
	Taught(ctx context.Context) (flow.Taught, error)
	// Train learns and puts nothing to use; Invalid where there is too little to
	// learn from, or nothing.
	Train(ctx context.Context) (flow.OwnLabels, error)
	// UseOwn hears with own labels of a number from now on, as it comes for 0.
	UseOwn(ctx context.Context, number int) error
}

// ownView is what was judged here, and what was learned from it.
type ownView struct {
	flow.Taught
	Closely flow.Closeness
	Learned []ownLabelsView // newest first
}

// ownLabelsView is what was learned at one time.
type ownLabelsView struct {
	flow.OwnLabels
	InUse bool
	Rows  []ownRow // kinds of which something is held back
	Rest  []ownRow
}

// ownRow is one kind, on what is held back: shares in words.
type ownRow struct {
	Name             string
	Judged, HeldBack int
	Right, Found     [2]string // before and after
}

// showOwn tells what was judged, what that taught, and which of it is in use.
func (s *server) showOwn(w http.ResponseWriter, r *http.Request) error {
	t, err := s.hw.Taught(r.Context())
	if err != nil {
		return err
	}
	view := ownView{Taught: t}
	if view.Closely, err = s.hw.Closeness(r.Context(), ""); err != nil {
		return err
	}
	for _, o := range t.All {
		view.Learned = append(view.Learned, viewOwn(o, t.InUse))
	}
	return s.render(w, r, http.StatusOK, newPage("own", "Own labels"), view)
}

func viewOwn(o flow.OwnLabels, inUse int) ownLabelsView {
	v := ownLabelsView{OwnLabels: o, InUse: o.Number == inUse}
	for _, f := range o.Figures {
		row := ownRow{Name: string(f.Kind), Judged: f.Judged, HeldBack: f.HeldBack}
		if f.Kind == "" {
			row.Name = "all kinds"
		}
		for i, c := range []flow.OwnCount{f.Before, f.After} {
			row.Right[i], row.Found[i] = shareOrNone(c.Right, c.Counted), shareOrNone(c.Right, f.Kept)
		}
		if f.HeldBack > 0 {
			v.Rows = append(v.Rows, row)
		} else {
			v.Rest = append(v.Rest, row)
		}
	}
	return v
}

func shareOrNone(part, of int) string {
	if of == 0 {
		return "–"
	}
	return mirror.ShareOf(part, of)
}

// train learns from what members kept and dismissed.
func (s *server) train(w http.ResponseWriter, r *http.Request) error {
	o, err := s.hw.Train(r.Context())
	if err != nil {
		return err
	}
	http.Redirect(w, r, fmt.Sprintf("/own#own-%d", o.Number), http.StatusSeeOther)
	return nil
}

// useOwn puts what was learned to use, or goes back.
func (s *server) useOwn(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.Atoi(r.PostFormValue("own"))
	if err != nil {
		number = -1 // there is none of that number
	}
	if err := s.hw.UseOwn(r.Context(), number); err != nil {
		return err
	}
	http.Redirect(w, r, "/own", http.StatusSeeOther)
	return nil
}
