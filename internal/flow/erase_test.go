package flow

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning/vectorfile"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// Everybody here is invented. Only Berta Quandt says these words, or is called so.
var onlyBerta = []string{"zylometer", "thrumbling", "quandt", "berta", "sonderkorn"}

func bertasFiles() []source.File {
	return []source.File{
		{Name: "call with berta quandt.txt", Data: []byte(`Marta: Berta, how do you count the boxes today?

Berta Quandt: I count by hand with the zylometer every Friday, it takes me three hours. I want to be home at five.

Marta: So Quandt counts by hand. What would you have done otherwise?

Berta Quandt: I would have hired a student for the thrumbling. I was afraid that sonderkorn breaks.
`)},
		{Name: "ole.txt", Data: []byte(`Marta: How do you count the boxes today?

Ole Brandvik: I count by hand every Friday, it takes me three hours. I want to be home at five.

Marta: Who told you of us?

Ole Brandvik: It was Berta Quandt who told me about the scanner. I was afraid that it breaks.
`)},
		{Name: "ida.txt", Data: []byte(`Marta: How do you count the boxes today?

Ida Holm: I count by hand every Friday, it takes me three hours. I want to be home at five.
`)},
	}
}

// berta is a workspace in a folder with her in it, heard, gathered, remembered and
// judged.
func berta(t *testing.T) (f *Flow, dir string, study headway.Study, person headway.PersonID) {
	t.Helper()
	dir = t.TempDir()
	f = rememberingIn(t, openAt(t, dir), dir)
	study = studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(t.Context(), study.ID, FileList(bertasFiles()), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Berta Quandt", "Ole Brandvik", "Ida Holm"}}, nil))(t)
	remember(t, f)
	do(t, f.GatherAll(t.Context()))
	must2(t, f, study.ID)
	for _, h := range must(f.Conversations(t.Context(), study.ID))(t) {
		c, heard, err := f.Conversation(t.Context(), h.ID, study.ID)
		do(t, err)
		for _, s := range c.Speakers {
			if s.Name == "Berta Quandt" {
				person = s.Person()
			}
		}
		guesses := must(f.Guesses(t.Context(), study.ID))(t)
		for _, s := range heard.Sentences {
			if s.Side == headway.Theirs {
				do(t, f.Judge(t.Context(), study.ID, guesses[0].ID, s.Span, headway.Supports))
				do(t, f.Mark(t.Context(), headway.Passage{s.Span}, headway.Struggle, headway.Kept))
				must(f.Note(t.Context(), headway.Passage{s.Span}, "ask again"))(t)
				break
			}
		}
	}
	return f, dir, study, person
}

// rememberingIn is remembering in a folder that is looked through.
func rememberingIn(t *testing.T, f *Flow, dir string) *Flow {
	t.Helper()
	meanings, err := vectorfile.Open(filepath.Join(dir, "meaning"), embed.Version())
	do(t, err)
	t.Cleanup(func() { meanings.Close() })
	f.meanings = meanings
	return f
}

func must2(t *testing.T, f *Flow, study headway.StudyID) mirror.Mirror {
	t.Helper()
	m, _, err := f.Mirror(t.Context(), study, mirror.Choices{})
	do(t, err)
	return m
}

// holding gives which files of a folder hold which of the words.
func holding(t *testing.T, dir string) (all []string) {
	t.Helper()
	do(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, word := range onlyBerta {
			if bytes.Contains(bytes.ToLower(data), []byte(word)) || strings.Contains(strings.ToLower(path), word) {
				all = append(all, filepath.Base(path)+": "+word)
			}
		}
		return err
	}))
	return all
}

func TestWhatGoesWithAPersonIsListedFirst(t *testing.T) {
	f, _, _, person := berta(t)
	l := must(f.Loss(t.Context(), person))(t)
	if l.Turns != 2 || l.Notes != 1 || len(l.Conversations) != 1 || len(l.Sources) != 1 || l.Mentions != 3 {
		t.Errorf("%d turns, %d notes, %d conversations, %d sources, %d mentions", l.Turns, l.Notes, len(l.Conversations), len(l.Sources), l.Mentions)
	}
	var on []string
	for _, c := range l.Claims {
		on = append(on, c.On)
		if c.Left >= c.People || c.People > 3 {
			t.Errorf("%+v leaves as many as before, or was of more people than there are", c)
		}
	}
	for _, want := range []string{"guess", "label", "said"} {
		if !slices.Contains(on, want) {
			t.Errorf("no %s among %q", want, on)
		}
	}
}

