package job

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// scribble does so many deeds to a scene, as chance has it: claims of all parts,
// words of any customer laid on them, choices, moves, joins, and people forgotten.
func scribble(d *scene, chance *rand.Rand, deeds int) {
	var spans []headway.Span
	for _, talk := range d.talks {
		for _, s := range talk.Hearing.Sentences {
			spans = append(spans, s.Span)
		}
	}
	pick := func(n int) int { return chance.IntN(n) }
	of := func(parts ...headway.Part) (all []headway.ClaimID) {
		for _, c := range d.claims {
			if len(parts) == 0 || slices.Contains(parts, c.Part) {
				all = append(all, c.ID)
			}
		}
		return all
	}
	one := func(all []headway.ClaimID) headway.ClaimID {
		if len(all) == 0 {
			return ""
		}
		return all[pick(len(all))]
	}
	verdicts := []headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.Undecided}
	for n := range deeds {
		claim := one(of())
		switch pick(8) {
		case 0, 1, 2:
			part := headway.Parts()[pick(len(headway.Parts()))]
			under := one(of(part.Under()...))
			if len(part.Under()) == 0 {
				under = ""
			} else if under == "" {
				continue
			}
			d.hold(part, under, "words "+strings.Repeat("i", n+1))
		case 3, 4:
			d.do(headway.Operation{Deed: headway.DeedBear, Claim: claim, Span: spans[pick(len(spans))], Verdict: verdicts[pick(len(verdicts))]})
		case 5:
			at := slices.IndexFunc(d.claims, func(c headway.Claim) bool { return c.ID == claim })
			if at < 0 || len(d.claims[at].Part.Choices()) == 0 {
				continue
			}
			choices := d.claims[at].Part.Choices()
			op := headway.Operation{Deed: headway.DeedChoose, Claim: claim, Choice: choices[pick(len(choices))]}
			if d.claims[at].Part == headway.PartCriterion {
				op.Other = one(of(headway.PartJob))
			}
			if op.Choice == headway.NotNeeded || pick(2) == 0 {
				op.Span = spans[pick(len(spans))]
			}
			d.do(op)
		case 6:
			d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.episodes[pick(len(d.episodes))].ID, Claim: one(of(headway.PartJob)), Verdict: headway.Kept})
		case 7:
			if pick(4) == 0 {
				d.forget(pick(len(d.talks)))
			}
		}
	}
}

func (d *scene) report() Report {
	together, proposals := d.proposed()
	p := See(d.study(), Episodes(d.study()), together, proposals)
	return NewReport(d.study(), p, Grouping{}, Asks{First: map[headway.Label]string{headway.Habit: "What would you keep?"}})
}

func (d *scene) study() Study {
	return Study{Talks: d.talks, Held: deed.NewClaims(d.ops, "s"), Claims: d.claims, Judged: deed.NewJudgements(d.ops)}
}

