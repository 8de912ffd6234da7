package shoes

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway/internal/segment"
)

//go:embed cues.yaml
var cuesYAML []byte

// A family is cues that tell the same of a sentence.
type family string

const (
	famUs      family = "us"
	famProcess family = "process"
	famOffer   family = "offer"
	famCall    family = "call"
	famWant    family = "want"
	famDelight family = "delight"
	famDread   family = "dread"
	famHabits  family = "habits"
	famAlways  family = "always"
	famPeople  family = "people"
	famThey    family = "they"
	famYou     family = "you"
	famTold    family = "told"
)

// told is words that told a family.
type told struct {
	by    family
	words string
}

// cue is words in a row.
type cue struct {
	family family
	words  []string // lower case; one that ends in ~ stands for all that begin so
}

// cues are all cues by the first two letters of their first word.
var cues = sync.OnceValue(func() map[string][]cue {
	var lines map[family][]string
	if err := yaml.Unmarshal(cuesYAML, &lines); err != nil {
		panic("shoes: cues.yaml: " + err.Error()) // part of the program, and a test reads it
	}
	by := map[string][]cue{}
	for f, all := range lines {
		for _, line := range all {
			for written := range strings.SplitSeq(line, "|") {
				words := strings.Fields(written)
				by[firstTwo(words[0])] = append(by[firstTwo(words[0])], cue{f, words})
			}
		}
	}
	return by
})

// firstTwo is by what a word is looked up.
func firstTwo(word string) string { return word[:min(2, len(word))] }

// cuesIn gives, family by family, the words by which a sentence tells it, each
// stretch of words once, the longest. Where known is not nil, only those.
func cuesIn(words []string, known map[told]bool) map[family][]string {
	found := map[family][]string{}
	until := map[family]int{}
	for i := range words {
		longest := map[family]int{}
		for _, c := range cues()[firstTwo(words[i])] {
			if c.standsAt(words, i) && i >= until[c.family] {
				longest[c.family] = max(longest[c.family], len(c.words))
			}
		}
		for f, n := range longest {
			if written := strings.Join(words[i:i+n], " "); known == nil || known[told{f, written}] {
				found[f] = append(found[f], written)
				until[f] = i + n
			}
		}
	}
	return found
}

func (c cue) standsAt(words []string, at int) bool {
	if c.family == famCall && at > 0 || at+len(c.words) > len(words) {
		return false
	}
	for i, want := range c.words {
		begins, open := strings.CutSuffix(want, "~")
		if got := words[at+i]; got != want && !(open && strings.HasPrefix(got, begins)) {
			return false
		}
	}
	return true
}

// lowerWords gives the words of a sentence as cues are written.
func lowerWords(sentence string) []string {
	var words []string
	for _, p := range segment.Words(sentence) {
		words = append(words, strings.ReplaceAll(strings.ToLower(p.Of(sentence)), "’", "'"))
	}
	return slices.Clip(words)
}
