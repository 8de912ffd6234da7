package customer

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Everybody and everything in these conversations is invented.

// talk makes a conversation of lines "Name: {kinds} words"; a name of ours ends
// in "(us)", a kind that is only suggested in "?".
func talk(key, date, text string) Talk {
	d := headway.NewDraft(key)
	h := headway.Hearing{}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, words, _ := strings.Cut(line, ": ")
		var labels []headway.Scored
		if kinds, rest, found := strings.Cut(strings.TrimPrefix(words, "{"), "} "); found {
			words = rest
			for _, kind := range strings.Split(kinds, ", ") {
				sure := strings.TrimSuffix(kind, "?")
				labels = append(labels, headway.Scored{Label: headway.Label(sure), Score: .8, Counted: sure == kind, By: "rule"})
			}
		}
		turn := d.Say(name, words)
		speaker := d.Speaker(name)
		speaker.Side, speaker.Settled = headway.Theirs, headway.SettledRole
		if strings.HasSuffix(name, "(us)") {
			speaker.Side = headway.Ours
		}
		h.Sentences = append(h.Sentences, headway.Heard{Span: all(turn), Turn: i, Side: speaker.Side, Labels: labels})
	}
	c := d.Conversation()
	if date != "" {
		c.Date.Time, _ = time.Parse(time.DateOnly, date)
	}
	return Talk{c, h}
}

func all(t *headway.Turn) headway.Span {
	return headway.Span{Text: t.Text.ID, End: headway.NewRuler(t.Text.Text).Point(len(t.Text.Text))}
}

func (t Talk) span(turn int) headway.Span          { return all(&t.Turns[turn]) }
func (t Talk) person(name string) headway.PersonID { return t.of(name).Person() }
func (t Talk) of(name string) headway.Speaker {
	for _, s := range t.Speakers {
		if s.Name == name {
			return s
		}
	}
	panic("nobody is called " + name)
}

func only(people ...headway.PersonID) Whose {
	w := Whose{}
	for _, p := range people {
		w[p] = people[0]
	}
	return w
}

// see replays deeds, numbered and dated, over talks.
func see(w Whose, talks []Talk, ops ...headway.Operation) Customer {
	for i := range ops {
		ops[i].Seq = int64(i) + 1
		ops[i].At = time.Date(2026, 11, 22, 9, i, 0, 0, time.UTC)
	}
	return See(w, talks, deed.NewJudgements(ops), NewDealings(ops, deed.NewHistory(ops)))
}

func words(talks ...Talk) func(headway.Span) headway.Quote {
	return func(s headway.Span) headway.Quote {
		for _, t := range talks {
			for i := range t.Turns {
				if q, err := t.Turns[i].Text.Cut(s); err == nil {
					return q
				}
			}
		}
		return headway.Quote{}
	}
}

var month = talk("month", "2026-03-02", `
Jan (us): What is hard about closing the month?
Petra: {struggle} I copy the numbers by hand every Friday.
Olaf: {struggle} For me it is the scanner.
Petra: {measure} If my boss stops calling on Sundays, it works.
Jan (us): We will send you the import by Friday.
Petra: {request?} A dark mode would be nice.
Petra: {realization} Oh, I never thought of asking the warehouse.`)

var after = talk("after", "2026-05-04", `
Petra: It was not the scanner, you told us the wrong thing.
Petra: {measure} He has not called in three weeks, so yes.`)

func TestACustomerIsSeenByTheirOwnWordsOnly(t *testing.T) {
	c := see(only(month.person("Petra")), []Talk{month})
	if got := c.Of(headway.Struggle); len(got.Lines) != 1 || got.Lines[0].Span != month.span(1) || got.Heard() != 1 {
		t.Errorf("struggles are %+v", got)
	}
	if got := c.Of(headway.Request).Lines; len(got) != 0 {
		t.Errorf("what is only suggested counts: %+v", got)
	}
	if len(c.Said) != len(headway.Kinds()) {
		t.Errorf("%d kinds", len(c.Said))
	}
}

