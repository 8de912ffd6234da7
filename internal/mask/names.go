package mask

import (
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
	"github.com/headway-oss/headway/internal/segment"
)

//go:embed words/*.txt
var files embed.FS

// The lists of words; each file says what is in it.
var (
	sureCues, weakCues = readCues()
	given              = readWords("given")
	others             = readWords("others")
	brands             = readBrands()
)

func lines(name string) []string {
	data, err := files.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic(err) // it is in the program
	}
	var kept []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			kept = append(kept, line)
		}
	}
	return kept
}

func readWords(name string) map[string]bool {
	set := map[string]bool{}
	for _, line := range lines(name) {
		for word := range strings.FieldsSeq(line) {
			set[word] = true
		}
	}
	return set
}

func readCues() (sure, weak map[string]bool) {
	sure, weak = map[string]bool{}, map[string]bool{}
	for _, line := range lines("cues") {
		kind, cue, _ := strings.Cut(line, " ")
		if kind == "sure" {
			sure[cue] = true
		} else {
			weak[cue] = true
		}
	}
	return sure, weak
}

func readBrands() map[string]string {
	pairs := map[string]string{}
	for _, line := range lines("brands") {
		first, second, _ := strings.Cut(line, " ")
		pairs[first] = second
	}
	return pairs
}

// names are the words by which people are called in one conversation, each with
// how that is known.
type names struct{ why map[string]string }

// newNames reads the speakers' names, and then what is found in the turns: who is
// introduced once is known everywhere in the conversation.
func newNames(c *headway.Conversation) *names {
	n := &names{map[string]string{}}
	for _, s := range c.Speakers {
		n.speaker(s.Name)
	}
	for i := range c.Turns {
		n.learn(c.Turns[i].Text.Text)
	}
	return n
}

// speaker takes up a speaker's name and its parts, unless it is a role.
func (n *names) speaker(name string) {
	for _, w := range tokens(name) {
		if w.capital && w.letters() > 1 && !naming.IsNobodys(w.own) && !others[w.own] {
			n.why[w.own] = "a speaker's name"
		}
	}
}

// token is a word of a text with what its writing tells.
type token struct {
	from, to int    // of the word without what hangs on an apostrophe
	end      int    // of all of it
	own      string // without that
	capital  bool   // begins with one
	begins   bool   // a sentence, or something that stands for itself
}

func (t token) letters() int { return utf8.RuneCountInString(t.own) }

func tokens(text string) (all []token) {
	begins := true
	for _, w := range segment.Words(text) {
		own := segment.OwnWord(w.Of(text))
		first, _ := utf8.DecodeRuneInString(own)
		all = append(all, token{from: w.Start, to: w.Start + len(own), end: w.End, own: own, capital: unicode.IsUpper(first), begins: begins})
		begins = segment.EndsSentence(text[w.End:])
	}
	return all
}

// learn takes up the names that a text tells.
func (n *names) learn(text string) {
	all := tokens(text)
	for i := 0; i < len(all); i++ {
		why := n.tells(text, all, i)
		if why == "" {
			continue
		}
		for end := runEnd(text, all, i); i < end; i++ {
			if all[i].capital && n.why[all[i].own] == "" {
				n.why[all[i].own] = why
			}
		}
		i--
	}
}

// tells says why a name begins at a word, or "" where none does.
func (n *names) tells(text string, all []token, i int) string {
	w := all[i]
	if !w.capital || w.letters() < 2 || shouted(w.own) || isBrand(all, i) {
		return ""
	}
	cue, sure := cueBefore(text, all, i)
	switch {
	case sure && (!others[w.own] || given[w.own]) && !segment.IsAlwaysCapital(w.own):
		return "after “" + cue + "”"
	case cue != "" && likelyName(w):
		return "after “" + cue + "”"
	case given[w.own]:
		return "a given name"
	case likelyName(w) && speaksAfter(all, i):
		return "before “" + strings.ToLower(text[all[i+1].from:all[i+1].end]) + "”"
	}
	return ""
}

// likelyName says whether a word is not known as any other.
func likelyName(w token) bool {
	if others[w.own] || segment.IsAlwaysCapital(w.own) {
		return false
	}
	lower := strings.ToLower(w.own)
	return given[w.own] || !segment.IsStop(lower) && segment.Rarity(segment.Stem(lower)) >= segment.Unheard
}

