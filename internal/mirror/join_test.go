package mirror

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// fairDesk is a study of three invented customers who gave mugs away, told to
// an invented seller of mugs.
func fairDesk(t testing.TB) *desk {
	d := newDesk(t)
	d.guess(headway.Motivation, "They want visitors to start talking at their trade fair stand")
	d.guess(headway.Alternative, "Without us they would have ordered pens")
	d.guess(headway.Measure, "They count how many mugs are left over in the evening")
	d.hear("ana.txt", `
		us q-open,asks:situation: What was going on when you ordered the mugs?
		Ana situation: We had a stand at the trade fair in spring.
		Ana struggle: Last year visitors walked past our stand and nobody stopped.
		us playback: So nobody stopped at the stand.
		Ana motivation: I wanted visitors to stop at the stand and start talking.
		us assumption: You order every spring, like all exhibitors.
		Ana: No, this was the first time.
		us pitch: Our new mug changes colour with the heat.
		us q-open,asks:measure: How did you know it was worth it?
		Ana measure,result: We had forty conversations instead of six.`)
	d.hear("bo.vtt", `
		us q-open,asks:request: What can I do for you?
		Bo request: I need two hundred mugs with our logo.
		us advice: You should take the big ones.
		Bo ?habit: We always took the small ones.
		Bo motivation: I want my crew to have something of their own on every site.
		us q-closed,asks:decision: Who decides?
		Bo decision: My wife signs the orders.`)
	d.hear("mail from Cleo", `
		Cleo alternative: Otherwise I would have ordered pens again.
		Cleo struggle: The pens ended in a drawer by the evening.
		Cleo request: Could you print inside the mug?`, genre(headway.Mail))
	return d
}

func TestPeopleAreCountedNotMentions(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "Ana struggle: The lid leaks.\nAna struggle: The handle is hot.\nBo struggle: The print fades.")
	d.hear("two.txt", "Ana struggle: The box was broken.")
	if s := d.said(headway.Struggle); s.People != 3 || s.Total != 4 {
		t.Errorf("%d people, %d sentences", s.People, s.Total)
	}
	if n := d.mirror().N; n != 3 {
		t.Errorf("n is %d; a name is a person only within its conversation", n)
	}
}

func TestMergedPeopleCountOnce(t *testing.T) {
	d := newDesk(t)
	one := d.hear("one.txt", "Ana struggle: The lid leaks.")
	two := d.hear("two.txt", "Ana struggle: The box was broken.")
	three := d.hear("three.txt", "Anna struggle: The print fades.")
	d.choices.Merged = map[headway.PersonID]headway.PersonID{
		two.People[0].ID:   one.People[0].ID,
		three.People[0].ID: two.People[0].ID,
	}
	if m, s := d.mirror(), d.said(headway.Struggle); m.N != 1 || s.People != 1 || s.Total != 3 {
		t.Errorf("n %d, people %d, sentences %d", m.N, s.People, s.Total)
	}
	d.choices.Merged[one.People[0].ID] = three.People[0].ID // a merge in a circle must end
	if n := d.mirror().N; n < 1 || n > 3 {
		t.Errorf("n is %d", n)
	}
}

func TestNobodyUnplacedCounts(t *testing.T) {
	d := newDesk(t)
	g := d.guess(headway.Struggle, "The lid leaks")
	d.hear("one.txt", "Ana struggle: The lid leaks.\nBo? struggle: The lid leaks badly.\nus ack: Oh.")
	m := d.mirror()
	if m.N != 1 || m.Unplaced != 1 || m.YouSaid[0].Candidates != 1 || d.said(headway.Struggle).People != 1 {
		t.Errorf("n %d, unplaced %d, candidates %d", m.N, m.Unplaced, m.YouSaid[0].Candidates)
	}
	d.judge(g, "The lid leaks badly.", headway.Supports)
	if h := d.mirror().YouSaid[0]; h.Confirmed != 0 {
		t.Error("a person of no side confirms a guess")
	}
}

