package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// stripOf gives the strip of an invented conversation in the fake's format.
func stripOf(t *testing.T, script string) *conductView {
	t.Helper()
	talk := converse(source.File{Name: "one.txt", Data: []byte(script)})
	return viewConduct("study1", &talk.c, talk.h)
}

func TestTheStripSaysWhatWasHeardAndWhatWasNot(t *testing.T) {
	const nothing = "Jan (us): {ack} Good morning.\nPetra: Good morning."
	for name, test := range map[string]struct {
		script string
		part   string
		want   string
	}{
		"no request":                       {nothing, "orders", "No request of theirs was surely heard."},
		"an order taken":                   {"Petra: {request} I need a dark mode.\nJan (us): {pitch} Our new version has one.", "orders", "1 request: 1 taken as an order."},
		"requests met each in its own way": {"Petra: {request} I need a dark mode.\nJan (us): {ack} Right.\nPetra: {request} And a big font.\nJan (us): {q-open, asks:struggle} What is hard to read?", "orders", "2 requests: 1 only noted, 1 explored."},
		"no concern":                       {nothing, "concerns", "No struggle or doubt of theirs was surely heard."},
		"a concern dropped":                {"Petra: {anxiety} I fear it leaks.\nJan (us): {q-closed, asks:decision} Who signs the order?", "concerns", "1 concern: 1 dropped by us."},
		"a concern asked about":            {"Petra: {anxiety} I fear it leaks.\nJan (us): {q-open, asks:anxiety} What would a leak do?", "concerns", "1 concern: 1 asked about."},
		"a concern given back":             {"Petra: {anxiety} I fear it leaks.\nJan (us): {playback} So secrets must stay secret.", "concerns", "1 concern: 1 only given back."},
		"no story":                         {nothing, "stories", "None was heard."},
		"stories of both sorts":            {"Jan (us): {story-own} When I ran a shop I lost a pallet.\nPetra: Oh.\nJan (us): {story-other} A client lost two.", "stories", "1 of our own, 1 of somebody else."},
		"no solution":                      {nothing, "solution", "No pitch or advice of ours was heard."},
		"a solution before anything":       {"Jan (us): {advice} You should count weekly.\nPetra: Hm.", "solution", "Turn 1 of 2, 00:00: advice. Before it we had surely heard 0 of the 11 kinds, and given back 0."},
		"a solution after a play-back":     {"Petra: {struggle} I count by hand.\nJan (us): {playback} By hand, then.\nPetra: Yes.\nJan (us): {pitch} Our module counts.", "solution", "Turn 4 of 4, 01:00: a pitch. Before it we had surely heard 1 of the 11 kinds, and given back 1."},
	} {
		t.Run(name, func(t *testing.T) {
			for _, p := range stripOf(t, test.script).Parts {
				if got := p.Where + p.Sentence; p.ID == test.part && got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestAConcernTellsItsWay(t *testing.T) {
	c := mirror.Concern{Kind: headway.Anxiety, Asked: 1, Pursued: make([]headway.Span, 2), Unasked: true,
		Told: []headway.Label{headway.Situation, headway.Motivation}, Ended: mirror.WeSolved, Words: 14, Next: 40}
	want := "Doubt, asked about over 2 turns of ours; they raised it unasked; then told: situation, aim; then we offered; said in 14 words, their next turn has 40."
	if got := concernNote(c, stateOf(c)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTheStripIsSilentWhereNobodyLed(t *testing.T) {
	if v := stripOf(t, "Petra: {struggle} I count by hand."); v != nil {
		t.Errorf("got %+v", v)
	}
	w := open(t)
	w.fake.studies = append(w.fake.studies, headway.Study{ID: "study1", Phase: headway.Skipped})
	w.upload("/study/study1/evidence", map[string]string{"review.txt": "Petra: {struggle} I count by hand.", "open.txt": "Petra (?): I count by hand."}, nil)
	for _, talk := range w.fake.talks["study1"] {
		want := "how we led it is no question here"
		if talk.c.File == "open.txt" {
			want = "once it is settled who is one of us"
		}
		a := w.get("/conversation/" + string(talk.c.ID))
		a.says(t, 200, want)
		a.hides(t, `id="led"`)
	}
}

func TestTheTopicsAreCountedOfAllTurnsAndDrawnInOrder(t *testing.T) {
	v := stripOf(t, "Jan (us): {pitch} It shines.\nPetra: {request} I need a lid.\nJan (us): {q-open, asks:measure} When is it good?\nPetra: {measure} When nothing drips.\nJan (us): {ack} Right.")
	if v.Ours != 3 || v.Theirs != 2 || v.FirstSolution != 1 {
		t.Errorf("turns %d and %d, solution at %v", v.Ours, v.Theirs, v.FirstSolution)
	}
	want := []struct {
		name         string
		ours, theirs int
		turns        []int
	}{{"What they are after", 1, 1, []int{3, 4}}, {"Their situation", 0, 0, nil}, {"What we offer", 1, 1, []int{1, 2}}}
	for i, w := range want {
		row := v.Topics[i]
		if row.Name != w.name || row.Ours != w.ours || row.Theirs != w.theirs || len(row.Turns) != len(w.turns) || len(row.Marks) != len(w.turns) {
			t.Fatalf("got %+v, want %+v", row, w)
		}
		for j, n := range w.turns {
			if row.Turns[j].N != n || row.Marks[j].Ours != (n%2 == 1) || row.Marks[j].X < 0 || row.Marks[j].X > 100 {
				t.Errorf("got %+v, want turn %d", row.Marks[j], n)
			}
		}
	}
	if o := v.Otherwise; o.Asked || o.Perhaps || o.Turn.N != 0 {
		t.Errorf("nobody asked the counterfactual: %+v", o)
	}
}

func TestALongConversationIsLedInOnlySoFar(t *testing.T) {
	v := stripOf(t, strings.Repeat("Petra: {request} I need a lid.\nJan (us): {pitch} We have lids.\n", 600))
	if row := v.Topics[2]; len(row.Marks) != 0 || len(row.Turns) != linksShown || row.More != 1200-linksShown {
		t.Errorf("%d marks, %d turns, %d more", len(row.Marks), len(row.Turns), row.More)
	}
	if p := v.Parts[0]; len(p.Rows) != rowsShown || p.More != 600-rowsShown {
		t.Errorf("%d rows, %d more", len(p.Rows), p.More)
	}
}

var (
	ledLink = regexp.MustCompile(`<a (?:class="ours" )?href="([^"]*)"`)
	turnID  = regexp.MustCompile(`id="(t-[^"]+)"`)
)

func TestEveryClaimOfTheStripLeadsToATurn(t *testing.T) {
	w := open(t)
	w.sealed()
	a := w.get("/conversation/" + string(w.conversation("study1")) + "?study=study1")
	a.says(t, 200, "How we led it", "What the turns are about", "Orders taken", "Concerns", "Stories of ours", "First solution",
		"Nobody asked what they did or would have done otherwise.", ">Turn 5 of 8, 01:20<", "No words of ours follow.", "checked by nobody")
	_, after, _ := strings.Cut(a.body, `<section class="led"`)
	led, _, _ := strings.Cut(after, "</section>")
	turns := map[string]bool{}
	for _, m := range turnID.FindAllStringSubmatch(a.body, -1) {
		turns[m[1]] = true
	}
	links := ledLink.FindAllStringSubmatch(led, -1)
	if len(links) < 8 {
		t.Errorf("only %d links:\n%s", len(links), led)
	}
	for _, link := range links {
		to, err := url.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
		if err != nil || !turns[to.Fragment] {
			t.Errorf("%s leads to no turn of the page", link[1])
		}
	}
}
