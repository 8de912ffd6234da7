package flow

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// everything gives all that members see of a study, and an export, as text.
func everything(t *testing.T, f *Flow, s headway.Study, access headway.Access) string {
	t.Helper()
	ctx := as(t, access)
	var all []any
	m, texts, err := f.Mirror(ctx, s.ID, mirror.Choices{})
	do(t, err)
	everybody := must(f.Everybody(ctx))(t)
	all = append(all, m, texts, everybody)
	for _, p := range everybody.People {
		all = append(all, must(f.Customer(ctx, p.ID))(t))
	}
	for _, h := range must(f.Conversations(ctx, s.ID))(t) {
		c, heard, err := f.Conversation(ctx, h.ID, s.ID)
		do(t, err)
		all = append(all, h, c, heard)
	}
	for _, words := range []string{"chairs", "home at five", "brother", "person:Ines", "Ravnikar", "person:ines@zahnwerk.example home"} {
		found := must(f.Search(ctx, Query{Words: words, Through: s.ID}))(t)
		all = append(all, found.Hits)
		for _, form := range Forms() {
			taken := must(f.TakeOut(ctx, Query{Words: "home", Through: s.ID}, form, func(Hit) string { return "" }))(t)
			all = append(all, taken.rows)
		}
	}
	do(t, f.Export(ctx, func(_ string, data []byte) error { all = append(all, string(data)); return nil }))
	return string(must(json.Marshal(all))(t))
}

func withInesNamed(t *testing.T) (*Flow, headway.Study, headway.PersonID) {
	t.Helper()
	f := rememberingIn(t, openTest(t), t.TempDir())
	s := studyWith(t, f, "Booking takes minutes instead of hours")
	call := source.File{Name: "calls/ines_ravnikar.txt", Data: []byte("Marta: Ines Ravnikar, how do you book the chairs?\n\nInes Ravnikar: I call every Friday and it takes me three hours. I want to be home at five.\n\nMarta: Thank you, Ines.\n\nInes Ravnikar: I was afraid that it breaks. I would have asked my brother.\n")}
	o := source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ines Ravnikar"}}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{call}), o, nil))(t)
	must2(t, f, s.ID)
	remember(t, f)
	do(t, f.GatherAll(t.Context()))
	c := must(f.store.Conversation(t.Context(), f.ws, must(f.Conversations(t.Context(), s.ID))(t)[0].ID))(t)
	return f, s, c.Speakers[1].Person()
}

func TestAMaskedNameIsToldByNothingUntilAnOwnerLiftsIt(t *testing.T) {
	f, s, ines := withInesNamed(t)
	if !strings.Contains(strings.ToLower(everything(t, f, s, headway.Editor)), "ravnikar") {
		t.Fatal("the name was told by nothing before")
	}
	before := must2(t, f, s.ID)
	must(f.MaskPerson(as(t, headway.Editor), ines))(t)
	for _, access := range []headway.Access{headway.Owner, headway.Editor, headway.Viewer} {
		told := everything(t, f, s, access)
		if low := strings.ToLower(told); strings.Contains(low, "ravnikar") || strings.Contains(low, "\"ines\"") || strings.Contains(low, "thank you, ines") {
			at := max(strings.Index(low, "ravnikar"), strings.Index(low, "thank you, ines"))
			t.Errorf("%s is told it: %s", access, told[max(0, at-200):min(len(told), at+100)])
		}
		if !strings.Contains(told, "Customer 1") {
			t.Errorf("%s is told of no Customer 1", access)
		}
	}
	if after := must2(t, f, s.ID); after.N != before.N {
		t.Errorf("n was %d and is %d", before.N, after.N)
	}
	if err := f.LiftPerson(as(t, headway.Editor), ines); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor lifts it: %v", err)
	}
	if _, err := f.Undo(as(t, headway.Editor)); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor undoes it: %v", err)
	}
	if called := must(f.Called(t.Context(), ines))(t); len(called) != 1 || called[0].Name != "Ines Ravnikar" {
		t.Errorf("behind the mask stands %+v", called)
	}
	do(t, f.LiftPerson(t.Context(), ines))
	if told := everything(t, f, s, headway.Viewer); !strings.Contains(told, "Ines Ravnikar") || !strings.Contains(told, "calls/ines_ravnikar.txt") {
		t.Error("it is lifted, and told by nothing")
	}
}

