package flow

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// Loss is what goes with a person who is erased.
type Loss struct {
	Person        headway.PersonID
	Names         []string // what they are called
	Conversations []Head   // that they were in
	Turns, Words  int      // theirs
	Mentions      int      // turns of others that hold their name
	Claims        []Claim  // what rests on their words, what fewest are left for first
	Notes         int      // on their words
	Sources       []store.Source
	Sealed        []headway.Guess    // guesses that hold their name, and stay as they were sealed
	Namesakes     []headway.PersonID // others of the same name: merge them first, if they are the same
	Gone          bool               // they were erased already

	touched []headway.ConversationID // that hold their words or their name
}

// Claim is something that rests on people's words, and how many people's it
// would be without one of them. At 0 it has lost its support.
type Claim struct {
	On     string // what it is: "guess", "label", "line", "said", "assumption", "promise", "play-back", "repair", "round"
	Study  headway.StudyID
	Words  string // of ours: a guess
	Label  headway.Label
	At     headway.Span // where it hangs, if it is one place
	Seq    int64        // of the deed, if it is one
	People int
	Left   int
}

// Loss lists what would go with a person, and erases nothing. Owners only.
func (f *Flow) Loss(ctx context.Context, person headway.PersonID) (l Loss, err error) {
	if err := f.mayOwn(ctx); err != nil {
		return l, err
	}
	defer headway.Wrap(&err, "see what goes with person %s", person)
	a := &assessing{Flow: f, ctx: ctx, l: Loss{Person: person}, theirs: map[headway.TextID]bool{}}
	for _, step := range []func() error{a.who, a.where, a.mentions, a.judged, a.said, a.deeds} {
		if err := step(); err != nil {
			return a.l, err
		}
	}
	slices.SortStableFunc(a.l.Claims, func(x, y Claim) int { return cmp.Compare(x.Left, y.Left) })
	return a.l, nil
}

// assessing is a Loss on its way.
type assessing struct {
	*Flow
	ctx    context.Context
	l      Loss
	people map[headway.PersonID]bool // all that are this one
	merged map[headway.PersonID]headway.PersonID
	theirs map[headway.TextID]bool // the texts whose words are theirs
}

func (a *assessing) now(p headway.PersonID) headway.PersonID {
	if into, merged := a.merged[p]; merged {
		return into
	}
	return p
}

// who finds out who is the same person.
func (a *assessing) who() (err error) {
	if a.merged, err = a.store.Merges(a.ctx, a.ws); err != nil {
		return err
	}
	a.l.Person = a.now(a.l.Person)
	a.people = map[headway.PersonID]bool{a.l.Person: true}
	for other, into := range a.merged {
		if into == a.l.Person {
			a.people[other] = true
		}
	}
	gone, err := a.store.Erased(a.ctx, a.ws)
	a.l.Gone = gone[a.l.Person]
	return err
}

// where finds the conversations that they were in, and their words.
func (a *assessing) where() error {
	heads, err := a.heads(a.ctx, store.ConversationFilter{})
	if err != nil {
		return err
	}
	named := map[string]map[headway.PersonID]bool{}
	files := map[headway.SourceID]bool{}
	for _, h := range heads {
		in := false
		for _, s := range h.Speakers {
			if named[s.Name] == nil {
				named[s.Name] = map[headway.PersonID]bool{}
			}
			named[s.Name][a.now(s.Person())] = true
			if a.people[s.Person()] {
				in = true
				a.l.Names = append(a.l.Names, s.CalledNames()...)
			}
		}
		if in {
			files[h.Source] = true
			if err := a.conversation(h); err != nil {
				return err
			}
		}
	}
	if len(a.l.Conversations) == 0 {
		return headway.Errorf(headway.NotFound, "nobody of that id has said anything here")
	}
	slices.Sort(a.l.Names)
	a.l.Names = slices.Compact(a.l.Names)
	a.namesakes(named)
	return a.files(files)
}

func (a *assessing) conversation(h store.Head) error {
	a.l.Conversations = append(a.l.Conversations, headOf(h))
	a.l.touched = append(a.l.touched, h.ID)
	c, err := a.store.Conversation(a.ctx, a.ws, h.ID)
	if err != nil {
		return err
	}
	for _, t := range c.Turns {
		if a.people[c.Speaker(t.Speaker).Person()] {
			a.theirs[t.Text.ID] = true
			a.l.Turns++
			a.l.Words += len(bytes.Fields([]byte(t.Text.Text)))
		}
	}
	return nil
}

func (a *assessing) namesakes(named map[string]map[headway.PersonID]bool) {
	others := map[headway.PersonID]bool{}
	for _, name := range a.l.Names {
		for other := range named[name] {
			if other != a.l.Person {
				others[other] = true
			}
		}
	}
	a.l.Namesakes = slices.Sorted(maps.Keys(others))
}

