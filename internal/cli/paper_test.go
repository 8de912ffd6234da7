package cli

import (
	"bytes"
	"strings"
	"testing"
)

func TestNoLineIsWiderThanThePaper(t *testing.T) {
	for _, text := range []string{
		"short",
		strings.Repeat("a sentence of ordinary words ", 40),
		strings.Repeat("x", 500),
		"before " + strings.Repeat("y", 200) + " after",
		strings.Repeat("日本語の長い文章", 30),
		strings.Repeat("e\u0301", 120),
	} {
		for _, width := range []int{40, 80, 120} {
			var page bytes.Buffer
			p := &paper{w: &page, width: width}
			p.par(4, 8, run{bold, "label:"}, run{theirs, text})
			for line := range strings.Lines(page.String()) {
				if n := cells(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("a line of %d cells on paper of %d: %q", n, width, line)
				}
			}
			if got, want := letters(page.String()), letters("label:"+text); got != want {
				t.Errorf("wrapping at %d changed the words:\n got %q\nwant %q", width, got, want)
			}
		}
	}
}

func letters(s string) string { return strings.Join(strings.Fields(s), "") }

func TestWordsFromAFileDoNotSteerTheTerminal(t *testing.T) {
	var page bytes.Buffer
	p := &paper{w: &page, width: 80}
	p.par(0, 0, run{theirs, "\x1b[2Jgone\x07 \u202ereversed\u202c \u009b31m\rback\u2066"})
	if got, want := page.String(), "[2Jgone reversed 31m back\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestAClippedSentenceSaysSo(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want string
	}{
		{"it fits", 10, "it fits"},
		{"it  is\nset in one line", 40, "it is set in one line"},
		{"it does not fit here", 12, "it does not…"},
		{strings.Repeat("z", 20), 6, "zzzzz…"},
		{"", 5, ""},
	} {
		if got := clipped(c.text, c.room); got != c.want {
			t.Errorf("clipped(%q, %d) = %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

func TestCountsAreWorded(t *testing.T) {
	for _, c := range []struct {
		n     int
		thing string
		want  string
	}{
		{1, "file", "1 file"}, {0, "file", "0 files"}, {1204, "word", "1,204 words"},
		{21_100_000, "word", "21,100,000 words"}, {2, "person", "2 people"}, {2, "more kind", "2 more kinds"},
	} {
		if got := count(c.n, c.thing); got != c.want {
			t.Errorf("count(%d, %q) = %q, want %q", c.n, c.thing, got, c.want)
		}
	}
}

func TestWhatIsSuggestedCanBePastedIntoAShell(t *testing.T) {
	for word, want := range map[string]string{
		"calls/a.vtt": "calls/a.vtt", "Marta Veen": "'Marta Veen'", "*": "'*'",
		"O'Neill": `'O'\''Neill'`, "$(rm)": "'$(rm)'", "José": "José",
	} {
		if got := shellWord(word); got != want {
			t.Errorf("shellWord(%q) = %q, want %q", word, got, want)
		}
	}
}
