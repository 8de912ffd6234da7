package web

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
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
	Plain      bool
	Transcript template.HTML // written by transcript, which escapes every word
	Self       string        // this page's address, to come back to
	Study      headway.StudyID
	Conduct    *conductView // how we led it, nil where nothing can be said
	Marks      marksView    // how surely they were heard
}

// showConversation opens a transcript, at the words if the address names a place.
func (s *server) showConversation(w http.ResponseWriter, r *http.Request) error {
	through := headway.StudyID(r.FormValue("study"))
	c, hearing, err := s.hw.Conversation(r.Context(), headway.ConversationID(r.PathValue("conversation")), through)
	if err != nil {
		return err
	}
	at := headway.Span{}
	if place := r.FormValue("at"); place != "" {
		if at, err = parseSpan(place); err != nil {
			return err
		}
	}
	view := conversationView{
		Conversation: c, Name: conversationName(c), ToPlace: unplaced(c), Unheard: hearing.Unheard, By: hearing.Version,
		Plain: r.FormValue("plain") != "", Self: localPath(r.URL.RequestURI()),
		Study: through,
	}
	for _, h := range hearing.Sentences {
		if countsAnything(h) {
			view.Heard++
		}
		if h.Unheard != "" {
			view.Foreign++
		}
	}
	p := newPage("conversation", view.Name)
	study, found, err := s.studyOf(r, c.ID, view.Study)
	if err != nil {
		return err
	}
	if found {
		view.Study = study.ID
		p = p.of(study, "conversation")
	}
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return err
	}
	view.Marks = viewMarks(&c, hearing, judged)
	written := newTranscript(&c, hearing, judged, at)
	written.judges = found
	var out strings.Builder
	written.write(&out)
	view.Transcript = template.HTML(out.String())
	view.Conduct = viewConduct(view.Study, &c, hearing)
	if view.Closely, err = s.hw.Closeness(r.Context(), view.Study); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, p, view)
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
