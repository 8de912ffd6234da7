package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"
)

// server is the Headway that is put under load, and what is in it.
type server struct {
	base   string
	study  string
	client *http.Client
	talks  []talk
	words  []string // to search for
}

type talk struct {
	ID        string `json:"id"`
	sentences []place
}

type place struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// open exchanges the key for a cookie and reads what there is to work on.
func open(ctx context.Context, address, study string) (*server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Query().Get("key") == "" || study == "" {
		return nil, fmt.Errorf("-url needs the whole address with its key, and -study a study's id")
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s := &server{base: u.Scheme + "://" + u.Host, study: study, client: &http.Client{
		Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1000, MaxConnsPerHost: 0},
	}}
	if _, err := s.get(ctx, "/?key="+u.Query().Get("key")); err != nil {
		return nil, err
	}
	var talks struct {
		Items []talk `json:"items"`
	}
	if err := s.read(ctx, "/api/v1/studies/"+study+"/conversations?limit=200", &talks); err != nil {
		return nil, err
	}
	for _, t := range talks.Items {
		if err := s.learn(ctx, &t); err != nil {
			return nil, err
		}
		if len(t.sentences) > 0 {
			s.talks = append(s.talks, t)
		}
	}
	if len(s.talks) == 0 {
		return nil, fmt.Errorf("nothing was heard in study %s: import conversations first", study)
	}
	return s, nil
}

// learn reads where something was heard in a conversation, and words to search.
func (s *server) learn(ctx context.Context, t *talk) error {
	var moments struct {
		Items []struct {
			Side  string `json:"side"`
			Quote struct {
				Span place  `json:"span"`
				Text string `json:"text"`
			} `json:"quote"`
		} `json:"items"`
	}
	if err := s.read(ctx, "/api/v1/conversations/"+t.ID+"/moments?limit=200&study="+s.study, &moments); err != nil {
		return err
	}
	for _, m := range moments.Items {
		if m.Side == "theirs" { // the kinds that people mark are a customer's
			t.sentences = append(t.sentences, m.Quote.Span)
		}
		s.words = append(s.words, strings.FieldsFunc(m.Quote.Text, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') })...)
	}
	s.words = slices.DeleteFunc(s.words, func(w string) bool { return len(w) < 4 })
	return nil
}

func (s *server) read(ctx context.Context, path string, into any) error {
	body, err := s.get(ctx, path)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

func (s *server) get(ctx context.Context, path string) ([]byte, error) {
	return s.do(ctx, http.MethodGet, path, nil)
}

func (s *server) do(ctx context.Context, method, path string, body any) ([]byte, error) {
	var sent io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		sent = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, sent)
	if err != nil {
		return nil, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 400 {
		err = fmt.Errorf("%s %s: %s: %.200s", method, path, answer.Status, data)
	}
	return data, err
}

// person is somebody at work.
type person struct {
	*server
	took   *took
	pause  time.Duration
	n      int
	writes bool
}

func (p person) work(ctx context.Context) {
	r := rand.New(rand.NewPCG(uint64(p.n), 7))
	for {
		select {
		case <-time.After(time.Duration(r.ExpFloat64() * float64(p.pause))):
		case <-ctx.Done():
			return
		}
		act := p.reads(r)
		if p.writes {
			act = p.marks(r)
		}
		began := time.Now()
		_, err := p.do(ctx, act.method, act.path, act.body)
		if ctx.Err() == nil {
			p.took.note(act.what, time.Since(began), err)
		}
	}
}

// act is one thing that a person does.
type act struct {
	what, method, path string
	body               any
}

func (p person) reads(r *rand.Rand) act {
	t := p.talks[r.IntN(len(p.talks))]
	switch n := r.IntN(100); {
	case n < 50:
		return act{"read a conversation", http.MethodGet, "/conversation/" + t.ID + "?study=" + p.study, nil}
	case n < 75:
		return act{"search", http.MethodGet, "/search?q=" + p.words[r.IntN(len(p.words))] + "&study=" + p.study, nil}
	case n < 90:
		return act{"read the mirror", http.MethodGet, "/study/" + p.study + "/mirror", nil}
	}
	return act{"start", http.MethodGet, "/", nil}
}

func (p person) marks(r *rand.Rand) act {
	t := p.talks[r.IntN(min(3, len(p.talks)))] // several in the same conversation
	at := []place{t.sentences[r.IntN(len(t.sentences))]}
	switch n := r.IntN(100); {
	case n < 80:
		label := []string{"situation", "struggle", "motivation", "measure", "anxiety"}[r.IntN(5)]
		verdict := []string{"kept", "dismissed", "undecided"}[r.IntN(3)]
		return act{"save a mark", http.MethodPost, "/api/v1/marks", map[string]any{"marks": []any{map[string]any{"spans": at, "label": label, "verdict": verdict}}}}
	case n < 90:
		return act{"write a note", http.MethodPost, "/api/v1/notes", map[string]any{"spans": at, "words": fmt.Sprintf("note of %d", p.n)}}
	}
	return act{"read a conversation", http.MethodGet, "/conversation/" + t.ID + "?study=" + p.study, nil}
}

// listen keeps the live stream of a page open, as a browser does.
func (p person) listen(ctx context.Context) {
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/conversation/"+p.talks[p.n%len(p.talks)].ID+"/live?study="+p.study, nil)
		if err != nil {
			return
		}
		answer, err := p.client.Do(r)
		if err == nil && answer.StatusCode != http.StatusOK {
			err = fmt.Errorf("live: %s", answer.Status)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
		if ctx.Err() == nil && err != nil {
			p.took.note("live stream", 0, err)
			return
		}
	}
}