func (a *assessing) files(ids map[headway.SourceID]bool) error {
	all, err := a.store.Sources(a.ctx, a.ws)
	for _, s := range all {
		if ids[s.ID] {
			a.l.Sources = append(a.l.Sources, s)
		}
	}
	return err
}

// mentions counts the turns of others that hold their name, as the store will
// strike it, and the sealed guesses that do.
func (a *assessing) mentions() error {
	in := map[headway.ConversationID]bool{}
	for _, id := range a.l.touched {
		in[id] = true
	}
	full := slices.DeleteFunc(slices.Clone(a.l.Names), func(name string) bool { return !headway.IsFullName(name) })
	struck := map[headway.ConversationID]bool{}
	for text, err := range a.store.Texts(a.ctx, a.ws) {
		if err != nil {
			return err
		}
		names := full
		if in[text.Conversation] {
			names = a.l.Names
		}
		if !a.theirs[text.ID] && headway.StrikeOut(text.Text, names) != text.Text {
			a.l.Mentions++
			struck[text.Conversation] = !in[text.Conversation]
		}
	}
	for _, id := range slices.Sorted(maps.Keys(struck)) {
		if struck[id] {
			a.l.touched = append(a.l.touched, id)
		}
	}
	studies, err := a.store.Studies(a.ctx, a.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		guesses, err := a.store.Guesses(a.ctx, a.ws, s.ID)
		if err != nil {
			return err
		}
		for _, g := range guesses {
			if g.Seal != "" && headway.StrikeOut(g.Text, a.l.Names) != g.Text {
				a.l.Sealed = append(a.l.Sealed, g)
			}
		}
	}
	return nil
}

// judged lists the guesses and labels that members decided on by their words.
func (a *assessing) judged() error {
	ops, _, err := a.operations(a.ctx)
	if err != nil {
		return err
	}
	j := headway.NewJudgements(ops)
	guesses, err := a.guesses()
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(j.Guesses)) {
		supports := func(v headway.Verdict) bool {
			return v == headway.Supports || v == headway.Partly || v == headway.Contradicts
		}
		if err := a.claim(Claim{On: "guess", Words: guesses[id].Text}, j.Guesses[id], supports); err != nil {
			return err
		}
	}
	for _, label := range slices.Sorted(maps.Keys(j.Labels)) {
		if err := a.claim(Claim{On: "label", Label: label}, j.Labels[label], func(v headway.Verdict) bool { return v == headway.Kept }); err != nil {
			return err
		}
	}
	for _, n := range j.Notes {
		if slices.ContainsFunc(n.On, a.isTheirs) {
			a.l.Notes++
		}
	}
	return nil
}

func (a *assessing) isTheirs(s headway.Span) bool { return a.theirs[s.Text] }

func (a *assessing) guesses() (map[headway.GuessID]headway.Guess, error) {
	all := map[headway.GuessID]headway.Guess{}
	studies, err := a.store.Studies(a.ctx, a.ws)
	if err != nil {
		return nil, err
	}
	for _, s := range studies {
		guesses, err := a.store.Guesses(a.ctx, a.ws, s.ID)
		if err != nil {
			return nil, err
		}
		for _, g := range guesses {
			all[g.ID] = g
		}
	}
	return all, nil
}

// claim counts on how many people's words something rests, if on theirs too.
func (a *assessing) claim(c Claim, places map[headway.Span]headway.Verdict, rests func(headway.Verdict) bool) error {
	var texts []headway.TextID
	hit := false
	for s, v := range places {
		if rests(v) {
			texts = append(texts, s.Text)
			hit = hit || a.isTheirs(s)
		}
	}
	if !hit {
		return nil
	}
	at, err := a.store.Places(a.ctx, a.ws, texts)
	if err != nil {
		return err
	}
	people := map[headway.PersonID]bool{}
	for _, p := range at {
		if p.Side == headway.Theirs {
			people[a.now(p.Person)] = true
		}
	}
	a.add(c, people)
	return nil
}

func (a *assessing) add(c Claim, people map[headway.PersonID]bool) {
	c.People, c.Left = len(people), len(people)
	if people[a.l.Person] {
		c.Left--
	}
	a.l.Claims = append(a.l.Claims, c)
}

