package flow

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// lookVersion changes when either step does.
const lookVersion = mirror.Version + ", " + hear.Version

func stepLook(study headway.StudyID) string { return "look " + string(study) }

// lookInputs digests what a part is made from: the conversation, what the pass
// of a version heard in it, and the guesses.
func lookInputs(conversation, version string, guesses []headway.Guess) string {
	parts := []string{conversation, version}
	for _, g := range guesses {
		parts = append(parts, string(g.ID))
	}
	return headway.Digest(parts...)
}

// stepMirror keeps whole mirrors of large studies, one for each choice of lines.
const stepMirror = "mirror"

// reflection is a study as it was last shown. It is current while the
// workspace has not grown, by this program's doing or by another's.
type reflection struct {
	extent   store.Extent  // read before all else
	heard    Closeness     // read before the parts
	gathered int           // how often groups had been added to, read before the parts
	inputs   string        // digests the study's conversations and guesses
	parts    []mirror.Part // nil until they are needed
	joined   map[mirrorKey]mirror.Mirror
}

// mirrorKey is what a choice of lines is told apart by.
type mirrorKey struct {
	perSlot, perLine, pairs, listed int
	playBackTo                      headway.PersonID
}

// operations gives the history as whoever asks may see it, and how far the
// workspace had grown at least when it was read. Whatever is shown, counted or
// learned comes from here: see deed.Visible.
func (f *Flow) operations(ctx context.Context) ([]headway.Operation, store.Extent, error) {
	all, extent, err := f.everyOperation(ctx)
	if err != nil {
		return nil, extent, err
	}
	visible, err := f.visible(ctx, all, f.acting(ctx))
	return visible, extent, err
}