func TestASentenceNearAGuessIsACandidateUntilAPersonSays(t *testing.T) {
	const leaks, fine = "The lid leaks on my desk.", "The lid never leaks."
	desk := func() (*desk, headway.GuessID) {
		d := newDesk(t)
		g := d.guess(headway.Struggle, "The lid leaks")
		d.hear("one.txt", "Ana struggle: "+leaks)
		d.hear("two.txt", "Bo struggle: "+fine)
		d.hear("three.txt", "Cleo situation: We drink tea.")
		return d, g
	}
	for name, test := range map[string]struct {
		verdicts map[string]headway.Verdict
		want     string
	}{
		"unchecked":    {nil, "perhaps heard from 2 of 3, 0 checked"},
		"one confirms": {map[string]headway.Verdict{leaks: headway.Supports}, "heard from 1 of 3"},
		"partly confirms and one contradicts": {
			map[string]headway.Verdict{leaks: headway.Partly, fine: headway.Contradicts}, "heard from 1 of 3, contradicted by 1"},
		"only contradicted": {map[string]headway.Verdict{fine: headway.Contradicts}, "contradicted by 1 of 3, not heard yet"},
		"not about this":    {map[string]headway.Verdict{leaks: headway.NotAbout}, "perhaps heard from 1 of 3, 1 checked"},
		"none about this": {
			map[string]headway.Verdict{leaks: headway.NotAbout, fine: headway.NotAbout}, "not heard yet (0 of 3)"},
		"a sentence that nothing found near": {
			map[string]headway.Verdict{"We drink tea.": headway.Supports}, "heard from 1 of 3"},
	} {
		t.Run(name, func(t *testing.T) {
			d, g := desk()
			for sentence, v := range test.verdicts {
				d.judge(g, sentence, v)
			}
			held := d.mirror().YouSaid[0]
			if got := held.Sentence(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			for sentence, v := range test.verdicts {
				if !slices.ContainsFunc(held.Nearest, func(l Line) bool { return l.Span == d.at(sentence) && l.Verdict == v }) {
					t.Errorf("%q is not shown with its verdict", sentence)
				}
			}
		})
	}
}

func TestAJudgedSentenceKeepsItsPlaceAndMakesRoomForTheNext(t *testing.T) {
	d := newDesk(t)
	g := d.guess(headway.Struggle, "The lid leaks")
	d.choices.PerSlot = 1
	d.hear("one.txt", "Ana struggle: The lid leaks.")
	d.hear("two.txt", "Bo struggle: The lid leaks on my desk and on my shoes.")
	d.hear("three.txt", "Cleo struggle: The lid leaks on everything that I ever put under it, tables and shirts.")
	if got := len(d.mirror().YouSaid[0].Nearest); got != 1 {
		t.Fatalf("%d lines", got)
	}
	first := d.words(d.mirror().YouSaid[0].Nearest)[0]
	d.judge(g, first, headway.NotAbout)
	lines := d.mirror().YouSaid[0].Nearest
	if len(lines) != 2 || d.words(lines)[0] != first || lines[1].Verdict != "" {
		t.Errorf("%v", d.words(lines))
	}
}

func TestADismissedSentenceLeavesAllCounts(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Measure, "Ten minutes instead of an hour")
	d.hear("one.txt", "us q-open,asks:measure: How did you know?\nAna measure: It takes ten minutes now.")
	if g := d.gap(headway.Measure); g.Answered != 1 {
		t.Fatalf("answered in %d before", g.Answered)
	}
	d.mark(headway.Measure, "It takes ten minutes now.", headway.Dismissed)
	m := d.mirror()
	if g := d.gap(headway.Measure); g.Answered != 0 || g.Unclear != 1 || g.Asked != 1 {
		t.Errorf("the gap keeps it: %+v", g)
	}
	if d.said(headway.Measure).Total != 0 || m.YouSaid[0].Candidates != 0 || m.TheySaid.WithMeasure != 0 || len(m.PlayBack) != 0 {
		t.Errorf("a count keeps it: %+v", m)
	}
}

func TestAKeptSuggestionCounts(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "us q-open,asks:measure: How did you know?\nAna ?measure: It takes ten minutes now.\nus ack: Oh.\nAna: And I sleep.")
	d.mark(headway.Measure, "It takes ten minutes now.", headway.Kept)
	d.mark(headway.Result, "And I sleep.", headway.Kept) // nothing was heard in it
	if s := d.said(headway.Measure); s.People != 1 || s.Lines[0].Verdict != headway.Kept {
		t.Errorf("the suggestion: %+v", s)
	}
	if s := d.said(headway.Result); s.People != 1 || s.Lines[0].By != "person" {
		t.Errorf("what a person heard: %+v", s)
	}
	if g := d.gap(headway.Measure); g.Answered != 1 || g.Unclear != 0 {
		t.Errorf("the kept answer: %+v", g)
	}
}

