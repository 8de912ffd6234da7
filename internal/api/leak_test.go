package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mask"
)

// behindMasks are the operations that are there for owners to look.
var behindMasks = map[string]bool{"getOriginal": true, "getCalled": true}

func TestNoOperationTellsWhatIsMasked(t *testing.T) {
	w := open(t)
	petra := w.talk.Speaker(w.talk.Turns[1].Speaker).Person()
	old := w.place("spreadsheet")
	if _, err := w.flow.MaskPerson(t.Context(), petra); err != nil {
		t.Fatal(err)
	}
	if _, err := w.flow.Mask(t.Context(), flow.ToMask{Span: old.span(), What: mask.Name}); err != nil {
		t.Fatal(err)
	}
	c, _, err := w.flow.Conversation(t.Context(), w.talk.ID, w.study)
	if err != nil {
		t.Fatal(err)
	}
	guesses, err := w.flow.Guesses(t.Context(), w.study)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{string(old.Text), string(c.Turns[3].Text.ID)}
	opened := 0
	eachOperation(t, func(t *testing.T, method, path string, op *huma.Operation) {
		if method != http.MethodGet {
			return
		}
		for name, by := range somebody {
			for _, text := range texts {
				at := strings.NewReplacer("{study}", string(w.study), "{conversation}", string(c.ID), "{person}", string(petra), "{text}", text,
					"{turn}", string(c.Turns[3].ID), "{guess}", string(guesses[0].ID)).Replace(path)
				for _, asked := range []string{"", "spreadsheet", "brother", "the sheet that he builds", "person:Petra", "Möller"} {
					query, asks := url.Values{}, false
					for _, p := range op.Parameters {
						switch {
						case p.In == "query" && p.Name == "study":
							query.Set("study", string(w.study))
						case p.In == "query" && (p.Name == "q" || p.Name == "words") && asked != "":
							query.Set(p.Name, asked)
							asks = true
						}
					}
					if asked != "" && !asks {
						continue
					}
					got := w.as(by, method, filled(at)+"?"+query.Encode(), nil)
					if got.status != http.StatusOK {
						continue
					}
					opened++
					if behindMasks[op.OperationID] && strings.HasSuffix(name, "owner") || name == "whoever sits at the machine" && behindMasks[op.OperationID] {
						continue
					}
					low := strings.ToLower(got.body)
					if asked == "person:Petra" {
						low = strings.ReplaceAll(low, `\"petra\"`, "")
					}
					if asked != "" {
						low = strings.ReplaceAll(low, `"`+strings.ToLower(asked)+`"`, "") // what was asked is said again
					}
					for _, word := range []string{"spreadsheet", "möller", "petra"} {
						if i := strings.Index(low, word); i >= 0 {
							t.Fatalf("%s, asked for %q: %q is told: …%s", name, asked, word, low[max(0, i-100):min(len(low), i+60)])
						}
					}
				}
			}
		}
	})
	if opened < 100 {
		t.Errorf("only %d answers were read", opened)
	}
	t.Logf("%d answers were read", opened)
}
