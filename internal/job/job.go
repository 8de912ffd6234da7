// Package job finds what customers hire a product for. It stands after hear on a
// sentence's way: of a study's conversations it makes episodes, each one time
// that a customer hired something or did without, and groups those in which they
// were after the same progress.
//
// It is pure, and every line of it is a place in a stored text. A group has no
// words of its own: what a job is called, a member says (a claim).
//
//	episodes := job.Episodes(job.Study{Talks: talks, Judged: deed.NewJudgements(operations)})
//	jobs := job.Propose(episodes, kept)
package job

import (
	"cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Version names the rules by which episodes are cut and jobs proposed. Raise it
// when they change.
const Version = "job 4"

// Study is what episodes are made of.
type Study struct {
	Talks   []Talk                                // in any order
	Whose   map[headway.PersonID]headway.PersonID // who somebody is since members merged them; nobody else is in it
	Judged  deed.Judgements
	Held    deed.Claims
	Claims  []headway.Claim // of which Held tells what bears on them
	Guesses []headway.Guess
}

// person gives who a speaker is since members merged them.
func (s *Study) person(speaker headway.Speaker) headway.PersonID {
	return cmp.Or(s.Whose[speaker.Person()], speaker.Person())
}

// Talk is a conversation and what was heard in it.
type Talk struct {
	*headway.Conversation
	Hearing headway.Hearing

	own [][]sentence // what customers said in each turn; nil until it is read
}
