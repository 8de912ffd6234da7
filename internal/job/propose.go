package job

import (
	"cmp"
	"math"
	"slices"

	"github.com/headway-oss/headway"
)

// strong is how strong the evidence for a number of jobs is to be: it makes what
// people tell twenty times as likely.
const strong = 3

// floors are how surely a number of jobs has to come out again when other people are
// asked, and how much of the unsteadiness is to be gone that people with one job
// have. Kinds of progress tell less of where one job ends.
func (g ground) floors() (stability, gain float64) {
	if g == byAims {
		return 0, .25
	}
	return .6, .3
}

// mostTried is on how many people numbers of jobs are tried.
const mostTried = 300

// anchors is on how many episodes a job hangs.
const anchors = 9

// Propose groups episodes in which customers were after the same progress, never
// by product or segment: what they hired is not looked at. kept is what was
// proposed before, in the order in which it was founded. An episode that was grouped by it
// stays where it was, whatever comes in; new ones go where they are nearest, and
// only such as are clearly apart found another job. The number of jobs is the
// smallest of those that come out again by which what people tell is about as
// likely as by any, see [Tried]; new jobs beside kept ones have to make it likelier,
// too.
//
// The order of episodes does not matter, and the same episodes give the same jobs.
//
// Where all was read closely, episodes are grouped by what their customers are
// after, see [headway.Aim], else by kinds of progress. What was proposed by these
// is found anew once all is read closely; from then on, what is not yet read
// closely waits.
func Propose(episodes []Episode, kept []headway.Proposal) Grouping {
	all := newField(episodes, groundFor(episodes, kept))
	kept = all.ground.comparable(kept)
	if all.waits(kept) {
		return all.asKept(kept)
	}
	generations := all.generations(kept)
	loose := all.apart(generations)
	for len(loose) > 0 && (len(generations) == 0 || all.peopleIn(loose) >= leastIn) {
		more := all.found(loose, 0)
		still := all.apart(append(generations, more))
		if len(generations) > 0 && (2*len(still) > len(loose) || !all.tellsMore(generations, more)) {
			break // what is left over has nothing in common but that
		}
		generations, loose = append(generations, more), still
	}
	return all.grouping(generations, kept)
}

// Into groups episodes into a number of jobs that somebody else settled, to see what
// finding the number costs.
func Into(episodes []Episode, number int) Grouping {
	all := newField(episodes, groundFor(episodes, nil))
	loose := all.apart(nil)
	if len(loose) < number {
		return Grouping{}
	}
	return all.grouping([]generation{all.found(loose, number)}, nil)
}

// field is episodes laid out for grouping, in the order of their ids.
type field struct {
	episodes []*Episode
	ground   ground
	profiles []profile                 // nil for those that say too little
	tried    []Tried                   // what each number of jobs gave when the first were found
	triedOn  int                       // people
	people   []int                     // whose each is, counted from 0
	at       map[headway.EpisodeID]int // where an episode is, by the id of each of its pieces
}

func newField(episodes []Episode, on ground) *field {
	f := &field{ground: on, at: map[headway.EpisodeID]int{}}
	sorted := make([]*Episode, len(episodes))
	for i := range episodes {
		sorted[i] = &episodes[i]
	}
	slices.SortFunc(sorted, func(a, b *Episode) int { return cmp.Compare(a.ID, b.ID) })
	f.episodes = sorted
	f.profiles = on.profiles(sorted)
	known := map[headway.PersonID]int{}
	for i, e := range sorted {
		for _, p := range e.Pieces {
			f.at[p.ID] = i
		}
		if _, found := known[e.Person]; !found {
			known[e.Person] = len(known)
		}
		f.people = append(f.people, known[e.Person])
	}
	return f
}

// waits says whether a kept job hangs on episodes of which none is read as its ground
// needs, though they can be, as while all is read anew by another version: then
// nothing can be placed beside it, and nothing may take its place.
func (f *field) waits(kept []headway.Proposal) bool {
	return slices.ContainsFunc(kept, func(k headway.Proposal) bool {
		read, toRead := f.anchored(k)
		return len(read) == 0 && toRead
	})
}

// asKept is the kept jobs with nobody in them yet.
func (f *field) asKept(kept []headway.Proposal) Grouping {
	out := Grouping{Closely: f.ground == byAims}
	for _, k := range kept {
		if read, toRead := f.anchored(k); len(read) > 0 || toRead {
			out.Groups = append(out.Groups, Group{ID: k.Group, Anchors: k.Anchors, Kept: true})
		}
	}
	for _, e := range f.episodes {
		out.Alone = append(out.Alone, e.ID)
	}
	return out
}

// anchored gives the profiles of the episodes on which a job hangs, and says whether
// others of them are still to be read.
func (f *field) anchored(k headway.Proposal) (read []profile, toRead bool) {
	for _, id := range k.Anchors {
		i, found := f.at[id]
		switch {
		case !found:
		case f.profiles[i] != nil:
			read = append(read, f.profiles[i])
		case f.episodes[i].canBeRead():
			toRead = true
		}
	}
	return read, toRead
}

