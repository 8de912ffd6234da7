package segment

// A transcript of speech may hold no full stop at all. Up to longest words a
// piece is left alone; a longer one is cut before words that carry on a story,
// the weaker ones only when the piece has grown long, so that a quotation
// stays readable.
const (
	longest       = 120
	cutAfterWords = 40  // from here on before "so", "but", "anyway"
	cutLaterWords = 80  // from here on before "and", "because", "I" too
	cutAnyway     = 200 // from here on before any word
)

// appendUnpunctuated adds p to pieces, cut where it is too long for a sentence.
func appendUnpunctuated(pieces []Piece, text string, p Piece) []Piece {
	if p.End-p.Start < 2*longest {
		return append(pieces, p)
	}
	words := AppendWords(nil, p.Of(text))
	if len(words) <= longest {
		return append(pieces, p)
	}
	start, first := p.Start, 0
	for i, w := range words {
		left := len(words) - i
		if left < cutAfterWords/4 {
			break
		}
		if carriesOn(w.Of(p.Of(text)), i-first) && !joinedBefore(text, p.Start+w.Start) {
			at := p.Start + w.Start
			pieces = append(pieces, Piece{start, at})
			start, first = at, i
		}
	}
	return append(pieces, Piece{start, p.End})
}

func carriesOn(word string, read int) bool {
	switch {
	case read < cutAfterWords:
		return false
	case read >= cutAnyway:
		return true
	case member(strongMarkers, word):
		return true
	}
	return read >= cutLaterWords && member(weakMarkers, word)
}

// joinedBefore says whether a word hangs on the one before it (no white space
// between), so that no cut may fall there.
func joinedBefore(text string, at int) bool {
	return at == 0 || !isSpaceByte(text[at-1])
}

var (
	strongMarkers = wordSet("so but okay ok yeah well anyway anyways now um uh then")
	weakMarkers   = wordSet("and because i we they it he she or which if when")
)
