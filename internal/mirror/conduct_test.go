package mirror

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func conductOf(t testing.TB, script string) *Conduct {
	t.Helper()
	c := lookAt(t, script).Conduct
	if c == nil {
		t.Fatal("nothing can be said of how it was led")
	}
	return c
}

func TestNothingIsSaidOfWhatNobodyLed(t *testing.T) {
	both := "us q-open,asks:result: What happened?\nAna result: It broke."
	for name, test := range map[string]struct {
		genre  headway.Genre
		script string
		led    bool
	}{
		"an interview is led":                    {headway.Interview, both, true},
		"a survey only has headers":              {headway.Survey, both, false},
		"a review is written before we reply":    {headway.Review, both, false},
		"a customer alone is led by nobody":      {headway.Interview, "Ana result: It broke.", false},
		"we alone lead nobody":                   {headway.Interview, "us pitch: It holds.", false},
		"one of unknown side is nobody to speak": {headway.Interview, "us pitch: It holds.\nBo? result: It broke.", false},
	} {
		t.Run(name, func(t *testing.T) {
			c, h := talk(t, "one.txt", test.script)
			c.Genre = test.genre
			if got := Look(c, h, nil).Conduct; (got != nil) != test.led {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// fixture turns from the offer to the customer with the counterfactual, in turn 6.
const fixture = `
	us pitch: Our mugs keep their colour for years.
	Ana request: We need two hundred with a lid.
	us pitch: The lid comes in five colours.
	Ana pull: Five colours sounds lovely.
	us pitch: And printing is free this month.
	Ana request: Then print our logo on it.
	us q-open,asks:alternative: If you could not have had mugs, what would you have done instead?
	Ana alternative: We would have served coffee at the stand.
	us q-open,asks:motivation: What were you hoping to reach?
	Ana motivation: I want visitors to stop and talk.
	us q-open,asks:situation: How does a day at the stand go?
	Ana situation: Three of us stand there from nine to six.`

func TestTheTalkTurnsWhereTheCounterfactualIsAsked(t *testing.T) {
	d := newDesk(t)
	topics := d.hear("one.txt", fixture).Conduct.Topics
	want := &Shift{
		Turn:     6,
		Question: d.at("If you could not have had mugs, what would you have done instead?"),
		Before:   Share{0, 6},
		After:    Share{6, 6},
	}
	if diff := cmp.Diff(want, topics.Shift); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	counts := []int{topics.Ours, topics.Of(headway.Ours, OnOffer), topics.Of(headway.Ours, OnSituation), topics.Of(headway.Ours, OnAim),
		topics.Theirs, topics.Of(headway.Theirs, OnOffer), topics.Of(headway.Theirs, OnSituation), topics.Of(headway.Theirs, OnAim)}
	if diff := cmp.Diff([]int{6, 3, 2, 1, 6, 3, 2, 1}, counts); diff != "" {
		t.Errorf("turns, on offer, situation, aim, of ours and theirs (-want +got):\n%s", diff)
	}
	before, after := topics.Around(6)
	if before != want.Before || after != want.After {
		t.Errorf("around the question: %v and %v", before, after)
	}
}

func TestTheTalkMayTurnBackToTheOffer(t *testing.T) {
	got := topicsOf("tttttoooooo").shift()
	if got == nil || got.Turn != 5 || got.Before != (Share{5, 5}) || got.After != (Share{0, 6}) {
		t.Errorf("got %+v", got)
	}
}

func TestALittleDifferenceIsNoShift(t *testing.T) {
	for name, turns := range map[string]string{
		"nothing was heard":              "",
		"all the same":                   "tttttttttttt",
		"too few turns":                  "ooootttt",
		"a last word":                    "ttttttttttttttttto",
		"one after the other":            "otototototototot",
		"both halves are mostly of them": "otttttottttttttttttttttttttttttttttt",
		"hardly more in the second half": "ottoottotototto",
		"both are mostly of the offer":   "ooooooooooooooooooooottottooo",
	} {
		t.Run(name, func(t *testing.T) {
			if got := topicsOf(turns).shift(); got != nil {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// topicsOf makes turns on the offer (o) and on them (t).
func topicsOf(turns string) Topics {
	var topics Topics
	for i, turn := range turns {
		topic := OnSituation
		if turn == 'o' {
			topic = OnOffer
		}
		topics.Turns = append(topics.Turns, TurnTopic{i, headway.Theirs, topic})
	}
	return topics
}

// TestShuffledTurnsHardlyEverShift holds the claim beside aShift.
func TestShuffledTurnsHardlyEverShift(t *testing.T) {
	shuffle := rand.New(rand.NewSource(1))
	for _, n := range []int{12, 24, 60, 200} {
		topics, shifts := topicsOf("").Turns, 0
		for i := range n {
			topics = append(topics, TurnTopic{i, headway.Ours, []Topic{OnOffer, OnAim}[i%2]})
		}
		const times = 2000
		for range times {
			shuffle.Shuffle(n, func(i, j int) { topics[i].Topic, topics[j].Topic = topics[j].Topic, topics[i].Topic })
			if (Topics{Turns: topics}).shift() != nil {
				shifts++
			}
		}
		if 20*shifts > times {
			t.Errorf("%d of %d shuffles of %d turns shift", shifts, times, n)
		}
	}
}

func TestATurnIsAboutWhatMostOfItIs(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   []TurnTopic
	}{
		"most sentences decide": {
			"us pitch: It holds.\nus pitch: It shines.\nus q-open,asks:aim,asks:measure: When is it good?", []TurnTopic{{0, headway.Ours, OnOffer}}},
		"of as many the last": {
			"us pitch: It holds.\nus q-open,asks:measure: When is it good?", []TurnTopic{{0, headway.Ours, OnAim}}},
		"a suggestion decides nothing":        {"us ?pitch: It holds.", nil},
		"a fear is of both ways":              {"Ana anxiety: I fear it breaks.", nil},
		"nobody in particular has no topic":   {"Bo? struggle: It leaks.", nil},
		"a question for anything else hasn't": {"us q-closed,asks:other: Shall I share my screen?", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c, h := talk(t, "one.txt", test.script+"\nEve ack: Fine.\nus ack: Well.")
			if diff := cmp.Diff(test.want, Look(c, h, nil).Conduct.Topics.Turns); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAnOrderIsTakenWhereNothingExploresBeforeTheOffer(t *testing.T) {
	const ask = "Ana request: I need a mug with a lid.\n"
	for name, test := range map[string]struct {
		script string
		want   []Met
	}{
		"an offer right away is order-taking":             {ask + "us pitch: Our mug has one.", []Met{Taken}},
		"advice right away is too":                        {ask + "us advice: Take the tall one.", []Met{Taken}},
		"a why before the offer explores":                 {ask + "us q-open,asks:situation: When did you miss one?\nAna: On the train.\nus pitch: Our mug has one.", []Met{Explored}},
		"giving back before the offer explores":           {ask + "us playback: So it should not spill.\nAna: Yes.\nus pitch: Our mug has one.", []Met{Explored}},
		"a why in the breath of the offer comes too late": {ask + "us q-open,asks:situation: Why?\nus pitch: Our mug has one.", []Met{Taken}},
		"giving back in the breath of the offer is notes": {ask + "us playback: A lid, then.\nus pitch: Our mug has one.", []Met{Taken}},
		"a yes and then the offer is order-taking":        {ask + "us ack: Right.\nAna: In blue.\nus pitch: Our mug has one.", []Met{Taken}},
		"arranging things does not explore":               {ask + "us q-closed,asks:other: By Friday?\nAna: Yes.\nus pitch: Our mug has one.", []Met{Taken}},
		"a yes alone is noted":                            {ask + "us ack: Right.", []Met{Noted}},
		"nobody of us said anything":                      {"us ack: Hello.\n" + ask, []Met{Unanswered}},
		"each request is its own":                         {ask + "us ack: Right.\nAna request: And a handle.\nus q-open,asks:struggle: What happens without?", []Met{Noted, Explored}},
		"requests of one breath are one":                  {ask + "Ana request: And a handle.\nus pitch: We have that.", []Met{Taken}},
		"a suggested request is none":                     {"Ana ?request: A lid is fine.\nus pitch: Our mug has one.", nil},
		"a suggested offer takes no order":                {ask + "us ?pitch: Ours has one.", []Met{Noted}},
		"what somebody unplaced asks for is none":         {"Ana: Hm.\nBo? request: I need a lid.\nus pitch: Our mug has one.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []Met
			for _, o := range conductOf(t, test.script).Orders {
				got = append(got, o.Met)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAnOrderStandsAtTheRequestAndAtWhatMetIt(t *testing.T) {
	d := newDesk(t)
	p := d.hear("one.txt", "Ana: Hello.\nAna request: I need a lid.\nus ack: Right.\nAna: In blue.\nus pitch: Our mug has one.")
	want := []Order{{Request: d.at("I need a lid."), Turn: 0, Met: Taken, Reply: d.at("Our mug has one."), ReplyIn: 3}}
	if diff := cmp.Diff(want, p.Conduct.Orders); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestTheDepthsOfConcernsAreExact tells of each concern how many turns of ours
// stayed on it, how many of them asked, and who ended it.
func TestTheDepthsOfConcernsAreExact(t *testing.T) {
	const fear = "Ana anxiety: I fear the new system leaks our price list.\n"
	type depth struct {
		Depth, Asked int
		Ended        Ended
	}
	for name, test := range map[string]struct {
		script string
		want   []depth
	}{
		"another question drops it":                             {fear + "us q-closed,asks:decision: Who signs the order?", []depth{{0, 0, WeLeft}}},
		"an offer drops it":                                     {fear + "us pitch: Our servers are the safest.", []depth{{0, 0, WeSolved}}},
		"a story drops it":                                      {fear + "us story-own: I once lost a whole pallet.", []depth{{0, 0, WeLeft}}},
		"a question with a word of it stays":                    {fear + "us q-open,asks:anxiety: Who must not see the price list?", []depth{{1, 1, ""}}},
		"a question without a matter of its own too":            {fear + "us q-open,asks:anxiety: How so?", []depth{{1, 1, ""}}},
		"a question that points back too":                       {fear + "us q-open,asks:struggle: Where did you meet that before?", []depth{{1, 1, ""}}},
		"giving back stays":                                     {fear + "us playback: So secrets must stay secret.", []depth{{1, 0, ""}}},
		"giving back and asking about it is one turn":           {fear + "us playback: A leak would hurt.\nus q-open,asks:anxiety: Whom would a leak of prices hurt?", []depth{{1, 1, ""}}},
		"giving back and asking else ends there":                {fear + "us playback: A leak would hurt.\nus q-closed,asks:decision: Who signs the order?\nAna: My wife.\nus playback: So she signs.", []depth{{1, 0, WeLeft}}},
		"after giving back, a this in passing does not stay":    {fear + "us playback: A leak would hurt.\nus q-closed,asks:decision: Is this an order that your wife signs?", []depth{{1, 0, WeLeft}}},
		"a second question takes up the first, not the concern": {fear + "us q-closed,asks:decision: Who signs the order?\nus q-open,asks:situation: What happens before that?", []depth{{0, 0, WeLeft}}},
		"of two questions one about it is enough":               {fear + "us q-closed,asks:decision: Who signs the order?\nus q-open,asks:anxiety: And who must not see the prices?", []depth{{1, 1, ""}}},
		"a hm listens":                                          {fear + "us ack: Hm.\nAna: The price list is all we have.\nus q-open,asks:anxiety: Who wants the prices?", []depth{{1, 1, ""}}},
		"three turns are a depth of three": {fear + `
			us q-open,asks:anxiety: How so?
			Ana struggle: Last year a rival knew every discount.
			us q-open,asks:struggle: What did the rival do with your discounts?
			Ana struggle: They called each of our dealers.
			us playback: So the dealers heard it from them.
			Ana: Yes.
			us q-closed,asks:decision: Who signs the order?`, []depth{{3, 2, WeLeft}}},
		"they may move on themselves": {fear + `
			us ack: Hm.
			Ana: Anyway, my wife signs.
			us q-closed,asks:decision: Does she sign today?`, []depth{{0, 0, TheyLeft}}},
		"another concern of theirs after a hm is the next": {fear + `
			us ack: Hm.
			Ana struggle: Our dealers wait for weeks.
			us q-open,asks:struggle: Which dealers wait?`, []depth{{0, 0, TheyLeft}, {1, 1, ""}}},
		"another concern in an answer belongs to the first": {fear + "us q-open,asks:anxiety: How so?\nAna struggle: Our dealers gossip.", []depth{{1, 1, ""}}},
		"answers wander, and a later question is judged by the concern": {fear + `
			us q-open,asks:anxiety: How so?
			Ana situation: We changed the stand in spring.
			us q-open,asks:situation: What does the stand look like?`, []depth{{1, 1, WeLeft}}},
		"nobody of us spoke after it": {"us ack: Hello.\n" + fear, []depth{{0, 0, ""}}},
		"a suggestion is no concern":  {"Ana ?struggle: It was slow.\nus ack: Hm.", nil},
		"ours are no concerns":        {"us anxiety: I fear it leaks.\nAna: Hm.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []depth
			for _, c := range conductOf(t, test.script).Concerns {
				got = append(got, depth{len(c.Pursued), c.Asked, c.Ended})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAConcernTellsWhatTheyThenToldAndInHowManyWords(t *testing.T) {
	d := newDesk(t)
	got := d.hear("one.txt", `
		us q-open,asks:anxiety: What worries you?
		Ana anxiety: I fear it leaks.
		us q-open,asks:anxiety: What would a leak do?
		Ana motivation: I want our dealers to trust us.
		Ana ?habit: As always.
		us q-closed,asks:decision: Who signs the order?`).Conduct.Concerns
	want := []Concern{{
		Span: d.at("I fear it leaks."), Kind: headway.Anxiety, Turn: 1,
		Pursued: []headway.Span{d.at("What would a leak do?")}, Asked: 1,
		Told:  []headway.Label{headway.Motivation},
		Ended: WeLeft, End: d.at("Who signs the order?"),
		Words: 4, Next: 9,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if c := conductOf(t, "us ack: Hello.\nAna struggle: It leaks.").Concerns; !c[0].Unasked {
		t.Error("nobody asked for it, and it is not unasked")
	}
}

func TestWordsSaidEverywhereTellNothingOfAConcern(t *testing.T) {
	script := "Ana struggle: The mug leaks.\n"
	for range 6 {
		script += "us ack: A mug.\nAna: The mug, yes.\n"
	}
	script += "us q-closed,asks:decision: Who pays for a mug?"
	if got := conductOf(t, script).Concerns[0]; len(got.Pursued) > 0 {
		t.Errorf("a question about mugs in a talk of mugs stays on the leak: %+v", got)
	}
}

func TestStoriesOfOursAreOwnOrOthers(t *testing.T) {
	d := newDesk(t)
	got := d.hear("one.txt", `
		us story-own: When I ran a shop I lost a pallet.
		us story-own: It cost me a summer.
		us ack: Well.
		us ?story-own: I was young.
		Ana story-own: Me too.
		us story-other: Another client lost two.`).Conduct.Stories
	first := d.at("When I ran a shop I lost a pallet.")
	first.End = d.at("It cost me a summer.").End
	want := []Story{
		{first, headway.StoryOwn, 0, true},
		{d.at("I was young."), headway.StoryOwn, 0, false},
		{d.at("Another client lost two."), headway.StoryOther, 2, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestHowItWasLedStandsAtWordsOfTheConversation(t *testing.T) {
	d := newDesk(t)
	c := d.hear("one.txt", fixture+"\nAna anxiety: I fear the lid leaks.\nus q-open,asks:anxiety: Where did a lid leak?").Conduct
	spans := []headway.Span{c.Topics.Shift.Question}
	for _, o := range c.Orders {
		spans = append(spans, o.Request, o.Reply)
	}
	for _, concern := range c.Concerns {
		spans = append(append(spans, concern.Span), concern.Pursued...)
	}
	if i := slices.IndexFunc(spans, func(s headway.Span) bool { return d.texts.Quote(s).IsZero() }); i >= 0 || len(spans) < 6 {
		t.Errorf("of %d places, number %d has no words", len(spans), i)
	}
}
