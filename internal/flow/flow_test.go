package flow

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/fileblob"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

func openAt(t testing.TB, dir string) *Flow {
	t.Helper()
	db, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(dir, "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	blobs, err := fileblob.Open(filepath.Join(dir, "sources"))
	if err != nil {
		t.Fatal(err)
	}
	var seconds atomic.Int64
	return New(Config{Store: db, Blobs: blobs, Workspace: store.Home, Now: func() time.Time {
		return time.Date(2026, 11, 21, 8, 0, int(seconds.Add(1)), 0, time.UTC)
	}})
}

func openTest(t *testing.T) *Flow { return openAt(t, t.TempDir()) }

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// invented is a short interview of our own; n tells one from another.
func invented(n int) source.File {
	return source.File{Name: fmt.Sprintf("interview-%03d.txt", n), Data: fmt.Appendf(nil, `Interviewer: How do you do the stock count today?

Customer %[1]d: We count by hand every Friday, it takes me three hours and half of it is wrong. I want to be home at five on number %[1]d.

Interviewer: What would you have done if you could not have had the scanner?

Customer %[1]d: I would have asked my brother to build a spreadsheet. It went from three hours to ten minutes.
`, n)}
}

func studyWith(t *testing.T, f *Flow, guess string) headway.Study {
	t.Helper()
	s := must(f.OpenStudy(t.Context(), "stock", headway.OurCustomers))(t)
	must(f.Seal(t.Context(), s.ID, []headway.Guess{{Slot: headway.Measure, Text: guess}}))(t)
	return s
}

func TestAFileBecomesAMirror(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes instead of hours")
	var files []source.File
	for n := range 5 {
		files = append(files, invented(n))
	}
	p := must(f.ImportNow(t.Context(), s.ID, FileList(files), source.Options{}, nil))(t)
	if p.Added != 5 || p.FilesDone != 5 || p.Unplaced != 0 || len(p.Failed) != 0 {
		t.Fatalf("progress %+v", p)
	}
	m, texts, err := f.Mirror(t.Context(), s.ID, mirror.Choices{PerSlot: 3})
	if err != nil {
		t.Fatal(err)
	}
	if m.N != 5 || m.CouldAsk != 5 {
		t.Errorf("n = %d people, %d conversations in which we could ask; want 5 and 5", m.N, m.CouldAsk)
	}
	if len(m.YouSaid) != 1 || m.YouSaid[0].Candidates == 0 {
		t.Fatalf("the guess found no candidate: %+v", m.YouSaid)
	}
	for _, at := range m.Spans() {
		if texts.Quote(at).IsZero() {
			t.Errorf("%#v cannot be cut", at)
		}
	}
}

func TestTheSameFilesAgainAddNothing(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "minutes")
	files := FileList([]source.File{invented(1), invented(2)})
	must(f.ImportNow(t.Context(), s.ID, files, source.Options{}, nil))(t)
	before := must(f.store.Operations(t.Context(), f.ws, store.OperationFilter{}))(t)
	p := must(f.ImportNow(t.Context(), s.ID, files, source.Options{Theirs: []string{"Customer 1"}}, nil))(t)
	if p.Added != 0 {
		t.Errorf("added %d again", p.Added)
	}
	after := must(f.store.Operations(t.Context(), f.ws, store.OperationFilter{}))(t)
	if len(after) != len(before) {
		t.Errorf("%d operations more for nothing new", len(after)-len(before))
	}
}

