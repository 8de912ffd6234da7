package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// conversationView is one conversation to read.
type conversationView struct {
	headway.Conversation
	Name       string
	ToPlace    []headway.Speaker
	Unheard    string
	Foreign    int    // sentences not heard, where others are
	Heard      int    // sentences in which something counted was heard
	By         string // the version that heard them
	Closely    flow.Closeness
	Window     window
	Transcript template.HTML // where the transcript goes, see showConversation
	Self       string        // this page's address, to come back to
	Study      headway.StudyID
	Seq        int64 // of the last deed that it shows
	Judges     bool
	Conduct    *conductView // how we led it, nil where nothing can be said
	Marks      marksView    // how surely they were heard
	Kinds      []kindKey    // what a key puts on a customer's words
	Acts       []kindKey    // and on ours
	Choice     choiceView
	Overview   overview
	Dealt      dealtView
	Voice      *playerView // nil where there is no recording
	Timed      bool        // a recording could be followed
	Shares     bool        // the reader may make links
}

// transcriptGoesHere is put where the transcript is to stand, so that the page
// before it can be sent before the transcript is written.
const transcriptGoesHere = template.HTML("<!--transcript-->")

// reading is what a reader asked for, as far as it has been looked up.
type reading struct {
	c       headway.Conversation // narrowed to the window
	hearing headway.Hearing
	judged  deed.Judgements
	study   headway.Study // revealed, and holds the conversation
	found   bool          // there is such a study
	through headway.StudyID
	window  window
	seq     int64 // of the last deed
}

// showConversation opens a transcript, at the words if the address names a place.
// It sends the page's head and the first sections, and writes the rest while
// the browser is already showing those.
func (s *server) showConversation(w http.ResponseWriter, r *http.Request) error {
	if at := r.FormValue("turn"); at != "" {
		return s.goToTurn(w, r, at)
	}
	at := headway.Span{}
	if place := r.FormValue("at"); place != "" {
		var err error
		if at, err = parseSpan(place); err != nil {
			return err
		}
	}
	read, err := s.read(r)
	if err != nil {
		return err
	}
	written, err := s.transcript(r, read, at)
	if err != nil {
		return err
	}
	view, err := s.viewConversation(r, read, written)
	if err != nil {
		return err
	}
	p := newPage("conversation", view.Name)
	if read.found {
		p = p.of(read.study, "conversation")
	}
	p.Reader = true
	var page bytes.Buffer
	if err := s.write(&page, r, p, view); err != nil {
		return err
	}
	return s.sendTranscript(w, r, page.Bytes(), written)
}

// sendTranscript sends a page with the transcript in its place.
func (s *server) sendTranscript(w http.ResponseWriter, r *http.Request, page []byte, t *transcript) error {
	head, tail, _ := bytes.Cut(page, []byte(transcriptGoesHere))
	out := s.newStream(w, r)
	out.send(head)
	for i := range t.sections() {
		if i == 2 {
			out.flush()
		}
		out.sendKept(t.section(i))
	}
	out.send(tail)
	out.end()
	return nil // the reader may have left
}

// read looks up a conversation as this request may see it.
func (s *server) read(r *http.Request) (read reading, err error) {
	read.through = headway.StudyID(r.FormValue("study"))
	id := headway.ConversationID(r.PathValue("conversation"))
	if read.c, read.hearing, err = s.hw.Conversation(r.Context(), id, read.through); err != nil {
		return read, err
	}
	if read.study, read.found, err = s.studyOf(r, id, read.through); err != nil {
		return read, err
	}
	if read.found {
		read.through = read.study.ID
	}
	if read.window, err = readWindow(r, len(read.c.Turns)); err != nil {
		return read, err
	}
	if _, read.seq, err = s.hw.Changes(r.Context(), id, read.through, lastOfAll); err != nil {
		return read, err
	}
	read.judged, err = s.hw.Judgements(r.Context())
	return read, err
}

// lastOfAll is greater than any deed's Seq.
const lastOfAll = 1 << 53

// transcript makes the writer of what was read.
func (s *server) transcript(r *http.Request, read reading, at headway.Span) (*transcript, error) {
	c := read.c
	c.Turns = read.window.of(c.Turns)
	t := newTranscript(&c, read.hearing, read.judged, at)
	t.first, t.judges, t.study = read.window.First, read.found, read.study.ID
	t.light = !read.window.Plain && !read.window.Chosen
	if t.judges && read.window.Plain {
		t.form = sendable(c.ID, read.through, localPath(r.URL.RequestURI()))
	}
	var err error
	if t.name, err = s.namer(r); err != nil {
		return nil, err
	}
	if choice := readChoice(r); choice.Any() {
		t.show(choice)
	}
	return t, s.addNotes(r, t, read.judged)
}

