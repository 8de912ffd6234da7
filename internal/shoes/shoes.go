// Package shoes says of each sentence of a text of ours, a page, a mail, a
// persona, a deck, whom it describes: the customers, in what they told us, or
// ourselves. Most of what firms write about customers describes the firm.
//
// It stands behind hear on the data's way, as mirror does: flow gives it the
// text, what was heard in its sentences, and what customers said in a study.
//
//	said := shoes.NewSaid()
//	said.Add(turn.Text, heard) // "I'm loading at five. One place the gate opened at seven."
//	reading := shoes.Read(shoes.Cut("Crews want to load before dawn.\nBook a unit today."), heard, said)
//	reading.Sentences[1].Mark // shoes.Ours, because it asks the reader: book
//
// A mark is a suggestion of rules, of which `headway eval shoes` says how often
// they are right. Nearness is not support: that a customer's sentence stands
// beside one of ours does not say that it bears it out.
package shoes

import (
	"runtime"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/embed"
)

// Version names the rules and weights. Raise it when they change.
const Version = "shoes 1"

// Mark says whom a sentence describes.
type Mark string

// The marks. Unread is a sentence that is not English.
const (
	Theirs      Mark = "theirs"      // tells what a customer of the study said, in whatever words
	Ours        Mark = "ours"        // tells of us: product, process, team, targets, what we want of the reader
	Unsupported Mark = "unsupported" // claims something of customers that none was found to have said
	Unread      Mark = ""
)

// Marks lists the three marks that are given.
func Marks() []Mark { return []Mark{Theirs, Ours, Unsupported} }

// Heard is what was heard in a sentence of a text: the kinds, were a customer
// its speaker, and the acts, were one of us. Foreign says that it is not English.
type Heard struct {
	Theirs, Ours []headway.Scored
	Foreign      bool
}

// Marked is a sentence of a text with its mark.
type Marked struct {
	Part
	Mark Mark
	Why  []Reason
	Near []Near // at most three, nearest first
}

// Near is a customer's sentence beside one of ours.
type Near struct {
	Span headway.Span
	// Nearness is how much of ours the customer's says, 0 nothing to 1 all, half of
	// it in words and half in meaning.
	Nearness float64
}

// Reading is a text with its marks.
type Reading struct {
	Sentences []Marked
	Against   int // customers' sentences that it was held against
}

// Counts says how many sentences have each mark.
type Counts struct{ Theirs, Ours, Unsupported, Unread int }

// N is how many sentences were marked: what a share is a share of.
func (c Counts) N() int { return c.Theirs + c.Ours + c.Unsupported }

// NotTheirs is how many describe us or claim what nobody said.
func (c Counts) NotTheirs() int { return c.Ours + c.Unsupported }

// Counts counts the marks.
func (r Reading) Counts() (c Counts) {
	for _, s := range r.Sentences {
		switch s.Mark {
		case Theirs:
			c.Theirs++
		case Ours:
			c.Ours++
		case Unsupported:
			c.Unsupported++
		default:
			c.Unread++
		}
	}
	return c
}

// mostNear is how many customers' sentences are shown beside one of ours.
const mostNear = 3

// worthShow is the nearness from which on they are: what is said to be a
// customer's words has one beside it always, to be read and doubted.
var worthShow = map[Mark]float64{Theirs: leastNear, Unsupported: .30, Ours: .40}

// Read marks the parts of a text. heard is of the same length; its zero values
// will do where nothing was heard, and serve less well.
func Read(parts []Part, heard []Heard, said *Said) Reading {
	reading := Reading{Sentences: make([]Marked, len(parts)), Against: said.Len()}
	var readers sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(parts))
	for w := range workers {
		readers.Go(func() {
			reader := alike.NewReader()
			for i := w; i < len(parts); i += workers {
				reading.Sentences[i] = mark(parts[i], heard[i], said, reader)
			}
		})
	}
	readers.Wait()
	return reading
}

func mark(p Part, h Heard, said *Said, reader *alike.Reader) Marked {
	if h.Foreign {
		return Marked{Part: p, Mark: Unread}
	}
	found := findings{Part: p, Heard: h, cues: cuesIn(lowerWords(p.Words), nil), near: said.near(p.Words, reader), said: said}
	m := Marked{Part: p, Mark: shipped().weigh(found.signs(), embed.Of(p.Words))}
	m.Mark = found.bound(m.Mark)
	m.Why = found.why(m.Mark)
	for _, n := range found.near[:min(mostNear, len(found.near))] {
		if n.nearness() >= worthShow[m.Mark] {
			m.Near = append(m.Near, Near{said.sentences[n.at].span, rounded(n.nearness())})
		}
	}
	return m
}

// rounded keeps two decimals: more would say more than nearness can.
func rounded(nearness float64) float64 { return float64(int(nearness*100+.5)) / 100 }
