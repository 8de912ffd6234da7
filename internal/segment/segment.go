// Package segment cuts text into sentences and words, for speech and for
// writing, without losing a byte: pieces laid end to end are the text again.
//
// It is the second step of a sentence's way, between source and hear.
//
//	for _, p := range segment.Sentences("We count by hand. Every Friday.") { ... }
package segment

import "strings"

// Piece is a part of a text: byte offsets, End exclusive, always on rune borders.
type Piece struct{ Start, End int }

// Of gives the piece's part of text.
func (p Piece) Of(text string) string { return text[p.Start:p.End] }

// Trim gives the piece of text without the white space around it; it is empty
// where there is nothing else.
func (p Piece) Trim(text string) Piece {
	s := p.Of(text)
	start := p.Start + len(s) - len(strings.TrimLeft(s, " \t\n\r\u00a0"))
	end := p.End - (len(s) - len(strings.TrimRight(s, " \t\n\r\u00a0")))
	return Piece{min(start, end), end}
}
