package flow

import (
	"cmp"
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// Customer is one customer on one page: a person, or all people of an account.
type Customer struct {
	customer.Customer
	Firm   headway.Account // the zero Account for a person alone
	People []Person
	Talks  []customer.Talk // theirs, the newest first; then others that are told of
	Own    int             // the first so many of Talks are theirs
	// Studies are those that were revealed and hold conversations of theirs.
	Studies []headway.Study

	NeverAsked []mirror.Gap          // slots that no question of ours asked for, perhaps even
	CouldAsk   int                   // conversations in which something could be asked
	Next       []mirror.NextQuestion // what we got wrong opens it
	ToSend     []headway.Span        // a play-back to send, of one person

	// Lost is what rested on words in these conversations that were forgotten.
	Lost []deed.Lost

	Voices      []customer.Voice // by role, in an account
	Differences []customer.Difference

	texts mirror.Texts // of Talks
}

// Words cuts the words of a place in the talks; zero where it is in none.
func (c *Customer) Words(s headway.Span) headway.Quote { return c.texts.Quote(s) }

func (c *Customer) holds(s headway.Span) bool {
	_, here := c.texts[s.Text]
	return here
}

// Customer gives one person on one page.
func (f *Flow) Customer(ctx context.Context, id headway.PersonID) (*Customer, error) {
	everybody, err := f.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	p, err := everybody.Person(id)
	if err != nil {
		return nil, err
	}
	return f.customer(ctx, headway.Account{}, []Person{p})
}

// Account gives all people of an account on one page.
func (f *Flow) Account(ctx context.Context, id headway.AccountID) (*Customer, error) {
	everybody, err := f.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(everybody.Accounts, func(a headway.Account) bool { return a.ID == id })
	if i < 0 {
		return nil, headway.Errorf(headway.NotFound, "there is no account %s", id)
	}
	return f.customer(ctx, everybody.Accounts[i], everybody.Of(id))
}

func (f *Flow) customer(ctx context.Context, firm headway.Account, people []Person) (*Customer, error) {
	ops, history, err := f.History(ctx)
	if err != nil {
		return nil, err
	}
	c := &Customer{Firm: firm, People: people, texts: mirror.Texts{}}
	if err := f.talks(ctx, c); err != nil {
		return nil, err
	}
	dealt := customer.NewDealings(deed.Hang(ops).Operations, history)
	judged, err := f.judged(ctx, ops)
	if err != nil {
		return nil, err
	}
	if err := f.toldOf(ctx, c, dealt); err != nil {
		return nil, err
	}
	c.Customer = customer.See(whose(people), c.Talks, judged, dealt)
	c.Lost = lostIn(judged.Lost, func(id headway.ConversationID) bool {
		return slices.ContainsFunc(c.Talks, func(t customer.Talk) bool { return t.ID == id })
	})
	if err := f.mirrorOf(ctx, c, judged); err != nil {
		return nil, err
	}
	if firm.ID != "" {
		c.Voices = voices(people, c.Talks[:c.Own], judged)
		c.Differences = customer.Differ(c.Voices, c.Words)
	}
	return c, nil
}

// whose maps every id of persons to who they are now.
func whose(people []Person) customer.Whose {
	w := customer.Whose{}
	for _, p := range people {
		w[p.ID] = p.ID
		for _, was := range p.Merged {
			w[was] = p.ID
		}
	}
	return w
}

// talks reads the conversations of the customer's people and what was heard in
// them, the newest first.
func (f *Flow) talks(ctx context.Context, c *Customer) error {
	var ids []headway.ConversationID
	for _, p := range c.People {
		for _, h := range p.Conversations {
			if !slices.Contains(ids, h.ID) {
				ids = append(ids, h.ID)
			}
		}
	}
	err := f.read(ctx, c, ids)
	if err != nil {
		return err
	}
	slices.SortStableFunc(c.Talks, func(a, b customer.Talk) int { return b.Date.Time.Compare(a.Date.Time) })
	c.Own = len(c.Talks)
	c.Studies, err = f.revealedWith(ctx, ids)
	return err
}

// revealedWith lists the studies that were revealed and hold any of some conversations.
func (f *Flow) revealedWith(ctx context.Context, ids []headway.ConversationID) ([]headway.Study, error) {
	holding, err := f.holding(ctx, store.ConversationFilter{IDs: append([]headway.ConversationID{}, ids...)}) // nil would be all
	if err != nil {
		return nil, err
	}
	studies, err := f.Studies(ctx)
	return slices.DeleteFunc(studies, func(s headway.Study) bool { return !s.Phase.Revealed() || !slices.Contains(holding, s.ID) }), err
}

// toldOf reads the conversations in which something was promised to them, or
// gone wrong, without them.
func (f *Flow) toldOf(ctx context.Context, c *Customer, dealt customer.Dealings) error {
	var texts []headway.TextID
	for _, s := range dealt.Told(whose(c.People), c.holds) {
		if !c.holds(s) {
			texts = append(texts, s.Text)
		}
	}
	places, err := f.store.Places(ctx, f.ws, texts)
	if err != nil {
		return err
	}
	var ids []headway.ConversationID
	for _, t := range texts {
		if p, here := places[t]; here && !slices.Contains(ids, p.Conversation) {
			ids = append(ids, p.Conversation)
		}
	}
	hidden, err := f.hidden(ctx, ids, "")
	if err != nil {
		return err
	}
	return f.read(ctx, c, slices.DeleteFunc(ids, func(id headway.ConversationID) bool { return hidden[id] != "" }))
}

func (f *Flow) read(ctx context.Context, c *Customer, ids []headway.ConversationID) error {
	if len(ids) == 0 {
		return nil
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	for _, id := range ids {
		i := slices.IndexFunc(heads, func(h store.Head) bool { return h.ID == id })
		if i < 0 {
			continue // removed meanwhile
		}
		talk, err := f.store.Conversation(ctx, f.ws, id)
		if err != nil {
			return err
		}
		h, err := f.heard(ctx, &talk, heads[i].Inputs)
		if err != nil {
			return err
		}
		c.Talks = append(c.Talks, customer.Talk{Conversation: &talk, Hearing: h})
		for i := range talk.Turns {
			c.texts[talk.Turns[i].Text.ID] = talk.Turns[i].Text
		}
	}
	return nil
}

// mirrorOf holds up a mirror of this customer alone, without guesses: what was
// never asked, what to ask next, what to send back.
func (f *Flow) mirrorOf(ctx context.Context, c *Customer, judged deed.Judgements) error {
	merged, err := f.store.Merges(ctx, f.ws)
	if err != nil {
		return err
	}
	var parts []mirror.Part
	for _, talk := range c.Talks[:c.Own] {
		parts = append(parts, mirror.Look(talk.Conversation, talk.Hearing, nil))
	}
	choices := mirror.Choices{PerSlot: 1, PerLine: 1, Pairs: 1, Listed: 1, Merged: merged}
	if len(c.People) == 1 {
		choices.PlayBackTo = c.People[0].ID
	}
	m := mirror.Join(headway.Study{About: headway.OneCustomer}, nil, parts, judged, choices)
	c.CouldAsk, c.Next = m.CouldAsk, append(openers(c.Repairs), m.NextQuestions...)
	for _, gap := range m.NobodyAsked {
		if gap.N > 0 && gap.Asked == 0 && gap.Perhaps == 0 {
			c.NeverAsked = append(c.NeverAsked, gap)
		}
	}
	if len(c.People) == 1 {
		c.ToSend = m.PlayBack
	}
	return nil
}

// openers begin the next list of questions with what we got wrong last time.
func openers(repairs []customer.Repair) []mirror.NextQuestion {
	if len(repairs) == 0 {
		return nil
	}
	last := repairs[len(repairs)-1]
	return []mirror.NextQuestion{{Text: "What did we get wrong last time?", Why: "they told us what we got wrong", Recall: last.Told.Span}}
}

// repairsIn lists what customers of some conversations told us that we got wrong.
func repairsIn(parts []mirror.Part, ops []headway.Operation) (repairs []customer.Repair) {
	said := map[headway.TextID]bool{}
	for _, p := range parts {
		for _, t := range p.Texts {
			said[t.Text] = true
		}
	}
	dealt := customer.NewDealings(deed.Hang(ops).Operations, deed.NewHistory(ops))
	for _, both := range dealt.Repairs() {
		if said[both[0].Text] {
			repairs = append(repairs, customer.Repair{Told: customer.Line{Span: both[0]}, Wrong: customer.Line{Span: both[1]}})
		}
	}
	return repairs
}

// voices parts the people of an account by role, in the order of roles; those
// whose role nobody knows last.
func voices(people []Person, talks []customer.Talk, judged deed.Judgements) (all []customer.Voice) {
	for _, role := range append(headway.Roles(), "") {
		of := slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return p.Role != role })
		if len(of) > 0 {
			all = append(all, customer.Voice{Role: role, Customer: customer.See(whose(of), talks, judged, customer.Dealings{})})
		}
	}
	return all
}

// Recent lists customers, the newest conversation first: people of an account
// stand for it once. At most so many; the sample's invented ones only where
// there are no others.
func (e Everybody) Recent(most int) (recent []Person) {
	seen := map[headway.AccountID]bool{}
	all := slices.Clone(e.People)
	slices.SortStableFunc(all, func(a, b Person) int { return cmp.Compare(number(a.Invented), number(b.Invented)) })
	for _, p := range all {
		if len(recent) == most || p.Invented && len(recent) > 0 && !recent[0].Invented {
			break
		}
		if p.Firm.ID != "" && seen[p.Firm.ID] {
			continue
		}
		seen[p.Firm.ID] = true
		recent = append(recent, p)
	}
	return recent
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