// generation is jobs that were founded together, from the same episodes: they
// share a middle, from which each lies another way.
type generation struct {
	jobs   []headway.Proposal
	middle profile
	ways   rows      // of each job, from the middle
	at     []profile // the centre of each job's anchors
	reach  float32   // how far from the nearest centre an episode is still of one of them, squared
}

// generations finds kept jobs among the episodes. A job none of whose anchors is
// there any more is gone.
//
// Heads are looked for first, so that it does not matter where in its generation a
// job stands; generations come in the order in which their heads were kept.
func (f *field) generations(kept []headway.Proposal) (all []generation) {
	for _, together := range f.ground.founded(kept) {
		var g generation
		var hung [][]profile
		for _, k := range together {
			if own, _ := f.anchored(k); len(own) > 0 {
				g.jobs, hung = append(g.jobs, k), append(hung, own)
			}
		}
		if len(g.jobs) > 0 {
			g.hang(hung)
			all = append(all, g)
		}
	}
	return all
}

// founded parts jobs by generation.
func (g ground) founded(kept []headway.Proposal) (generations [][]headway.Proposal) {
	var heads []headway.EpisodeID
	for _, k := range kept {
		if g.heads(k) {
			heads = append(heads, k.Anchors[0])
		}
	}
	generations = make([][]headway.Proposal, len(heads))
	for _, k := range kept {
		at := slices.IndexFunc(heads, func(head headway.EpisodeID) bool { return len(k.Anchors) > 0 && g.id(head, k.Anchors[0]) == k.Group })
		if at >= 0 {
			generations[at] = append(generations[at], k)
		} else if len(k.Anchors) > 0 {
			generations = append(generations, []headway.Proposal{k})
		}
	}
	return generations
}

// How far from a centre an episode may be, squared: so many times further than the
// anchors of its generation on average, and in any case as far as leastReach.
// People of one study lie .068 from its middle on average, in each of three studies.
const (
	wide       = 5
	leastReach = .2
)

// hang finds the middle, ways and reach of a generation from its anchors.
func (g *generation) hang(hung [][]profile) {
	for _, own := range hung {
		g.at = append(g.at, middleOf(own))
	}
	g.middle = middleOf(g.at)
	n := 0
	for i, own := range hung {
		way := less(g.at[i], g.middle)
		unit(way)
		g.ways = append(g.ways, way)
		for _, p := range own {
			d := less(p, g.at[i])
			g.reach += dot(d, d)
			n++
		}
	}
	g.reach = max(leastReach, g.reach*wide/float32(n))
}

// place gives the job of the generation in whose way a profile lies, how much so
// (-1 to 1), and whether it is near enough to be of any.
func (g *generation) place(p profile) (job int, near float32, within bool) {
	row := less(p, g.middle)
	unit(row)
	job, near = g.ways.nearest(row)
	for _, at := range g.at {
		d := less(p, at)
		within = within || dot(d, d) <= g.reach
	}
	return job, near, within
}

func middleOf(all []profile) profile {
	middle := make(profile, len(all[0]))
	for _, p := range all {
		for i, n := range p {
			middle[i] += n / float32(len(all))
		}
	}
	return middle
}

func less(p, o profile) profile {
	d := make(profile, len(p))
	for i := range p {
		d[i] = p[i] - o[i]
	}
	return d
}

// apart lists the episodes that are of no job of any generation.
func (f *field) apart(generations []generation) (loose []int) {
	for i, p := range f.profiles {
		if p == nil {
			continue
		}
		if _, _, found := placed(generations, p); !found {
			loose = append(loose, i)
		}
	}
	return loose
}

// placed gives the job of a profile, counted over all generations: of the first
// that is near enough, so that a later one never takes what an earlier has.
func placed(generations []generation, p profile) (job int, near float32, found bool) {
	before := 0
	for i := range generations {
		g := &generations[i]
		if job, near, within := g.place(p); within {
			return before + job, near, true
		}
		before += len(g.jobs)
	}
	return 0, 0, false
}

