package deed

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// Edit puts words in the place of a text's code points from Start to End; where
// both are the same, it puts words in.
type Edit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Words string `json:"words"`
}

// Editing words a text anew, as recorded while somebody edited it: the edits rise
// and do not overlap. What no edit touches is kept, but for words that an edit
// left other words than they were ("can" in "can't"). Invalid where the edits do
// not fit the text, or leave no words.
func Editing(old headway.TextVersion, edits []Edit) (headway.Correction, headway.TextVersion, error) {
	text, kept, err := edited(old, edits)
	if err != nil {
		return headway.Correction{}, headway.TextVersion{}, err
	}
	words := headway.NewText(old.ID.Turn(), text)
	c := between([]headway.TextVersion{old}, []headway.TextVersion{words})
	for _, k := range kept {
		c.Kept = append(c.Kept, k.piece(old.ID, words.ID))
	}
	c.Kept = whole(c.Kept, old, words)
	return c, words, nil
}

// Masking puts stand-ins in the place of words that are to be hidden. Unlike what
// was edited, what was hidden still stands there for whatever hangs on it.
func Masking(old headway.TextVersion, standIns []Edit) (headway.Correction, headway.TextVersion, error) {
	text, kept, err := edited(old, standIns)
	if err != nil {
		return headway.Correction{}, headway.TextVersion{}, err
	}
	words := headway.NewText(old.ID.Turn(), text)
	c := between([]headway.TextVersion{old}, []headway.TextVersion{words})
	shift := 0
	for i, k := range kept {
		if k.length > 0 {
			c.Kept = append(c.Kept, k.piece(old.ID, words.ID))
		}
		if i == len(standIns) {
			break
		}
		e, standIn := standIns[i], utf8.RuneCountInString(lines(standIns[i].Words))
		if e.Start == e.End || standIn == 0 {
			return headway.Correction{}, headway.TextVersion{}, headway.Errorf(headway.Invalid, "a mask needs words to hide, and words to put in their stead")
		}
		c.Kept = append(c.Kept, headway.Piece{
			From: headway.Span{Text: old.ID, Start: e.Start, End: e.End}, To: headway.Span{Text: words.ID, Start: e.Start + shift, End: e.Start + shift + standIn}, Masked: true,
		})
		shift += standIn - (e.End - e.Start)
	}
	return c, words, nil
}

// Splitting makes two turns of one, the second beginning at a code point, or with
// the first word behind it. The new turn's id comes of the text that was split and
// of the place.
func Splitting(old headway.TextVersion, at int) (headway.Correction, []headway.TextVersion, error) {
	end := headway.NewRuler(old.Text).Byte(at)
	if at <= 0 || end <= 0 || strings.TrimSpace(old.Text[:end]) == "" || strings.TrimSpace(old.Text[end:]) == "" {
		return headway.Correction{}, nil, headway.Errorf(headway.Invalid, "split a turn between two of its words")
	}
	for r, size := utf8.DecodeRuneInString(old.Text[end:]); unicode.IsSpace(r); r, size = utf8.DecodeRuneInString(old.Text[end:]) {
		at, end = at+1, end+size
	}
	second := headway.TurnID(headway.Digest("split", string(old.ID), strconv.Itoa(at)))
	parts := []headway.TextVersion{headway.NewText(old.ID.Turn(), old.Text[:end]), headway.FirstText(second, old.Text[end:])}
	c := between([]headway.TextVersion{old}, parts)
	c.Kept = whole([]headway.Piece{
		{From: headway.Span{Text: old.ID, Start: 0, End: at}, To: parts[0].Whole()},
		{From: headway.Span{Text: old.ID, Start: at, End: old.Len()}, To: parts[1].Whole()},
	}, append(parts, old)...)
	return c, parts, nil
}

