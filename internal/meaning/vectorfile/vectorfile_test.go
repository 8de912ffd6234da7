package vectorfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning"
)

// views are the two ways to look at a file; every test holds for both.
var views = map[string]func(*os.File, *part, int) error{"this system's": view, "plain reading": read}

func inBothViews(t *testing.T, test func(t *testing.T, open func(dir string) *File)) {
	for name, view := range views {
		t.Run(name, func(t *testing.T) {
			test(t, func(dir string) *File {
				f, err := open(dir, "table1", view)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { f.Close() })
				return f
			})
		})
	}
}

// Invented sentences.
var talks = [][]string{
	{"It was far too expensive.", "My sister lives in Spain."},
	{},
	{"I gave up on the form.", "We count the stock by hand.", "So it was."},
	{"The printer is on the second floor."},
}

func said(n int) meaning.Conversation {
	d := headway.NewDraft("talk", fmt.Sprint(n))
	for _, sentence := range talks[n] {
		d.Say("Ana", sentence)
	}
	return meaning.Of(d.Conversation())
}

func keep(t *testing.T, f *File, numbers ...int) {
	t.Helper()
	var all []meaning.Conversation
	for _, n := range numbers {
		all = append(all, said(n))
	}
	if err := f.Keep(all...); err != nil {
		t.Fatal(err)
	}
}

func keeps(t *testing.T, f *File, n int) bool {
	t.Helper()
	kept, err := f.Kept()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(kept, said(n).ID)
}

func nearest(t *testing.T, f *File, text string, k int, floor float32, in func(headway.ConversationID) bool) []headway.Span {
	t.Helper()
	near, err := f.Nearest(embed.Of(text), k, floor, in)
	if err != nil {
		t.Fatal(err)
	}
	spans := []headway.Span{}
	for _, n := range near {
		spans = append(spans, n.Span)
	}
	return spans
}

func wantKept(t *testing.T, f *File, numbers ...int) {
	t.Helper()
	want := map[int]bool{}
	for _, n := range numbers {
		want[n] = true
	}
	for n := range talks {
		c := said(n)
		has := keeps(t, f, n)
		if has != want[n] {
			t.Errorf("talk %d is kept: %v", n, has)
		}
		for i, sentence := range talks[n] {
			if i >= len(c.Spans) {
				continue
			}
			got := nearest(t, f, sentence, 1, .99, nil)
			if found := len(got) == 1 && got[0] == c.Spans[i]; found != want[n] {
				t.Errorf("%q is found: %v %v", sentence, found, got)
			}
		}
	}
}

func TestWhatIsKeptIsThereAfterANewStart(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		dir := t.TempDir()
		f := open(dir)
		wantKept(t, f)
		keep(t, f, 0, 1)
		keep(t, f, 2)
		wantKept(t, f, 0, 1, 2)
		wantKept(t, open(dir), 0, 1, 2)
	})
}

func TestAConversationIsKeptOnce(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		f := open(t.TempDir())
		keep(t, f, 2, 2, 0)
		keep(t, f, 0, 2)
		if got := nearest(t, f, "It", 100, -1, nil); len(got) != 4 {
			t.Errorf("%d sentences of 4: %v", len(got), got)
		}
	})
}

func TestTheNearestComeFirstAndOnlyFromWhereTheyAreWanted(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		f := open(t.TempDir())
		keep(t, f, 0, 1, 2, 3)
		tooDear := said(0).Spans[0]
		if got := nearest(t, f, "The price was more than we could pay.", 3, -1, nil); len(got) != 3 || got[0] != tooDear {
			t.Errorf("%v, want %v first of three", got, tooDear)
		}
		for _, only := range [][]int{{0}, {2}, {0, 3}, {2, 3}, {}} {
			in := map[headway.ConversationID]bool{}
			n := 0
			for _, talk := range only {
				in[said(talk).ID] = true
				n += len(said(talk).Spans)
			}
			near, err := f.Nearest(embed.Of("It was too expensive."), 100, -1, func(id headway.ConversationID) bool { return in[id] })
			if err != nil || len(near) != n {
				t.Errorf("of talks %v come %d sentences of %d, %v", only, len(near), n, err)
			}
			for _, hit := range near {
				if !in[hit.Conversation] {
					t.Errorf("of talks %v comes %v", only, hit)
				}
			}
		}
		if got := nearest(t, f, "It was too expensive.", 100, .99, nil); len(got) > 0 {
			t.Errorf("above the floor lie %v", got)
		}
	})
}

func TestSentencesOfSmallWordsAreLeftOut(t *testing.T) {
	if c := said(2); len(c.Spans) != 2 || len(c.Rows) != 2*embed.Dim {
		t.Errorf("%d sentences, %d bytes", len(c.Spans), len(c.Rows))
	}
}

func TestWhatAnotherProgramAddsIsSeen(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		dir := t.TempDir()
		one, other := open(dir), open(dir)
		if one.Name() != other.Name() || one.Name() == open(t.TempDir()).Name() {
			t.Errorf("names: %s, %s", one.Name(), other.Name())
		}
		keep(t, one, 0)
		wantKept(t, other, 0)
		keep(t, other, 2)
		keep(t, one, 3, 2)
		wantKept(t, one, 0, 2, 3)
		wantKept(t, other, 0, 2, 3)
	})
}

func TestWhatAnotherProgramCutsOffIsReadAnew(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		for _, suffix := range []string{".vectors", ".places"} {
			dir := t.TempDir()
			f := open(dir)
			keep(t, f, 0)
			size := len(contents(t, dir, suffix))
			keep(t, f, 2)
			if err := os.Truncate(filepath.Join(dir, prefix+"table1"+suffix), int64(size)); err != nil {
				t.Fatal(err)
			}
			keep(t, f, 3)
			wantKept(t, f, 0, 3)
			wantKept(t, open(dir), 0, 3)
		}
	})
}