func TestWhoeverLosesTheirNameIsErasedByIt(t *testing.T) {
	f, _, ines := withInesNamed(t)
	must(f.MaskPerson(t.Context(), ines))(t)
	l := must(f.Loss(t.Context(), ines))(t)
	if strings.Contains(strings.Join(l.Names, " "), "Ravnikar") {
		t.Errorf("the list of what goes tells %q", l.Names)
	}
	must(f.Erase(t.Context(), ines, true))(t)
	if left := must(f.Called(t.Context(), ines))(t); len(left) != 0 {
		t.Errorf("left is %+v", left)
	}
}

func TestTheSameFileAgainAddsNothingToAMaskedPerson(t *testing.T) {
	f, s, ines := withInesNamed(t)
	must(f.MaskPerson(t.Context(), ines))(t)
	call := source.File{Name: "calls/ines_ravnikar.txt", Data: []byte("Marta: Ines Ravnikar, how do you book the chairs?\n\nInes Ravnikar: I call every Friday and it takes me three hours. I want to be home at five.\n\nMarta: Thank you, Ines.\n\nInes Ravnikar: I was afraid that it breaks. I would have asked my brother.\n")}
	p := must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{call}), source.Options{Ours: []string{"Marta", "x"}, Theirs: []string{"*"}}, nil))(t)
	if p.Added != 0 {
		t.Errorf("%d conversations were added", p.Added)
	}
	if told := everything(t, f, s, headway.Viewer); strings.Contains(told, "Ravnikar") {
		t.Error("it is told again")
	}
}

func TestWhatIsSuggestedIsMaskedAsItComesWhereAWorkspaceSaysSo(t *testing.T) {
	for name, bring := range map[string]func(*Flow, headway.StudyID) (Progress, error){
		"the workspace": func(f *Flow, s headway.StudyID) (Progress, error) {
			do(t, f.SetMaskAtImport(t.Context(), true))
			return f.ImportNow(t.Context(), s, FileList([]source.File{dentist}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ines"}}, nil)
		},
		"this import": func(f *Flow, s headway.StudyID) (Progress, error) {
			return f.ImportMasked(t.Context(), s, FileList([]source.File{dentist}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ines"}}, nil)
		},
	} {
		f := openTest(t)
		s := studyWith(t, f, "minutes")
		must(bring(f, s.ID))(t)
		id := must(f.Conversations(t.Context(), s.ID))(t)[0].ID
		if left := must(f.Suggestions(t.Context(), id, s.ID))(t); len(left) != 0 {
			t.Errorf("%s: left is %+v", name, left)
		}
		masks := must(f.Masks(t.Context(), id, s.ID))(t)
		if len(masks) == 0 {
			t.Errorf("%s: nothing is masked", name)
		}
		do(t, f.Lift(t.Context(), masks[0].Seq))
		must(f.ImportMasked(t.Context(), s.ID, FileList([]source.File{dentist}), source.Options{Ours: []string{"Marta", "y"}, Theirs: []string{"Ines"}}, nil))(t)
		if again := must(f.Masks(t.Context(), id, s.ID))(t); len(again) >= len(masks) {
			t.Errorf("%s: what was lifted is masked again", name)
		}
	}
	f := openTest(t)
	if err := f.SetMaskAtImport(as(t, headway.Editor), true); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor sets it: %v", err)
	}
	if on := must(f.MasksAtImport(t.Context()))(t); on {
		t.Error("it is on by itself")
	}
}

// A worker of another process hears a conversation while a person in it is erased.
func TestWhatAnotherProcessHeardBeforeAnErasureIsNotKept(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList(bertasFiles()), source.Options{Ours: []string{"Marta"}, Theirs: []string{"*"}}, nil))(t)
	second := must(sqlstore.OpenSQLite(t.Context(), filepath.Join(dir, "headway.db")))(t)
	t.Cleanup(func() { second.Close() })
	var person headway.PersonID
	var heads []Head
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		for _, one := range h.Speakers {
			if one.Name == "Berta Quandt" {
				person, heads = one.Person(), append(heads, h)
			}
		}
	}
	c := must(second.Conversation(t.Context(), f.ws, heads[0].ID))(t)
	stored, _, err := second.Conversations(t.Context(), f.ws, filterOf(c.ID), pageOfAll)
	do(t, err)
	guesses := must(f.Guesses(t.Context(), s.ID))(t)
	heard := Quick.Hear(&c)
	rows := must(derivedRows(s.ID, stored[0].Inputs, guesses, heard, mirror.Look(&c, heard, guesses)))(t)
	must(f.Erase(t.Context(), person, true))(t)
	do(t, second.PutDerived(t.Context(), f.ws, rows...))
	for name, data := range filesOf(t, dir) {
		if low := strings.ToLower(data); strings.Contains(low, "quandt") || strings.Contains(low, "zylometer") {
			t.Errorf("%s holds what was heard before", name)
		}
	}
	if rows := rowsOf(t, second, f, c.ID, heard.Version, s.ID); rows != 0 {
		t.Errorf("%d rows made from erased words are kept", rows)
	}
}