func TestWhatAMemberKeptStandsBeforeWhatWasHeardAndIsCountedApart(t *testing.T) {
	part := month.span(1)
	part.Start = 2
	c := see(only(month.person("Petra")), []Talk{month},
		headway.Operation{Deed: headway.DeedMark, Span: month.span(5), Label: headway.Request, Verdict: headway.Kept},
		headway.Operation{Deed: headway.DeedMark, Span: part, More: []headway.Span{month.span(3)}, Label: headway.Struggle, Verdict: headway.Kept},
		headway.Operation{Deed: headway.DeedMark, Span: month.span(3), Label: headway.Measure, Verdict: headway.Dismissed},
		headway.Operation{Deed: headway.DeedMark, Span: month.span(2), Label: headway.Anxiety, Verdict: headway.Kept})
	for kind, want := range map[headway.Label][2]int{headway.Request: {1, 0}, headway.Struggle: {1, 1}, headway.Measure: {0, 0}, headway.Anxiety: {0, 0}} {
		if s := c.Of(kind); s.Kept != want[0] || s.Heard() != want[1] {
			t.Errorf("%s: %d kept and %d heard, want %v", kind, s.Kept, s.Heard(), want)
		}
	}
	if l := c.Of(headway.Struggle).Lines[0]; l.Span != part || len(l.Passage()) != 2 {
		t.Errorf("the member's own mark is not first, or lost its second turn: %+v", l)
	}
}

func TestPeopleWhomMembersMergedAreOne(t *testing.T) {
	petra := month.person("Petra")
	c := see(only(petra, after.person("Petra")), []Talk{after, month})
	if got := c.Of(headway.Measure).Lines; len(got) != 2 || got[0].Person != petra || got[1].Person != petra {
		t.Errorf("%+v", got)
	}
}

func TestAWowMomentStandsAfterTheTurnsThatLedToIt(t *testing.T) {
	c := see(only(month.person("Petra")), []Talk{month})
	if len(c.Wows) != 1 || c.Wows[0].Span != month.span(6) {
		t.Fatalf("%+v", c.Wows)
	}
	want := []Turn{{month.span(4), month.of("Jan (us)").ID}, {month.span(5), month.of("Petra").ID}}
	if diff := cmp.Diff(want, c.Wows[0].Before); diff != "" {
		t.Error(diff)
	}
}

func TestAMeasureIsConfirmedOnTheDayTheySaidSo(t *testing.T) {
	petra := month.person("Petra")
	whose, talks := only(petra, after.person("Petra")), []Talk{after, month}
	sent := headway.Operation{Deed: headway.DeedPlayback, Person: petra, Span: month.span(1), More: []headway.Span{month.span(3)}}
	reply := headway.Operation{Deed: headway.DeedReply, Of: 1, Verdict: headway.Supports, Answer: after.span(1)}
	back := headway.Operation{Deed: headway.DeedPlayback, Person: petra, Span: sent.Span, More: sent.More, Verdict: headway.Undecided, Undoes: 1}
	again := sent
	again.Undoes = 3
	for name, d := range map[string]struct {
		ops  []headway.Operation
		want string
	}{
		"nothing was sent":                {nil, "0001-01-01"},
		"nothing came back":               {[]headway.Operation{sent}, "0001-01-01"},
		"they said so in a conversation":  {[]headway.Operation{sent, reply}, "2026-05-04"},
		"a member noted it":               {[]headway.Operation{sent, {Deed: headway.DeedReply, Of: 1, Verdict: headway.Supports}}, "2026-11-22"},
		"partly is not yes":               {[]headway.Operation{sent, {Deed: headway.DeedReply, Of: 1, Verdict: headway.Partly}}, "0001-01-01"},
		"the reply was taken back":        {[]headway.Operation{sent, reply, {Deed: headway.DeedReply, Of: 1, Verdict: headway.Undecided}}, "0001-01-01"},
		"the play-back was never sent":    {[]headway.Operation{sent, reply, back}, "0001-01-01"},
		"it was sent after all":           {[]headway.Operation{sent, reply, back, again}, "2026-05-04"},
		"they contradicted it since then": {[]headway.Operation{sent, reply, {Deed: headway.DeedReply, Of: 1, Verdict: headway.Contradicts}}, "0001-01-01"},
	} {
		c := see(whose, talks, d.ops...)
		for _, l := range c.Of(headway.Measure).Lines {
			if l.Span == month.span(3) && l.Confirmed.Format(time.DateOnly) != d.want {
				t.Errorf("%s: confirmed %s, want %s", name, l.Confirmed.Format(time.DateOnly), d.want)
			}
		}
	}
}

