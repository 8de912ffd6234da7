package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/headway-oss/headway"
)

// undo takes back what the member did last, wherever that was.
func (s *server) undo(w http.ResponseWriter, r *http.Request) error {
	return s.reverse(w, r, s.hw.Undo)
}

// redo does it again.
func (s *server) redo(w http.ResponseWriter, r *http.Request) error {
	return s.reverse(w, r, s.hw.Redo)
}

// reverse takes deeds back, or does them again, and says which.
func (s *server) reverse(w http.ResponseWriter, r *http.Request, how func(context.Context) ([]headway.Operation, error)) error {
	done, err := how(r.Context())
	if err != nil {
		return err
	}
	if !asksJSON(r) {
		return back(w, r, "/")
	}
	id := headway.ConversationID(r.PostFormValue("conversation"))
	answer := turnsAnswer{Said: saidOf(done), Turns: map[string]string{}}
	if id == "" {
		answer.Again = true
		return writeJSON(w, answer)
	}
	r.SetPathValue("conversation", string(id))
	changed := map[headway.TextID]bool{}
	for _, op := range done {
		if op.Deed != headway.DeedMark && op.Deed != headway.DeedNote {
			answer.Again = true
		}
		for _, span := range op.Passage() {
			changed[span.Text] = true
		}
	}
	if !answer.Again {
		if answer.Turns, err = s.turns(r, changed); err != nil {
			return err
		}
		answer.Elsewhere = len(answer.Turns) == 0
	}
	return writeJSON(w, answer)
}

// saidOf says in words what a list of deeds did.
func saidOf(done []headway.Operation) string {
	if len(done) == 0 {
		return ""
	}
	what := deedName(done[0])
	if len(done) > 1 {
		return fmt.Sprintf("%d deeds, the last of them: %s", len(done), what)
	}
	return what
}

func deedName(op headway.Operation) string {
	switch op.Deed {
	case headway.DeedMark:
		switch op.Verdict {
		case headway.Kept:
			return labelName(op.Label) + " kept"
		case headway.Dismissed:
			return labelName(op.Label) + " dismissed"
		}
		return "the verdict on " + labelName(op.Label) + " taken back"
	case headway.DeedNote:
		if op.Verdict == headway.Undecided {
			return "the note taken off"
		}
		return "the note put back"
	case headway.DeedCorrect, headway.DeedSpeak:
		return "the correction taken back"
	}
	return "the last deed (" + string(op.Deed) + ") taken back"
}

// namer names members: the one who asks is "you".
func (s *server) namer(r *http.Request) (func(headway.MemberID) string, error) {
	me, signedIn := headway.MemberFrom(r.Context())
	members, err := s.roll(r.Context())
	return func(id headway.MemberID) string {
		if signedIn && id == me.ID || !signedIn && id == atTheMachine {
			return "you"
		}
		return members.called(id)
	}, err
}

// atTheMachine is who acts where nobody signed in.
const atTheMachine headway.MemberID = "here"
