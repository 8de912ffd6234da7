package web

import (
	"context"
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Colleagues takes guesses of those who have a link and no account, before the
// reveal. It is asked for only where the application has it.
type Colleagues interface {
	// SealFor seals guesses in a colleague's name, "" for none, and reveals
	// nothing. Conflict once the study is revealed.
	SealFor(ctx context.Context, study headway.StudyID, name string, guesses []headway.Guess) (seal string, err error)
}

// linksView lists the links that are open, and makes one.
type linksView struct {
	Links   []linkView
	Studies []headway.Study
	Kinds   []access.ShareKind
	Writes  bool // the reader may make links
	Made    *madeView
	Problem string
	// What a link is to show, where another page asked for one.
	Asked     access.Shown
	Span      string
	AskedName string // of the study
}

// linkView is a link in the list.
type linkView struct {
	ticketView
	What, Of, Href string // "mirror", its study, where a member finds the same
}

func (s *server) showLinks(w http.ResponseWriter, r *http.Request) error {
	return s.links(w, r, http.StatusOK, nil, nil)
}

func (s *server) links(w http.ResponseWriter, r *http.Request, status int, made *madeView, why error) error {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return err
	}
	view := linksView{Studies: studies, Kinds: s.linkKinds(), Writes: caller(r).Scope.Holds(access.Write), Made: made, Span: r.FormValue("span")}
	view.Asked, _ = askedToShow(r) // what does not fit is said when it is sent
	names := map[headway.StudyID]string{}
	for _, study := range studies {
		names[study.ID] = study.Name
	}
	view.AskedName = names[view.Asked.Study]
	if view.Links, err = s.openLinks(r, names); err != nil {
		return err
	}
	if why != nil {
		view.Problem, status = sentence(why.Error()), refusedWith(w, why)
	}
	return s.render(w, r, status, newPage("links", "Links"), view)
}

// linkKinds are the kinds of link that this application can show.
func (s *server) linkKinds() []access.ShareKind {
	kinds := []access.ShareKind{access.ShareMirror, access.ShareSearch}
	if _, takes := s.hw.(Colleagues); takes {
		kinds = append(kinds, access.ShareGuess)
	}
	return kinds
}

func (s *server) openLinks(r *http.Request, studies map[headway.StudyID]string) (links []linkView, err error) {
	open, err := s.options.Access.Shares(r.Context())
	if err != nil {
		return nil, err
	}
	members, err := s.memberNames(r)
	if err != nil {
		return nil, err
	}
	c := caller(r)
	for _, t := range open {
		shown, err := t.Shown()
		if err != nil {
			return nil, err
		}
		l := linkView{ticketView: ticketView{Ticket: t, By: members[t.Member], Ours: c.Scope.Holds(access.Admin) || t.Member == c.Member.ID}}
		l.What, l.Of, l.Href = linkKind[shown.Kind], studies[shown.Study], "/study/"+string(shown.Study)
		if shown.Kind == access.ShareSearch {
			l.What += " for “" + shown.Words + "”"
			if shown.Study == "" {
				l.Of, l.Href = "all conversations", "/search?"+searchValues(shown.Words, "").Encode()
			}
		}
		if shown.Kind == access.ShareQuote {
			l.Href = placePath(shown.Study, shown.Conversation, shown.Span)
		}
		links = append(links, l)
	}
	return links, nil
}

// linkKind says the kinds of link in words.
var linkKind = map[access.ShareKind]string{
	access.ShareMirror: "the mirror", access.ShareQuote: "one sentence", access.ShareSearch: "a search", access.ShareGuess: "a form for their guess",
}

// askedToShow reads what a link is to show.
func askedToShow(r *http.Request) (shown access.Shown, err error) {
	shown = access.Shown{
		Kind: access.ShareKind(r.FormValue("kind")), Study: headway.StudyID(r.FormValue("study")),
		Conversation: headway.ConversationID(r.FormValue("conversation")),
	}
	if shown.Kind == access.ShareSearch {
		shown.Words, shown.Side = r.FormValue("words"), oneSide(r.FormValue("side"))
	}
	if shown.Kind == access.ShareQuote {
		shown.Span, err = parseSpan(r.FormValue("span"))
	}
	return shown, err
}

// makeLink makes a link of what can be shown now, and tells it once.
func (s *server) makeLink(w http.ResponseWriter, r *http.Request) error {
	shown, err := askedToShow(r)
	if err == nil {
		err = s.canShow(r, shown)
	}
	if err != nil {
		return s.links(w, r, 0, nil, err)
	}
	secret, t, err := s.options.Access.MakeShare(r.Context(), shown, r.PostFormValue("name"), days(r))
	if err != nil {
		return s.links(w, r, 0, nil, err)
	}
	return s.links(w, r, http.StatusOK, s.madeLink(r, linkKind[shown.Kind], "/shared/"+secret, t), nil)
}

func (s *server) endLink(w http.ResponseWriter, r *http.Request) error {
	if err := s.options.Access.EndShare(r.Context(), access.TicketID(r.PostFormValue("id"))); err != nil {
		return err
	}
	return back(w, r, "/links")
}
