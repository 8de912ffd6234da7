package job

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/headway-oss/headway"
)

// Episode is one time that a customer hired something to make progress, or did
// without: what they told of it, in one conversation or several.
type Episode struct {
	ID      headway.EpisodeID // its first piece's
	Person  headway.PersonID  // as members merged them
	Product string            // what it is about, where a column says so
	Pieces  []Piece           // in order of time
	Slots   []Slot            // the twelve kinds in codebook order
	// Hired says that they hired something by then: they answered or reviewed it, or
	// tell what came of it. Else they did without, or may yet.
	Hired bool

	own []sentence // all that they said in it, in order
}

// Piece is a stretch of one conversation in which a customer tells of an episode.
type Piece struct {
	ID           headway.EpisodeID // keeps its value while its first turn is there
	Conversation headway.ConversationID
	Begins       headway.Span   // the customer's first sentence in it
	First, Last  headway.TurnID // the customer's turns that hold its first and its last sentence
}

// Slot is what an episode tells of one kind.
type Slot struct {
	Kind   headway.Label
	Status headway.Status
	// Unchecked is set where the status is said and no member has kept a word of
	// it; such slots are counted apart.
	Unchecked bool
	Told      []Told // in order; dismissed ones are left out
}

// Told is a place where a customer tells of a slot.
type Told struct {
	Span         headway.Span
	More         []headway.Span // the passage's other spans, where it goes over several turns
	Conversation headway.ConversationID
	Turn         headway.TurnID
	// Status is said where the words say it, and inferred where a member reads it
	// from them: it bears partly on their claim or guess.
	Status headway.Status
	Kept   bool            // a member kept it or laid it there; else By heard it and nobody checked
	By     string          // "" where only the member saw it
	Score  float64         // 0 to 1; 0 where only the member saw it
	Claim  headway.ClaimID // on which a member laid it, or ""
	Guess  headway.GuessID // likewise
}

// Is says whether an id is the episode's, or became so because its pieces turned
// out to belong together. What was kept of an episode is found by it.
func (e *Episode) Is(id headway.EpisodeID) bool {
	return slices.ContainsFunc(e.Pieces, func(p Piece) bool { return p.ID == id })
}

// Holds says whether words were said in the episode.
func (e *Episode) Holds(at headway.Span) bool {
	return slices.ContainsFunc(e.own, func(s sentence) bool { return s.Span.Overlaps(at) })
}

// Slot gives what the episode tells of a kind.
func (e *Episode) Slot(kind headway.Label) Slot {
	for _, s := range e.Slots {
		if s.Kind == kind {
			return s
		}
	}
	return Slot{Kind: kind, Status: headway.StatusUnknown}
}

// sentence is one sentence of a customer.
type sentence struct {
	headway.Heard
	conversation headway.ConversationID
	turn         headway.TurnID
	text         string
	another      bool         // it turns to another purchase, by its words
	aim          *headway.Aim // that begins with it, or nil
}

// piece is a Piece while episodes are put together.
type piece struct {
	Piece
	product string
	said    headway.Verdict // of a member on whether it begins another episode
	inner   bool            // not the person's first in its conversation
	own     []sentence
}

// Episodes makes the episodes of a study, in order of time. Within a conversation
// another begins where a customer turns to another purchase, or where a member
// says so. Over conversations what a person tells of one product is one episode,
// unless a member says that another begins. Only customers have any; a side that
// nobody settled has none.
func Episodes(s Study) []Episode {
	var all []*Episode
	of := map[headway.PersonID][]*Episode{}
	for _, talk := range inOrder(s.Talks) {
		for _, strand := range s.strands(talk) {
			for _, p := range s.cut(talk.Product, strand.own) {
				e := goesOn(of[strand.person], p)
				if e == nil {
					e = &Episode{ID: p.ID, Person: strand.person, Product: p.product}
					all, of[strand.person] = append(all, e), append(of[strand.person], e)
				}
				e.Pieces, e.own = append(e.Pieces, p.Piece), append(e.own, p.own...)
				e.Hired = e.Hired || talk.Genre == headway.Survey || talk.Genre == headway.Review
			}
		}
	}
	read := newReadings(s)
	episodes := make([]Episode, len(all))
	for i, e := range all {
		e.Slots = read.slots(e)
		episodes[i] = *e
	}
	tellHiring(episodes)
	return episodes
}

// inOrder gives talks in order of time, those of no known time first.
func inOrder(talks []Talk) []Talk {
	talks = slices.Clone(talks)
	slices.SortFunc(talks, func(a, b Talk) int {
		return cmp.Or(a.Date.Time.Compare(b.Date.Time), cmp.Compare(a.ID, b.ID))
	})
	return talks
}

// strand is what one customer said in a conversation.
type strand struct {
	person headway.PersonID
	own    []sentence
}

