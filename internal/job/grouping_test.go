package job

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// What invented people of any trade say who are after one of three things.
var (
	wantsQuiet = []string{
		"I could not sleep because of the noise from the %s.",
		"All I wanted was quiet and some rest at night after the %s.",
		"I lay awake until four and heard every sound of the %s.",
		"Now I sleep through and wake up rested, %s or not.",
		"I was so tired that I cried over the %s.",
		"Otherwise I would have taken pills to sleep before the %s opens.",
		"The nights are calm again and the %s is far away.",
	}
	wantsCompany = []string{
		"I had nobody to talk to all day in the %s.",
		"I wanted to meet people and have friends beside the %s.",
		"We sit together now and laugh about the %s.",
		"I felt alone on Sundays without the %s.",
		"Otherwise I would have got a dog and stayed in with the %s.",
		"They invited me to supper and I belonged, %s and all.",
		"It was lonely before I knew the others from the %s.",
	}
	wantsTime = []string{
		"The paperwork of the %s took me three hours every evening.",
		"I wanted those hours back from the %s.",
		"It takes ten minutes now and not half a day at the %s.",
		"We typed every order twice for the %s.",
		"Otherwise I would have paid someone to do the lists for the %s.",
		"I save a day each month at the %s, I counted.",
		"It was slow and there was never enough time in the %s.",
	}
	wantsTimeToo = append([]string{
		"My evenings went into lists for the %s and I saw nothing of the children.",
		"There are not enough hours in a day at the %s.",
		"My wife said that I am married to the books of the %s.",
		"I am home at five and the %s is done.",
		"I counted it once, eleven hours a week for the %s.",
		"Copying numbers by hand is no work for a grown man, not even at the %s.",
		"It had to be quick to learn, nobody at the %s likes computers.",
		"I feared that setting it up would eat another week of the %s.",
		"Before, we wrote it on paper and my cousin typed it for the %s.",
		"Now the %s closes its week on Friday at noon.",
		"The price was nothing against what an hour costs me at the %s.",
		"I do not need it to look nice, the %s has other worries.",
	}, wantsTime...)
	trades = []string{"bakery", "mill", "garage", "school", "harbour", "vineyard", "clinic", "theatre", "quarry", "nursery", "brewery", "foundry"}
)

// told makes an episode's talk of n sentences from a set; every fourth names the trade.
func told(key string, set []string, trade string, n int) Talk {
	by := dice(len(key))
	for _, r := range key {
		by = dice(by.next()) + dice(r)
	}
	var words []string
	for n, i := range by.shuffled(len(set))[:n] {
		what := "thing"
		if n%4 == 0 {
			what = trade
		}
		words = append(words, fmt.Sprintf(set[i], what))
	}
	return talk(key, "", "", "c: "+strings.Join(words, " "))
}

// threeJobs makes talks of people of many trades with three jobs, and which.
func threeJobs() (talks []Talk, jobs []int) {
	for i := range 36 {
		talks = append(talks, told(fmt.Sprint("three", i), [][]string{wantsQuiet, wantsCompany, wantsTime}[i%3], trades[(i/3)%len(trades)], 5))
		jobs = append(jobs, i%3)
	}
	return talks, jobs
}

func kept(g Grouping) []headway.Proposal { return g.Proposals() }

func jobsOf(g Grouping) map[headway.EpisodeID]headway.GroupID {
	in := map[headway.EpisodeID]headway.GroupID{}
	for _, j := range g.Groups {
		for _, e := range j.Episodes {
			in[e] = j.ID
		}
	}
	return in
}

func TestPeopleOfManyTradesAreGroupedByWhatTheyAreAfter(t *testing.T) {
	talks, jobs := threeJobs()
	episodes := Episodes(Study{Talks: talks})
	g := Propose(episodes, nil)
	if len(g.Groups) != 3 {
		t.Fatalf("%d jobs found of three: %+v", len(g.Groups), g.Tried)
	}
	in := jobsOf(g)
	names := map[headway.GroupID]int{}
	var got, want []int
	for i, talk := range talks {
		for _, e := range episodes {
			if e.Pieces[0].Conversation != talk.ID {
				continue
			}
			group := in[e.ID]
			if _, known := names[group]; !known {
				names[group] = len(names)
			}
			got, want = append(got, names[group]), append(want, jobs[i])
		}
	}
	if a := Agreement(got, want); a < .9 {
		t.Errorf("agrees with what they are after by %.2f", a)
	}
	for _, j := range g.Groups {
		if j.People == 0 || j.Stability < .6 || j.Neighbour == "" || len(j.Tells) == 0 {
			t.Errorf("a job of plain groups lacks something: %+v", j)
		}
	}
}

