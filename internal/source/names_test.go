package source

import "testing"

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
