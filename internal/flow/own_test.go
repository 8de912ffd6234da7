package flow

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/memblob"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/pgtest"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// docile holds a struggle .6 likely in every sentence of a customer's, and
// hears what own labels make of that.
var docile = Teaching{
	Rows: func(rows []hear.Row) (all [][]headway.Scored) {
		for range rows {
			var of []headway.Scored
			for _, kind := range headway.Kinds() {
				of = append(of, headway.Scored{Label: kind, Score: .01})
			}
			of[1].Score = .6
			all = append(all, of)
		}
		return all
	},
	Version: func(n int) string { return attentive.Version + ownVersionTag + string(rune('0'+n)) },
	Hear: func(c *headway.Conversation, n int, own hear.Own) headway.Hearing {
		h := attentive.Hear(c)
		h.Version = attentive.Version + ownVersionTag + string(rune('0'+n))
		rows, _ := hear.Rows(c)
		for i := range h.Sentences {
			for j := range h.Sentences[i].Labels {
				l := &h.Sentences[i].Labels[j]
				judged := own.Judge(hear.Judged{Row: rows[i], Kind: 1, Score: .6})
				l.By, l.Score, l.Counted = h.Version, judged.Score, judged.Counted
			}
		}
		return h
	},
}

// taught is a study of 24 conversations that are heard carefully, of which the
// first judged many were judged: no struggle in any sentence.
func taught(t *testing.T, kept store.Store, judged int) (*Flow, headway.StudyID) {
	t.Helper()
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	f := New(Config{Store: kept, Blobs: &memblob.Memory{}, Workspace: store.Home, Careful: attentive, Teaching: docile, Member: "lena", Now: func() time.Time { at = at.Add(time.Second); return at }})
	study := studyWith(t, f, "minutes").ID
	must(f.ImportNow(t.Context(), study, FileList(talks(24)), source.Options{}, nil))(t)
	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, head := range must(f.Conversations(t.Context(), study))(t)[:judged] {
		_, h, err := f.Conversation(t.Context(), head.ID, study)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range h.Sentences {
			if len(s.Labels) == 0 {
				continue
			}
			if err := f.Mark(t.Context(), headway.Passage{s.Span}, headway.Struggle, headway.Dismissed); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f, study
}

// talks are the first invented ones.
func talks(n int) (files []source.File) {
	for i := range n {
		files = append(files, invented(i))
	}
	return files
}

func onBothEngines(t *testing.T, test func(t *testing.T, kept store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, openTest(t).store) })
	t.Run("postgres", func(t *testing.T) {
		kept, err := sqlstore.OpenPostgres(t.Context(), pgtest.Fresh(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { kept.Close() })
		test(t, kept)
	})
}

func wantTaught(t *testing.T, f *Flow, inUse int, lost string) {
	t.Helper()
	got := must(f.Taught(t.Context()))(t)
	if got.InUse != inUse || !strings.Contains(got.Lost, lost) || lost == "" && got.Lost != "" {
		t.Errorf("own %d is in use, lost %q; want %d, %q", got.InUse, got.Lost, inUse, lost)
	}
}

func mirrored(t *testing.T, f *Flow, study headway.StudyID) string {
	t.Helper()
	m, _, err := f.Mirror(t.Context(), study, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOwnLabelsAreLearnedUsedAndGoneBackFrom(t *testing.T) {
	onBothEngines(t, func(t *testing.T, kept store.Store) {
		f, study := taught(t, kept, 20)
		before := mirrored(t, f, study)
		o := must(f.Train(t.Context()))(t)
		if all := o.Figures[0]; o.Number != 1 || !o.Better || o.Member != "lena" || all.After.Counted >= all.Before.Counted || o.Learned+o.HeldBack != 80 {
			t.Fatalf("learned %+v", o)
		}
		if again := must(f.Train(t.Context()))(t); again.Number != 1 {
			t.Errorf("the same verdicts were learned from again, as own %d", again.Number)
		}
		wantTaught(t, f, 0, "")
		if got := mirrored(t, f, study); got != before {
			t.Error("what was learned was put to use unasked")
		}

		if err := f.UseOwn(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		wantTaught(t, f, 1, "")
		wantCloseness(t, f, study, Closeness{Heard: 0, All: 24})
		wantHeardBy(t, f, study, map[string]int{"attentive 1": 16}) // until it is heard anew
		if err := f.HearCarefully(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantCloseness(t, f, study, Closeness{Heard: 24, All: 24})
		head := must(f.Conversations(t.Context(), study))(t)[0]
		_, h, err := f.Conversation(t.Context(), head.ID, study)
		if err != nil || h.Version != "attentive 1, own 1" {
			t.Errorf("heard by %q, %v", h.Version, err)
		}
		wantHeardBy(t, f, study, map[string]int{}) // no struggle is likely enough any more
		if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches > 0 {
			t.Errorf("%q", v.Wrong)
		}

		if err := f.UseOwn(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		wantTaught(t, f, 0, "")
		wantCloseness(t, f, study, Closeness{Heard: 24, All: 24}) // nothing is to be heard again
		if diff := cmp.Diff(before, mirrored(t, f, study)); diff != "" {
			t.Errorf("gone back, the mirror differs:\n%s", diff)
		}
	})
}

func TestWeightsThatSawARemovedConversationAreDropped(t *testing.T) {
	onBothEngines(t, func(t *testing.T, kept store.Store) {
		f, study := taught(t, kept, 24)
		o := must(f.Train(t.Context()))(t)
		if err := f.UseOwn(t.Context(), o.Number); err != nil {
			t.Fatal(err)
		}
		if err := f.HearCarefully(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := f.remove(t.Context(), store.ConversationFilter{IDs: o.From[:1]}); err != nil {
			t.Fatal(err)
		}
		wantTaught(t, f, 0, "own 1 had learned from a conversation that was removed")
		wantCloseness(t, f, study, Closeness{Heard: 23, All: 23})
		if err := f.UseOwn(t.Context(), o.Number); headway.ErrorCode(err) != headway.Conflict {
			t.Errorf("put to use again: %v", err)
		}
		for row, err := range f.store.AllDerived(t.Context(), f.ws, stepOwn, ownFormat) {
			if payload := string(must(row, err)(t).Payload); strings.Contains(payload, "asked") || strings.Contains(payload, string(o.From[1])) {
				t.Errorf("still kept: %s", payload)
			}
		}
		if again := must(f.Train(t.Context()))(t); again.Number != 2 {
			t.Errorf("learned anew as own %d, want 2", again.Number)
		}
	})
}

func TestARemovalThatWasInterruptedStillDropsWeights(t *testing.T) {
	f, _ := taught(t, openTest(t).store, 24)
	o := must(f.Train(t.Context()))(t)
	if err := f.UseOwn(t.Context(), o.Number); err != nil {
		t.Fatal(err)
	}
	// The deed is done, and the program killed before it could do more.
	if err := f.apply(t.Context(), headway.Operation{Deed: headway.DeedRemove, Conversations: o.From[:1]}); err != nil {
		t.Fatal(err)
	}
	if by := must(f.closest(t.Context()))(t); by.Version != attentive.Version {
		t.Errorf("hears by %q", by.Version)
	}
	wantTaught(t, f, 0, "removed")
	if err := f.Rederive(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for row, err := range f.store.AllDerived(t.Context(), f.ws, stepOwn, ownFormat) {
		if bytes.Contains(must(row, err)(t).Payload, []byte("asked")) {
			t.Error("the weights are still kept")
		}
	}
}

func TestWhatIsLearnedFromAConversationThatIsRemovedMeanwhileIsVoid(t *testing.T) {
	f, _ := taught(t, openTest(t).store, 24)
	first := must(f.Train(t.Context()))(t).From[0]
	read := 0
	f.teaching.Rows = func(rows []hear.Row) [][]headway.Scored {
		if read++; read == 24 { // the others are learned from
			if err := f.remove(t.Context(), store.ConversationFilter{IDs: []headway.ConversationID{first}}); err != nil {
				t.Error(err)
			}
		}
		return docile.Rows(rows)
	}
	clear(f.scored)
	must(f.Train(t.Context()))(t)
	if read != 24 {
		t.Fatalf("%d conversations were read", read)
	}
	for row, err := range f.store.AllDerived(t.Context(), f.ws, stepOwn, ownFormat) {
		if bytes.Contains(must(row, err)(t).Payload, []byte("asked")) {
			t.Error("the weights are kept")
		}
	}
}

// A title may be a customer's own heading.
func TestWhatIsHeldBackAndStillGuessedAboutIsNotNamed(t *testing.T) {
	f, _ := taught(t, openTest(t).store, 5)
	if got := must(f.Taught(t.Context()))(t); len(got.Held) == 0 {
		t.Fatal("nothing is named, though some can be judged")
	}
	guessing := must(f.OpenStudy(t.Context(), "Autumn calls", headway.OurCustomers))(t)
	must(f.ImportNow(t.Context(), guessing.ID, FileList(talks(24)), source.Options{}, nil))(t)
	if got := must(f.Taught(t.Context()))(t); len(got.Held) > 0 {
		t.Errorf("named %q", got.Held)
	}
}

func TestTooFewVerdictsAreRefusedWithHowManyMore(t *testing.T) {
	f, _ := taught(t, openTest(t).store, 5)
	_, err := f.Train(t.Context())
	if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "20 suggestions are judged") {
		t.Errorf("%v", err)
	}
	got := must(f.Taught(t.Context()))(t)
	if got.Judged() != 20 || got.More != learnsFrom-got.Learning+measuredOn-got.Apart {
		t.Errorf("%d judged, %d more: %+v", got.Judged(), got.More, got)
	}
}

func TestWhatNobodySuggestedTeachesNothing(t *testing.T) {
	f, study := taught(t, openTest(t).store, 0)
	head := must(f.Conversations(t.Context(), study))(t)[0]
	_, h, err := f.Conversation(t.Context(), head.ID, study)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.Sentences {
		if s.Side == headway.Theirs {
			if err := f.Mark(t.Context(), headway.Passage{s.Span}, headway.Decision, headway.Kept); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := must(f.Taught(t.Context()))(t); got.Judged() != 0 {
		t.Errorf("%d teach", got.Judged())
	}
}

func TestWhatWasLearnedNeverLeavesTheWorkspace(t *testing.T) {
	f, _ := taught(t, openTest(t).store, 24)
	o := must(f.Train(t.Context()))(t)
	if err := f.UseOwn(t.Context(), o.Number); err != nil {
		t.Fatal(err)
	}
	err := f.Export(t.Context(), func(name string, data []byte) error {
		if bytes.Contains(data, []byte(`"asked"`)) || bytes.Contains(data, []byte(`"shift"`)) {
			t.Errorf("%s holds weights", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := openTest(t)
	elsewhere.careful, elsewhere.teaching = attentive, docile
	ops := must(f.store.Operations(t.Context(), f.ws, store.OperationFilter{Deeds: []headway.Deed{headway.DeedOwn}}))(t)
	if len(ops) != 1 || ops[0].Own != 1 || ops[0].Member != "lena" {
		t.Fatalf("who put what to use: %+v", ops)
	}
	if err := elsewhere.apply(t.Context(), headway.Operation{Deed: headway.DeedOwn, Own: 1}); err != nil {
		t.Fatal(err)
	}
	wantTaught(t, elsewhere, 0, "another workspace")
	if by := must(elsewhere.closest(t.Context()))(t); by.Version != attentive.Version {
		t.Errorf("hears by %q there", by.Version)
	}
}