// said lists the lines that count them: of each kind in each study, and what they
// said as others did.
func (a *assessing) said() error {
	studies, err := a.store.Studies(a.ctx, a.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		parts, err := a.Flow.parts(a.ctx, s.ID)
		if err != nil {
			return err
		}
		kinds, lines := map[headway.Label]map[headway.PersonID]bool{}, map[headway.GroupID]map[headway.PersonID]bool{}
		kindOf := map[headway.GroupID]headway.Label{}
		for _, p := range parts {
			for _, m := range p.Moments {
				if !m.Counted {
					continue
				}
				put(kinds, m.Kind, a.now(m.Person))
				if m.Group != "" {
					put(lines, m.Group, a.now(m.Person))
					kindOf[m.Group] = m.Kind
				}
			}
		}
		for _, kind := range headway.Kinds() {
			if kinds[kind][a.l.Person] {
				a.add(Claim{On: "said", Study: s.ID, Label: kind}, kinds[kind])
			}
		}
		for _, group := range slices.Sorted(maps.Keys(lines)) {
			if lines[group][a.l.Person] && len(lines[group]) > 1 {
				a.add(Claim{On: "line", Study: s.ID, Label: kindOf[group]}, lines[group])
			}
		}
	}
	return nil
}

func put[K comparable](sets map[K]map[headway.PersonID]bool, key K, p headway.PersonID) {
	if sets[key] == nil {
		sets[key] = map[headway.PersonID]bool{}
	}
	sets[key][p] = true
}

// deeds lists what else members did with their words.
func (a *assessing) deeds() error {
	ops, _, err := a.operations(a.ctx)
	if err != nil {
		return err
	}
	on := map[headway.Deed]string{
		headway.DeedTest: "assumption", headway.DeedPromise: "promise", headway.DeedPlayback: "play-back", headway.DeedRepair: "repair",
	}
	here := map[headway.ConversationID]bool{}
	for _, h := range a.l.Conversations {
		here[h.ID] = true
	}
	for _, op := range ops {
		what := on[op.Deed]
		switch {
		case op.Deed == headway.DeedBlind && here[op.Conversation]:
			a.l.Claims = append(a.l.Claims, Claim{On: "round", Seq: op.Seq, People: 1})
		case what != "" && op.Verdict != headway.Undecided && (a.isTheirs(op.Answer) || a.isTheirs(op.Span) || op.Person != "" && a.people[op.Person]):
			a.l.Claims = append(a.l.Claims, Claim{On: what, Study: op.Study, At: op.Span, Seq: op.Seq, People: 1})
		}
	}
	return nil
}

// Erase forgets a person: see store.Erasures. mentions strikes their name from
// what others said too. What rests on their words has lost its support then. It
// is done or not done, whatever happens meanwhile; what lies outside the store is
// cleared away afterwards, by the next start if need be. Owners only.
func (f *Flow) Erase(ctx context.Context, person headway.PersonID, mentions bool) (Loss, error) {
	l, err := f.Loss(ctx, person)
	if err != nil {
		return l, err
	}
	op := headway.Operation{Deed: headway.DeedErase, Person: l.Person, Conversations: l.touched}
	if !mentions {
		op.Verdict = headway.Kept
	}
	if err := f.apply(ctx, op); err != nil {
		return l, err
	}
	return l, f.FinishErasing(ctx)
}

// FinishErasing clears away what erasing and removing left outside of the store:
// the bytes of sources, what sentences mean, weights that saw the words, rows that
// were made meanwhile, free pages on the disk. It can be run again at any time.
func (f *Flow) FinishErasing(ctx context.Context) error {
	left, err := f.store.Unfinished(ctx, f.ws)
	if err != nil {
		return err
	}
	if len(f.jobs.going()) > 0 { // an import may have made room for what it brings
		left = slices.DeleteFunc(left, func(op headway.Operation) bool { return op.Deed == headway.DeedRemove })
	}
	if len(left) == 0 {
		return nil
	}
	f.forgetShown()
	if err := f.forgetOwn(ctx); err != nil {
		return err
	}
	if _, err := f.store.Sweep(ctx, f.ws, stepMirror, ""); err != nil { // they hold names
		return err
	}
	for _, op := range left {
		if op.Deed == headway.DeedErase {
			err = f.finishErase(ctx, op)
		} else {
			err = f.finishRemove(ctx)
		}
		if err != nil {
			return err
		}
	}
	if err := f.hangAgain(ctx); err != nil {
		return err
	}
	if slices.ContainsFunc(left, func(op headway.Operation) bool { return op.Deed == headway.DeedErase }) {
		if err := f.store.Vacuum(ctx); err != nil {
			return headway.Errorf(headway.Unavailable, "they are erased; what the disk still holds of them goes when nothing else uses the database: stop other programs and run `headway vacuum` (%w)", err)
		}
	}
	for _, op := range left {
		if err := f.store.Finished(ctx, f.ws, op.Seq); err != nil {
			return err
		}
	}
	f.tellMore()
	return nil
}

