package web

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

func TestNoPageAndNoLinkTellsAMaskedNameToAnybodyUntilAnOwnerLooks(t *testing.T) {
	w := openTogether(t)
	call := source.File{Name: "ida_zwolinska.txt", Data: bytes.ReplaceAll(kilnCall.Data, []byte("\nIda:"), []byte("\nIda Zwolinska:"))}
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList([]source.File{call}), source.Options{Ours: []string{"Jan Ours"}, Theirs: []string{"*"}}, nil); err != nil {
		t.Fatal(err)
	}
	heads, err := w.flow.Conversations(t.Context(), w.study)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(heads, func(h flow.Head) bool { return h.File == call.Name })
	c, _, err := w.flow.Conversation(t.Context(), heads[i].ID, w.study)
	if err != nil {
		t.Fatal(err)
	}
	turn := c.Turns[1]
	them := c.Speaker(turn.Speaker)
	all := turn.Text.SpanOf(headway.NewRuler(turn.Text.Text), 0, len(turn.Text.Text))
	var from []string
	for _, shown := range []access.Shown{
		{Kind: access.ShareMirror, Study: w.study}, {Kind: access.ShareQuote, Study: w.study, Conversation: c.ID, Span: all},
		{Kind: access.ShareSearch, Study: w.study, Words: "kilns"},
	} {
		link, _, err := w.gate.MakeShare(t.Context(), shown, "for the board", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		from = append(from, "/shared/"+link)
	}
	person := string(them.Person())
	from = append(from, "/", "/people", "/customers", "/person/"+person, "/conversation/"+string(c.ID), "/conversation/"+string(c.ID)+"/masks", "/search?q=zwolinska", "/search?q=kilns")
	w.is(w.ben)
	if got := w.post("/person/"+person+"/mask", url.Values{}); got.StatusCode != 303 {
		t.Fatalf("masking answers %d:\n%s", got.StatusCode, got.body)
	}
	if _, err := w.flow.MaskSuggested(t.Context(), c.ID, w.study); err != nil {
		t.Fatal(err)
	}
	for _, b := range []browser{w.anna, w.ben, w.vera} {
		w.is(b)
		said := (&desk{workbench: w.workbench}).walk(from...)
		if len(said) < 15 {
			t.Errorf("%s: only %d pages were opened", b.Access, len(said))
		}
		for path, body := range said {
			body = unzipped(body)
			low := strings.ToLower(body)
			for _, word := range ofIda {
				if strings.Contains(low, word) && !strings.Contains(path, "q="+word) {
					t.Errorf("%s: %s tells %q", b.Access, path, word)
				}
			}
		}
		t.Logf("%s: %d pages", b.Access, len(said))
	}
	w.is(w.ben)
	if got := w.post("/person/"+person+"/behind", url.Values{}); got.StatusCode != 403 {
		t.Errorf("an editor looks: %d", got.StatusCode)
	}
	w.is(w.anna)
	if got := w.post("/person/"+person+"/behind", url.Values{}); !strings.Contains(got.body, them.Name) {
		t.Errorf("an owner sees\n%s", got.body)
	}
	log, err := w.gate.Entries(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, e := range log {
		if e.Act == access.UnmaskRefused {
			refused++
		}
	}
	if refused != 1 {
		t.Errorf("%d refused looks are in the log", refused)
	}
	w.post("/person/"+person+"/lift", url.Values{})
	if got := w.get("/person/" + person); !strings.Contains(got.body, them.Name) {
		t.Error("it is not lifted")
	}
}
