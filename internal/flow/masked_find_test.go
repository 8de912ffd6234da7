package flow

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/mask"
)

func TestWhatIsMaskedOrCorrectedIsFoundInNoWay(t *testing.T) {
	f, _ := withFleet(t)
	span := at(t, f, "My sister lives in Spain.")
	if _, err := f.CorrectText(t.Context(), span.Text, loseVans+" We have no garage."); err != nil {
		t.Fatal(err)
	}
	findable(t, f)
	for _, query := range []string{"sister", `"sister lives"`, "sis*", "person:Anna sister", "where does her sibling live, in Spain?", "person:Anna", "is:unmarked", "kind:anxiety"} {
		for _, h := range must(f.Search(t.Context(), Query{Words: query}))(t).Hits {
			if strings.Contains(h.Text.Text, "sister") {
				t.Errorf("%q finds what was corrected away: %q", query, h.Text.Text)
			}
		}
	}
	taken := must(f.TakeOut(t.Context(), Query{Words: "person:Anna"}, "md", func(Hit) string { return "" }))(t)
	if bytes.Contains(taken.Markdown(), []byte("sister")) || !bytes.Contains(taken.Markdown(), []byte("garage")) {
		t.Errorf("taken out:\n%s", taken.Markdown())
	}
	if hits := quotes(t, f, t.Context(), "person:Anna garage"); len(hits) != 1 {
		t.Errorf("what was corrected in is found %d times", len(hits))
	}
}

func TestMaskedWordsAreFoundByNoWordNoMeaningAndInNoTable(t *testing.T) {
	f, _ := withFleet(t)
	hits := must(f.Search(t.Context(), Query{Words: `"Spain"`}))(t).Hits
	if hidden := must(f.Mask(t.Context(), ToMask{Span: hits[0].Matches[0], What: mask.Address}))(t); hidden != 1 {
		t.Fatalf("%d places are masked", hidden)
	}
	findable(t, f)
	for _, query := range []string{"Spain", `"lives in Spain"`, "Spa*", "person:Anna Spain", "her family lives in Spain", "person:Anna", "sister"} {
		for _, h := range must(f.Search(t.Context(), Query{Words: query}))(t).Hits {
			if strings.Contains(h.Text.Text, "Spain") {
				t.Errorf("%q shows %q", query, h.Text.Text)
			}
		}
	}
	if n := len(quotes(t, f, t.Context(), `"Spain"`)); n != 0 {
		t.Errorf("the masked word finds %d places", n)
	}
	for _, form := range Forms() {
		taken := must(f.TakeOut(t.Context(), Query{Words: "sister"}, form, func(Hit) string { return "" }))(t)
		if data := must(taken.As(form))(t); bytes.Contains(data, []byte("Spain")) || len(taken.rows) != 1 {
			t.Errorf("as %s: %q", form, taken.rows)
		}
	}
}
