package mirror

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Topic is what a turn is about. Talk of our firm is told from talk of what we
// offer by no detector, so both are one.
type Topic string

// The topics.
const (
	OnOffer     Topic = "offer"     // what we offer, or what they ask of it
	OnSituation Topic = "situation" // how things are with them
	OnAim       Topic = "aim"       // what they are after, and how they know they got there
)

// topicOf tells what a sentence is about by what it carries or asks for. The
// codebook's new way is the offer, its present way their situation; a decision
// and a fear are of both ways, and so of neither topic.
var topicOf = map[headway.Label]Topic{
	headway.Pitch:       OnOffer,
	headway.Pull:        OnOffer,
	headway.Request:     OnOffer,
	headway.Situation:   OnSituation,
	headway.Struggle:    OnSituation,
	headway.Alternative: OnSituation,
	headway.Habit:       OnSituation,
	headway.Motivation:  OnAim,
	headway.Measure:     OnAim,
	headway.Result:      OnAim,
}

// Topics tells turn by turn what a conversation is about.
type Topics struct {
	Ours   int         `json:"ours"`            // turns of ours, with a topic or without
	Theirs int         `json:"theirs"`          // turns of theirs
	Turns  []TurnTopic `json:"turns,omitempty"` // those with a topic, in order
	Shift  *Shift      `json:"shift,omitempty"` // where the talk turned, nil where it did not
}

// TurnTopic is the topic of one turn.
type TurnTopic struct {
	Turn  int          `json:"n"`
	Side  headway.Side `json:"s"`
	Topic Topic        `json:"t"`
}

// Shift is where the talk turned from the offer to the customer, or back.
type Shift struct {
	Turn     int          `json:"turn"`              // the first turn after it
	Question headway.Span `json:"question,omitzero"` // our last question up to it; zero where there is none
	Before   Share        `json:"before"`
	After    Share        `json:"after"`
}

// Share is how many turns are about the customer, of those with a topic.
type Share struct {
	Them int `json:"about_them"`
	Of   int `json:"of"`
}

func (s Share) mostlyThem() bool { return 2*s.Them > s.Of }

func (s Share) rate() float64 { return float64(s.Them) / float64(s.Of) }

func (s *Share) add(t Topic) {
	s.Of++
	if t != OnOffer {
		s.Them++
	}
}

func (r *reading) topics() Topics {
	var t Topics
	for from := 0; from < len(r.sentences); {
		to := from + 1
		for to < len(r.sentences) && r.sentences[to].Turn == r.sentences[from].Turn {
			to++
		}
		side, turn := r.sentences[from].side, r.sentences[from].Turn
		switch side {
		case headway.Ours:
			t.Ours++
		case headway.Theirs:
			t.Theirs++
		}
		if topic := topicOfTurn(r.sentences[from:to]); topic != "" {
			t.Turns = append(t.Turns, TurnTopic{turn, side, topic})
		}
		from = to
	}
	if t.Shift = t.shift(); t.Shift != nil {
		t.Shift.Question = r.questionUpTo(t.Shift.Turn)
	}
	return t
}

// topicOfTurn is the topic of most of a turn's sentences, of as many the one
// that the turn comes to last.
func topicOfTurn(sentences []sentence) (most Topic) {
	n := map[Topic]int{}
	for _, s := range sentences {
		if topic := s.topic(); topic != "" {
			if n[topic]++; most == "" || n[topic] >= n[most] {
				most = topic
			}
		}
	}
	return most
}

// topic is that of the first label that counts and has one.
func (s *sentence) topic() Topic {
	if s.side == headway.Unknown {
		return ""
	}
	for _, l := range s.Labels {
		kind := l.Label
		if slot, asks := kind.Asked(); asks {
			kind = slot
		}
		if topic := topicOf[kind]; topic != "" && l.Counted {
			return topic
		}
	}
	return ""
}

func (r *reading) questionUpTo(turn int) (q headway.Span) {
	for _, s := range r.sentences {
		if s.Turn > turn {
			break
		}
		if s.asks != nil {
			q = s.Span
		}
	}
	return q
}

// Around counts what the turns before one and those from it on are about.
func (t Topics) Around(turn int) (before, after Share) {
	for _, at := range t.Turns {
		if at.Turn < turn {
			before.add(at.Topic)
		} else {
			after.add(at.Topic)
		}
	}
	return before, after
}

// aShift is the least chi-square of the two halves that is called a shift. The
// place is chosen as the best of all, so that the usual 3.84 would find one in
// most conversations; 10 is passed by less than one in twenty of shuffled ones
// (see the test), and needs ten turns even where the halves differ wholly.
const aShift = 10

// aHalf is how many turns with a topic each half has at least.
const aHalf = 3

// shift finds the turn that best parts talk of the offer from talk of the
// customer; nil where both halves are mostly the same.
func (t Topics) shift() *Shift {
	var all Share
	for _, at := range t.Turns {
		all.add(at.Topic)
	}
	var best *Shift
	var before Share
	most := float64(aShift)
	for _, at := range t.Turns {
		after := Share{all.Them - before.Them, all.Of - before.Of}
		if before.Of >= aHalf && after.Of >= aHalf && before.mostlyThem() != after.mostlyThem() {
			if chi := chiSquare(before, after); chi >= most && (best == nil || chi > most) {
				best, most = &Shift{Turn: at.Turn, Before: before, After: after}, chi
			}
		}
		before.add(at.Topic)
	}
	return best
}

// chiSquare compares two shares, of one degree of freedom.
func chiSquare(a, b Share) float64 {
	n := float64(a.Of + b.Of)
	p := float64(a.Them+b.Them) / n
	if p == 0 || p == 1 {
		return 0
	}
	d := a.rate() - b.rate()
	return d * d * float64(a.Of) * float64(b.Of) / n / (p * (1 - p))
}

// Of counts the turns of a side with a topic.
func (t Topics) Of(side headway.Side, topic Topic) int {
	n := 0
	for _, at := range t.Turns {
		if at.Side == side && at.Topic == topic {
			n++
		}
	}
	return n
}

// First gives the first turn with a topic, and whether there is one.
func (t Topics) First(side headway.Side, topic Topic) (turn int, found bool) {
	i := slices.IndexFunc(t.Turns, func(at TurnTopic) bool { return at.Side == side && at.Topic == topic })
	if i < 0 {
		return 0, false
	}
	return t.Turns[i].Turn, true
}
