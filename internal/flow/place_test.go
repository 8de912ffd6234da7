package flow

import (
	"fmt"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// mails are invented: two people write to each other, three times.
func mails() (files []source.File) {
	for n := range 3 {
		files = append(files, source.File{Name: fmt.Sprintf("%d.eml", n), Data: fmt.Appendf(nil,
			"From: Ute Lind <ute@kiln.example>\r\nTo: Ben Ode <ben@glaze.example>\r\nSubject: Matter %d\r\nMessage-ID: <%d@mail.example>\r\nDate: Mon, 02 Nov 2026 09:0%d:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe glaze takes %d days to dry.\r\n", n, n, n, n)})
	}
	return files
}

// sides lists on which sides the speakers of a study are.
func sides(t *testing.T, f *Flow, study headway.StudyID) map[headway.Side]int {
	t.Helper()
	of := map[headway.Side]int{}
	for _, h := range must(f.Conversations(t.Context(), study))(t) {
		for _, s := range h.Speakers {
			of[s.Side]++
		}
	}
	return of
}

func TestAnAddressIsPlacedAsOneDeedOrNotAtAll(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := must(f.OpenStudy(ctx, "Glaze", headway.OurCustomers))(t)
	do(t, f.Skip(ctx, s.ID))
	must(f.ImportNow(ctx, s.ID, FileList(mails()), source.Options{}, nil))(t)
	first := must(f.Conversations(ctx, s.ID))(t)[0]
	ute := Placed{first.Speakers[0].ID, headway.Theirs}

	if err := f.PlaceAlike(ctx, s.ID, first.ID, ute, Placed{"nobody", headway.Ours}); headway.ErrorCode(err) != headway.NotFound {
		t.Fatalf("one of two who is not there: %v", err)
	}
	if got := sides(t, f, s.ID); got[headway.Theirs] != 0 {
		t.Errorf("what was refused is half done: %v", got)
	}
	do(t, f.PlaceAlike(ctx, s.ID, first.ID, ute))
	if got := sides(t, f, s.ID); got[headway.Theirs] != 3 {
		t.Errorf("who writes from one address has these sides: %v", got)
	}
	must(f.Undo(ctx))(t)
	if got := sides(t, f, s.ID); got[headway.Theirs] != 0 {
		t.Errorf("taken back: %v", got)
	}
}
