package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

func TestTheReport(t *testing.T) {
	for _, c := range []struct {
		name           string
		width, perSlot int
		guesses        []string
	}{
		{name: "first-screen-80", width: 80, guesses: []string{"measure=it saves them money", "alternative=they would have asked somebody in the family, a brother"}},
		{name: "first-screen-120", width: 120, guesses: []string{"measure=it saves them money", "alternative=they would have asked somebody in the family, a brother"}},
		{name: "whole-100", width: 100, perSlot: 2, guesses: []string{"alternative=they would have asked somebody in the family, a brother"}},
		{name: "no-guess-80", width: 80},
	} {
		t.Run(c.name, func(t *testing.T) {
			compareGolden(t, c.name+".golden", printed(t, c.width, c.perSlot, c.guesses))
		})
	}
}

func TestTheFirstScreenHoldsAtMostTwelveSentences(t *testing.T) {
	for _, guesses := range [][]string{nil, {"measure=it saves them money"}, {
		"situation=they have just moved", "struggle=holes in concrete", "measure=minutes a hole",
		"alternative=a brother", "anxiety=breaking it", "motivation=shelves",
	}} {
		page := printed(t, 120, 0, guesses)
		sentences := strings.Count(page, "“") + strings.Count(page, "nobody asked ") + strings.Count(page, "  1. ") + strings.Count(page, "  2. ")
		if sentences > firstScreen {
			t.Errorf("with %d guesses the first screen holds %d sentences, at most %d are wanted:\n%s", len(guesses), sentences, firstScreen, page)
		}
	}
}

func TestAGapThatIsOnlyPerhapsOneNamesTheQuestionInDoubt(t *testing.T) {
	d := headway.NewDraft("by hand", "calls/piet.vtt")
	text := d.Say("Marta", "And was it worth it?").Text
	gap := mirror.Gap{Slot: headway.Measure, N: 1, Perhaps: 1, Doubtful: []mirror.Doubt{{Question: text.SpanOf(headway.NewRuler(text.Text), 0, len(text.Text))}}}
	var page bytes.Buffer
	r := &report{paper: &paper{w: &page, width: 100}, Glance: flow.Glance{
		Texts:  mirror.Texts{text.ID: text},
		Mirror: mirror.Mirror{NobodyAsked: []mirror.Gap{gap}},
	}}
	r.nobodyAsked()
	if !strings.Contains(page.String(), "perhaps asked in 1 of 1 how they know it worked\n    “And was it worth it?” (us, ") {
		t.Errorf("the question is not named:\n%s", page.String())
	}
}

func printed(t *testing.T, width, perSlot int, pairs []string) string {
	t.Helper()
	guesses, err := readGuesses(pairs)
	if err != nil {
		t.Fatal(err)
	}
	glance := heardByHand(t, guesses, mirrorAsk{perSlot: perSlot}.choices())
	var page bytes.Buffer
	r := &report{paper: &paper{w: &page, width: width}, Glance: glance, places: newPlaces(glance.Conversations), paths: []string{"calls/"}, perSlot: perSlot}
	r.write()
	return page.String()
}

// heardByHand makes the mirror of testdata/report/talks.txt.
func heardByHand(t *testing.T, guesses []headway.Guess, ch mirror.Choices) flow.Glance {
	t.Helper()
	text, err := os.ReadFile("testdata/report/talks.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, talks, _ := strings.Cut(string(text), "== ")
	g := flow.Glance{Texts: mirror.Texts{}}
	for _, talk := range strings.Split(talks, "== ") {
		file, lines, _ := strings.Cut(talk, "\n")
		c, h := byHand(t, file, strings.Split(strings.TrimSpace(lines), "\n"))
		g.Conversations = append(g.Conversations, *c)
		g.Parts = append(g.Parts, mirror.Look(c, h, guesses))
		for _, turn := range c.Turns {
			g.Texts[turn.Text.ID] = turn.Text
			g.Progress.Words += len(strings.Fields(turn.Text.Text))
		}
	}
	g.Mirror = mirror.Join(headway.Study{}, guesses, g.Parts, deed.NewJudgements(nil), ch)
	return g
}

func byHand(t *testing.T, file string, lines []string) (*headway.Conversation, headway.Hearing) {
	t.Helper()
	d := headway.NewDraft("by hand", file)
	h := headway.Hearing{Conversation: d.Conversation().ID, Version: "by hand"}
	for i, line := range lines {
		cells := strings.Split(line, " | ")
		if len(cells) != 5 {
			t.Fatalf("%s: %q has %d cells, want 5", file, line, len(cells))
		}
		side := headway.Side(cells[2])
		d.Speaker(cells[1]).Side = side
		turn := d.Say(cells[1], cells[4])
		if seconds, err := strconv.Atoi(cells[0]); err == nil {
			turn.Times = []headway.TimeMark{{MS: int64(seconds) * 1000}}
		}
		heard := headway.Heard{Turn: i, Side: side, Span: turn.Text.SpanOf(headway.NewRuler(turn.Text.Text), 0, len(turn.Text.Text))}
		for _, label := range strings.Fields(strings.TrimSuffix(cells[3], "-")) {
			heard.Labels = append(heard.Labels, headway.Scored{Label: headway.Label(label), Score: .9, Counted: true, By: "rule"})
		}
		h.Sentences = append(h.Sentences, heard)
	}
	c := d.Conversation()
	c.File, c.Format, c.Genre = file, "vtt", headway.Interview
	return c, h
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "report", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if it should:\n%s", name, diff)
	}
}