func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range must(filepath.Glob(filepath.Join(dir, "*")))(t) {
		if data, err := os.ReadFile(name); err == nil {
			all[filepath.Base(name)] = string(data)
		}
	}
	return all
}

var pageOfAll = store.Page{Limit: 10}

func filterOf(id headway.ConversationID) store.ConversationFilter {
	return store.ConversationFilter{IDs: []headway.ConversationID{id}}
}

// rowsOf counts the rows of a conversation that are not of how it stands now.
func rowsOf(t *testing.T, s store.Store, f *Flow, id headway.ConversationID, version string, study headway.StudyID) (n int) {
	t.Helper()
	heads, _, err := s.Conversations(t.Context(), f.ws, filterOf(id), pageOfAll)
	do(t, err)
	for _, step := range []struct{ name, version string }{{stepHeard(version), version}, {stepLook(study), lookVersion}} {
		for row, err := range s.AllDerived(t.Context(), f.ws, step.name, step.version, string(id)) {
			do(t, err)
			if step.name == stepHeard(version) && row.Inputs == heads[0].Inputs {
				continue
			}
			n++
		}
	}
	return n
}

func TestASuggestionThatIsNoneIsSuggestedNoMoreUntilItIsUndone(t *testing.T) {
	f, s, id := withDentist(t)
	all := must(f.Suggestions(t.Context(), id, s.ID))(t)
	do(t, f.NotToMask(t.Context(), all[0].Span))
	must(f.Mask(t.Context(), ToMask{all[1].Span, all[1].What}))(t) // in the same turn
	for _, left := range must(f.Suggestions(t.Context(), id, s.ID))(t) {
		if left.Quote == all[0].Quote {
			t.Errorf("%q is suggested again", left.Quote)
		}
	}
	must(f.Undo(t.Context()))(t)
	must(f.Undo(t.Context()))(t)
	if again := must(f.Suggestions(t.Context(), id, s.ID))(t); len(again) != len(all) {
		t.Errorf("%d are suggested after undoing, of %d", len(again), len(all))
	}
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 {
		t.Errorf("verified: %+v", v)
	}
}

func TestHowOftenTheSameWordsStandElsewhereIsCounted(t *testing.T) {
	f, s, id := withDentist(t)
	other := source.File{Name: "other.txt", Data: []byte("Marta: Who told you?\n\nOle: It was ines ravnikar, and Ines Ravnikar again.\n")}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{other}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ole"}}, nil))(t)
	all := must(f.Suggestions(t.Context(), id, s.ID))(t)
	times := must(f.Elsewhere(t.Context(), all))(t)
	if got := times[all[0].Quote]; got != (Times{N: 2}) {
		t.Errorf("%q stands elsewhere %+v times, want 2", all[0].Quote, got)
	}
	if got := times[all[1].Quote]; got != (Times{}) {
		t.Errorf("%q stands elsewhere %+v times, want none", all[1].Quote, got)
	}
}
