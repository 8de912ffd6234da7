package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/quality"
)

// A page is what every page has, beside its own view.
type page struct {
	Name   string // of the template in web/templates/pages
	Title  string
	Study  *headway.Study // the study it belongs to, if any
	Here   string         // the part of the study it is: evidence, mirror, people
	Query  string         // what is being searched for
	Again  bool           // to be loaded again soon, where no island follows what goes on
	Reader bool           // turns are shown, to be read and marked

	// Set by render.
	Theme  string // light, dark, or "" for the system's
	Keys   bool   // whether single keys act
	Path   string
	Bare   bool   // for who is not let in: nothing leads further
	Me     string // who reads it; "" where nobody signed in
	Viewer bool   // who may only read
	Doors  bool   // whether members, links and tokens can be seen to
	Others bool   // whether more than this machine is served
	// Dismissed is the sentence just taken out, and Label what it had been
	// heard as; empty where nothing was.
	Dismissed, Label string
	Reversed         string // what was just undone, or done again
	Style            string
	Icon             string
	Script           string
	ReaderStyle      string
	ReaderScript     string
	View             any
}

// outside is a page for those who are not let in.
func outside(name, title string) page { return page{Name: name, Title: title, Bare: true} }

func newPage(name, title string) page { return page{Name: name, Title: title} }

// of says which study, and which part of it, the page shows.
func (p page) of(study headway.Study, here string) page {
	p.Study, p.Here = &study, here
	return p
}

// Sample says whether what the page shows is invented.
func (p page) Sample() bool { return p.Study != nil && p.Study.Sample }

// render writes a page whole or not at all: a template that fails leaves the
// answer to serveError.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, p page, view any) error {
	var out bytes.Buffer
	if err := s.write(&out, r, p, view); err != nil {
		if errors.Is(err, errNotBuilt) {
			return notBuilt(w, status)
		}
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // the reader may have left
	return nil
}

// errNotBuilt says that there are no templates' styles and scripts to go with a page.
var errNotBuilt = headway.Errorf(headway.Unavailable, "the interface is not built yet: run `go run ./tools/dev build`")

// write writes a page into out.
func (s *server) write(out *bytes.Buffer, r *http.Request, p page, view any) error {
	face, err := s.assets.load()
	if err != nil {
		return err
	}
	if !face.built() {
		return errNotBuilt
	}
	p.View = view
	p.Others = s.options.Members
	p.Doors = s.options.Access != nil
	if c, known := access.CallerFrom(r.Context()); known {
		p.Me, p.Viewer = c.Member.Name, !c.Scope.Holds(access.Write)
	} else {
		p.Bare = p.Bare || p.Others
	}
	p.Path = localPath(r.URL.RequestURI())
	p.Dismissed, p.Label = r.URL.Query().Get("dismissed"), r.URL.Query().Get("label")
	p.Reversed = reversed(r)
	p.Theme = choice(r, "theme", "light", "dark")
	p.Keys = choice(r, "keys", "off") == ""
	p.Style, p.Script, p.Icon = face.url("app.css"), face.url("app.js"), face.url("icon.svg")
	p.ReaderStyle, p.ReaderScript = face.url("reader.css"), face.url("reader.js")
	t, err := face.template(p.Name)
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(out, "layout", p)
}

// choice reads a setting that the person keeps in a cookie, and "" where it is
// none of those allowed.
func choice(r *http.Request, name string, allowed ...string) string {
	cookie, err := r.Cookie("headway_" + name)
	if err != nil {
		return ""
	}
	for _, a := range allowed {
		if cookie.Value == a {
			return a
		}
	}
	return ""
}

// notBuilt is the one page a server without a built interface has.
func notBuilt(w http.ResponseWriter, status int) error {
	if status == http.StatusOK {
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write([]byte(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Headway</title>` +
		`<h1>The interface is not built yet</h1>` +
		"<p>Run <code>go run ./tools/dev build</code> in the checkout, then start Headway again. The command line works as it is: <code>headway mirror FILE</code>.</p></html>"))
	return err
}

// back goes to the page a form came from, so that the counts are seen to follow.
func back(w http.ResponseWriter, r *http.Request, fallback string) error {
	to := fallback
	if from := r.PostFormValue("back"); from != "" {
		to = localPath(from)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// words are the functions that templates may call.
var words = template.FuncMap{
	"count":    count,
	"sentence": sentence,
	"slot":     slotName,
	"thousand": thousand,
	"short":    func(seal string) string { return cutRunes(seal, 12) },
	"add":      func(a, b int) int { return a + b },
	"hue":      hue,
	"side":     sideName,
	"title":    title,
	"role":     roleName,
	"where":    lastIn,
	"clock":    clock,
	"place":    formatSpan,
	"decimal":  decimal,
	"share":    func(s quality.Share) string { return fmt.Sprintf("%.2f (%.2f–%.2f)", s.Is, s.Low, s.High) },
	"rightly":  rightly,
	"day":      day,
	"minute":   minute,
	"kept":     func() int { return access.LogKept },
	"longest":  func() int { return flow.LongestNote },
	"choice":   choiceName,
	"status":   statusName,
	"part":     partName,
	"product":  productPath,
	"length":   slideLength,
	"first":    firstOf,
	"force":    forceShort,
	"count64":  func(n float64) string { return thousand(int(n)) },
}

// decimal writes a share with two places.
func decimal(share float64) string { return fmt.Sprintf("%.2f", share) }

// rightly writes a share with its interval and n; of few the counts only.
func rightly(s quality.Share) string {
	if s.Of == 0 {
		return "–"
	}
	if s.Of < 10 {
		return strings.TrimSuffix(s.Right(), ", too few to tell")
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f) of %s", s.Is, s.Low, s.High, thousand(s.Of))
}

// count writes "1 turn", "412 turns".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousand(n) + " " + many
}

// thousand groups digits with a narrow space: 21 071.
func thousand(n int) string {
	digits := strconv.Itoa(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && len(digits) > 4 {
			b.WriteRune('\u202f')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// sentence gives a message, which our errors write in lower case, a capital
// and a full stop.
func sentence(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	if size == 0 {
		return ""
	}
	message = string(unicode.ToUpper(first)) + message[size:]
	if !strings.ContainsAny(message[len(message)-1:], ".?!") {
		message += "."
	}
	return message
}

func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