func TestNothingOfAPersonIsLeftOnceTheyAreErased(t *testing.T) {
	f, dir, study, person := berta(t)
	if len(holding(t, dir)) == 0 {
		t.Fatal("nothing was there to be erased")
	}
	before := must2(t, f, study.ID)
	must(f.Erase(t.Context(), person, true))(t)
	if left := holding(t, dir); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	if after := must2(t, f, study.ID); after.N != before.N-1 || after.YouSaid[0].Confirmed != before.YouSaid[0].Confirmed-1 {
		t.Errorf("n was %d and is %d; confirmed was %d and is %d", before.N, after.N, before.YouSaid[0].Confirmed, after.YouSaid[0].Confirmed)
	}
	wantNoBerta(t, f)
	out := t.TempDir()
	do(t, f.Export(t.Context(), func(name string, data []byte) error {
		name = filepath.Join(out, filepath.FromSlash(name))
		return cmpErr(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, data, 0o600))
	}))
	do(t, f.store.Backup(t.Context(), filepath.Join(out, "copy.db")))
	if left := holding(t, out); left != nil {
		t.Errorf("an export or a backup holds %q", left)
	}
	remember(t, f)
	do(t, f.GatherAll(t.Context()))
	if left := holding(t, dir); left != nil {
		t.Errorf("heard and gathered again, the folder holds %q", left)
	}
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// wantNoBerta sees that searches find nothing of her and that all is sound.
func wantNoBerta(t *testing.T, f *Flow) {
	t.Helper()
	for _, words := range append(slices.Clone(onlyBerta), "zylo*", "thrumbling sonderkorn") {
		found := must(f.Search(t.Context(), Query{Words: words}))(t)
		for _, h := range found.Hits {
			low := strings.ToLower(must(h.Text.Cut(h.Span))(t).String())
			if strings.Contains(low, "berta") || strings.Contains(low, "zylo") {
				t.Errorf("%q finds %q", words, low)
			}
		}
	}
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 || v.Lost == 0 {
		t.Errorf("verified: %+v", v)
	}
}

func TestAFileBroughtAgainBringsNobodyBack(t *testing.T) {
	f, dir, study, person := berta(t)
	must(f.Erase(t.Context(), person, true))(t)
	files := bertasFiles()[:1]
	for _, o := range []source.Options{{Ours: []string{"Marta"}, Theirs: []string{"Berta Quandt", "Ole Brandvik", "Ida Holm"}}, {}} {
		p := must(f.ImportNow(t.Context(), study.ID, FileList(files), o, nil))(t)
		if p.Added != 0 {
			t.Errorf("%d conversations were added", p.Added)
		}
		if !slices.ContainsFunc(p.Noted, func(n FileNotes) bool {
			return slices.ContainsFunc(n.Findings, func(f headway.Finding) bool { return f.What == cameErased })
		}) {
			t.Errorf("nothing says that somebody was left out: %+v", p.Noted)
		}
	}
	do(t, f.store.Vacuum(t.Context()))
	if left := holding(t, dir); left != nil && !slices.Equal(left, nameOnly(left)) {
		t.Errorf("the folder holds %q", left)
	}
	wantNoBerta(t, f)
}

// nameOnly keeps what is there because the file that was brought again has her
// name in its own.
func nameOnly(left []string) (named []string) {
	return slices.DeleteFunc(slices.Clone(left), func(l string) bool { return strings.Contains(l, "zylo") || strings.Contains(l, "thrum") })
}

func TestErasingThatWasBrokenOffIsFinishedByTheNextStart(t *testing.T) {
	f, dir, _, person := berta(t)
	l := must(f.Loss(t.Context(), person))(t)
	do(t, f.apply(t.Context(), headway.Operation{Deed: headway.DeedErase, Person: person, Conversations: l.touched}))
	if left := holding(t, filepath.Join(dir, "sources")); len(left) == 0 {
		t.Fatal("the sources were dropped already: this tests nothing")
	}
	again := rememberingIn(t, openAt(t, dir), dir)
	do(t, again.FinishErasing(t.Context()))
	if left := holding(t, dir); left != nil {
		t.Errorf("the folder holds %q", left)
	}
}

func TestOnlyOwnersEraseOrSeeWhatGoes(t *testing.T) {
	f, _, _, person := berta(t)
	for _, access := range []headway.Access{headway.Editor, headway.Viewer} {
		ctx := as(t, access)
		for name, try := range map[string]func(context.Context) error{
			"erase": func(ctx context.Context) error { _, err := f.Erase(ctx, person, true); return err },
			"look":  func(ctx context.Context) error { _, err := f.Loss(ctx, person); return err },
		} {
			if err := try(ctx); headway.ErrorCode(err) != headway.Denied {
				t.Errorf("%s may %s: %v", access, name, err)
			}
		}
	}
}

func TestARemovedSampleLeavesNoBytes(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	must(f.LoadSample(t.Context()))(t)
	if len(must(f.blobs.List(t.Context()))(t)) == 0 {
		t.Fatal("the sample keeps no bytes: this tests nothing")
	}
	do(t, f.RemoveSample(t.Context()))
	if left := must(f.blobs.List(t.Context()))(t); len(left) != 0 {
		t.Errorf("%d sources are left", len(left))
	}
	must(f.LoadSample(t.Context()))(t)
	if left := must(f.store.Unfinished(t.Context(), store.Home))(t); len(left) != 0 {
		t.Errorf("unfinished: %+v", left)
	}
}
