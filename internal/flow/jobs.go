package flow

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
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
	// Asks has the question that could be asked for each slot.
	Asks  map[headway.Label]string
	Talks int                         // conversations
	Names map[headway.PersonID]string // what each is called, if anything
	texts mirror.Texts
	spots map[headway.TextID]Spot
	of    job.Study
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

// behind is how long a picture of jobs may be behind what is being heard closely:
// to read all again with each conversation would keep every reader waiting.
const behind = time.Minute

// stepJobs keeps how episodes were grouped.
const stepJobs = "jobs"

// Jobs gives the jobs of a study. Denied while it is guessing. Nobody may change
// what it gives.
func (f *Flow) Jobs(ctx context.Context, study headway.StudyID) (*Jobs, error) {
	s, err := f.revealed(ctx, study)
	if err != nil {
		return nil, err
	}
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	heard, err := f.closeness(ctx, study, ops, extent)
	if err != nil {
		return nil, err
	}
	whose := shownTo{study, f.eyes(ctx)}
	f.mu.Lock()
	last := f.drawn[whose]
	f.mu.Unlock()
	// While conversations are heard closely, what is shown may be a moment behind.
	asHeard := last.jobs != nil && (last.heard == heard || heard.Open() && f.now().Sub(last.read) < behind)
	if asHeard && last.extent == extent {
		return last.jobs, nil
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
	hearings, err := f.hearings(ctx, heads, versions)
	if err != nil {
		return err
	}
	parts := slices.Clone(versions)
	for _, h := range heads {
		parts = append(parts, string(h.ID), h.Inputs, hearings[h.ID].Version)
	}
	of := headway.Digest(parts...)
	if of == d.of {
		return nil
	}
	d.of, d.talks = of, nil
	for _, head := range heads {
		c, err := f.store.Conversation(ctx, f.ws, head.ID)
		if err != nil {
			return err
		}
		h, kept := hearings[head.ID]
		if !kept {
			h = Quick.Hear(&c)
		}
		d.talks = append(d.talks, job.Talk{Conversation: &c, Hearing: h})
	}
	return nil
}

// hearings gives what is kept of conversations as heard, of each the best; versions
// name the best last. What was heard in other words than stand now is left out.
func (f *Flow) hearings(ctx context.Context, heads []store.Head, versions []string) (map[headway.ConversationID]headway.Hearing, error) {
	hearings := map[headway.ConversationID]headway.Hearing{}
	if len(heads) == 0 {
		return hearings, nil
	}
	inputs, subjects := map[string]string{}, make([]string, 0, len(heads))
	for _, h := range heads {
		inputs[string(h.ID)] = h.Inputs
		subjects = append(subjects, string(h.ID))
	}
	for _, version := range versions {
		for row, err := range f.store.AllDerived(ctx, f.ws, stepHeard(version), version, subjects...) {
			if err != nil {
				return nil, err
			}
			if inputs[row.Subject] != row.Inputs {
				continue
			}
			var h headway.Hearing
			if err := json.Unmarshal(row.Payload, &h); err != nil {
				return nil, err
			}
			hearings[headway.ConversationID(row.Subject)] = h
		}
	}
	return hearings, nil
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
	were, err := f.store.Proposals(ctx, f.ws, study)
	if err != nil {
		return err
	}
	if err := f.store.PutProposals(ctx, f.ws, study, were, nil); err != nil {
		return err
	}
	f.mu.Lock()
	clear(f.drawn)
	f.mu.Unlock()
	_, err = f.store.Sweep(ctx, f.ws, stepJobs, "")
	return err
}

// asksFor gives the question of the bank that asks for each slot.
func asksFor() map[headway.Label]string {
	asks := map[headway.Label]string{}
	for _, slot := range headway.Slots() {
		asks[slot] = mirror.Question(slot)
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