func TestWhatACrashTornIsCutOffAndMadeAgain(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		whole := t.TempDir()
		f := open(whole)
		keep(t, f, 0)
		keep(t, f, 2)
		for _, suffix := range []string{".vectors", ".places"} {
			size := len(contents(t, whole, suffix))
			for cut := 1; cut < size; cut += 149 {
				dir := copied(t, whole, suffix, func(data []byte) []byte { return data[:size-cut] })
				torn := open(dir)
				if keeps(t, torn, 2) {
					t.Fatalf("%s less %d bytes: the torn conversation is there", suffix, cut)
				}
				keep(t, torn, 0, 2)
				keep(t, torn, 3)
				wantKept(t, torn, 0, 2, 3)
				wantKept(t, open(dir), 0, 2, 3)
			}
		}
	})
}

func TestWhatIsDamagedIsNeverTrusted(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		whole := t.TempDir()
		f := open(whole)
		keep(t, f, 0)
		keep(t, f, 2)
		for _, suffix := range []string{".vectors", ".places"} {
			for at := 0; at < len(contents(t, whole, suffix)); at += 151 {
				dir := copied(t, whole, suffix, func(data []byte) []byte {
					data[at] ^= 0x55
					return data
				})
				damaged := open(dir)
				if keeps(t, damaged, 2) {
					t.Fatalf("byte %d of %s: what is behind it is there", at, suffix)
				}
				keep(t, damaged, 0, 2)
				wantKept(t, damaged, 0, 2)
			}
		}
	})
}

func TestOfWhatIsForgottenNothingIsLeft(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		dir := t.TempDir()
		f := open(dir)
		keep(t, f, 0, 1, 2)
		keep(t, f, 3)
		if err := f.Forget(said(2).ID, "never"); err != nil {
			t.Fatal(err)
		}
		wantKept(t, f, 0, 1, 3)
		if got := nearest(t, f, "I gave up on the form.", 100, -1, nil); len(got) != 3 {
			t.Errorf("%v", got)
		}
		for _, secret := range []string{string(said(2).ID), string(said(2).Spans[0].Text), string(said(2).Rows)} {
			if strings.Contains(string(contents(t, dir, ".places"))+string(contents(t, dir, ".vectors")), secret) {
				t.Errorf("%.40q is still there", secret)
			}
		}
		again := open(dir)
		wantKept(t, again, 0, 1, 3)
		keep(t, again, 2)
		wantKept(t, again, 0, 1, 2, 3)
		kept, err := f.Kept()
		if want := 4; err != nil || len(kept) != want {
			t.Errorf("%d conversations are kept of %d, %v", len(kept), want, err)
		}
	})
}

func TestAnotherVersionStartsAnew(t *testing.T) {
	dir := t.TempDir()
	f, err := Open(dir, "table1")
	if err != nil {
		t.Fatal(err)
	}
	keep(t, f, 0)
	f.Close()
	next, err := Open(dir, "table10")
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	wantKept(t, next)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 2 {
		t.Errorf("there is still %v", left)
	}
}

func TestManyMayLookWhileOneKeeps(t *testing.T) {
	inBothViews(t, func(t *testing.T, open func(string) *File) {
		f := open(t.TempDir())
		keep(t, f, 0)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 50 {
					if near, err := f.Nearest(embed.Of("It was far too expensive."), 1, .9, nil); err != nil || len(near) != 1 {
						t.Errorf("%v, %v", near, err)
						return
					}
				}
			})
		}
		for n := range 50 {
			c := said(2)
			c.ID = headway.ConversationID(fmt.Sprint(n))
			if err := f.Keep(c); err != nil {
				t.Error(err)
			}
		}
		all.Wait()
	})
}

func TestAFolderThatCannotBeMadeIsUnavailable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, "table1"); headway.ErrorCode(err) != headway.Unavailable {
		t.Errorf("%v", err)
	}
}

func FuzzAChapterIsReadAsItWasWrittenOrNotAtAll(f *testing.F) {
	c := said(2)
	f.Add(appendChapter(nil, &c))
	f.Add([]byte{9, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		read, size, _, sound := readChapter(data)
		if !sound {
			return
		}
		if size > len(data) || read.at+read.end*placeSize != size {
			t.Fatalf("a chapter of %d bytes in %d", size, len(data))
		}
		for at := read.at; at < size; at += placeSize {
			readPlace(data[at:])
		}
	})
}

func contents(t *testing.T, dir, suffix string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, prefix+"table1"+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// copied gives a folder with the same files, one of them changed.
func copied(t *testing.T, from, changed string, change func([]byte) []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, suffix := range []string{".vectors", ".places"} {
		data := contents(t, from, suffix)
		if suffix == changed {
			data = change(data)
		}
		if err := os.WriteFile(filepath.Join(dir, prefix+"table1"+suffix), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestChaptersComeBackAsTheyWereWritten(t *testing.T) {
	for n := range talks {
		c := said(n)
		data := append(appendChapter(nil, &c), 1, 2, 3)
		read, size, _, sound := readChapter(data)
		if !sound || read.id != c.ID || size != len(data)-3 {
			t.Fatalf("talk %d: %+v of %d bytes, sound %v", n, read, size, sound)
		}
		var spans []headway.Span
		for i := range read.end {
			spans = append(spans, readPlace(data[read.at+i*placeSize:]))
		}
		if diff := cmp.Diff(c.Spans, spans); diff != "" {
			t.Errorf("talk %d:\n%s", n, diff)
		}
	}
}
