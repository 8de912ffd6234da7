package flow

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestNamesAndGuessesAreAsLongAsAPageCanShow(t *testing.T) {
	f, s := withFleet(t)
	ctx := t.Context()
	long := strings.Repeat("ä", 10_000)
	anna := must(f.Everybody(ctx))(t).People[0].ID
	guess := func(text, author string) headway.Guess {
		return headway.Guess{Slot: headway.Motivation, Text: text, Author: author}
	}
	conversation := must(f.Conversations(ctx, s.ID))(t)[0].ID
	c, _, err := f.Conversation(ctx, conversation, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"a study's name":   last(f.OpenStudy(ctx, long, headway.OurCustomers)),
		"a guess":          f.AddGuess(ctx, s.ID, guess(long, "")),
		"the name of who":  f.AddGuess(ctx, s.ID, guess("They want it by Friday", long)),
		"the name of a fi": f.SetAccount(ctx, anna, long),
		"a speaker's name": f.SpeakTurnAs(ctx, conversation, c.Turns[0].ID, long),
	} {
		if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "characters at most: this has 10000") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := f.OpenStudy(ctx, strings.Repeat("ä", longestName), headway.OurCustomers); err != nil {
		t.Errorf("the longest name: %v", err)
	}
}

func TestALateGuessThatIsSentTwiceStandsOnce(t *testing.T) {
	f, s := withFleet(t)
	ctx := t.Context()
	before := len(must(f.Guesses(ctx, s.ID))(t))
	for range 2 {
		if err := f.AddGuess(ctx, s.ID, headway.Guess{Slot: headway.Motivation, Text: "They want it by Friday"}); err != nil {
			t.Fatal(err)
		}
	}
	if after := must(f.Guesses(ctx, s.ID))(t); len(after) != before+1 {
		t.Errorf("%d guesses, then %d", before, len(after))
	}
}

// last gives the error of a call whose value does not matter.
func last[T any](_ T, err error) error { return err }
