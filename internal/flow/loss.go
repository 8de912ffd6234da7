package flow

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/naming"
	"github.com/headway-oss/headway/internal/store"
)

// Loss is what goes with a person who is erased.
type Loss struct {
	Person        headway.PersonID
	Names         []string  // what they are called
	Conversations []Head    // that they were in
	Turns, Words  int       // theirs
	Mentions      int       // turns of others that hold their name
	Claims        []Resting // what rests on their words, what fewest are left for first
	Notes         int       // on their words
	Sources       []store.Source
	Rewritten     int                // of Sources, once it is done: others' records are kept
	Sealed        []headway.Guess    // guesses that hold their name, and stay as they were sealed
	Namesakes     []headway.PersonID // others of the same name: merge them first, if they are the same
	Gone          bool               // they were erased already

	touched []headway.ConversationID // that hold their words or their name
}

// Resting is something that rests on people's words, and how many people's it
// would be without one of them. At 0 it has lost its support.
type Resting struct {
	On     string // what it is: "guess", "claim", "label", "line", "said", "assumption", "promise", "play-back", "reply", "repair", "choice", "episode", "round"
	Study  headway.StudyID
	Words  string // of ours: a guess or a claim
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
	a := &assessing{Flow: f, ctx: ctx, l: Loss{Person: person}, theirs: map[headway.TextID]bool{}}
	for _, step := range []func() error{a.who, a.where, a.mentions, a.judged, a.held, a.said, a.deeds} {
		if err := step(); err != nil {
			return a.l, err
		}
	}
	slices.SortStableFunc(a.l.Claims, func(x, y Resting) int { return cmp.Compare(x.Left, y.Left) })
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
	called []string                // what they are called, behind masks too
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
				a.l.Names = append(a.l.Names, naming.Of(s)...)
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
	hidden, err := a.behind(a.ctx, a.l.Person)
	if err != nil {
		return err
	}
	a.called = slices.Clone(a.l.Names)
	for _, s := range hidden {
		a.called = append(a.called, naming.Of(s)...)
	}
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
	full := slices.DeleteFunc(slices.Clone(a.called), func(name string) bool { return !naming.IsFull(name) })
	struck := map[headway.ConversationID]bool{}
	for text, err := range a.store.Texts(a.ctx, a.ws) {
		if err != nil {
			return err
		}
		names := full
		if in[text.Conversation] {
			names = a.called
		}
		if !a.theirs[text.ID] && naming.StrikeOut(text.Text, names) != text.Text {
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
			if g.Seal != "" && naming.StrikeOut(g.Text, a.called) != g.Text {
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
	j := deed.NewJudgements(ops)
	guesses, err := a.guesses()
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(j.Guesses)) {
		if err := a.resting(Resting{On: "guess", Words: guesses[id].Text}, j.Guesses[id], bears); err != nil {
			return err
		}
	}
	for _, label := range slices.Sorted(maps.Keys(j.Labels)) {
		if err := a.resting(Resting{On: "label", Label: label}, j.Labels[label], func(v headway.Verdict) bool { return v == headway.Kept }); err != nil {
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

// bears says whether words with a verdict tell for or against what they were laid on.
func bears(v headway.Verdict) bool {
	return v == headway.Supports || v == headway.Partly || v == headway.Contradicts
}

// held lists the claims of studies that customers' words bear on.
func (a *assessing) held() error {
	ops, _, err := a.operations(a.ctx)
	if err != nil {
		return err
	}
	studies, err := a.store.Studies(a.ctx, a.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		claims, err := a.store.Claims(a.ctx, a.ws, s.ID)
		if err != nil {
			return err
		}
		words := map[headway.ClaimID]string{}
		for _, c := range claims {
			words[c.ID] = c.Words
		}
		held := deed.NewClaims(ops, s.ID)
		for _, h := range held.Standing() {
			places := map[headway.Span]headway.Verdict{}
			for _, b := range held.Bearing(h.Claim) {
				for _, at := range b.On {
					places[at] = b.Verdict
				}
			}
			if err := a.resting(Resting{On: "claim", Study: s.ID, Words: words[h.Claim]}, places, bears); err != nil {
				return err
			}
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

// resting counts on how many people's words something rests, if on theirs too.
func (a *assessing) resting(r Resting, places map[headway.Span]headway.Verdict, rests func(headway.Verdict) bool) error {
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
	a.add(r, people)
	return nil
}

func (a *assessing) add(r Resting, people map[headway.PersonID]bool) {
	r.People, r.Left = len(people), len(people)
	if people[a.l.Person] {
		r.Left--
	}
	a.l.Claims = append(a.l.Claims, r)
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
				a.add(Resting{On: "said", Study: s.ID, Label: kind}, kinds[kind])
			}
		}
		for _, group := range slices.Sorted(maps.Keys(lines)) {
			if lines[group][a.l.Person] && len(lines[group]) > 1 {
				a.add(Resting{On: "line", Study: s.ID, Label: kindOf[group]}, lines[group])
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

// singly names the deeds that are listed one by one; what several people's words
// bear on is counted by people.
var singly = map[headway.Deed]string{
	headway.DeedTest: "assumption", headway.DeedPromise: "promise", headway.DeedPlayback: "play-back", headway.DeedReply: "reply",
	headway.DeedRepair: "repair", headway.DeedChoose: "choice", headway.DeedEpisode: "episode",
}

// deeds lists the rounds of their conversations, and what else of members' deeds
// would lose its support: the same that will have lost it, once they are erased.
func (a *assessing) deeds() error {
	ops, extent, err := a.operations(a.ctx)
	if err != nil {
		return err
	}
	here := map[headway.ConversationID]bool{}
	for _, h := range a.l.Conversations {
		here[h.ID] = true
	}
	for _, op := range ops {
		if op.Deed == headway.DeedBlind && here[op.Conversation] {
			a.l.Claims = append(a.l.Claims, Resting{On: "round", Seq: op.Seq, People: 1})
		}
	}
	erasing := headway.Operation{Seq: extent.Operations + 1, Deed: headway.DeedErase, Person: a.l.Person, At: a.Flow.now()}
	for text := range a.theirs {
		erasing.Turns = append(erasing.Turns, text.Turn())
	}
	for _, l := range deed.Losses(append(slices.Clip(ops), erasing)) {
		if what := singly[l.Deed]; what != "" && l.On.Equal(erasing.At) {
			a.l.Claims = append(a.l.Claims, Resting{On: what, Study: l.Study, At: l.Span, Seq: l.Seq, People: 1})
		}
	}
	return nil
}