func TestNothingIsSaidWithoutWordsAndNobodyCountedWithoutOfHowMany(t *testing.T) {
	seen := map[headway.Status]int{}
	cells := map[State]int{}
	for seed := range uint64(60) {
		d := draw()
		scribble(d, rand.New(rand.NewPCG(seed, 5)), 80)
		r := d.report()
		lines(r, func(l ReportLine) {
			seen[l.Status]++
			switch {
			case l.Status == headway.StatusSaid && len(l.For) == 0:
				t.Fatalf("seed %d: %q is said, and nobody's words say it", seed, l.Words)
			case l.Status == headway.StatusInferred && len(l.Read) == 0:
				t.Fatalf("seed %d: %q is read from no words", seed, l.Words)
			case l.Said.People > l.Said.Of, l.Said.People > len(l.For), l.Said.People == 0 && len(l.For) > 0:
				t.Fatalf("seed %d: %q is said by %s, in %d passages", seed, l.Words, l.Said, len(l.For))
			}
			quoted(t, l.For, l.Read, l.Against)
		})
		for _, j := range r.Jobs {
			for _, c := range j.Criteria {
				cells[c.State]++
				if (c.State == State(headway.NotNeeded) || c.Choice == headway.NotNeeded) && len(c.On) == 0 || c.State == Contradicted && len(c.Against) == 0 {
					t.Fatalf("seed %d: the cell is %s without words: %+v", seed, c.State, c)
				}
				quoted(t, c.On, c.Against)
			}
		}
		for _, e := range r.Episodes {
			for _, s := range e.Slots {
				if s.Status == headway.StatusSaid && len(s.Told) == 0 {
					t.Fatalf("seed %d: %s is said without words", seed, s.Kind)
				}
				quoted(t, s.Told)
			}
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var all any
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		counted(t, "", all)
		if again, _ := json.Marshal(d.report()); string(again) != string(data) {
			t.Fatalf("seed %d: the same study is written in two ways", seed)
		}
	}
	for _, s := range []headway.Status{headway.StatusSaid, headway.StatusInferred, headway.StatusOurs} {
		if seen[s] == 0 {
			t.Errorf("no line was %s: chance did not come far", s)
		}
	}
	for _, s := range []State{State(headway.Must), State(headway.NotNeeded), Contradicted, Unsettled} {
		if cells[s] == 0 {
			t.Errorf("no cell was %s: chance did not come far", s)
		}
	}
}

// lines walks all claims of a report.
func lines(r Report, see func(ReportLine)) {
	var walk func(all []ReportLine)
	walk = func(all []ReportLine) {
		for _, l := range all {
			see(l)
			walk(l.Parts)
		}
	}
	for _, j := range r.Jobs {
		if j.Claim != nil {
			see(*j.Claim)
		}
		walk(slices.Concat(j.Card, j.Measure, j.Issues, j.Finish, j.Price, j.Describe, j.Sell, j.Ladder))
	}
	for _, c := range r.Criteria {
		see(c.ReportLine)
	}
	for _, w := range r.Wants {
		see(w.ReportLine)
		for _, f := range w.Found {
			see(f.ReportLine)
		}
	}
	walk(r.Alternatives)
}

// quoted wants words in every passage, and somebody who said them.
func quoted(t *testing.T, passages ...[]ReportWords) {
	t.Helper()
	for _, w := range slices.Concat(passages...) {
		if len(w.Quotes) == 0 || w.Person == "" || slices.ContainsFunc(w.Quotes, headway.Quote.IsZero) {
			t.Fatalf("a passage without words: %+v", w)
		}
		if strings.Contains(w.String(), headway.Erased) {
			t.Fatalf("words that were forgotten: %+v", w)
		}
	}
}

// counted wants of how many wherever people are counted, and lists that are never null.
func counted(t *testing.T, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		if people, told := v["people"]; told {
			if of, known := v["of"].(float64); !known || people.(float64) > of {
				t.Fatalf("%s: %v people of %v", at, people, v["of"])
			}
		}
		for name, field := range v {
			counted(t, at+"."+name, field)
		}
	case []any:
		for _, one := range v {
			counted(t, at, one)
		}
	case nil:
		t.Fatalf("%s is null", at)
	}
}

func TestTheShapeOfAReportCountsNobodyWithoutOfHowManyAndSaysNothingWithoutWords(t *testing.T) {
	page, err := os.ReadFile("../../docs/jobs-json.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	var walk func(of reflect.Type)
	walk = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] || of == reflect.TypeFor[time.Time]() || of == reflect.TypeFor[headway.Quote]() {
			return
		}
		seen[of] = true
		fields, words := map[string]bool{}, false
		for _, f := range reflect.VisibleFields(of) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" && !f.Anonymous && f.IsExported() {
				t.Errorf("%s.%s has no name in JSON", of, f.Name)
			}
			if name != "" && of != reflect.TypeFor[headway.Date]() && !strings.Contains(string(page), "`"+name+"`") {
				t.Errorf("docs/jobs-json.md does not tell what %s of %s is", name, of)
			}
			fields[name] = true
			words = words || f.Type == reflect.TypeFor[[]ReportWords]() || f.Type == reflect.TypeFor[[]headway.Quote]()
			walk(f.Type)
		}
		if fields["people"] && !fields["of"] {
			t.Errorf("%s counts people, and says not of how many", of)
		}
		if (fields["status"] || fields["state"]) && !words {
			t.Errorf("%s says what something rests on, and has no place for the words", of)
		}
	}
	walk(reflect.TypeFor[Report]())
	if len(seen) < 15 {
		t.Errorf("only %d shapes were looked at", len(seen))
	}
}

