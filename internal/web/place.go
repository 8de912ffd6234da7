package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
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
	those := []flow.Placed{{Speaker: headway.SpeakerID(r.PostFormValue("speaker")), Side: side}}
	if customer != "" {
		those = append(those, flow.Placed{Speaker: customer, Side: headway.Theirs})
	}
	if err := s.hw.PlaceAlike(r.Context(), study.ID, headway.ConversationID(r.PostFormValue("conversation")), those...); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "people"))
}
