package flow

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/job"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// Jobs is what a study knows of the jobs that it is hired for, with the words it
// rests on.
type Jobs struct {
	job.Picture
	Study    headway.Study
	Grouping job.Grouping
	Held     Held
	Asks     job.Asks
	Talks    int                         // conversations
	Names    map[headway.PersonID]string // what each is called, if anything
	texts    mirror.Texts
	spots    map[headway.TextID]Spot
	of       job.Study
}

// Spot is the turn that holds words, and whose turn it is since members merged people.
type Spot struct {
	Conversation *headway.Conversation // nobody may change it
	Turn         int
	Person       headway.PersonID
}

// Where tells where words stand; false where they are not there.
func (j *Jobs) Where(s headway.Span) (Spot, bool) {
	at, here := j.spots[s.Text]
	return at, here
}

// Report writes the jobs out with their words, and where they stand.
func (j *Jobs) Report() job.Report {
	r := job.NewReport(j.of, j.Picture, j.Grouping, j.Asks)
	r.Study, r.Name = j.Study.ID, j.Study.Name
	return r
}

// Words cuts a customer's words, or ours; zero where they are not there.
func (j *Jobs) Words(s headway.Span) headway.Quote { return j.texts.Quote(s) }

// drawn is the jobs of a study as they were drawn last.
type drawn struct {
	extent store.Extent
	heard  Closeness
	read   time.Time // when the conversations were
	jobs   *Jobs
	of     string // digests the conversations and what was heard in them
	talks  []job.Talk
}

// mostBehind is how long a picture of jobs may be behind what is being heard
// closely: to read all again with each conversation would keep every reader waiting.
// Draw draws it anew twice as often.
const mostBehind = 2 * othersMayImport

// stepJobs keeps how episodes were grouped.
const stepJobs = "jobs"

// Jobs gives the jobs of a study. Denied while it is guessing. Nobody may change
// what it gives.
func (f *Flow) Jobs(ctx context.Context, study headway.StudyID) (*Jobs, error) {
	return f.jobs(ctx, study, mostBehind)
}

// jobs is Jobs that may be so much behind what is being heard closely.
func (f *Flow) jobs(ctx context.Context, study headway.StudyID, behind time.Duration) (*Jobs, error) {
	s, err := f.revealed(ctx, study)
	if err != nil {
		return nil, err
	}
	ops, extent, heard, err := f.grown(ctx, study)
	if err != nil {
		return nil, err
	}
	whose := shownTo{study, f.eyes(ctx)}
	last, asHeard := f.lastDrawn(whose, heard, behind)
	if asHeard && last.extent == extent {
		return last.jobs, nil
	}
	done, err := f.oneDraws(ctx, study)
	if err != nil {
		return nil, err
	}
	defer done()
	if ops, extent, heard, err = f.grown(ctx, study); err != nil { // else who waited would draw of less than is drawn by now
		return nil, err
	}
	if last, asHeard = f.lastDrawn(whose, heard, behind); asHeard && last.extent == extent {
		return last.jobs, nil // another drew it meanwhile
	}
	now := drawn{extent: extent, heard: last.heard, read: last.read, of: last.of, talks: last.talks}
	same := asHeard && last.extent.Conversations == extent.Conversations && onlyJudged(ops, last.extent.Operations)
	if !same {
		now.heard, now.read = heard, f.now()
		if err := f.readTalks(ctx, study, &now); err != nil {
			return nil, err
		}
	}
	var before *job.Grouping
	if last.jobs != nil && heard.Open() && last.extent.Conversations == extent.Conversations {
		before = &last.jobs.Grouping // finding jobs again with each that is heard closely would keep every reader waiting
	}
	if now.jobs, err = f.drawJobs(ctx, s, ops, now, before); err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.drawn[whose] = now
	f.mu.Unlock()
	return now.jobs, nil
}

// grown gives what was done, how far the workspace had grown by then, and how closely
// a study is heard.
func (f *Flow) grown(ctx context.Context, study headway.StudyID) (ops []headway.Operation, extent store.Extent, heard Closeness, err error) {
	if ops, extent, err = f.operations(ctx); err == nil {
		heard, err = f.closeness(ctx, study, ops, extent)
	}
	return ops, extent, heard, err
}

// lastDrawn gives the jobs of a study as they were drawn last, and whether they are
// of what is heard by now, or little behind it.
func (f *Flow) lastDrawn(whose shownTo, heard Closeness, behind time.Duration) (last drawn, asHeard bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	last = f.drawn[whose]
	return last, last.jobs != nil && (last.heard == heard || f.now().Sub(last.read) < behind)
}