func TestAWantIsWrittenWithTheTurnsThatLedToWhatTheyFound(t *testing.T) {
	d := &scene{talks: []Talk{talk("a", "Trolley", "",
		"ann: I want a bigger trolley. #request", "us: What for?", "ann: To go fewer times. Oh, I had not thought of that. #realization", "us: Of what?",
		"ann: I want nothing on the stairs at all. #motivation")}}
	d.episodes = Episodes(Study{Talks: d.talks})
	wanted := d.hold(headway.PartWanted, "", "a bigger trolley")
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: wanted, Span: at(t, d.talks, "I want a bigger"), Verdict: headway.Supports})
	found := d.hold(headway.PartFound, wanted, "nothing to carry up")
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: found, Span: at(t, d.talks, "I want nothing"), Verdict: headway.Supports})
	r := NewReport(d.study(), See(d.study(), d.episodes, nil, nil), Grouping{}, Asks{})
	if len(r.Wants) != 1 || len(r.Wants[0].Found) != 1 {
		t.Fatalf("wants: %+v", r.Wants)
	}
	between := r.Wants[0].Found[0].Between
	var told []string
	for _, turn := range between {
		told = append(told, string(turn.Side)+": "+turn.String())
	}
	if len(between) != 3 || between[0].Side != headway.Ours || !between[1].Realized {
		t.Errorf("between are %q, the second with something realized: %t", told, len(between) > 1 && between[1].Realized)
	}
}

func TestALadderSaysWhichRungIsMissing(t *testing.T) {
	d := draw()
	spare := d.hold(headway.PartJob, "", "Spare my back")
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("ann"), Claim: spare, Verdict: headway.Kept})
	wheels := d.hold(headway.PartRung, spare, "it has six wheels")
	d.do(headway.Operation{Deed: headway.DeedChoose, Claim: wheels, Choice: headway.Attribute})
	rung := func() ReportLine { return d.report().Jobs[0].Ladder[0] }
	if l := rung(); l.Missing != MissingConsequence || l.Ask == "" {
		t.Errorf("above an attribute %q is missing, and %q is asked", l.Missing, l.Ask)
	}
	rolls := d.hold(headway.PartRung, wheels, "it rolls up the stairs")
	d.do(headway.Operation{Deed: headway.DeedChoose, Claim: rolls, Choice: headway.Consequence})
	if l := rung(); l.Missing != "" || l.Parts[0].Missing != MissingReason {
		t.Errorf("above a consequence %q is missing", l.Parts[0].Missing)
	}
	back := d.hold(headway.PartRung, rolls, "I can lift my daughter at night")
	d.do(headway.Operation{Deed: headway.DeedChoose, Claim: back, Choice: headway.Personal})
	if l := rung(); l.Parts[0].Missing != "" || l.Parts[0].Parts[0].Missing != "" {
		t.Error("nothing is missing above a reason")
	}
}

func TestWhatLostItsSupportIsListedWithTheDay(t *testing.T) {
	d := draw()
	spare := d.hold(headway.PartJob, "", "Spare my back")
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("bea"), Claim: spare, Verdict: headway.Kept})
	pretty := d.hold(headway.PartCriterion, "", "pretty")
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: spare, Span: at(t, d.talks, "My back"), Verdict: headway.Supports})
	d.do(headway.Operation{Deed: headway.DeedChoose, Claim: pretty, Other: spare, Choice: headway.NotNeeded, Span: at(t, d.talks, "My back")})
	if r := d.report(); len(r.Lost) != 0 || !r.Known {
		t.Fatalf("lost %+v before anybody was forgotten; known: %t", r.Lost, r.Known)
	}
	d.forget(0)
	r := d.report()
	if r.Known || len(r.Lost) != 2 {
		t.Fatalf("known: %t, lost: %+v", r.Known, r.Lost)
	}
	for _, l := range r.Lost {
		if !l.On.Equal(forgotten) || l.Part == headway.PartCriterion && l.Job != spare {
			t.Errorf("lost: %+v", l)
		}
	}
}
