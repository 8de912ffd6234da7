package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

var (
	errNoKey     = headway.Errorf(headway.Denied, "this browser was not opened by Headway")
	errSignIn    = headway.Errorf(headway.Denied, "sign in first")
	errNoToken   = headway.Errorf(headway.Denied, "a program shows one token: Authorization: Bearer headway_...")
	errNotSealed = headway.Errorf(headway.Denied, "first your guesses, then their words")
	errTooLarge  = headway.Errorf(headway.Invalid, "the files are larger than %d MB together: add them in smaller lots, or use `headway import` in a terminal", maxUpload>>20)
)

// statuses gives each code its HTTP status.
var statuses = map[headway.Code]int{
	headway.Invalid:     http.StatusUnprocessableEntity,
	headway.NotFound:    http.StatusNotFound,
	headway.Conflict:    http.StatusConflict,
	headway.Denied:      http.StatusForbidden,
	headway.Unavailable: http.StatusServiceUnavailable,
	headway.Internal:    http.StatusInternalServerError,
}

// errorView is what a page of an error says.
type errorView struct {
	Heading, Message, Next, Href, Link string
}

// serveError is the only place where an error becomes a page.
func (s *server) serveError(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the reader has left
	}
	code := headway.ErrorCode(err)
	view := describe(code, err)
	if code == headway.Internal {
		slog.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "err", err)
	}
	if asksJSON(r) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(statuses[code])
		_ = json.NewEncoder(w).Encode(map[string]string{"problem": view.Message}) // the reader may have left
		return
	}
	if errors.Is(err, errNotSealed) {
		view.Href, view.Link = "/study/"+r.PathValue("study")+"/guess", "Write down your guesses"
	}
	if code == headway.Invalid && r.URL.Path == "/own/train" {
		view.Heading, view.Href, view.Link = "Nothing was learned", "/own", "Back to own labels"
	}
	view.leadBack(r)
	p := newPage("error", view.Heading)
	if study, inside := s.around(r); inside {
		p = p.of(study, "")
		view.inside(study, code)
	}
	if failed := s.render(w, r, statuses[code], p, view); failed != nil {
		http.Error(w, view.Heading+": "+view.Message, statuses[code])
	}
}

// around gives the study in which somebody is refused: its ways stay open to them.
// There is none for who was not let in.
func (s *server) around(r *http.Request) (study headway.Study, inside bool) {
	if _, known := access.CallerFrom(r.Context()); !known {
		return study, false
	}
	id := r.URL.Query().Get("study")
	if rest, under := strings.CutPrefix(r.URL.Path, "/study/"); under {
		id, _, _ = strings.Cut(rest, "/")
	} else if r.Form != nil { // read already: a refused upload is not read for an error page
		id = r.Form.Get("study")
	}
	if id == "" {
		return study, false
	}
	study, err := s.hw.Study(r.Context(), headway.StudyID(id))
	return study, err == nil
}

// inside leads to the study rather than to the start, and says what can be done there.
func (v *errorView) inside(study headway.Study, code headway.Code) {
	if v.Href == "/" {
		v.Href, v.Link = "/study/"+string(study.ID), "Back to "+study.Name
	}
	switch code {
	case headway.NotFound:
		v.Next = cmp.Or(v.Next, "It may have been taken off, or found anew since: go back to the study, and see what there is now.")
	case headway.Invalid:
		v.Next = cmp.Or(v.Next, "Nothing was kept. Go back, change that, and send it again.")
	}
}

// leadBack leads whoever was refused to where they were rather than to the start,
// and outsiders, for whom there is no start, nowhere.
func (v *errorView) leadBack(r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/shared/") || strings.HasPrefix(r.URL.Path, "/invitation/") {
		v.Href, v.Link = "", ""
	}
	from, err := url.Parse(r.Referer())
	if v.Href == "/" && err == nil && from.Host == r.Host && from.Path != "/" && from.RequestURI() != r.URL.RequestURI() {
		v.Href, v.Link = localPath(from.RequestURI()), "Back to where you were"
	}
}

func describe(code headway.Code, err error) errorView {
	v := errorView{Message: sentence(err.Error()), Href: "/", Link: "Back to the start"}
	switch {
	case errors.Is(err, errNoKey):
		v.Heading = "Open Headway from where it runs"
		v.Next = "Each start of Headway has its own key, so that other people on this machine stay outside. Use the address that headway serve printed; it ends in ?key= and a long word. Closed the terminal? Start Headway again."
		v.Href, v.Link = "", ""
	case errors.Is(err, errNotSealed):
		v.Heading = "First your guesses, then their words"
		v.Message = "What you believe is only worth holding up to a mirror if you wrote it down before you looked."
		v.Next = "It takes a minute. You may also skip it; the mirror will then say so."
	case code == headway.NotFound:
		v.Heading = "Nothing here"
	case code == headway.Denied:
		v.Heading = "Not allowed"
	case code == headway.Invalid:
		v.Heading = "That did not work yet"
	case code == headway.Conflict:
		v.Heading = "It changed in the meantime"
		v.Next = "Go back, load the page again, and repeat what you did."
	case code == headway.Unavailable:
		v.Heading = "Not to be had right now"
		v.Next = "Nothing is lost. Try again in a moment."
	default:
		v.Heading = "Our mistake"
		v.Message = "Something in Headway failed. What you brought in is stored as it was."
		v.Next = "The terminal in which Headway runs says what happened."
	}
	return v
}
