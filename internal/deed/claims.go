package deed

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/headway-oss/headway"
)

// Claims is what members hold of a study's jobs, and what they laid beside it.
// Of a claim that was worded anew each version is a claim of its own; all of
// them have one root, the first, and what hangs on any hangs on the root.
type Claims struct {
	held    map[headway.ClaimID]Held
	before  map[headway.ClaimID]headway.ClaimID // the claim whose place it took
	joined  map[headway.ClaimID]headway.ClaimID // of roots: the job that stays
	bearing map[headway.ClaimID][]Borne
	chosen  map[[2]headway.ClaimID]Chosen // by claim and job, both roots
	groups  map[headway.EpisodeID]Grouped
	begins  map[headway.Span]headway.Verdict
	order   []headway.ClaimID // as they were first held
	lost    []Lost
}

// Held is a claim that was made.
type Held struct {
	Claim  headway.ClaimID
	Study  headway.StudyID
	Stands bool  // nobody dropped it, and no other took its place
	Seq    int64 // of the deed that held, dropped or replaced it last
	Member headway.MemberID
	At     time.Time
}

// Borne is a customer's words that bear on a claim.
type Borne struct {
	On      headway.Passage
	Verdict headway.Verdict
	Member  headway.MemberID
	At      time.Time
}

// Chosen is what was settled about a claim, and the words that it rests on.
type Chosen struct {
	Job    headway.ClaimID // a root, for a criterion; else ""
	Choice headway.Choice
	On     headway.Passage
	Seq    int64
	Member headway.MemberID
	At     time.Time
}

// Grouped is where a member put an episode.
type Grouped struct {
	Job    headway.ClaimID // a root; "" where it is of none
	Member headway.MemberID
	At     time.Time
}

// NewClaims replays operations, in order, into what is held of a study, as the
// words stand now: see [Hang]. What rested on words that were forgotten bears on
// nothing any more: see [Claims.Lost].
func NewClaims(operations []headway.Operation, study headway.StudyID) Claims {
	c := Claims{
		held: map[headway.ClaimID]Held{}, before: map[headway.ClaimID]headway.ClaimID{}, joined: map[headway.ClaimID]headway.ClaimID{},
		bearing: map[headway.ClaimID][]Borne{}, chosen: map[[2]headway.ClaimID]Chosen{}, groups: map[headway.EpisodeID]Grouped{}, begins: map[headway.Span]headway.Verdict{},
	}
	hanging, support := Hang(operations), NewSupport(operations)
	c.lost = losses(operations, hanging, support)
	for _, op := range hanging.Operations {
		if !support.Of(op).IsZero() {
			continue
		}
		if op.Deed == headway.DeedEpisode {
			set(c.begins, op.Span, op.Verdict)
		}
		if op.Study != study {
			continue
		}
		switch op.Deed {
		case headway.DeedClaim:
			c.hold(op)
		case headway.DeedBear:
			c.bear(op)
		case headway.DeedChoose:
			c.choose(op)
		case headway.DeedGroup:
			c.group(op)
		case headway.DeedJoin:
			c.join(op)
		}
	}
	return c
}

func (c *Claims) hold(op headway.Operation) {
	if _, known := c.held[op.Claim]; !known {
		c.order = append(c.order, op.Claim)
	}
	stands := op.Verdict != headway.Undecided
	c.held[op.Claim] = Held{op.Claim, op.Study, stands, op.Seq, op.Member, op.At}
	if op.Other == "" {
		return
	}
	if other, known := c.held[op.Other]; known {
		other.Stands, other.Seq = !stands, op.Seq
		c.held[op.Other] = other
	}
	if _, rooted := c.before[op.Claim]; !rooted && c.first(op.Other) != op.Claim {
		c.before[op.Claim] = op.Other
	}
}

func (c *Claims) bear(op headway.Operation) {
	on := op.Passage()
	c.bearing[op.Claim] = slices.DeleteFunc(c.bearing[op.Claim], func(b Borne) bool { return b.On.First() == on.First() })
	if op.Verdict != headway.Undecided {
		c.bearing[op.Claim] = append(c.bearing[op.Claim], Borne{on, op.Verdict, op.Member, op.At})
	}
}

func (c *Claims) choose(op headway.Operation) {
	about := [2]headway.ClaimID{c.first(op.Claim), c.first(op.Other)}
	c.chosen[about] = Chosen{about[1], op.Choice, op.Passage(), op.Seq, op.Member, op.At}
	if op.Choice == "" {
		delete(c.chosen, about)
	}
}