func TestWhatPassedBetweenUsIsOnTheirPageOnly(t *testing.T) {
	petra, olaf := month.person("Petra"), month.person("Olaf")
	ops := []headway.Operation{
		{Deed: headway.DeedPromise, Span: month.span(4), Person: petra, Verdict: headway.Kept},
		{Deed: headway.DeedPromise, Span: month.span(3), Person: petra, Verdict: headway.Kept}, // theirs: the side was settled anew
		{Deed: headway.DeedRepair, Span: after.span(0), Answer: month.span(4), Verdict: headway.Kept},
		{Deed: headway.DeedPlayback, Person: petra, Span: month.span(1)},
	}
	talks := []Talk{after, month}
	c := see(only(petra, after.person("Petra")), talks, ops...)
	if len(c.Promises) != 1 || len(c.Repairs) != 1 || len(c.PlayBacks) != 1 || len(c.PlayBacks[0].Lines) != 1 || c.PlayBacks[0].Reply.Came() {
		t.Errorf("%d promises, %d repairs, play-backs %+v", len(c.Promises), len(c.Repairs), c.PlayBacks)
	}
	if other := see(only(olaf), talks, ops...); len(other.Promises)+len(other.Repairs)+len(other.PlayBacks) > 0 {
		t.Errorf("Olaf's page tells of Petra: %+v", other)
	}
	for i := range ops[:3] {
		ops[i].Verdict = headway.Undecided
	}
	if c := see(only(petra, after.person("Petra")), talks, ops...); len(c.Promises)+len(c.Repairs) > 0 {
		t.Error("what was taken back still stands")
	}
}

func TestWhatHoldsOfAPersonIsWhatWasSaidLast(t *testing.T) {
	may := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	all := Standings([]headway.Operation{
		{Deed: headway.DeedRole, Person: "a", Role: headway.User},
		{Deed: headway.DeedAccount, Person: "b", Account: "firm"},
		{Deed: headway.DeedRole, Person: "b", Role: headway.Buyer},
		{Deed: headway.DeedConsent, Person: "c", Consent: headway.ConsentGiven, Until: may},
		{Deed: headway.DeedRole, Person: "d", Role: headway.Payer},
		{Deed: headway.DeedRole, Person: "d"},
		{Deed: headway.DeedMerge, Person: "a", Into: "b"},
	}, map[headway.PersonID]headway.PersonID{"a": "b"})
	want := map[headway.PersonID]Standing{
		"b": {Account: "firm", Role: headway.Buyer}, "c": {Consent: headway.ConsentGiven, Until: may}, "d": {},
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		Standing
		lapsed bool
	}{
		"nothing was said":       {Standing{}, false},
		"the day is to come":     {Standing{Until: may.AddDate(0, 0, 2)}, false},
		"the day has come":       {Standing{Until: may.AddDate(0, 0, 1)}, true},
		"they took it back":      {Standing{Consent: headway.ConsentWithdrawn}, true},
		"they never allowed it":  {Standing{Consent: headway.ConsentRefused}, true},
		"they allowed it always": {Standing{Consent: headway.ConsentGiven}, false},
	} {
		if got := c.Standing.Lapsed(may.AddDate(0, 0, 1)); got != c.lapsed {
			t.Errorf("%s: lapsed is %v", name, got)
		}
	}
}

