package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/store"
)

// Everybody is all people on their side in the conversations that may be shown,
// those who spoke last first.
type Everybody struct {
	People   []Person
	Accounts []headway.Account // in order of name, those without people too
	Guessing []headway.Study   // whose people are not listed yet
}

// Person is a customer across conversations and names.
type Person struct {
	ID     headway.PersonID
	Names  []string // as conversations have them, the most frequent first
	Emails []string
	Keys   []string // the customer's id in the tables they came from
	customer.Standing
	Firm          headway.Account    // of Standing.Account; the zero Account is none
	Conversations []Head             // the newest first
	Last          time.Time          // the newest conversation's date, else when it came in
	Merged        []headway.PersonID // who members said are this one too
	Invented      bool               // of the sample
	Masked        bool               // Names are what stands in the place of theirs
}

// Name is what to call a person; "" where nobody gave a name or an address.
func (p Person) Name() string {
	for _, names := range [][]string{p.Names, p.Emails, p.Keys} {
		if len(names) > 0 {
			return names[0]
		}
	}
	return ""
}

// Person gives one of everybody, by their own id or one that was merged into it.
func (e Everybody) Person(id headway.PersonID) (Person, error) {
	for _, p := range e.People {
		if p.ID == id || slices.Contains(p.Merged, id) {
			return p, nil
		}
	}
	return Person{}, headway.Errorf(headway.NotFound, "there is no customer %s in the conversations that may be shown", id)
}

// Named lists the people whose name, address, customer id or firm holds words;
// all for none.
func (e Everybody) Named(words string) (found []Person) {
	words = strings.ToLower(strings.TrimSpace(words))
	for _, p := range e.People {
		names := slices.Concat(p.Names, p.Emails, p.Keys, []string{p.Firm.Name})
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(strings.ToLower(name), words) }) || words == "" {
			found = append(found, p)
		}
	}
	return found
}

// Of lists the people of an account.
func (e Everybody) Of(account headway.AccountID) (found []Person) {
	for _, p := range e.People {
		if p.Firm.ID == account {
			found = append(found, p)
		}
	}
	return found
}

// Everybody gives all people. They are read again when more than judging was done.
func (f *Flow) Everybody(ctx context.Context) (Everybody, error) {
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return Everybody{}, err
	}
	accounts, err := f.store.Accounts(ctx, f.ws)
	if err != nil {
		return Everybody{}, err
	}
	f.mu.Lock()
	known := f.everybody
	f.mu.Unlock()
	if known == nil || known.extent.Conversations != extent.Conversations || !slices.Equal(known.Accounts, accounts) ||
		happened(ops, known.extent.Operations, func(d headway.Deed) bool { return !judging[d] }) {
		known = &census{extent: extent}
		if known.Everybody, err = f.count(ctx, ops, accounts); err != nil {
			return Everybody{}, err
		}
		f.mu.Lock()
		f.everybody = known
		f.mu.Unlock()
	}
	return known.Everybody, nil
}

// census is everybody, as far as the workspace had grown.
type census struct {
	Everybody
	extent store.Extent
}

func (f *Flow) count(ctx context.Context, ops []headway.Operation, accounts []headway.Account) (e Everybody, err error) {
	heads, when, err := f.shownHeads(ctx)
	if err != nil {
		return e, err
	}
	merged, err := f.store.Merges(ctx, f.ws)
	if err != nil {
		return e, err
	}
	invented, err := f.inSample(ctx)
	if err != nil {
		return e, err
	}
	e.Accounts = accounts
	e.People = peopleOf(heads, merged, when)
	standings := customer.Standings(ops, merged)
	for i := range e.People {
		p := &e.People[i]
		p.Standing = standings[p.ID]
		if at := slices.IndexFunc(accounts, func(a headway.Account) bool { return a.ID == p.Account }); at >= 0 {
			p.Firm = accounts[at]
		}
		p.Invented = !slices.ContainsFunc(p.Conversations, func(h Head) bool { return !invented[h.ID] })
	}
	e.Guessing, err = f.unsearched(ctx, "")
	return e, err
}

// shownHeads lists the conversations that may be shown, the newest first, and
// when each took place, or came in where nobody knows.
func (f *Flow) shownHeads(ctx context.Context) (shown []store.Head, when map[headway.ConversationID]time.Time, err error) {
	heads, err := f.heads(ctx, store.ConversationFilter{})
	if err != nil {
		return nil, nil, err
	}
	ids := make([]headway.ConversationID, len(heads))
	for i, h := range heads {
		ids[i] = h.ID
	}
	hidden, err := f.hidden(ctx, ids, "")
	if err != nil {
		return nil, nil, err
	}
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return nil, nil, err
	}
	came := map[headway.SourceID]time.Time{}
	for _, s := range sources {
		came[s.ID] = s.ImportedAt
	}
	when = map[headway.ConversationID]time.Time{}
	for _, h := range heads {
		if hidden[h.ID] != "" {
			continue
		}
		shown = append(shown, h)
		if when[h.ID] = h.Date.Time; h.Date.Time.IsZero() {
			when[h.ID] = came[h.Source]
		}
	}
	slices.SortStableFunc(shown, func(a, b store.Head) int { return when[b.ID].Compare(when[a.ID]) })
	return shown, when, nil
}

// inSample tells which conversations are invented.
func (f *Flow) inSample(ctx context.Context) (map[headway.ConversationID]bool, error) {
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	invented := map[headway.ConversationID]bool{}
	for _, s := range studies {
		if !s.Sample {
			continue
		}
		heads, err := f.heads(ctx, store.ConversationFilter{Study: s.ID})
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			invented[h.ID] = true
		}
	}
	return invented, nil
}

