package job

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// writer writes a picture out with its words.
type writer struct {
	*book
	p     *Picture
	asks  Asks
	at    map[headway.TextID]place
	names map[headway.PersonID]string
	of    int // customers
	lost  []ReportLost
}

// place is the turn that holds a text.
type place struct {
	talk *Talk
	turn int
}

// NewReport writes a picture out with its words.
func NewReport(s Study, p Picture, g Grouping, asks Asks) Report {
	w := newWriter(s, &p, asks)
	r := Report{
		Schema:       ReportSchema,
		Question:     Question,
		Counts:       ReportCounts{ReportPeople: ReportPeople{p.People, w.of}, Conversations: len(s.Talks), Episodes: len(p.Episodes)},
		OnlyOne:      len(p.Jobs) == 1 && p.People > 1,
		TriedOn:      g.Of,
		Tried:        each(g.Tried, func(t Tried) Tried { return t }),
		Apart:        each(p.Apart, writePlaced),
		Alternatives: each(p.Named, w.line),
		Wants:        each(p.Wants, w.want),
		Episodes:     make([]ReportEpisode, len(p.Episodes)),
		Next:         w.next(everyOne(len(p.Episodes))),
	}
	for i := range p.Episodes {
		r.Episodes[i] = w.episode(&p.Episodes[i])
	}
	r.Criteria = each(p.Criteria, w.criterion)
	for i := range p.Jobs {
		j := w.job(&p.Jobs[i], g)
		if j.Proposed {
			r.Counts.Proposed++
		} else {
			r.Counts.Named++
			r.Known = r.Known || j.Claim.Status == headway.StatusSaid
			j.Criteria = each(r.Criteria, func(c ReportCriterion) ReportCell { return c.Cells[r.Counts.Named-1] })
		}
		r.Jobs = append(r.Jobs, j)
	}
	r.Jobs, r.Lost = each(r.Jobs, func(j ReportJob) ReportJob { return j }), each(w.lost, func(l ReportLost) ReportLost { return l })
	return r
}

func newWriter(s Study, p *Picture, asks Asks) *writer {
	w := &writer{book: open(s), p: p, asks: asks, at: map[headway.TextID]place{}, names: map[headway.PersonID]string{}}
	customers := map[headway.PersonID]bool{}
	for i := range s.Talks {
		talk := &s.Talks[i]
		for n := range talk.Turns {
			w.at[talk.Turns[n].Text.ID] = place{talk, n}
		}
		for _, speaker := range talk.Speakers {
			person := w.person(speaker)
			if w.names[person] == "" {
				w.names[person] = speaker.Name
			}
			if speaker.Side == headway.Theirs {
				customers[person] = true
			}
		}
	}
	w.of = len(customers)
	return w
}

// each is never nil, so that a list without entries is written [].
func each[A, B any](list []A, of func(A) B) []B {
	all := make([]B, 0, len(list))
	for _, a := range list {
		all = append(all, of(a))
	}
	return all
}

func everyOne(n int) []Placed {
	all := make([]Placed, n)
	for i := range all {
		all[i].Episode = i
	}
	return all
}

func writePlaced(p Placed) ReportPlaced {
	return ReportPlaced{Episode: p.Episode, Typical: p.Anchor, Settled: p.Settled, By: p.By}
}

// quotes writes a passage out; without words where they are not there.
func (w *writer) quotes(on headway.Passage) (words ReportWords) {
	words.Quotes = []headway.Quote{}
	at, here := w.at[on.First().Text]
	if !here {
		return words
	}
	for _, span := range on {
		holds, known := w.at[span.Text]
		if !known || holds.talk.Turns[holds.turn].Text.Erased() {
			continue
		}
		if quote, err := holds.talk.Turns[holds.turn].Text.Cut(span); err == nil {
			words.Quotes = append(words.Quotes, quote)
		}
	}
	c, turn := at.talk.Conversation, &at.talk.Turns[at.turn]
	words.Person = w.person(c.Speaker(turn.Speaker))
	words.Name, words.Conversation, words.File, words.Row, words.Title = w.names[words.Person], c.ID, c.File, c.Row, c.Title
	words.Date, words.Turn = c.Date, at.turn
	if ms, timed := turn.Started(); timed {
		words.MS = &ms
	}
	return words
}

