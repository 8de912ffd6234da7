package headway

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// TextVersion is one immutable version of a turn's words. A correction makes a
// new version; this one stays. Text is valid UTF-8 with LF line ends, markup
// removed, without Unicode normalisation.
type TextVersion struct {
	ID   TextID `json:"id"`
	Text string `json:"text"`
}

// FirstText makes the version in which a turn's words came.
func FirstText(turn TurnID, text string) TextVersion {
	return TextVersion{ID: TextID(turn) + ".1", Text: text}
}

// NewText makes a later version of a turn's words. The same words again are the
// same version, whoever wrote them.
func NewText(turn TurnID, text string) TextVersion {
	return TextVersion{ID: TextID(turn) + "." + TextID(Digest("text", string(turn), text)), Text: text}
}

// Len is the number of code points in the text.
func (v TextVersion) Len() int { return utf8.RuneCountInString(v.Text) }

// Whole is the span of all its words.
func (v TextVersion) Whole() Span { return Span{Text: v.ID, End: v.Len()} }

// Erased stands where the words of a person stood who was erased, so that what
// others said to them still reads.
const Erased = "[erased]"

// Erased says whether the words of this version were erased. What rested on them
// has lost its support.
func (v TextVersion) Erased() bool { return v.Text == Erased }

// Span is a place in one text version: Unicode code points, End exclusive.
type Span struct {
	Text  TextID `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Len is the number of code points in the span.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps says whether both spans share a code point of the same text.
func (s Span) Overlaps(o Span) bool {
	return s.Text == o.Text && s.Start < o.End && o.Start < s.End
}

// Quote is a customer's or our own words, cut from a stored text. The zero
// Quote is empty; no other can be made but by [TextVersion.Cut].
type Quote struct {
	span Span
	text string
}

// Span is where the words stand.
func (q Quote) Span() Span { return q.span }

// String gives the words.
func (q Quote) String() string { return q.text }

// IsZero says whether nothing was cut.
func (q Quote) IsZero() bool { return q == Quote{} }

// MarshalJSON writes the words with their place. There is no way back: words
// that come from outside are not a quote.
func (q Quote) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Span Span   `json:"span"`
		Text string `json:"text"`
	}{q.span, q.text})
}

// Cut gives the words at s. It fails with Invalid where s belongs to another
// version, is empty, or does not lie inside the text.
func (v TextVersion) Cut(s Span) (Quote, error) {
	if s.Text != v.ID {
		return Quote{}, Errorf(Invalid, "the span is of text %s, not of %s", s.Text, v.ID)
	}
	if s.Start < 0 || s.End <= s.Start {
		return Quote{}, Errorf(Invalid, "the span %d-%d of text %s is empty or backwards", s.Start, s.End, s.Text)
	}
	ruler := NewRuler(v.Text)
	start, end := ruler.Byte(s.Start), ruler.Byte(s.End)
	if start < 0 || end < 0 {
		return Quote{}, Errorf(Invalid, "the span %d-%d of text %s ends outside its words", s.Start, s.End, s.Text)
	}
	return Quote{span: s, text: v.Text[start:end]}, nil
}

// Ruler converts between byte offsets and code points of one text. It
// remembers the last place asked for, so that asking in rising order costs one
// pass over the text; asking backwards starts again from the front.
type Ruler struct {
	text   string
	byteAt int
	points int
}

// NewRuler measures text.
func NewRuler(text string) *Ruler { return &Ruler{text: text} }

// Byte gives the byte offset of a code point (the text's length for the code
// point just past its end), or -1 outside the text.
func (r *Ruler) Byte(point int) int {
	if point < r.points {
		r.byteAt, r.points = 0, 0
	}
	for r.points < point {
		if r.byteAt >= len(r.text) {
			return -1
		}
		r.step()
	}
	return r.byteAt
}

// Point gives the code point that starts at, or holds, a byte offset; offsets
// past the end give the number of code points.
func (r *Ruler) Point(offset int) int {
	if offset < r.byteAt {
		r.byteAt, r.points = 0, 0
	}
	for r.byteAt < offset && r.byteAt < len(r.text) {
		r.step()
	}
	if r.byteAt > offset {
		return r.points - 1
	}
	return r.points
}

func (r *Ruler) step() {
	size := 1
	if r.text[r.byteAt] >= utf8.RuneSelf {
		_, size = utf8.DecodeRuneInString(r.text[r.byteAt:])
	}
	r.byteAt += size
	r.points++
}

// SpanOf gives the span of the bytes [start, end) of v, measured with r, which
// must be a Ruler of v's text.
func (v TextVersion) SpanOf(r *Ruler, start, end int) Span {
	return Span{Text: v.ID, Start: r.Point(start), End: r.Point(end)}
}

// GoString helps failing tests to name a place.
func (s Span) GoString() string { return fmt.Sprintf("%s[%d:%d]", s.Text, s.Start, s.End) }