func TestAThreadThatWentOnLosesNothingAndRepeatsNothing(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	talk := func(lines ...string) *headway.Conversation {
		d := headway.NewDraft("thread", "1")
		for i, line := range lines {
			d.Say([]string{"Jan", "Lena"}[i%2], line)
			d.Speaker("Jan").Side = headway.Ours
			d.Speaker("Lena").Side = headway.Theirs
		}
		return d.Conversation()
	}
	first := &shipment{flow: f, study: s.ID}
	first.hear(talk("What happened?", "We counted by hand."))
	if d := first.store(ctx); d.err != nil || d.added != 1 {
		t.Fatalf("%+v", d)
	}
	lines := []string{"What happened?", "We counted by hand.", "And then?", "Then we stopped.", "And today?", "Nobody counts."}
	for _, n := range []int{4, 4, 6, 2} { // the second time nothing is new, nor in what is older
		more := &shipment{flow: f, study: s.ID}
		more.hear(talk(lines[:n]...))
		if d := more.store(ctx); d.err != nil {
			t.Fatal(d.err)
		}
	}
	if v := must(f.Verify(ctx, nil))(t); v.Mismatches > 0 {
		t.Errorf("places in words that are not kept: %q", v.Wrong)
	}
	if m, _, err := f.Mirror(ctx, s.ID, mirror.Choices{}); err != nil || m.N != 1 {
		t.Errorf("Lena counts %d times, %v", m.N, err)
	}
	said := map[string]int{}
	for _, c := range must(f.whole(ctx, s.ID))(t) {
		for _, turn := range c.Turns {
			said[turn.Text.Text]++
		}
	}
	want := map[string]int{}
	for _, line := range lines {
		want[line] = 1
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("what is stored (-want +got):\n%s", diff)
	}
}

func TestWhatWentOnComesIntoTheNextStudyToo(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	mail := func(id, from, more string) string {
		return "From " + from + " Thu Jan  1 00:00:00 2026\nFrom: " + from + "\nSubject: Mugs\nMessage-ID: <" + id + "@x.example>\n" + more + "\nThis is mail " + id + ", we count by hand.\n\n"
	}
	march := source.File{Name: "march.mbox", Data: []byte(mail("1", "ana@x.example", ""))}
	april := source.File{Name: "april.mbox", Data: append(march.Data, mail("2", "ana@x.example", "In-Reply-To: <1@x.example>\n")...)}
	for name, files := range map[string][][]source.File{
		"one after the other": {{march}, {april}},
		"together":            {{march, april}},
		"the longer first":    {{april, march}},
	} {
		s := must(f.OpenStudy(ctx, name, headway.OurCustomers))(t)
		for _, some := range files {
			must(f.ImportNow(ctx, s.ID, FileList(some), source.Options{}, nil))(t)
		}
		said := 0
		for _, c := range must(f.whole(ctx, s.ID))(t) {
			said += len(c.Turns)
		}
		if said != 2 {
			t.Errorf("%s: %d turns are kept of 2", name, said)
		}
		var all []source.File
		for _, some := range files {
			all = append(all, some...)
		}
		if g := must(Look(ctx, FileList(all), source.Options{}, Quick, nil, mirror.Choices{}, nil))(t); g.Progress.TurnsDone != 2 {
			t.Errorf("%s: %d turns are seen of 2", name, g.Progress.TurnsDone)
		}
	}
}

func TestAFileMayLieInTwoStudies(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	one, two := studyWith(t, f, "minutes"), must(f.OpenStudy(ctx, "another", headway.OurCustomers))(t)
	for _, s := range []headway.Study{one, two} {
		finish(t, f, must(f.Import(ctx, s.ID, []source.File{invented(1)}, source.Options{}))(t))
		if heads := must(f.Conversations(ctx, s.ID))(t); len(heads) != 1 {
			t.Errorf("%q holds %d conversations, want 1", s.Name, len(heads))
		}
	}
}