// sendable begins a section as a form: each has its own, for a browser takes the
// longer over buttons the more of them belong to a form elsewhere in the page.
func sendable(c headway.ConversationID, study headway.StudyID, back string) string {
	return fmt.Sprintf("<form class=\"turns\" method=\"post\" action=\"/conversation/%s/marks\"><input type=\"hidden\" name=\"study\" value=\"%s\"><input type=\"hidden\" name=\"back\" value=\"%s\">",
		esc(string(c)), esc(string(study)), esc(back))
}

func (s *server) viewConversation(r *http.Request, read reading, t *transcript) (conversationView, error) {
	c := read.c
	view := conversationView{
		Conversation: c, Name: conversationName(c), ToPlace: unplaced(c), Unheard: read.hearing.Unheard, By: read.hearing.Version,
		Window: read.window, Transcript: transcriptGoesHere, Self: localPath(r.URL.RequestURI()),
		Study: read.through, Seq: read.seq, Judges: read.found, Kinds: kindKeys(headway.Theirs), Acts: kindKeys(headway.Ours),
		Marks: viewMarks(&c, read.hearing, read.judged), Overview: newOverview(t),
		Shares: s.options.Access != nil && mayWrite(r),
	}
	for _, h := range read.hearing.Sentences {
		if countsAnything(h) {
			view.Heard++
		}
		if h.Unheard != "" {
			view.Foreign++
		}
	}
	view.Choice = viewChoice(readChoice(r), t)
	if !view.Window.Part() {
		view.Conduct = viewConduct(view.Study, &c, read.hearing)
	}
	var err error
	if view.Dealt, err = s.dealt(r, &c); err != nil {
		return view, err
	}
	view.Timed = timed(&c)
	if view.Voice, err = s.viewVoice(r, &c, view.Study); err != nil {
		return view, err
	}
	view.Closely, err = s.hw.Closeness(r.Context(), view.Study)
	return view, err
}

// goToTurn leads to a turn by its number.
func (s *server) goToTurn(w http.ResponseWriter, r *http.Request, number string) error {
	c, _, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study")))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(c.Turns) {
		return headway.Errorf(headway.Invalid, "this conversation has turns 1 to %d; there is no turn %q", len(c.Turns), cutRunes(number, 12))
	}
	turn := c.Turns[n-1].ID
	query := r.URL.Query()
	query.Del("turn")
	to := r.URL.Path
	if len(query) > 0 {
		to += "?" + query.Encode()
	}
	http.Redirect(w, r, to+"#t-"+string(turn), http.StatusSeeOther)
	return nil
}

// studyOf gives a revealed study that holds a conversation, the named one
// before others: a page of the sample is marked invented however it was reached.
func (s *server) studyOf(r *http.Request, c headway.ConversationID, named headway.StudyID) (study headway.Study, found bool, err error) {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return headway.Study{}, false, err
	}
	for _, candidate := range studies {
		if !candidate.Phase.Revealed() || found && candidate.ID != named {
			continue
		}
		heads, err := s.hw.Conversations(r.Context(), candidate.ID)
		if err != nil {
			return headway.Study{}, false, err
		}
		if slices.ContainsFunc(heads, func(h flow.Head) bool { return h.ID == c }) {
			study, found = candidate, true
		}
	}
	return study, found, nil
}

func conversationName(c headway.Conversation) string {
	switch {
	case c.Title != "":
		return c.Title
	case c.Row > 0:
		return c.File + ", row " + thousand(c.Row)
	}
	return c.File
}

func unplaced(c headway.Conversation) []headway.Speaker {
	var all []headway.Speaker
	for _, s := range c.Speakers {
		if s.Side == headway.Unknown {
			all = append(all, s)
		}
	}
	return all
}

func countsAnything(h headway.Heard) bool {
	for _, l := range h.Labels {
		if l.Counted {
			return true
		}
	}
	return false
}

// kindKey is a label and the key that puts it on words.
type kindKey struct {
	Label headway.Label
	Key   string
}

// kindKeys gives the keys of a side's labels: the numbers, then a letter of the
// name.
func kindKeys(side headway.Side) []kindKey {
	labels, letters := headway.Kinds(), []string{"r", "a", "d"}
	if side == headway.Ours {
		labels, letters = told, nil
	}
	keys := make([]kindKey, len(labels))
	for i, l := range labels {
		keys[i].Label = l
		if i < 9 {
			keys[i].Key = strconv.Itoa(i + 1)
		} else if i-9 < len(letters) {
			keys[i].Key = letters[i-9]
		}
	}
	return keys
}

// readChoice reads which moments are to be seen.
func readChoice(r *http.Request) (c momentChoice) {
	for _, kind := range r.Form["kind"] {
		if slices.Contains(headway.Kinds(), headway.Label(kind)) {
			c.Kinds = append(c.Kinds, headway.Label(kind))
		}
	}
	c.Who = strings.TrimSpace(r.FormValue("who"))
	return c
}