func TestAVerdictFindsItsCustomerThoughNothingWasHeard(t *testing.T) {
	d := newDesk(t)
	g := d.guess(headway.Struggle, "The lid leaks")
	d.hear("one.txt", "Ana: There are puddles.\nus ack: Oh, puddles everywhere.")
	d.judge(g, "There are puddles.", headway.Supports)
	d.judge(g, "Oh, puddles everywhere.", headway.Supports) // ours
	if h := d.mirror().YouSaid[0]; h.Confirmed != 1 || h.Checked != 1 || len(h.Nearest) != 1 {
		t.Errorf("%+v", h)
	}
}

func TestGapsCountConversationsInWhichOneCouldAsk(t *testing.T) {
	d := fairDesk(t)
	d.hear("review 1", "Dee result: It broke.", genre(headway.Review))
	d.hear("review 2", "Eva measure: Still whole after a year.", genre(headway.Review))
	d.hear("fr.txt", "us q-open,asks:measure: Comment?\nFay: Bien.")
	d.parts[len(d.parts)-1].Unheard = "not English"
	got := d.gap(headway.Measure)
	if got.Asked != 1 || got.Answered != 1 || got.N != 2 || got.Unasked != 3 || got.Silent != 2 || len(got.Never) != 1 {
		t.Errorf("%+v", got)
	}
	if m := d.mirror(); m.CouldAsk != 2 || m.Unheard != 1 {
		t.Errorf("could ask in %d, unheard %d", m.CouldAsk, m.Unheard)
	}
}

func TestWhatMayHaveBeenAskedIsNotCalledNeverAsked(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "us q-open,?asks:measure: And was it worth it?\nAna measure: It took ten minutes.")
	d.hear("two.txt", "us q-open,asks:other: Tea?\nBo: Yes.")
	g := d.gap(headway.Measure)
	if g.Asked != 0 || g.Perhaps != 1 || len(g.Never) != 1 || g.Volunteered != 0 {
		t.Errorf("%+v", g)
	}
	if got := g.Sentence(); got != "perhaps asked in 1 of 2 how they know it worked" {
		t.Error(got)
	}
	if len(g.Doubtful) != 1 || g.Doubtful[0].Question != d.at("And was it worth it?") || g.Doubtful[0].Conversation != d.parts[0].Conversation {
		t.Errorf("the doubtful question is %+v", g.Doubtful)
	}
	if !d.mirror().TheySaid.After[0].MeasureAsked {
		t.Error("perhaps nobody asked is told as nobody asked")
	}
	d.mark(headway.Asks(headway.Measure), "And was it worth it?", headway.Kept)
	if g := d.gap(headway.Measure); g.Asked != 1 || g.Answered != 1 || g.Perhaps != 0 {
		t.Errorf("kept: %+v", g)
	}
	d.mark(headway.Asks(headway.Measure), "And was it worth it?", headway.Dismissed)
	if g := d.gap(headway.Measure); g.Asked != 0 || g.Perhaps != 0 || len(g.Never) != 2 {
		t.Errorf("dismissed: %+v", g)
	}
}

func TestAConversationWithSomebodyUnplacedIsNoProofThatNobodyCouldAsk(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "Bo?: How did you know?\nAna: Hm.")
	if g := d.gap(headway.Measure); g.Unasked != 0 || g.N != 0 {
		t.Errorf("%+v", g)
	}
}

func TestTheWidestGapComesFirstAndTheCounterfactualAmongEquals(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "us q-open,asks:alternative,asks:measure: Else?\nAna: Hm.")
	d.hear("two.txt", "us q-open,asks:measure: How did you know?\nBo: Hm.")
	var order []headway.Label
	for _, g := range d.mirror().NobodyAsked {
		order = append(order, g.Slot)
	}
	if len(order) != 11 || order[0] != headway.Motivation || order[9] != headway.Alternative || order[10] != headway.Measure {
		t.Errorf("order %v", order)
	}
	if first := fairDesk(t).mirror().NobodyAsked[0]; first.Slot != headway.Alternative {
		t.Errorf("the first gap is %s", first.Slot)
	}
}

