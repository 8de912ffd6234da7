package lint

import (
	"embed"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway/internal/cue"
	"github.com/headway-oss/headway/internal/segment"
)

//go:embed rules
var rules embed.FS

// book holds the cues of all codes.
var book = sync.OnceValue(func() *cue.Book {
	files, err := cue.Read(rules, "rules/en/cues/*.yaml")
	if err != nil {
		panic(err) // a rule of our own that no test has read
	}
	b, err := cue.Compile(files...)
	if err != nil {
		panic(err)
	}
	return b
})

// lists are the words that detectors go by; see rules/en/words.yaml.
type lists struct {
	Generic, Mild, Empty, Done stems
	Beside, Whole, Bare        exact
	Strong, Weak               exact
	Knot, Status               exact
	OfSoftware                 exact `yaml:"of-software"`
	Buying, Unmade             exact
}

// exact is a list met word by word, stems one in which any inflection is met.
type (
	exact map[string]bool
	stems map[string]bool
)

func (e *exact) UnmarshalYAML(n *yaml.Node) error {
	var words []string
	err := n.Decode(&words)
	*e = exact{}
	for _, w := range words {
		(*e)[w] = true
	}
	return err
}

func (s *stems) UnmarshalYAML(n *yaml.Node) error {
	var words []string
	err := n.Decode(&words)
	*s = stems{}
	for _, w := range words {
		(*s)[segment.Stem(w)] = true
	}
	return err
}

func (s stems) has(word string) bool { return s[segment.Stem(word)] }

var known = sync.OnceValue(func() (l lists) {
	mustRead("rules/en/words.yaml", &l)
	return l
})

func mustRead(path string, to any) {
	data, err := rules.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(data, to)
	}
	if err != nil {
		panic(err) // a list of our own that no test has read
	}
}
