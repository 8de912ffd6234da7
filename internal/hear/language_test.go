package hear_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/realdata"
)

// Nearly every one: the shortest answers are words of several languages.
func TestSentencesOfTenLanguagesAreNotHeardAndEnglishOnesAre(t *testing.T) {
	text, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var told, all int
	for line := range strings.Lines(string(text)) {
		language, sentence, _ := strings.Cut(strings.TrimSpace(line), " ")
		if language == "#" {
			continue
		}
		english := hear.English(hear.Row{Sentence: sentence})
		switch {
		case language == "en" && !english:
			t.Errorf("%q is taken for another language", sentence)
		case language != "en":
			if all++; !english {
				told++
			} else {
				t.Logf("%s %q is taken for English", language, sentence)
			}
		}
	}
	if all < 200 || told < all*95/100 {
		t.Errorf("%d of %d sentences in other languages are told, want 95 of 100", told, all)
	}
}

// Interviews, survey answers, a podcast, and what we wrote, in English throughout.
func TestHardlyAnEnglishSentenceIsTakenForAnotherLanguage(t *testing.T) {
	for _, files := range []string{"*.tsv", "invented/*.tsv"} {
		names, err := filepath.Glob(filepath.Join(realdata.Path(t, "labels"), filepath.FromSlash(files)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%d files: %v", len(names), err)
		}
		sentences, wrong := 0, 0
		for _, name := range names {
			table, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")
			at := slices.Index(strings.Split(lines[0], "\t"), "sentence")
			for _, line := range lines[1:] {
				sentences++
				if sentence := strings.Split(line, "\t")[at]; !hear.English(hear.Row{Sentence: sentence}) {
					wrong++
					t.Logf("%q", sentence)
				}
			}
		}
		if sentences < 8000 || 1000*wrong > sentences {
			t.Errorf("%s: %d of %d sentences, want one in a thousand at most", files, wrong, sentences)
		}
	}
}

func TestARowThatTellsNothingGoesWithWhatStoodBeforeIt(t *testing.T) {
	for _, r := range []struct {
		row     hear.Row
		english bool
	}{
		{hear.Row{Sentence: "42", Question: "Wie oft machen Sie das?"}, false},
		{hear.Row{Sentence: "42", Question: "How often do you do that?"}, true},
		{hear.Row{Sentence: "42"}, true},
		{hear.Row{Sentence: "👍", Before: "Das war sehr gut."}, false},
		{hear.Row{Sentence: "I stopped.", Before: "Das war sehr gut.", Question: "Warum nicht?"}, true},
		{hear.Row{}, true},
	} {
		if got := hear.English(r.row); got != r.english {
			t.Errorf("%q after %q and %q: English %v, want %v", r.row.Sentence, r.row.Question, r.row.Before, got, r.english)
		}
	}
}

func TestInAConversationOfTwoLanguagesOnlyTheOtherIsUnheard(t *testing.T) {
	for _, pass := range []func(*headway.Conversation) headway.Hearing{hear.Conversation, hear.Carefully} {
		h := pass(said(
			"Ivo: How do you count the boxes today?",
			"Petra: Wir zählen jeden Freitag von Hand. It is so annoying, I hate it.",
			"Ivo: What happened the last time you did that?",
			"Petra: Ja, genau.",
			"Petra: Hm. 42.",
			"Ivo: Can you say that in English?",
			"Petra: Das weiß ich nicht.",
		))
		var unheard []int
		for i, s := range h.Sentences {
			if s.Unheard != "" {
				unheard = append(unheard, i)
				if s.Unheard != hear.NotEnglish || len(s.Labels) > 0 {
					t.Errorf("sentence %d: %q, with labels %v", i, s.Unheard, s.Labels)
				}
			}
		}
		if diff := cmp.Diff([]int{1, 4, 5, 6, 8}, unheard); h.Unheard != "" || diff != "" {
			t.Errorf("conversation %q, sentences unheard:\n%s", h.Unheard, diff)
		}
		if !h.Sentences[0].IsQuestion() {
			t.Error("the English question is not heard")
		}
	}
}

func TestASurveyWhoseAnswersAreForeignIsHeardInItsHeadersOnly(t *testing.T) {
	c := said("Ivo: What did you do before you had this mug, and why did you stop?", "Petra: Nichts.", "Ivo: Anything else that you would like to tell us?", "Petra: Zu teuer.")
	c.Genre = headway.Survey
	h := hear.Conversation(c)
	for i, s := range h.Sentences {
		if foreign := s.Side == headway.Theirs; foreign != (s.Unheard != "") {
			t.Errorf("sentence %d is unheard %q", i, s.Unheard)
		}
	}
}