func (w *writer) borne(words Words) ReportWords {
	said := w.quotes(words.On)
	said.Member, said.Kept = words.Member, true
	return said
}

func (w *writer) told(t Told) ReportWords {
	said := w.quotes(append(headway.Passage{t.Span}, t.More...))
	said.Status, said.Kept, said.By = t.Status, t.Kept, t.By
	return said
}

func (w *writer) span(s headway.Span) ReportWords { return w.quotes(headway.Passage{s}) }

// line writes a claim out with all that hangs on it.
func (w *writer) line(l Line) ReportLine {
	r := ReportLine{
		ID: l.ID, Root: l.Root, Part: l.Claim.Part, Words: l.Claim.Words, Status: l.Status, Choice: l.Choice, Lost: l.Gone,
		Said: ReportPeople{PeopleOf(l.For), w.of}, Denied: ReportPeople{PeopleOf(l.Against), w.of},
		For: each(l.For, w.borne), Read: each(l.Read, w.borne), Against: each(l.Against, w.borne),
		Parts: each(l.Parts, w.line), Versions: []ReportVersion{},
	}
	for _, held := range w.Held.Versions(l.ID) {
		c := w.claims[held.Claim]
		r.Versions = append(r.Versions, ReportVersion{c.ID, c.Words, c.Member, c.At, len(w.Held.Bearing(c.ID))})
	}
	switch l.Claim.Part {
	case headway.PartFinish:
		r.AboutUs = AboutUs(l.Claim.Words)
	case headway.PartRung:
		r.Missing = Above(&l)
		r.Ask = r.Missing.Question()
	}
	w.lose(ReportLost{Claim: l.Root, Part: l.Claim.Part, Words: l.Claim.Words, On: l.Gone})
	return r
}

func (w *writer) lose(l ReportLost) {
	if !l.On.IsZero() {
		w.lost = append(w.lost, l)
	}
}

func (w *writer) part(l *Line, parts ...headway.Part) (all []ReportLine) {
	all = []ReportLine{}
	for _, part := range parts {
		all = append(all, each(l.Part(part), w.line)...)
	}
	return all
}

func (w *writer) job(j *Job, g Grouping) ReportJob {
	r := ReportJob{
		Proposed: j.IsProposed(), Number: j.Number, Customers: ReportPeople{j.People, w.p.People}, Groups: w.groups(j.Groups, g), Episodes: each(j.Placed, writePlaced),
		Card:    w.part(&j.Line, headway.PartSituation, headway.PartProgress, headway.PartFunctional, headway.PartEmotional, headway.PartSocial),
		Measure: w.part(&j.Line, headway.PartMeasure), Criteria: []ReportCell{},
		Alternatives: each(j.Alternatives, func(a Alternative) ReportAlternative { return w.alternative(a, j.People) }),
		Forces:       each(j.Forces, func(f Force) ReportForce { return w.force(f, j.People) }),
		Products:     each(j.Products, func(p Product) ReportProduct { return ReportProduct{p.Name, ReportPeople{p.People, j.People}} }),
		Issues:       w.part(&j.Line, headway.PartIssue), Finish: w.part(&j.Line, headway.PartFinish),
		Price: w.part(&j.Line, headway.PartPrice), Describe: w.part(&j.Line, headway.PartDescribe), Sell: w.part(&j.Line, headway.PartSell),
		Ladder: w.part(&j.Line, headway.PartRung), Wants: w.wantsOf(j), Next: w.next(j.Placed),
	}
	if !r.Proposed {
		name := w.line(Line{Claim: j.Claim, Root: j.Root, Versions: j.Versions, Status: j.Status, For: j.For, Read: j.Read, Against: j.Against, Gone: j.Gone, Choice: j.Choice})
		r.Claim = &name // its parts stand in the card
	}
	return r
}

func (w *writer) groups(ids []headway.GroupID, g Grouping) []ReportGroup {
	return each(ids, func(id headway.GroupID) ReportGroup {
		r := ReportGroup{ID: id, Tells: []ReportWords{}, Words: []ReportWord{}}
		for _, group := range g.Groups {
			if group.ID == id {
				r.Stability, r.Neighbour, r.Tells = group.Stability, group.Neighbour, each(group.Tells, w.span)
				r.Words = each(group.Words, func(word Word) ReportWord { return w.word(word, group.People) })
			}
		}
		return r
	})
}

