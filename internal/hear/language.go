package hear

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// Only English is heard. What is in another language is said to be unheard: of
// a whole conversation, of a sentence in one that is English otherwise, and of a
// row by itself. Where little tells, a text passes for English.

// NotEnglish is why a conversation, a sentence or a row was not heard.
const NotEnglish = "not English"

// English says whether a row can be heard: by its sentence, and where that does
// not tell ("Genau."), by what stood before it.
func English(r Row) bool {
	for _, text := range []string{r.Sentence, r.Before, r.Question} {
		if is := tongueOf(text); is != untold {
			return is == isEnglish
		}
	}
	return true
}

// tongue is what a text tells of its language.
type tongue int8

const (
	untold    tongue = iota // names, numbers, emoji, code, or too little
	isEnglish               // more speaks for it than against it
	isForeign
)

// tongueOf says what a sentence or two tell of their language.
func tongueOf(text string) tongue {
	t := tallyOf(text)
	against := t.foreign + t.strange
	switch {
	case t.letters == 0:
		return untold
	case 2*t.latin < t.letters:
		return isForeign
	case against > 1 && against >= 3*t.english-1: // one English word may be the other language's, and more a name's
		return isForeign
	case t.english > 0:
		return isEnglish
	case against > 0 && against+t.both == t.words, t.strange > 0: // "Ja, genau"
		return isForeign
	case inPieces(text, t.foreign > 0):
		return isForeign
	case t.foreign == 0 && mostlyCommon(text):
		return isEnglish
	}
	return untold
}

// mostlyCommon says whether most words are common ones of English.
func mostlyCommon(text string) bool {
	n, common := 0, 0
	for _, p := range segment.Words(text) {
		n++
		if segment.Rarity(segment.Stem(p.Of(text))) < segment.Unheard {
			common++
		}
	}
	return 2*common > n
}

// inPieces tells where no common word of English stands. The word pieces of the
// encoder are English: other languages fall into twice as many. Names do so
// anywhere, codes and paths too, so that words with a capital tell nothing.
func inPieces(text string, withForeign bool) bool {
	if strings.ContainsAny(text, "/\\_{}<>=@#|()*") {
		return false
	}
	words, pieces := 0, 0
	for _, p := range segment.Words(text) {
		word := stem(straight(p.Of(text)))
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && otherTongues[word] != isForeign {
			words++
			pieces += len(embed.AppendPieces(nil, word))
		}
	}
	if withForeign {
		return words > 0 && 10*pieces >= piecesBeside*words
	}
	return words >= fewWords && 10*pieces >= piecesAlone*words
}

// How many pieces ten words fall into where they are not English: beside a word
// that is foreign, and alone, where it takes a few words.
const piecesBeside, piecesAlone, fewWords = 16, 26, 3

// leaveForeign marks the sentences that are not English. One that does not tell
// goes with most of what its speaker says.
func (s *script) leaveForeign(c *headway.Conversation) {
	tongues := make([]tongue, len(s.rows))
	told := map[headway.SpeakerID]int{} // English sentences less foreign ones
	some := false
	for i, r := range s.rows {
		speaker := c.Turns[s.heard[i].Turn].Speaker
		switch tongues[i] = tongueOf(r.Sentence); tongues[i] {
		case isEnglish:
			told[speaker]++
		case isForeign:
			told[speaker]--
			some = true
		}
	}
	if !some {
		return
	}
	for i, is := range tongues {
		if is == isForeign || is == untold && told[c.Turns[s.heard[i].Turn].Speaker] < 0 {
			s.heard[i].Unheard = NotEnglish
		}
	}
}

// How much is read to tell the language of a conversation, and how much it takes
// to say that it is not English.
const (
	readWords    = 600
	fewLetters   = 20
	enoughWords  = 40
	englishShare = .10
)

// english says whether our rules can hear anything of the conversation. Short
// texts ("Great mug, nice print") hold no common words at all, so that only
// foreign ones speak against them; fewer than twenty letters count as English,
// unless all their words are foreign.
func english(c *headway.Conversation) bool {
	var all tally
	heard := map[tongue]int{}
	for i := range c.Turns {
		if all.words >= readWords {
			break
		}
		text := c.Turns[i].Text.Text
		text = text[:cutAt(text, 8*readWords)]
		all.read(text)
		heard[tongueOf(text)]++
	}
	switch {
	case all.letters < fewLetters:
		return heard[isForeign] == 0 || heard[isEnglish] > 0
	case 2*all.latin < all.letters:
		return false
	case all.foreign > 1 && all.foreign > all.english:
		return false
	case heard[isForeign] > 0 && heard[isEnglish] == 0:
		return false
	}
	return all.words < enoughWords || float64(all.english) >= englishShare*float64(all.words)
}

