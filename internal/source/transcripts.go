package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// jsonTranscript is what speech-to-text services give: Whisper and WhisperX,
// Deepgram, AssemblyAI, Rev and Fireflies, told apart by their fields.
var jsonTranscript = format{
	name: "transcript-json",
	is: func(p *peek) bool {
		head := strings.TrimLeft(p.head(), " \t\n\ufeff")
		if !strings.HasPrefix(head, "{") && !strings.HasPrefix(head, "[") {
			return false
		}
		var t transcript
		return t.parse(p.text) == nil && t.isSpeech()
	},
	read: func(r *reading) error {
		var t transcript
		if err := t.parse(r.text); err != nil {
			return headway.Errorf(headway.Invalid, "this JSON cannot be read: export it again: %w", err)
		}
		s := &speech{draft: r.transcript(headway.Call)}
		c := s.draft.Conversation()
		c.Title, c.Date = t.title(), t.date()
		nameless := 0
		for i, p := range t.pieces() {
			if p.name == "" {
				nameless++
			}
			if i > 0 && p.start >= 0 && len(s.turn.Times) > 0 && p.start < s.turn.Times[0].MS {
				r.find(0, fmt.Sprintf("piece %d: its time runs backwards; kept the words", i+1), "")
			}
			s.say(p)
		}
		s.finish()
		if nameless > 0 && len(c.Speakers) > 1 {
			r.find(0, fmt.Sprintf("pieces that name nobody: %d; their side stays unknown", nameless), "")
		}
		r.keepWhole(s.draft)
		return nil
	},
}

// A transcript holds the fields of all services; each uses its own.
type transcript struct {
	Text     string     `json:"text"`
	Segments []sentence `json:"segments"` // Whisper, WhisperX

	Utterances []sentence `json:"utterances"` // AssemblyAI, in milliseconds

	Words json.RawMessage `json:"words"` // with Text alone, where nobody was told apart

	Results struct { // Deepgram
		Utterances []sentence `json:"utterances"`
		Channels   []struct {
			Alternatives []struct {
				Transcript string `json:"transcript"`
				Words      []struct {
					Word       string        `json:"word"`
					Punctuated string        `json:"punctuated_word"`
					Speaker    speaker       `json:"speaker"`
					Start      *figureOrText `json:"start"`
					End        *figureOrText `json:"end"`
				} `json:"words"`
				Paragraphs struct {
					Paragraphs []struct {
						Speaker   speaker    `json:"speaker"`
						Sentences []sentence `json:"sentences"`
					} `json:"paragraphs"`
				} `json:"paragraphs"`
			} `json:"alternatives"`
		} `json:"channels"`
	} `json:"results"`

	Speakers []struct { // Rev
		ID   speaker `json:"id"`
		Name string  `json:"name"`
	} `json:"speakers"`
	Monologues []struct {
		Speaker  speaker `json:"speaker"`
		Elements []struct {
			Type  string        `json:"type"`
			Value string        `json:"value"`
			Start *figureOrText `json:"ts"`
			End   *figureOrText `json:"end_ts"`
		} `json:"elements"`
	} `json:"monologues"`

	Title     string          `json:"title"` // Fireflies
	Date      json.RawMessage `json:"date"`
	Sentences []sentence      `json:"sentences"`
	Data      *struct {
		Transcript *transcript `json:"transcript"`
	} `json:"data"`
}

// A sentence is a piece of speech in any of them.
type sentence struct {
	Text        string        `json:"text"`
	Transcript  string        `json:"transcript"`
	RawText     string        `json:"raw_text"`
	Speaker     speaker       `json:"speaker"`
	SpeakerName speaker       `json:"speaker_name"`
	SpeakerID   speaker       `json:"speaker_id"`
	Start       *figureOrText `json:"start"`
	End         *figureOrText `json:"end"`
	StartTime   *figureOrText `json:"start_time"`
	EndTime     *figureOrText `json:"end_time"`
}

// A speaker is a name or a number; services write both.
type speaker string

func (s *speaker) UnmarshalJSON(data []byte) error {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	switch v := value.(type) {
	case string:
		*s = speaker(strings.Join(strings.Fields(v), " "))
	case float64:
		*s = speaker(fmt.Sprintf("Speaker %g", v))
	}
	return nil
}

// A figureOrText is a time, as a number or in quotes; anything else is none.
type figureOrText float64

func (f *figureOrText) UnmarshalJSON(data []byte) error {
	value, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	if err != nil || math.IsNaN(value) {
		value = noTime
	}
	*f = figureOrText(value)
	return nil
}

func (t *transcript) parse(text string) error {
	text = strings.TrimLeft(text, " \t\n\ufeff")
	into := any(t)
	if strings.HasPrefix(text, "[") {
		into = &t.Segments
	}
	err := json.Unmarshal([]byte(text), into)
	if err != nil && strings.Contains(text, "NaN") { // WhisperX writes it; JSON has none
		*t = transcript{}
		err = json.Unmarshal([]byte(strings.ReplaceAll(text, ": NaN", ": null")), into)
	}
	// Services give the same field different types; what fits is read.
	if _, other := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !other {
		return err
	}
	if t.Data != nil && t.Data.Transcript != nil {
		*t = *t.Data.Transcript
	}
	return nil
}

