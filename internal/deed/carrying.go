package deed

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Carry gives the turns that a correction puts in the place of others: whose they
// are, when they were spoken and on which lines of the source they stand, as far
// as the turns of From tell. Where a turn was split, the second begins at a time
// reckoned from the marks on both sides of its first word.
func Carry(c headway.Correction, from []headway.Turn, to []headway.TextVersion) []headway.Turn {
	turns := make([]headway.Turn, len(to))
	for i, text := range to {
		whose := from[min(i, len(from)-1)]
		turns[i] = headway.Turn{ID: text.ID.Turn(), Speaker: whose.Speaker, Text: text}
	}
	for _, t := range from {
		for _, m := range t.Times {
			i, offset := carried(c, t.Text.ID, m.Offset)
			turns[i].Times = append(turns[i].Times, headway.TimeMark{Offset: offset, MS: m.MS})
		}
		for _, m := range t.Lines {
			i, offset := carried(c, t.Text.ID, m.Offset)
			turns[i].Lines = append(turns[i].Lines, headway.LineMark{Offset: offset, Line: m.Line})
		}
	}
	for i := range turns {
		t := &turns[i]
		t.Times = slices.CompactFunc(t.Times, func(a, b headway.TimeMark) bool { return a.Offset == b.Offset })
		t.Lines = slices.CompactFunc(t.Lines, func(a, b headway.LineMark) bool { return a.Offset == b.Offset })
		begin(c, t, from)
	}
	end(turns, from)
	return turns
}

// carried gives the text of To, and the place in it, to which a place of From goes.
func carried(c headway.Correction, text headway.TextID, offset int) (i, now int) {
	at := c.Near(headway.Span{Text: text, Start: offset, End: offset + 1})
	return slices.Index(c.To, at.Text), at.Start
}

// begin sees that a turn whose beginning nobody marked has a time and a line, if
// what it was made of has.
func begin(c headway.Correction, t *headway.Turn, from []headway.Turn) {
	was := c.Inverse().Near(headway.Span{Text: t.Text.ID, End: 1})
	i := slices.IndexFunc(from, func(f headway.Turn) bool { return f.Text.ID == was.Text })
	if ms, known := spokenAt(from[i], was.Start); known && (len(t.Times) == 0 || t.Times[0].Offset > 0) {
		t.Times = slices.Insert(t.Times, 0, headway.TimeMark{MS: ms})
	}
	if line, known := lineAt(from[i], was.Start); known && (len(t.Lines) == 0 || t.Lines[0].Offset > 0) {
		t.Lines = slices.Insert(t.Lines, 0, headway.LineMark{Line: line})
	}
}

// end says when each turn ends: the last when the last one did, the others when
// the next begins.
func end(turns, from []headway.Turn) {
	turns[len(turns)-1].EndMS = from[len(from)-1].EndMS
	for i := range turns[:len(turns)-1] {
		turns[i].EndMS, _ = turns[i+1].Started()
	}
}

// spokenAt reckons when a code point of the turn was spoken: between two marks as
// far from each as in the text.
func spokenAt(t headway.Turn, offset int) (ms int64, known bool) {
	next := headway.TimeMark{Offset: t.Text.Len(), MS: t.EndMS}
	for _, m := range slices.Backward(t.Times) {
		if m.Offset > offset {
			next = m
			continue
		}
		if m.Offset == offset || next.MS <= m.MS || next.Offset <= m.Offset {
			return m.MS, true
		}
		return m.MS + (next.MS-m.MS)*int64(offset-m.Offset)/int64(next.Offset-m.Offset), true
	}
	return 0, false
}

// lineAt gives the line on which a code point of the turn stands in its source.
func lineAt(t headway.Turn, offset int) (line int, known bool) {
	for _, m := range slices.Backward(t.Lines) {
		if m.Offset <= offset {
			return m.Line, true
		}
	}
	return 0, false
}
