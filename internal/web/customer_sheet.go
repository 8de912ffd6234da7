package web

import (
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/customer"
)

// sheet is what one page of A4 or Letter holds in the type of the print style,
// under its heading and without the lines that other headings take.
var sheet = customer.Page{Lines: 40, Width: 100}

// printed is what has a place on the printed page, or none.
type printed struct {
	size  int // code points
	aside *bool
}

// printedPart is what stands there under one heading.
type printedPart struct {
	one, many string
	items     []printed
	left      int // how many more there are, that no page shows
}

func (v *customerView) printed() []printedPart {
	var hired, wrong, sent, wows []printed
	for i := range v.Hired {
		hired = append(hired, printed{v.Hired[i].size(), &v.Hired[i].Aside})
	}
	for i := range v.Wrong {
		w := &v.Wrong[i]
		wrong = append(wrong, printed{w.Told.size() + w.Ours.size(), &w.Told.Aside})
	}
	for i := range v.PlayBacks {
		sent = append(sent, printed{v.PlayBacks[i].size(), &v.PlayBacks[i].Aside})
	}
	for i := range v.Wows {
		wows = append(wows, printed{v.Wows[i].size(), &v.Wows[i].Aside})
	}
	return []printedPart{
		{"sentence on how they will know", "sentences on how they will know", printedLines(v.Measure.Lines), v.Measure.Left},
		{"sentence on what they are after", "sentences on what they are after", printedLines(v.Trying.Lines), v.Trying.Left},
		{"request", "requests", printedLines(v.Asked.Lines), v.Asked.Left},
		{"worry", "worries", printedLines(v.Worries.Lines), v.Worries.Left},
		{"job", "jobs", hired, 0},
		{"promise", "promises", printedLines(v.Promises), 0},
		{"mistake of ours", "mistakes of ours", wrong, 0},
		{"play-back", "play-backs", sent, 0},
		{"moment in which something became clear", "moments in which something became clear", wows, 0},
	}
}

func printedLines(lines []toldView) (items []printed) {
	for i := range lines {
		items = append(items, printed{lines[i].size(), &lines[i].Aside})
	}
	return items
}

// fit chooses what stands on the printed page, and says what does not.
func (v *customerView) fit() (leftOut string) {
	parts, page := v.printed(), sheet
	page.Lines -= v.differing()
	if len(v.Hired) > 0 {
		page.Lines -= 3 // its heading
	}
	var sizes [][]int
	for _, part := range parts {
		var of []int
		for _, item := range part.items {
			of = append(of, item.size)
		}
		sizes = append(sizes, of)
	}
	var left []string
	for i, n := range page.Fit(sizes) {
		for _, item := range parts[i].items[n:] {
			*item.aside = true
		}
		if more := parts[i].left + len(parts[i].items) - n; more > 0 {
			left = append(left, count(more, parts[i].one, parts[i].many))
		}
	}
	if more := len(v.Differences) - differPrinted; more > 0 {
		left = append(left, count(more, "difference", "differences"))
	}
	return strings.Join(left, ", ")
}

// differPrinted is how many differences stand on paper, side by side.
const differPrinted = 2

// differing says how many lines the differences take in print.
func (v *customerView) differing() (lines int) {
	for i := range v.Differences {
		d := &v.Differences[i]
		if d.Aside = i >= differPrinted; !d.Aside {
			lines += 5 + 2*max(d.A.size(), d.B.size())/sheet.Width
		}
	}
	return lines
}

// size is how many code points a line takes in print, its credit with it.
func (t toldView) size() int {
	n := t.Words.Span().Len() + len(t.Credit) + 24
	for _, more := range t.More {
		n += more.Words.Span().Len()
	}
	return n
}

func (h hiredByView) size() int {
	n := len(h.Called) + len(h.Study) + sheet.Width
	says := h.Says
	for _, one := range h.Times {
		n += sheet.Width // each begins a line
		says = slices.Concat(says, one.Says)
	}
	for _, said := range says {
		n += said.Words.Span().Len() + len(said.Credit) + sheet.Width/2
	}
	return n
}

func (p playBackView) size() int {
	n := 80 + p.Answer.Words.Span().Len()
	for _, l := range p.Lines {
		n += l.Words.Span().Len() + 4
	}
	return n
}

func (w wowView) size() int {
	n := w.toldView.size()
	for _, before := range w.Before {
		n += before.Words.Span().Len() + 20
	}
	return n
}
