package flow

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// seeking is a search made ready: what was typed is read, and names are looked up.
type seeking struct {
	words   string
	through headway.StudyID
	limit   int
	filter  store.SearchFilter
	misread []Misread
	nothing bool // nothing can be found, or nothing is to be searched

	kinds  []headway.Label              // the labels that passages are narrowed to; nil for none
	is     map[Is]bool                  // what may have become of them
	by     map[headway.MemberID]bool    // who marked them; nil is anybody
	since  int64                        // only marks after this Seq
	bare   bool                         // only places where nobody decided anything
	judged deed.Judgements              // as whoever searches may see it
	marked map[headway.TextID][]decided // by the text they lie in, of all kinds
	now    map[headway.PersonID]headway.PersonID
	people map[headway.PersonID]bool
}

// decided is a label that a member decided on.
type decided struct {
	at   headway.Span
	is   Labelled
	made deed.Made
}

// narrows says whether passages are narrowed to labels or people.
func (s *seeking) narrows() bool { return s.kinds != nil || s.filter.People != nil || s.bare }

// seek makes a search ready.
func (f *Flow) seek(ctx context.Context, q Query) (*seeking, error) {
	t := readAsk(q.Words, f.now())
	n := q.Narrow.and(t.narrow)
	s := &seeking{words: t.words, through: q.Through, limit: min(q.Limit, store.MostHits-1), misread: t.misread, nothing: t.halts()}
	s.filter = store.SearchFilter{Study: q.Study, Side: cmp.Or(t.side, q.Side), From: n.Since, Until: n.Until}
	if utf8.RuneCountInString(q.Words) > longestSearch {
		s.miss("a search has %d characters at most: leave words out", longestSearch)
	}
	if !n.Since.IsZero() && !n.Until.IsZero() && !n.Since.Before(n.Until) {
		s.miss("no day is from %s on and also before %s: write the earlier one after since:, the later one after until:", n.Since.Format(time.DateOnly), n.Until.Format(time.DateOnly))
	}
	empty := n.Empty() && !t.narrowed && q.Study == "" && q.Side == ""
	if s.nothing || empty && strings.TrimSpace(s.words) == "" {
		s.nothing = true
		return s, nil
	}
	if t.side != "" && q.Side != "" && t.side != q.Side {
		s.nothing = true
	}
	for _, step := range []func(context.Context, Query, typed, Narrow, *seeking) error{f.hide, f.inStudies, f.ofPeople, f.ofMarks} {
		if err := step(ctx, q, t, n, s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// hide leaves out the conversations of studies that still guess, unless what is
// found is shown through one that does not.
func (f *Flow) hide(ctx context.Context, _ Query, _ typed, _ Narrow, s *seeking) error {
	guessing, err := f.guessing(ctx)
	for _, g := range guessing {
		s.filter.Hidden = append(s.filter.Hidden, g.ID)
	}
	if _, notYet := f.revealed(ctx, s.through); notYet == nil {
		s.filter.Through = s.through
	}
	return err
}

// inStudies looks up the study that was typed.
func (f *Flow) inStudies(ctx context.Context, _ Query, t typed, _ Narrow, s *seeking) error {
	if len(t.studies) == 0 {
		return nil
	}
	all, err := f.Studies(ctx)
	if err != nil {
		return err
	}
	var called []headway.Study
	for _, name := range t.studies {
		called = append(called, begunBy(all, name, func(s headway.Study) string { return s.Name })...)
	}
	switch {
	case len(called) == 0:
		s.miss("there is no study called %q", t.studies[0])
	case len(called) > 1:
		s.miss("%q and %q are both meant by study:%s: write more of the name, between quotation marks, and one study at a time", called[0].Name, called[1].Name, strings.Join(t.studies, ","))
	case s.filter.Study != "" && s.filter.Study != called[0].ID:
		s.nothing = true
	default:
		s.filter.Study = called[0].ID
	}
	return nil
}

// miss says what could not be looked up; nothing is found then.
func (s *seeking) miss(format string, args ...any) {
	s.misread = append(s.misread, Misread{What: fmt.Sprintf(format, args...), Halts: true})
	s.nothing = true
}

// begunBy gives those whose name is meant: exactly, else those with a word that
// begins so.
func begunBy[T any](all []T, name string, of func(T) string) (begun []T) {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, one := range all {
		called := strings.ToLower(of(one))
		if called == name {
			return []T{one}
		}
		if begins(called, name) {
			begun = append(begun, one)
		}
	}
	return begun
}

// begins says whether a name begins so, or one of its words does. Both are in
// lower case.
func begins(name, begun string) bool {
	return begun != "" && (strings.HasPrefix(name, begun) || strings.Contains(name, " "+begun))
}

// ofPeople looks up persons, roles and accounts.
func (f *Flow) ofPeople(ctx context.Context, _ Query, _ typed, n Narrow, s *seeking) (err error) {
	if s.now, err = f.store.Merges(ctx, f.ws); err != nil {
		return err
	}
	if len(n.People)+len(n.Roles)+len(n.Accounts) == 0 {
		return nil
	}
	var sets []map[headway.PersonID]bool
	if len(n.People) > 0 {
		called, err := f.called(ctx, n.People, s)
		if err != nil {
			return err
		}
		sets = append(sets, called)
	}
	if len(n.Roles)+len(n.Accounts) > 0 {
		everybody, err := f.Everybody(ctx)
		if err != nil {
			return err
		}
		if len(n.Roles) > 0 {
			sets = append(sets, idsOf(everybody.People, func(p Person) bool { return slices.Contains(n.Roles, p.Role) }))
		}
		if len(n.Accounts) > 0 {
			sets = append(sets, f.ofAccounts(everybody, n.Accounts, s))
		}
	}
	s.people = sets[0]
	for _, set := range sets[1:] {
		s.people = both(s.people, set)
	}
	s.filter.People = []headway.PersonID{} // not nil: nobody is not everybody
	for id := range s.people {
		s.filter.People = append(s.filter.People, id)
	}
	slices.Sort(s.filter.People)
	return nil
}

// called gives the persons of names, with all whom members say they are too.
func (f *Flow) called(ctx context.Context, names []string, s *seeking) (map[headway.PersonID]bool, error) {
	all, err := f.store.Named(ctx, f.ws, store.SearchFilter{Hidden: s.filter.Hidden, Through: s.filter.Through})
	if err != nil {
		return nil, err
	}
	roots := map[headway.PersonID]bool{}
	for _, name := range names {
		lower, before := strings.ToLower(name), len(roots)
		for _, one := range all {
			if string(one.Person) == name || begins(strings.ToLower(one.Name), lower) || strings.EqualFold(one.Email, name) {
				roots[cmp.Or(s.now[one.Person], one.Person)] = true
			}
		}
		if len(roots) == before {
			s.miss("nobody is called %q in the conversations that may be shown: names are offered while you type", name)
		}
	}
	persons := map[headway.PersonID]bool{}
	for _, one := range all {
		if roots[cmp.Or(s.now[one.Person], one.Person)] {
			persons[one.Person] = true
		}
	}
	return persons, nil
}

func (f *Flow) ofAccounts(everybody Everybody, names []string, s *seeking) map[headway.PersonID]bool {
	var meant []headway.AccountID
	for _, name := range names {
		called := begunBy(everybody.Accounts, name, func(a headway.Account) string { return a.Name })
		if len(called) == 0 {
			s.miss("there is no account called %q", name)
		}
		for _, a := range called {
			meant = append(meant, a.ID)
		}
	}
	return idsOf(everybody.People, func(p Person) bool { return p.Firm.ID != "" && slices.Contains(meant, p.Firm.ID) })
}

// idsOf gives all ids of some people, merged ones too.
func idsOf(people []Person, wanted func(Person) bool) map[headway.PersonID]bool {
	ids := map[headway.PersonID]bool{}
	for _, p := range people {
		if wanted(p) {
			ids[p.ID] = true
			for _, id := range p.Merged {
				ids[id] = true
			}
		}
	}
	return ids
}

func both[K comparable](a, b map[K]bool) map[K]bool {
	in := map[K]bool{}
	for k := range a {
		if b[k] {
			in[k] = true
		}
	}
	return in
}

// mostMarked is how many marked texts one search is narrowed to, the newest marks.
const mostMarked = 20_000

// ofMarks reads what members marked, and narrows to texts in which it can be.
func (f *Flow) ofMarks(ctx context.Context, q Query, _ typed, n Narrow, s *seeking) (err error) {
	if s.judged, err = f.Judgements(ctx); err != nil {
		return err
	}
	s.gather()
	if err := f.byMembers(ctx, n.By, s); err != nil {
		return err
	}
	s.states(n)
	if s.kinds == nil {
		if q.AfterExtent != (store.Extent{}) {
			s.filter.After = store.Cursor(q.AfterExtent.Conversations)
		}
		return nil
	}
	if s.is[IsSuggested] {
		s.filter.Kinds = s.kinds
	}
	s.since = q.AfterExtent.Operations
	if s.is[IsSuggested] && q.AfterExtent != (store.Extent{}) {
		s.filter.After = store.Cursor(q.AfterExtent.Conversations)
	}
	s.filter.Texts = s.markedTexts()
	return nil
}

// states says what may have become of the labels that are looked for.
func (s *seeking) states(n Narrow) {
	s.is = map[Is]bool{}
	for _, is := range n.Is {
		s.is[is] = true
	}
	if len(n.Kinds) == 0 && s.is[IsUnmarked] {
		s.bare = len(s.is) == 1 && len(n.By) == 0
		if s.bare {
			return
		}
	}
	if s.is[IsUnmarked] {
		s.is[IsSuggested] = true
	}
	switch {
	case len(n.Is) > 0:
	case len(n.By) > 0:
		s.is[IsKept], s.is[IsDismissed] = true, true
	default:
		s.is[IsKept], s.is[IsSuggested] = true, true
	}
	if len(n.By) > 0 {
		delete(s.is, IsSuggested) // nobody marked it
	}
	if s.kinds = n.Kinds; len(n.Kinds) == 0 && len(n.Is)+len(n.By) > 0 {
		s.kinds = headway.Kinds()
	}
}

// byMembers looks up who marked. Members are known by their names; whoever sits
// at the machine by "me".
func (f *Flow) byMembers(ctx context.Context, names []string, s *seeking) error {
	if len(names) == 0 {
		return nil
	}
	members, err := f.store.Members(ctx, f.ws)
	if err != nil {
		return err
	}
	s.by = map[headway.MemberID]bool{}
	for _, name := range names {
		before := len(s.by)
		if strings.EqualFold(name, "me") {
			s.by[f.acting(ctx)] = true
		}
		for _, m := range members {
			if string(m.ID) == name || begins(strings.ToLower(m.Name), strings.ToLower(name)) {
				s.by[m.ID] = true
			}
		}
		if len(s.by) == before {
			s.miss("no member is called %q: write by:me, or a member's name", name)
		}
	}
	return nil
}

// gather lays out what members decided by the texts it lies in.
func (s *seeking) gather() {
	s.marked = map[headway.TextID][]decided{}
	for label, places := range s.judged.Labels {
		for at, verdict := range places {
			m := decided{at: at, made: s.judged.Made[label][at], is: Labelled{Label: label, Is: IsKept}}
			if verdict == headway.Dismissed {
				m.is.Is = IsDismissed
			}
			m.is.By = m.made.Member
			s.marked[at.Text] = append(s.marked[at.Text], m)
		}
	}
}

// wanted says whether a mark is one of those that are looked for.
func (s *seeking) wanted(m decided) bool {
	return slices.Contains(s.kinds, m.is.Label) && s.is[m.is.Is] && (s.by == nil || s.by[m.made.Member]) && m.made.Seq > s.since
}

// markedTexts lists the texts in which there is a mark that is looked for, the
// newest marks if there are very many.
func (s *seeking) markedTexts() []headway.TextID {
	newest := map[headway.TextID]int64{}
	for text, all := range s.marked {
		for _, m := range all {
			if s.wanted(m) {
				newest[text] = max(newest[text], m.made.Seq)
			}
		}
	}
	texts := make([]headway.TextID, 0, len(newest))
	for text := range newest {
		texts = append(texts, text)
	}
	slices.SortFunc(texts, func(a, b headway.TextID) int {
		return cmp.Or(cmp.Compare(newest[b], newest[a]), cmp.Compare(a, b))
	})
	return texts[:min(len(texts), mostMarked)]
}

// lets says whether a place is of the side and the people that are looked for.
func (s *seeking) lets(p store.Place) bool {
	return (s.filter.Side == "" || s.filter.Side == p.Side) && (s.filter.People == nil || s.people[p.Person])
}

// marksIn gives what was heard and what members decided in places: of what was
// heard only that on which nobody decided.
func (f *Flow) marksIn(ctx context.Context, s *seeking, places []store.Place) (map[headway.TextID][]decided, error) {
	ids := make([]headway.TextID, 0, len(places))
	for _, p := range places {
		ids = append(ids, p.Text.ID)
	}
	heard, err := f.store.Moments(ctx, f.ws, ids)
	if err != nil {
		return nil, err
	}
	all := map[headway.TextID][]decided{}
	for _, id := range ids {
		if _, seen := all[id]; seen {
			continue
		}
		all[id] = slices.Clone(s.marked[id])
		for _, m := range heard[id] {
			if s.judged.Labels[m.Label][m.Span] == "" {
				all[id] = append(all[id], decided{at: m.Span, is: Labelled{Label: m.Label, Is: IsSuggested, Counted: m.Counted}})
			}
		}
	}
	return all, nil
}

// passages gives what of a turn is shown: the passages that bear a label that is
// looked for and hold some of what was found; else the sentence at.
func (s *seeking) passages(at headway.Span, found []headway.Span, marks []decided) (all []headway.Span) {
	if s.kinds == nil {
		if at.Len() == 0 || s.bare && slices.ContainsFunc(marks, func(m decided) bool { return m.is.Is != IsSuggested && m.at.Overlaps(at) }) {
			return nil
		}
		return []headway.Span{at}
	}
	for _, m := range marks {
		suggested := m.is.Is == IsSuggested && s.is[IsSuggested] && slices.Contains(s.kinds, m.is.Label)
		if !suggested && (m.is.Is == IsSuggested || !s.wanted(m)) {
			continue
		}
		held := len(found) == 0 || slices.ContainsFunc(found, m.at.Overlaps)
		if held && !slices.Contains(all, m.at) {
			all = append(all, m.at)
		}
	}
	slices.SortFunc(all, func(a, b headway.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return all
}

// labelsAt gives what was heard and decided on words that a passage holds.
func (s *seeking) labelsAt(at headway.Span, marks []decided) (labels []Labelled) {
	for _, m := range marks {
		if m.at.Overlaps(at) && (m.is.Is != IsDismissed || s.is[IsDismissed]) && !slices.Contains(labels, m.is) {
			labels = append(labels, m.is)
		}
	}
	order := headway.Kinds()
	slices.SortFunc(labels, func(a, b Labelled) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Label), slices.Index(order, b.Label)), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Is, b.Is), cmp.Compare(a.By, b.By))
	})
	return labels
}

// name says who the hits' persons are after merges, and counts the customers.
func (s *seeking) name(hits []Hit) int {
	customers := map[headway.PersonID]bool{}
	for i := range hits {
		hits[i].Person = cmp.Or(s.now[hits[i].Person], hits[i].Person)
		if hits[i].Speaker.Side == headway.Theirs {
			customers[hits[i].Person] = true
		}
	}
	return len(customers)
}

// shownOfTurn gives the sentence of a turn that holds most of the words that were
// found, or all of it where it was found without words.
func shownOfTurn(t headway.TextVersion, found []headway.Span) headway.Span {
	if len(found) > 0 {
		return sentenceOf(t, found)
	}
	start := len(t.Text) - len(strings.TrimLeftFunc(t.Text, unicode.IsSpace))
	return t.SpanOf(headway.NewRuler(t.Text), start, max(start, len(strings.TrimRightFunc(t.Text, unicode.IsSpace))))
}
