package lint

import "unicode/utf8"

// What is still read once. Statements that people wrote down plainly stay well
// below all three; see docs/decisions/0021.
const (
	mostLix   = 60 // Läsbarhetsindex; above it is the language of laws
	mostKnots = 4  // words that tie one clause into another or take back, in a statement
	mostWords = 45 // of a sentence
	longWord  = 9  // letters of a word of meetings, at least
	mostLong  = 4  // of which a statement bears less
)

// knots says whether a statement has to be read twice: by its length and its
// long words (Lix: Björnsson, Läsbarhet, 1968: words a sentence, plus the share
// in hundredths of words of more than six letters), and by how many of its words
// tie one clause into another or take it back, which Lix does not see.
func knots(r *reading) []Warning {
	if len(r.words) == 0 {
		return nil
	}
	why := ""
	switch tied := r.tied(); {
	case tied > mostKnots:
		why = "Its clauses are tied into each other, so that it has to be read twice. Say one thing after the other, and say what is so, not what is not."
	case r.longest() > mostWords:
		why = "It is too long to be read aloud in one go. Keep one circumstance, one want, one reason."
	case r.lix() > mostLix:
		why = "Its sentences or its words are too long to be read in one go. Use shorter ones, as one speaks."
	default:
		return nil
	}
	return []Warning{{Code: HardToRead, Start: 0, End: len(r.text), Why: why}}
}

func (r *reading) lix() float64 {
	sentences, long := 1, 0
	for i, w := range r.words {
		if i > 0 && w.gap == stop {
			sentences++
		}
		if utf8.RuneCountInString(w.is) > 6 {
			long++
		}
	}
	n := float64(len(r.words))
	return n/float64(sentences) + 100*float64(long)/n
}

// tied counts the words that tie a knot.
func (r *reading) tied() (n int) {
	for _, w := range r.words {
		if known().Knot[w.is] {
			n++
		}
	}
	return n
}

// longest gives the words of the longest sentence.
func (r *reading) longest() (most int) {
	from := 0
	for i, w := range r.words {
		if i > 0 && w.gap == stop {
			from = i
		}
		most = max(most, i+1-from)
	}
	return most
}
