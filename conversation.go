package headway

import (
	"strconv"
	"time"
)

// Conversation is what was said or written between us and customers, on one
// occasion: an interview, a call, one respondent's answers, one review, one
// mail thread. Its turns stand in the order in which they were spoken.
type Conversation struct {
	ID       ConversationID `json:"id"`
	Source   SourceID       `json:"source"`
	File     string         `json:"file"`          // the name under which the source came, inside an archive with its path
	Row      int            `json:"row,omitempty"` // 1-based row of a table, message of a mailbox; 0 for a whole file
	Title    string         `json:"title,omitempty"`
	Format   Format         `json:"format"`
	Genre    Genre          `json:"genre"`
	Date     Date           `json:"date,omitzero"`
	Product  string         `json:"product,omitempty"` // what a review or an answer is about, where a column says so
	Speakers []Speaker      `json:"speakers"`
	Turns    []Turn         `json:"turns"`
	Findings []Finding      `json:"findings,omitempty"`
}

// Turn is one speaker's words until another speaks; of a survey one cell, of a
// review the whole text.
type Turn struct {
	ID      TurnID      `json:"id"`
	Speaker SpeakerID   `json:"speaker"`
	Text    TextVersion `json:"text"`
	Times   []TimeMark  `json:"times,omitempty"` // rising by Offset; the first is where the turn starts
	EndMS   int64       `json:"end_ms,omitempty"`
	Lines   []LineMark  `json:"lines,omitempty"` // rising by Offset
}

// TimeMark ties a place in a turn's text to its recording.
type TimeMark struct {
	Offset int   `json:"offset"` // code points
	MS     int64 `json:"ms"`
}

// LineMark ties a place in a turn's text to the line of its source.
type LineMark struct {
	Offset int `json:"offset"` // code points
	Line   int `json:"line"`   // 1-based
}

// Started gives where the turn begins in the recording, and whether that is known.
func (t Turn) Started() (ms int64, known bool) {
	if len(t.Times) == 0 {
		return 0, false
	}
	return t.Times[0].MS, true
}

// Speaker gives the speaker with an id, and a nameless one of unknown side
// where there is none.
func (c *Conversation) Speaker(id SpeakerID) Speaker {
	for _, s := range c.Speakers {
		if s.ID == id {
			return s
		}
	}
	return Speaker{ID: id, Side: Unknown}
}

// Genre tells how words came to be said; detectors and counting mind it.
type Genre string

// The genres. Only in Interview, Call, Chat and Mail could something have been
// asked by one of us; a Survey's headers count as asked.
const (
	Interview Genre = "interview"
	Call      Genre = "call"
	Chat      Genre = "chat"
	Mail      Genre = "mail"
	Survey    Genre = "survey"
	Review    Genre = "review"
)

// Format names how a source was written, as source recognised it ("vtt", "csv").
type Format string

// Date is when a conversation took place, and how we know. It is never the
// date of a file on a disk.
type Date struct {
	Time time.Time  `json:"time,omitzero"` // UTC, whole microseconds; zero is unknown
	From DateOrigin `json:"from,omitempty"`
}

// DateOrigin says where a date was read.
type DateOrigin string

// The origins of a date.
const (
	DateFromHeader  DateOrigin = "header"  // a mail's Date, a table's column, a file's own header
	DateFromContent DateOrigin = "content" // the transcript says it
	DateFromPerson  DateOrigin = "person"  // a member wrote it
)

// Finding is something noticed while reading a source: never an error, never
// a loss. Line is 1-based, 0 where no line can be named.
type Finding struct {
	Line int    `json:"line,omitempty"`
	What string `json:"what"`           // lower case, says what was done: "timestamp runs backwards; kept the words"
	Text string `json:"text,omitempty"` // words of the source that are in no turn, so that none is lost
}

// Draft gathers the turns of a conversation and gives everything its id. It is
// how importers make conversations.
type Draft struct {
	c        Conversation
	speakers map[string]int
	same     map[string]int
}

// NewDraft starts a conversation. key is its natural key (a Message-ID, a
// row's id, or author, date and text; for a transcript the digest of its file).
func NewDraft(key ...string) *Draft {
	id := ConversationID(Digest(append([]string{"conversation"}, key...)...))
	return &Draft{c: Conversation{ID: id}, speakers: map[string]int{}, same: map[string]int{}}
}

// Conversation gives what was gathered so far, for its other fields to be set.
func (d *Draft) Conversation() *Conversation { return &d.c }

// Speaker gives the speaker of a name, known or new (side Unknown then).
func (d *Draft) Speaker(name string) *Speaker {
	i, known := d.speakers[name]
	if !known {
		i = len(d.c.Speakers)
		d.speakers[name] = i
		d.c.Speakers = append(d.c.Speakers, NewSpeaker(d.c.ID, name))
	}
	return &d.c.Speakers[i]
}

// Say appends a turn and gives it its id: a digest of who said what, the how
// manieth time, so that a turn keeps its id when others come or go. Turns of
// no words are not kept; Say then gives nil. The pointer holds until the next Say.
func (d *Draft) Say(name, text string) *Turn {
	if text == "" {
		return nil
	}
	speaker := d.Speaker(name).ID
	said := Digest("turn", string(speaker), text)
	id := TurnID(said)
	if d.same[said]++; d.same[said] > 1 {
		id = TurnID(Digest(said, strconv.Itoa(d.same[said])))
	}
	d.c.Turns = append(d.c.Turns, Turn{ID: id, Speaker: speaker, Text: FirstText(id, text)})
	return &d.c.Turns[len(d.c.Turns)-1]
}
