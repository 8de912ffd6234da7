package hear

import (
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// How much is read to tell a language, and how much it takes to say a text is
// not English. Short texts ("Great mug, nice print") hold no common words at
// all, so that only foreign ones speak against them.
const (
	readWords    = 600
	fewLetters   = 20
	enoughWords  = 40
	englishShare = .10
)

// english says whether our rules can hear the conversation. Fewer than twenty
// letters count as English.
func english(c *headway.Conversation) bool {
	var t tally
	for i := range c.Turns {
		if t.words >= readWords {
			break
		}
		t.read(c.Turns[i].Text.Text)
	}
	switch {
	case t.letters < fewLetters:
		return true
	case 2*t.latin < t.letters:
		return false
	case t.foreign > 1 && t.foreign > t.english:
		return false
	}
	return t.words < enoughWords || float64(t.english) >= englishShare*float64(t.words)
}

// tally counts what tells a language.
type tally struct{ letters, latin, words, english, foreign int }

func (t *tally) read(text string) {
	text = text[:cutAt(text, 8*readWords)]
	for _, w := range segment.Words(text) {
		word := w.Of(text)
		t.words++
		switch {
		case foreignWords[strings.ToLower(word)]:
			t.foreign++
		case segment.IsStop(word):
			t.english++
		}
		for _, r := range word {
			if unicode.IsLetter(r) {
				t.letters++
			}
			if unicode.Is(unicode.Latin, r) {
				t.latin++
			}
		}
	}
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

// foreignWords are common in another language written in Latin letters and no
// common English words.
var foreignWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
		der das und ist nicht ich sie ein eine einen dem wir es auf mit für von zu auch wie wenn aber haben sind sich bei noch nur
		le la les une et pas je nous vous elle que qui dans avec sur mais très plus c'est j'ai ce cette sont
		el los las una es muy pero por para del como más está estoy nos
		il che di è non per sono con della gli anche ma molto più questo
		het een en niet ik wij zijn voor van op dat ook heel
		uma não eu nós muito isso
		nie się jest że jak ale jestem mam
		och att det är jag inte på som för av
		og jeg ikke af vi har bir ve bu için çok değil ile ja ei että mutta olen oli niin
`) {
		if !segment.IsStop(w) && len(w) > 1 {
			set[w] = true
		}
	}
	return set
}()
