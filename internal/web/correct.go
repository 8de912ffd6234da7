package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// Correcting puts right what was misheard, and what hung on it.
type Correcting interface {
	// Correct words a turn anew by recorded edits, CorrectText where only the new
	// words are known. Conflict where the text does not stand any more.
	Correct(ctx context.Context, text headway.TextID, edits []deed.Edit) (flow.Corrected, error)
	CorrectText(ctx context.Context, text headway.TextID, words string) (flow.Corrected, error)
	SplitTurn(ctx context.Context, text headway.TextID, at int) (flow.Corrected, error)
	JoinTurns(ctx context.Context, first, second headway.TextID) (flow.Corrected, error)
	SpeakTurn(ctx context.Context, id headway.ConversationID, turn headway.TurnID, speaker headway.SpeakerID) error
	SpeakTurnAs(ctx context.Context, id headway.ConversationID, turn headway.TurnID, name string) error
	Versions(ctx context.Context, id headway.ConversationID, turn headway.TurnID) ([]flow.Version, error)
	// Restore lets words that a turn had before stand again.
	Restore(ctx context.Context, text, before headway.TextID) (flow.Corrected, error)
	// ReviewList lists what lost its words, in a conversation or in all for "".
	ReviewList(ctx context.Context, in headway.ConversationID) ([]flow.ToReview, error)
	// Review says where that hangs now; the zero Span lets it go.
	Review(ctx context.Context, stood headway.Passage, answer headway.Span) error
}

// correctionActs are the acts of putting right what was misheard.
func (s *server) correctionActs() map[string]handler {
	return map[string]handler{
		"GET /conversation/{conversation}/turn/{turn}/edit":  s.showCorrect,
		"POST /conversation/{conversation}/turn/{turn}/edit": s.correct,
		"GET /review":  s.showReview,
		"POST /review": s.review,
	}
}

// correctView is one turn to put right.
type correctView struct {
	Conversation headway.ConversationID
	Name         string
	Study        headway.StudyID
	Href         string // of the turn in its transcript
	Action       string
	N            int // of the turn, from 1
	Turn         headway.Turn
	Speaker      headway.Speaker
	Speakers     []headway.Speaker
	Words        string // to begin with: what stands, or what a member wrote before somebody else was first
	Begins       string // the words with which the second turn was to begin
	Problem      string // why something was refused
	Newer        string // who was first; "" where nobody was
	last         string // who corrected it last; "" where nobody did
	Next         headway.TextID
	NextBegins   string
	Versions     []versionView // that stood before, the latest first
	Writes       bool
}

type versionView struct {
	flow.Version
	Who string
}

func (s *server) showCorrect(w http.ResponseWriter, r *http.Request) error {
	view, err := s.viewCorrect(r)
	if err != nil {
		return err
	}
	return s.renderCorrect(w, r, http.StatusOK, view)
}

func (s *server) renderCorrect(w http.ResponseWriter, r *http.Request, status int, view correctView) error {
	p := newPage("correct", "Put a turn right")
	if study, found, err := s.studyOf(r, view.Conversation, view.Study); err != nil {
		return err
	} else if found {
		p = p.of(study, "conversation")
	}
	return s.render(w, r, status, p, view)
}

func (s *server) viewCorrect(r *http.Request) (v correctView, err error) {
	id, turn := headway.ConversationID(r.PathValue("conversation")), headway.TurnID(r.PathValue("turn"))
	v.Study = headway.StudyID(r.FormValue("study"))
	c, _, err := s.hw.Conversation(r.Context(), id, v.Study)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(c.Turns, func(t headway.Turn) bool { return t.ID == turn })
	if i < 0 {
		return v, headway.Errorf(headway.NotFound, "this turn stands in the conversation no more: it may have been joined with the one before it")
	}
	v.Conversation, v.Name, v.N, v.Turn = id, conversationName(c), i+1, c.Turns[i]
	v.Speaker, v.Speakers, v.Words = c.Speaker(v.Turn.Speaker), c.Speakers, v.Turn.Text.Text
	v.Action = "/conversation/" + url.PathEscape(string(id)) + "/turn/" + url.PathEscape(string(turn)) + "/edit"
	v.Href = turnPath(v.Study, id, turn)
	v.Writes = mayWrite(r)
	if i+1 < len(c.Turns) {
		next := c.Turns[i+1]
		v.Next, v.NextBegins = next.Text.ID, c.Speaker(next.Speaker).Name+": "+cutRunes(next.Text.Text, 60)
	}
	versions, err := s.hw.Versions(r.Context(), id, turn)
	if err != nil {
		return v, err
	}
	name, err := s.namer(r)
	for _, version := range slices.Backward(versions) {
		if !version.Stands {
			v.Versions = append(v.Versions, versionView{version, name(version.By.Member)})
		} else if version.By.Seq > 0 {
			v.last = name(version.By.Member)
		}
	}
	return v, err
}

// mayWrite says whether whoever asks may do deeds.
func mayWrite(r *http.Request) bool {
	m, signedIn := headway.MemberFrom(r.Context())
	return !signedIn || m.Access.Writes()
}