// isSpeech says whether there are pieces, and in a bare list of them whether
// they say when or by whom: a list of messages or reviews is none.
func (t *transcript) isSpeech() bool {
	for _, p := range t.pieces() {
		if p.name != "" || p.start >= 0 || len(t.Segments) == 0 {
			return true
		}
	}
	return false
}

const (
	seconds      = 1000.0
	milliseconds = 1.0
)

// pieces gives what was said, in order, from whichever fields are there.
func (t *transcript) pieces() []said {
	var out []said
	switch {
	case len(t.Segments) > 0:
		out = sentences(t.Segments, "", seconds)
	case len(t.Utterances) > 0:
		out = sentences(t.Utterances, "Speaker ", milliseconds)
	case len(t.Results.Utterances) > 0:
		out = sentences(t.Results.Utterances, "", seconds)
	case len(t.Results.Channels) > 0:
		out = t.channels()
	case len(t.Monologues) > 0:
		out = t.monologues()
	case len(t.Sentences) > 0:
		out = sentences(t.Sentences, "", seconds)
	case t.Words != nil && !blank(t.Text):
		out = []said{{text: tidy(strings.TrimSpace(t.Text)), start: noTime, end: noTime, line: 1}}
	}
	return out
}

// sentences reads a list of pieces; letter stands before a speaker who is only
// a letter, as AssemblyAI writes them.
func sentences(list []sentence, letter string, unit float64) []said {
	var out []said
	for _, s := range list {
		name := first(string(s.SpeakerName), string(s.Speaker), string(s.SpeakerID))
		if len(name) == 1 {
			name = letter + name
		}
		text := strings.TrimSpace(first(s.Text, s.Transcript, s.RawText))
		if text == "" {
			continue
		}
		out = append(out, said{name: name, text: tidy(text), join: " ",
			start: at(unit, s.Start, s.StartTime), end: at(unit, s.End, s.EndTime), line: 1})
	}
	return out
}

// channels reads Deepgram's paragraphs, or the bare transcript of a channel.
func (t *transcript) channels() []said {
	var out []said
	for i, channel := range t.Results.Channels {
		if len(channel.Alternatives) == 0 {
			continue
		}
		best := channel.Alternatives[0]
		before := len(out)
		for _, p := range best.Paragraphs.Paragraphs {
			for _, s := range p.Sentences {
				s.Speaker = p.Speaker
				out = append(out, sentences([]sentence{s}, "", seconds)...)
			}
		}
		if len(out) == before && len(best.Words) > 0 && best.Words[0].Speaker != "" {
			for _, w := range best.Words {
				out = append(out, sentences([]sentence{{Text: first(w.Punctuated, w.Word), Speaker: w.Speaker, Start: w.Start, End: w.End}}, "", seconds)...)
			}
			out = runs(out)
		}
		if len(out) == before && !blank(best.Transcript) {
			name := ""
			if len(t.Results.Channels) > 1 {
				name = fmt.Sprintf("Channel %d", i+1)
			}
			out = append(out, said{name: name, text: tidy(strings.TrimSpace(best.Transcript)), start: noTime, end: noTime, line: 1})
		}
	}
	return out
}

// runs joins words of one speaker in a row, so that each has one time.
func runs(words []said) []said {
	var out []said
	for i := 0; i < len(words); {
		run := words[i]
		texts := []string{run.text}
		for i++; i < len(words) && words[i].name == run.name; i++ {
			texts = append(texts, words[i].text)
			run.end = words[i].end
		}
		run.text = strings.Join(texts, " ")
		out = append(out, run)
	}
	return out
}

// monologues reads Rev's elements: words and the punctuation between them.
func (t *transcript) monologues() []said {
	names := map[speaker]string{}
	for _, s := range t.Speakers {
		names[s.ID] = s.Name
	}
	var out []said
	for _, m := range t.Monologues {
		p := said{name: first(names[m.Speaker], string(m.Speaker)), join: " ", start: noTime, end: noTime, line: 1}
		var text strings.Builder
		for _, e := range m.Elements {
			text.WriteString(e.Value)
			if p.start == noTime {
				p.start = at(seconds, e.Start, nil)
			}
			if end := at(seconds, e.End, nil); end >= 0 {
				p.end = end
			}
		}
		if p.text = tidy(strings.TrimSpace(text.String())); p.text != "" {
			out = append(out, p)
		}
	}
	return out
}

func (t *transcript) title() string { return strings.TrimSpace(t.Title) }

// date reads Fireflies' date: milliseconds since 1970, or a text.
func (t *transcript) date() headway.Date {
	at, ok := parseDate(strings.Trim(string(t.Date), `"`), orderUnknown)
	if !ok {
		return headway.Date{}
	}
	return headway.Date{Time: at, From: headway.DateFromHeader}
}

// first gives the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// at gives milliseconds, or noTime where no time is given or it is none.
func at(unit float64, times ...*figureOrText) int64 {
	for _, t := range times {
		if t != nil && *t >= 0 && *t < 1e12 {
			return int64(math.Round(float64(*t) * unit))
		}
	}
	return noTime
}

// tidy makes the line ends and control characters that JSON can hide in a
// text what they are in all others.
func tidy(text string) string {
	text, _ = clean([]byte(text))
	return text
}
