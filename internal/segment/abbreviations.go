package segment

import "strings"

// lastWord gives what stands after the last white space, opening quote or
// bracket of a sentence so far, at most 24 bytes of it: no abbreviation is longer.
func lastWord(s string) string {
	s = s[max(0, len(s)-24):]
	if i := strings.LastIndexAny(s, " \n\t(\"'[/-,"); i >= 0 {
		s = s[i+1:]
	}
	return s
}

// isNumberMark says whether the dot only numbers an item: "1. Count", at the
// start of a sentence.
func isNumberMark(word, sentence string) bool {
	return word != "" && len(word) < 4 && countDigits(word) == len(word) && len(sentence) == len(word)
}

func isSingleLetter(word string) bool {
	return len(word) == 1 && (isLowerByte(word[0]) || 'A' <= word[0] && word[0] <= 'Z')
}

// dotted says whether a word is of letters with dots between: U.S, e.g, a.m.
func dotted(word string) bool {
	if len(word) < 3 || word[1] != '.' {
		return false
	}
	return isSingleLetter(word[:1]) && isSingleLetter(word[len(word)-1:])
}

// isTitle: a name always follows.
func isTitle(word string) bool { return member(titles, word) }

// isAbbreviation: a sentence may end after it, and then a word that usually
// starts one follows.
func isAbbreviation(word string) bool { return member(abbreviations, word) }

// takesNumber: an abbreviation only before a number, a word of its own otherwise.
func takesNumber(word string) bool { return member(beforeNumbers, word) }

// startsSentence says whether a text starts with a capitalised word that
// usually starts a sentence, so that "at 9 a.m. We leave" is two.
func startsSentence(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') })
	if end < 0 {
		end = len(s)
	}
	return end > 0 && startsUpper(s) && member(starters, s[:end])
}

func member(set map[string]bool, word string) bool {
	if len(word) > 12 {
		return false
	}
	var lower [12]byte
	for i := range len(word) {
		b := word[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		lower[i] = b
	}
	return set[string(lower[:len(word)])]
}

var (
	titles        = wordSet("mr mrs ms dr prof st rev hon gen col sgt capt lt gov sen rep messrs mme sr jr")
	abbreviations = wordSet("etc vs ie eg cf al approx incl excl resp dept dpt est ext inc ltd corp co llc govt assn bros mfg jan feb apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri min max avg misc tel temp qty pcs ave blvd rd hwy mt ft yrs hrs mins secs lbs oz ca viz orig cont")
	beforeNumbers = wordSet("no nos nr p pp pg vol fig figs ch sec art par v ver app")
	starters      = wordSet("a about after all also although an and another any anyway are as at basically because before but by can could did do does even every everyone everything first for from generally given had has have he her here hi his honestly how however i if in instead is it its just last later let like look make many maybe meaning more most my next no nobody not nothing now of often oh ok okay on once one only or other otherwise our over people perhaps please right she should since so some somebody someone something sometimes still such sure thank thanks that the their them then there these they things this those though through to today tomorrow too two under until very was we well were what whatever when where whether which while who why will with without would yeah yes yesterday yet you your")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
