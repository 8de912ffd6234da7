package flow

import (
	"context"
	"strconv"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

func TestWhatAnEarlierStartWasGivenGoesOnWhereItIsSeen(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	for n := range 3 { // taken in, and then the program was killed
		if err := f.keep(ctx, s.ID, invented(n), source.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	name := f.start(t.Context(), &running{study: s.ID}, nothing) // numbers go on from here
	if err := f.Resume(ctx); err != nil {
		t.Fatal(err)
	}
	p := must(f.Progress(next(name)))(t)
	if !p.Resumed || !p.Done || p.Files != 3 || p.Added != 3 {
		t.Errorf("the import that went on tells %+v", p)
	}
	if going := f.Imports(s.ID); len(going) > 0 {
		t.Errorf("%v go on after their end", going)
	}
	if pending := must(f.pending(ctx, s.ID))(t); len(pending) > 0 {
		t.Errorf("%d files are still to be read", len(pending))
	}
}

func TestACancelledImportIsNotTakenUpAgainUnlessItsFilesAreBroughtAgain(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := studyWith(t, f, "minutes")
	file := invented(1)
	if err := f.keep(ctx, s.ID, file, source.Options{}); err != nil {
		t.Fatal(err)
	}
	name := f.start(t.Context(), &running{study: s.ID, sources: []headway.SourceID{file.ID()}}, untilCancelled)
	if going := f.Imports(s.ID); len(going) != 1 || going[0] != name {
		t.Errorf("%v go on, want %s", going, name)
	}
	if err := f.Cancel(name); err != nil {
		t.Fatal(err)
	}
	if p := finish(t, f, name); !p.Canceled || p.Err != "" {
		t.Errorf("cancelled, it tells %+v", p)
	}
	if err := f.Resume(ctx); err != nil {
		t.Fatal(err)
	}
	if heads := must(f.Conversations(ctx, s.ID))(t); len(heads) > 0 {
		t.Errorf("the next start read %d conversations all the same", len(heads))
	}
	if p := finish(t, f, must(f.Import(ctx, s.ID, []source.File{file}, source.Options{}))(t)); p.Added != 1 {
		t.Errorf("brought again it tells %+v", p)
	}
}

func TestAnImportOfAnEarlierStartHasNoNameHere(t *testing.T) {
	f := openTest(t)
	f.start(t.Context(), &running{}, nothing)
	for _, name := range []string{"1", "0", "one"} {
		if _, err := f.Progress(name); headway.ErrorCode(err) != headway.NotFound {
			t.Errorf("%q: %v, want not found", name, err)
		}
	}
}

func nothing(context.Context) (Progress, error) { return Progress{}, nil }

func untilCancelled(ctx context.Context) (Progress, error) {
	<-ctx.Done()
	return Progress{}, ctx.Err()
}

// next is the name of the import after one.
func next(name string) string {
	n, _ := strconv.Atoi(name)
	return strconv.Itoa(n + 1)
}

func TestAFailureToldBesideTheFileDoesNotNameItTwice(t *testing.T) {
	for said, want := range map[string]string{
		"read a.zip: it is empty":     "it is empty",
		"open a.zip: it is empty":     "it is empty",
		"read b.vtt: in a.zip: it is": "read b.vtt: in a.zip: it is",
	} {
		if got := (FileResult{File: "a.zip", Error: said}).Told(); got != want {
			t.Errorf("%q is told as %q", said, got)
		}
	}
}
