// Package hear says what each sentence of a conversation carries: on the
// customer's side which of the twelve kinds, on ours which act, and for each
// question what it asks for. It is the third step of a sentence's way, between
// segment and mirror.
//
// A sentence is heard from a [Row]: itself, the sentence before it and the
// question it follows, never from more, so that what was heard can be looked
// up and argued with. Signs are cues in rules/<lang>/*.yaml; what the signs
// are worth together is fitted on labelled sentences.
//
//	hearing := hear.Conversation(c)
//	labels := hear.Suggested(hear.Sentence(hear.Row{Side: headway.Ours, Sentence: "How do you do that today?"}))
package hear

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// Version names the rules and weights. It changes whenever the same sentence
// may be heard differently.
const Version = "rules 2"

// Conversation hears every sentence of every turn, in order. Words of a side
// that is only guessed are heard as that side's, and nothing of them counts;
// words of nobody in particular are not heard at all.
func Conversation(c *headway.Conversation) headway.Hearing {
	h := headway.Hearing{Conversation: c.ID, Version: Version}
	if !english(c) {
		h.Unheard = "not English"
		return h
	}
	sides := sidesOf(c)
	asked := lastWords{}
	for i := range c.Turns {
		side := sides[c.Turns[i].Speaker]
		h.Sentences = appendTurn(h.Sentences, c, i, side, asked.before(side.heard))
		asked.say(side.heard, c.Turns[i].Text.Text)
	}
	return h
}

// appendTurn hears one turn, which follows question.
func appendTurn(heard []headway.Heard, c *headway.Conversation, turn int, side sided, question string) []headway.Heard {
	text := c.Turns[turn].Text
	ruler := headway.NewRuler(text.Text)
	pieces := sentences(text.Text)
	row := Row{Side: side.heard, Question: question, Genre: string(c.Genre)}
	for i, p := range pieces {
		row.Sentence = p.Of(text.Text)
		row.After = ""
		if i+1 < len(pieces) {
			row.After = pieces[i+1].Of(text.Text)
		}
		heard = append(heard, headway.Heard{
			Span:   text.SpanOf(ruler, p.Start, p.End),
			Turn:   turn,
			Side:   side.stands,
			Labels: settled(Suggested(Sentence(row)), side),
		})
		row.Before = row.Sentence
	}
	return heard
}

// settled takes the right to count from labels on words whose side is a guess.
func settled(labels []headway.Scored, side sided) []headway.Scored {
	if side.stands == side.heard {
		return labels
	}
	for i := range labels {
		labels[i].Counted = false
	}
	return labels
}

// sentences cuts a turn and trims what it cut; white space alone is no sentence.
func sentences(text string) []segment.Piece {
	pieces := segment.Sentences(text)
	kept := pieces[:0]
	for _, p := range pieces {
		if p = p.Trim(text); p.End > p.Start {
			kept = append(kept, p)
		}
	}
	return kept
}

// sided is how a speaker stands and as whom we hear them.
type sided struct{ stands, heard headway.Side }

func sidesOf(c *headway.Conversation) map[headway.SpeakerID]sided {
	sides := make(map[headway.SpeakerID]sided, len(c.Speakers))
	for _, s := range c.Speakers {
		side := sided{stands: s.Side, heard: s.Side}
		if s.Side == headway.Unknown {
			side.heard = s.Guess
		}
		sides[s.ID] = side
	}
	return sides
}

// lastWords keeps the end of each side's last turn.
type lastWords map[headway.Side]string

// before gives the last two sentences of the other side.
func (l lastWords) before(side headway.Side) string {
	switch side {
	case headway.Ours:
		return l[headway.Theirs]
	case headway.Theirs:
		return l[headway.Ours]
	}
	return ""
}

func (l lastWords) say(side headway.Side, text string) {
	pieces := sentences(text)
	if len(pieces) == 0 || side != headway.Ours && side != headway.Theirs {
		return
	}
	l[side] = joinTwo(text, pieces)
}

func joinTwo(text string, pieces []segment.Piece) string {
	last := pieces[len(pieces)-1].Of(text)
	if len(pieces) == 1 {
		return last
	}
	return pieces[len(pieces)-2].Of(text) + " " + last
}