func TestOnlyOneJobSeenIsAFinding(t *testing.T) {
	var talks []Talk
	for i := range 24 {
		talks = append(talks, told(fmt.Sprint("one", i), wantsTimeToo, trades[i%len(trades)], 9))
	}
	g := Propose(Episodes(Study{Talks: talks}), nil)
	if len(g.Groups) != 1 || g.Groups[0].People+len(g.Alone) != 24 || len(g.Alone) > 2 {
		t.Errorf("of 24 people with one job: %d jobs, %d alone: %+v", len(g.Groups), len(g.Alone), g.Tried)
	}
}

func TestTheProductDoesNotEnter(t *testing.T) {
	talks, _ := threeJobs()
	plain := Propose(Episodes(Study{Talks: talks}), nil)
	for i := range talks {
		talks[i].Product = trades[i%5]
	}
	if diff := cmp.Diff(plain, Propose(Episodes(Study{Talks: talks}), nil)); diff != "" {
		t.Errorf("the product changes the jobs:\n%s", diff)
	}
}

func TestTheOrderOfEpisodesDoesNotMatter(t *testing.T) {
	talks, _ := threeJobs()
	episodes := Episodes(Study{Talks: talks})
	want := Propose(episodes, nil)
	by := dice(9)
	for range 3 {
		var other []Episode
		for _, i := range by.shuffled(len(episodes)) {
			other = append(other, episodes[i])
		}
		if diff := cmp.Diff(want, Propose(other, nil)); diff != "" {
			t.Fatalf("another order gives other jobs:\n%s", diff)
		}
		if diff := cmp.Diff(Propose(episodes, kept(want)), Propose(other, kept(want))); diff != "" {
			t.Fatalf("another order gives other jobs by kept ones:\n%s", diff)
		}
	}
}

func TestAddingDataNeverMovesAGroupedEpisode(t *testing.T) {
	talks, _ := threeJobs()
	for n := 4; n <= len(talks); n += 8 {
		var before map[headway.EpisodeID]headway.GroupID
		var anchors []headway.Proposal
		for m := n; m <= len(talks); m += 4 {
			g := Propose(Episodes(Study{Talks: talks[:m]}), anchors)
			now := jobsOf(g)
			for e, group := range before {
				if now[e] != group {
					t.Fatalf("begun with %d talks: at %d an episode moved from %q to %q", n, m, group, now[e])
				}
			}
			before, anchors = now, kept(g)
		}
	}
}

func TestNewEpisodesJoinTheNearestJob(t *testing.T) {
	talks, _ := threeJobs()
	first := Propose(Episodes(Study{Talks: talks}), nil)
	var more []Talk
	for i := range 9 {
		more = append(more, told(fmt.Sprint("more", i), wantsCompany, trades[i%len(trades)], 5))
	}
	g := Propose(Episodes(Study{Talks: slices.Concat(talks, more)}), kept(first))
	if diff := cmp.Diff(kept(first), kept(g)); diff != "" {
		t.Fatalf("the kept jobs changed:\n%s", diff)
	}
	company := jobsOf(first)[Episodes(Study{Talks: talks[1:2]})[0].ID]
	in := jobsOf(g)
	for i, e := range Episodes(Study{Talks: more}) {
		if in[e.ID] != company {
			t.Errorf("newcomer %d is in %q, not among those after company", i, in[e.ID])
		}
	}
}

func TestWhatIsClearlyApartFoundsAnotherJob(t *testing.T) {
	talks, _ := threeJobs()
	var two, third []Talk
	for i, talk := range talks {
		if i%3 == 2 {
			third = append(third, talk)
		} else {
			two = append(two, talk)
		}
	}
	first := Propose(Episodes(Study{Talks: two}), nil)
	g := Propose(Episodes(Study{Talks: talks}), kept(first))
	if len(g.Groups) <= len(first.Groups) {
		t.Fatalf("%d jobs before, %d after others came in", len(first.Groups), len(g.Groups))
	}
	in, newest := jobsOf(g), g.Groups[len(g.Groups)-1].ID
	n := 0
	for _, e := range Episodes(Study{Talks: third}) {
		if in[e.ID] == newest {
			n++
		}
	}
	if n < 9 || g.Groups[len(g.Groups)-1].Kept {
		t.Errorf("%d of 12 people who are apart share a new job", n)
	}
}

