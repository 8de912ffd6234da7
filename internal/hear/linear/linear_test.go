package linear_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear/linear"
)

// Sign 1 stands for warm, sign 2 for cold; sign 3 is everywhere.
func examples() []linear.Example {
	var all []linear.Example
	for i := range 40 {
		warm := i%2 == 0
		sign := uint32(2)
		if warm {
			sign = 1
		}
		all = append(all, linear.Example{Signs: []uint32{sign, 3}, Labels: map[string]bool{"warm": warm}, Weight: 1})
	}
	return all
}

var options = linear.Options{Epochs: 10, Rate: .2}

func TestASignThatTellsALabelRaisesItsScore(t *testing.T) {
	m := linear.Fit([]string{"warm"}, examples(), options)
	warm, cold := m.Scores(nil, []uint32{1, 3})[0], m.Scores(nil, []uint32{2, 3})[0]
	if warm < .8 || cold > .2 {
		t.Errorf("warm scores %.2f and cold %.2f", warm, cold)
	}
}

func TestALabelNotTaughtIsNotLearned(t *testing.T) {
	taught := examples()
	for i := range taught {
		taught[i].Asked = map[string]bool{}
	}
	if got := linear.Fit([]string{"warm"}, taught, options).Scores(nil, []uint32{1, 3})[0]; got != .5 {
		t.Errorf("scores %v, want .5", got)
	}
}

func TestAStoredModelScoresAsTheRoundedOne(t *testing.T) {
	m := linear.Fit([]string{"warm"}, examples(), options).Rounded()
	m.Labels[0].Act, m.Labels[0].Suggest = .6, .2
	data, err := m.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := linear.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	signs := []uint32{1, 2, 3, 99}
	if diff := cmp.Diff(m.Scores(nil, signs), stored.Scores(nil, signs)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(m.Labels, stored.Labels); diff != "" {
		t.Error(diff)
	}
}

func TestBytesThatAreNoModelAreRefused(t *testing.T) {
	good, err := linear.Fit([]string{"warm"}, examples(), options).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"nothing": nil, "text": []byte("weights"), "a torn file": good[:len(good)/2]} {
		if _, err := linear.Unmarshal(data); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
}

func TestCalibrationTurnsScoresIntoShares(t *testing.T) {
	l := linear.Label{Slope: 1}
	var scores []float64
	var carries []bool
	for i := range 100 {
		scores = append(scores, .9)
		carries = append(carries, i < 30)
		scores = append(scores, .1)
		carries = append(carries, i < 10)
	}
	l.Calibrate(scores, carries)
	if got := l.Probability(.9); math.Abs(got-.3) > .05 {
		t.Errorf("a score right 3 times in 10 reads %.2f", got)
	}
	if got := l.Probability(.1); math.Abs(got-.1) > .05 {
		t.Errorf("a score right 1 time in 10 reads %.2f", got)
	}
}
