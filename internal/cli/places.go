package cli

import (
	"fmt"

	"github.com/headway-oss/headway"
)

// places tells where in the files a span stands.
type places struct {
	conversations []headway.Conversation
	turns         map[headway.TextID]turnPlace
}

type turnPlace struct{ conversation, turn int }

func newPlaces(conversations []headway.Conversation) places {
	p := places{conversations: conversations, turns: map[headway.TextID]turnPlace{}}
	for i := range conversations {
		for j := range conversations[i].Turns {
			p.turns[conversations[i].Turns[j].Text.ID] = turnPlace{i, j}
		}
	}
	return p
}

// of names the place of a span: "call.vtt 12:31", "reviews.csv row 7",
// "notes.txt line 40".
func (p places) of(s headway.Span) string {
	at, known := p.turns[s.Text]
	if !known {
		return ""
	}
	c := &p.conversations[at.conversation]
	turn := &c.Turns[at.turn]
	if c.Row > 0 {
		return fmt.Sprintf("%s row %d", c.File, c.Row)
	}
	if ms, ok := timeAt(turn, s.Start); ok {
		return c.File + " " + clock(ms)
	}
	if line := lineAt(turn, s.Start); line > 0 {
		return fmt.Sprintf("%s line %d", c.File, line)
	}
	return fmt.Sprintf("%s turn %d", c.File, at.turn+1)
}

// conversation names the conversation of a span.
func (p places) conversation(s headway.Span) headway.ConversationID {
	at, known := p.turns[s.Text]
	if !known {
		return ""
	}
	return p.conversations[at.conversation].ID
}

func timeAt(t *headway.Turn, offset int) (ms int64, known bool) {
	for _, mark := range t.Times {
		if mark.Offset > offset {
			break
		}
		ms, known = mark.MS, true
	}
	return ms, known
}

func lineAt(t *headway.Turn, offset int) (line int) {
	for _, mark := range t.Lines {
		if mark.Offset > offset {
			break
		}
		line = mark.Line
	}
	return line
}

// clock words milliseconds as a recording's time: 12:31, 1:02:09.
func clock(ms int64) string {
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