// shouted says whether a word of several letters stands in capitals: "USA".
func shouted(word string) bool { return word == strings.ToUpper(word) }

func isBrand(all []token, i int) bool {
	second, first := brands[all[i].own]
	return first && i+1 < len(all) && all[i+1].own == second
}

// cueBefore gives the longest cue that ends just before a word.
func cueBefore(text string, all []token, i int) (cue string, sure bool) {
	const longest = 4 // words
	for n := longest; n > 0; n-- {
		if i-n < 0 || !near(text[all[i-1].end:all[i].from]) {
			continue
		}
		phrase := strings.ToLower(strings.ReplaceAll(text[all[i-n].from:all[i-1].end], "’", "'"))
		if titles[phrase] && !all[i-1].capital {
			continue // "I miss Vienna"
		}
		if sureCues[phrase] || weakCues[phrase] {
			return phrase, sureCues[phrase]
		}
	}
	return "", false
}

// near says whether what stands between two words keeps them together.
func near(between string) bool {
	between = strings.TrimLeft(between, ".,")
	return strings.Trim(between, " \n") == "" && len(between) < 4
}

// speaksAfter says whether the words after a name are said by who has it.
func speaksAfter(all []token, i int) bool {
	return i+1 < len(all) && all[i].begins && (all[i+1].own == "speaking" || all[i+1].own == "here" && i+2 == len(all))
}

// particles stand small between the parts of a name.
var particles = map[string]bool{"de": true, "van": true, "von": true, "der": true, "den": true, "da": true, "di": true, "del": true, "la": true, "bin": true, "al": true, "ter": true}

// runEnd gives the end of the name that begins at a word: three parts at most,
// and particles between them.
func runEnd(text string, all []token, i int) int {
	end := i + 1
	for parts, k := 1, i+1; parts < 3 && k < len(all); k++ {
		between := text[all[k-1].end:all[k].from]
		if between != " " && between != "-" || all[k-1].end != all[k-1].to {
			break
		}
		w := all[k]
		if particles[w.own] {
			continue
		}
		if !w.capital || others[w.own] || segment.IsAlwaysCapital(w.own) || shouted(w.own) && w.letters() > 1 || w.letters() == 1 {
			break
		}
		end, parts = k+1, parts+1
	}
	return end
}

// in finds the names in a text, neighbours as one.
func (n *names) in(text string) (found []found) {
	all := tokens(text)
	for i := 0; i < len(all); i++ {
		if !n.known(text, all, i) {
			continue
		}
		first := i
		for k := i + 1; k < len(all) && joins(text, all, k); k++ {
			if n.known(text, all, k) {
				i = k
			} else if !particles[all[k].own] {
				break
			}
		}
		found = append(found, foundName(text, all, first, i, n.why[all[first].own]))
	}
	return found
}

// known says whether a word is a name where it stands. One that is also another
// word is none where a sentence begins with it, unless it stands apart.
func (n *names) known(text string, all []token, i int) bool {
	w := all[i]
	if n.why[w.own] == "" || isBrand(all, i) {
		return false
	}
	if cue, _ := cueBefore(text, all, i); cue != "" || likelyName(w) || !w.begins {
		return true
	}
	return w.end == len(text) || strings.ContainsRune(",.?!", rune(text[w.end]))
}

// joins says whether a word goes on where the one before ends.
func joins(text string, all []token, k int) bool {
	between := text[all[k-1].to:all[k].from]
	return between == " " || between == "-"
}

// foundName takes a title that stands before the name with it.
func foundName(text string, all []token, first, last int, why string) found {
	from, to := all[first].from, all[last].to
	if all[last].end > to && strings.TrimLeft(text[to:all[last].end], "'’") == "s" {
		to = all[last].end // "Anna's" goes whole
	}
	if first > 0 && titles[strings.ToLower(all[first-1].own)] && near(text[all[first-1].end:from]) && all[first-1].capital {
		from = all[first-1].from
	}
	return found{from, to, Name, why}
}

var titles = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "professor": true, "sir": true, "sister": true,
	"herr": true, "frau": true, "madame": true, "monsieur": true, "señor": true, "señora": true, "signor": true, "signora": true}