// oneDraws lets one at a time draw the jobs of a study: who waits finds them drawn,
// unless they go away before.
func (f *Flow) oneDraws(ctx context.Context, study headway.StudyID) (done func(), err error) {
	f.mu.Lock()
	one := f.drawing[study]
	if one == nil {
		one = make(chan struct{}, 1)
		f.drawing[study] = one
	}
	f.mu.Unlock()
	select {
	case one <- struct{}{}:
		return func() { <-one }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Draw draws the jobs of studies before somebody asks for them, until ctx ends: to
// draw them from all that was heard takes a second, and to find them some more.
func (f *Flow) Draw(ctx context.Context) error { return f.follow(ctx, f.undrawn, f.drawAll) }

// drawAll draws the jobs of the studies that are likely to be asked for: of which
// members hold something, which were asked for before, and the one opened last.
func (f *Flow) drawAll(ctx context.Context) error {
	f.letImportsEnd(ctx)
	studies, err := f.Studies(ctx)
	if err != nil {
		return err
	}
	studies = slices.DeleteFunc(studies, func(s headway.Study) bool { return !s.Phase.Revealed() })
	for i, s := range studies {
		claims, err := f.store.Claims(ctx, f.ws, s.ID)
		if err != nil {
			return err
		}
		if len(claims) == 0 && !f.wasDrawn(s.ID) && i < len(studies)-1 {
			continue
		}
		if _, err := f.jobs(ctx, s.ID, 0); err != nil && headway.ErrorCode(err) != headway.NotFound { // it may be gone by now
			return err
		}
	}
	return nil
}

// wasDrawn says whether the jobs of a study are held, as anybody sees them.
func (f *Flow) wasDrawn(study headway.StudyID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for whose := range f.drawn {
		if whose.study == study {
			return true
		}
	}
	return false
}

// readTalks reads the conversations of a study with what was heard in them, unless
// they are as they were.
func (f *Flow) readTalks(ctx context.Context, study headway.StudyID, d *drawn) error {
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return err
	}
	versions, err := f.versions(ctx)
	if err != nil {
		return err
	}
	kept, err := f.keptHearings(ctx, heads, versions)
	if err != nil {
		return err
	}
	parts := slices.Clone(versions)
	for _, h := range heads {
		parts = append(parts, string(h.ID), h.Inputs, kept[h.ID].Version)
	}
	of := headway.Digest(parts...)
	if of == d.of {
		return nil
	}
	d.of, d.talks = of, make([]job.Talk, len(heads))
	return eachAtOnce(len(heads), func(i int) (err error) {
		d.talks[i], err = f.readTalk(ctx, heads[i].ID, kept[heads[i].ID])
		return err
	})
}

// readTalk reads one conversation and what is kept of it as heard; where nothing
// is, it hears.
func (f *Flow) readTalk(ctx context.Context, id headway.ConversationID, kept store.Derived) (job.Talk, error) {
	c, err := f.store.Conversation(ctx, f.ws, id)
	if err != nil {
		return job.Talk{}, err
	}
	talk := job.Talk{Conversation: &c}
	if kept.Payload == nil {
		talk.Hearing = Quick.Hear(&c)
	} else if err := json.Unmarshal(kept.Payload, &talk.Hearing); err != nil {
		return job.Talk{}, err
	}
	return talk.Read(), nil
}

// eachAtOnce does something with each of so many, as many at once as there are
// processors, and gives the first error.
func eachAtOnce(n int, do func(i int) error) error {
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, n)
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	all.Wait()
	return cmp.Or(errs...)
}

// keptHearings gives what is kept of conversations as heard, of each the best, as it
// is written; versions name the best last. What was heard in other words than stand
// now is left out.
func (f *Flow) keptHearings(ctx context.Context, heads []store.Head, versions []string) (map[headway.ConversationID]store.Derived, error) {
	kept, left := map[headway.ConversationID]store.Derived{}, map[string]string{}
	for _, h := range heads {
		left[string(h.ID)] = h.Inputs
	}
	for _, version := range slices.Backward(versions) {
		if len(left) == 0 {
			break
		}
		for row, err := range f.store.AllDerived(ctx, f.ws, stepHeard(version), version, slices.Sorted(maps.Keys(left))...) {
			if err != nil {
				return nil, err
			}
			if left[row.Subject] == row.Inputs {
				kept[headway.ConversationID(row.Subject)] = row
				delete(left, row.Subject)
			}
		}
	}
	return kept, nil
}

