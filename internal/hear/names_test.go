package hear

import (
	"testing"

	"github.com/headway-oss/headway/internal/encoder/weights"
)

func TestAllNamesAreOneToTheEncoder(t *testing.T) {
	for _, c := range []struct{ name, from, want string }{
		{"within a sentence", "So we took Brightleaf for it.", "So we took Acme for it."},
		{"of several words", "We asked Mara Lindt Partners twice.", "We asked Acme twice."},
		{"in a list", "We tried Brightleaf, Korvex and Ulmo.", "We tried Acme, Acme and Acme."},
		{"that owns something", "It was Mara's idea.", "It was Acme's idea."},
		{"with a capital inside", "I read it on my eReader.", "I read it on my Acme."},
		{"known from later in the row", "Korvex broke, so I left Korvex.", "Acme broke, so I left Acme."},
		{"not at a beginning alone", "Boxes arrive late. Then we wait.", "Boxes arrive late. Then we wait."},
		{"not after a colon or an opening quotation mark", "He said: \"Forget it.\"", "He said: \"Forget it.\""},
		{"not days, months or I", "I think I'm free on Monday in May.", "I think I'm free on Monday in May."},
		{"not an ordinary word that is shouted", "I would LOVE a lot of SPACE at Korvex.", "I would LOVE a lot of SPACE at Acme."},
		{"not after the dash of a list", "slow to open - Hard to find - Boring", "slow to open - Hard to find - Boring"},
		{"not days by the dozen", "It is closed on Sundays and on Mondays.", "It is closed on Sundays and on Mondays."},
		{"not what shouts", "THIS NEVER EVER WORKS", "THIS NEVER EVER WORKS"},
		{"not a heading", "Where To Go With Boxes", "Where To Go With Boxes"},
		{"none", "we just wait for the boxes", "we just wait for the boxes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := withoutNames(Row{Sentence: c.from}).Sentence; got != c.want {
				t.Errorf("%q became %q, want %q", c.from, got, c.want)
			}
		})
	}
}

func TestANameIsKnownInWhatCameBefore(t *testing.T) {
	got := withoutNames(Row{Sentence: "Korvex did.", Before: "Then somebody from Korvex called.", Question: "Did Mara call?"})
	want := Row{Sentence: "Acme did.", Before: "Then somebody from Acme called.", Question: "Did Acme call?"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestOtherNamesAreHeardTheSame(t *testing.T) {
	row := func(firm, person string) Row {
		return Row{Sentence: "Before that we had " + firm + ", and " + person + " hated it.", Question: "What did " + person + " use before?"}
	}
	rows := []Row{row("Brightleaf", "Mara"), row("Oilvane Systems", "Tjark"), row("Korvex", "Ines")}
	for i := range rows {
		rows[i].Side = "theirs"
	}
	heard := ReadRows(weights.Careful(), rows)
	for i := 1; i < len(heard); i++ {
		for label := range heard[i] {
			if heard[i][label] != heard[0][label] {
				t.Fatalf("label %d of %q is %v, of %q %v", label, rows[0].Sentence, heard[0][label], rows[i].Sentence, heard[i][label])
			}
		}
	}
}
