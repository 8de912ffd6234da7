// Package cue hears cues: places where the words of a sentence fit a pattern.
// The kinds of matching are few and stand here in Go; the cues are many and
// stand in YAML files beside the detectors that use them, so that adding a cue
// needs no Go.
//
// It is the ear of the steps: a sentence goes in, the cues that fit it come out, for
// all files at once and in one pass over the words. What a cue is worth, the step
// decides whose cues they are (hear, job/lint).
//
// A file holds cues for one label:
//
//	label: struggle
//	unless: [denied]
//	sets:
//	  hard: [hard, difficult, tricky, time consuming]
//	cues:
//	- name: hard
//	  why: says that something is hard
//	  say:
//	  - it @be [..2] @hard
//	  - (i|we) struggle~ (with|to)
//
// # Patterns
//
//	hard            the word, in any case
//	spend~          every inflection: spend, spends, spent, spending
//	frustrat*       every word that starts so
//	@hard           any member of a set; a member may be a pattern itself
//	#               a number in digits
//	€               a currency sign of any country
//	?               a question mark (standing alone)
//	(a|b c)         either
//	very?           perhaps
//	[..3] [1..2]    up to three words; one or two words
//	^ ... $         the sentence starts, ends here
//
// Contractions are opened before matching, also where the apostrophe is lost:
// "don't", "dont" and "do not" are the words do and not, "I'm" is i am; "'s"
// and "'d" stay words of their own, since they have two meanings. Hyphens part
// words. A pattern does not reach over a full stop, colon, semicolon, dash or
// bracket; it does reach over a comma.
//
// # Guards
//
// A guard takes the force from the cues that follow it:
//
//	guards:
//	- name: denied
//	  say: [not, never, no longer]
//	  reach: 4
//
// "Not worried" then fires no cue that has denied in its unless, when it starts
// within four words after the guard and before the next comma. A guard
// that is part of a cue's own words ("can not find") does not silence it. With
// reach 0 a guard silences the whole sentence, wherever it stands.
package cue

import (
	"io/fs"

	"github.com/headway-oss/headway"
	"go.yaml.in/yaml/v3"
)

// File is one file of cues.
type File struct {
	Label  string              `yaml:"label"`  // what its cues are about; names them with their own name: "struggle/hard"
	Unless []string            `yaml:"unless"` // guards that silence its cues, where a cue does not say otherwise
	Sets   map[string][]string `yaml:"sets"`   // known in every file
	Guards []Guard             `yaml:"guards"` // known in every file
	Cues   []Cue               `yaml:"cues"`
}

// Cue is one sign, in all its wordings.
type Cue struct {
	Label  string   `yaml:"label"`  // the file's, where empty
	Name   string   `yaml:"name"`   // once a label
	Why    string   `yaml:"why"`    // what it shows, in words for a reader: "names a threshold"
	Say    []string `yaml:"say"`    // patterns, any of which
	When   []string `yaml:"when"`   // tags that must all hold; "a|b" either, "!a" not
	Unless []string `yaml:"unless"` // guards; given, also empty, they replace the file's
	Weight float64  `yaml:"weight"` // for the detector to use
}

// ID names a cue among all: label/name.
func (c Cue) ID() string { return c.Label + "/" + c.Name }

// Guard is a wording that takes the force from cues after it.
type Guard struct {
	Name  string   `yaml:"name"`
	Say   []string `yaml:"say"`
	Reach int      `yaml:"reach"` // words; 0 is the whole sentence, before and after
}

// Read reads every file of fsys that pattern (as of [fs.Glob]) names, in order
// of name. It fails with Invalid on a field it does not know.
func Read(fsys fs.FS, pattern string) ([]File, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "%s is no pattern of file names: %v", pattern, err)
	}
	var files []File
	for _, name := range names {
		f, err := readFile(fsys, name)
		if err != nil {
			return nil, headway.Errorf(headway.Invalid, "cue file %s: %v", name, err)
		}
		files = append(files, f)
	}
	return files, nil
}

func readFile(fsys fs.FS, name string) (f File, err error) {
	r, err := fsys.Open(name)
	if err != nil {
		return f, err
	}
	defer r.Close()
	dec := yaml.NewDecoder(r)
	dec.KnownFields(true)
	return f, dec.Decode(&f)
}