// tally counts what tells a language.
type tally struct {
	letters, latin          int
	words, english, foreign int // common words of English, and of others only
	both                    int // common words of English that others have too
	strange                 int // other words with letters that English has not, but names
}

func tallyOf(text string) *tally {
	t := &tally{}
	t.read(text)
	return t
}

func (t *tally) read(text string) {
	var room [64]segment.Piece
	for _, w := range segment.AppendWords(room[:0], text) {
		t.add(straight(w.Of(text)))
	}
}

func (t *tally) add(word string) {
	t.words++
	strange := t.letter(word)
	if word == "I" {
		t.english++ // other languages write it small
		return
	}
	lower := strings.ToLower(word)
	switch of, known := otherTongues[lower]; {
	case known && of == isForeign:
		t.foreign++
	case known:
		t.both++
	case segment.IsStop(lower):
		t.english++
	case strange && !borrowed[stem(lower)]:
		t.strange++
	}
}

// letter counts a word's letters, and says whether there are some that English
// has not; in a name that tells nothing.
func (t *tally) letter(word string) (strange bool) {
	named := false
	for i, r := range word {
		switch {
		case 'a' <= r && r <= 'z':
			t.letters++
			t.latin++
		case unicode.IsLetter(r):
			t.letters++
			if unicode.Is(unicode.Latin, r) {
				t.latin++
			}
			strange = strange || r > unicode.MaxASCII
			named = named || i == 0 && unicode.IsUpper(r)
		}
	}
	return strange && !named
}

// stem leaves out what follows an apostrophe.
func stem(word string) string {
	word, _, _ = strings.Cut(word, "'")
	return word
}

// straight writes the apostrophe as typewriters do.
func straight(word string) string {
	if !strings.Contains(word, "’") {
		return word
	}
	return strings.ReplaceAll(word, "’", "'")
}

// cutAt gives a rune border at or just under most bytes.
func cutAt(text string, most int) int {
	if len(text) <= most {
		return len(text)
	}
	for most > 0 && text[most]&0xC0 == 0x80 {
		most--
	}
	return most
}

//go:embed foreign.txt
var foreignText string

// otherTongues are words that are common in another language written in Latin
// letters: isForeign where they mean little in English, untold where they are
// English too.
var otherTongues = func() map[string]tongue {
	english := setOf(strings.Fields(`man men war hat mal die dies dem den des son sons plus van bar ten mines ate tan ale one come more
		sale sales non sole dove due fare ha ho dit plan note male fine pas pie pay gut super rate sang six via dig far fast hand bin dag dog
		her rest tag name land bad has she bon con pro per se en la el as an ser dos des sin era red ver van list full part pour sur mere
		main moms mot ton tons mes ai io id it uk us ok tv pc ma pa da de un no mi me ci ti te ta tu az ha es et al el os um ko mu mum
		mamma papa bra fan fat far god got sen hon var bit hem hen hos nu nor not nog ni na ne ja je jag jam jar po pod od do go ta to tak
		ten tom top kan lid lite ska som tack under up ut vid let per kim sen siz ben bun bir ile pan pro raz sam sama same tam tea klar
		prima genau claro certo vale casi cada hola gracias merci bonjour grazie ciao danke bitte kein ver kinder voila deja cafe hai ya
		by im vi na chi comment door hans com stata car bueno tai`)...)
	kept := setOf(strings.Fields(`ja nu nog nein genau claro certo vale casi cada gracias merci bonjour grazie danke bitte kein klar jag je ska som tack vid
		kan ben bir ile raz tam sama siz var hem och ne po od tak es et un de da pas
		aime faire exactement depende persone nich`)...)
	all := map[string]tongue{}
	for line := range strings.Lines(foreignText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		for _, w := range words[min(1, len(words)):] {
			switch {
			case segment.IsStop(w), (english[w] || segment.Rarity(segment.Stem(w)) < segment.Unheard) && !kept[w]:
				all[w] = untold
			case len(w) > 1:
				all[w] = isForeign
			}
		}
	}
	return all
}()

// borrowed are English words with letters that English has not.
var borrowed = setOf("café", "cafés", "naïve", "naïvely", "résumé", "resumé", "résumés", "cliché", "clichés", "cliched", "clichéd", "fiancé", "fiancée",
	"façade", "façades", "décor", "entrée", "entrées", "touché", "crème", "brûlée", "jalapeño", "jalapeños", "piñata", "à", "déjà", "matinée", "sauté",
	"sautéed", "purée", "soufflé", "protégé", "exposé", "über", "voilà", "née", "coöperate", "coördinate", "zoë", "chloë", "beyoncé", "señor", "señora")