// forgetShown lets go of what is held in memory.
func (f *Flow) forgetShown() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.shown)
	clear(f.scored)
	clear(f.counted)
	f.remembered = nil
}

func (f *Flow) finishErase(ctx context.Context, op headway.Operation) error {
	if err := f.store.ForgetDerived(ctx, f.ws, op.Conversations...); err != nil {
		return err
	}
	if err := f.forgetMeaning(op.Conversations...); err != nil {
		return err
	}
	touched := map[headway.ConversationID]bool{}
	for _, id := range op.Conversations {
		touched[id] = true
	}
	gone, err := f.store.Erased(ctx, f.ws)
	if err != nil {
		return err
	}
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range sources {
		holds, err := f.holds(ctx, s, touched, gone)
		if err != nil {
			return err
		}
		if holds {
			if err := f.dropBytes(ctx, s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetMeaning lets what the sentences of conversations mean be made anew.
func (f *Flow) forgetMeaning(ids ...headway.ConversationID) error {
	if f.meanings == nil {
		return nil
	}
	f.mu.Lock()
	f.remembered = nil
	f.mu.Unlock()
	return f.meanings.Forget(ids...)
}

// holds says whether a source's bytes hold words of conversations that were
// touched by an erasure, or of whoever was erased. What can no longer be read
// holds nothing that anybody could show.
func (f *Flow) holds(ctx context.Context, s store.Source, touched map[headway.ConversationID]bool, gone map[headway.PersonID]bool) (bool, error) {
	if s.Format == formatRecording {
		return touched[headway.ConversationID(s.Name)], nil
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Source: s.ID})
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(heads, func(h store.Head) bool { return touched[h.ID] }) {
		return true, nil
	}
	data, err := f.blobs.Get(ctx, s.ID)
	if headway.ErrorCode(err) == headway.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	batch, err := source.Read(source.File{Name: s.Name, Data: data}, source.Options{})
	if err != nil {
		return false, nil //nolint:nilerr // it was told when it was imported
	}
	return slices.ContainsFunc(batch.Conversations, func(c headway.Conversation) bool { return touched[c.ID] || isIn(&c, gone) }), nil
}

// isIn says whether one of some persons speaks in a conversation.
func isIn(c *headway.Conversation, people map[headway.PersonID]bool) bool {
	return slices.ContainsFunc(c.Speakers, func(s headway.Speaker) bool { return people[s.Person()] })
}

func (f *Flow) dropBytes(ctx context.Context, id headway.SourceID) error {
	return errors.Join(f.blobs.Delete(ctx, id), f.store.ForgetSource(ctx, f.ws, id))
}

// finishRemove drops the bytes of sources of which no conversation is left, unless
// an import has yet to read them.
func (f *Flow) finishRemove(ctx context.Context) error {
	waiting, err := f.waiting(ctx)
	if err != nil {
		return err
	}
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range sources {
		if s.Format == formatRecording {
			if gone, err := f.recordsNobody(ctx, s); err != nil {
				return err
			} else if gone {
				if err := f.dropBytes(ctx, s.ID); err != nil {
					return err
				}
			}
			continue
		}
		left, _, err := f.store.Conversations(ctx, f.ws, store.ConversationFilter{Source: s.ID}, store.Page{Limit: 1})
		if err != nil {
			return err
		}
		if len(left) == 0 && s.Format != formatUnread && !waiting[s.ID] {
			if err := f.blobs.Delete(ctx, s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// waiting gives the sources that were taken in and not wholly read.
func (f *Flow) waiting(ctx context.Context) (map[headway.SourceID]bool, error) {
	all := map[headway.SourceID]bool{}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	for _, s := range studies {
		pending, err := f.pending(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		for _, file := range pending {
			all[file.id] = true
		}
	}
	return all, nil
}

const cameErased = "a person in it was erased here: their words and names were left out, and the bytes of the file are not kept"

// withoutBytes says whether a file may not be kept, since somebody in it was
// erased, and says so in its findings.
func (f *Flow) withoutBytes(ctx context.Context, file *opened) (bool, error) {
	gone, err := f.store.Erased(ctx, f.ws)
	if err != nil || len(gone) == 0 {
		return false, err
	}
	if !slices.ContainsFunc(file.batch.Conversations, func(c headway.Conversation) bool { return isIn(&c, gone) }) {
		return false, nil
	}
	file.batch.Findings = append([]headway.Finding{{What: cameErased}}, slices.DeleteFunc(file.batch.Findings, func(f headway.Finding) bool { return f.Text != "" })...)
	return true, f.blobs.Delete(ctx, file.file.ID())
}
