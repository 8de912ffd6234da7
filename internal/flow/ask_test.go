package flow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

var today = time.Date(2026, 3, 31, 15, 0, 0, 0, time.UTC)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestWhatIsTypedIsPartedIntoWordsAndFilters(t *testing.T) {
	for text, want := range map[string]typed{
		"too expensive":                         {words: "too expensive"},
		"person:Anna price":                     {words: "price", narrow: Narrow{People: []string{"Anna"}}, narrowed: true},
		`price person:"Anna Berg" kind:anxiety`: {words: "price", narrow: Narrow{People: []string{"Anna Berg"}, Kinds: []headway.Label{headway.Anxiety}}, narrowed: true},
		"person:Anna,Bert kind:mot":             {narrow: Narrow{People: []string{"Anna", "Bert"}, Kinds: []headway.Label{headway.Motivation}}, narrowed: true},
		`"by hand" is:kept by:me`:               {words: `"by hand"`, narrow: Narrow{Is: []Is{IsKept}, By: []string{"me"}}, narrowed: true},
		"PERSON:Anna Side:US":                   {narrow: Narrow{People: []string{"Anna"}}, side: headway.Ours, narrowed: true},
		`"person:Anna price"`:                   {words: `"person:Anna price"`},
		"since:2026-02 until:2026-02":           {narrow: Narrow{Since: day(2026, 2, 1), Until: day(2026, 3, 1)}, narrowed: true},
		"since:2025 until:2026-01-05":           {narrow: Narrow{Since: day(2025, 1, 1), Until: day(2026, 1, 6)}, narrowed: true},
		"since:30d":                             {narrow: Narrow{Since: day(2026, 3, 1)}, narrowed: true},
		"role:buyer study:Spring account:Nor":   {narrow: Narrow{Roles: []headway.Role{headway.Buyer}, Accounts: []string{"Nor"}}, studies: []string{"Spring"}, narrowed: true},
		"at 12:30 on http://a.example so: yes":  {words: "at 12:30 on http://a.example so: yes"},
		`an unclosed "mark here`:                {words: `an unclosed "mark here`},
		"😀 שלום":                                {words: "😀 שלום"},
		`person:Anna "`:                         {narrow: Narrow{People: []string{"Anna"}}, narrowed: true},
	} {
		got := readAsk(text, today)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(typed{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestWhatIsMisreadSaysWhatToWriteInstead(t *testing.T) {
	for text, want := range map[string]string{
		"kind:fear":        `"fear" is no kind: write one of situation, struggle`,
		"kind:":            "kind: needs a value, for instance kind:anxiety",
		"person:":          "person: needs a value",
		`person:""`:        "person: needs a value",
		"is:done":          `"done" is no state: write one of kept, suggested, dismissed, unmarked`,
		"side:left":        `"left" is no side: write side:theirs or side:ours`,
		"role:king":        `"king" is no role: write one of user, buyer`,
		"since:yesterday":  `"yesterday" is no day: write 2026, 2026-03 or 2026-03-02`,
		"since:2026-13":    "is no day",
		"until:99999999d":  "is no day",
		"until:d":          "is no day",
		"kind:m":           `"m" is no kind`, // of motivation and measure, which?
		"kind:\u202etxen":  "is no kind",
		"is:<script>":      "is no state",
		"kind:anxiety,foo": `"foo" is no kind`,
		`""""`:             `there is no word in """": write one, or a filter such as person:Anna`,
		"“ ”":              "there is no word in",
		"?! -":             "there is no word in",
	} {
		got := readAsk(text, today)
		if !got.halts() || !strings.Contains(got.misread[0].What, want) {
			t.Errorf("%s: %+v", text, got.misread)
		}
	}
	got := readAsk("speaker:Anna price", today)
	if got.halts() || got.words != "speaker:Anna price" || len(got.misread) != 1 || !strings.Contains(got.misread[0].What, `there is no filter "speaker"`) {
		t.Errorf("an unknown filter: %+v", got)
	}
}

func FuzzReadAsk(f *testing.F) {
	for _, seed := range []string{`person:"a`, `kind:`, `a:b:c`, `"`, `:,:`, "since:\x00", "is:kept,", "person:,,,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := readAsk(text, today)
		if len(got.words) > 2*len(text)+8 {
			t.Errorf("%q grew to %q", text, got.words)
		}
		for _, kind := range got.narrow.Kinds {
			if !kind.IsSlot() && kind != headway.Realization {
				t.Errorf("%q became the kind %q", text, kind)
			}
		}
	})
}