func TestPuttingColumnsRightReadsTheTableAnew(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	table := source.File{Name: "answers.csv", Data: []byte("id,what do you do today,remarks of the clerk\n1,we count by hand every friday evening,called back on monday at nine\n2,nobody here knows where the parts lie,sent the brochure to the address given\n")}
	other := must(f.OpenStudy(ctx, "another", headway.OurCustomers))(t)
	for _, study := range []headway.Study{s, other} {
		finish(t, f, must(f.Import(ctx, study.ID, []source.File{table}, source.Options{}))(t))
	}
	right := source.Options{Columns: map[string]string{"text": "what do you do today", "id": "id"}}
	finish(t, f, must(f.Import(ctx, s.ID, []source.File{table}, right))(t))
	for _, c := range must(f.whole(ctx, s.ID))(t) {
		if len(c.Turns) != 2 || !strings.HasPrefix(c.Turns[0].Text.Text, "what do you do") {
			t.Errorf("row %d reads %+v", c.Row, c.Turns)
		}
	}
	for _, study := range []headway.Study{s, other} {
		if heads := must(f.Conversations(ctx, study.ID))(t); len(heads) != 2 {
			t.Errorf("%q holds %d conversations, want 2", study.Name, len(heads))
		}
	}
}

// finish waits for an import behind the pages.
func finish(t *testing.T, f *Flow, name string) Progress {
	t.Helper()
	for {
		moved := f.Watch(name)
		p := must(f.Progress(name))(t)
		if p.Done {
			return p
		}
		select {
		case <-moved:
		case <-time.After(20 * time.Second):
			t.Fatal("no progress for 20 seconds")
		}
	}
}

func TestMailsThatQuoteEachOtherAreReadTogether(t *testing.T) {
	mail := func(name, from, id, refs, words string) source.File {
		return source.File{Name: name, Data: fmt.Appendf(nil, "From: %s\nSubject: Renewal\nDate: Mon, 02 Nov 2026 09:00:00 +0100\nMessage-ID: <%s>\n%sContent-Type: text/plain\n\n%s\n", from, id, refs, words)}
	}
	files := []source.File{
		mail("a.eml", "Eva Roth <eva@kunde.example>", "a@x", "", "We spend four hours a month on the lists."),
		mail("b.eml", "Aisha <aisha@firma.example>", "b@x", "In-Reply-To: <a@x>\n", "What would you have done otherwise?\n\nOn Mon, 2 Nov 2026 at 09:00, Eva Roth wrote:\n> We spend four hours a month on the lists."),
	}
	g := must(Look(t.Context(), FileList(files), source.Options{Ours: []string{"@firma.example"}}, Quick, nil, mirror.Choices{}, nil))(t)
	if g.Mirror.N != 1 || len(g.Conversations) != 1 || len(g.Conversations[0].Turns) != 2 {
		t.Errorf("n = %d people in %d conversations: %+v", g.Mirror.N, len(g.Conversations), g.Conversations)
	}
}

func TestNothingIsShownBeforeTheReveal(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := must(f.OpenStudy(ctx, "stock", headway.OurCustomers))(t)
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	heads := must(f.Conversations(ctx, s.ID))(t)
	denied := map[string]error{}
	_, _, denied["mirror"] = f.Mirror(ctx, s.ID, mirror.Choices{})
	_, _, denied["conversation"] = f.Conversation(ctx, heads[0].ID, "")
	denied["export"] = f.Export(ctx, func(string, []byte) error { return nil })
	for what, err := range denied {
		if headway.ErrorCode(err) != headway.Denied {
			t.Errorf("%s: got %v, want denied", what, err)
		}
	}
	found, err := f.Search(ctx, Query{Words: "spreadsheet"})
	if err != nil || len(found.Hits) != 0 {
		t.Errorf("search shows %d places (%v)", len(found.Hits), err)
	}
	if err := f.Skip(ctx, s.ID); err != nil {
		t.Fatal(err)
	}
	found, err = f.Search(ctx, Query{Words: "spreadsheet"})
	if err != nil || len(found.Hits) != 1 || !strings.Contains(must(found.Hits[0].Text.Cut(found.Hits[0].Span))(t).String(), "spreadsheet") {
		t.Errorf("after the reveal search gives %+v (%v)", found.Hits, err)
	}
}