// found makes a generation of jobs from episodes, of as many as it finds or is told.
func (f *field) found(loose []int, k int) (g generation) {
	some, people := f.sample(loose)
	r, whose := f.rows(some)
	tried := f.ground.try(f.profilesOf(some), whose)
	if f.tried == nil {
		f.tried, f.triedOn = tried, people
	}
	if k == 0 {
		k = f.ground.number(tried)
	}
	by := dice(k)
	centres := rows{make([]float32, len(r[0]))}
	if k > 1 {
		centres = r.partition(k, &by)
	}
	members := make([][]int, k)
	nearness := make([]float32, len(some))
	for i, row := range r {
		at, _ := centres.nearest(row)
		members[at] = append(members[at], i)
		nearness[i] = f.typical(r, centres, row, at)
	}
	var hung [][]profile
	slices.SortFunc(members, func(a, b []int) int { return cmp.Or(len(b)-len(a), cmp.Compare(first(a), first(b))) })
	for _, own := range members {
		if len(own) == 0 {
			continue
		}
		slices.SortStableFunc(own, func(a, b int) int { return cmp.Compare(nearness[b], nearness[a]) })
		var job headway.Proposal
		var profiles []profile
		seen := map[int]bool{}
		for _, i := range own {
			if whose := f.people[some[i]]; !seen[whose] && len(job.Anchors) < anchors {
				seen[whose] = true
				job.Anchors = append(job.Anchors, f.episodes[some[i]].ID)
				profiles = append(profiles, f.profiles[some[i]])
			}
		}
		g.jobs, hung = append(g.jobs, job), append(hung, profiles)
	}
	for i := range g.jobs {
		g.jobs[i].Group = f.ground.id(g.jobs[0].Anchors[0], g.jobs[i].Anchors[0])
	}
	g.hang(hung)
	return g
}

func first(all []int) int {
	if len(all) == 0 {
		return -1
	}
	return all[0]
}

// typical says how much an episode is like the rest of its job: of a single one,
// how near its middle it lies; of several, how much nearer than to any other.
func (f *field) typical(r rows, centres rows, row []float32, at int) float32 {
	if len(centres) == 1 {
		sum := float32(0)
		for _, other := range r {
			sum += dot(row, other)
		}
		return sum
	}
	next := float32(-2)
	for i := range centres {
		if i != at {
			next = max(next, dot(centres[i], row))
		}
	}
	return dot(centres[at], row) - next
}

// tellsMore says whether people tell what they do much likelier if those who are of
// new jobs are of these, than if they were of the nearest of the old ones.
func (f *field) tellsMore(old []generation, more generation) bool {
	var some, before, after []int
	all := append(slices.Clone(old), more)
	for i, p := range f.profiles {
		if p == nil {
			continue
		}
		job, _, found := placed(old, p)
		if !found {
			job = nearestOf(old, p)
		}
		now := job
		if anew, _, found := placed(all, p); found {
			now = anew
		}
		some, before, after = append(some, i), append(before, job), append(after, now)
	}
	spread := f.ground.spread()
	laid, people := spread.lay(f.profilesOf(some)), f.peopleOf(some)
	return spread.evidence(laid, people, after)-spread.evidence(laid, people, before) >= strong
}

func (f *field) peopleOf(some []int) (whose []int) {
	for _, i := range some {
		whose = append(whose, f.people[i])
	}
	return whose
}

// nearestOf gives the job, counted over all generations, whose centre is nearest.
func nearestOf(generations []generation, p profile) (job int) {
	least, before := float32(math.MaxFloat32), 0
	for _, g := range generations {
		for i, at := range g.at {
			d := less(p, at)
			if far := dot(d, d); far < least {
				least, job = far, before+i
			}
		}
		before += len(g.at)
	}
	return job
}

func (f *field) peopleIn(of []int) int {
	seen := map[int]bool{}
	for _, i := range of {
		seen[f.people[i]] = true
	}
	return len(seen)
}

// sample gives the episodes of the first so many people: ids are digests, so that
// their order says nothing of who they are.
func (f *field) sample(of []int) (some []int, people int) {
	seen := map[int]bool{}
	for _, i := range of {
		if f.profiles[i] == nil || !seen[f.people[i]] && len(seen) == mostTried {
			continue
		}
		seen[f.people[i]] = true
		some = append(some, i)
	}
	return some, len(seen)
}

func (f *field) profilesOf(some []int) (all []profile) {
	for _, i := range some {
		all = append(all, f.profiles[i])
	}
	return all
}

// rows gives the unit rows of episodes and whose each is, counted anew.
func (f *field) rows(of []int) (r rows, whose []int) {
	known := map[int]int{}
	for _, i := range of {
		if _, found := known[f.people[i]]; !found {
			known[f.people[i]] = len(known)
		}
		whose = append(whose, known[f.people[i]])
	}
	return centred(f.profilesOf(of)), whose
}

// number gives how many jobs there are, of what was tried: the fewest that tell
// nearly as well as any why people say what they do, 1 where none does so much
// better than one job. Only such numbers count as come out again when other people
// are asked, more than they would if all had one job.
func (g ground) number(tried []Tried) int {
	best := 0.0
	for _, t := range tried {
		if g.comesAgain(t) {
			best = max(best, t.Evidence)
		}
	}
	for _, t := range tried {
		if g.comesAgain(t) && t.Evidence >= max(strong, best-strong) {
			return t.Groups
		}
	}
	return 1
}

// comesAgain says whether a number is steady, and steadier than people with one job
// make it.
func (g ground) comesAgain(t Tried) bool {
	stability, gain := g.floors()
	return t.Stability >= stability && t.Stability-t.One >= gain*(1-t.One)
}
