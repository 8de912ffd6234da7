package naming_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
)

func TestStruckNamesLeaveEveryPlaceWhereItWas(t *testing.T) {
	for _, c := range []struct{ name, from, want string }{
		{"a name and what hangs on it", "Berta's sister saw berta.", "█████'s sister saw █████."},
		{"not within another word", "Bertas and Alberta", "Bertas and Alberta"},
		{"in a file's name", "call_berta_1.vtt", "call_█████_1.vtt"},
		{"letters of several bytes", "Jürgen met Berta, sehr schön", "Jürgen met █████, sehr schön"},
		{"nothing", "Nobody.", "Nobody."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := naming.StrikeOut(c.from, []string{"Berta"})
			if got != c.want {
				t.Errorf("%q became %q, want %q", c.from, got, c.want)
			}
			if utf8.RuneCountInString(got) != utf8.RuneCountInString(c.from) {
				t.Error("places have moved")
			}
		})
	}
}

func TestASpeakerIsCalledByNameAndItsParts(t *testing.T) {
	s := headway.Speaker{Name: "Berta van Quandt", Email: "b@oilvane.example", Key: "K-77"}
	want := []string{"Berta van Quandt", "b@oilvane.example", "K-77", "Berta", "Quandt"}
	if diff := cmp.Diff(want, naming.Of(s)); diff != "" {
		t.Error(diff)
	}
	if names := naming.Of(headway.Speaker{Name: "P4"}); names != nil {
		t.Errorf("P4 is called %q", names)
	}
}