func TestAJudgementMovesTheCounts(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1), invented(2)}), source.Options{}, nil))(t)
	m, _, err := f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	held := m.YouSaid[0]
	if err := f.Judge(ctx, s.ID, held.Guess.ID, held.Nearest[0].Span, headway.Supports); err != nil {
		t.Fatal(err)
	}
	m, _, err = f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.YouSaid[0]; got.Confirmed != 1 || got.Candidates != held.Candidates-1 {
		t.Errorf("after one judgement: confirmed %d, candidates %d (of %d before)", got.Confirmed, got.Candidates, held.Candidates)
	}
}

func TestAMarkRemembersWhoHadHeardWhatItDecidesOn(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	parts := must(f.Parts(ctx, s.ID))(t)
	heard := parts[0].Moments[0]
	for _, mark := range []struct {
		label   headway.Label
		verdict headway.Verdict
	}{{heard.Kind, headway.Dismissed}, {headway.Realization, headway.Kept}} {
		if err := f.Mark(ctx, headway.Passage{heard.Span}, mark.label, mark.verdict); err != nil {
			t.Fatal(err)
		}
	}
	want := []mirror.Kept{{Label: heard.Kind, By: heard.By, Counted: heard.Counted, Decided: 1}}
	if diff := cmp.Diff(want, mirror.KeptOf(must(f.Judgements(ctx))(t), nil)); diff != "" {
		t.Errorf("nobody heard a realization there: %s", diff)
	}
	if err := f.Mark(ctx, headway.Passage{heard.Span}, heard.Kind, headway.Undecided); err != nil {
		t.Fatal(err)
	}
	if left := mirror.KeptOf(must(f.Judgements(ctx))(t), nil); len(left) != 0 {
		t.Errorf("taken back, and yet counted: %+v", left)
	}
	if err := f.Mark(ctx, headway.Passage{{Text: "nowhere", End: 3}}, heard.Kind, headway.Kept); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("a mark nowhere: %v", err)
	}
}

func TestPlacingASpeakerMakesTheirWordsCount(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	file := source.File{Name: "call.txt", Data: []byte("Anna: We count by hand and it takes hours. It went from three hours to ten minutes.\n\nBea: We have a new scanner for you.\n\nCleo: I want to be home at five.\n\nAnna: That would be something.\n\nBea: It counts by itself.\n\nCleo: We have seen that before.\n")}
	p := must(f.ImportNow(ctx, s.ID, FileList([]source.File{file}), source.Options{}, nil))(t)
	if p.Unplaced != 3 {
		t.Fatalf("%d speakers to place, want 3", p.Unplaced)
	}
	m, _, err := f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil || m.N != 0 || m.Unplaced != 3 {
		t.Fatalf("before placing: n = %d, unplaced %d (%v)", m.N, m.Unplaced, err)
	}
	head := must(f.Conversations(ctx, s.ID))(t)[0]
	for _, speaker := range head.Speakers {
		if speaker.Name == "Anna" {
			if err := f.Place(ctx, head.ID, speaker.ID, headway.Theirs); err != nil {
				t.Fatal(err)
			}
		}
	}
	p = must(f.ImportNow(ctx, s.ID, FileList([]source.File{file}), source.Options{Theirs: []string{"Dora"}}, nil))(t)
	if p.Unplaced != 2 {
		t.Errorf("the file again: %d speakers to place, want the 2 that nobody placed", p.Unplaced)
	}
	m, _, err = f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil || m.N != 1 || m.Unplaced != 2 {
		t.Errorf("after placing Anna: n = %d, unplaced %d (%v)", m.N, m.Unplaced, err)
	}
}