// voicesOf gives one voice a role, of one talk in which each role has one person.
func voicesOf(t Talk, roles map[headway.Role]string) (all []Voice) {
	for _, role := range headway.Roles() {
		if name := roles[role]; name != "" {
			all = append(all, Voice{role, see(only(t.person(name)), []Talk{t})})
		}
	}
	return all
}

func TestABuyerWhoFearsTheAuditAndAUserWhoWantsSpeedDiffer(t *testing.T) {
	firm := talk("firm", "", `
Ute: {motivation} I want the bookings done before lunch so that I can go home on time.
Ute: {measure} I know it works when closing takes an hour instead of a day.
Bo: {anxiety} I am afraid that the auditor finds a gap and the licence is gone.
Bo: {measure} I know it works when closing takes one hour and no longer a whole day.`)
	got := Differ(voicesOf(firm, map[headway.Role]string{headway.User: "Ute", headway.Buyer: "Bo"}), words(firm))
	if len(got) != 1 || got[0].Matter != "what moves them" || got[0].One != headway.User || got[0].Two != headway.Buyer {
		t.Fatalf("%+v", got)
	}
	if got[0].A.Span != firm.span(0) || got[0].B.Span != firm.span(2) {
		t.Errorf("the quotes are %v and %v", got[0].A.Span, got[0].B.Span)
	}
}

func TestNoDifferenceIsShownWithoutTwoQuotesThatSaySomething(t *testing.T) {
	for name, text := range map[string]string{
		"one of them said nothing of it": "Ute: {motivation} I want the bookings done before lunch.\nBo: Good morning.",
		"one says too little":            "Ute: {motivation} I want the bookings done before lunch.\nBo: {motivation} I want that too.",
		"they mean the same":             "Ute: {motivation} I want the bookings done before lunch.\nBo: {motivation} I want the bookings to be done before lunch time.",
		"one of several comes near":      "Ute: {motivation} I want the bookings done before lunch.\nBo: {anxiety} The auditor may find a gap.\nBo: {motivation} Bookings should be done before lunch.",
	} {
		firm := talk("firm", "", text)
		if got := Differ(voicesOf(firm, map[headway.Role]string{headway.User: "Ute", headway.Buyer: "Bo"}), words(firm)); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWhatAMemberKeptSpeaksForARole(t *testing.T) {
	firm := talk("firm", "", `
Ute: {motivation} I want the bookings done before lunch.
Bo: {anxiety} The auditor may find a gap in the archive.
Bo: {motivation} Bookings should be done before lunch.`)
	ute, bo := see(only(firm.person("Ute")), []Talk{firm}), see(only(firm.person("Bo")), []Talk{firm},
		headway.Operation{Deed: headway.DeedMark, Span: firm.span(1), Label: headway.Anxiety, Verdict: headway.Kept})
	got := Differ([]Voice{{headway.User, ute}, {headway.Buyer, bo}}, words(firm))
	if len(got) != 1 || got[0].B.Span != firm.span(1) || got[0].Held != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAPageHoldsTheFirstOfEverySectionBeforeAnySecond(t *testing.T) {
	for name, c := range map[string]struct {
		lines    int
		sections [][]int
		want     []int
	}{
		"all fits":                            {20, [][]int{{10, 10}, {}, {10}}, []int{2, 0, 1}},
		"seconds are left out":                {5, [][]int{{10, 10}, {10, 10}}, []int{1, 1}},
		"what is too long makes room":         {4, [][]int{{10}, {500, 10}, {10}}, []int{1, 0, 1}},
		"a sentence takes whole lines":        {5, [][]int{{101, 10}}, []int{1}},
		"nothing fits where there is no room": {1, [][]int{{10}}, []int{0}},
	} {
		if diff := cmp.Diff(c.want, Page{Lines: c.lines, Width: 50}.Fit(c.sections)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
