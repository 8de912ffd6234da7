// Package sample holds two finished studies that we invented, so that a
// newcomer sees a mirror before having a file: Jan's mugs, the same mug hired
// for three different jobs, and Marta's prospect who went quiet. Nobody and
// nothing in them is real; wherever they show they are marked so.
//
//	for _, s := range sample.Studies() { fmt.Println(s.Name, len(s.Files)) }
package sample

import (
	"embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

//go:embed sample.yaml mugs erp
var files embed.FS

// Study is one invented study with everything a person would have done to it.
type Study struct {
	Name       string
	About      headway.About
	Options    source.Options // who is who
	Files      []source.File
	Guesses    []Guess
	Judgements []Judgement
	Same       []Speaker // who are one person
}

// Speaker is a name in a file.
type Speaker struct {
	File string `yaml:"file"`
	Name string `yaml:"name"`
}

// Find gives the speaker among conversations.
func (s Speaker) Find(conversations []headway.Conversation) (headway.Speaker, error) {
	for _, c := range conversations {
		for _, speaker := range c.Speakers {
			if c.File == s.File && speaker.Name == s.Name {
				return speaker, nil
			}
		}
	}
	return headway.Speaker{}, headway.Errorf(headway.NotFound, "nobody called %q speaks in %s", s.Name, s.File)
}

// Guess is what the invented team believed.
type Guess struct {
	Slot   headway.Label `yaml:"slot"`
	Author string        `yaml:"author"`
	Text   string        `yaml:"text"`
}

// Judgement is what the invented team said of a sentence, which is found in
// its file by the words it starts with.
type Judgement struct {
	Guess   headway.Label   `yaml:"guess"` // the slot of the guess
	File    string          `yaml:"file"`
	Words   string          `yaml:"words"`
	Verdict headway.Verdict `yaml:"verdict"`
}

// Studies gives the invented studies, the one to show first in front.
func Studies() []Study {
	var written struct {
		Studies []struct {
			Name       string        `yaml:"name"`
			About      headway.About `yaml:"about"`
			Ours       []string      `yaml:"ours"`
			Theirs     []string      `yaml:"theirs"`
			Files      []string      `yaml:"files"`
			Guesses    []Guess       `yaml:"guesses"`
			Judgements []Judgement   `yaml:"judgements"`
			Same       []Speaker     `yaml:"same"`
		} `yaml:"studies"`
	}
	if err := yaml.Unmarshal(read("sample.yaml"), &written); err != nil {
		panic(fmt.Sprintf("the embedded sample is broken: %v", err))
	}
	var studies []Study
	for _, w := range written.Studies {
		s := Study{Name: w.Name, About: w.About, Guesses: w.Guesses, Judgements: w.Judgements, Same: w.Same}
		s.Options = source.Options{Ours: w.Ours, Theirs: w.Theirs}
		for _, name := range w.Files {
			s.Files = append(s.Files, source.File{Name: name, Data: read(name)})
		}
		studies = append(studies, s)
	}
	return studies
}

// Span finds the judgement's words in the conversations of its study: from
// where they start to the end of the sentence in which they stand.
func (j Judgement) Span(conversations []headway.Conversation, sentences func(*headway.Conversation) []headway.Heard) (headway.Span, error) {
	for i := range conversations {
		c := &conversations[i]
		if c.File != j.File {
			continue
		}
		for _, h := range sentences(c) {
			q, err := c.Turns[h.Turn].Text.Cut(h.Span)
			if err == nil && strings.HasPrefix(q.String(), j.Words) {
				return h.Span, nil
			}
		}
	}
	return headway.Span{}, headway.Errorf(headway.NotFound, "no sentence of %s starts with %q", j.File, j.Words)
}

func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("the embedded sample lacks %s", name))
	}
	return data
}
