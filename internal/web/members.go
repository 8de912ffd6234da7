package web

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// membersView is who is one of us, and who is invited.
type membersView struct {
	Members     []memberView
	Invitations []ticketView
	Owner       bool // the reader is one
	Accesses    []headway.Access
	Made        *madeView
	Problem     string
}

type memberView struct {
	access.Member
	Me bool
}

func (s *server) showMembers(w http.ResponseWriter, r *http.Request) error {
	return s.members(w, r, http.StatusOK, nil, nil)
}

func (s *server) members(w http.ResponseWriter, r *http.Request, status int, made *madeView, why error) error {
	view := membersView{Owner: caller(r).Scope.Holds(access.Admin), Accesses: []headway.Access{headway.Viewer, headway.Editor, headway.Owner}, Made: made}
	all, err := s.options.Access.Members(r.Context())
	if err != nil {
		return err
	}
	for _, m := range all {
		view.Members = append(view.Members, memberView{m, m.ID == caller(r).Member.ID})
	}
	if view.Owner {
		waiting, err := s.options.Access.Invitations(r.Context())
		if err != nil {
			return err
		}
		for _, t := range waiting {
			view.Invitations = append(view.Invitations, ticketView{Ticket: t, Ours: true})
		}
	}
	if why != nil {
		view.Problem, status = sentence(why.Error()), refusedWith(w, why)
	}
	return s.render(w, r, status, newPage("members", "Members"), view)
}

// invite shows the link once: who made it passes it on, and only its digest is kept.
func (s *server) invite(w http.ResponseWriter, r *http.Request) error {
	secret, t, err := s.options.Access.Invite(r.Context(), r.PostFormValue("name"), headway.Access(r.PostFormValue("access")), access.InvitedFor)
	if err != nil {
		return s.members(w, r, 0, nil, err)
	}
	return s.members(w, r, http.StatusOK, s.madeLink(r, t.Name, "/invitation/"+secret, t), nil)
}

// madeLink tells a link that was made, and where nobody else reaches it yet, how
// they will.
func (s *server) madeLink(r *http.Request, what, path string, t access.Ticket) *madeView {
	made := &madeView{What: what, Secret: s.link(r, path), Until: day(t.Until)}
	if made.Alone = !s.options.Members && s.options.Address == nil; made.Alone && s.options.Abroad.Origin != "" {
		made.Then, made.Commands = s.options.Abroad.Origin+path, s.options.Abroad.Commands
	}
	return made
}

// link is an address as others reach it.
func (s *server) link(r *http.Request, path string) string {
	if s.options.Address != nil {
		return s.options.Address.Scheme + "://" + s.options.Address.Host + path
	}
	scheme := "http"
	if s.secure(r) {
		scheme = "https"
	}
	return scheme + "://" + r.Host + path
}

func (s *server) changeAccess(w http.ResponseWriter, r *http.Request) error {
	err := s.options.Access.SetAccess(r.Context(), headway.MemberID(r.PostFormValue("member")), headway.Access(r.PostFormValue("access")))
	if err != nil {
		return s.members(w, r, 0, nil, err)
	}
	return back(w, r, "/members")
}

func (s *server) removeMember(w http.ResponseWriter, r *http.Request) error {
	if err := s.options.Access.Remove(r.Context(), headway.MemberID(r.PostFormValue("member"))); err != nil {
		return s.members(w, r, 0, nil, err)
	}
	return back(w, r, "/members")
}

func (s *server) endInvitation(w http.ResponseWriter, r *http.Request) error {
	if err := s.options.Access.EndInvitation(r.Context(), access.TicketID(r.PostFormValue("id"))); err != nil {
		return err
	}
	return back(w, r, "/members")
}

// logView is a page of the log.
type logView struct {
	Entries []entryView
	Before  int64 // from where the next page begins; 0 at the end
}

type entryView struct {
	access.Entry
	Who, Did string
}

const entriesShown = 100

func (s *server) showLog(w http.ResponseWriter, r *http.Request) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // what is no number begins at the end
	log, err := s.options.Access.Entries(r.Context(), max(0, before), entriesShown)
	if err != nil {
		return err
	}
	names, err := s.memberNames(r)
	if err != nil {
		return err
	}
	view := logView{}
	for _, e := range log {
		view.Entries = append(view.Entries, entryView{Entry: e, Who: whoDid(e, names), Did: didWhat[e.Act]})
	}
	if len(log) == entriesShown {
		view.Before = log[len(log)-1].Seq
	}
	return s.render(w, r, http.StatusOK, newPage("log", "Log"), view)
}

// memberNames gives the name of everybody who is or was a member.
func (s *server) memberNames(r *http.Request) (map[headway.MemberID]string, error) {
	all, err := s.options.Access.Everybody(r.Context())
	names := map[headway.MemberID]string{"": "whoever sat at the machine", "here": "whoever sat at the machine"}
	for _, m := range all {
		names[m.ID] = m.Name
	}
	return names, err
}

// whoDid names who did something: who failed to sign in, or opened a link, is no
// member and need not have been at the machine.
func whoDid(e access.Entry, names map[headway.MemberID]string) string {
	switch {
	case e.Member == "" && e.Act == access.SignInFailed:
		return "somebody"
	case e.Member == "" && e.Act == access.ShareUsed:
		return "whoever had the link"
	}
	return cmp.Or(names[e.Member], "somebody")
}

// didWhat says the acts of the log in words.
var didWhat = map[access.Act]string{
	access.SignedIn: "signed in", access.SignInFailed: "failed to sign in", access.SignedOut: "signed out",
	access.SessionEnded: "ended a session", access.PasswordChanged: "set a password",
	access.ProofAdded: "added a way to sign in", access.ProofRemoved: "removed a way to sign in",
	access.MemberAdded: "made a member", access.MemberRemoved: "removed a member", access.AccessChanged: "changed an access",
	access.Invited: "invited", access.InvitationEnded: "took an invitation back", access.Joined: "joined",
	access.TokenMade: "made a token", access.TokenUsed: "used a token", access.TokenEnded: "ended a token",
	access.ShareMade: "made a link", access.ShareUsed: "opened a link", access.ShareEnded: "ended a link",
	access.Exported: "exported", access.Unmasked: "looked behind a mask", access.UnmaskRefused: "wanted to look behind a mask and might not",
}
