package job

import "testing"

func TestAFinishLineIsAboutUsWhereTheyBuyOrGoLive(t *testing.T) {
	for line, want := range map[string]string{
		"They have signed the contract":                         "signed the contract",
		"The contract is signed":                                "contract is signed",
		"We go live in March":                                   "go live",
		"Renewals above nine in ten":                            "Renewals",
		"Everybody uses our app":                                "uses our app",
		"The order is in the kitchen by noon, without a call":   "",
		"Nobody calls on a Sunday any more":                     "",
		"Their own customers pay within a week":                 "",
		"The month is closed by the third, and nobody stays on": "",
	} {
		if got := AboutUs(line); got != want {
			t.Errorf("%q is about us for %q, want %q", line, got, want)
		}
	}
}
