package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// What a reader does to a transcript comes as a plain form. A browser that asks
// for JSON is answered with the turns that look different now, as HTML, so that
// turns are drawn in one place; any other is led back to the page.

// markTurns keeps, dismisses or takes back one label on one passage.
func (s *server) markTurns(w http.ResponseWriter, r *http.Request) error {
	if note := r.PostFormValue("unnote"); note != "" {
		return s.takeOffNote(w, r, headway.NoteID(note))
	}
	at, label, verdict, found, err := decision(r)
	if err == nil && !found {
		at, label, verdict, err = plainMark(r)
	}
	if err != nil {
		return err
	}
	c, err := s.standing(r, at)
	if err != nil {
		return err
	}
	if err := sideFits(c, at, label, verdict); err != nil {
		return err
	}
	if err := s.hw.Mark(r.Context(), at, label, verdict); err != nil {
		return err
	}
	r.PostForm.Set("back", r.PostFormValue("back")+"#t-"+string(at.First().Text.Turn()))
	return s.answerTurns(w, r, c, turnsOf(at))
}

// plainMark reads a mark from fields of its own.
func plainMark(r *http.Request) (at headway.Passage, l headway.Label, v headway.Verdict, err error) {
	at, err = parsePassage(r.PostFormValue("place"))
	l, v = headway.Label(r.PostFormValue("label")), headway.Verdict(r.PostFormValue("verdict"))
	if v == "" {
		v = headway.Kept
	}
	return at, l, v, err
}

// standing gives the conversation that a request is about, if its turns hold the
// passage: an address of one conversation changes nothing in another.
func (s *server) standing(r *http.Request, at headway.Passage) (headway.Conversation, error) {
	c, _, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study")))
	if err != nil {
		return c, err
	}
	here := map[headway.TextID]bool{}
	for _, t := range c.Turns {
		here[t.Text.ID] = true
	}
	for _, span := range at {
		if !here[span.Text] {
			return c, headway.Errorf(headway.Conflict, "these words are not in this conversation as it stands: somebody may have corrected them")
		}
	}
	return c, nil
}

// sideFits refuses to call our words a customer's, and theirs ours. Taking back
// is always allowed.
func sideFits(c headway.Conversation, at headway.Passage, l headway.Label, v headway.Verdict) error {
	if v != headway.Kept {
		return nil
	}
	side := headway.Ours
	if slices.Contains(headway.Kinds(), l) {
		side = headway.Theirs
	}
	speakers := map[headway.SpeakerID]headway.Side{}
	for _, s := range c.Speakers {
		speakers[s.ID] = s.Side
	}
	for _, t := range c.Turns {
		if slices.ContainsFunc(at, func(s headway.Span) bool { return s.Text == t.Text.ID }) && speakers[t.Speaker] != side {
			if side == headway.Theirs {
				return headway.Errorf(headway.Invalid, "%s is for a customer's words, and these are not: say first whose they are, under People", l)
			}
			return headway.Errorf(headway.Invalid, "%s is for our own words, and these are not", l)
		}
	}
	return nil
}

// noteTurns writes a note on a passage.
func (s *server) noteTurns(w http.ResponseWriter, r *http.Request) error {
	at, err := parsePassage(r.PostFormValue("place"))
	if err != nil {
		return err
	}
	c, err := s.standing(r, at)
	if err != nil {
		return err
	}
	if _, err := s.hw.Note(r.Context(), at, r.PostFormValue("words")); err != nil {
		return err
	}
	return s.answerTurns(w, r, c, turnsOf(at))
}

func (s *server) takeOffNote(w http.ResponseWriter, r *http.Request, id headway.NoteID) error {
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(judged.Notes, func(n deed.Noted) bool { return n.Note == id })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "there is no such note any more")
	}
	c, err := s.standing(r, judged.Notes[i].On)
	if err != nil {
		return err
	}
	if err := s.hw.TakeOffNote(r.Context(), id); err != nil {
		return err
	}
	return s.answerTurns(w, r, c, turnsOf(judged.Notes[i].On))
}

