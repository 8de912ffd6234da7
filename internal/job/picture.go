package job

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Picture is what a study knows of the jobs that it is hired for.
type Picture struct {
	Episodes []Episode
	Jobs     []Job       // those that members named, by how many people have them; then those only proposed, by number
	Apart    []Placed    // episodes of no job
	Criteria []Criterion // of which some matter to one job and not to another
	Named    []Line      // alternatives that members named
	Wants    []Line      // what customers said they wanted; its parts are what they found
	People   int         // who told of an episode
}

// Job is progress that customers hire for, as far as it is known.
type Job struct {
	Line                     // its name; of one that is only proposed the zero Line
	Number int               // of one that is only proposed: its place among all proposals, from 1 on, which it keeps when members name others
	Groups []headway.GroupID // the proposals that are it
	Placed []Placed          // its episodes, the most typical first
	People int
	Forces []Force
	// Alternatives are what its customers would have got or done instead, by how
	// many people named them.
	Alternatives []Alternative
	Products     []Product
}

// IsProposed says that no member has named the job.
func (j *Job) IsProposed() bool { return j.ID == "" }

// Called is the name that a member gave it, or which of the proposed ones it is.
func (j *Job) Called() string {
	if j.IsProposed() {
		return fmt.Sprintf("Proposed job %d", j.Number)
	}
	return j.Claim.Words
}

// Placed is an episode and why it is where it is.
type Placed struct {
	Episode  int              // index in Picture.Episodes
	By       headway.MemberID // who put it there; "" where it was proposed
	Settled  bool             // a member put it there
	Anchor   bool             // its proposal hangs on it
	Together headway.GroupID  // the proposal that holds it, or ""
}

// Line is a claim that stands, and what bears on it.
type Line struct {
	headway.Claim
	Root     headway.ClaimID // its first version
	Versions int             // how many there were, this one included
	Status   headway.Status
	For      []Words // they say it
	Read     []Words // a member reads it from them
	Against  []Words
	Gone     time.Time // when words that it rested on were forgotten last; zero where all stand
	Choice   headway.Choice
	Parts    []Line // what it is made of, in order
}

// Part lists those parts of a line that are of one sort.
func (l *Line) Part(p headway.Part) (some []Line) {
	for _, part := range l.Parts {
		if part.Claim.Part == p {
			some = append(some, part)
		}
	}
	return some
}

// Words are a customer's that bear on a claim.
type Words struct {
	On           headway.Passage
	Person       headway.PersonID
	Conversation headway.ConversationID
	Member       headway.MemberID // who laid them there
}

// PeopleOf counts the people whose words these are.
func PeopleOf(all []Words) int {
	people := map[headway.PersonID]bool{}
	for _, w := range all {
		people[w.Person] = true
	}
	return len(people)
}

// Criterion is what matters to some jobs, by job in the order of Picture.Jobs.
type Criterion struct {
	Line
	Cells []Cell
}

// Cell is how much a criterion matters to one job.
type Cell struct {
	Choice headway.Choice // "" is not known
	On     []Words        // what it rests on
	// Against are words of the job's customers that say otherwise.
	Against []Words
	Gone    time.Time // when the words were forgotten on which a choice rested, so that nothing is known; else zero
}

// Product is something that was hired for a job.
type Product struct {
	Name   string
	People int
}

// book is a study, opened at its parts.
type book struct {
	Study
	claims map[headway.ClaimID]headway.Claim
	under  map[headway.ClaimID][]headway.ClaimID // by root of what they are part of: claims that stand
	said   map[headway.TextID]saying
	asked  map[headway.TextID]question // before it
	within map[headway.ClaimID]bool    // claims that are being drawn
}

// saying is whose words a text holds.
type saying struct {
	person       headway.PersonID
	conversation headway.ConversationID
	text         headway.TextVersion
}

func open(s Study) *book {
	b := &book{Study: s, claims: map[headway.ClaimID]headway.Claim{}, under: map[headway.ClaimID][]headway.ClaimID{}, said: map[headway.TextID]saying{}, asked: questionsBefore(s.Talks), within: map[headway.ClaimID]bool{}}
	for _, c := range s.Claims {
		b.claims[c.ID] = c
	}
	for _, h := range s.Held.Standing() {
		if c, known := b.claims[h.Claim]; known {
			of := c.Of
			if of != "" {
				of = s.Held.Root(of)
			}
			b.under[of] = append(b.under[of], h.Claim)
		}
	}
	for _, talk := range s.Talks {
		for _, turn := range talk.Turns {
			speaker := talk.Speaker(turn.Speaker)
			if speaker.Side != headway.Theirs || turn.Text.Erased() {
				continue
			}
			b.said[turn.Text.ID] = saying{s.person(speaker), talk.ID, turn.Text}
		}
	}
	return b
}

