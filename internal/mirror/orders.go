package mirror

import "github.com/headway-oss/headway"

// Order is a time when the customer asked for something, and what we made of
// it before we knew why: explored it, offered it, or only noted it.
type Order struct {
	Request headway.Span `json:"request"`
	Turn    int          `json:"turn"`
	Met     Met          `json:"met"`
	Reply   headway.Span `json:"reply,omitzero"` // the words of ours that met it; zero where none followed
	ReplyIn int          `json:"reply_turn,omitempty"`
}

// Met says how a request was met.
type Met string

// Taken is order-taking: between what they asked for and what we offered
// stands no turn of ours that explores. Noted is left: we went on without
// asking about it and without offering anything.
const (
	Taken      Met = "taken"
	Noted      Met = "noted"
	Explored   Met = "explored"
	Unanswered Met = "unanswered" // no words of ours followed
)

// orders finds how each run of the customer's that asks for something was met.
func orders(runs []run) []Order {
	var orders []Order
	for i, u := range runs {
		if u.side != headway.Theirs {
			continue
		}
		if asked, found := u.first(headway.Request); found {
			orders = append(orders, orderOf(asked, runs[i+1:]))
		}
	}
	return orders
}

// orderOf looks for the first run of ours that offers or explores, up to the
// customer's next request.
func orderOf(asked sentence, after []run) Order {
	o := Order{Request: asked.Span, Turn: asked.Turn, Met: Unanswered}
	for _, u := range after {
		if u.side == headway.Theirs {
			if _, again := u.first(headway.Request); again {
				return o
			}
		}
		if u.side != headway.Ours {
			continue
		}
		met, words := u.meets()
		if met != Noted || o.Met == Unanswered {
			o.Met, o.Reply, o.ReplyIn = met, words.Span, words.Turn
		}
		if met != Noted {
			return o
		}
	}
	return o
}

// meets says what a run of ours makes of a request. An offer in the same
// breath as a question leaves the question no room, and giving back the stated
// want before offering is taking notes.
func (u run) meets() (Met, sentence) {
	if s, offers := u.first(headway.Pitch, headway.Advice); offers {
		return Taken, s
	}
	if s, explores := u.find(sentence.explores); explores {
		return Explored, s
	}
	return Noted, u.sentences[0]
}

// explores says whether a sentence of ours lets the customer tell more: it
// gives back, it asks openly, or it may ask for one of the slots. A closed
// question for something else arranges things.
func (s sentence) explores() bool {
	if s.Has(headway.Playback) || s.Counts(headway.QOpen) {
		return true
	}
	return s.asks != nil && len(s.asks.slots)+len(s.asks.maybe) > 0
}
