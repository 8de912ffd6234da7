package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
)

// sharedView is what a link shows to whoever has it.
type sharedView struct {
	Kind     access.ShareKind
	Study    string // its name
	Until    string
	Words    string        // what was searched for
	Quote    headway.Quote // one sentence
	Name     string        // who said it
	Side     headway.Side
	Source   string
	Hits     []hitView
	Count    string // how many there are, of how many customers
	Sealed   string
	Problem  string
	Slots    []headway.Label
	Invented bool
}

// throughLink gives what a link shows and the request in its bearer's name: they
// may read, whoever else they are. Nothing of the page is to be found by search
// engines, and what it leads to learns nothing of it.
func (s *server) throughLink(w http.ResponseWriter, r *http.Request) (*http.Request, access.Ticket, access.Shown, error) {
	t, bearer, err := s.options.Access.Shared(r.Context(), r.PathValue("secret"), s.addressOf(r))
	if err != nil {
		return r, t, access.Shown{}, err
	}
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	shown, err := t.Shown()
	return r.WithContext(access.WithCaller(r.Context(), bearer)), t, shown, err
}

func (s *server) showShared(w http.ResponseWriter, r *http.Request) error {
	r, t, shown, err := s.throughLink(w, r)
	if err != nil {
		return err
	}
	if shown.Kind != access.ShareGuess { // whose form must say where it comes from
		w.Header().Set("Referrer-Policy", "no-referrer")
	}
	if shown.Kind == access.ShareMirror {
		return s.sharedMirror(w, r, shown)
	}
	return s.shared(w, r, http.StatusOK, t, shown, "", "")
}

// shared shows a sentence, a search, or the form for a guess.
func (s *server) shared(w http.ResponseWriter, r *http.Request, status int, t access.Ticket, shown access.Shown, sealed, problem string) error {
	study, err := s.sharedStudy(r, shown)
	if err != nil {
		return err
	}
	view := sharedView{Kind: shown.Kind, Study: study.Name, Until: day(t.Until), Sealed: sealed, Problem: problem, Slots: guessable, Invented: study.Sample}
	switch shown.Kind {
	case access.ShareQuote:
		err = s.sharedQuote(r, shown, &view)
	case access.ShareSearch:
		err = s.sharedSearch(r, shown, &view)
	}
	if err != nil {
		return err
	}
	return s.render(w, r, status, outside("shared", study.Name), view)
}

// sharedStudy gives the study of a link; a search may be through none.
func (s *server) sharedStudy(r *http.Request, shown access.Shown) (headway.Study, error) {
	if shown.Kind == access.ShareSearch && shown.Study == "" {
		return headway.Study{Name: "all conversations", Phase: headway.Skipped}, nil
	}
	return s.hw.Study(r.Context(), shown.Study)
}

// sharedMirror shows the mirror as the file that can be taken along, which needs
// nothing else; its style is let through by its digest.
func (s *server) sharedMirror(w http.ResponseWriter, r *http.Request, shown access.Shown) error {
	page, err := paper(r.Context(), s.hw, s.assets, shown.Study, "html")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src '"+styleDigest(string(page))+"'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page) // the reader may have left
	return nil
}

// styleDigest names the one style element of a page in a policy.
func styleDigest(page string) string {
	_, style, _ := strings.Cut(page, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// errReworded is said of a sentence that is no longer worded so.
var errReworded = headway.Errorf(headway.NotFound, "the words that this link showed were corrected or taken out since: ask whoever sent it for another")

// sharedQuote finds the sentence where it stands.
func (s *server) sharedQuote(r *http.Request, shown access.Shown, view *sharedView) error {
	c, _, err := s.hw.Conversation(r.Context(), shown.Conversation, shown.Study)
	if err != nil {
		return err
	}
	for _, turn := range c.Turns {
		if turn.Text.ID != shown.Span.Text {
			continue
		}
		speaker := c.Speaker(turn.Speaker)
		view.Name, view.Side, view.Source = speaker.Name, speaker.Side, title(flow.Head{Title: c.Title, File: c.File, Row: c.Row})
		if turn.Text.Erased() {
			return s.wordsForgotten(r, shown.Span)
		}
		view.Quote, err = turn.Text.Cut(shown.Span)
		return err
	}
	return errReworded
}

// sharedSearch shows the sentences alone, without a way into what stands around them.
func (s *server) sharedSearch(r *http.Request, shown access.Shown, view *sharedView) error {
	found, err := s.hw.Search(r.Context(), flow.Query{Words: shown.Words, Through: shown.Study, Study: shown.Study, Side: shown.Side, Limit: searchLimit})
	if err = cmp.Or(err, found.Wrong()); err != nil {
		return err
	}
	view.Words, view.Count = shown.Words, counted(found)
	for _, h := range found.Hits {
		hit := viewHit(h, shown.Study)
		hit.Before, hit.After, hit.Href = "", "", ""
		view.Hits = append(view.Hits, hit)
	}
	return nil
}

// canShow tries what a link is to show before it is made.
func (s *server) canShow(r *http.Request, shown access.Shown) error {
	if shown.Study == "" && shown.Kind != access.ShareSearch {
		return headway.Errorf(headway.Invalid, "choose the study of which the link shows something")
	}
	study, err := s.sharedStudy(r, shown)
	if err != nil {
		return err
	}
	switch {
	case shown.Kind == access.ShareGuess:
		if _, takes := s.hw.(Colleagues); !takes || study.Phase.Revealed() {
			return headway.Errorf(headway.Conflict, "guesses through a link are taken before the reveal: %q is revealed", study.Name)
		}
	case !study.Phase.Revealed():
		return headway.Errorf(headway.Denied, "%q is still guessing: seal your guesses or skip, then share", study.Name)
	case shown.Kind == access.ShareQuote:
		return s.sharedQuote(r, shown, &sharedView{})
	case shown.Kind == access.ShareSearch:
		return s.sharedSearch(r, shown, &sharedView{})
	}
	return nil
}

// guessable are the slots that the form for a colleague's guess offers.
var guessable = []headway.Label{headway.Motivation, headway.Situation, headway.Alternative, headway.Measure, headway.Anxiety}

// takeGuess seals a colleague's guess through a link that takes one.
func (s *server) takeGuess(w http.ResponseWriter, r *http.Request) error {
	r, t, shown, err := s.throughLink(w, r)
	if err != nil {
		return err
	}
	colleagues, takes := s.hw.(Colleagues)
	if shown.Kind != access.ShareGuess || !takes {
		return headway.Errorf(headway.Denied, "this link shows something and takes nothing")
	}
	guesses, err := colleagueGuesses(r, shown.Study)
	if err != nil {
		return s.shared(w, r, http.StatusUnprocessableEntity, t, shown, "", sentence(err.Error()))
	}
	seal, err := colleagues.SealFor(r.Context(), shown.Study, strings.TrimSpace(r.PostFormValue("name")), guesses)
	if err != nil {
		return err
	}
	return s.shared(w, r, http.StatusOK, t, shown, seal, "")
}

// colleagueGuesses reads one guess a slot.
func colleagueGuesses(r *http.Request, study headway.StudyID) (guesses []headway.Guess, err error) {
	for _, slot := range guessable {
		text := strings.TrimSpace(r.PostFormValue(string(slot)))
		if text == "" {
			continue
		}
		g, err := headway.NewGuess(study, slot, text)
		if err != nil {
			return nil, err
		}
		guesses = append(guesses, g)
	}
	if len(guesses) == 0 {
		err = headway.Errorf(headway.Invalid, "there is nothing to seal: write at least one guess")
	}
	return guesses, err
}