// Joining makes one turn of two that follow each other; it is the first one's.
func Joining(first, second headway.TextVersion) (headway.Correction, headway.TextVersion) {
	gap := " "
	if strings.TrimRight(first.Text, " \n\t") != first.Text || strings.TrimLeft(second.Text, " \n\t") != second.Text {
		gap = ""
	}
	words := headway.NewText(first.ID.Turn(), first.Text+gap+second.Text)
	c := between([]headway.TextVersion{first, second}, []headway.TextVersion{words})
	start := first.Len() + len(gap)
	c.Kept = whole([]headway.Piece{
		{From: first.Whole(), To: headway.Span{Text: words.ID, Start: 0, End: first.Len()}},
		{From: second.Whole(), To: headway.Span{Text: words.ID, Start: start, End: start + second.Len()}},
	}, first, second, words)
	return c, words
}

func between(from, to []headway.TextVersion) (c headway.Correction) {
	for _, v := range from {
		c.From, c.Sizes = append(c.From, v.ID), append(c.Sizes, v.Len())
	}
	for _, v := range to {
		c.To, c.Sizes = append(c.To, v.ID), append(c.Sizes, v.Len())
	}
	return c
}

// stays is a stretch of code points that is in both texts.
type stays struct{ from, to, length int }

func (s stays) piece(from, to headway.TextID) headway.Piece {
	return headway.Piece{From: headway.Span{Text: from, Start: s.from, End: s.from + s.length}, To: headway.Span{Text: to, Start: s.to, End: s.to + s.length}}
}

// edited applies edits: kept has the stretch before each edit and the one behind
// the last, empty ones among them.
func edited(old headway.TextVersion, edits []Edit) (text string, kept []stays, err error) {
	var b strings.Builder
	ruler, at, to := headway.NewRuler(old.Text), 0, 0
	copyUpTo := func(end int) {
		b.WriteString(old.Text[ruler.Byte(at):ruler.Byte(end)])
		kept = append(kept, stays{at, to, end - at})
		to += end - at
	}
	size := old.Len()
	for _, e := range edits {
		if e.Start < at || e.End < e.Start || e.End > size {
			return "", nil, headway.Errorf(headway.Invalid, "the edit at %d-%d does not fit the text: edits rise and do not overlap", e.Start, e.End)
		}
		if !utf8.ValidString(e.Words) || strings.IndexByte(e.Words, 0) >= 0 {
			return "", nil, headway.Errorf(headway.Invalid, "the new words are not clean UTF-8 text")
		}
		words := lines(e.Words)
		copyUpTo(e.Start)
		b.WriteString(words)
		at, to = e.End, to+utf8.RuneCountInString(words)
	}
	copyUpTo(size)
	switch {
	case strings.TrimSpace(b.String()) == "":
		return "", nil, headway.Errorf(headway.Invalid, "a turn needs words")
	case b.String() == old.Text:
		return "", nil, headway.Errorf(headway.Invalid, "these are its words already")
	}
	return b.String(), kept, nil
}

// lines gives words with the line ends that stored text has.
func lines(words string) string {
	return strings.ReplaceAll(strings.ReplaceAll(words, "\r\n", "\n"), "\r", "\n")
}

// whole narrows pieces to words that are whole on both sides: a word of which an
// edit left a part is another word.
func whole(pieces []headway.Piece, texts ...headway.TextVersion) (kept []headway.Piece) {
	cuts := map[headway.TextID][]bool{}
	for _, v := range texts {
		cuts[v.ID] = words([]rune(v.Text))
	}
	for _, p := range pieces {
		from, to := cuts[p.From.Text], cuts[p.To.Text]
		for p.From.Len() > 0 && !(from[p.From.Start] && to[p.To.Start]) {
			p.From.Start++
			p.To.Start++
		}
		for p.From.Len() > 0 && !(from[p.From.End] && to[p.To.End]) {
			p.From.End--
			p.To.End--
		}
		if p.From.Len() > 0 {
			kept = append(kept, p)
		}
	}
	return kept
}