func (c *Claims) group(op headway.Operation) {
	switch op.Verdict {
	case headway.Undecided:
		delete(c.groups, op.Episode)
	case headway.Dismissed:
		c.groups[op.Episode] = Grouped{"", op.Member, op.At}
	default:
		c.groups[op.Episode] = Grouped{c.first(op.Claim), op.Member, op.At}
	}
}

func (c *Claims) join(op headway.Operation) {
	from, into := c.first(op.Claim), c.first(op.Other)
	if op.Verdict == headway.Undecided {
		delete(c.joined, from)
	} else if c.Root(into) != from {
		c.joined[from] = into
	}
}

// first gives the first version of a claim.
func (c Claims) first(id headway.ClaimID) headway.ClaimID {
	for before, found := c.before[id]; found; before, found = c.before[id] {
		id = before
	}
	return id
}

// Root gives the first version of a claim, and of a job that was joined with
// another, of the one that stayed.
func (c Claims) Root(id headway.ClaimID) headway.ClaimID {
	id = c.first(id)
	for into, joined := c.joined[id]; joined; into, joined = c.joined[id] {
		id = into
	}
	return id
}

// Standing lists the claims that stand, in the order in which they were first
// held. Of jobs that were joined only the one that stays is among them.
func (c Claims) Standing() (all []Held) {
	for _, id := range c.order {
		if _, joined := c.joined[c.first(id)]; !joined && c.held[id].Stands {
			all = append(all, c.held[id])
		}
	}
	return all
}

// Versions lists all versions of a claim, the first first.
func (c Claims) Versions(id headway.ClaimID) (all []Held) {
	for _, other := range c.order {
		if c.first(other) == c.first(id) {
			all = append(all, c.held[other])
		}
	}
	return all
}

// Bearing lists what bears on one version of a claim, in the order in which it
// was laid there.
func (c Claims) Bearing(id headway.ClaimID) []Borne { return c.bearing[id] }

// Lost lists what bore on a version of a claim, and what was settled about any, until
// the words were forgotten: "lost support: forgotten on 22 November 2026".
func (c Claims) Lost(id headway.ClaimID) (lost []Lost) {
	for _, l := range c.lost {
		if l.Deed == headway.DeedBear && l.Claim == id || l.Deed == headway.DeedChoose && c.first(l.Claim) == c.first(id) {
			lost = append(lost, l)
		}
	}
	return lost
}

// Chosen gives what was settled about a claim last; job is "" but for a
// criterion. Jobs that were joined share what was settled about either.
func (c Claims) Chosen(id, job headway.ClaimID) (Chosen, bool) {
	for _, chosen := range c.AllChosen(id) {
		if chosen.Job == c.Root(job) {
			return chosen, true
		}
	}
	return Chosen{}, false
}

// AllChosen lists what was settled about a claim, for each job the last, first
// settled first.
func (c Claims) AllChosen(id headway.ClaimID) (all []Chosen) {
	last := map[headway.ClaimID]Chosen{}
	for about, chosen := range c.chosen {
		chosen.Job = c.Root(about[1])
		if about[0] == c.first(id) && chosen.Seq > last[chosen.Job].Seq {
			last[chosen.Job] = chosen
		}
	}
	return slices.SortedFunc(maps.Values(last), func(a, b Chosen) int { return cmp.Compare(a.Seq, b.Seq) })
}

// Texts lists the texts of all words that claims rest on, in order.
func (c Claims) Texts() []headway.TextID {
	texts := map[headway.TextID]bool{}
	for _, borne := range c.bearing {
		for _, b := range borne {
			for _, s := range b.On {
				texts[s.Text] = true
			}
		}
	}
	for _, chosen := range c.chosen {
		for _, s := range chosen.On {
			texts[s.Text] = true
		}
	}
	return slices.Sorted(maps.Keys(texts))
}

// Group gives where a member put an episode.
func (c Claims) Group(e headway.EpisodeID) (Grouped, bool) {
	g, found := c.groups[e]
	if g.Job != "" {
		g.Job = c.Root(g.Job)
	}
	return g, found
}

// Grouped lists the episodes that members put somewhere, and where.
func (c Claims) Grouped() map[headway.EpisodeID]Grouped {
	all := make(map[headway.EpisodeID]Grouped, len(c.groups))
	for e := range c.groups {
		all[e], _ = c.Group(e)
	}
	return all
}

// Begins gives where members said that another episode begins (kept), or that
// none does (dismissed).
func (c Claims) Begins() map[headway.Span]headway.Verdict { return c.begins }
