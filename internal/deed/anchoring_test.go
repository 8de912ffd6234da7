package deed_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/realdata"
	"github.com/headway-oss/headway/internal/source"
)

// Real conversations are edited at random, each of their characters known by a
// number of its own. Wherever something hangs at the end, it must hang on the very
// characters that it was hung on, side by side, in words that stand; anything else
// must wait for review.

// char is a character with its number; one that stands in for masked characters
// has theirs.
type char struct {
	r    rune
	n    int
	mask *mask
}

type mask struct {
	hides []int
	size  int
}

// world is some turns of a conversation and everything that was done to them.
type world struct {
	*rand.Rand
	desk
	chars   map[headway.TextID][]char
	stands  []headway.TextID
	all     []headway.TextID // that ever stood
	next    int
	anchors []anchored
}

// anchored is a mark with the numbers of its characters.
type anchored struct {
	seq  int64
	at   headway.Passage
	ids  [][]int // of each of its spans
	text []headway.TextID
}

func newWorld(t *testing.T, r *rand.Rand, turns []headway.Turn) *world {
	w := &world{Rand: r, desk: desk{t: t, text: map[headway.TextID]headway.TextVersion{}}, chars: map[headway.TextID][]char{}}
	for _, turn := range turns {
		w.keep(turn.Text, w.fresh(turn.Text.Text))
		w.stands = append(w.stands, turn.Text.ID)
	}
	return w
}

// fresh numbers the characters of new words.
func (w *world) fresh(words string) (chars []char) {
	for _, r := range words {
		w.next++
		chars = append(chars, char{r: r, n: w.next})
	}
	return chars
}

// keep remembers a text. The same words again are the same text.
func (w *world) keep(v headway.TextVersion, chars []char) {
	if _, known := w.text[v.ID]; !known {
		w.text[v.ID], w.chars[v.ID] = v, chars
		w.all = append(w.all, v.ID)
	}
	var words strings.Builder
	for _, c := range w.chars[v.ID] {
		words.WriteRune(c.r)
	}
	if words.String() != v.Text {
		w.t.Fatalf("the text is %q, want %q", v.Text, words.String())
	}
}

// do does a correction and lets its texts stand.
func (w *world) correct(deed headway.Deed, c headway.Correction, undoes int64) {
	if err := c.Check(w.text); err != nil {
		w.t.Fatal(err)
	}
	at := slices.Index(w.stands, c.From[0])
	w.stands = slices.Replace(slices.Clone(w.stands), at, at+len(c.From), c.To...)
	w.do(headway.Operation{Deed: deed, Correction: &c, Undoes: undoes})
}

func (w *world) any() headway.TextVersion { return w.text[w.stands[w.IntN(len(w.stands))]] }

// vocabulary is what is put in: scripts that go the other way, characters of
// several code points, line ends of all kinds, and words that are there already.
var vocabulary = []string{
	"uh ", " really", " 👩‍👩‍👧 ", "🇫🇷", " שלום עולם ", " مرحبا", "e\u0301", "\u0301", "\r\n", "\r", "\n", " ", ", ", ".", "n't", "’s", " 3.5", "漢字", "ไทย", "\u200d", "\ufe0f", "-", "x",
}

func (w *world) words(old headway.TextVersion) string {
	if w.IntN(3) > 0 {
		return vocabulary[w.IntN(len(vocabulary))]
	}
	chars := []rune(old.Text) // words that look alike
	from := w.IntN(len(chars))
	return string(chars[from:min(len(chars), from+1+w.IntN(30))])
}

// unseen is a word that is nowhere else.
func (w *world) unseen() string {
	w.next++
	return " zq" + string(rune('a'+w.next%26)) + strings.Repeat("j", w.next%7) + string(rune('a'+w.next/26%26)) + "q "
}

// edits are some at random: words put in, taken out, replaced, or moved.
func (w *world) edits(old headway.TextVersion, word func() string) (edits []deed.Edit) {
	size := old.Len()
	cuts := []int{w.IntN(size + 1), w.IntN(size + 1), w.IntN(size + 1), w.IntN(size + 1)}
	slices.Sort(cuts)
	short := func(from, to int) int { return min(to, from+w.IntN(25)) }
	switch w.IntN(5) {
	case 0:
		return []deed.Edit{{Start: cuts[0], End: cuts[0], Words: word()}}
	case 1:
		return []deed.Edit{{Start: cuts[0], End: short(cuts[0], size)}}
	case 2:
		return []deed.Edit{{Start: cuts[0], End: short(cuts[0], cuts[2]), Words: word()}, {Start: cuts[2], End: short(cuts[2], size), Words: word()}}
	case 3:
		end := short(cuts[0], cuts[2])
		moved := string([]rune(old.Text)[cuts[0]:end])
		return []deed.Edit{{Start: cuts[0], End: end}, {Start: cuts[2], End: cuts[2], Words: moved}}
	}
	return []deed.Edit{{Start: cuts[1], End: short(cuts[1], size), Words: word()}}
}