// markAll keeps all that count of a kind here, or dismisses all suggestions of
// it, as one deed.
func (s *server) markAll(w http.ResponseWriter, r *http.Request) error {
	label, verdict := headway.Label(r.PostFormValue("label")), headway.Verdict(r.PostFormValue("verdict"))
	if verdict != headway.Kept && verdict != headway.Dismissed {
		return headway.Errorf(headway.Invalid, "%q is no verdict here", verdict)
	}
	c, hearing, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study")))
	if err != nil {
		return err
	}
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return err
	}
	var marks []flow.Marking
	turns := map[headway.TextID]bool{}
	for _, m := range moments(&c, hearing, judged) {
		if m.heard.Label == label && m.verdict == "" && m.heard.Counted == (verdict == headway.Kept) {
			marks = append(marks, flow.Marking{At: m.place, Label: label, Verdict: verdict})
			turns[m.place.First().Text] = true
		}
	}
	if len(marks) == 0 {
		return headway.Errorf(headway.Invalid, "there is nothing of %s left to decide on here", label)
	}
	if err := s.hw.MarkAll(r.Context(), marks); err != nil {
		return err
	}
	return s.answerTurns(w, r, c, turns)
}

// showTurns gives turns as they look now, by their ids: those that somebody
// else changed.
func (s *server) showTurns(w http.ResponseWriter, r *http.Request) error {
	changed := map[headway.TextID]bool{}
	if err := r.ParseForm(); err != nil {
		return headway.Errorf(headway.Invalid, "the address cannot be read")
	}
	for _, text := range r.Form["text"] {
		changed[headway.TextID(text)] = true
	}
	turns, err := s.turns(r, changed)
	if err != nil {
		return err
	}
	return writeJSON(w, turnsAnswer{Turns: turns})
}

// answerTurns shows what a deed changed.
func (s *server) answerTurns(w http.ResponseWriter, r *http.Request, c headway.Conversation, changed map[headway.TextID]bool) error {
	if !asksJSON(r) {
		return back(w, r, "/conversation/"+string(c.ID))
	}
	turns, err := s.turns(r, changed)
	if err != nil {
		return err
	}
	return writeJSON(w, turnsAnswer{Turns: turns})
}

// turnsAnswer is what islands are told.
type turnsAnswer struct {
	Turns     map[string]string `json:"turns"`               // HTML by the id of its element
	Elsewhere bool              `json:"elsewhere,omitempty"` // something changed that is not in this conversation
	Again     bool              `json:"again,omitempty"`     // load the page again: turns came or went
	Said      string            `json:"said,omitempty"`      // what was done
}

func (s *server) turns(r *http.Request, changed map[headway.TextID]bool) (map[string]string, error) {
	c, hearing, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study")))
	if err != nil {
		return nil, err
	}
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return nil, err
	}
	return s.drawTurns(r, c, hearing, judged, changed)
}

// drawTurns writes single turns. A passage shows in all of its turns, so those
// next to a changed one in the same passage are among changed already.
func (s *server) drawTurns(r *http.Request, c headway.Conversation, hearing headway.Hearing, judged deed.Judgements, changed map[headway.TextID]bool) (map[string]string, error) {
	all := c.Turns
	narrow := headway.Hearing{}
	for _, h := range hearing.Sentences {
		if changed[h.Span.Text] {
			narrow.Sentences = append(narrow.Sentences, h)
		}
	}
	c.Turns = withPassages(all, judged, changed)
	t := newTranscript(&c, narrow, judged, headway.Span{})
	t.judges = true
	var err error
	if t.name, err = s.namer(r); err != nil {
		return nil, err
	}
	if err := s.addNotes(r, t, judged); err != nil {
		return nil, err
	}
	numbers := map[headway.TextID]int{}
	for i, turn := range all {
		numbers[turn.Text.ID] = i
	}
	html := map[string]string{}
	for i, turn := range c.Turns {
		if !changed[turn.Text.ID] {
			continue
		}
		t.first = numbers[turn.Text.ID] - i
		var b bytes.Buffer
		t.writeTurn(&b, i)
		html["t-"+string(turn.ID)] = b.String()
	}
	return html, nil
}

// withPassages gives the changed turns and those in which a passage begins that
// goes on in one of them.
func withPassages(all []headway.Turn, judged deed.Judgements, changed map[headway.TextID]bool) (some []headway.Turn) {
	wanted := map[headway.TextID]bool{}
	for text := range changed {
		wanted[text] = true
	}
	for _, made := range judged.Made {
		for first, m := range made {
			if slices.ContainsFunc(m.More, func(s headway.Span) bool { return changed[s.Text] }) {
				wanted[first.Text] = true
			}
		}
	}
	for _, t := range all {
		if wanted[t.Text.ID] {
			some = append(some, t)
		}
	}
	return some
}

func turnsOf(at headway.Passage) map[headway.TextID]bool {
	turns := map[headway.TextID]bool{}
	for _, s := range at {
		turns[s.Text] = true
	}
	return turns
}

func asksJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

func writeJSON(w http.ResponseWriter, answer any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(answer)
}
