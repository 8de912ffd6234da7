package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func (f *fake) Taught(context.Context) (flow.Taught, error) { return f.taught, nil }

func (f *fake) Train(context.Context) (flow.OwnLabels, error) {
	if f.taught.More > 0 {
		return flow.OwnLabels{}, headway.Errorf(headway.Invalid, "too few to learn from")
	}
	o := flow.OwnLabels{Number: 1, At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Learned: 60, HeldBack: 20, Better: true, Figures: []flow.OwnFigure{
		{Judged: 80, HeldBack: 20, Kept: 14, Before: flow.OwnCount{Counted: 12, Right: 9}, After: flow.OwnCount{Counted: 13, Right: 12}},
		{Kind: headway.Struggle, Judged: 9, HeldBack: 2, Kept: 1},
		{Kind: headway.Pull, Judged: 3},
	}}
	f.taught.All = []flow.OwnLabels{o}
	return o, nil
}

func (f *fake) UseOwn(_ context.Context, number int) error {
	if number < 0 {
		return headway.Errorf(headway.NotFound, "there is no such own")
	}
	f.taught.InUse = number
	return nil
}

func TestThePageOfOwnLabelsSaysHowManyMoreItTakes(t *testing.T) {
	w := open(t)
	w.fake.taught = flow.Taught{Learning: 20, Apart: 4, More: 36, Held: []string{"call.vtt", "reviews.csv, row 3"}}
	a := w.get("/own")
	a.says(t, 200, "You have judged 24 suggestions; 4 of them lie in the quarter", "36 more and Headway can learn from them", "for instance call.vtt; reviews.csv, row 3.")
	a.hides(t, "/own/train")
	w.post("/own/train", nil).says(t, 422, "Nothing was learned", "Too few to learn from", `href="/own"`)
}

func TestOwnLabelsAreLearnedShownUsedAndGoneBackFrom(t *testing.T) {
	w := open(t)
	w.fake.taught = flow.Taught{Learning: 60, Apart: 20}
	w.get("/own").says(t, 200, "Learn from what is judged", "heard as Headway comes")
	w.post("/own/train", nil).leadsTo(t, "/own#own-1")
	a := w.get("/own")
	a.says(t, 200, "It hears more as you judge", "9 of 12, 75 % (47–91 %)", "12 of 13", "Hear with own 1", `<td class="num">–</td>`, "none of it held back: pull 3.")
	a.hides(t, "in use")
	if n := strings.Count(a.body, `<tr><th scope="row">`); n != 2 {
		t.Errorf("%d rows, want all kinds and struggle", n)
	}
	w.post("/own/use", url.Values{"own": {"1"}}).leadsTo(t, "/own")
	a = w.get("/own")
	a.says(t, 200, `heard with <a href="#own-1">your own 1</a>`, "Go back to how Headway hears")
	a.hides(t, "Hear with own 1")
	w.post("/own/use", url.Values{"own": {"0"}}).leadsTo(t, "/own")
	w.get("/own").hides(t, "Go back")
	w.post("/own/use", url.Values{"own": {"x"}}).says(t, 404)
}

func TestThePageSaysWhyOwnLabelsAreGone(t *testing.T) {
	w := open(t)
	w.fake.taught = flow.Taught{Lost: "own 1 was dropped", All: []flow.OwnLabels{{Number: 1, Gone: "was dropped"}}, More: 60}
	a := w.get("/own")
	a.says(t, 200, "Own 1 was dropped. Conversations are heard as Headway comes.", "It was dropped.")
	a.hides(t, "Hear with own 1")
}
