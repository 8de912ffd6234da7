package source

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// checkBatch tests what holds for every batch, whatever the file was.
func checkBatch(t *testing.T, b Batch) {
	t.Helper()
	ids := map[string]bool{}
	for _, c := range b.Conversations {
		speakers := map[headway.SpeakerID]bool{}
		for _, s := range c.Speakers {
			speakers[s.ID] = true
			if s.Side != headway.Ours && s.Side != headway.Theirs && s.Side != headway.Unknown {
				t.Errorf("speaker %q has the side %q", s.Name, s.Side)
			}
			if (s.Side == headway.Unknown) != (s.Settled == headway.Unsettled) {
				t.Errorf("speaker %q is %s, settled by %q", s.Name, s.Side, s.Settled)
			}
		}
		if c.Source != b.Source || ids[string(c.ID)] {
			t.Errorf("conversation %s: source %s, twice %v", c.ID, c.Source, ids[string(c.ID)])
		}
		ids[string(c.ID)] = true
		for _, turn := range c.Turns {
			if !speakers[turn.Speaker] || ids[string(turn.ID)] {
				t.Errorf("turn %s: unknown speaker or double id", turn.ID)
			}
			ids[string(turn.ID)] = true
			checkTurn(t, turn)
		}
	}
}

func checkTurn(t *testing.T, turn headway.Turn) {
	t.Helper()
	text := turn.Text.Text
	if strings.TrimSpace(text) == "" || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
		t.Errorf("turn text %.80q is empty, no UTF-8 or holds CR or NUL", text)
	}
	points := utf8.RuneCountInString(text)
	before := -1
	for _, m := range turn.Times {
		if m.Offset < before || m.Offset > points || m.MS < 0 {
			t.Errorf("time mark %+v after offset %d of %d points", m, before, points)
		}
		before = m.Offset
	}
	before = -1
	for _, m := range turn.Lines {
		if m.Offset < before || m.Offset > points || m.Line < 1 {
			t.Errorf("line mark %+v after offset %d of %d points", m, before, points)
		}
		before = m.Offset
	}
}

// wordsOf cuts a text into runs of letters and figures.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
}

// kept counts every word that a batch holds in turns, findings and names.
func kept(b Batch) map[string]int {
	words := map[string]int{}
	count := func(text string) {
		for _, w := range wordsOf(text) {
			words[w]++
		}
	}
	for _, f := range b.Findings {
		count(f.Text)
	}
	for _, c := range b.Conversations {
		count(c.Title)
		for _, f := range c.Findings {
			count(f.Text)
		}
		for _, s := range c.Speakers {
			count(s.Name)
		}
		for _, turn := range c.Turns {
			count(turn.Text.Text)
		}
	}
	return words
}
