package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/quality"
)

var decideButton = regexp.MustCompile(`<button(?: class="undo")? name="(\w+)" value="([^"]+)"[^>]* aria-label="([^"]+)"`)

// decide presses the button of a transcript whose label says so.
func (w *workbench) decide(path, label string) answer {
	w.t.Helper()
	for _, b := range decideButton.FindAllStringSubmatch(w.get(path+"&plain=1").body, -1) {
		if b[3] == label {
			return w.post(strings.Replace(path, "?", "/marks?", 1), url.Values{b[1]: {b[2]}, "back": {path}})
		}
	}
	w.t.Fatalf("no button says %q", label)
	return answer{}
}

func TestEveryMarkOfATranscriptIsKeptAndDismissedByAPlainFormAndTakenBackByASecondPress(t *testing.T) {
	w := open(t)
	study := w.sealed()
	w.fake.by = "rule 1"
	c := w.fake.talks[study][0].c
	path := "/conversation/" + string(c.ID) + "?study=study1"
	last := func() headway.Operation { return w.fake.ops[len(w.fake.ops)-1] }

	done := w.decide(path, "struggle: yes")
	if op := last(); op.Deed != headway.DeedMark || op.Label != headway.Struggle || op.Verdict != headway.Kept {
		t.Fatalf("kept: %+v", op)
	}
	done.leadsTo(t, path+"#t-"+string(last().Span.Text.Turn()))
	w.get(path).says(t, 200, `data-verdict="kept"`, ">kept 1 of 1<", "kept by you")

	w.decide(path, "struggle: yes")
	if last().Verdict != headway.Undecided {
		t.Errorf("a second press: %+v", last())
	}
	w.decide(path, "assumption: not this")
	if op := last(); op.Label != headway.Assumption || op.Verdict != headway.Dismissed {
		t.Errorf("one of ours: %+v", op)
	}
	w.decide(path, "assumption: undo")
	if len(deed.NewJudgements(w.fake.ops).Labels[headway.Assumption]) != 0 {
		t.Error("the verdict was not taken back")
	}
}

func TestWhatAMemberKeptIsMarkedThoughNobodyHearsIt(t *testing.T) {
	w := open(t)
	study := w.sealed()
	c := w.fake.talks[study][0].c
	at := headway.Span{Text: c.Turns[1].Text.ID, Start: 0, End: 6}
	w.fake.ops = append(w.fake.ops, headway.Operation{Deed: headway.DeedMark, Span: at, Label: headway.Habit, Verdict: headway.Kept})
	w.get("/conversation/"+string(c.ID)+"?study=study1").says(t, 200, ">habit<", "one of us heard it")
}

func TestADismissedMarkHasNoColour(t *testing.T) {
	at := headway.Span{Text: "a.1", End: 4}
	c := &headway.Conversation{Turns: []headway.Turn{{ID: "a", Text: headway.TextVersion{ID: "a.1", Text: "work"}}}}
	hearing := headway.Hearing{Sentences: []headway.Heard{{Span: at, Side: headway.Theirs, Labels: []headway.Scored{{Label: headway.Struggle, Counted: true, By: "rule 1"}}}}}
	for verdict, want := range map[headway.Verdict]string{headway.Kept: "hue-push", headway.Dismissed: "perhaps", headway.Undecided: "hue-push"} {
		judged := deed.NewJudgements([]headway.Operation{{Deed: headway.DeedMark, Span: at, Label: headway.Struggle, Verdict: verdict}})
		html := string(newTranscript(c, hearing, judged, headway.Span{}).section(0))
		if !strings.Contains(html, `<mark class="heard `+want+`"`) {
			t.Errorf("%s: not %s in %s", verdict, want, html)
		}
	}
}

func TestListsSayHowOftenTheyAreRight(t *testing.T) {
	w := open(t)
	w.sealed()
	for range 2 { // the second time with a verdict
		form := w.get("/study/study1/said/struggle").fields(t, "/study/study1/mark")
		form.Set("verdict", "kept")
		w.fake.by = "rule 1"
		w.post("/study/study1/mark", form)
	}
	near := "ear a guess: " + quality.Stored().Pass(quality.Careful).Near.Right.Right()
	w.get("/study/study1/said/struggle").says(t, 200, "here you kept 1 of 1")
	for _, path := range []string{"/study/study1/mirror", "/study/study1/mirror.html"} {
		w.get(path).says(t, 200, "ere you kept 1 of 1", near, "nchecked: not measured", "How surely &#34;rule&#34; hears was not measured.")
	}
}

func TestWhatStandsBesideFarTurnsWaitsUntilTheyNear(t *testing.T) {
	c, hearing := long(5 * stretch)
	at := headway.Span{Text: c.Turns[4*stretch].Text.ID, End: 4}
	note := deed.Noted{Note: "n", On: headway.Passage{{Text: c.Turns[2*stretch].Text.ID, End: 4}}}
	for name, test := range map[string]struct {
		light bool
		at    headway.Span
		waits [5]bool
	}{
		"in the usual view":             {light: true, waits: [5]bool{false, false, true, true, true}},
		"beside a place that was named": {light: true, at: at, waits: [5]bool{false, false, true, false, false}},
		"in the plain view":             {},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTranscript(c, hearing, deed.Judgements{}, test.at)
			tr.light = test.light
			tr.notes = map[headway.TextID][]notedView{note.On.First().Text: {{note, "ask how often"}}}
			for i, waits := range test.waits {
				html := string(tr.section(i))
				if got := strings.Count(html, `<noscript><svg class="lanes"`); (got > 0) != waits {
					t.Errorf("section %d: beside %d turns something waits", i, got)
				}
				if n := strings.Count(html, `<li class="noted"`); n != stretch {
					t.Errorf("section %d names %d moments, want %d: without scripts all of it is there", i, n, stretch)
				}
			}
			if html := string(tr.section(2)); !strings.Contains(html, `</svg><ul class="notes"><li class="noted"`) || strings.Contains(html[:strings.Index(html, "ask how often")], "<noscript>") {
				t.Error("a member's note waits")
			}
		})
	}
}

// long gives a conversation of so many turns with a moment in each.
func long(turns int) (*headway.Conversation, headway.Hearing) {
	c, hearing := &headway.Conversation{}, headway.Hearing{}
	for i := range turns {
		text := headway.FirstText(headway.TurnID("t"+strconv.Itoa(i)), "work")
		c.Turns = append(c.Turns, headway.Turn{ID: text.ID.Turn(), Text: text})
		at := headway.Span{Text: text.ID, End: 4}
		hearing.Sentences = append(hearing.Sentences, headway.Heard{Span: at, Side: headway.Theirs, Labels: []headway.Scored{{Label: headway.Struggle, Counted: true, By: "rule 1"}}})
	}
	return c, hearing
}