func (w *writer) word(word Word, of int) ReportWord {
	r := ReportWord{Customers: ReportPeople{word.People, of}, Elsewhere: word.Elsewhere}
	if said := w.span(word.Span); len(said.Quotes) > 0 {
		r.Said = said.Quotes[0]
	}
	return r
}

func (w *writer) alternative(a Alternative, of int) ReportAlternative {
	r := ReportAlternative{Claim: a.Named, Sort: a.Sort, Customers: ReportPeople{a.People, of}}
	for _, named := range w.p.Named {
		if a.Named != "" && named.Root == a.Named {
			r.Words = named.Claim.Words
		}
	}
	r.Told = each(a.Told, func(t Instead) ReportInstead {
		told := ReportInstead{ReportWords: w.told(t.Told)}
		if question := w.span(t.Asked); len(question.Quotes) > 0 {
			told.Asked = &question
		}
		return told
	})
	return r
}

func (w *writer) force(f Force, of int) ReportForce {
	return ReportForce{f.Kind, f.For(), ReportPeople{f.People, of}, ReportPeople{f.Checked, of}, ReportPeople{f.People - f.Checked, of}, each(f.Told, w.told)}
}

func (w *writer) criterion(c Criterion) ReportCriterion {
	r := ReportCriterion{ReportLine: w.line(c.Line), Cells: []ReportCell{}}
	for i := range w.p.Jobs {
		if j := &w.p.Jobs[i]; !j.IsProposed() {
			cell := c.Cells[i]
			r.Cells = append(r.Cells, ReportCell{
				Criterion: c.Root, Job: j.Root, Words: c.Claim.Words, State: cell.State(), Choice: cell.Choice, Lost: cell.Gone,
				On: each(cell.On, w.borne), Against: each(cell.Against, w.borne),
				Said: ReportPeople{PeopleOf(cell.On), w.of}, Denied: ReportPeople{PeopleOf(cell.Against), j.People},
			})
			w.lose(ReportLost{Claim: c.Root, Job: j.Root, Part: headway.PartCriterion, Words: c.Claim.Words, On: cell.Gone})
		}
	}
	return r
}

// State is what a cell says: that customers say otherwise outweighs what a member
// settled.
func (c Cell) State() State {
	switch {
	case len(c.Against) > 0:
		return Contradicted
	case c.Choice == "":
		return Unsettled
	}
	return State(c.Choice)
}

func (w *writer) episode(e *Episode) ReportEpisode {
	r := ReportEpisode{ID: e.ID, Person: e.Person, Name: w.names[e.Person], Product: e.Product,
		Talks:    each(e.Pieces, func(p Piece) headway.ConversationID { return p.Conversation }),
		Slots:    each(e.Slots, func(s Slot) ReportSlot { return w.slot(s, w.asks.Of(e.Hired)) }),
		Timeline: each(Timeline(*e), func(t Then) ReportPhase { return ReportPhase{t.Phase, each(t.Told, w.span)} }),
	}
	r.Talks = slices.Compact(r.Talks)
	return r
}

func (w *writer) slot(s Slot, asks map[headway.Label]string) ReportSlot {
	r := ReportSlot{Kind: s.Kind, Status: s.Status, Unchecked: s.Unchecked, Told: each(s.Told, w.told)}
	if len(s.Told) == 0 {
		r.Ask = asks[s.Kind]
	}
	return r
}

// next gives the questions for what not all customers of some episodes told, what
// fewest told first.
func (w *writer) next(placed []Placed) []ReportAsk {
	all, people := []ReportAsk{}, map[headway.PersonID]bool{}
	told := map[headway.Label]map[headway.PersonID]bool{}
	for _, p := range placed {
		e := &w.p.Episodes[p.Episode]
		people[e.Person] = true
		for _, s := range e.Slots {
			if told[s.Kind] == nil {
				told[s.Kind] = map[headway.PersonID]bool{}
			}
			if len(s.Told) > 0 {
				told[s.Kind][e.Person] = true
			}
		}
	}
	asks := w.asks.Of(w.p.Hired(placed))
	for _, slot := range headway.Slots() {
		if ask := asks[slot]; ask != "" && len(told[slot]) < max(len(people), 1) {
			all = append(all, ReportAsk{slot, ask, ReportPeople{len(told[slot]), len(people)}})
		}
	}
	slices.SortStableFunc(all, func(a, b ReportAsk) int { return cmp.Compare(a.Told.People, b.Told.People) })
	return all
}