func TestASurpriseIsWhatNoGuessCameNear(t *testing.T) {
	d := fairDesk(t)
	s := d.said(headway.Struggle)
	if walkedPast, pens := s.Lines[0], s.Lines[1]; !walkedPast.Surprise || pens.Surprise {
		t.Errorf("surprise %v of visitors who walk past, %v of pens, which a guess is about", walkedPast.Surprise, pens.Surprise)
	}
	for _, l := range d.said(headway.Motivation).Lines {
		near := l.Span == d.at("I wanted visitors to stop at the stand and start talking.")
		if l.Surprise == near {
			t.Errorf("surprise %v: %s", l.Surprise, d.texts.Quote(l.Span))
		}
	}
	d.guesses = nil
	for _, said := range d.mirror().TheySaid.Slots {
		if said.Lines[0].Surprise {
			t.Error("a surprise without any guess")
		}
	}
}

func TestLinesShowSurprisesThenUnaskedThenEverybodysSurest(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The lid leaks")
	d.hear("one.txt", `
		us q-open,asks:struggle: What is hard?
		Ana struggle: The lid leaks.
		Ana struggle: The print fades.
		Bo struggle: The handle is hot.
		us q-closed,asks:other: Tea?
		Cleo struggle: The box was broken.`)
	want := []string{"The box was broken.", "The print fades.", "The handle is hot.", "The lid leaks."}
	if diff := cmp.Diff(want, d.words(d.said(headway.Struggle).Lines)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	d.choices.PerSlot = 2
	if s := d.said(headway.Struggle); len(s.Lines) != 2 || s.Total != 4 {
		t.Errorf("%d lines of %d", len(s.Lines), s.Total)
	}
}

func TestLinesGatherUnderAWordThatCustomersShare(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "Ana struggle: Counting the boxes takes an evening.\nAna struggle: I hate counting.")
	d.hear("two.txt", "Bo struggle: Counting is slow.")
	d.hear("three.txt", "Cleo struggle: We counted wrong again in Stockroom.")
	d.hear("four.txt", "Dee struggle: The evening is gone.\nDee struggle: It froze in Stockroom.")
	s := d.said(headway.Struggle)
	if diff := cmp.Diff([]Gathered{{"counting", 3}, {"evening", 2}}, s.Words); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, l := range s.Lines {
		want := ""
		switch text := strings.ToLower(d.texts.Quote(l.Span).String()); {
		case strings.Contains(text, "count"):
			want = "counting"
		case strings.Contains(text, "evening"):
			want = "evening"
		}
		if l.Under != want {
			t.Errorf("%q gathers under %q, want %q", d.texts.Quote(l.Span), l.Under, want)
		}
	}
}

func TestEachCustomersRequestStandsBesideTheirAim(t *testing.T) {
	d := fairDesk(t)
	said := d.mirror().TheySaid
	if said.WithRequest != 2 || said.WithAim != 2 || said.WithMeasure != 1 {
		t.Errorf("%d ask, %d aim, %d measure", said.WithRequest, said.WithAim, said.WithMeasure)
	}
	bo := said.After[slices.IndexFunc(said.After, func(a After) bool { return a.Name == "Bo" })]
	got := []string{d.texts.Quote(bo.AskedFor).String(), d.texts.Quote(bo.IsAfter).String(), d.texts.Quote(bo.SolvedWhen).String()}
	want := []string{"I need two hundred mugs with our logo.", "I want my crew to have something of their own on every site.", ""}
	if diff := cmp.Diff(want, got); diff != "" || bo.MeasureAsked {
		t.Errorf("measure asked %v, -want +got:\n%s", bo.MeasureAsked, diff)
	}
	d.choices.Pairs = 1
	if said := d.mirror().TheySaid; len(said.After) != 1 || said.WithRequest != 2 {
		t.Error("a shorter list changes the counts")
	}
}

