package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Everybody and everything in these conversations is invented.

var ctx = context.Background()

const home = store.Home

// monday is when everything in these tests happens.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 123_000, time.UTC)

// said is one turn: who, and what.
type said struct{ who, what string }

// talk makes a conversation of turns, with sides as given.
func talk(key string, sides map[string]headway.Side, turns ...said) headway.Conversation {
	d := headway.NewDraft("test", key)
	for _, t := range turns {
		d.Say(t.who, t.what)
	}
	c := d.Conversation()
	c.File, c.Format, c.Genre = key+".vtt", "vtt", headway.Interview
	for i := range c.Speakers {
		if side := sides[c.Speakers[i].Name]; side != "" {
			c.Speakers[i].Side, c.Speakers[i].Settled = side, headway.SettledRole
		}
	}
	return *c
}

var sides = map[string]headway.Side{"Interviewer": headway.Ours, "Olga": headway.Theirs, "Bert": headway.Theirs}

// mugs is a conversation with every field filled.
func mugs() headway.Conversation {
	d := headway.NewDraft("test", "mugs")
	t := d.Say("Interviewer", "What did you do before the mugs?")
	t.Times = []headway.TimeMark{{Offset: 0, MS: 61_000}, {Offset: 12, MS: 62_500}}
	t.Lines = []headway.LineMark{{Offset: 0, Line: 7}}
	t.EndMS = 63_000
	t = d.Say("Ольга 🦊", "Nothing — we gave\nchocolate. 🍫 It was “eaten”\tby noon, naïvely. \uFEFF\u200B e\u0301")
	t.Times = []headway.TimeMark{{Offset: 5, MS: 70_000}, {Offset: 3, MS: 60_000}}
	t.Lines = []headway.LineMark{{Offset: 0, Line: 9}, {Offset: 18, Line: 12}, {Offset: 20, Line: 4}}
	d.Say("", "[music]")
	d.Say("Interviewer", "What did you do before the mugs?")
	c := d.Conversation()
	c.Source, c.File, c.Row, c.Title = "5f1d", "calls.zip/mugs.vtt", 3, "Mugs, the second call"
	c.Format, c.Genre, c.Product = "vtt", headway.Call, "mug, blue"
	c.Date = headway.Date{Time: monday, From: headway.DateFromHeader}
	c.Findings = []headway.Finding{{Line: 4, What: "timestamp runs backwards; kept the words"}, {What: "left out", Text: "NOTE x"}}
	c.Speakers[0] = speaker(c.Speakers[0], "marta@example.com", "", headway.Ours, headway.SettledFlag)
	c.Speakers[1] = speaker(c.Speakers[1], "", "crm:12", headway.Unknown, headway.Unsettled)
	c.Speakers[1].Guess, c.Speakers[1].GuessWhy = headway.Theirs, "asks 0 of 2 questions"
	return *c
}

func speaker(s headway.Speaker, email, key string, side headway.Side, by headway.Settled) headway.Speaker {
	s.Email, s.Key, s.Side, s.Settled = email, key, side, by
	return s
}

// three are plain conversations with sides.
func three() []headway.Conversation {
	return []headway.Conversation{
		talk("olga", sides, said{"Interviewer", "What is hard about stocktaking?"}, said{"Olga", "We count the boxes by hand, and the spreadsheet never agrees."}),
		talk("bert", sides, said{"Interviewer", "What would you have done otherwise?"}, said{"Bert", "I would have hired a student to count boxes."}, said{"Interviewer", "Counting is a pity."}),
		talk("nobody", nil, said{"Speaker 1", "Hello?"}, said{"Speaker 2", "The spreadsheet again."}),
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got is a value that must come without an error.
func got[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// wantCode sees that something is refused with a code, in words that a member can be
// shown as they are: no call or deed is named before them.
func wantCode(t *testing.T, err error, want headway.Code) {
	t.Helper()
	if code := headway.ErrorCode(err); code != want {
		t.Errorf("error %v has code %q, want %q", err, code, want)
	}
	if _, plain := err.(*headway.Error); !plain {
		t.Errorf("%q says what the program did, and not only what the member is to do", err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func add(t *testing.T, s store.Store, cs ...headway.Conversation) {
	t.Helper()
	n, err := s.AddConversations(ctx, home, cs)
	must(t, err)
	if n != len(cs) {
		t.Fatalf("added %d of %d", n, len(cs))
	}
}

// apply applies op, done on Monday.
func apply(t *testing.T, s store.Store, op headway.Operation) headway.Operation {
	t.Helper()
	op.At = monday
	kept, err := s.Apply(ctx, home, op)
	must(t, err)
	return kept
}

// refuse sees that op is refused with a code.
func refuse(t *testing.T, s store.Store, want headway.Code, op headway.Operation) {
	t.Helper()
	op.At = monday
	_, err := s.Apply(ctx, home, op)
	wantCode(t, err, want)
}

// guesses makes open guesses of a study.
func guesses(t *testing.T, study headway.StudyID, texts ...string) (all []headway.Guess) {
	t.Helper()
	for i, text := range texts {
		g, err := headway.NewGuess(study, headway.Slots()[i], text)
		must(t, err)
		g.Author, g.Member, g.At = "Tom", "m1", monday
		all = append(all, g)
	}
	return all
}

func ids(all []headway.Guess) (ids []headway.GuessID) {
	for _, g := range all {
		ids = append(ids, g.ID)
	}
	return ids
}

// openStudy puts a study with two guesses.
func openStudy(t *testing.T, s store.Store) (headway.StudyID, []headway.Guess) {
	t.Helper()
	study := headway.Study{ID: "s1", Name: "Why mugs?", About: headway.OurCustomers, Phase: headway.Guessing, Opened: monday}
	must(t, s.PutStudy(ctx, home, study))
	all := guesses(t, study.ID, "They run out of stock", "They fear the year's end")
	must(t, s.PutGuesses(ctx, home, study.ID, all))
	return study.ID, all
}

// seal seals guesses after previous.
func seal(t *testing.T, s store.Store, study headway.StudyID, all []headway.Guess, previous string) string {
	t.Helper()
	closed := append([]headway.Guess(nil), all...)
	last := headway.SealAll(closed, previous)
	apply(t, s, headway.Operation{Deed: headway.DeedSeal, Study: study, Guesses: ids(all), Seal: last})
	return last
}
