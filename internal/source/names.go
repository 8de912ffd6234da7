package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// maxName is the longest name a speaker can have, in bytes.
const maxName = 64

// notNames begin lines that look like "Name: text" and name nobody.
var notNames = fieldSet(`note notes nb ps re subject from to cc bcc sent date time title duration location attendees
	participants speakers transcript topic summary http https example examples e.g i.e warning tip url link source
	mailto file www kind language agenda action actions recording ref version status step result total phone email
	e-mail tel fax address`)

// namePrefix cuts a speaker's name off the front of "Name: text". It only says
// that there could be one; which names are speakers is decided over the whole
// text, see [roll]. Spaces before the colon do not matter. A Windows path, a
// time of day and an address on the web are no names.
func namePrefix(line string) (name, rest string, ok bool) {
	end := strings.IndexByte(line[:min(len(line), maxName+1)], ':')
	for end >= 0 {
		if end+1 == len(line) || line[end+1] == ' ' || line[end+1] == '\t' || strings.HasPrefix(line[end+1:], "\u00a0") {
			name = strings.TrimSpace(line[:end])
			return name, strings.TrimSpace(line[end+1:]), plausibleName(name)
		}
		next := strings.IndexByte(line[end+1:min(len(line), maxName+1)], ':')
		if next < 0 {
			break
		}
		end += 1 + next
	}
	return "", line, false
}

// plausibleName says whether a text could name a speaker: up to five words,
// led by a letter or figure, without the punctuation of a sentence.
func plausibleName(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) && first != '+' {
		return false
	}
	letters, words := false, 1
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters = true
		case r == ' ':
			words++
		case r == '.' && i > 2 && i+1 < len(s) && s[i+1] != ' ' && !strings.Contains(s, "@"):
			return false // "example.com", but "J. Doe", "Dr. Berg"
		case strings.ContainsRune("?!;:,\"“”„<>{}=*`|\\/…", r) && !(r == '/' && strings.Contains(s, "(")):
			return false
		}
	}
	if words > 5 || (!letters && first != '+') {
		return false
	}
	word, _, _ := strings.Cut(strings.ToLower(s), " ")
	return !notNames[word]
}

// personLike says whether every word of a name is written as names are.
func personLike(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '(' {
			return false
		}
	}
	return len(words) <= 3
}

// A roll counts the names that could be speakers, to tell them from lines that
// only look so ("Frustrated: when it breaks"): a speaker speaks again, or is
// named by a role word, or speaks in a text where every piece begins with a name.
type roll struct {
	counts map[string]int
	named  int // pieces that begin with a possible name
	pieces int
	asked  bool // one of the named pieces is a question
	given  []part
	cast   map[string]headway.Side // the sides of those whose part was given
}

// A part is given where a text says beforehand who is who: "Interviewer: Lene Brask".
type part struct{ role, name string }

func newRoll() *roll {
	return &roll{counts: map[string]int{}, cast: map[string]headway.Side{}}
}

func (r *roll) add(name, rest string) {
	r.counts[name]++
	r.named++
	r.asked = r.asked || strings.Contains(rest, "?")
	if roleOf(name) != headway.Unknown && plausibleName(rest) && personLike(rest) {
		r.given = append(r.given, part{name, rest})
	}
}

// giveParts takes the lines that only say who is who for that, where those whom
// they name speak under their names and nobody does under the role.
func (r *roll) giveParts() {
	lines := map[string]int{}
	for _, p := range r.given {
		lines[p.role]++
	}
	for _, p := range r.given {
		first, _, _ := strings.Cut(p.name, " ")
		for _, name := range []string{p.name, first} {
			if r.counts[name] >= 2 && r.counts[p.role] == lines[p.role] {
				r.cast[name] = roleOf(p.role)
				break
			}
		}
	}
	if len(r.cast) == 0 {
		return
	}
	for role, n := range lines {
		if r.counts[role] == n {
			delete(r.counts, role)
			r.named -= n
		}
	}
}

// role gives the side that a name's role word tells among these names.
func (r *roll) role(name string) headway.Side {
	if side, given := r.cast[name]; given {
		return side
	}
	if side := roleOf(name); side != headway.Unknown {
		return side
	}
	return pairRole(name, func(label string) bool { return r.counts[label] > 0 })
}

// speakers gives the names that are speakers.
func (r *roll) speakers() map[string]bool {
	r.giveParts()
	roles := map[headway.Side]int{}
	for name, n := range r.counts {
		roles[r.role(name)] += n
	}
	bothSides := roles[headway.Ours] > 0 && roles[headway.Theirs] > 0
	speakers, repeated := map[string]bool{}, false
	for name, n := range r.counts {
		repeated = repeated || n >= 2
		switch {
		case r.role(name) != headway.Unknown:
			speakers[name] = true
		case bothSides:
			// Roles say who speaks; another name has to speak often beside them.
			if n >= 3 && n*20 >= r.named {
				speakers[name] = true
			}
		case n >= 2:
			speakers[name] = true
		}
	}
	if !bothSides && (repeated && r.named*2 >= r.pieces || r.asked && r.isShortTalk()) {
		for name := range r.counts {
			if personLike(name) {
				speakers[name] = true
			}
		}
	}
	return speakers
}

// isShortTalk says whether a few people say a thing each, as in a pasted
// exchange: two of them, or up to four where nobody's words go on unnamed.
func (r *roll) isShortTalk() bool {
	return len(r.counts) == 2 && r.named*2 >= r.pieces || len(r.counts) <= 4 && r.named == r.pieces
}