// everyOperation gives the whole history, reading only what is new.
func (f *Flow) everyOperation(ctx context.Context) ([]headway.Operation, store.Extent, error) {
	extent, err := f.store.Extent(ctx, f.ws)
	if err != nil {
		return nil, extent, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if last := lastSeq(f.history); last < extent.Operations {
		fresh, err := f.store.Operations(ctx, f.ws, store.OperationFilter{After: last})
		if err != nil {
			return nil, extent, err
		}
		f.history = append(f.history, fresh...)
		f.blind.after(fresh, f.history)
	}
	extent.Operations = lastSeq(f.history)
	return f.history, extent, nil
}

func lastSeq(ops []headway.Operation) int64 {
	if len(ops) == 0 {
		return 0
	}
	return ops[len(ops)-1].Seq
}

// Mirror gives a study's mirror and the words it shows. Denied before the reveal.
func (f *Flow) Mirror(ctx context.Context, study headway.StudyID, ch mirror.Choices) (mirror.Mirror, mirror.Texts, error) {
	s, err := f.revealed(ctx, study)
	if err != nil {
		return mirror.Mirror{}, nil, err
	}
	r, ops, err := f.reflection(ctx, study)
	if err != nil {
		return mirror.Mirror{}, nil, err
	}
	m, err := f.mirror(ctx, s, r, ops, ch)
	if err != nil {
		return mirror.Mirror{}, nil, err
	}
	texts, err := f.texts(ctx, m.Spans())
	return m, texts, err
}

// Parts gives the parts of a study's mirror, one for each conversation. Denied
// before the reveal.
func (f *Flow) Parts(ctx context.Context, study headway.StudyID) ([]mirror.Part, error) {
	if _, err := f.revealed(ctx, study); err != nil {
		return nil, err
	}
	r, _, err := f.reflection(ctx, study)
	if err != nil {
		return nil, err
	}
	return f.partsOf(ctx, study, r)
}

// A mirror of so many conversations is kept in the store: to read it again
// then costs less than to lay its parts together.
const worthKeeping = 200

// mirror gives the mirror of a reflection: as it was made since, as it was
// kept before this start, or laid together now.
func (f *Flow) mirror(ctx context.Context, s headway.Study, r *reflection, ops []headway.Operation, ch mirror.Choices) (mirror.Mirror, error) {
	key := mirrorKey{ch.PerSlot, ch.PerLine, ch.Pairs, ch.Listed, ch.PlayBackTo}
	f.mu.Lock()
	m, made := r.joined[key]
	f.mu.Unlock()
	if made {
		return m, nil
	}
	by, err := f.closest(ctx)
	if err != nil {
		return m, err
	}
	row := store.Derived{
		Subject: fmt.Sprintf("%s %+v", s.ID, key), Version: lookVersion, Step: stepMirror,
		Inputs: headway.Digest(r.inputs, strconv.FormatInt(r.extent.Operations, 10), by.Version, strconv.Itoa(r.heard.Heard), strconv.Itoa(r.gathered), string(f.eyes(ctx))),
	}
	payload, err := f.store.Derived(ctx, f.ws, row.Step, row.Version, row.Subject, row.Inputs)
	switch {
	case err == nil:
		err = json.Unmarshal(payload, &m)
	case headway.ErrorCode(err) == headway.NotFound:
		m, err = f.join(ctx, s, r, ops, ch)
		if err == nil && m.Conversations >= worthKeeping {
			if row.Payload, err = json.Marshal(m); err == nil {
				err = f.store.PutDerived(ctx, f.ws, row)
			}
		}
	}
	if err != nil {
		return m, err
	}
	f.mu.Lock()
	r.joined[key] = m
	f.mu.Unlock()
	return m, nil
}

func (f *Flow) join(ctx context.Context, s headway.Study, r *reflection, ops []headway.Operation, ch mirror.Choices) (m mirror.Mirror, err error) {
	guesses, err := f.store.Guesses(ctx, f.ws, s.ID)
	if err != nil {
		return m, err
	}
	parts, err := f.partsOf(ctx, s.ID, r)
	if err != nil {
		return m, err
	}
	if ch.Merged, err = f.store.Merges(ctx, f.ws); err != nil {
		return m, err
	}
	judged, err := f.judged(ctx, ops)
	if err != nil {
		return m, err
	}
	m = mirror.Join(s, guesses, parts, judged, ch)
	if s.About == headway.OneCustomer {
		m.NextQuestions = append(openers(repairsIn(parts, ops)), m.NextQuestions...)
	}
	texts, err := f.texts(ctx, m.Compared())
	m.Name(texts)
	return m, err
}

// reflection gives what is known of the study as it stands now.
func (f *Flow) reflection(ctx context.Context, study headway.StudyID) (*reflection, []headway.Operation, error) {
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return nil, nil, err
	}
	heard, err := f.closeness(ctx, study, ops, extent)
	if err != nil {
		return nil, nil, err
	}
	gathered, err := f.gathered(ctx)
	if err != nil {
		return nil, nil, err
	}
	whose := shownTo{study, f.eyes(ctx)}
	f.mu.Lock()
	last := f.shown[whose]
	f.mu.Unlock()
	same := last != nil && last.heard == heard && last.gathered == gathered
	if same && last.extent == extent {
		return last, ops, nil
	}
	r := &reflection{extent: extent, heard: heard, gathered: gathered, joined: map[mirrorKey]mirror.Mirror{}}
	if same && last.extent.Conversations == extent.Conversations && onlyJudged(ops, last.extent.Operations) {
		r.inputs, r.parts = last.inputs, last.parts
	} else if r.inputs, err = f.inputs(ctx, study); err != nil {
		return nil, nil, err
	}
	f.mu.Lock()
	f.shown[whose] = r
	f.mu.Unlock()
	return r, ops, nil
}

// inputs digests everything that the parts of a study are made from.
func (f *Flow) inputs(ctx context.Context, study headway.StudyID) (string, error) {
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return "", err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return "", err
	}
	var all []string
	for _, h := range heads {
		all = append(all, string(h.ID), h.Inputs)
	}
	return lookInputs(headway.Digest(all...), "", guesses), nil
}

// partsOf gives a reflection's parts, read once.
func (f *Flow) partsOf(ctx context.Context, study headway.StudyID, r *reflection) ([]mirror.Part, error) {
	f.mu.Lock()
	parts := r.parts
	f.mu.Unlock()
	if parts != nil {
		return parts, nil
	}
	parts, err := f.parts(ctx, study)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	r.parts = parts
	f.mu.Unlock()
	return parts, nil
}