// See draws the picture: episodes in their jobs, and beside each what members
// hold of it. together tells of each episode the proposal that holds it.
func See(s Study, episodes []Episode, together map[headway.EpisodeID]headway.GroupID, proposals []headway.Proposal) Picture {
	b := open(s)
	p := Picture{Episodes: episodes, People: peopleIn(episodes)}
	jobs := b.jobs()
	p.Apart = b.place(episodes, together, proposals, &jobs)
	for i := range jobs {
		b.fill(&jobs[i], episodes)
	}
	jobs = slices.DeleteFunc(jobs, func(j Job) bool { return j.IsProposed() && len(j.Placed) == 0 })
	slices.SortStableFunc(jobs, func(x, y Job) int {
		return cmp.Or(proposedLast(&x, &y), cmp.Compare(x.Number, y.Number), cmp.Compare(y.People, x.People))
	})
	p.Jobs = jobs
	for _, id := range b.under[""] {
		line := b.line(id)
		switch line.Claim.Part {
		case headway.PartCriterion:
			p.Criteria = append(p.Criteria, b.criterion(line, &p))
		case headway.PartAlternative:
			p.Named = append(p.Named, line)
		case headway.PartWanted:
			p.Wants = append(p.Wants, line)
		}
	}
	return p
}

func proposedLast(x, y *Job) int {
	switch {
	case x.IsProposed() == y.IsProposed():
		return 0
	case x.IsProposed():
		return 1
	}
	return -1
}

func peopleIn(episodes []Episode) int {
	people := map[headway.PersonID]bool{}
	for _, e := range episodes {
		people[e.Person] = true
	}
	return len(people)
}

// jobs gives the jobs that members named, empty.
func (b *book) jobs() (all []Job) {
	for _, id := range b.under[""] {
		if b.claims[id].Part == headway.PartJob {
			all = append(all, Job{Line: b.line(id)})
		}
	}
	return all
}

// place puts every episode where a member did, else with the others of its
// proposal: in the job into which members put most of those it hangs on, or in
// one that is only proposed. It gives those that are of no job.
func (b *book) place(episodes []Episode, together map[headway.EpisodeID]headway.GroupID, proposals []headway.Proposal, jobs *[]Job) (apart []Placed) {
	at := map[headway.ClaimID]int{}
	for i, j := range *jobs {
		at[j.Root] = i
	}
	of, rank := b.propose(proposals, at, jobs), ranks(proposals)
	for i := range episodes {
		e := &episodes[i]
		placed := Placed{Episode: i, Together: together[e.ID], Anchor: e.rank(rank) > 0}
		job, found := of[placed.Together]
		if put, settled := b.put(e); settled {
			placed.Settled, placed.By = true, put.Member
			job, found = at[put.Job]
		}
		if !found {
			apart = append(apart, placed)
			continue
		}
		(*jobs)[job].Placed = append((*jobs)[job].Placed, placed)
	}
	typical := func(p Placed) int { return cmp.Or(episodes[p.Episode].rank(rank), len(episodes)) }
	for _, j := range *jobs {
		slices.SortStableFunc(j.Placed, func(x, y Placed) int { return cmp.Compare(typical(x), typical(y)) })
	}
	return apart
}

// propose gives each proposal to the job that members made of it, or else to a job
// of its own, and says which.
func (b *book) propose(proposals []headway.Proposal, named map[headway.ClaimID]int, jobs *[]Job) map[headway.GroupID]int {
	of := map[headway.GroupID]int{}
	for i, p := range proposals {
		job, known := named[b.named(p)]
		if !known {
			job = len(*jobs)
			*jobs = append(*jobs, Job{Number: i + 1})
		}
		of[p.Group] = job
		(*jobs)[job].Groups = append((*jobs)[job].Groups, p.Group)
	}
	return of
}

// ranks gives how typical the episodes are on which proposals hang, from 1 on.
func ranks(proposals []headway.Proposal) map[headway.EpisodeID]int {
	rank := map[headway.EpisodeID]int{}
	for _, p := range proposals {
		for i, e := range p.Anchors {
			rank[e] = i + 1
		}
	}
	return rank
}

// rank gives the episode's rank under the id of any of its pieces, of the last that
// has one; 0 for none.
func (e *Episode) rank(of map[headway.EpisodeID]int) int {
	for _, piece := range slices.Backward(e.Pieces) {
		if r := of[piece.ID]; r > 0 {
			return r
		}
	}
	return 0
}

// named gives the job into which members put most of the episodes on which a
// proposal hangs, of equals the one that was put there first; "" for none, and
// while no more of them were put there than nobody has touched: who takes one of
// two out does not speak for the other.
func (b *book) named(p headway.Proposal) (job headway.ClaimID) {
	votes := map[headway.ClaimID]int{}
	most, untouched := 0, 0
	for _, e := range p.Anchors {
		put, settled := b.Held.Group(e)
		switch {
		case !settled:
			untouched++
		case put.Job != "":
			if votes[put.Job]++; votes[put.Job] > most {
				job, most = put.Job, votes[put.Job]
			}
		}
	}
	if most <= untouched {
		return ""
	}
	return job
}

