package cue

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// heard gives, for one cue that says the patterns given, the words it fits.
func heard(t *testing.T, sentence string, say ...string) string {
	t.Helper()
	book := compile(t, File{
		Label:  "x",
		Sets:   map[string][]string{"be": {"be~"}, "hard": {"hard", "time consuming", "a @pain"}, "pain": {"pain", "bother"}},
		Guards: []Guard{{Name: "denied", Say: []string{"not", "no longer", "never"}, Reach: 3}, {Name: "joke", Say: []string{"kidding"}}},
		Unless: []string{"denied", "joke"},
		Cues:   []Cue{{Name: "y", Say: say}},
	})
	hits := book.Listen().Hear(sentence, 0)
	if len(hits) == 0 {
		return ""
	}
	return sentence[hits[0].Start:hits[0].End]
}

func compile(t testing.TB, files ...File) *Book {
	t.Helper()
	book, err := Compile(files...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestPatternsFit(t *testing.T) {
	for _, c := range []struct{ behaviour, sentence, say, want string }{
		{"a word in any case", "What a MESS!", "mess", "MESS"},
		{"a stem takes every inflection", "We spent days, then spend more", "spend~", "spent"},
		{"a stem is not a prefix", "The spender left", "spend~", ""},
		{"a prefix takes longer words", "So frustratingly slow", "frustrat*", "frustratingly"},
		{"a set holds phrases and sets", "It is a bother to me", "it @be @hard", "It is a bother"},
		{"a hyphen parts words", "It's so time-consuming", "it 's [..2] @hard", "It's so time-consuming"},
		{"a contraction is opened in text and pattern", "I don’t see it", "i do not", "I don’t"},
		{"a contraction is opened in the pattern", "I do not see it", "i don't", "I do not"},
		{"a lost apostrophe is minded", "i cant find it", "can not find", "cant find"},
		{"a number in digits", "It took 3.5 hours", "# hour~", "3.5 hours"},
		{"a currency sign", "over €500", "over € #", "over €500"},
		{"a question mark of its own", "Really?", "really ?", "Really?"},
		{"an optional word is there", "a very big one", "a very? big", "a very big"},
		{"an optional word is not there", "a big one", "a very? big", "a big"},
		{"a gap within its bounds", "find me a good one", "find [..3] one", "find me a good one"},
		{"a gap too wide", "find me a really good one", "find [..3] one", ""},
		{"a gap that must be filled", "find one", "find [1..3] one", ""},
		{"the start", "So I left", "^ i left", ""},
		{"the end", "I left early", "i left $", ""},
		{"the whole sentence", "Nothing.", "^ nothing $", "Nothing"},
		{"no reach over a full stop", "I can. Find it", "can find", ""},
		{"reach over a comma", "slow, really slow", "slow really", "slow, really"},
		{"other scripts are read past", "日本 — hard", "hard", "hard"},
	} {
		t.Run(c.behaviour, func(t *testing.T) {
			if got := heard(t, c.sentence, c.say); got != c.want {
				t.Errorf("%q in %q fits %q, want %q", c.say, c.sentence, got, c.want)
			}
		})
	}
}

func TestGuardsSilence(t *testing.T) {
	for _, c := range []struct{ behaviour, sentence, say, want string }{
		{"before the cue", "not hard at all", "hard", ""},
		{"within reach", "It was never that terribly hard", "hard", "" /* third word after */},
		{"out of reach", "It was never once that terribly hard", "hard", "hard"},
		{"only up to a comma", "No longer, hard as it was", "hard", "hard"},
		{"inside a gap", "it is not hard", "it is [..2] hard", ""},
		{"not when the cue itself says it", "I can not find it", "can not find", "can not find"},
		{"the whole sentence with reach 0", "It is hard, only kidding", "hard", ""},
		{"one place, and the cue fires at the next", "not hard, but hard", "hard", "hard"},
	} {
		t.Run(c.behaviour, func(t *testing.T) {
			if got := heard(t, c.sentence, c.say); got != c.want {
				t.Errorf("%q in %q fits %q, want %q", c.say, c.sentence, got, c.want)
			}
		})
	}
}

func TestConditionsHold(t *testing.T) {
	book := compile(t, File{Label: "x", Cues: []Cue{
		{Name: "any", Say: []string{"yes"}},
		{Name: "either", Say: []string{"yes"}, When: []string{"a|b"}},
		{Name: "both", Say: []string{"yes"}, When: []string{"a", "b"}},
		{Name: "not", Say: []string{"yes"}, When: []string{"!a"}},
	}})
	for _, c := range []struct {
		tags []string
		want string
	}{
		{nil, "any not"},
		{[]string{"a"}, "any either"},
		{[]string{"b", "unheard-of"}, "any either not"},
		{[]string{"a", "b"}, "any either both"},
	} {
		var got []string
		for _, h := range book.Listen().Hear("yes", book.Tags(c.tags...)) {
			got = append(got, book.Cues()[h.Cue].Name)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("with %v (-want +got):\n%s", c.tags, diff)
		}
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	for _, c := range []struct{ behaviour, file, say string }{
		{"an unknown field", "label: x\ncolour: red\n", "colour"},
		{"an unknown set", "cues: [{name: a, say: ['@no']}]", "no set @no"},
		{"an unknown guard", "cues: [{name: a, say: [b], unless: [c]}]", "no guard c"},
		{"an open bracket", "cues: [{name: a, say: ['(b']}]", "not closed"},
		{"a bracket too many", "cues: [{name: a, say: ['b)']}]", "too many"},
		{"a pattern that begins with a gap", "cues: [{name: a, say: ['[..2] b']}]", "begin with a word"},
		{"a pattern that may be empty", "cues: [{name: a, say: ['b?']}]", "begin with a word"},
		{"an empty pattern", "cues: [{name: a, say: ['']}]", "no words"},
		{"no patterns", "cues: [{name: a}]", "says nothing"},
		{"a cue without a name", "cues: [{say: [b]}]", "name of its own"},
		{"two cues of one name", "cues: [{name: a, say: [b]}, {name: a, say: [c]}]", "name of its own"},
		{"a set in circles", "sets: {s: ['@s']}\ncues: [{name: a, say: ['@s']}]", "circles"},
		{"a gap without bounds", "cues: [{name: a, say: ['b [..] c']}]", "no gap"},
	} {
		t.Run(c.behaviour, func(t *testing.T) {
			files, err := Read(fstest.MapFS{"a.yaml": {Data: []byte(c.file)}}, "*.yaml")
			if err == nil {
				_, err = Compile(files...)
			}
			if err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("the error is %v, want one that says %q", err, c.say)
			}
		})
	}
}

func FuzzHitsLieInTheSentence(f *testing.F) {
	f.Add("I can't find it, it's hard?!")
	f.Add("\xff ’s don’t 3.5% … \U0001F600")
	f.Add("'' 's n't i'm - -- a-b")
	book := compile(f, File{
		Label:  "x",
		Guards: []Guard{{Name: "denied", Say: []string{"not"}, Reach: 3}},
		Unless: []string{"denied"},
		Cues:   []Cue{{Name: "y", Say: []string{"(i|it|a*) [..3] (find~|'s|?|#)", "hard"}}},
	})
	f.Fuzz(func(t *testing.T, sentence string) {
		for _, h := range book.Listen().Hear(sentence, 0) {
			if h.Start < 0 || h.End <= h.Start || h.End > len(sentence) {
				t.Errorf("hit %d-%d of %d bytes", h.Start, h.End, len(sentence))
			}
		}
	})
}
