package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// place settles whose side a speaker is on.
func (s *server) place(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	side := headway.Side(r.PostFormValue("side"))
	customer := headway.SpeakerID(r.PostFormValue("customer")) // the other of two, placed with this one
	if customer != "" {
		side = headway.Ours
	}
	if side != headway.Theirs && side != headway.Ours && side != headway.Unknown {
		return headway.Errorf(headway.Invalid, "a speaker is a customer or one of us; %q is neither", side)
	}
	conversation := headway.ConversationID(r.PostFormValue("conversation"))
	if err := s.hw.Place(r.Context(), conversation, headway.SpeakerID(r.PostFormValue("speaker")), side); err != nil {
		return err
	}
	if customer != "" {
		if err := s.hw.Place(r.Context(), conversation, customer, headway.Theirs); err != nil {
			return err
		}
	}
	return back(w, r, studyPath(study.ID, "people"))
}
