package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/realdata"
)

func TestAShareThatIsHigherInEveryPoorSessionNamesThemAll(t *testing.T) {
	poor, good := rated{.8, false}, rated{.2, true}
	for name, c := range map[string]struct {
		all  []rated
		want float64
	}{
		"higher in all": {[]rated{poor, good, good}, 1},
		"lower in all":  {[]rated{{.1, false}, good, good}, 0},
		"the same":      {[]rated{{.2, false}, good}, .5},
		"no poor one":   {[]rated{good, good}, .5},
	} {
		if got := auc(c.all); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	some := []rated{poor, good, poor, good, {.1, false}}
	low, high := redrawn(some, auc)
	if again, _ := redrawn(some, auc); low != again || low > auc(some) || high < auc(some) {
		t.Errorf("interval %v-%v, the second time from %v", low, high, again)
	}
}

// heardAs hears sentences by their first word.
func heardAs(c *headway.Conversation) (h headway.Hearing) {
	for i, turn := range c.Turns {
		side := c.Speaker(turn.Speaker).Side
		text := turn.Text.Text
		heard := headway.Heard{Turn: i, Side: side, Span: turn.Text.SpanOf(headway.NewRuler(text), 0, len(text))}
		label, _, _ := strings.Cut(text, " ")
		if label != "So" {
			heard.Labels = []headway.Scored{{Label: headway.Label(label), Counted: !strings.Contains(text, "perhaps")}}
		}
		h.Sentences = append(h.Sentences, heard)
	}
	return h
}

func TestAStatementThatIsNothingElseIsTelling(t *testing.T) {
	for text, want := range map[string]bool{
		"So the liver needs a day for that": true,
		"So it is":                          false, // too short to state anything
		"advice now":                        true,
		"story-own once":                    true,
		"playback you drink on Fridays":     false,
		"ack that is a good one":            false,
		"q-open what brings you in here":    false,
		"q-open perhaps what brings you in": false,
	} {
		s := hearSession([]annomiLine{{ours: true, text: text}, {text: "advice of theirs is not ours"}}, heardAs)
		if len(s.ours) != 1 {
			t.Fatalf("%d sentences of ours, want 1", len(s.ours))
		}
		if got := tells(s.ours[0]); got != want {
			t.Errorf("%q tells: %v, want %v", text, got, want)
		}
	}
}

func TestSessionsAreComparedByTheirShares(t *testing.T) {
	data := t.TempDir()
	path := filepath.Join(data, "acts", "annomi-dev", "utterances.csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	table := `mi_quality,transcript_id,interlocutor,utterance_text,question_exists,therapist_input_exists,reflection_exists
low,7,therapist,advice eat less of it,False,True,False
low,7,client,No.,n/a,n/a,n/a
high,8,therapist,playback so you would rather not,False,False,True
high,8,client,I would not. I never did and I never will do it.,n/a,n/a,n/a
`
	if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := sessions(data, heardAs)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range sessionFigures(all) {
		if f.AUC.Of != 2 {
			t.Errorf("%s: of %d sessions, want 2", f.Share, f.AUC.Of)
		}
		got[f.Share] = f.AUC.Is
	}
	want := map[string]float64{"telling": 1, "advice, pitches and stories": 1, "reflection": 1, "our words (baseline)": 1,
		"telling, by the experts' labels": 1, "reflection, by the experts' labels": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var out bytes.Buffer
	if err := printTelling(&out, pass{hearing: heardAs}, data); err != nil || !strings.Contains(out.String(), "1 poor and 1 good sessions") {
		t.Errorf("error %v, printed\n%s", err, out.String())
	}
}

func TestALayerLearnsWhatTellsAndNotWhatDoesNot(t *testing.T) {
	var signs [][]float64
	var carries []bool
	for i := range 4000 {
		signs = append(signs, []float64{float64(i % 2), float64(i % 7)})
		carries = append(carries, i%2 == 1)
	}
	by := fitLayer(signs, carries)
	if by.logOdds([]float64{1, 3}) < 1 || by.logOdds([]float64{0, 3}) > -1 {
		t.Errorf("log-odds %.2f with the sign and %.2f without", by.logOdds([]float64{1, 3}), by.logOdds([]float64{0, 3}))
	}
	if w := by.weights[1]; w < -.05 || w > .05 {
		t.Errorf("weight %.2f for what tells nothing", w)
	}
}

func TestEveryLabelledSentenceThatMayExplainIsFoundAgain(t *testing.T) {
	all, err := readInforming(realdata.Path(t))
	if err != nil {
		t.Fatal(err)
	}
	informs, documents := 0, map[string]bool{}
	for _, x := range all {
		documents[x.Document()] = true
		if x.Informs {
			informs++
		}
	}
	if len(all) != 1341 || informs != 257 || len(documents) < 300 {
		t.Errorf("%d of %d sentences of %d documents inform, want 257 of 1341", informs, len(all), len(documents))
	}
}
