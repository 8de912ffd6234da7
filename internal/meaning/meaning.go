// Package meaning says how what sentences mean is kept beside the store, so
// that sentences are found that share no word with a search. It is derived from
// the conversations alone and can be made again at any time.
//
// flow fills it behind the imports and asks it in a search; vectorfile keeps it
// in a file of this machine, whatever engine keeps the conversations.
//
//	err := meanings.Keep(meaning.Of(&conversation))
//	near, err := meanings.Nearest(embed.Of("gave up"), 50, .5, nil)
package meaning

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// Meanings keeps what the sentences of conversations mean. Many goroutines may
// use it at once. Methods fail with Unavailable where the disk is full or cannot
// be reached.
type Meanings interface {
	// Name tells these Meanings from those of other programs and machines.
	// Whoever keeps in the same must take turns.
	Name() string

	// Keep keeps conversations, to survive a crash once it returns. One that is
	// kept already is left as it is, for words never change.
	Keep(said ...Conversation) error

	// Kept lists the conversations that are kept.
	Kept() ([]headway.ConversationID, error)

	// Forget leaves nothing of conversations that were removed. Forgetting what
	// is not kept is no error.
	Forget(ids ...headway.ConversationID) error

	// Nearest gives the k sentences whose cosine with query is greatest, and
	// floor at least, nearest first, of the conversations that in lets through;
	// of all where it is nil.
	Nearest(query embed.Vector, k int, floor float32, in func(headway.ConversationID) bool) ([]Near, error)
}

// Conversation is what the sentences of one conversation mean.
type Conversation struct {
	ID    headway.ConversationID
	Spans []headway.Span // of each sentence
	Rows  []byte         // of each its vector, embed.Dim bytes
}

// Near is a sentence that was found. Whose words they are and whether they are
// still there is for the store to say.
type Near struct {
	Conversation headway.ConversationID
	Span         headway.Span
	Cosine       float32
}

// Of reads a conversation, both sides. Sentences that hold nothing but small
// words ("And so it was.") are left out: they are near everything.
func Of(c *headway.Conversation) Conversation {
	said := Conversation{ID: c.ID}
	for i := range c.Turns {
		text := c.Turns[i].Text
		ruler := headway.NewRuler(text.Text)
		for _, piece := range segment.Sentences(text.Text) {
			if piece = piece.Trim(text.Text); tells(piece.Of(text.Text)) {
				said.Spans = append(said.Spans, text.SpanOf(ruler, piece.Start, piece.End))
				said.Rows = embed.AppendOf(said.Rows, piece.Of(text.Text))
			}
		}
	}
	return said
}

func tells(sentence string) bool {
	for _, word := range segment.Words(sentence) {
		if !segment.IsStop(word.Of(sentence)) {
			return true
		}
	}
	return false
}
