package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// Everybody and everything here is invented.

// openWith is a study of files, skipped and read.
func openWith(t *testing.T, o source.Options, files ...source.File) *workshop {
	t.Helper()
	d := openDesk(t)
	study := must2(d.flow.OpenStudy(t.Context(), "Monday", headway.OurCustomers))(t)
	err := d.flow.Skip(t.Context(), study.ID)
	if err == nil {
		_, err = d.flow.ImportNow(t.Context(), study.ID, flow.FileList(files), o, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &workshop{d.workbench, d.flow, study.ID}
}

// mail is a message of its own; the subject keeps it apart from the others.
func mail(n int, from, to, text string) source.File {
	return source.File{Name: fmt.Sprintf("%d.eml", n), Data: fmt.Appendf(nil,
		"From: %s\r\nTo: %s\r\nSubject: Matter %d\r\nMessage-ID: <%d@mail.example>\r\nDate: Mon, 02 Nov 2026 09:0%d:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", from, to, n, n, n, text)}
}

func TestWhoWritesFromOneAddressIsPlacedOnce(t *testing.T) {
	const ute, ben = "Ute Lind <ute@kiln.example>", "Ben Ode <ben@glaze.example>"
	w := openWith(t, source.Options{},
		mail(1, ute, ben, "The glaze takes two days to dry."),
		mail(2, ute, ben, "I want to fire on a Friday."),
		mail(3, ute, ben, "Last week I threw away nine bowls."),
		mail(4, ben, ute, "Have you seen our dashboard?"))
	page := w.page("people")
	page.says(t, 200, "2 speakers to place", "and 2 conversations more")
	conversation, speaker := "", ""
	for _, h := range must2(w.flow.Conversations(t.Context(), w.study))(t) {
		if s := h.Speakers[0]; s.Email == "ute@kiln.example" && strings.Contains(page.body, string(s.ID)) {
			conversation, speaker = string(h.ID), string(s.ID)
		}
	}
	w.send(t, "place", "conversation", conversation, "speaker", speaker, "side", "theirs")
	w.page("people").says(t, 200, "1 person counts now", "1 speaker to place")
	if _, err := w.flow.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.page("people").says(t, 200, "2 speakers to place", "and 2 conversations more") // it was one deed
	w.send(t, "place", "conversation", conversation, "speaker", speaker, "side", "theirs")
	w.send(t, "place", "conversation", conversation, "speaker", speaker, "side", "ours") // put right in one conversation only
	w.page("people").says(t, 200, "1 person counts now", "1 speaker to place")
}
