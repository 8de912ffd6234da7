package flow

import (
	"context"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

func as(t *testing.T, access headway.Access) context.Context {
	return headway.WithMember(t.Context(), headway.Member{ID: headway.MemberID(access), Name: "Ines", Access: access})
}

func TestAViewerChangesNothing(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "they count by hand")
	viewer := as(t, headway.Viewer)
	for what, do := range map[string]func() error{
		"opening a study": func() error { _, err := f.OpenStudy(viewer, "Mine", headway.OurCustomers); return err },
		"sealing": func() error {
			_, err := f.Seal(viewer, s.ID, []headway.Guess{{Slot: headway.Measure, Text: "x"}})
			return err
		},
		"skipping":      func() error { return f.Skip(viewer, s.ID) },
		"guessing late": func() error { return f.AddGuess(viewer, s.ID, headway.Guess{Slot: headway.Measure, Text: "x"}) },
		"bringing files": func() error {
			_, err := f.Import(viewer, s.ID, []source.File{invented(1)}, source.Options{})
			return err
		},
		"bringing files slowly": func() error {
			_, err := f.ImportNow(viewer, s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil)
			return err
		},
		"placing":            func() error { return f.Place(viewer, "c", "s", headway.Ours) },
		"merging":            func() error { return f.Merge(viewer, "a", "b") },
		"learning":           func() error { return f.UseOwn(viewer, 0) },
		"loading the sample": func() error { _, err := f.LoadSample(viewer); return err },
		"removing it":        func() error { return f.RemoveSample(viewer) },
	} {
		if err := do(); headway.ErrorCode(err) != headway.Denied {
			t.Errorf("%s gives %v, want denied", what, err)
		}
	}
	studies, err := f.Studies(t.Context())
	if err != nil || len(studies) != 1 {
		t.Errorf("%d studies (%v), want the one that was there", len(studies), err)
	}
}

func TestADeedIsTheirsOnWhoseBehalfItIsDone(t *testing.T) {
	f := openTest(t)
	s, err := f.OpenStudy(as(t, headway.Editor), "Theirs", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	name, err := f.Import(as(t, headway.Editor), s.ID, []source.File{invented(1)}, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	finish(t, f, name)
	if err := f.Skip(t.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	ops, err := f.store.Operations(t.Context(), f.ws, store.OperationFilter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[headway.Deed]headway.MemberID{headway.DeedOpen: "editor", headway.DeedAdd: "editor", headway.DeedSkip: "here"}
	for _, op := range ops {
		if op.Member != want[op.Deed] {
			t.Errorf("%s is %q's, want %q's", op.Deed, op.Member, want[op.Deed])
		}
	}
	if len(ops) != len(want) {
		t.Errorf("%d operations, want %d", len(ops), len(want))
	}
}

func TestOnlyAnOwnerOwns(t *testing.T) {
	f := openTest(t)
	for access, may := range map[headway.Access]bool{headway.Owner: true, headway.Editor: false, headway.Viewer: false, "": false} {
		if err := f.mayOwn(as(t, access)); (err == nil) != may {
			t.Errorf("access %q gives %v", access, err)
		}
	}
	if err := f.mayOwn(t.Context()); err != nil {
		t.Errorf("who sits at the machine owns what is there: %v", err)
	}
}
