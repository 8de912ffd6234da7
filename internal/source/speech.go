package source

import (
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// noTime stands where a source does not say when.
const noTime = -1

// said is a piece of a transcript: one cue, line or paragraph of one speaker.
type said struct {
	name  string
	text  string
	join  string // what ties it to the same speaker's words before: " " in captions, "\n" between paragraphs
	fresh bool   // a turn of its own, although the name is the same
	line  int
	start int64 // milliseconds, or noTime
	end   int64
	marks []headway.TimeMark // further times inside text, by its own code points
}

// speech joins what one speaker says in a row into turns.
type speech struct {
	draft  *headway.Draft
	name   string
	text   strings.Builder
	points int // code points in text
	turn   headway.Turn
}

// say adds a piece to the running turn, or ends that and begins another.
func (s *speech) say(p said) {
	if p.text == "" {
		return
	}
	if s.points > 0 && (p.fresh || p.name != s.name) {
		s.finish()
	}
	if s.points > 0 {
		s.text.WriteString(p.join)
		s.points += len(p.join) // ASCII
	}
	s.name = p.name
	if p.start >= 0 {
		s.turn.Times = append(s.turn.Times, headway.TimeMark{Offset: s.points, MS: p.start})
	}
	for _, m := range p.marks {
		s.mark(headway.TimeMark{Offset: s.points + m.Offset, MS: m.MS})
	}
	if p.end > 0 {
		s.turn.EndMS = p.end
	}
	s.turn.Lines = append(s.turn.Lines, headway.LineMark{Offset: s.points, Line: p.line})
	s.text.WriteString(p.text)
	s.points += utf8.RuneCountInString(p.text)
}

// mark adds a time unless one stands at that place already.
func (s *speech) mark(m headway.TimeMark) {
	if n := len(s.turn.Times); n == 0 || s.turn.Times[n-1].Offset < m.Offset {
		s.turn.Times = append(s.turn.Times, m)
	}
}

// finish ends the running turn.
func (s *speech) finish() {
	if t := s.draft.Say(s.name, s.text.String()); t != nil {
		t.Times, t.Lines, t.EndMS = s.turn.Times, s.turn.Lines, s.turn.EndMS
	}
	s.text.Reset()
	s.points, s.turn = 0, headway.Turn{}
}

// ended says whether the running turn's words end a sentence.
func (s *speech) ended() bool {
	text := s.text.String()
	return text != "" && strings.ContainsAny(text[len(text)-1:], ".?!\"')")
}
