package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// undo takes back what the member did last, wherever that was.
func (s *server) undo(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.hw.Undo(r.Context()); err != nil {
		return err
	}
	return back(w, r, "/")
}

// redo does it again.
func (s *server) redo(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.hw.Redo(r.Context()); err != nil {
		return err
	}
	return back(w, r, "/")
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