// peopleOf gathers who speaks on their side, merged people once. Heads come the
// newest first, and so do people.
func peopleOf(heads []store.Head, merged map[headway.PersonID]headway.PersonID, when map[headway.ConversationID]time.Time) []Person {
	var all []*Person
	of := map[headway.PersonID]*Person{}
	names := map[headway.PersonID]tally{}
	for _, h := range heads {
		for _, s := range h.Speakers {
			if s.Side != headway.Theirs || h.Turns == 0 {
				continue
			}
			id := s.Person()
			if into, moved := merged[id]; moved {
				id = into
			}
			p := of[id]
			if p == nil {
				p = &Person{ID: id, Last: when[h.ID]}
				of[id], names[id] = p, tally{}
				all = append(all, p)
			}
			if was := s.Person(); was != id && !slices.Contains(p.Merged, was) {
				p.Merged = append(p.Merged, was)
			}
			names[id].add(s.Name)
			p.Masked = p.Masked || s.Masked != ""
			p.Emails, p.Keys = with(p.Emails, s.Email), with(p.Keys, s.Key)
			if len(p.Conversations) == 0 || p.Conversations[len(p.Conversations)-1].ID != h.ID {
				p.Conversations = append(p.Conversations, headOf(h))
			}
		}
	}
	people := make([]Person, len(all))
	for i, p := range all {
		p.Names = names[p.ID].inOrder()
		people[i] = *p
	}
	return people
}

func headOf(h store.Head) Head {
	return Head{
		ID: h.ID, File: h.File, Row: h.Row, Title: h.Title, Genre: h.Genre, Date: h.Date,
		Turns: h.Turns, Words: h.Words, Speakers: h.Speakers,
	}
}

// with adds a word that is not among others yet.
func with(words []string, word string) []string {
	if word == "" || slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}

// tally counts names.
type tally map[string]int

func (t tally) add(name string) {
	if name != "" {
		t[name]++
	}
}

// inOrder lists the names, the most frequent first.
func (t tally) inOrder() []string {
	var names []string
	for name := range t {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(t[b], t[a]), strings.Compare(a, b)) })
	return names
}

// Perhaps is two people who may be one. A member says so, or nobody does.
type Perhaps struct {
	One, Two Person
	Why      string
}

// Perhaps suggests who may be one: those of the same name, and first those who
// write from the same firm too. At most so many.
func (e Everybody) Perhaps(most int) (all []Perhaps) {
	named := map[string][]Person{}
	var order []string
	for _, p := range e.People {
		for _, name := range p.Names {
			name = strings.ToLower(name)
			if len(named[name]) == 0 {
				order = append(order, name)
			}
			named[name] = append(named[name], p)
		}
	}
	var byName []Perhaps
	for _, name := range order {
		same := named[name]
		for _, other := range same[1:] {
			switch firm := sharedDomain(same[0], other); {
			case firm != "":
				all = append(all, Perhaps{same[0], other, "the same name, and both write from " + firm})
			case full(name) && (len(same[0].Emails) == 0 || len(other.Emails) == 0):
				byName = append(byName, Perhaps{same[0], other, "the same name in two conversations"})
			}
		}
	}
	all = append(all, byName...)
	return all[:min(len(all), most)]
}

// full says whether a name can be one person's: two words, none of them a
// number. "Participant" and "Speaker 2" are many people's.
func full(name string) bool {
	return len(strings.Fields(name)) > 1 && !strings.ContainsFunc(name, unicode.IsDigit)
}

func sharedDomain(a, b Person) string {
	for _, one := range a.Emails {
		_, domain, _ := strings.Cut(one, "@")
		if slices.ContainsFunc(b.Emails, func(two string) bool { return strings.HasSuffix(strings.ToLower(two), "@"+strings.ToLower(domain)) }) {
			return domain
		}
	}
	return ""
}

// Lapse is a person whose words may be kept no longer, and what would be lost
// with them. Nothing is deleted by itself.
type Lapse struct {
	Person
	Conversations int // of theirs
	Turns         int // of theirs
	Kept          int // passages of theirs that a member keeps as something
	Judged        int // sentences of theirs that were held against a guess
	Promises      int // ours to them
	PlayBacks     int // sent to them
}

// Lapsed lists those whose words may be kept no longer.
func (f *Flow) Lapsed(ctx context.Context) (lapsed []Lapse, err error) {
	everybody, err := f.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range everybody.People {
		if !p.Standing.Lapsed(f.now()) {
			continue
		}
		l, err := f.lapse(ctx, p)
		if err != nil {
			return nil, err
		}
		lapsed = append(lapsed, l)
	}
	return lapsed, nil
}

func (f *Flow) lapse(ctx context.Context, p Person) (Lapse, error) {
	l := Lapse{Person: p, Conversations: len(p.Conversations)}
	c, err := f.customer(ctx, headway.Account{}, []Person{p})
	if err != nil {
		return l, err
	}
	judged, err := f.Judgements(ctx)
	if err != nil {
		return l, err
	}
	theirs, who := map[headway.TextID]bool{}, whose(c.People)
	for _, talk := range c.Talks[:c.Own] {
		for _, t := range talk.Turns {
			if who[talk.Speaker(t.Speaker).Person()] != "" {
				theirs[t.Text.ID] = true
			}
		}
	}
	for _, verdicts := range judged.Labels {
		for at, v := range verdicts {
			if theirs[at.Text] && v == headway.Kept {
				l.Kept++
			}
		}
	}
	for _, verdicts := range judged.Guesses {
		for at := range verdicts {
			if theirs[at.Text] {
				l.Judged++
			}
		}
	}
	l.Turns, l.Promises, l.PlayBacks = len(theirs), len(c.Promises), len(c.PlayBacks)
	return l, nil
}
