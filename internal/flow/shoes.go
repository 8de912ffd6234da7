package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/shoes"
	"github.com/headway-oss/headway/internal/store"
)

// Described is a text of ours with whom each of its sentences describes, and the
// conversations of the customers' sentences that stand beside them.
type Described struct {
	shoes.Reading
	Conversations []headway.Conversation
	places        map[headway.TextID]describedPlace
}

// describedPlace is a turn that stands beside a sentence.
type describedPlace struct {
	conversation, turn int
	text               headway.TextVersion
}

// Quote cuts the words of a customer's sentence beside one of ours.
func (d Described) Quote(n shoes.Near) (headway.Quote, error) {
	return d.places[n.Span.Text].text.Cut(n.Span)
}

// Place gives the conversation of a customer's sentence, and its turn there.
func (d Described) Place(n shoes.Near) (c *headway.Conversation, turn int) {
	at := d.places[n.Span.Text]
	return &d.Conversations[at.conversation], at.turn
}

// MostDescribed is how many sentences of a text are marked at once: some
// hundred pages.
const MostDescribed = 5000

// Describe says of each sentence of a text of ours whom it describes, held
// against what customers said in a study. Nothing of the text is kept. Denied
// before the reveal; Invalid where the text holds no words, more than
// MostDescribed sentences, or nothing in English.
func (f *Flow) Describe(ctx context.Context, study headway.StudyID, text string) (Described, error) {
	if _, err := f.revealed(ctx, study); err != nil {
		return Described{}, err
	}
	parts, heard, err := readOurs(text)
	if err != nil {
		return Described{}, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return Described{}, err
	}
	said, all := shoes.NewSaid(), []headway.Conversation(nil)
	for _, head := range heads {
		c, err := f.store.Conversation(ctx, f.ws, head.ID)
		if headway.ErrorCode(err) == headway.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return Described{}, err
		}
		h, err := f.heard(ctx, &c, head.Inputs)
		if err != nil {
			return Described{}, err
		}
		said.AddConversation(&c, h)
		all = append(all, c)
	}
	return describe(parts, heard, said, all), nil
}

// DescribeAgainst does the same against conversations that nothing is kept of.
func DescribeAgainst(conversations []headway.Conversation, text string) (Described, error) {
	parts, heard, err := readOurs(text)
	if err != nil {
		return Described{}, err
	}
	said := shoes.NewSaid()
	for i := range conversations {
		said.AddConversation(&conversations[i], Quick.Hear(&conversations[i]))
	}
	return describe(parts, heard, said, conversations), nil
}

// readOurs cuts a text into its sentences and hears each, as if a customer said
// it and as if one of us did.
func readOurs(text string) ([]shoes.Part, []shoes.Heard, error) {
	parts := shoes.Cut(text)
	switch {
	case len(parts) == 0:
		return nil, nil, headway.Errorf(headway.Invalid, "the text holds no words: give the page, mail or deck itself")
	case len(parts) > MostDescribed:
		return nil, nil, headway.Errorf(headway.Invalid, "the text holds %d sentences: give at most %d at a time", len(parts), MostDescribed)
	}
	words, english := make([]string, len(parts)), 0
	heard := make([]shoes.Heard, len(parts))
	before := ""
	for i, p := range parts {
		words[i] = p.Words
		heard[i].Foreign = !hear.English(hear.Row{Sentence: p.Words, Before: before})
		before = p.Words
		if !heard[i].Foreign {
			english++
		}
	}
	if english == 0 {
		return nil, nil, headway.Errorf(headway.Invalid, "the text is not English: only English is read so far")
	}
	theirs, ours := hear.EitherWay(words)
	for i := range heard {
		heard[i].Theirs, heard[i].Ours = theirs[i], ours[i]
	}
	return parts, heard, nil
}

func describe(parts []shoes.Part, heard []shoes.Heard, said *shoes.Said, all []headway.Conversation) Described {
	d := Described{Reading: shoes.Read(parts, heard, said), places: map[headway.TextID]describedPlace{}}
	beside := map[headway.TextID]bool{}
	for _, s := range d.Sentences {
		for _, n := range s.Near {
			beside[n.Span.Text] = true
		}
	}
	for _, c := range all {
		if slices.ContainsFunc(c.Turns, func(t headway.Turn) bool { return beside[t.Text.ID] }) {
			d.Conversations = append(d.Conversations, c)
			for i, t := range c.Turns {
				d.places[t.Text.ID] = describedPlace{len(d.Conversations) - 1, i, t.Text}
			}
		}
	}
	return d
}
