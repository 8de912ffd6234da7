package segment_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/headway-oss/headway/internal/segment"
)

var update = flag.Bool("update", false, "rewrite testdata")

// Every file of testdata/sentences holds pairs NAME.in and NAME.want; want has
// one sentence a line, its line feeds written as ⏎.
func TestSentencesAreCutAsTheFilesShow(t *testing.T) {
	files, err := filepath.Glob("testdata/sentences/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata/sentences: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			in, want := archive.Files[i], &archive.Files[i+1]
			name := strings.TrimSuffix(in.Name, ".in")
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
				got := shown(strings.TrimSuffix(string(in.Data), "\n"))
				if *update {
					want.Data = []byte(got)
				}
				if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Error(diff)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func shown(text string) string {
	var b strings.Builder
	for _, p := range segment.Sentences(text) {
		b.WriteString(strings.ReplaceAll(p.Trim(text).Of(text), "\n", "⏎"))
		b.WriteByte('\n')
	}
	return b.String()
}

func TestWordsKeepApostrophesAndSplitCompounds(t *testing.T) {
	for text, want := range map[string]string{
		"Don't re-key it by 5 o'clock!":         "Don't|re|key|it|by|5|o'clock",
		"we’ve 'quoted' the boys' room":         "we’ve|quoted|the|boys|room",
		"Überstunden, naïve café":               "Überstunden|naïve|café",
		"在庫 を数える abc":                           "在|庫|を|数|え|る|abc",
		"مرحبا بالعالم 3,50":                    "مرحبا|بالعالم|3|50",
		"":                                      "",
		" -- … 😀 ":                              "",
		"e\u0301tude and the trailing dash - '": "e\u0301tude|and|the|trailing|dash",
	} {
		var got []string
		for _, p := range segment.Words(text) {
			got = append(got, p.Of(text))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("words of %q are %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}

func TestFormsOfAWordShareAStem(t *testing.T) {
	for _, forms := range [][]string{{"counting", "Counted", "counts"}, {"invoice", "invoices", "invoicing"}, {"worried", "worries", "worry"}} {
		for _, form := range forms[1:] {
			if segment.Stem(form) != segment.Stem(forms[0]) {
				t.Errorf("%s and %s have stems %s and %s", form, forms[0], segment.Stem(form), segment.Stem(forms[0]))
			}
		}
	}
}

func TestCommonWordsAreStopWordsInAnyCase(t *testing.T) {
	for _, word := range []string{"the", "The", "DON'T", "yeah"} {
		if !segment.IsStop(word) {
			t.Errorf("%q should be a stop word", word)
		}
	}
	for _, word := range []string{"invoice", "spreadsheet", "Friday", ""} {
		if segment.IsStop(word) {
			t.Errorf("%q should not be a stop word", word)
		}
	}
}

func TestLongSpeechIsCutWhereTheStoryGoesOn(t *testing.T) {
	clause := "so we take the pallet out of the truck and weigh it on the old scale by the gate "
	text := strings.Repeat(clause, 12)
	pieces := segment.Sentences(text)
	if len(pieces) < 3 {
		t.Fatalf("%d pieces of %d words, want at least 3", len(pieces), len(segment.Words(text)))
	}
	for _, p := range pieces {
		if !strings.HasPrefix(p.Of(text), "so ") {
			t.Errorf("a piece starts with %.20q, want a word that carries on", p.Of(text))
		}
	}
}

func TestAVeryLongLineIsCutInLinearTime(t *testing.T) {
	for _, unit := range []string{"word ", ".", "a.", "- A ", "\n ", "?!", "1. "} {
		text := strings.Repeat(unit, 1_000_000/len(unit))
		if got := joined(text, segment.Sentences(text)); got != text {
			t.Errorf("pieces of repeated %q do not join to the text", unit)
		}
	}
}

func FuzzSentencesTileTheText(f *testing.F) {
	for _, seed := range []string{
		"We count by hand. Every Friday.", "a\n\nb\n- c\n- d", "\"Why?\" he asked. 3.50 e.g. this… no?! 😀 ok",
		"- a -B - C", "שלום. מה שלומך? טוב", "在庫です。次。", "\xff\xfe.\n", "\u00a0. \u00a0", strings.Repeat("so it goes ", 90),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces := segment.Sentences(text)
		if joined(text, pieces) != text {
			t.Fatal("the pieces do not join to the text")
		}
		checkPieces(t, text, pieces)
	})
}

func FuzzWordsLieInsideTheTextInOrder(f *testing.F) {
	for _, seed := range []string{"don't re-key", "’’a’’", "漢字kana", "\xffa\xff", "e\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := segment.Words(text)
		checkPieces(t, text, words)
		for _, w := range words {
			segment.Stem(w.Of(text))
			segment.IsStop(w.Of(text))
		}
	})
}

func joined(text string, pieces []segment.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Of(text))
	}
	return b.String()
}

// checkPieces holds what every list of pieces promises: none empty, in order,
// none overlapping, all on rune borders.
func checkPieces(t *testing.T, text string, pieces []segment.Piece) {
	t.Helper()
	end := 0
	for _, p := range pieces {
		if p.Start < end || p.End <= p.Start || p.End > len(text) {
			t.Fatalf("piece %v after byte %d of %d", p, end, len(text))
		}
		if utf8.ValidString(text) && (!utf8.RuneStart(text[p.Start]) || p.End < len(text) && !utf8.RuneStart(text[p.End])) {
			t.Fatalf("piece %v is not on rune borders", p)
		}
		end = p.End
	}
}

const spoken = "So we had, what, 3.50 per pallet? Dr. Hale said it wouldn't do; I mean, e.g. the Tuesday run was always late... And then nobody called. \"Not my job,\" he said.\n\nYou know, we count by hand every Friday because the system's numbers don't match what's in the yard. "

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat(spoken, 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		segment.Sentences(text)
	}
}

func BenchmarkAppendWords(b *testing.B) {
	text := strings.Repeat(spoken, 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var words []segment.Piece
	for b.Loop() {
		words = segment.AppendWords(words[:0], text)
	}
}
