package embed_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/realdata"
)

// The files of testdata that hold the reference's pieces are written by
// tools/distill.

func TestRealSentencesAreReadAsByTheReference(t *testing.T) {
	sentences := drawSentences(t, 10_000)
	hundreds := strings.Fields(readTestdata(t, "sentences.txt"))
	if len(hundreds) != 100 {
		t.Fatalf("the reference has %d hundreds of sentences", len(hundreds))
	}
	for i, want := range hundreds {
		if got := digest(sentences[i*100 : (i+1)*100]); got != want {
			t.Errorf("sentences %d to %d give pieces of digest %s, the reference %s", i*100, i*100+99, got, want)
		}
	}
}

func TestEveryCharacterOfABlockIsReadAsByTheReference(t *testing.T) {
	for line := range strings.Lines(readTestdata(t, "blocks.txt")) {
		var block rune
		var want string
		if _, err := fmt.Sscanf(line, "%x %s", &block, &want); err != nil {
			t.Fatal(err)
		}
		var texts []string
		for c := range rune(256) {
			texts = append(texts, "a"+string(block*256+c)+"b")
		}
		if got := digest(texts); got != want {
			t.Errorf("U+%02X00 to U+%02XFF give pieces of digest %s, the reference %s", block, block, got, want)
		}
	}
}

func TestOddTextsAreReadAsByTheReference(t *testing.T) {
	var cases []struct {
		Why, Text string
		Pieces    []int32
	}
	if err := json.Unmarshal([]byte(readTestdata(t, "odd.json")), &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Why, func(t *testing.T) {
			if diff := cmp.Diff(c.Pieces, append([]int32{}, embed.AppendPieces(nil, c.Text)...)); diff != "" {
				t.Errorf("%q, reference against ours:\n%s", c.Text, diff)
			}
		})
	}
}

func TestMarksOfTheEncoderAreWordsInATextThatHoldsThem(t *testing.T) {
	for _, id := range embed.AppendPieces(nil, "[CLS] then [SEP] and [MASK]") {
		if 100 <= id && id <= 103 {
			t.Errorf("piece %d is a mark of the encoder", id)
		}
	}
}

func TestBytesThatAreNoTextAreDropped(t *testing.T) {
	got, want := embed.AppendPieces(nil, "gi\xffve \xc3up\xe2\x82"), embed.AppendPieces(nil, "give up")
	if !slices.Equal(got, want) {
		t.Errorf("pieces %v, want %v", got, want)
	}
}

func TestReadingPiecesAllocatesNothing(t *testing.T) {
	room := make([]int32, 0, 64)
	if n := testing.AllocsPerRun(100, func() { embed.AppendPieces(room, "Café: I “gave up” antidisestablishing 😍!") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzPiecesAreKnownAndWordsDoNotDependOnTheirNeighbours(f *testing.F) {
	f.Add("We count by hand.", "Every Friday, İ 我 \u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		got := embed.AppendPieces(nil, a+" "+b)
		for _, id := range got {
			if id < 0 || id >= embed.Pieces {
				t.Fatalf("piece %d of %d", id, embed.Pieces)
			}
		}
		if want := embed.AppendPieces(embed.AppendPieces(nil, a), b); !slices.Equal(got, want) {
			t.Fatalf("read together %v, apart %v", got, want)
		}
	})
}

func BenchmarkPieces(b *testing.B) {
	sentences := drawSentences(b, 10_000)
	words := 0
	for _, s := range sentences {
		words += len(strings.Fields(s))
	}
	var pieces []int32
	for b.Loop() {
		for _, s := range sentences {
			pieces = embed.AppendPieces(pieces[:0], s)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}

func digest(texts []string) string {
	var all bytes.Buffer
	for _, text := range texts {
		pieces := append(embed.AppendPieces(nil, text), -1)
		if err := binary.Write(&all, binary.LittleEndian, pieces); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE(all.Bytes()))
}

// drawSentences gives the n real sentences of least CRC-32, each once.
func drawSentences(t testing.TB, n int) []string {
	t.Helper()
	data := realdata.Path(t)
	found := map[string]bool{}
	for _, pattern := range []string{"interviews/transcripts/*.md", "podcast/founderstalk/*.md", "surveys/*/*.csv"} {
		files, err := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s in the reference data", pattern)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(text), "\n") {
				for _, s := range cutSentences(line) {
					found[strings.Trim(s, " \t\r")] = true
				}
			}
		}
	}
	delete(found, "")
	return leastByChecksum(found)[:n]
}

func cutSentences(line string) (sentences []string) {
	from := 0
	for i := 1; i < len(line); i++ {
		if line[i] == ' ' && strings.IndexByte(".?!", line[i-1]) >= 0 {
			sentences = append(sentences, line[from:i])
			from = i + 1
		}
	}
	return append(sentences, line[from:])
}

func leastByChecksum(texts map[string]bool) []string {
	type drawn struct {
		sum  uint32
		text string
	}
	var all []drawn
	for text := range texts {
		all = append(all, drawn{crc32.ChecksumIEEE([]byte(text)), text})
	}
	slices.SortFunc(all, func(a, b drawn) int {
		if a.sum != b.sum {
			return int(int64(a.sum) - int64(b.sum))
		}
		return strings.Compare(a.text, b.text)
	})
	ordered := make([]string, len(all))
	for i, d := range all {
		ordered[i] = d.text
	}
	return ordered
}

func readTestdata(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