func TestRemovingAPersonRemovesThemAndKeepsTheJobs(t *testing.T) {
	talks, _ := threeJobs()
	first := Propose(Episodes(Study{Talks: talks}), nil)
	anchor := first.Groups[0].Anchors[0]
	left := slices.DeleteFunc(slices.Clone(talks), func(talk Talk) bool {
		e := Episodes(Study{Talks: []Talk{talk}})[0]
		return e.ID == anchor
	})
	g := Propose(Episodes(Study{Talks: left}), kept(first))
	if len(g.Groups) != len(first.Groups) || g.Groups[0].ID != first.Groups[0].ID {
		t.Errorf("the jobs changed their names: %v, %v", kept(first), kept(g))
	}
	if _, found := jobsOf(g)[anchor]; found || slices.Contains(g.Alone, anchor) {
		t.Error("who was removed is still grouped")
	}
	if g := Propose(nil, kept(first)); len(g.Groups) != 0 || len(g.Alone) != 0 {
		t.Errorf("all people were removed, and there is %+v", g)
	}
}

func TestWhereManyAreGroupedAPartTellsHowStableEachGroupIs(t *testing.T) {
	var talks []Talk
	for i := range mostTried + 150 {
		set := wantsTime
		if i%9 == 0 {
			set = wantsCompany
		}
		talks = append(talks, told(fmt.Sprint("large", i), set, trades[i%len(trades)], 5))
	}
	g := Propose(Episodes(Study{Talks: talks}), nil)
	if g.Of != mostTried || len(g.Groups) < 2 {
		t.Fatalf("%d groups, tried on %d people", len(g.Groups), g.Of)
	}
	for _, group := range g.Groups {
		if group.Stability == 0 {
			t.Errorf("a group of %d people has no stability", group.People)
		}
	}
}

func TestOnePersonIsOneJob(t *testing.T) {
	talks, _ := threeJobs()
	first := Propose(Episodes(Study{Talks: talks[:1]}), nil)
	if len(first.Groups) != 1 || first.Groups[0].People != 1 {
		t.Fatalf("one person has %+v", first)
	}
	again := Propose(Episodes(Study{Talks: []Talk{talks[0], told("another", wantsQuiet, "mill", 5)}}), first.Proposals())
	if len(again.Groups) != 1 || again.Groups[0].People != 2 {
		t.Errorf("somebody who is after the same has another job: %+v", again)
	}
}

func TestWhatWasKeptEarlyDoesNotHideThatThereIsMoreNow(t *testing.T) {
	talks, _ := threeJobs()
	anchors := Propose(Episodes(Study{Talks: talks[:1]}), nil).Proposals()
	anchors[0].Anchors = append(anchors[0].Anchors, Episodes(Study{Talks: talks[1:2]})[0].ID, Episodes(Study{Talks: talks[2:3]})[0].ID)
	g := Propose(Episodes(Study{Talks: talks}), anchors)
	if len(g.Groups) == 3 || g.Anew() != 3 {
		t.Errorf("%d groups hang on what was kept, and found anew there would be %d", len(g.Groups), g.Anew())
	}
}

func TestWhoSaysTooLittleIsOfNoJob(t *testing.T) {
	talks, _ := threeJobs()
	short := talk("short", "", "", "c: Yes. Fine.")
	g := Propose(Episodes(Study{Talks: append(talks, short)}), nil)
	if e := Episodes(Study{Talks: []Talk{short}})[0]; !slices.Contains(g.Alone, e.ID) {
		t.Error("two words are grouped")
	}
}

func TestOnePersonCountsOnceHoweverManyEpisodes(t *testing.T) {
	talks, _ := threeJobs()
	whose := map[headway.PersonID]headway.PersonID{}
	for i := range talks {
		talks[i].Product = fmt.Sprint(i)
		whose[talks[i].Speakers[0].Person()] = talks[i%18].Speakers[0].Person()
	}
	g := Propose(Episodes(Study{Talks: talks, Whose: whose}), nil)
	sum := 0
	for _, j := range g.Groups {
		if j.People > len(j.Episodes) {
			t.Errorf("%d people in %d episodes", j.People, len(j.Episodes))
		}
		sum += j.People
	}
	if g.Of != 18 || sum != 18 {
		t.Errorf("tried on %d people, %d in jobs; they are 18", g.Of, sum)
	}
}

