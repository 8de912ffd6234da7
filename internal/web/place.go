package web

import (
	"net/http"
	"strings"

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
	heads, err := s.hw.Conversations(r.Context(), study.ID)
	if err != nil {
		return err
	}
	conversation := headway.ConversationID(r.PostFormValue("conversation"))
	put := func(who headway.SpeakerID, side headway.Side) error {
		if err := s.hw.Place(r.Context(), conversation, who, side); err != nil {
			return err
		}
		for _, same := range alikeAddress(heads, conversation, who) {
			if err := s.hw.Place(r.Context(), same.Conversation, same.ID, side); err != nil {
				return err
			}
		}
		return nil
	}
	if err := put(headway.SpeakerID(r.PostFormValue("speaker")), side); err != nil {
		return err
	}
	if customer != "" {
		if err := put(customer, headway.Theirs); err != nil {
			return err
		}
	}
	return back(w, r, studyPath(study.ID, "people"))
}

// alikeAddress gives the speakers of other conversations who write from the address
// of one and have no side: an address is one person, who is asked for once. It gives
// none where that one had a side, which is then put right for one conversation.
func alikeAddress(heads []flow.Head, conversation headway.ConversationID, who headway.SpeakerID) (same []speakerView) {
	var one headway.Speaker
	for _, h := range heads {
		for _, s := range h.Speakers {
			if h.ID == conversation && s.ID == who {
				one = s
			}
		}
	}
	if one.Email == "" || one.Side != headway.Unknown {
		return nil
	}
	for _, h := range heads {
		for _, s := range h.Speakers {
			if h.ID != conversation && s.Side == headway.Unknown && strings.EqualFold(s.Email, one.Email) {
				same = append(same, speakerView{Speaker: s, Conversation: h.ID})
			}
		}
	}
	return same
}