func (w *world) edited(old headway.TextVersion, edits []deed.Edit, how func([]char) []char) (chars []char) {
	at, was := 0, w.chars[old.ID]
	for _, e := range edits {
		words := strings.ReplaceAll(strings.ReplaceAll(e.Words, "\r\n", "\n"), "\r", "\n")
		chars = append(chars, was[at:e.Start]...)
		put := w.fresh(words)
		if how != nil {
			put = how(put)
		}
		chars, at = append(chars, put...), e.End
	}
	return append(chars, was[at:]...)
}

func (w *world) edit() {
	old := w.any()
	edits := w.edits(old, func() string { return w.words(old) })
	c, now, err := deed.Editing(old, edits)
	if err != nil {
		return // nothing was changed, or nothing would be left
	}
	w.keep(now, w.edited(old, edits, nil))
	w.correct(headway.DeedCorrect, c, 0)
}

// compare edits a text with words that are nowhere else, and shows only the result.
func (w *world) compare() {
	old := w.any()
	edits := w.edits(old, w.unseen)
	if len(edits) == 2 && edits[0].Words == "" {
		return // moved words are others that look alike, for who sees the result only
	}
	chars := w.edited(old, edits, nil)
	var words strings.Builder
	for _, c := range chars {
		words.WriteRune(c.r)
	}
	c, now, err := deed.Comparing(old, words.String())
	if err != nil {
		return
	}
	w.keep(now, chars)
	w.correct(headway.DeedCorrect, c, 0)
}

func (w *world) split() {
	old := w.any()
	c, parts, err := deed.Splitting(old, w.IntN(old.Len()+1))
	if err != nil {
		return
	}
	at := parts[0].Len()
	w.keep(parts[0], w.chars[old.ID][:at])
	w.keep(parts[1], w.chars[old.ID][at:])
	w.correct(headway.DeedCorrect, c, 0)
}

func (w *world) join() {
	if len(w.stands) < 2 {
		return
	}
	i := w.IntN(len(w.stands) - 1)
	a, b := w.text[w.stands[i]], w.text[w.stands[i+1]]
	c, whole := deed.Joining(a, b)
	gap := w.fresh(strings.Repeat(" ", whole.Len()-a.Len()-b.Len()))
	w.keep(whole, slices.Concat(w.chars[a.ID], gap, w.chars[b.ID]))
	w.correct(headway.DeedCorrect, c, 0)
}

func (w *world) mask() {
	old := w.any()
	start := w.IntN(old.Len())
	end := min(old.Len(), start+1+w.IntN(12))
	if slices.ContainsFunc(w.chars[old.ID][start:end], func(c char) bool { return c.mask != nil }) {
		return // one mask is not put over half of another
	}
	standIn := []deed.Edit{{Start: start, End: end, Words: "[name]"}}
	c, now, err := deed.Masking(old, standIn)
	if err != nil {
		return
	}
	hidden := &mask{}
	for _, ch := range w.chars[old.ID][start:end] {
		hidden.hides = append(hidden.hides, numbers([]char{ch})...)
	}
	w.keep(now, w.edited(old, standIn, func(put []char) []char {
		hidden.size = len(put)
		for i := range put {
			put[i].mask = hidden
		}
		return put
	}))
	w.correct(headway.DeedMask, c, 0)
}

// undo takes a correction back, any whose texts stand.
func (w *world) undo() {
	for _, i := range w.Perm(len(w.ops)) {
		op := w.ops[i]
		if op.Correction == nil {
			continue
		}
		at := slices.Index(w.stands, op.Correction.To[0])
		if at >= 0 && at+len(op.Correction.To) <= len(w.stands) && slices.Equal(w.stands[at:at+len(op.Correction.To)], op.Correction.To) {
			w.correct(op.Deed, op.Correction.Inverse(), op.Seq)
			return
		}
	}
}

// mark hangs something on a passage, now and then on a text that stands no more,
// or across turns.
func (w *world) mark() {
	text := w.any()
	if w.IntN(6) == 0 {
		text = w.text[w.all[w.IntN(len(w.all))]]
	}
	a := anchored{at: headway.Passage{w.stretch(text)}}
	if i := slices.Index(w.stands, text.ID); i >= 0 && i+1 < len(w.stands) && w.IntN(5) == 0 {
		next := w.text[w.stands[i+1]]
		a.at = headway.Passage{{Text: text.ID, Start: w.IntN(text.Len()), End: text.Len()}, {Text: next.ID, End: 1 + w.IntN(next.Len())}}
	}
	for _, s := range a.at {
		a.ids = append(a.ids, numbers(w.chars[s.Text][s.Start:s.End]))
		a.text = append(a.text, s.Text)
	}
	a.seq = w.do(headway.Operation{Deed: headway.DeedMark, Label: headway.Struggle, Verdict: headway.Kept, Span: a.at.First(), More: a.at.More()})
	w.anchors = append(w.anchors, a)
}