func TestEveryQuoteOfAJobIsACustomersOwnWords(t *testing.T) {
	talks, _ := threeJobs()
	for _, j := range Propose(Episodes(Study{Talks: talks}), nil).Groups {
		spans := slices.Clone(j.Tells)
		for _, w := range j.Words {
			spans = append(spans, w.Span)
			if w.People <= w.Elsewhere {
				t.Errorf("a word of %d people tells a job from %d others", w.People, w.Elsewhere)
			}
		}
		for _, span := range spans {
			found := false
			for _, talk := range talks {
				_, err := talk.Turns[0].Text.Cut(span)
				found = found || err == nil
			}
			if !found {
				t.Errorf("%#v is nobody's words", span)
			}
		}
	}
}

func TestAgreementIsTheAdjustedRandIndex(t *testing.T) {
	for _, test := range []struct {
		a, b []int
		want float64
	}{
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, -.5},
		{[]int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 4. / 7},
		{[]int{0, 0, 0, 0}, []int{0, 0, 0, 0}, 1},
	} {
		if got := Agreement(test.a, test.b); got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("agreement of %v and %v is %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

// pointing gives each sentence of a talk an aim: toward one of so many directions.
func pointing(talk Talk, toward int) Talk {
	for _, h := range talk.Hearing.Sentences {
		aim := headway.Aim{Span: h.Span, Weight: 1, Toward: make(headway.Direction, waysOfAims)}
		aim.Toward[toward] = 100
		aim.Toward[7] = int8(len(talk.ID) % 5)
		talk.Hearing.Aims = append(talk.Hearing.Aims, aim)
	}
	return talk
}

func TestWhereAllIsReadCloselyAimsTellWhoBelongsTogether(t *testing.T) {
	var talks []Talk
	for i := range 24 { // all say alike things, and two are after something else
		talks = append(talks, pointing(told(fmt.Sprint("close", i), wantsTimeToo, trades[i%len(trades)], 5), i%2))
	}
	episodes := Episodes(Study{Talks: talks})
	g := Propose(episodes, nil)
	if len(g.Groups) != 2 || len(g.Alone) > 0 {
		t.Fatalf("%d jobs, %d alone, want 2 and none", len(g.Groups), len(g.Alone))
	}

	late := told("close late", wantsTimeToo, "mill", 5)
	after := Propose(Episodes(Study{Talks: append(talks, late)}), g.Proposals())
	if want := Episodes(Study{Talks: []Talk{late}})[0].ID; !slices.Equal(after.Alone, []headway.EpisodeID{want}) {
		t.Errorf("alone: %v, want who is not yet read closely", after.Alone)
	}
	for i := range g.Groups {
		if diff := cmp.Diff(g.Groups[i].Episodes, after.Groups[i].Episodes); diff != "" {
			t.Errorf("what was grouped moved: %s", diff)
		}
	}
}

func TestWhoCannotBeReadCloselyKeepsNobodyWaiting(t *testing.T) {
	talks := []Talk{
		talk("short", "", "", "c: Yes. No. Fine. Yes. Well. No. Good. Never. Thanks."),
		talk("foreign", "", "", "c: Wir wollten am Abend endlich wieder in Ruhe zusammen essen und reden."),
	}
	for i := range talks[1].Hearing.Sentences {
		talks[1].Hearing.Sentences[i].Unheard = "not English"
	}
	for i := range 12 {
		talks = append(talks, pointing(told(fmt.Sprint("read", i), wantsTimeToo, trades[i], 5), 0))
	}
	if g := Propose(Episodes(Study{Talks: talks}), nil); !g.Closely {
		t.Errorf("12 of 14 were read and 2 never can be, yet all are compared by kinds: %d jobs", len(g.Groups))
	}
}

func TestWhatWasProposedByAQuickReadingIsFoundAnewByACloseOne(t *testing.T) {
	talks, _ := threeJobs()
	quick := Propose(Episodes(Study{Talks: talks}), nil)
	for i := range talks {
		talks[i] = pointing(talks[i], 0)
	}
	closely := Propose(Episodes(Study{Talks: talks}), quick.Proposals())
	for _, group := range closely.Groups {
		if group.Kept {
			t.Errorf("job %s of the quick reading stands among %d of the close one", group.ID, len(closely.Groups))
		}
	}
}