func TestAnExportTakenInGivesTheSameState(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1), invented(2), invented(3)}), source.Options{}, nil))(t)
	m, _, err := f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Judge(ctx, s.ID, m.YouSaid[0].Guess.ID, m.YouSaid[0].Nearest[0].Span, headway.Partly); err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	put := func(name string, data []byte) error {
		folder[name] = &fstest.MapFile{Data: data}
		return nil
	}
	if err := f.Export(ctx, put); err != nil {
		t.Fatal(err)
	}
	g := openTest(t)
	if n, err := g.Adopt(ctx, folder); err != nil || n != 3 {
		t.Fatalf("adopted %d conversations: %v", n, err)
	}
	want, _, err := f.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := g.Mirror(ctx, s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the adopted mirror differs (-exported +adopted):\n%s", diff)
	}
	if v := must(g.Verify(ctx, nil))(t); v.Mismatches != 0 || v.Texts == 0 || v.Spans == 0 {
		t.Errorf("verify: %+v", v)
	}
}

func TestAnExportHoldsWhatMembersWrote(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	found := must(f.Jobs(ctx, study))(t)
	mine := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home on time", On: []headway.Passage{{turn(first, 1)}}, Episodes: found.Grouping.Groups[0].Anchors}))(t)
	must(f.Hold(ctx, Holding{Study: study, Part: headway.PartSituation, Of: mine.ID, Words: "When the month ends"}))(t)
	must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home at six", Instead: mine.ID}))(t)
	must(f.Note(ctx, headway.Passage{turn(first, 1)}, "ask her how often"))(t)
	do(t, f.SetAccount(ctx, saidIn(first, 1), "Zenith Boxes"))
	folder := fstest.MapFS{}
	do(t, f.Export(ctx, func(name string, data []byte) error {
		folder[name] = &fstest.MapFile{Data: data}
		return nil
	}))
	g := openTest(t)
	cut := maps.Clone(folder)
	delete(cut, "operations.jsonl")
	if _, err := g.Adopt(ctx, cut); err == nil {
		t.Fatal("an export without its operations is taken in")
	}
	must(g.Adopt(ctx, folder))(t) // what broke off is taken in again
	jobs := func(f *Flow) string {
		return string(must(json.MarshalIndent(must(f.Jobs(ctx, study))(t).Report(), "", " "))(t))
	}
	if diff := cmp.Diff(jobs(f), jobs(g)); diff != "" {
		t.Errorf("jobs (-exported +adopted):\n%s", diff)
	}
	if diff := cmp.Diff(must(f.store.Accounts(ctx, f.ws))(t), must(g.store.Accounts(ctx, g.ws))(t)); diff != "" {
		t.Errorf("accounts:\n%s", diff)
	}
	noted := func(f *Flow) map[headway.NoteID]headway.Note {
		var ids []headway.NoteID
		for _, n := range must(f.Judgements(ctx))(t).Notes {
			ids = append(ids, n.Note)
		}
		return must(f.store.Notes(ctx, f.ws, ids))(t)
	}
	if diff := cmp.Diff(noted(f), noted(g)); diff != "" || len(noted(g)) != 1 {
		t.Errorf("%d notes:\n%s", len(noted(g)), diff)
	}
}

func TestTheSampleComesAndGoesInOneAct(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first := must(f.LoadSample(ctx))(t)
	m, _, err := f.Mirror(ctx, first, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if m.N < 10 || m.Unplaced != 0 {
		t.Errorf("the sample has n = %d people and %d unplaced speakers", m.N, m.Unplaced)
	}
	if err := f.RemoveSample(ctx); err != nil {
		t.Fatal(err)
	}
	if left := must(f.Studies(ctx))(t); len(left) != 0 {
		t.Errorf("still there: %+v", left)
	}
	if s, err := f.Study(ctx, first); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("a page that is still open finds %+v (%v)", s, err)
	}
	if v := must(f.Verify(ctx, nil))(t); v.Mismatches != 0 {
		t.Errorf("what was judged of the removed sample is called damaged: %q", v.Wrong)
	}
	must(f.LoadSample(ctx))(t)
	again, _, err := f.Mirror(ctx, first, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Errorf("the sample came back changed:\n%s", diff)
	}
}

