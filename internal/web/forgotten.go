package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// Forgetting tells what was forgotten, and what rested on it.
type Forgetting interface {
	Forgotten(ctx context.Context) (flow.Forgotten, error)
}

// forgottenView is everybody who was erased, by day alone, the last first.
type forgottenView struct{ Days []forgottenDay }

type forgottenDay struct {
	On   string
	Lost []forgottenDeed
}

// forgottenDeed is something that lost its support. Its place has no words.
type forgottenDeed struct {
	What, Href string
	Since      string // when it was said
}

func (s *server) showForgotten(w http.ResponseWriter, r *http.Request) error {
	all, err := s.hw.Forgotten(r.Context())
	if err != nil {
		return err
	}
	view := forgottenView{}
	for _, op := range slices.Backward(all.Deeds) {
		day := forgottenDay{On: dayOf(op.At)}
		for _, l := range all.Lost {
			if l.On.Equal(op.At) {
				day.Lost = append(day.Lost, viewLost(l))
			}
		}
		view.Days = append(view.Days, day)
	}
	return s.render(w, r, http.StatusOK, newPage("forgotten", "Forgotten"), view)
}

// viewLost leads to where a deed showed: the guess it was about, or the turn.
func viewLost(l deed.Lost) forgottenDeed {
	c := forgottenDeed{What: wasDone(l.Operation), Since: dayOf(l.At)}
	switch {
	case l.Guess != "":
		c.Href = studyPath(l.Study, "mirror") + "#guess-" + string(l.Guess)
	case l.Conversation != "":
		c.Href = "/conversation/" + string(l.Conversation) + "#t-" + string(l.Span.Text.Turn())
	}
	return c
}

// wordsForgotten says of words that somebody was sent a link to that they are gone.
func (s *server) wordsForgotten(r *http.Request, at headway.Span) error {
	all, err := s.hw.Forgotten(r.Context())
	if err != nil {
		return err
	}
	return forgottenSince(all.Words(at), "the words that this link showed are gone")
}

// unlessForgotten says of somebody who is not here that they were forgotten, where
// that is why.
func (s *server) unlessForgotten(r *http.Request, person headway.PersonID, err error) error {
	if headway.ErrorCode(err) != headway.NotFound {
		return err
	}
	all, failed := s.hw.Forgotten(r.Context())
	if failed != nil || all.Person(person).IsZero() {
		return err
	}
	return forgottenSince(all.Person(person), "this person is not here any more")
}

func forgottenSince(on time.Time, what string) error {
	return headway.Errorf(headway.NotFound, "%s; what rested on their words has %s", what, deed.Forgotten(on))
}

// wasDone says what a deed was, in the words of its page: "kept as struggle".
func wasDone(op headway.Operation) string {
	switch op.Deed {
	case headway.DeedJudge:
		return judgedAs(op.Verdict, "a guess")
	case headway.DeedTest:
		return judgedAs(op.Verdict, "something taken for granted")
	case headway.DeedMark, headway.DeedSettle:
		return string(op.Verdict) + " as " + labelName(op.Label)
	case headway.DeedNote:
		return "a note"
	case headway.DeedPromise:
		return "a promise"
	case headway.DeedPlayback:
		return "a play-back"
	case headway.DeedReply:
		return "what came back of a play-back"
	case headway.DeedRepair:
		return "what we got wrong"
	case headway.DeedBear:
		return judgedAs(op.Verdict, "a claim")
	case headway.DeedChoose:
		return "what a choice about a claim rested on"
	case headway.DeedEpisode:
		return "where an episode begins"
	}
	return string(op.Deed)
}

func judgedAs(v headway.Verdict, what string) string {
	switch v {
	case headway.Supports:
		return "supported " + what
	case headway.Partly:
		return "partly supported " + what
	case headway.Contradicts:
		return "contradicted " + what
	}
	return "not about " + what
}

// allWas says what several deeds were, each once.
func allWas(lost []deed.Lost) string {
	var all []string
	for _, l := range lost {
		if is := wasDone(l.Operation); !slices.Contains(all, is) {
			all = append(all, is)
		}
	}
	return strings.Join(all, ", ")
}

// toldLost says what deeds were, and since when they have nothing to rest on; "" for
// none.
func toldLost(lost []deed.Lost) string {
	if len(lost) == 0 {
		return ""
	}
	return sentence(allWas(lost) + ": " + deed.ForgottenAll(lost))
}

// writeLost says beside a turn what rested on words that were forgotten.
func writeLost(w io.Writer, lost []deed.Lost) {
	if len(lost) > 0 {
		fmt.Fprintf(w, "<p class=\"lost\">%s</p>", esc(toldLost(lost)))
	}
}