func TestAVerdictOnAnAssumptionReplacesWhatTheNextWordsSeemToSay(t *testing.T) {
	d := fairDesk(t)
	m := d.mirror()
	if m.NeverTested != 0 || m.TookGranted[0].Candidate != Contradicted {
		t.Fatalf("before: %+v", m.TookGranted)
	}
	ours := d.at("You order every spring, like all exhibitors.")
	d.judged.Assumptions[ours] = headway.NotAbout
	if m := d.mirror(); m.NeverTested != 1 || m.TookGranted[0].Verdict != headway.NotAbout {
		t.Errorf("after: %+v", m.TookGranted)
	}
	d.mark(headway.Assumption, "You order every spring, like all exhibitors.", headway.Dismissed)
	if m := d.mirror(); len(m.TookGranted) != 0 {
		t.Error("a dismissed assumption stays")
	}
}

func TestWhoRaisedAMatterFirstIsCountedByConversation(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The lid leaks")
	d.hear("one.txt", "us assumption: The lid leaks, I hear.\nAna struggle: Yes, the lid leaks.\nBo struggle: My lid leaks too.")
	d.hear("two.txt", "us q-open,asks:struggle: What is hard?\nCleo struggle: The lid leaks.")
	h := d.mirror().YouSaid[0]
	if h.RaisedByUs != 1 || h.RaisedByThem != 1 || h.Candidates != 3 {
		t.Errorf("by us %d, by them %d, candidates %d", h.RaisedByUs, h.RaisedByThem, h.Candidates)
	}
}

func TestAPlayBackHoldsOneCustomersSentencesInOrder(t *testing.T) {
	d := fairDesk(t)
	m := d.mirror()
	want := `“We had a stand at the trade fair in spring.”
“Last year visitors walked past our stand and nobody stopped.”
“I wanted visitors to stop at the stand and start talking.”
“We had forty conversations instead of six.”

Is this right? What did I miss?
`
	if diff := cmp.Diff(want, PlayBackText(m, d.texts)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	d.choices.PlayBackTo = d.parts[1].People[1].ID
	if got := PlayBackText(d.mirror(), d.texts); !strings.HasPrefix(got, "“I want my crew") || strings.Count(got, "“") != 1 {
		t.Errorf("Bo's: %s", got)
	}
	if got := PlayBackText(Mirror{}, nil); got != "" {
		t.Errorf("a play-back of nothing: %q", got)
	}
}

func TestTheOrderOfPartsAndGivingThemTwiceChangeNothing(t *testing.T) {
	d := fairDesk(t)
	want, _ := json.Marshal(d.mirror())
	for range 5 {
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(d.parts), func(a, b int) { d.parts[a], d.parts[b] = d.parts[b], d.parts[a] })
		if got, _ := json.Marshal(d.mirror()); !slices.Equal(got, want) {
			t.Fatalf("the order of parts shows:\n%s", cmp.Diff(string(want), string(got)))
		}
	}
	d.parts = append(d.parts, d.parts...)
	if got, _ := json.Marshal(d.mirror()); !slices.Equal(got, want) {
		t.Error("a conversation given twice counts twice")
	}
}

func TestAStoredPartJoinsAsAFreshOne(t *testing.T) {
	d := fairDesk(t)
	want := d.mirror()
	stored, err := json.Marshal(d.parts)
	if err != nil {
		t.Fatal(err)
	}
	d.parts = nil
	if err := json.Unmarshal(stored, &d.parts); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, d.mirror()); diff != "" {
		t.Errorf("-fresh +stored:\n%s", diff)
	}
}

func TestAStudyWithoutConversationsIsAnEmptyMirror(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Measure, "Ten minutes")
	m := d.mirror()
	if m.YouSaid[0].Sentence() != "not heard yet (0 of 0)" || len(m.NobodyAsked) != 11 || len(m.NextQuestions) != 5 {
		t.Errorf("%+v", m)
	}
}

