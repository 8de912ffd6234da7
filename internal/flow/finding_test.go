package flow

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/realdata"
	"github.com/headway-oss/headway/internal/source"
)

// BenchmarkFinding measures how well searches find, on hits in the interviews that
// were judged beforehand: by words alone, by meaning alone and by both. A hit that
// nobody judged is counted apart and as neither.
func BenchmarkFinding(b *testing.B) {
	f := remembering(b, openAt(b, b.TempDir()))
	s, err := f.OpenStudy(b.Context(), "bench", "")
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Skip(b.Context(), s.ID); err != nil {
		b.Fatal(err)
	}
	files := folder(b, filepath.Join(realdata.Path(b), "interviews", "transcripts", "*.md"))
	if _, err := f.ImportNow(b.Context(), s.ID, FileList(files), source.Options{}, nil); err != nil {
		b.Fatal(err)
	}
	if err := f.RememberAll(b.Context()); err != nil {
		b.Fatal(err)
	}
	turns := turnNumbers(b, f)
	table := strings.Builder{}
	table.WriteString("| searches | found by | with hits | right of ten | hits a search | right, no word shared | not judged |\n|---|---|---|---|---|---|---|\n")
	for b.Loop() {
		for _, half := range []struct {
			name string
			in   func(eval.Search) bool
		}{{"chosen on", eval.Search.Tuned}, {"kept apart", func(s eval.Search) bool { return !s.Tuned() }}} {
			for _, way := range []string{"words", "meaning", "both"} {
				var t tenths
				for _, search := range eval.Searches() {
					if half.in(search) {
						t.add(search, foundBy(b, f, way, search.Words), turns)
					}
				}
				fmt.Fprintf(&table, "| %s | %s | %d of %d | %s (%d of %d) | %.1f | %d | %d |\n", half.name, way, t.withHits, t.searches,
					eval.Dot(float64(t.right)/float64(max(1, t.judged))), t.right, t.judged, float64(t.hits)/float64(t.searches), t.unshared, t.hits-t.judged)
			}
		}
	}
	b.Log("\n" + table.String())
}

// tenths counts the first ten hits of searches.
type tenths struct{ searches, withHits, hits, judged, right, unshared int }

func (t *tenths) add(s eval.Search, hits []Hit, turns map[string]int) {
	t.searches++
	if len(hits) > 0 {
		t.withHits++
	}
	for _, h := range hits {
		t.hits++
		right, judged := s.Right[eval.SentenceID(h.File, turns[string(h.Text.ID)], h.Span.Start)]
		if !judged {
			continue
		}
		t.judged++
		if right {
			t.right++
			if words, err := h.Text.Cut(h.Span); err == nil && !s.SharesWord(words.String()) {
				t.unshared++
			}
		}
	}
}

func foundBy(b *testing.B, f *Flow, way, words string) []Hit {
	b.Helper()
	q := Query{Words: words, Limit: usualLimit}
	var hits []Hit
	s, err := f.seek(b.Context(), q)
	if err != nil {
		b.Fatal(err)
	}
	switch way {
	case "words":
		hits, _, err = f.byWords(b.Context(), s)
	case "meaning":
		hits, err = f.byMeaning(b.Context(), s)
	default:
		var found Found
		found, err = f.Search(b.Context(), q)
		hits = found.Hits
	}
	if err != nil {
		b.Fatal(err)
	}
	return hits[:min(len(hits), 10)]
}

// turnNumbers gives the number of every text's turn in its conversation.
func turnNumbers(b *testing.B, f *Flow) map[string]int {
	b.Helper()
	numbers := map[string]int{}
	studies, err := f.Studies(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range studies {
		all, err := f.whole(b.Context(), s.ID)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range all {
			for i := range c.Turns {
				numbers[string(c.Turns[i].Text.ID)] = i
			}
		}
	}
	return numbers
}

// A search that was judged keeps its hits in order of nobody's liking: each is
// right or wrong, and both halves hold some of each.
func TestSearchesAreJudgedInBothHalves(t *testing.T) {
	all := eval.Searches()
	if len(all) != 40 {
		t.Fatalf("%d searches", len(all))
	}
	for _, tuned := range []bool{true, false} {
		right, wrong := 0, 0
		for _, s := range slices.DeleteFunc(slices.Clone(all), func(s eval.Search) bool { return s.Tuned() != tuned }) {
			for _, is := range s.Right {
				if is {
					right++
				} else {
					wrong++
				}
			}
		}
		if right < 50 || wrong < 50 {
			t.Errorf("chosen on %v: %d right, %d wrong", tuned, right, wrong)
		}
	}
}
