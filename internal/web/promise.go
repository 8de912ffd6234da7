package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Dealing notes what passed between a customer and us.
type Dealing interface {
	Promise(ctx context.Context, ours headway.Span, to headway.PersonID, v headway.Verdict) error
	Repair(ctx context.Context, theirs, ours headway.Span, v headway.Verdict) error
	SendBack(ctx context.Context, to headway.PersonID, theirs []headway.Span) (seq int64, err error)
	Reply(ctx context.Context, playBack int64, v headway.Verdict, answer headway.Span) error
}

// promise marks words of ours as a promise, to the customer named, or to the
// only one who speaks in the conversation.
func (s *server) promise(w http.ResponseWriter, r *http.Request) error {
	span, verdict, err := judged(r, headway.Kept)
	if err != nil {
		return err
	}
	to := headway.PersonID(r.PostFormValue("person"))
	if to == "" {
		if to, err = s.onlyCustomer(r, headway.ConversationID(r.PostFormValue("conversation"))); err != nil {
			return err
		}
	}
	if err := s.hw.Promise(r.Context(), span, to, verdict); err != nil {
		return err
	}
	return back(w, r, customerPath(to))
}

// onlyCustomer gives the one customer who speaks in a conversation.
func (s *server) onlyCustomer(r *http.Request, id headway.ConversationID) (headway.PersonID, error) {
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return "", err
	}
	in := speakingIn(everybody, id)
	if len(in) != 1 {
		return "", headway.Errorf(headway.Invalid, "%d customers speak in this conversation: say to whom it was promised", len(in))
	}
	return in[0].ID, nil
}

func speakingIn(everybody flow.Everybody, id headway.ConversationID) (people []flow.Person) {
	for _, p := range everybody.People {
		for _, h := range p.Conversations {
			if h.ID == id {
				people = append(people, p)
			}
		}
	}
	return people
}

// sendBack notes that sentences of a customer's were sent back to them.
func (s *server) sendBack(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return headway.Errorf(headway.Invalid, "the form could not be read: %w", err)
	}
	var spans []headway.Span
	for _, place := range r.PostForm["span"] {
		span, err := parseSpan(place)
		if err != nil {
			return err
		}
		spans = append(spans, span)
	}
	to := headway.PersonID(r.PostFormValue("person"))
	if _, err := s.hw.SendBack(r.Context(), to, spans); err != nil {
		return err
	}
	return back(w, r, customerPath(to)+"#played-back")
}

// reply notes what came back of a play-back.
func (s *server) reply(w http.ResponseWriter, r *http.Request) error {
	seq, err := playBackSeq(r.PostFormValue("of"))
	if err != nil {
		return err
	}
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	answer := headway.Span{}
	if link := strings.TrimSpace(r.PostFormValue("answer")); link != "" {
		if answer, err = linkedSpan(link); err != nil {
			return err
		}
	}
	if err := s.hw.Reply(r.Context(), seq, verdict, answer); err != nil {
		return err
	}
	return back(w, r, "/people")
}
