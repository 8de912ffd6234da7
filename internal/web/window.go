package web

import (
	"net/http"
	"strconv"

	"github.com/headway-oss/headway"
)

// window is the part of a conversation that a page shows: all of it, a page of
// the plain view, or the stretch that a reader chose, to print it for instance.
type window struct {
	First, Last int  // turns, from 0, Last exclusive
	Of          int  // turns there are
	Plain       bool // every section is laid out, for screen readers
	Page, Pages int  // of the plain view, from 1; 0 elsewhere
	Chosen      bool // the reader named the first and last turn
}

// plainPage is how many turns a page of the plain view has: laid out whole, ten
// thousand take a screen reader's browser many seconds.
const plainPage = 500

func readWindow(r *http.Request, turns int) (window, error) {
	w := window{Last: turns, Of: turns, Plain: r.FormValue("plain") != ""}
	if from, to := r.FormValue("from"), r.FormValue("to"); from != "" || to != "" {
		return w.chosen(from, to)
	}
	if w.Plain && turns > plainPage {
		w.Pages = (turns + plainPage - 1) / plainPage
		w.Page = min(max(1, number(r.FormValue("page"))), w.Pages)
		w.First = (w.Page - 1) * plainPage
		w.Last = min(turns, w.First+plainPage)
	}
	return w, nil
}

// chosen narrows to turns named by their numbers; a missing one is the end.
func (w window) chosen(from, to string) (window, error) {
	first, last := 1, w.Of
	if from != "" {
		first = number(from)
	}
	if to != "" {
		last = min(number(to), w.Of)
	}
	if first < 1 || last < first {
		return w, headway.Errorf(headway.Invalid, "this conversation has turns 1 to %d: name the first and the last turn that you want", w.Of)
	}
	w.First, w.Last, w.Chosen = first-1, last, true
	return w, nil
}

// number reads a number, and 0 for what is none.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// Part says whether turns are left out.
func (w window) Part() bool { return w.Last-w.First < w.Of }

// From and To are the first and the last turn as people count.
func (w window) From() int { return w.First + 1 }

// To is the last turn as people count.
func (w window) To() int { return w.Last }

func (w window) of(turns []headway.Turn) []headway.Turn { return turns[w.First:w.Last] }