// strands gives what each customer said, in the order in which they first spoke.
func (study *Study) strands(t Talk) (all []strand) {
	persons := map[headway.SpeakerID]headway.PersonID{}
	for _, s := range t.Speakers {
		if s.Side != headway.Theirs {
			continue
		}
		persons[s.ID] = study.person(s)
	}
	if t.own == nil {
		t = t.Read()
	}
	for i, own := range t.own {
		if len(own) == 0 {
			continue
		}
		person := persons[t.Turns[i].Speaker]
		at := slices.IndexFunc(all, func(s strand) bool { return s.person == person })
		if at < 0 {
			at = len(all)
			all = append(all, strand{person: person})
		}
		all[at].own = append(all[at].own, own...)
	}
	return all
}

// Read reads what customers said in a talk. It stays so whatever members do, who have
// episodes made of it again and again; a talk that nobody read is read each time.
func (t Talk) Read() Talk {
	t.own = make([][]sentence, len(t.Turns))
	rest, aims := t.Hearing.Sentences, aimsBy(t.Hearing)
	for i, turn := range t.Turns {
		n := 0
		for n < len(rest) && rest[n].Turn <= i {
			n++
		}
		if t.Speaker(turn.Speaker).Side == headway.Theirs {
			t.own[i] = sentencesOf(t, i, rest[:n], aims)
		}
		rest = rest[n:]
	}
	return t
}

// sentencesOf gives the heard sentences of a turn with their words; those that
// were heard in other words than stand now have none.
func sentencesOf(t Talk, i int, heard []headway.Heard, aims map[begin]*headway.Aim) (own []sentence) {
	turn := t.Turns[i]
	if turn.Text.Erased() {
		return nil
	}
	ruler := headway.NewRuler(turn.Text.Text)
	for _, h := range heard {
		from, to := ruler.Byte(h.Span.Start), ruler.Byte(h.Span.End)
		if h.Turn != i || h.Span.Text != turn.Text.ID || from < 0 || to <= from {
			continue
		}
		text := turn.Text.Text[from:to]
		own = append(own, sentence{h, t.ID, turn.ID, text, turnsToAnother(text), aims[begin{h.Span.Text, h.Span.Start}]})
	}
	return own
}

// begin is where words begin.
type begin struct {
	text headway.TextID
	at   int
}

// aimsBy gives the aims of a hearing by where they begin.
func aimsBy(h headway.Hearing) map[begin]*headway.Aim {
	by := map[begin]*headway.Aim{}
	for i, aim := range h.Aims {
		if len(aim.Toward) != waysOfAims {
			continue // read by another version, which is being read anew
		}
		by[begin{aim.Span.Text, aim.Span.Start}] = &h.Aims[i]
	}
	return by
}

// cut cuts what a customer said in one conversation where another episode begins.
func (s *Study) cut(product string, own []sentence) (pieces []piece) {
	from := 0
	for i := range own {
		said := s.saidOf(own[i].Span)
		begins := said == headway.Kept || said != headway.Dismissed && own[i].another && i-from >= leastBefore
		switch {
		case i == 0:
			pieces = append(pieces, piece{product: product, said: said})
		case begins:
			pieces[len(pieces)-1].own = own[from:i]
			pieces = append(pieces, piece{product: product, said: headway.Kept, inner: true})
			from = i
		}
	}
	if len(pieces) > 0 {
		pieces[len(pieces)-1].own = own[from:]
	}
	name(pieces)
	return pieces
}

// saidOf gives what a member said of a sentence: that another episode begins
// there, that none does, or nothing.
func (s *Study) saidOf(at headway.Span) (said headway.Verdict) {
	begins := s.Held.Begins()
	if len(begins) == 0 {
		return ""
	}
	if said, found := begins[at]; found {
		return said
	}
	for span, one := range begins {
		if span.Overlaps(at) && (said == "" || one == headway.Kept) {
			said = one
		}
	}
	return said
}

// name gives pieces their ids: a digest of the first turn, and where several
// begin in one turn, its number among them.
func name(pieces []piece) {
	same := map[headway.TurnID]int{}
	for i := range pieces {
		p := &pieces[i]
		first, last := p.own[0], p.own[len(p.own)-1]
		p.Conversation, p.Begins, p.First, p.Last = first.conversation, first.Span, first.turn, last.turn
		parts := []string{"episode", string(p.First)}
		if same[p.First]++; same[p.First] > 1 {
			parts = append(parts, strconv.Itoa(same[p.First]))
		}
		p.ID = headway.EpisodeID(headway.Digest(parts...))
	}
}

// goesOn gives the person's episode with which a piece goes on, or nil.
func goesOn(episodes []*Episode, p piece) *Episode {
	if p.inner || p.said == headway.Kept {
		return nil
	}
	for _, e := range slices.Backward(episodes) {
		if p.said == headway.Dismissed || e.Product == p.product {
			return e
		}
	}
	return nil
}
