package cli

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/shoes"
)

// shoesReport is what `headway shoes --json` prints; docs/command-line.md tells
// what each field is.
type shoesReport struct {
	Schema    string          `json:"schema"`
	Version   string          `json:"version"` // of the rules
	Against   int             `json:"against"`
	Counts    shoesCounts     `json:"counts"`
	Sentences []shoesSentence `json:"sentences"`
}

type shoesCounts struct {
	N           int `json:"n"`
	Theirs      int `json:"theirs"`
	Ours        int `json:"ours"`
	Unsupported int `json:"unsupported"`
	Unread      int `json:"unread"`
}

type shoesSentence struct {
	From  int           `json:"from"`
	To    int           `json:"to"`
	Words string        `json:"words"`
	Mark  shoes.Mark    `json:"mark"`
	Why   []shoesReason `json:"why"`
	Near  []shoesNear   `json:"near"`
}

type shoesReason struct {
	Code  shoes.Code `json:"code"`
	Words []string   `json:"words"`
}

type shoesNear struct {
	Words        headway.Quote          `json:"words"`
	Nearness     float64                `json:"nearness"`
	Conversation headway.ConversationID `json:"conversation"`
	Where        string                 `json:"where"`
}

func newShoesReport(d flow.Described) shoesReport {
	c, where := d.Counts(), newPlaces(d.Conversations)
	r := shoesReport{"headway.shoes/1", shoes.Version, d.Against, shoesCounts{c.N(), c.Theirs, c.Ours, c.Unsupported, c.Unread}, []shoesSentence{}}
	for _, s := range d.Sentences {
		line := shoesSentence{s.From, s.To, s.Words, s.Mark, []shoesReason{}, []shoesNear{}}
		for _, why := range s.Why {
			line.Why = append(line.Why, shoesReason{why.Code, append([]string{}, why.Words...)})
		}
		for _, n := range s.Near {
			if q, err := d.Quote(n); err == nil {
				line.Near = append(line.Near, shoesNear{q, n.Nearness, where.conversation(n.Span), where.of(n.Span)})
			}
		}
		r.Sentences = append(r.Sentences, line)
	}
	return r
}
