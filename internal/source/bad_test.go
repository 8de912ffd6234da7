package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestWhatIsNoConversationIsRefusedWithAnAdvice(t *testing.T) {
	for _, test := range []struct{ name, data, says string }{
		{"an empty file", "", "empty"},
		{"a file of blanks", " \r\n\t\n", "empty"},
		{"a byte order mark alone", "\xef\xbb\xbf\n", "no words"},
		{"a picture named .vtt", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG picture, refused: give the words"},
		{"a recording", "\x00\x00\x00\x20ftypM4A \x00\x00", "transcribed first"},
		{"an old Word document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "save it as .docx"},
		{"a rich text file", `{\rtf1\ansi Hello}`, "RTF document, refused: save it as .docx or .txt"},
		{"bytes of no known kind", strings.Repeat("\x01\x02\x03\x00\x07abc", 40), "no text"},
		{"SubStation captions", "[Script Info]\nTitle: x\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,Hello", "export it as VTT or SRT"},
		{"TTML captions", `<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><p>Hello</p></body></tt>`, "export it as VTT or SRT"},
		{"EBU captions", "850STL25.01" + strings.Repeat("\x00", 100), "export it as VTT or SRT"},
		{"captions without a cue", "WEBVTT\n\n", "no caption"},
		{"captions without a word", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "no words"},
	} {
		t.Run(test.name, func(t *testing.T) {
			batch, err := Read(File{Name: "call.vtt", Data: []byte(test.data)}, Options{})
			if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("read %d conversations, error %q (%s), want one that is invalid and says %q", len(batch.Conversations), err, headway.ErrorCode(err), test.says)
			}
		})
	}
}

// The same words however the bytes spell them.
func TestEveryEncodingGivesTheSameWords(t *testing.T) {
	const text = "WEBVTT\n\n00:01.000 --> 00:02.000\nMarta: Caf\u00e9 M\u00fcller, \u20ac 12.\n\n00:02.000 --> 00:03.000\nMarta: Really?\n"
	points := utf16.Encode([]rune(text))
	le, be := []byte{}, []byte{}
	for _, p := range points {
		le, be = binary.LittleEndian.AppendUint16(le, p), binary.BigEndian.AppendUint16(be, p)
	}
	cp1252 := strings.NewReplacer("\u00e9", "\xe9", "\u00fc", "\xfc", "\u20ac", "\x80").Replace(text)
	for name, data := range map[string]string{
		"UTF-8":                          text,
		"UTF-8 with a byte order mark":   "\ufeff" + text,
		"UTF-16, little end first":       "\xff\xfe" + string(le),
		"UTF-16, big end first":          "\xfe\xff" + string(be),
		"UTF-16 without byte order mark": string(le),
		"windows-1252":                   cp1252,
		"CRLF":                           strings.ReplaceAll(text, "\n", "\r\n"),
		"CR alone":                       strings.ReplaceAll(text, "\n", "\r"),
	} {
		t.Run(name, func(t *testing.T) {
			batch, err := Read(File{Name: "call", Data: []byte(data)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkBatch(t, batch)
			c := batch.Conversations[0]
			if diff := cmp.Diff("Café Müller, € 12. Really?", c.Turns[0].Text.Text); diff != "" {
				t.Error(diff)
			}
			if said := len(c.Findings) == 1; said != (name == "windows-1252") {
				t.Errorf("findings %v", c.Findings)
			}
		})
	}
}

func TestControlCharactersPartWordsAndAreFound(t *testing.T) {
	batch, err := Read(File{Data: []byte("We bought\x00four hundred\x07mugs in May, all of them white.\x0cNext page\x85.")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := batch.Conversations[0]
	want := "We bought four hundred mugs in May, all of them white.\nNext page…."
	if diff := cmp.Diff(want, c.Turns[0].Text.Text); diff != "" {
		t.Error(diff)
	}
	if len(c.Findings) != 2 {
		t.Errorf("findings %v, want one for the encoding and one for the control characters", c.Findings)
	}
}

func TestALineOfTwoMillionCharactersIsRead(t *testing.T) {
	for name, data := range map[string]string{
		"plain":               strings.Repeat("mug ž ", 400_000),
		"of stars":            "**Anna:** " + strings.Repeat("*a _b [c](d) ", 150_000) + "\n**Ben:** Yes?\n",
		"of brackets":         "**Anna:** " + strings.Repeat("[[", 1_000_000) + "\n**Ben:** Yes?\n",
		"of tags":             "WEBVTT\n\n00:01.000 --> 00:02.000\n" + strings.Repeat("<i>mug <", 250_000),
		"of open tags":        "WEBVTT\n\n00:01.000 --> 00:02.000\nmug" + strings.Repeat("<", 2_000_000),
		"of entities":         "WEBVTT\n\n00:01.000 --> 00:02.000\n" + strings.Repeat("&amp;&", 330_000),
		"of colons":           strings.Repeat("Anna: ", 330_000) + "\nAnna: a\nBen: b",
		"without line breaks": "{\"segments\":[" + strings.Repeat(`{"start":1,"text":"mug"},`, 80_000) + `{"start":2,"text":"end"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			batch, err := Read(File{Name: name, Data: []byte(data)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkBatch(t, batch)
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("took %v: not linear", took)
			}
		})
	}
}

// 200 MB are read in memory that grows with the text and not faster; were the
// time to grow faster, the test would never end.
func TestTextOf200MegabytesIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("200 MB of text take some seconds")
	}
	const size = 200 << 20
	for _, test := range []struct{ name, line string }{
		{"Markdown", "**Anna Berg:** How many mugs did you order in May, and who was it that asked for them?\n\n**Jan Ozols:** " + strings.Repeat("Four hundred, and the choir did. ", 12) + "\n\n"},
		{"plain", "We ordered four hundred mugs in May and half of them came upside down.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := bytes.Repeat([]byte(test.line), size/len(test.line))
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			started := time.Now()
			batch, err := Read(File{Name: "long", Data: data}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(started)
			runtime.ReadMemStats(&after)
			points := 0
			for _, turn := range batch.Conversations[0].Turns {
				points += utf8.RuneCountInString(turn.Text.Text)
			}
			held := after.Sys >> 20
			t.Logf("%d turns, %d MB of words in %v, %d MB taken from the system", len(batch.Conversations[0].Turns), points>>20, took, held)
			if points < size/2 {
				t.Errorf("only %d of %d characters were kept", points, size)
			}
			if held > 6<<10 {
				t.Errorf("took %d MB from the system", held)
			}
		})
	}
}

func TestWhatIsReadTwiceIsTheSame(t *testing.T) {
	data := []byte("Marta: How did you find us?\nJan: Through the choir.\nMarta: When?\nJan: In May.")
	first, err1 := Read(File{Name: "a.txt", Data: data}, Options{})
	second, err2 := Read(File{Name: "a.txt", Data: data}, Options{})
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

func TestAFilesNameIsShownAndNothingElse(t *testing.T) {
	const name = `C:\Users\jan\calls\first.docx`
	batch, err := Read(File{Name: name, Data: []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nhello")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c := batch.Conversations[0]; c.File != name || c.Format != "vtt" {
		t.Errorf("file %q of format %s", c.File, c.Format)
	}
	other, err := Read(File{Name: "second.txt", Data: []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nhello")}, Options{})
	if err != nil || other.Conversations[0].ID != batch.Conversations[0].ID {
		t.Errorf("the same bytes under another name are another conversation (%v)", err)
	}
}
