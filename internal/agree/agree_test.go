package agree_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/realdata"
)

// example is one published example, as the file of vectors has it.
type example struct {
	Units        [][]any            `json:"units"`
	Alpha        map[string]float64 `json:"alpha"`
	AlphaNominal *float64           `json:"alpha_nominal"`
	Percent      *float64           `json:"percent"`
	Observed     *float64           `json:"Do"`
	Expected     *float64           `json:"De"`
	Recomputed   map[string]float64 `json:"recomputed_here"`
}

func (e example) units() agree.Units {
	var units agree.Units
	for _, row := range e.Units {
		var unit []agree.Value
		for _, v := range row {
			if v == nil {
				unit = append(unit, agree.None)
			} else {
				unit = append(unit, agree.Value(fmt.Sprint(v)))
			}
		}
		units = append(units, unit)
	}
	return units
}

func vectors(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(realdata.Path(t, "qda", "agreement_vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func vector(t *testing.T, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(vectors(t)[name], into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// near fails where a figure differs from the printed one by more than its last digit.
func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.5f, want %.4f", what, got, want)
	}
}

func alpha(t *testing.T, units agree.Units, scale agree.Scale) agree.Coefficient {
	t.Helper()
	c, err := agree.Alpha(units, scale)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAlphaIsThatOfThePublishedExamples(t *testing.T) {
	for _, name := range []string{"krippendorff_2004_p230", "krippendorff_2004_p224", "krippendorff_2004_p227", "hayes_krippendorff_2007_p84"} {
		t.Run(name, func(t *testing.T) {
			var e example
			vector(t, name, &e)
			units := e.units()
			figures := 0
			for scale, want := range e.Alpha {
				near(t, scale, alpha(t, units, agree.Scale(scale)).Is, want, .00005)
				figures++
			}
			for scale, want := range e.Recomputed {
				near(t, scale, alpha(t, units, agree.Scale(scale)).Is, want, .00005)
				figures++
			}
			if e.AlphaNominal != nil {
				c := alpha(t, units, agree.Nominal)
				near(t, "alpha", c.Is, *e.AlphaNominal, .0005)
				near(t, "observed disagreement", c.Observed, *e.Observed, .0005)
				near(t, "expected disagreement", c.Expected, *e.Expected, .0005)
				share, err := agree.Percent(units)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "percent", share.Is, *e.Percent, .0005)
				figures++
			}
			if figures == 0 {
				t.Error("the vector holds no figure")
			}
		})
	}
}

// The figures of this example on the interval scale are printed as Do and De too.
func TestTheDisagreementsOfTheLongestExampleAreThoseInPrint(t *testing.T) {
	var e struct {
		example
		Do float64 `json:"interval_Do"`
		De float64 `json:"interval_De"`
	}
	vector(t, "krippendorff_2004_p230", &e)
	c := alpha(t, e.units(), agree.Interval)
	near(t, "observed", c.Observed, e.Do, .0005)
	near(t, "expected", c.Expected, e.De, .0005)
	if c.Units != 11 || c.Ratings != 40 {
		t.Errorf("%d units with %d ratings, want the 11 that two rated, with 40", c.Units, c.Ratings)
	}
}

// agreed is a table of how often two raters said what, laid out as units.
func agreed(table [][]int) (units agree.Units) {
	for a, row := range table {
		for b, n := range row {
			for range n {
				units = append(units, []agree.Value{agree.Value(fmt.Sprint(a)), agree.Value(fmt.Sprint(b))})
			}
		}
	}
	return units
}

// The ratings are those of Cohen (1960), page 45: 200 patients, three diagnoses.
func TestCohensKappaIsThatOfHisExample(t *testing.T) {
	var want struct{ Po, Pe, Kappa float64 }
	vector(t, "cohen_1960_p45_partial", &want)
	c, err := agree.Cohen(agreed([][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "observed", c.Observed, want.Po, .005)
	near(t, "expected", c.Expected, want.Pe, .005)
	near(t, "kappa", c.Is, want.Kappa, .0005)
}

// The ratings are those of Fleiss (1971), table 1: of thirty patients, how many
// of six psychiatrists chose each of five diagnoses.
func TestFleissKappaIsThatOfHisExample(t *testing.T) {
	table := []string{
		"00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
		"10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
		"00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
	}
	var units agree.Units
	for _, row := range table {
		var unit []agree.Value
		for v, n := range row {
			for range int(n - '0') {
				unit = append(unit, agree.Value(fmt.Sprint(v)))
			}
		}
		units = append(units, unit)
	}
	var want struct{ Po, Pe, Kappa float64 }
	vector(t, "fleiss_1971", &want)
	c, err := agree.Fleiss(units)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "observed", c.Observed, want.Po, .0005)
	near(t, "expected", c.Expected, want.Pe, .0005)
	near(t, "kappa", c.Is, want.Kappa, .0005)
}

// The ratings are example A of Krippendorff (1995), page 57, cut into 24 units.
func TestKappaAndAlphaDifferAsInPrint(t *testing.T) {
	units := agreed([][]int{{10, 0}, {8, 6}})
	kappa, err := agree.Cohen(units)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kappa", kappa.Is, .385, .0005)
	near(t, "alpha", alpha(t, units, agree.Nominal).Is, .329, .0005)
}

func TestWhatCannotShowAgreementIsRefusedAndNeverPerfect(t *testing.T) {
	measures := map[string]func(agree.Units) (agree.Coefficient, error){
		"alpha":  func(u agree.Units) (agree.Coefficient, error) { return agree.Alpha(u, agree.Nominal) },
		"cohen":  agree.Cohen,
		"fleiss": agree.Fleiss,
	}
	for name, units := range map[string]agree.Units{
		"no units":                       nil,
		"one category only":              {{"1", "1"}, {"1", "1"}, {"1", "1"}},
		"nobody rated what another did":  {{"1", ""}, {"", "1"}, {"2", ""}},
		"one unit in common":             {{"1", "2"}, {"1", ""}},
		"one category where two rated":   {{"1", "1"}, {"1", "1"}, {"2", ""}},
		"nothing was rated by anybody":   {{"", ""}, {"", ""}},
		"one category, but for a single": {{"1", "1"}, {"", "2"}},
	} {
		for measure, of := range measures {
			t.Run(measure+" of "+name, func(t *testing.T) {
				c, err := of(units)
				if !errors.Is(err, agree.ErrTooLittle) || headway.ErrorCode(err) != headway.Invalid {
					t.Errorf("got %v, %v; want a refusal that is ErrTooLittle", c, err)
				}
				if c != (agree.Coefficient{}) {
					t.Errorf("a refusal came with %v", c)
				}
			})
		}
	}
	if _, err := agree.Percent(agree.Units{{"1", ""}}); !errors.Is(err, agree.ErrTooLittle) {
		t.Errorf("percent of nothing: %v", err)
	}
}

func TestUnitsThatOnlyOneRaterSawCountNowhere(t *testing.T) {
	both := agree.Units{{"1", "1"}, {"2", "1"}, {"2", "2"}, {"3", "3"}}
	more := append(slices.Clone(both), []agree.Value{"9", ""}, []agree.Value{"", "9"}, []agree.Value{"", ""})
	if diff := cmp.Diff(alpha(t, both, agree.Nominal), alpha(t, more, agree.Nominal)); diff != "" {
		t.Error(diff)
	}
	a, _ := agree.Cohen(both)
	b, err := agree.Cohen(more)
	if err != nil || a != b {
		t.Errorf("%v and %v, %v", a, b, err)
	}
}

func TestTheIntervalIsTheSameEachTimeAndHoldsTheFigure(t *testing.T) {
	units := agreed([][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}})
	once, again := alpha(t, units, agree.Nominal), alpha(t, units, agree.Nominal)
	if once != again {
		t.Errorf("%v, then %v", once, again)
	}
	if !once.Bounded || once.Low >= once.Is || once.High <= once.Is {
		t.Errorf("%.3f does not lie within %.3f to %.3f", once.Is, once.Low, once.High)
	}
	// Cohen's kappa of this table has a standard error of .048 by Fleiss, Cohen
	// and Everitt (1969); alpha's is next to the same.
	if width := once.High - once.Low; width < .16 || width > .22 {
		t.Errorf("the interval is %.3f wide, want about four standard errors", width)
	}
}

func TestAnIntervalIsNotGivenWhereAMarkOrTwoDecide(t *testing.T) {
	units := agreed([][]int{{98, 0}, {1, 1}})
	if c := alpha(t, units, agree.Nominal); c.Bounded {
		t.Errorf("from %.3f to %.3f by two marks", c.Low, c.High)
	}
}

func TestAScaleOfNumbersRefusesWords(t *testing.T) {
	for scale, units := range map[agree.Scale]agree.Units{
		agree.Ordinal:  {{"1", "two"}, {"2", "2"}},
		agree.Interval: {{"1", "NaN"}, {"2", "2"}},
		agree.Ratio:    {{"1", "-1"}, {"2", "2"}},
		"metric":       {{"1", "1"}, {"2", "2"}},
	} {
		if _, err := agree.Alpha(units, scale); headway.ErrorCode(err) != headway.Invalid || errors.Is(err, agree.ErrTooLittle) {
			t.Errorf("%s: %v", scale, err)
		}
	}
	written := agree.Units{{"1", "1.0"}, {"2", "2.50"}, {"3", " 3 "}}
	plain := agree.Units{{"1", "1"}, {"2", "2.5"}, {"3", "3"}}
	if diff := cmp.Diff(alpha(t, written, agree.Ratio), alpha(t, plain, agree.Ratio)); diff != "" {
		t.Error(diff)
	}
}

func TestEachLabelHasAnAgreementOfItsOwn(t *testing.T) {
	none := []string{}
	sets := agree.Sets{
		{{"habit"}, {"habit", "struggle"}},
		{none, none},
		{{"struggle"}, {"struggle"}},
		{none, nil}, // the second rater has not seen it
		{{"habit"}, none},
	}
	if diff := cmp.Diff([]string{"habit", "struggle"}, sets.Labels()); diff != "" {
		t.Error(diff)
	}
	want := agree.Units{{"yes", "yes"}, {"no", "no"}, {"no", "no"}, {"no", ""}, {"yes", "no"}}
	if diff := cmp.Diff(want, sets.On("habit")); diff != "" {
		t.Error(diff)
	}
	if c := alpha(t, sets.On("struggle"), agree.Nominal); c.Units != 4 {
		t.Errorf("%d units, want the 4 that both saw", c.Units)
	}
	if _, err := agree.Alpha(sets.On("gladness"), agree.Nominal); !errors.Is(err, agree.ErrTooLittle) {
		t.Errorf("a label that nobody used: %v", err)
	}
}

func TestWhatOneRaterMarkedTwiceIsMarkedOnce(t *testing.T) {
	at := func(start, end int) headway.Span { return headway.Span{Text: "t.1", Start: start, End: end} }
	other := headway.Span{Text: "a.1", Start: 3, End: 9}
	got := agree.Merge([]headway.Span{at(20, 30), at(0, 6), other, at(4, 10), at(10, 12), at(22, 25)})
	if diff := cmp.Diff([]headway.Span{other, at(0, 12), at(20, 30)}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMarkIsOfTheSentencesThatItIsMostlyIn(t *testing.T) {
	at := func(start, end int) headway.Span { return headway.Span{Text: "t.1", Start: start, End: end} }
	sentence := at(10, 30)
	for name, c := range map[string]struct {
		marks []headway.Span
		want  bool
	}{
		"the sentence itself":                  {[]headway.Span{at(10, 30)}, true},
		"a word of it":                         {[]headway.Span{at(12, 15)}, true},
		"a passage around it":                  {[]headway.Span{at(0, 100)}, true},
		"the sentence before and a word of it": {[]headway.Span{at(0, 13)}, false},
		"half of it and more":                  {[]headway.Span{at(20, 90)}, true},
		"another text":                         {[]headway.Span{{Text: "u.1", Start: 10, End: 30}}, false},
		"the next sentence":                    {[]headway.Span{at(30, 40)}, false},
		"two halves that overlap":              {agree.Merge([]headway.Span{at(0, 17), at(16, 22)}), true},
		"nothing":                              {nil, false},
	} {
		if got := agree.Covers(c.marks, sentence); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// FuzzAlpha asks for what holds of any ratings: no panic, never above one, the
// order of units and raters is nothing, and who never differs agrees wholly.
func FuzzAlpha(f *testing.F) {
	f.Add([]byte{1, 1, 2, 2, 3, 0, 3, 3}, uint8(2))
	f.Fuzz(func(t *testing.T, said []byte, raters uint8) {
		k := max(2, int(raters%6))
		var units, turned agree.Units
		for row := range slices.Chunk(said[:min(len(said), 200)], k) {
			var unit []agree.Value
			for _, v := range row {
				unit = append(unit, []agree.Value{agree.None, "0", "1", "2.5", "7"}[v%5])
			}
			units = append(units, unit)
			other := slices.Clone(unit)
			slices.Reverse(other)
			turned = append(turned, other)
		}
		for _, scale := range agree.Scales() {
			a, err := agree.Alpha(units, scale)
			b, other := agree.Alpha(turned, scale)
			if (err == nil) != (other == nil) || math.Abs(a.Is-b.Is) > 1e-9 {
				t.Fatalf("%v, %v and, turned around, %v, %v", a, err, b, other)
			}
			if err == nil && (math.IsNaN(a.Is) || a.Is > 1+1e-9 || a.Bounded && (a.Low > a.High || a.High > 1+1e-9)) {
				t.Fatalf("%s: %+v", scale, a)
			}
			if err != nil && !errors.Is(err, agree.ErrTooLittle) {
				t.Fatal(err)
			}
		}
	})
}
