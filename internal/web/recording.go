package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Recording keeps the sound or video of conversations, to hear words where they
// stand.
type Recording interface {
	Record(ctx context.Context, id headway.ConversationID, through headway.StudyID, data []byte) error
	HasRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) (bool, error)
	Recording(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]byte, time.Time, error)
	DropRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) error
}

// playerView is what the player needs.
type playerView struct {
	Href  string // of the recording
	Times string // "turn point ms point ms ..." lines
}

// talkOf names the conversation of a request and the study it is seen through.
func talkOf(r *http.Request) (headway.ConversationID, headway.StudyID) {
	return headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study"))
}

// playRecording sends a recording, or the range of it that a player asks for.
func (s *server) playRecording(w http.ResponseWriter, r *http.Request) error {
	id, study := talkOf(r)
	data, kept, err := s.hw.Recording(r.Context(), id, study)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", cmp.Or(flow.MediaType(data), "application/octet-stream"))
	http.ServeContent(w, r, "", kept, bytes.NewReader(data))
	return nil
}

// keepRecording takes the file that a member chose.
func (s *server) keepRecording(w http.ResponseWriter, r *http.Request) error {
	file, _, err := r.FormFile("recording")
	if err != nil {
		return headway.Errorf(headway.Invalid, "choose the file of the recording")
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return headway.Errorf(headway.Invalid, "the recording did not arrive whole: try again")
	}
	id, study := talkOf(r)
	if err := s.hw.Record(r.Context(), id, study, data); err != nil {
		return err
	}
	return back(w, r, "/conversation/"+string(id))
}

func (s *server) dropRecording(w http.ResponseWriter, r *http.Request) error {
	id, study := talkOf(r)
	if err := s.hw.DropRecording(r.Context(), id, study); err != nil {
		return err
	}
	return back(w, r, "/conversation/"+string(id))
}

// viewVoice tells the page where the recording is and when each turn is said;
// nil where there is none.
func (s *server) viewVoice(r *http.Request, c *headway.Conversation, study headway.StudyID) (*playerView, error) {
	has, err := s.hw.HasRecording(r.Context(), c.ID, study)
	if err != nil || !has {
		return nil, err
	}
	return &playerView{Href: "/conversation/" + string(c.ID) + "/recording?study=" + string(study), Times: saidWhen(c)}, nil
}

// saidWhen writes for each turn with times which code point is said when, in
// milliseconds; its end is where its file says so, else where the next begins.
func saidWhen(c *headway.Conversation) string {
	var b strings.Builder
	for i, t := range c.Turns {
		if len(t.Times) == 0 {
			continue
		}
		b.WriteString(string(t.ID))
		for _, at := range t.Times {
			fmt.Fprintf(&b, " %d %d", at.Offset, at.MS)
		}
		end := t.EndMS
		if end == 0 && i+1 < len(c.Turns) {
			end, _ = c.Turns[i+1].Started()
		}
		if last := t.Times[len(t.Times)-1]; end > last.MS {
			fmt.Fprintf(&b, " %d %d", headway.NewRuler(t.Text.Text).Point(len(t.Text.Text)), end)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// timed says whether any turn says when it was said.
func timed(c *headway.Conversation) bool {
	for _, t := range c.Turns {
		if len(t.Times) > 0 {
			return true
		}
	}
	return false
}