func (w *world) stretch(text headway.TextVersion) headway.Span {
	start := w.IntN(text.Len())
	return headway.Span{Text: text.ID, Start: start, End: min(text.Len(), start+1+w.IntN(60))}
}

// numbers gives the numbers of characters, those under a mask once.
func numbers(chars []char) (ids []int) {
	for i, c := range chars {
		if c.mask == nil {
			ids = append(ids, c.n)
		} else if i == 0 || chars[i-1].mask != c.mask {
			ids = append(ids, c.mask.hides...)
		}
	}
	return ids
}

// outcome counts what became of marks.
type outcome struct{ exact, moved, review int }

// check sees that nothing hangs on other characters than it was hung on.
func (w *world) check(sum *outcome) {
	w.t.Helper()
	now := map[int64]headway.Operation{}
	for _, op := range deed.Hang(w.ops).Operations {
		now[op.Seq] = op
	}
	for _, a := range w.anchors {
		op, hangs := now[a.seq]
		standing := !slices.ContainsFunc(a.text, func(id headway.TextID) bool { return !slices.Contains(w.stands, id) })
		switch {
		case !hangs && standing:
			w.t.Errorf("%#v waits, though its words stand", a.at)
		case !hangs:
			sum.review++
		case slices.Equal(op.Passage(), a.at):
			sum.exact++
			if !standing {
				w.t.Errorf("%#v hangs on words that do not stand", a.at)
			}
		default:
			sum.moved++
			w.checkMoved(a, op.Passage())
		}
	}
}

func (w *world) checkMoved(a anchored, at headway.Passage) {
	w.t.Helper()
	var is []char
	for i, s := range at {
		place := slices.Index(w.stands, s.Text)
		if place < 0 {
			w.t.Errorf("%#v hangs on words that do not stand", at)
			return
		}
		if len(a.at) == 1 && i > 0 && (s.Start != 0 || at[i-1].End != w.text[at[i-1].Text].Len() || place == 0 || w.stands[place-1] != at[i-1].Text) {
			w.t.Errorf("the parts of %#v do not touch", at)
		}
		is = append(is, w.chars[s.Text][s.Start:s.End]...)
	}
	want := slices.Concat(a.ids...)
	got := numbers(is)
	if slices.Equal(got, want) {
		return
	}
	// What was under a mask is covered whole.
	masked := map[int]bool{}
	for _, chars := range w.chars {
		for _, c := range chars {
			if c.mask != nil {
				for _, n := range c.mask.hides {
					masked[n] = true
				}
			}
		}
	}
	wanted := map[int]bool{}
	for _, n := range want {
		wanted[n] = true
	}
	kept := slices.DeleteFunc(slices.Clone(got), func(n int) bool { return !wanted[n] && masked[n] })
	if diff := cmp.Diff(want, kept); diff != "" {
		w.t.Errorf("SILENTLY WRONG: %#v hangs at %#v (-was +is):\n%s", a.at, at, diff)
	}
}

// spoken are conversations of the reference data, each a few turns long.
func spokenTurns(t *testing.T, r *rand.Rand) (some [][]headway.Turn) {
	t.Helper()
	for _, pattern := range []string{"interviews/transcripts/*.md", "podcast/founderstalk/*.md"} {
		files, err := filepath.Glob(realdata.Path(t) + "/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s (%v)", pattern, err)
		}
		for range 60 {
			file := files[r.IntN(len(files))]
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b, err := source.Read(source.File{Name: filepath.Base(file), Data: data}, source.Options{})
			if err != nil || len(b.Conversations) == 0 {
				continue
			}
			turns := b.Conversations[0].Turns
			for range 4 {
				if at := r.IntN(len(turns)); at+2 < len(turns) {
					some = append(some, turns[at:min(len(turns), at+2+r.IntN(4))])
				}
			}
		}
	}
	return some
}

func TestNothingThatHangsOnWordsIsEverSilentlyWrong(t *testing.T) {
	const scripts = 10_000
	r := rand.New(rand.NewPCG(20261122, 4))
	turns := spokenTurns(t, r)
	var sum outcome
	for n := range scripts {
		w := newWorld(t, r, turns[n%len(turns)])
		steps := []func(){w.edit, w.edit, w.edit, w.compare, w.split, w.join, w.mask, w.undo, w.undo, w.mark}
		for range 3 {
			w.mark()
		}
		for range 2 + r.IntN(8) {
			steps[r.IntN(len(steps))]()
		}
		w.check(&sum)
		if t.Failed() {
			history, _ := json.Marshal(w.ops)
			t.Fatalf("script %d: %s", n, history)
		}
	}
	t.Logf("%d scripts: %d exact, %d moved, %d to review, 0 silently wrong", scripts, sum.exact, sum.moved, sum.review)
	if all := sum.exact + sum.moved + sum.review; sum.moved < all/5 || sum.exact < all/5 || sum.review < all/20 {
		t.Errorf("of %d, %+v: that tells little", all, sum)
	}
}
