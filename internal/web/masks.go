package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mask"
)

// Hiding keeps from view what tells who somebody is, and forgets people.
type Hiding interface {
	Suggestions(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]flow.Suggested, error)
	Masks(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]flow.Masked, error)
	Mask(ctx context.Context, places ...flow.ToMask) (hidden int, err error)
	MaskSame(ctx context.Context, as flow.ToMask) (hidden int, err error)
	Elsewhere(ctx context.Context, all []flow.Suggested) (map[headway.Quote]flow.Times, error)
	NotToMask(ctx context.Context, at headway.Span) error
	MaskPerson(ctx context.Context, person headway.PersonID) (hidden int, err error)
	MasksAtImport(ctx context.Context) (bool, error)
	// Lift and what follows are for owners.
	Lift(ctx context.Context, seq int64) error
	LiftPerson(ctx context.Context, person headway.PersonID) error
	Called(ctx context.Context, person headway.PersonID) ([]headway.Speaker, error)
	SetMaskAtImport(ctx context.Context, on bool) error
	Original(ctx context.Context, id headway.TextID) (headway.TextVersion, error)
	Loss(ctx context.Context, person headway.PersonID) (flow.Loss, error)
	Erase(ctx context.Context, person headway.PersonID, mentions bool) (flow.Loss, error)
}

// masksView is what may be masked in a conversation, and what is.
type masksView struct {
	Conversation headway.ConversationID
	Name         string
	Study        headway.StudyID
	Self         string
	Suggested    []suggestedView
	Masks        []maskView
	Owner        bool
}

// suggestedView is a place that may be masked, and how often its words stand in
// others ("").
type suggestedView struct {
	flow.Suggested
	Elsewhere string
}

func suggestedViews(all []flow.Suggested, times map[headway.Quote]flow.Times) (views []suggestedView) {
	for _, one := range all {
		v := suggestedView{Suggested: one}
		switch at := times[one.Quote]; {
		case at.Most:
			v.Elsewhere = "the same words stand in many other places"
		case at.N == 1:
			v.Elsewhere = "the same words stand in 1 other place"
		case at.N > 1:
			v.Elsewhere = "the same words stand in " + strconv.Itoa(at.N) + " other places"
		}
		views = append(views, v)
	}
	return views
}

// maskView is a mask that stands; Behind is what it hides, for an owner who asked.
type maskView struct {
	flow.Masked
	Around string // the turn as it reads now
	Href   string
	Behind string
}

func (s *server) showMasks(w http.ResponseWriter, r *http.Request) error {
	return s.masks(w, r, 0)
}

// lookBehind shows an owner the words behind a mask. It is a deed: it is written
// down.
func (s *server) lookBehind(w http.ResponseWriter, r *http.Request) error {
	return s.masks(w, r, int64(number(r.PostFormValue("seq"))))
}

func (s *server) masks(w http.ResponseWriter, r *http.Request, behind int64) error {
	id, through := headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study"))
	c, _, err := s.hw.Conversation(r.Context(), id, through)
	if err != nil {
		return err
	}
	v := masksView{Conversation: id, Name: conversationName(c), Study: through, Owner: caller(r).Scope.Holds(access.Admin)}
	v.Self = "/conversation/" + url.PathEscape(string(id)) + "/masks?" + url.Values{"study": {string(through)}}.Encode()
	all, err := s.hw.Suggestions(r.Context(), id, through)
	if err != nil {
		return err
	}
	times, err := s.hw.Elsewhere(r.Context(), all)
	if err != nil {
		return err
	}
	v.Suggested = suggestedViews(all, times)
	masks, err := s.hw.Masks(r.Context(), id, through)
	if err != nil {
		return err
	}
	for _, m := range masks {
		one := maskView{Masked: m, Around: c.Turns[m.Turn].Text.Text, Href: placePath(through, id, m.Span)}
		if m.Seq == behind {
			text, err := s.hw.Original(r.Context(), m.Before)
			if err != nil {
				return err
			}
			one.Behind = text.Text
		}
		v.Masks = append(v.Masks, one)
	}
	return s.render(w, r, http.StatusOK, newPage("masks", "Masks"), v)
}

// maskWords masks the places that a form ticks, or the same words everywhere.
func (s *server) maskWords(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	if not := r.PostFormValue("not"); not != "" {
		at, err := parseSpan(not)
		if err == nil {
			err = s.hw.NotToMask(r.Context(), at)
		}
		if err != nil {
			return err
		}
		return back(w, r, "/")
	}
	if same := r.PostFormValue("same"); same != "" {
		p, err := toMask(same)
		if err == nil {
			_, err = s.hw.MaskSame(r.Context(), p)
		}
		if err != nil {
			return err
		}
		return back(w, r, "/")
	}
	var places []flow.ToMask
	chosen := r.PostForm["place"]
	if one := r.PostFormValue("one"); one != "" {
		chosen = []string{one}
	}
	for _, place := range chosen {
		p, err := toMask(place)
		if err != nil {
			return err
		}
		places = append(places, p)
	}
	if _, err := s.hw.Mask(r.Context(), places...); err != nil {
		return err
	}
	return back(w, r, "/")
}

