package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// FuzzRead reads anything as the text formats would. Whatever comes: no panic,
// turns and marks that hold, and no word of a plain text lost.
func FuzzRead(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*/*.input")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		data, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>- a\n- b</v> c &amp; d <i"))
	f.Add([]byte("**A:** *x* \\[00:01\\] [b](c)\n\n**B:** __y__\n\n**A:** ?"))
	f.Add([]byte("\xff\xfea\x00\x00\xd8"))
	f.Fuzz(func(t *testing.T, data []byte) {
		batch, err := Read(File{Name: "fuzz", Data: data}, Options{Ours: []string{"Anna"}, Theirs: []string{"*"}})
		if err != nil {
			if headway.ErrorCode(err) == headway.Internal {
				t.Errorf("an error without a code: %v", err)
			}
			return
		}
		checkBatch(t, batch)
		again, err := Read(File{Name: "fuzz", Data: data}, Options{Ours: []string{"Anna"}, Theirs: []string{"*"}})
		if err != nil || show(batch, nil) != show(again, nil) {
			t.Errorf("the same bytes gave something else the second time: %v", err)
		}
	})
}

// FuzzPlainTextKeepsEveryWord reads text as the importers do that take markup
// away from nothing: each word stands in a turn, in order. Texts with a time
// before most lines are another matter.
func FuzzPlainTextKeepsEveryWord(f *testing.F) {
	f.Add([]byte("We ordered mugs.\r\nHalf of them\rcame late.\n\n\x00Why?"))
	f.Add([]byte("caf\xe9 \xc3\xa9 \xe2\x82"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _ := decode(data)
		if blank(text) || habitsOf(text[:min(len(text), headSize)]).clocked { // times become marks, they are no words
			return
		}
		r := &reading{file: File{Name: "fuzz", Data: data}, text: text}
		if err := plain.read(r); err != nil {
			t.Fatal(err)
		}
		checkBatch(t, r.batch)
		var said strings.Builder
		for _, turn := range r.batch.Conversations[0].Turns {
			said.WriteString(turn.Text.Text)
			said.WriteByte('\n')
		}
		if want, got := strings.Join(wordsOf(text), " "), strings.Join(wordsOf(said.String()), " "); want != got {
			t.Errorf("said %q, want %q", got, want)
		}
	})
}

// FuzzCaptionsKeepEveryWord reads captions whose words hold no markup: every
// one stands in a turn or a finding, or is a speaker's name.
func FuzzCaptionsKeepEveryWord(f *testing.F) {
	f.Add("Anna: hello\n\nBen: - so\n- what")
	f.Add("(Anna)\nYes\n12\nNo")
	f.Add("- Anna: one\n- two\n\nthree")
	f.Fuzz(func(t *testing.T, words string) {
		text, _ := decode([]byte("WEBVTT\n\n00:01.000 --> 00:02.000\n" + words + "\n\n00:02.000 --> 00:03.000\n" + words))
		if strings.ContainsAny(text[30:], "<>{&") || strings.Contains(text, "\nNOTE") || strings.Contains(text, "\nSTYLE") || strings.Contains(text, "\nREGION") {
			return
		}
		batch, err := Read(File{Name: "fuzz", Data: []byte(text)}, Options{})
		if err != nil {
			return
		}
		checkBatch(t, batch)
		have := kept(batch)
		for _, w := range wordsOf(strings.TrimPrefix(text, "WEBVTT")) {
			if have[w] == 0 && strings.Trim(w, "0123456789") != "" {
				t.Errorf("the word %q of %q is nowhere:\n%s", w, text, show(batch, nil))
			}
		}
	})
}

// FuzzNamedTextKeepsEveryWord reads what two people say, without markup in it.
func FuzzNamedTextKeepsEveryWord(f *testing.F) {
	f.Add("hello there", "why?\n\nfirst\nsecond")
	f.Add("Note: x", "C:\\mugs 12:30")
	f.Fuzz(func(t *testing.T, a, b string) {
		text, _ := decode([]byte("Interviewer: " + a + "\nP7: " + b + "\n"))
		if strings.ContainsAny(text, "<>{}&[]*_`\\#!,;\t|\"") {
			return
		}
		batch, err := Read(File{Name: "fuzz", Data: []byte(text)}, Options{})
		if err != nil {
			return
		}
		checkBatch(t, batch)
		have := kept(batch)
		for _, w := range wordsOf(strings.NewReplacer("Interviewer: ", "", "P7: ", "").Replace(text)) {
			if have[w] == 0 && strings.Trim(w, "0123456789") != "" {
				t.Errorf("the word %q of %q is nowhere:\n%s", w, text, show(batch, nil))
			}
		}
	})
}
