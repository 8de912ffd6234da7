package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// What a reader does to a transcript comes as a plain form, and leads back to the
// page. The island does the same through the API, and asks here for the turns that
// look different then, so that turns are drawn in one place.

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
	if err := s.standing(r, at); err != nil {
		return err
	}
	if err := s.hw.Mark(r.Context(), at, label, verdict); err != nil {
		return err
	}
	return backToTurn(w, r, at)
}

// backToTurn leads back to the turn that a passage begins in.
func backToTurn(w http.ResponseWriter, r *http.Request, at headway.Passage) error {
	page := "/conversation/" + r.PathValue("conversation")
	r.PostForm.Set("back", cmp.Or(r.PostFormValue("back"), page)+"#t-"+string(at.First().Text.Turn()))
	return back(w, r, page)
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

// standing refuses a passage that is not of the conversation of the address: one
// conversation's changes nothing in another.
func (s *server) standing(r *http.Request, at headway.Passage) error {
	c, _, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study")))
	if err != nil {
		return err
	}
	here := map[headway.TextID]bool{}
	for _, t := range c.Turns {
		here[t.Text.ID] = true
	}
	for _, span := range at {
		if !here[span.Text] {
			return headway.Errorf(headway.Conflict, "these words are not in this conversation as it stands: somebody may have corrected them")
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
	if err := s.standing(r, at); err != nil {
		return err
	}
	if _, err := s.hw.Note(r.Context(), at, r.PostFormValue("words")); err != nil {
		return err
	}
	return backToTurn(w, r, at)
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
	if err := s.standing(r, judged.Notes[i].On); err != nil {
		return err
	}
	if err := s.hw.TakeOffNote(r.Context(), id); err != nil {
		return err
	}
	return backToTurn(w, r, judged.Notes[i].On)
}

// markAll keeps all that count of a kind here, or dismisses all suggestions of
// it, as one deed.
func (s *server) markAll(w http.ResponseWriter, r *http.Request) error {
	c, study := talkOf(r)
	if _, err := s.hw.MarkHeard(r.Context(), c, study, headway.Label(r.PostFormValue("label")), headway.Verdict(r.PostFormValue("verdict"))); err != nil {
		return err
	}
	return back(w, r, "/conversation/"+string(c))
}

// showTurns gives turns as they look now, as HTML by the ids of their elements:
// those of some texts, however they are worded by now.
func (s *server) showTurns(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return headway.Errorf(headway.Invalid, "the address cannot be read")
	}
	asked := map[headway.TurnID]bool{}
	for _, text := range r.Form["text"] {
		asked[headway.TextID(text).Turn()] = true
	}
	id, study := talkOf(r)
	c, hearing, err := s.hw.Conversation(r.Context(), id, study)
	if err != nil {
		return err
	}
	changed := map[headway.TextID]bool{}
	for _, t := range c.Turns {
		if asked[t.ID] {
			changed[t.Text.ID] = true
		}
	}
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return err
	}
	turns, err := s.drawTurns(r, c, hearing, judged, changed)
	if err != nil {
		return err
	}
	return writeJSON(w, turns)
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
		t.writeTurn(&b, i, true)
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

func asksJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

func writeJSON(w http.ResponseWriter, answer any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(answer)
}