// turnPath is where a reader opens a conversation at a turn.
func turnPath(study headway.StudyID, c headway.ConversationID, turn headway.TurnID) string {
	path := "/conversation/" + url.PathEscape(string(c))
	if study != "" {
		path += "?study=" + url.QueryEscape(string(study))
	}
	return path + "#t-" + string(turn)
}

// correct does what one of the page's forms asks. Where somebody else was first,
// the page comes again with their words, and with what was written.
func (s *server) correct(w http.ResponseWriter, r *http.Request) error {
	view, err := s.viewCorrect(r) // may this be shown?
	if err != nil {
		return err
	}
	done, err := s.corrected(r, view)
	if err != nil {
		return s.correctAgain(w, r, err)
	}
	if asksJSON(r) {
		return writeJSON(w, map[string]any{"said": "Corrected", "again": true, "waiting": done.Waiting})
	}
	to := view.Href
	if done.Waiting > 0 {
		to = "/review?conversation=" + url.QueryEscape(string(view.Conversation))
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// correctAgain shows the page again with what was written and why it was refused.
// Words that stand by now are kept, whoever was first: a form is sent twice by a
// double click.
func (s *server) correctAgain(w http.ResponseWriter, r *http.Request, why error) error {
	code, words, ofWords := headway.ErrorCode(why), r.PostFormValue("words"), r.PostFormValue("do") == "words"
	view, err := s.viewCorrect(r)
	if err != nil || asksJSON(r) || code != headway.Invalid && (code != headway.Conflict || !ofWords) {
		return why
	}
	if code == headway.Conflict && lineEnds.Replace(words) == view.Turn.Text.Text {
		http.Redirect(w, r, view.Href, http.StatusSeeOther)
		return nil
	}
	view.Begins = r.PostFormValue("begins")
	if strings.TrimSpace(words) != "" {
		view.Words = words
	}
	if code == headway.Conflict {
		view.Newer = cmp.Or(view.last, "somebody else")
	} else {
		view.Problem = sentence(why.Error())
	}
	return s.renderCorrect(w, r, statuses[code], view)
}

func (s *server) corrected(r *http.Request, v correctView) (done flow.Corrected, err error) {
	ctx, text := r.Context(), headway.TextID(r.PostFormValue("text"))
	if text.Turn() != v.Turn.ID {
		return done, headway.Errorf(headway.Invalid, "this form is of another turn: load the page again")
	}
	do := r.PostFormValue("do")
	if words := r.PostFormValue("words"); (do == "split" || do == "join") && words != "" && lineEnds.Replace(words) != v.Turn.Text.Text {
		return done, headway.Errorf(headway.Invalid, "keep the correction first, then split or join: what you wrote would be lost")
	}
	switch do {
	case "words":
		return s.reword(r, text)
	case "split":
		at, err := splitAt(r, v.Turn.Text)
		if err != nil {
			return done, err
		}
		return s.hw.SplitTurn(ctx, text, at)
	case "join":
		return s.hw.JoinTurns(ctx, text, headway.TextID(r.PostFormValue("next")))
	case "restore":
		return s.hw.Restore(ctx, text, headway.TextID(r.PostFormValue("before")))
	case "side":
		return done, s.hw.Place(ctx, v.Conversation, v.Speaker.ID, headway.Side(r.PostFormValue("side")))
	case "speak":
		if name := strings.TrimSpace(r.PostFormValue("name")); name != "" {
			return done, s.hw.SpeakTurnAs(ctx, v.Conversation, v.Turn.ID, name)
		}
		return done, s.hw.SpeakTurn(ctx, v.Conversation, v.Turn.ID, headway.SpeakerID(r.PostFormValue("speaker")))
	}
	return done, headway.Errorf(headway.Invalid, "say what to put right")
}

// lineEnds are those of stored text: a form brings others.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// reword takes the edits as the browser recorded them, or else the words alone.
func (s *server) reword(r *http.Request, text headway.TextID) (flow.Corrected, error) {
	recorded := r.PostFormValue("edits")
	if recorded == "" {
		return s.hw.CorrectText(r.Context(), text, r.PostFormValue("words"))
	}
	var edits []deed.Edit
	if err := json.Unmarshal([]byte(recorded), &edits); err != nil {
		return flow.Corrected{}, headway.Errorf(headway.Invalid, "the edits cannot be read: load the page again")
	}
	return s.hw.Correct(r.Context(), text, edits)
}

// splitAt reads where the second half begins: at a code point, or with words.
func splitAt(r *http.Request, text headway.TextVersion) (int, error) {
	if at, err := strconv.Atoi(r.PostFormValue("at")); err == nil {
		return at, nil
	}
	begins := strings.TrimSpace(r.PostFormValue("begins"))
	at := strings.Index(text.Text, begins)
	if begins == "" || at < 0 {
		return 0, headway.Errorf(headway.Invalid, "say with which words of this turn the second one begins")
	}
	return headway.NewRuler(text.Text).Point(at), nil
}
