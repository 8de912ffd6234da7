package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
)

// MarkingApart lets several members mark one conversation, none of them seeing what
// the others mark until all are done; then it tells how far they agree.
type MarkingApart interface {
	OpenRound(ctx context.Context, conversation headway.ConversationID, members []headway.MemberID) (headway.RoundID, error)
	// Rounds gives those of a conversation, the newest first.
	Rounds(ctx context.Context, conversation headway.ConversationID) ([]headway.Round, error)
	Round(ctx context.Context, id headway.RoundID) (headway.Round, error)
	RoundDone(ctx context.Context, id headway.RoundID, done bool) error
	ReleaseRound(ctx context.Context, id headway.RoundID) error // for owners
	// Agreement is Denied while the round is open.
	Agreement(ctx context.Context, id headway.RoundID, through headway.StudyID) (flow.Agreed, error)
	Settle(ctx context.Context, id headway.RoundID, sentence headway.Span, kind headway.Label, verdict headway.Verdict, why string) error
}

// roundActs are the acts of marking a conversation apart.
func (s *server) roundActs() map[string]handler {
	return map[string]handler{
		"GET /conversation/{conversation}/rounds":  s.showRounds,
		"POST /conversation/{conversation}/rounds": s.openRound,
		"GET /round/{round}":                       s.showRound,
		"POST /round/{round}/done":                 s.roundDone,
		"POST /round/{round}/release":              s.releaseRound,
		"POST /round/{round}/settle":               s.settle,
	}
}

// roll gives members' names by their ids, and those who are here.
type roll struct {
	of   map[headway.MemberID]string
	here []access.Member
}

func (s *server) roll(ctx context.Context) (roll, error) {
	n := roll{of: map[headway.MemberID]string{flow.SampleMember: "the sample"}}
	if s.options.Access == nil {
		return n, nil
	}
	all, err := s.options.Access.Everybody(ctx)
	for _, m := range all {
		n.of[m.ID] = m.Name
		if m.Here() {
			n.here = append(n.here, m)
		}
	}
	return n, err
}

// called gives the name of a member.
func (n roll) called(id headway.MemberID) string {
	if name := n.of[id]; name != "" {
		return name
	}
	return "whoever sat at the machine"
}

func (n roll) all(ids []headway.MemberID) []string {
	var names []string
	for _, id := range ids {
		names = append(names, n.called(id))
	}
	return names
}

// roundsView is the rounds of one conversation, and who could mark in another.
type roundsView struct {
	Name         string
	Conversation headway.ConversationID
	Href         string // of the conversation
	Rounds       []roundLine
	MayMark      []access.Member // who can be chosen
	Going        bool            // one is open, so no other can be
	Writes       bool            // whether who reads this may open one
	Study        headway.StudyID
}

// roundLine is one round in a list.
type roundLine struct {
	headway.Round
	Href  string
	Names []string
}

// showRounds lists the rounds in which a conversation was marked apart.
func (s *server) showRounds(w http.ResponseWriter, r *http.Request) error {
	c, study, p, err := s.toMark(r, headway.ConversationID(r.PathValue("conversation")))
	if err != nil {
		return err
	}
	rounds, err := s.hw.Rounds(r.Context(), c.ID)
	if err != nil {
		return err
	}
	members, err := s.roll(r.Context())
	if err != nil {
		return err
	}
	view := roundsView{Name: conversationName(c), Conversation: c.ID, Href: conversationPath(c.ID, study), Study: study, Writes: writes(r)}
	for _, m := range members.here {
		if m.Access.Writes() {
			view.MayMark = append(view.MayMark, m)
		}
	}
	for _, round := range rounds {
		view.Going = view.Going || round.Open()
		view.Rounds = append(view.Rounds, roundLine{round, roundPath(round.ID, study), members.all(round.Members)})
	}
	p.Name, p.Title = "rounds", "Marked apart: "+view.Name
	return s.render(w, r, http.StatusOK, p, view)
}

// openRound begins a round with the members who were chosen.
func (s *server) openRound(w http.ResponseWriter, r *http.Request) error {
	c, study, _, err := s.toMark(r, headway.ConversationID(r.PathValue("conversation")))
	if err != nil {
		return err
	}
	var chosen []headway.MemberID
	for _, m := range r.PostForm["member"] {
		chosen = append(chosen, headway.MemberID(m))
	}
	members, err := s.roll(r.Context())
	if err != nil {
		return err
	}
	for _, id := range chosen {
		if !slices.ContainsFunc(members.here, func(m access.Member) bool { return m.ID == id && m.Access.Writes() }) {
			return headway.Errorf(headway.Invalid, "choose members who may mark; one of these is none")
		}
	}
	id, err := s.hw.OpenRound(r.Context(), c.ID, chosen)
	if err != nil {
		return err
	}
	http.Redirect(w, r, roundPath(id, study), http.StatusSeeOther)
	return nil
}

// toMark gives a conversation that may be shown, the study it is shown through,
// and a page of that study.
func (s *server) toMark(r *http.Request, id headway.ConversationID) (headway.Conversation, headway.StudyID, page, error) {
	through := headway.StudyID(r.FormValue("study"))
	c, _, err := s.hw.Conversation(r.Context(), id, through)
	if err != nil {
		return c, "", page{}, err
	}
	study, found, err := s.studyOf(r, c.ID, through)
	if err != nil || !found {
		return c, "", page{}, err
	}
	return c, study.ID, page{}.of(study, "conversation"), nil
}

// writes says whether who asks may change anything.
func writes(r *http.Request) bool {
	m, known := headway.MemberFrom(r.Context())
	return !known || m.Access.Writes()
}

func conversationPath(c headway.ConversationID, study headway.StudyID) string {
	return "/conversation/" + url.PathEscape(string(c)) + through(study)
}

func roundPath(id headway.RoundID, study headway.StudyID) string {
	return "/round/" + url.PathEscape(string(id)) + through(study)
}

func through(study headway.StudyID) string {
	if study == "" {
		return ""
	}
	return "?" + url.Values{"study": {string(study)}}.Encode()
}
