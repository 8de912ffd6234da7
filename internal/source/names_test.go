package source

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatStandsBeforeAColonIsANameOnlyIfItCouldBeOne(t *testing.T) {
	for line, want := range map[string]string{
		"Marta: hello":                               "Marta",
		"Marta Berg  : hello":                        "Marta Berg",
		"Dr. J. Ozols: hello":                        "Dr. J. Ozols",
		"P12: hello":                                 "P12",
		"Anna (she/her): hello":                      "Anna (she/her)",
		"O'Neill-Kalniņa: hello":                     "O'Neill-Kalniņa",
		"+371 2000 0000: hello":                      "+371 2000 0000",
		"Marta:":                                     "Marta",
		"Marta:hello":                                "",
		`C:\Users\jan\mugs.txt`:                      "",
		"12:30: the bell rang":                       "",
		"http://example.org":                         "",
		"Note: bring mugs":                           "",
		"So I said to him, wait: what":               "",
		"The best of it was this one thing: it held": "",
		"example.com: a site":                        "",
		"Really? Yes: really":                        "",
		": hello":                                    "",
	} {
		name, _, ok := namePrefix(line)
		if !ok {
			name = ""
		}
		if name != want {
			t.Errorf("%q names %q, want %q", line, name, want)
		}
	}
}

func TestWhoIsASpeakerIsDecidedOverTheWholeText(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"two who speak by turns", "Marta: a\n\nJan: b\n\nMarta: c\n\nJan: d", "Jan Marta"},
		{"a pasted question and answer", "Marta: How did you find us?\nJan: Through the choir.", "Jan Marta"},
		{"three who say one thing each", "Marta: Who comes?\nJan: I do.\nIlze: Not me.", "Ilze Jan Marta"},
		{"one who speaks once among those who speak often", "Marta: a\nJan: b\nMarta: c\nIlze Roze: d\nMarta: e", "Ilze Roze Jan Marta"},
		{"what a participant lists is no speaker", "Interviewer: How was it?\nP7: Two words.\nFrustrated: when it broke.\nSatisfied: when it worked.\nInterviewer: And now?\nP7: Both.", "Interviewer P7"},
		{"a form is no talk", "Product: mug\nColour: white\nProblem: it broke", ""},
		{"a definition in prose is no talk", "We learned one thing: nobody counts.\n\nThe rest of the day was spent on mugs.", ""},
		{"leads in bold are no speakers", "**Problem:** it broke\n\n**Solution:** a new one", ""},
		{"names in bold are", "**Marta:** Hello\n\n**Jan:** Hi\n\n**Marta:** So?", "Jan Marta"},
		{"a name in bold and one in plain letters are of two kinds", "**Marta:** Hello\n\n**Jan:** One\nThing: that\n\n**Marta:** So?\n\n**Jan:** Yes", "Jan Marta"},
		{"mail headers are no speakers", "From: marta@example.org\nSubject: mugs\nTo: jan@example.org", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(slices.Sorted(maps.Keys(habitsOf(test.text).speakers)), " ")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotesAboutSomebodyAreToldFromTheirOwnWords(t *testing.T) {
	for text, want := range map[string]bool{
		"She prints on Fridays. She queues. The participant sighs. P7 wants a second printer.": true,
		"Said the mugs were late. She called twice. He never answered. They would not pay.":    true,
		"He said it was late. I called him twice. He never answered me. So we left.":           false,
		"My boss is odd. He prints on Fridays. He queues. He swears. I wait for him there.":    false,
		"We print on Fridays. It takes an hour. Nobody likes it.":                              false,
	} {
		if got := isNotes([]string{text}); got != want {
			t.Errorf("%q is taken for notes: %v, want %v", text, got, want)
		}
	}
}
