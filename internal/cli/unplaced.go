package cli

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// stranger is a name whose side nobody has settled, in all conversations in
// which it is unsettled.
type stranger struct {
	name          string
	guess         headway.Side
	why           string
	words, places int
}

// strangers gathers them, those with most words first.
func (r *report) strangers() []*stranger {
	var all []*stranger
	byName := map[string]*stranger{}
	for i := range r.Parts {
		for _, person := range r.Parts[i].People {
			if person.Side != headway.Unknown || person.Words == 0 {
				continue
			}
			s := byName[person.Name]
			if s == nil {
				s = &stranger{name: person.Name, guess: person.Guess, why: person.Why}
				byName[person.Name], all = s, append(all, s)
			}
			if s.guess != person.Guess {
				s.guess, s.why = headway.Unknown, "" // the conversations disagree
			}
			s.words += person.Words
			s.places++
		}
	}
	slices.SortStableFunc(all, func(a, b *stranger) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(a.name, b.name))
	})
	return all
}

// misnomer is a name of --ours or --theirs that is nobody's.
type misnomer struct {
	name  string
	meant string // who was perhaps meant: "Marta" places no "Marta Weiss", for there may be two Martas
}

// misnomers finds them among the names given, where these people speak.
func misnomers(named []string, people iter.Seq[headway.Speaker]) (all []misnomer) {
	for _, name := range named {
		m, borne := misnomer{name: name}, name == "*"
		for s := range people {
			if borne = borne || isCalled(s, name); borne {
				break
			}
			if m.meant == "" && slices.ContainsFunc(strings.Fields(s.Name), func(word string) bool { return strings.EqualFold(word, name) }) {
				m.meant = s.Name
			}
		}
		if !borne {
			all = append(all, m)
		}
	}
	return all
}

// misnamed says which names of --ours and --theirs are nobody's.
func (r *report) misnamed() {
	for _, m := range misnomers(r.named, r.speakers()) {
		runs := []run{{warn, "nobody here is called " + m.name + "."}}
		if m.meant != "" {
			runs = append(runs, run{plain, "Did you mean " + shellWord(m.meant) + "?"})
		}
		r.par(0, 2, runs...)
	}
}

// speakers gives all who speak.
func (r *report) speakers() iter.Seq[headway.Speaker] {
	return func(yield func(headway.Speaker) bool) {
		for i := range r.Conversations {
			for _, s := range r.Conversations[i].Speakers {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// isCalled says whether a flag names a speaker: by address or domain, or by
// name, behind which a role may stand: "Anna Berg (Interviewer)".
func isCalled(s headway.Speaker, flag string) bool {
	outer, _, _ := strings.Cut(s.Name, "(")
	flag = strings.Join(strings.Fields(flag), " ")
	byDomain := strings.HasPrefix(flag, "@") && strings.HasSuffix(strings.ToLower(s.Email), strings.ToLower(flag))
	return byDomain || slices.ContainsFunc([]string{s.Name, strings.TrimSpace(outer), s.Email}, func(name string) bool { return strings.EqualFold(name, flag) })
}

// unplaced names the flags that would settle the sides nobody has settled, and
// what that changes.
func (r *report) unplaced() {
	const shownStrangers = 4
	all := r.strangers()
	if len(all) == 0 {
		return
	}
	words := 0
	for _, s := range all {
		words += s.words
	}
	r.gap()
	r.par(0, 2, run{warn, fmt.Sprintf("%s to place:", count(r.Mirror.Unplaced, "speaker"))},
		run{plain, fmt.Sprintf("%s count for nobody until you say whose they are.", count(words, "word"))})
	for i, s := range all {
		if i == shownStrangers {
			r.par(2, 4, run{faint, fmt.Sprintf("and %s more; `--theirs '*'` takes everybody not named for a customer", count(len(all)-i, "name"))})
			break
		}
		r.par(2, 4, s.line()...)
	}
	r.par(2, 4, run{faint, settling(all[:min(len(all), shownStrangers)], r.given+r.pathWords())})
}

func (s *stranger) line() []run {
	where := count(s.words, "word")
	if s.places > 1 {
		where += " in " + count(s.places, "conversation")
	}
	runs := []run{{bold, s.shownName()}, {plain, where}}
	switch s.guess {
	case headway.Ours:
		runs = append(runs, run{faint, "· seems to be one of us: " + s.why})
	case headway.Theirs:
		runs = append(runs, run{faint, "· seems to be a customer: " + s.why})
	}
	return runs
}

// settling gives the command that settles strangers as their guesses suggest,
// with what was given before.
// Of strangers of whom nothing is guessed one is enough: the other of two is
// what is left.
func settling(strangers []*stranger, given string) string {
	var flags []string
	for _, s := range strangers {
		switch s.guess {
		case headway.Ours:
			flags = append(flags, "--ours "+s.flagWord())
		case headway.Theirs:
			flags = append(flags, "--theirs "+s.flagWord())
		}
	}
	if len(flags) > 0 {
		return "headway mirror " + strings.Join(flags, " ") + " " + given
	}
	first := strangers[0]
	return fmt.Sprintf("if %s is a customer: headway mirror --theirs %s %s", first.shownName(), first.flagWord(), given)
}

// flagWord is how a flag names a stranger; who has no name is everybody.
func (s *stranger) flagWord() string {
	if s.name == "" {
		return shellWord("*")
	}
	return shellWord(s.name)
}

func (s *stranger) shownName() string {
	if s.name == "" {
		return "somebody without a name"
	}
	return clipped(s.name, 40)
}