// drawJobs makes episodes of talks, groups them, unless that is to stay as it was
// before, and lays beside them what members hold.
func (f *Flow) drawJobs(ctx context.Context, s headway.Study, ops []headway.Operation, d drawn, before *job.Grouping) (*Jobs, error) {
	merges, err := f.store.Merges(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	held, err := f.Held(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	guesses, err := f.store.Guesses(ctx, f.ws, s.ID)
	if err != nil {
		return nil, err
	}
	claims, err := f.store.Claims(ctx, f.ws, s.ID)
	if err != nil {
		return nil, err
	}
	study := job.Study{Talks: d.talks, Whose: merges, Judged: deed.NewJudgements(ops), Held: held.Claims, Claims: claims, Guesses: guesses}
	episodes := job.Episodes(study)
	var grouping job.Grouping
	if before != nil {
		grouping = *before
	} else if grouping, err = f.grouping(ctx, s.ID, d.of, episodes); err != nil {
		return nil, err
	}
	jobs := &Jobs{
		Picture: job.See(study, episodes, grouping.Together(), grouping.Proposals()), Study: s, Grouping: grouping, Held: held,
		Asks: asksFor(), Talks: len(d.talks), Names: map[headway.PersonID]string{}, texts: mirror.Texts{}, spots: map[headway.TextID]Spot{}, of: study,
	}
	for _, talk := range d.talks {
		whose := map[headway.SpeakerID]headway.PersonID{}
		for _, speaker := range talk.Speakers {
			whose[speaker.ID] = cmp.Or(merges[speaker.Person()], speaker.Person())
			if name := speaker.Name; name != "" {
				jobs.Names[whose[speaker.ID]] = name
			}
		}
		for i, turn := range talk.Turns {
			jobs.texts[turn.Text.ID], jobs.spots[turn.Text.ID] = turn.Text, Spot{talk.Conversation, i, whose[turn.Speaker]}
		}
	}
	return jobs, nil
}

// grouping gives how a study's episodes are grouped: as it was kept of the same
// conversations, else found now, with the groups of before where they were.
func (f *Flow) grouping(ctx context.Context, study headway.StudyID, of string, episodes []job.Episode) (g job.Grouping, err error) {
	payload, err := f.store.Derived(ctx, f.ws, stepJobs, job.Version, string(study), of)
	if err == nil {
		return g, json.Unmarshal(payload, &g)
	}
	if headway.ErrorCode(err) != headway.NotFound {
		return g, err
	}
	were, err := f.store.Proposals(ctx, f.ws, study)
	if err != nil {
		return g, err
	}
	g = job.Propose(episodes, were)
	if err := f.store.PutProposals(ctx, f.ws, study, were, g.Proposals()); headway.ErrorCode(err) == headway.Conflict {
		return f.grouping(ctx, study, of, episodes) // another was as quick: what it kept is what is proposed
	} else if err != nil {
		return g, err
	}
	if payload, err = json.Marshal(g); err != nil {
		return g, err
	}
	return g, f.store.PutDerived(ctx, f.ws, store.Derived{Subject: string(study), Step: stepJobs, Version: job.Version, Inputs: of, Payload: payload})
}

// ProposeAnew forgets the jobs that were proposed and finds them again among all
// that was told since. Where members put episodes stays.
func (f *Flow) ProposeAnew(ctx context.Context, study headway.StudyID) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	if _, err := f.revealed(ctx, study); err != nil {
		return err
	}
	done, err := f.oneDraws(ctx, study) // else who draws now would keep the old ones again
	if err != nil {
		return err
	}
	defer done()
	were, err := f.store.Proposals(ctx, f.ws, study)
	if err != nil {
		return err
	}
	if err := f.store.PutProposals(ctx, f.ws, study, were, nil); err != nil {
		return err
	}
	f.mu.Lock()
	maps.DeleteFunc(f.drawn, func(whose shownTo, _ drawn) bool { return whose.study == study })
	f.mu.Unlock()
	of := store.Derived{Subject: string(study), Step: stepJobs, Version: job.Version} // made from nothing, in the place of what was found
	return f.store.PutDerived(ctx, f.ws, of)
}

// asksFor gives the questions of the bank that ask for each slot.
func asksFor() job.Asks {
	asks := job.Asks{After: map[headway.Label]string{}, First: map[headway.Label]string{}}
	for _, slot := range headway.Slots() {
		asks.After[slot], asks.First[slot] = mirror.Question(slot, true), mirror.Question(slot, false)
	}
	return asks
}

// Job gives one job by any version of its name; NotFound where it does not stand.
func (j *Jobs) Job(id headway.ClaimID) (*job.Job, error) {
	root := j.Held.Root(id)
	i := slices.IndexFunc(j.Jobs, func(one job.Job) bool { return !one.IsProposed() && one.Root == root })
	if i < 0 {
		return nil, headway.Errorf(headway.NotFound, "there is no job %s in this study", id)
	}
	return &j.Jobs[i], nil
}