// TestWhateverIsSaidCountsStayWithinPeople makes up conversations at random,
// always the same, judges them at random, and holds what must always hold.
func TestWhateverIsSaidCountsStayWithinPeople(t *testing.T) {
	chance := rand.New(rand.NewPCG(7, 7))
	for round := range 60 {
		d := randomDesk(t, chance)
		m := d.mirror()
		holds := func(what string, ok bool) {
			t.Helper()
			if !ok {
				t.Errorf("round %d: %s", round, what)
			}
		}
		for _, h := range m.YouSaid {
			holds("guess counts", h.Confirmed+h.Candidates <= m.N && h.Contradicted+h.Candidates <= m.N && h.N == m.N)
			holds("raised", h.RaisedByThem+h.RaisedByUs <= m.Conversations)
		}
		for _, s := range m.TheySaid.Slots {
			holds("said", s.People <= m.N && s.People <= s.Total && s.Total == len(s.Lines))
			for _, w := range s.Words {
				holds("gathered "+w.Word, w.People <= s.People)
			}
		}
		for _, g := range m.NobodyAsked {
			holds("gap", g.Answered+g.Unclear == g.Asked && g.Asked+g.Perhaps+len(g.Never) == g.N && g.Volunteered <= g.N && g.N == m.CouldAsk)
			holds("silent", g.Silent <= g.Unasked && g.N+g.Unasked <= m.Conversations)
		}
		holds("after", len(m.TheySaid.After) <= m.N && len(m.NextQuestions) <= mostQuestions)
		holds("every span cuts", everySpanCuts(m, d.texts))
	}
}

func everySpanCuts(m Mirror, t Texts) bool {
	cut := func(s headway.Span) bool { return s == headway.Span{} || !t.Quote(s).IsZero() }
	ok := !slices.ContainsFunc(m.PlayBack, func(s headway.Span) bool { return !cut(s) })
	lines := func(ls []Line) {
		for _, l := range ls {
			ok = ok && !t.Quote(l.Span).IsZero()
		}
	}
	for _, h := range m.YouSaid {
		lines(h.Nearest)
	}
	for _, s := range m.TheySaid.Slots {
		lines(s.Lines)
	}
	for _, a := range m.TheySaid.After {
		ok = ok && cut(a.AskedFor) && cut(a.IsAfter) && cut(a.SolvedWhen)
	}
	for _, a := range m.TookGranted {
		ok = ok && cut(a.Span) && cut(a.Next)
	}
	for _, b := range m.First {
		ok = ok && cut(b.Span)
	}
	return ok
}

func randomDesk(t testing.TB, chance *rand.Rand) *desk {
	pick := func(list ...string) string { return list[chance.IntN(len(list))] }
	d := newDesk(t)
	guesses := []headway.GuessID{d.guess(headway.Struggle, "Counting boxes takes the evening"), d.guess(headway.Measure, "It takes ten minutes")}
	for c := range 1 + chance.IntN(6) {
		var script strings.Builder
		for range 1 + chance.IntN(12) {
			who := pick("us", "us", "Ana", "Ana", "Bo", "Who?")
			label := pick("", "?") + string(headway.Kinds()[chance.IntN(12)])
			if who == "us" {
				label = pick("q-open,asks:"+string(headway.Slots()[chance.IntN(11)]), "q-open,?asks:"+string(headway.Slots()[chance.IntN(11)]), "pitch", "assumption", "playback", "ack")
			}
			fmt.Fprintf(&script, "%s %s: %s %s %s%d.\n", who, label, pick("Counting", "Ten minutes", "Yes, boxes"), pick("takes", "ate"), pick("the evening", "an hour ☕", "naïve minutes"), chance.IntN(99))
		}
		d.hear(fmt.Sprintf("c%d", c), script.String(), genre([]headway.Genre{headway.Interview, headway.Review, headway.Survey}[chance.IntN(3)]))
	}
	verdicts := []headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.NotAbout}
	for sentence := range d.spans {
		switch len(sentence) % 5 {
		case 0:
			d.judge(guesses[len(sentence)%2], sentence, verdicts[len(sentence)%4])
		case 1:
			d.mark(headway.Kinds()[len(sentence)%12], sentence, []headway.Verdict{headway.Kept, headway.Dismissed}[len(sentence)%2])
		}
	}
	return d
}

func TestAGapWithADoubtStandsBehindThosePlainlyNeverAskedAndNamesAFewQuestions(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"one.txt", "two.txt", "three.txt", "four.txt"} {
		d.hear(name, "us q-open,?asks:alternative: So what about "+name+"?\nAna: Hm.")
	}
	gaps := d.mirror().NobodyAsked
	if last := gaps[len(gaps)-1]; last.Slot != headway.Alternative || last.Perhaps != 4 || len(last.Doubtful) != 3 {
		t.Errorf("the doubtful gap is not last, or names too much: %+v", last)
	}
}
