package mirror

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference")

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s, -want +got:\n%s", file, diff)
	}
}

// TestTheMirrorOfTheFair writes the mirror of three invented customers out as
// a person would read it.
func TestTheMirrorOfTheFair(t *testing.T) {
	d := fairDesk(t)
	d.judge(d.guesses[1].ID, "Otherwise I would have ordered pens again.", headway.Supports)
	d.choices.PerSlot = 3
	golden(t, "testdata/fair.txt", d.read())
}

func (d *desk) read() string {
	m := d.mirror()
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	words := func(s headway.Span) string { return d.texts.Quote(s).String() }

	say("%d people in %d conversations, %d in which one could ask\n\nYOU SAID", m.N, m.Conversations, m.CouldAsk)
	for _, h := range m.YouSaid {
		say("%s: %s\n  %s; raised by them %d, by us %d", Name(h.Guess.Slot), h.Guess.Text, h.Sentence(), h.RaisedByThem, h.RaisedByUs)
		for _, l := range h.Nearest {
			say("  %.3f %s (%s) %s %s", l.Score, words(l.Span), l.Name, l.Kind, l.Verdict)
		}
	}
	say("\nTOOK FOR GRANTED, %d never tested", m.NeverTested)
	for _, a := range m.TookGranted {
		say("  %s: %s / %s", a.Candidate, words(a.Span), words(a.Next))
	}
	say("\nBEGAN TO SOLVE")
	for _, f := range m.First {
		say("  %s: %s at turn %d of %d, spoken %v, played back %v: %s", f.File, f.Act, f.Turn, f.Turns, f.Spoken, f.PlayedBack, words(f.Span))
	}
	say("\nTHEY SAID")
	for _, a := range m.TheySaid.After {
		say("  %s asked for %q, is after %q, solved when %q, measure asked %v", a.Name, words(a.AskedFor), words(a.IsAfter), words(a.SolvedWhen), a.MeasureAsked)
	}
	for _, s := range m.TheySaid.Slots {
		say("%s, %d people, %d sentences %v", Words(s.Kind).Said, s.People, s.Total, s.Words)
		for _, l := range s.Lines {
			say("  %s (%s) unasked %v, surprise %v", words(l.Span), l.Name, l.Unasked, l.Surprise)
		}
	}
	say("\nNOBODY ASKED")
	for _, g := range m.NobodyAsked {
		say("  %s", g.Sentence())
	}
	say("\nNEXT\n%s\nPLAY-BACK\n%s", QuestionsText(m), PlayBackText(m, d.texts))
	return b.String()
}

// pageExample stands around the report in the page that describes it.
const (
	page         = "../../docs/mirror-json.md"
	exampleStart = "```json\n"
	exampleEnd   = "```\n"
)

// TestThePageShowsTheReportAsItIs keeps the example in the docs true.
func TestThePageShowsTheReportAsItIs(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Measure, "They count how many mugs are left over in the evening")
	d.hear("ana.txt", `
		us q-open,asks:measure: How did you know it was worth it?
		Ana measure: By evening not one mug was left over.
		us pitch: Our new mug changes colour.`)
	var report bytes.Buffer
	enc := json.NewEncoder(&report)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(NewReport(d.mirror(), d.parts, d.texts)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), exampleStart)
	_, after, closed := strings.Cut(rest, "\n"+exampleEnd)
	if !found || !closed {
		t.Fatalf("%s has no example", page)
	}
	golden(t, page, before+exampleStart+report.String()+exampleEnd+after)
}

// TestThePageNamesEveryFieldOfTheReport finds fields nobody described.
func TestThePageNamesEveryFieldOfTheReport(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	described, _, _ := strings.Cut(string(text), exampleStart)
	d := fairDesk(t)
	d.judge(d.guesses[1].ID, "Otherwise I would have ordered pens again.", headway.Supports)
	d.study.About = headway.OneCustomer
	report, err := json.Marshal(NewReport(d.mirror(), d.parts, d.texts))
	if err != nil {
		t.Fatal(err)
	}
	var fields any
	if err := json.Unmarshal(report, &fields); err != nil {
		t.Fatal(err)
	}
	for name := range fieldNames(fields) {
		if !strings.Contains(described, "`"+name+"`") {
			t.Errorf("%s does not describe `%s`", page, name)
		}
	}
}

func fieldNames(v any) map[string]bool {
	names := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for name, e := range v {
				names[name] = true
				walk(e)
			}
		}
	}
	walk(v)
	return names
}