func TestTheSamplesDeedsAreNobodysToUndo(t *testing.T) {
	f := openTest(t)
	must(f.LoadSample(t.Context()))(t)
	if done, err := f.Undo(t.Context()); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("undone was %+v (%v), and whoever undid it had done nothing", done, err)
	}
}

func TestAnImportBehindThePagesTellsItsProgress(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "minutes")
	p := finish(t, f, must(f.Import(t.Context(), s.ID, []source.File{invented(1), {Name: "empty.txt"}}, source.Options{}))(t))
	if p.Added != 1 || len(p.Failed) != 1 || p.Err != "" {
		t.Errorf("progress %+v", p)
	}
}

func TestNewRulesHearAgain(t *testing.T) {
	f := openTest(t)
	ctx := context.Background()
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	head := must(f.Conversations(ctx, s.ID))(t)[0]
	if err := f.Place(ctx, head.ID, head.Speakers[1].ID, headway.Ours); err != nil {
		t.Fatal(err)
	}
	done := 0
	if err := f.Rederive(ctx, func(n int) { done = n }); err != nil {
		t.Fatal(err)
	}
	if done != 1 {
		t.Errorf("heard %d conversations again after a side changed, want 1", done)
	}
	if err := f.Rederive(ctx, func(int) { t.Error("heard what is current") }); err != nil {
		t.Fatal(err)
	}
}

// A kept mirror holds names, and must not outlive whom it names.
func TestRemovingDropsKeptMirrors(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	var files []source.File
	for n := range worthKeeping {
		files = append(files, invented(n))
	}
	must(f.ImportNow(ctx, s.ID, FileList(files), source.Options{}, nil))(t)
	if _, _, err := f.Mirror(ctx, s.ID, mirror.Choices{PerSlot: 1}); err != nil {
		t.Fatal(err)
	}
	kept := func() (n int) {
		for _, err := range f.store.AllDerived(ctx, f.ws, stepMirror, lookVersion) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if n := kept(); n != 1 {
		t.Fatalf("%d mirrors are kept, want 1", n)
	}
	if err := f.remove(ctx, store.ConversationFilter{Source: files[0].ID()}); err != nil {
		t.Fatal(err)
	}
	if n := kept(); n != 0 {
		t.Errorf("%d mirrors of before are still kept", n)
	}
}

func TestGuessesWrittenAtOnceAreAllSealed(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	failed := make(chan error)
	for n := range 8 {
		go func() {
			failed <- f.AddGuess(ctx, s.ID, headway.Guess{Slot: headway.Struggle, Text: fmt.Sprintf("guess %d", n)})
		}()
	}
	for range 8 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if all := must(f.Guesses(ctx, s.ID))(t); len(all) != 9 {
		t.Errorf("%d guesses are left of 9", len(all))
	}
}

func TestWhatAnArchiveHoldsAndIsRefusedIsNamed(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, data := range map[string][]byte{"call.txt": invented(1).Data, "../out.txt": invented(2).Data} {
		w := must(z.Create(name))(t)
		must(w.Write(data))(t)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := source.File{Name: "calls.zip", Data: packed.Bytes()}
	g := must(Look(t.Context(), FileList([]source.File{file}), source.Options{}, Quick, nil, mirror.Choices{}, nil))(t)
	if g.Progress.Files != 2 || g.Progress.Added != 1 || len(g.Progress.Failed) != 1 || !strings.Contains(g.Progress.Failed[0].Error, "../out.txt: its path leads out") {
		t.Errorf("progress %+v", g.Progress)
	}
}

func TestAFailureOfOursInReadingOneFileIsThatFilesError(t *testing.T) {
	_, err := contained(func() (source.Batch, error) {
		var none []string
		return source.Batch{Format: headway.Format(none[3])}, nil
	})
	if headway.ErrorCode(err) != headway.Internal || !strings.Contains(err.Error(), "another format") {
		t.Errorf("got %v", err)
	}
}
