package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Living tells those who look at the same conversation what others do there.
type Living interface {
	// Changes lists the deeds after seq about a conversation, and the last Seq.
	Changes(ctx context.Context, c headway.ConversationID, through headway.StudyID, after int64) ([]flow.Change, int64, error)
	// Moved gives a channel that is closed when the next deed is done.
	Moved() <-chan struct{}
}

// longestStream is how long one answer goes on; the browser then asks again by
// itself, and who may no longer look is not let in.
const longestStream = 5 * time.Minute

// heartbeat tells the way between that the stream is alive.
const heartbeat = 20 * time.Second

// breath is how long deeds gather before they are told.
const breath = time.Second / 20

// live streams what others do in a conversation, and who is there: ids and
// places, never words.
func (s *server) live(w http.ResponseWriter, r *http.Request) error {
	id, study := headway.ConversationID(r.PathValue("conversation")), headway.StudyID(r.FormValue("study"))
	last, err := strconv.ParseInt(cmp.Or(r.Header.Get("Last-Event-ID"), r.FormValue("after"), "0"), 10, 64)
	if err != nil {
		return headway.Errorf(headway.Invalid, "after is the number of the last deed that is known, not %q", r.FormValue("after"))
	}
	if _, _, err := s.hw.Changes(r.Context(), id, study, last); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Time{})
	me, _ := headway.MemberFrom(r.Context())
	leave := s.presence.enter(id, me)
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), longestStream)
	defer cancel()
	for {
		moved, others := s.hw.Moved(), s.presence.moved(id)
		if !s.admits(r) {
			return nil
		}
		changes, now, err := s.hw.Changes(ctx, id, study, last)
		if err != nil {
			return nil // removed, or may not be shown any more: the page finds out when it asks
		}
		last = max(last, now)
		writeNews(w, last, changes, s.presence.others(id, me.ID))
		if err := out.Flush(); err != nil {
			return nil
		}
		select {
		case <-moved:
		case <-others:
		case <-time.After(heartbeat):
		case <-ctx.Done():
			return nil
		}
		if !received(ctx, time.After(breath)) {
			return nil
		}
	}
}

func writeNews(w http.ResponseWriter, last int64, changes []flow.Change, people []present) {
	data, _ := json.Marshal(struct {
		Changes []flow.Change `json:"changes"`
		People  []present     `json:"people"`
	}{changes, people})
	fmt.Fprintf(w, "id: %d\ndata: %s\n\n", last, data)
}

// here says at which turn somebody is.
func (s *server) here(w http.ResponseWriter, r *http.Request) error {
	me, _ := headway.MemberFrom(r.Context())
	s.presence.move(headway.ConversationID(r.PathValue("conversation")), me.ID, headway.TurnID(r.PostFormValue("turn")))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// presence knows who looks at which conversation now. It is forgotten with the
// program, and tells nothing but names and turns.
type presence struct {
	mu    sync.Mutex
	rooms map[headway.ConversationID]*room
}

type room struct {
	people  map[headway.MemberID]*present
	changed chan struct{}
}

// present is somebody who looks at a conversation.
type present struct {
	Name string         `json:"name"`
	Turn headway.TurnID `json:"turn,omitempty"`
	tabs int            // in which they have it open
}

// enter lets somebody in; what it gives lets them out.
func (p *presence) enter(c headway.ConversationID, m headway.Member) (leave func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := p.rooms[c]
	if in == nil {
		in = &room{people: map[headway.MemberID]*present{}, changed: make(chan struct{})}
		p.rooms[c] = in
	}
	if in.people[m.ID] == nil {
		in.people[m.ID] = &present{Name: m.Name}
		in.tell()
	}
	in.people[m.ID].tabs++
	return func() { p.leave(c, m.ID) }
}

func (p *presence) leave(c headway.ConversationID, m headway.MemberID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := p.rooms[c]
	if in.people[m].tabs--; in.people[m].tabs > 0 {
		return
	}
	delete(in.people, m)
	in.tell()
	if len(in.people) == 0 {
		delete(p.rooms, c)
	}
}

// move notes where somebody is, if they are in at all.
func (p *presence) move(c headway.ConversationID, m headway.MemberID, turn headway.TurnID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if in := p.rooms[c]; in != nil && in.people[m] != nil && in.people[m].Turn != turn {
		in.people[m].Turn = turn
		in.tell()
	}
}

// moved gives a channel that is closed when somebody next comes, goes or moves.
func (p *presence) moved(c headway.ConversationID) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rooms[c].changed
}

// others lists who is there beside one, by name.
func (p *presence) others(c headway.ConversationID, beside headway.MemberID) []present {
	p.mu.Lock()
	defer p.mu.Unlock()
	others := []present{}
	for id, one := range p.rooms[c].people {
		if id != beside {
			others = append(others, *one)
		}
	}
	slices.SortFunc(others, func(a, b present) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Turn, b.Turn)) })
	return others
}

func (r *room) tell() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// admits says whether whoever asked may still be answered: a stream goes on
// longer than a session may.
func (s *server) admits(r *http.Request) bool {
	_, err := s.caller(r)
	return err == nil
}
