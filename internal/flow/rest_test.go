package flow

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

func TestOfATableTheRecordsOfOthersAreKeptWhenSomebodyIsErased(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	study := studyWith(t, f, "The count takes minutes instead of hours")
	file := source.File{Name: "answers.csv", Data: []byte("name,email,What is hard about counting?\nOle Brandvik,ole@oilvane.example,I count by hand every Friday\n" +
		"Berta Quandt,berta@sonderkorn.example,The zylometer is thrumbling\nIda Holm,ida@oilvane.example,Nothing is hard about it\n")}
	bring := func() Progress {
		return must(f.ImportNow(t.Context(), study.ID, FileList([]source.File{file}), source.Options{}, nil))(t)
	}
	bring()
	everybody := must(f.Everybody(t.Context()))(t)
	erase := func(name string) Loss {
		i := slices.IndexFunc(everybody.People, func(p Person) bool { return p.Name() == name })
		return must(f.Erase(t.Context(), everybody.People[i].ID, true))(t)
	}
	if l := erase("Berta Quandt"); l.Rewritten != 1 || len(l.Sources) != 1 {
		t.Errorf("of %d files %d were written anew", len(l.Sources), l.Rewritten)
	}
	bytesLeft := func() (all []byte) {
		for _, id := range must(f.blobs.List(t.Context()))(t) {
			all = append(all, must(f.blobs.Get(t.Context(), id))(t)...)
		}
		return all
	}
	if left := bytesLeft(); !bytes.Contains(left, []byte("by hand")) || !bytes.Contains(left, []byte("Nothing is hard")) {
		t.Errorf("left is\n%s", left)
	}
	if left := holding(t, filepath.Join(dir)); left != nil {
		t.Errorf("the folder holds %q", left)
	}
	if p := bring(); p.Added != 0 {
		t.Errorf("%d came back", p.Added)
	}
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 {
		t.Errorf("verified: %+v", v)
	}
	if left := holding(t, filepath.Join(dir, "sources")); left != nil {
		t.Errorf("brought again, the bytes hold %q", left)
	}
	erase("Ole Brandvik")
	if left := bytesLeft(); bytes.Contains(left, []byte("by hand")) || !bytes.Contains(left, []byte("Nothing is hard")) {
		t.Errorf("after the second left is\n%s", left)
	}
	do(t, f.remove(t.Context(), store.ConversationFilter{}), f.FinishErasing(t.Context()))
	if left := bytesLeft(); len(left) != 0 {
		t.Errorf("everything was removed, and left is\n%s", left)
	}
}