// judging is what members say of words, which changes neither what was said nor
// who said it.
var judging = map[headway.Deed]bool{
	headway.DeedJudge: true, headway.DeedMark: true, headway.DeedNote: true, headway.DeedTest: true, headway.DeedSettle: true,
	headway.DeedPromise: true, headway.DeedPlayback: true, headway.DeedReply: true, headway.DeedRepair: true,
	headway.DeedBlind: true, headway.DeedDone: true, headway.DeedRelease: true,
	headway.DeedClaim: true, headway.DeedBear: true, headway.DeedChoose: true, headway.DeedGroup: true, headway.DeedJoin: true, headway.DeedEpisode: true,
}

// onlyJudged says whether everything since was judging, or saying who is who,
// which no part depends on.
func onlyJudged(ops []headway.Operation, since int64) bool {
	return !happened(ops, since, func(d headway.Deed) bool {
		return !judging[d] && d != headway.DeedMerge && d != headway.DeedSplit
	})
}

// happened says whether there was such a deed since.
func happened(ops []headway.Operation, since int64, such func(headway.Deed) bool) bool {
	for _, op := range slices.Backward(ops) {
		if op.Seq <= since {
			return false
		}
		if such(op.Deed) {
			return true
		}
	}
	return false
}

// parts reads the study's parts from the store and makes those that are stale.
func (f *Flow) parts(ctx context.Context, study headway.StudyID) ([]mirror.Part, error) {
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return nil, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return nil, err
	}
	return f.partsFrom(ctx, study, heads, guesses)
}

// partsFrom is parts of the conversations given.
func (f *Flow) partsFrom(ctx context.Context, study headway.StudyID, heads []store.Head, guesses []headway.Guess) ([]mirror.Part, error) {
	kept, err := f.keptParts(ctx, study, heads, guesses)
	if err != nil {
		return nil, err
	}
	parts := make([]mirror.Part, 0, len(heads))
	for _, h := range heads {
		p, ok := kept[string(h.ID)]
		if !ok {
			if p, err = f.look(ctx, study, h, guesses); err != nil {
				return nil, err
			}
		}
		parts = append(parts, p)
	}
	return parts, f.group(ctx, parts)
}

// madeFrom is what a part was made from: a conversation as it stood, and what
// the pass of this rank in versions heard in it.
type madeFrom struct {
	inputs string
	rank   int
}

// keptParts reads those parts of a study that are current: made from the best
// that was heard in their conversations as they stand.
func (f *Flow) keptParts(ctx context.Context, study headway.StudyID, heads []store.Head, guesses []headway.Guess) (map[string]mirror.Part, error) {
	versions, err := f.versions(ctx)
	if err != nil {
		return nil, err
	}
	current := map[string]madeFrom{} // by the part's inputs
	for _, h := range heads {
		for rank, version := range versions {
			current[lookInputs(h.Inputs, version, guesses)] = madeFrom{h.Inputs, rank}
		}
	}
	kept, made := map[string]mirror.Part{}, map[string]madeFrom{}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepLook(study), lookVersion) {
		if err != nil {
			return nil, err
		}
		from, is := current[row.Inputs]
		if !is {
			continue
		}
		var p mirror.Part
		if err := p.UnmarshalJSON(row.Payload); err != nil {
			return nil, err
		}
		kept[row.Subject] = p
		if from.rank < len(versions)-1 {
			made[row.Subject] = from
		}
	}
	return kept, f.dropOutdone(ctx, kept, made, versions)
}

// dropOutdone drops the parts that were made from what one pass heard while
// their conversations were heard by a better one, or that an import has brought
// since. made tells of those parts that could be better.
func (f *Flow) dropOutdone(ctx context.Context, kept map[string]mirror.Part, made map[string]madeFrom, versions []string) error {
	if len(made) == 0 {
		return nil
	}
	subjects := slices.Collect(maps.Keys(made))
	for rank, version := range versions[1:] {
		for row, err := range f.store.AllDerived(ctx, f.ws, stepHeard(version), version, subjects...) {
			if err != nil {
				return err
			}
			if from := made[row.Subject]; from.rank <= rank && row.Inputs == from.inputs {
				delete(kept, row.Subject)
			}
		}
	}
	return nil
}