// toMask reads WHAT@TEXT:START-END.
func toMask(place string) (p flow.ToMask, err error) {
	for _, what := range mask.Whats() {
		if prefix := string(what) + "@"; len(place) > len(prefix) && place[:len(prefix)] == prefix {
			p.What = what
			p.Span, err = parseSpan(place[len(prefix):])
			return p, err
		}
	}
	return p, headway.Errorf(headway.Invalid, "say what the words tell: one of %q", mask.Whats())
}

func (s *server) lift(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.Lift(r.Context(), int64(number(r.PostFormValue("seq")))); err != nil {
		return err
	}
	return back(w, r, "/")
}

// maskPerson hides what a person is called.
func (s *server) maskPerson(w http.ResponseWriter, r *http.Request) error {
	person := headway.PersonID(r.PathValue("person"))
	if _, err := s.hw.MaskPerson(r.Context(), person); err != nil {
		return err
	}
	return back(w, r, personPath(person))
}

// liftPerson shows it again.
func (s *server) liftPerson(w http.ResponseWriter, r *http.Request) error {
	person := headway.PersonID(r.PathValue("person"))
	if err := s.hw.LiftPerson(r.Context(), person); err != nil {
		return err
	}
	return back(w, r, personPath(person))
}

// lookWho shows an owner what a person is called behind a mask. It is a deed: it
// is written down.
func (s *server) lookWho(w http.ResponseWriter, r *http.Request) error {
	behind, err := s.hw.Called(r.Context(), headway.PersonID(r.PathValue("person")))
	if err != nil {
		return err
	}
	return s.person(w, r, behind)
}

// keepMaskSetting lets what is suggested be masked as it comes in, or not.
func (s *server) keepMaskSetting(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.SetMaskAtImport(r.Context(), r.PostFormValue("mask") == "yes"); err != nil {
		return err
	}
	return back(w, r, "/keys")
}

// eraseView is what goes with a person.
type eraseView struct {
	flow.Loss
	Called    string
	Claims    []claimView
	More      int // claims not shown
	HandedOut []entryView
	Shares    int // links that still show something
	Done      bool
	Problem   string
}

type claimView struct {
	flow.Resting
	What string
}

const claimsShown = 200

func (s *server) showErase(w http.ResponseWriter, r *http.Request) error {
	l, err := s.hw.Loss(r.Context(), headway.PersonID(r.PathValue("person")))
	if err != nil {
		return err
	}
	return s.erasePage(w, r, l, false, nil)
}

func (s *server) erase(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("sure") == "" {
		return headway.Errorf(headway.Invalid, "tick that you have read what goes, for nothing brings it back")
	}
	l, err := s.hw.Erase(r.Context(), headway.PersonID(r.PathValue("person")), r.PostFormValue("mentions") != "")
	if err != nil && headway.ErrorCode(err) != headway.Unavailable {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache"`) // Back shows no page from memory on which they still speak
	return s.erasePage(w, r, l, true, err)
}

// fullest gives the longest of somebody's names that is no address: parts of a
// name are among them. "" where there is none.
func fullest(names []string) (name string) {
	for _, n := range names {
		if len(n) > len(name) && !strings.Contains(n, "@") {
			name = n
		}
	}
	return name
}

func (s *server) erasePage(w http.ResponseWriter, r *http.Request, l flow.Loss, done bool, problem error) error {
	v := eraseView{Loss: l, Called: "this person", Done: done}
	if !done {
		v.Called = cmp.Or(fullest(l.Names), v.Called)
	}
	for i, c := range l.Claims {
		if i == claimsShown {
			v.More = len(l.Claims) - i
			break
		}
		v.Claims = append(v.Claims, claimView{c, claimWords(c)})
	}
	if problem != nil {
		v.Problem = sentence(problem.Error())
	}
	if gate := s.options.Access; gate != nil {
		log, err := gate.Entries(r.Context(), 0, 1000)
		if err != nil {
			return err
		}
		names, err := s.memberNames(r)
		if err != nil {
			return err
		}
		for _, e := range log {
			if e.Act == access.Exported {
				v.HandedOut = append(v.HandedOut, entryView{Entry: e, Who: whoDid(e, names), Did: didWhat[e.Act]})
			}
		}
		shares, err := gate.Shares(r.Context())
		if err != nil {
			return err
		}
		v.Shares = len(slices.DeleteFunc(shares, func(t access.Ticket) bool { return !t.Ended.IsZero() }))
	}
	return s.render(w, r, http.StatusOK, newPage("erase", "Erase a person"), v)
}

// claimWords says what rests on somebody's words.
func claimWords(c flow.Resting) string {
	switch c.On {
	case "guess":
		return "the guess “" + c.Words + "”, judged by what people said"
	case "claim":
		return "“" + c.Words + "”, held of a job, with what people said of it"
	case "choice":
		return "what is settled about a claim, on their words"
	case "reply":
		return "what came back of a play-back"
	case "episode":
		return "where they begin to tell of another episode"
	case "label":
		return slotName(c.Label) + ", kept by members"
	case "said":
		return "people who said something of " + slotName(c.Label)
	case "line":
		return "a line of " + slotName(c.Label) + " that several said alike"
	case "assumption":
		return "something we took for granted, tested by their answer"
	case "promise":
		return "a promise that we made them"
	case "repair":
		return "what we got wrong, as they told us"
	case "round":
		return "a round of blind marking"
	}
	return "a " + c.On
}