// put gives where a member put an episode, under the id of any of its pieces: the
// last of them.
func (b *book) put(e *Episode) (last deed.Grouped, settled bool) {
	for _, piece := range e.Pieces {
		if put, found := b.Held.Group(piece.ID); found && (!settled || put.At.After(last.At)) {
			last, settled = put, true
		}
	}
	return last, settled
}

// fill counts what a job's episodes tell.
func (b *book) fill(j *Job, episodes []Episode) {
	people := map[headway.PersonID]bool{}
	bought := map[string]map[headway.PersonID]bool{}
	for _, p := range j.Placed {
		e := &episodes[p.Episode]
		people[e.Person] = true
		if e.Product != "" {
			if bought[e.Product] == nil {
				bought[e.Product] = map[headway.PersonID]bool{}
			}
			bought[e.Product][e.Person] = true
		}
	}
	j.People = len(people)
	for name, by := range bought {
		j.Products = append(j.Products, Product{name, len(by)})
	}
	slices.SortFunc(j.Products, func(x, y Product) int { return cmp.Or(cmp.Compare(y.People, x.People), cmp.Compare(x.Name, y.Name)) })
	j.Forces = forces(j.Placed, episodes)
	j.Alternatives = b.alternatives(j.Placed, episodes)
}

// line gives a claim with all that hangs on it.
func (b *book) line(id headway.ClaimID) Line {
	c := b.claims[id]
	b.within[id] = true
	defer delete(b.within, id)
	l := Line{Claim: c, Root: b.Held.Root(id), Versions: len(b.Held.Versions(id)), Status: headway.StatusOurs}
	for _, borne := range b.Held.Bearing(id) {
		w, here := b.words(borne.On, borne.Member)
		switch {
		case !here:
		case borne.Verdict == headway.Supports:
			l.For = append(l.For, w)
		case borne.Verdict == headway.Partly:
			l.Read = append(l.Read, w)
		case borne.Verdict == headway.Contradicts:
			l.Against = append(l.Against, w)
		}
	}
	switch {
	case len(l.For) > 0:
		l.Status = headway.StatusSaid
	case len(l.Read) > 0:
		l.Status = headway.StatusInferred
	}
	if chosen, found := b.Held.Chosen(id, ""); found && c.Part != headway.PartCriterion {
		l.Choice = chosen.Choice
	}
	for _, lost := range b.Held.Lost(id) {
		if lost.Other == "" && lost.On.After(l.Gone) { // else it was settled for one job: see criterion
			l.Gone = lost.On
		}
	}
	for _, part := range b.under[l.Root] {
		if !b.within[part] { // of versions that took the place of what they were a part of
			l.Parts = append(l.Parts, b.line(part))
		}
	}
	return l
}

// words tells whose words a passage holds; here is false where they are no
// customer's any more.
func (b *book) words(on headway.Passage, by headway.MemberID) (w Words, here bool) {
	for _, span := range on {
		said, known := b.said[span.Text]
		if !known {
			return Words{}, false
		}
		if _, err := said.text.Cut(span); err != nil {
			return Words{}, false
		}
		if w.Person == "" {
			w = Words{On: on, Person: said.person, Conversation: said.conversation, Member: by}
		}
	}
	return w, len(on) > 0
}

// criterion lays a criterion beside every job.
func (b *book) criterion(l Line, p *Picture) Criterion {
	c := Criterion{Line: l, Cells: make([]Cell, len(p.Jobs))}
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if j.IsProposed() {
			continue
		}
		cell := &c.Cells[i]
		b.settle(cell, l.ID, j.Root)
		theirs := map[headway.PersonID]bool{}
		for _, placed := range j.Placed {
			theirs[p.Episodes[placed.Episode].Person] = true
		}
		for _, w := range l.Against {
			if theirs[w.Person] {
				cell.Against = append(cell.Against, w)
			}
		}
	}
	return c
}

// settle says how much a criterion matters to a job: as was chosen last, unless the
// words are gone that it rested on.
func (b *book) settle(cell *Cell, criterion, job headway.ClaimID) {
	chosen, found := b.Held.Chosen(criterion, job)
	for _, lost := range b.Held.Lost(criterion) {
		if lost.Other != "" && b.Held.Root(lost.Other) == job && lost.Seq > chosen.Seq {
			found, cell.Gone = false, lost.On
		}
	}
	if !found {
		return
	}
	w, here := b.words(chosen.On, chosen.Member)
	switch {
	case here:
		cell.Choice, cell.On = chosen.Choice, []Words{w}
	case chosen.Choice != headway.NotNeeded: // that is nobody's to say but a customer's
		cell.Choice = chosen.Choice
	}
}