// versions are those of the passes, the best last.
func (f *Flow) versions(ctx context.Context) ([]string, error) {
	if f.careful.Hear == nil {
		return []string{hear.Version}, nil
	}
	closest, err := f.closest(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Compact([]string{hear.Version, f.careful.Version, closest.Version}), nil
}

// look makes one conversation's part, and hears it first where that is stale.
func (f *Flow) look(ctx context.Context, study headway.StudyID, head store.Head, guesses []headway.Guess) (mirror.Part, error) {
	c, err := f.store.Conversation(ctx, f.ws, head.ID)
	if err != nil {
		return mirror.Part{}, err
	}
	h, err := f.heard(ctx, &c, head.Inputs)
	if err != nil {
		return mirror.Part{}, err
	}
	p := mirror.Look(&c, h, guesses)
	rows, err := derivedRows(study, head.Inputs, guesses, h, p)
	if err != nil {
		return p, err
	}
	return p, f.store.PutDerived(ctx, f.ws, rows...)
}

// heard gives the best that is kept of what was heard from these inputs, else
// hears quickly.
func (f *Flow) heard(ctx context.Context, c *headway.Conversation, inputs string) (h headway.Hearing, err error) {
	versions, err := f.versions(ctx)
	if err != nil {
		return h, err
	}
	for _, version := range slices.Backward(versions) {
		payload, err := f.store.Derived(ctx, f.ws, stepHeard(version), version, string(c.ID), inputs)
		if headway.ErrorCode(err) == headway.NotFound {
			continue
		}
		if err == nil {
			err = json.Unmarshal(payload, &h)
		}
		return h, err
	}
	return Quick.Hear(c), nil
}

// texts gives the texts that spans lie in. NotFound where one is not there.
func (f *Flow) texts(ctx context.Context, spans []headway.Span) (mirror.Texts, error) {
	texts := mirror.Texts{}
	for _, s := range spans {
		texts[s.Text] = headway.TextVersion{}
	}
	places, err := f.store.Places(ctx, f.ws, slices.Collect(maps.Keys(texts)))
	if err != nil {
		return nil, err
	}
	for id := range texts {
		place, here := places[id]
		if !here {
			return nil, headway.Errorf(headway.NotFound, "there is no text %s", id)
		}
		texts[id] = place.Text
	}
	return texts, nil
}

// Rederive hears every conversation that the present rules have not heard, and
// drops what earlier rules made. One program does it at a time; another one's
// Conflict is no harm. tell, if not nil, hears how many are done.
func (f *Flow) Rederive(ctx context.Context, tell func(done int)) error {
	release, err := f.lease(ctx, "rederive")
	if err != nil {
		return err
	}
	defer release()
	done := 0
	for {
		stale, err := f.store.Stale(ctx, f.ws, stepHear, hear.Version, 0, 100)
		if err != nil {
			return err
		}
		if len(stale) == 0 {
			return f.sweep(ctx)
		}
		rows := make([]store.Derived, 0, len(stale))
		for _, s := range stale {
			row, err := f.hearAgain(ctx, s)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		if err := f.store.PutDerived(ctx, f.ws, rows...); err != nil {
			return err
		}
		done += len(rows)
		if tell != nil {
			tell(done)
		}
	}
}

// sweep drops what earlier rules heard and saw.
func (f *Flow) sweep(ctx context.Context) error {
	versions, err := f.versions(ctx)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if _, err := f.store.Sweep(ctx, f.ws, stepHeard(version), version); err != nil {
			return err
		}
	}
	for _, finish := range []func(context.Context) error{f.forgetOwn, f.hangAgain} { // should a removal have been interrupted
		if err := finish(ctx); err != nil {
			return err
		}
	}
	if _, err := f.store.Sweep(ctx, f.ws, stepListened, versions[len(versions)-1]); err != nil {
		return err
	}
	if _, err := f.store.Sweep(ctx, f.ws, stepMirror, lookVersion); err != nil {
		return err
	}
	for _, step := range []string{stepGather, stepGathered} {
		if _, err := f.store.Sweep(ctx, f.ws, step, gatherVersion); err != nil {
			return err
		}
	}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		if _, err := f.store.Sweep(ctx, f.ws, stepLook(s.ID), lookVersion); err != nil {
			return err
		}
	}
	return nil
}

func (f *Flow) hearAgain(ctx context.Context, s store.StaleConversation) (store.Derived, error) {
	c, err := f.store.Conversation(ctx, f.ws, s.ID)
	if err != nil {
		return store.Derived{}, err
	}
	return hearingRow(s.Inputs, Quick.Hear(&c))
}