// wantsOf gives the places of what a job's customers said they wanted.
func (w *writer) wantsOf(j *Job) []int {
	all, theirs := []int{}, map[headway.PersonID]bool{}
	for _, p := range j.Placed {
		theirs[w.p.Episodes[p.Episode].Person] = true
	}
	for i, want := range w.p.Wants {
		if slices.ContainsFunc(want.For, func(said Words) bool { return theirs[said.Person] }) {
			all = append(all, i)
		}
	}
	return all
}

func (w *writer) want(l Line) ReportWant {
	r := ReportWant{ReportLine: w.line(l), Found: []ReportFound{}}
	for i, part := range l.Parts {
		if part.Claim.Part == headway.PartFound {
			r.Found = append(r.Found, ReportFound{r.Parts[i], w.between(&l, &part)})
		}
	}
	r.Parts = []ReportLine{} // they stand in Found
	return r
}

// mostBetween is how many turns before a finding are told: those that led to it.
const mostBetween = 6

// between gives the turns that led from what was wanted to what was found: those
// after the want, where both were said in one conversation.
func (w *writer) between(wanted, found *Line) []ReportTurn {
	turns := []ReportTurn{}
	if len(found.For) == 0 {
		return turns
	}
	then := w.at[found.For[0].On.First().Text]
	from := max(0, then.turn-mostBetween)
	for _, first := range wanted.For {
		if at := w.at[first.On.First().Text]; at.talk == then.talk && at.turn < then.turn {
			from = max(from, at.turn+1)
		}
	}
	for n := from; n < then.turn; n++ {
		turns = append(turns, w.turn(then.talk, n))
	}
	return turns
}

func (w *writer) turn(t *Talk, n int) ReportTurn {
	turn := &t.Turns[n]
	whole := turn.Text.SpanOf(headway.NewRuler(turn.Text.Text), 0, len(turn.Text.Text))
	r := ReportTurn{Side: t.Speaker(turn.Speaker).Side, ReportWords: w.span(whole)}
	r.Realized = slices.ContainsFunc(t.Hearing.Sentences, func(s headway.Heard) bool {
		return s.Span.Text == turn.Text.ID && s.Side == headway.Theirs && s.Counts(headway.Realization)
	})
	return r
}

// Credit says whose words they are and where they stand: "Ute Lind,
// first-call.txt, 05:34, 2 March 2026".
func (w ReportWords) Credit() string {
	parts := []string{cmp.Or(w.Name, "a speaker without a name"), cmp.Or(w.Title, w.File)}
	switch {
	case w.Row > 0 && w.Title == "":
		parts = append(parts, fmt.Sprintf("row %d", w.Row))
	case w.MS != nil:
		parts = append(parts, clock(*w.MS))
	}
	if !w.Date.Time.IsZero() {
		parts = append(parts, w.Date.Time.UTC().Format("2 January 2006"))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func clock(ms int64) string {
	t := time.Duration(ms) * time.Millisecond
	if t >= time.Hour {
		return fmt.Sprintf("%d:%02d:%02d", int(t.Hours()), int(t.Minutes())%60, int(t.Seconds())%60)
	}
	return fmt.Sprintf("%02d:%02d", int(t.Minutes()), int(t.Seconds())%60)
}

// String gives the words, with a sign where others stood between them.
func (w ReportWords) String() string {
	parts := make([]string, len(w.Quotes))
	for i, q := range w.Quotes {
		parts[i] = q.String()
	}
	return strings.Join(parts, " […] ")
}

// String says so many people of so many: "4 of 12 people".
func (p ReportPeople) String() string {
	if p.Of == 1 {
		return fmt.Sprintf("%d of 1 person", p.People)
	}
	return fmt.Sprintf("%d of %d people", p.People, p.Of)
}
