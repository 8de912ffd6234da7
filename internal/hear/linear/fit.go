package linear

import "math"

// Example is a sentence to learn from.
type Example struct {
	Signs  []uint32
	Labels map[string]bool // those it carries
	// Asked lists the labels it teaches about; nil is all of them.
	Asked  map[string]bool
	Weight float64 // how much it counts; 1 is usual
}

// Options tunes the fit.
type Options struct {
	Epochs int     // passes over the examples
	Rate   float64 // step size of AdaGrad
	Shrink float64 // pull of every touched weight towards zero, a step
}

// Fit learns a weight for each sign and label from examples, in their order
// and without chance: the same examples give the same model.
func Fit(labels []string, examples []Example, o Options) *Model {
	n := len(labels)
	f := fitter{
		Model:   Model{weight: make([]float32, Buckets*n)},
		o:       o,
		squares: make([]float32, Buckets*n),
		biasSq:  make([]float32, n),
		bias:    make([]float32, n),
	}
	for _, name := range labels {
		f.Labels = append(f.Labels, Label{Name: name, Slope: 1})
	}
	order := newOrder(len(examples))
	for range o.Epochs {
		order.mix()
		for _, i := range order.at {
			f.learn(&examples[i])
		}
	}
	return &f.Model
}

type fitter struct {
	Model
	o       Options
	squares []float32 // AdaGrad: squared steps so far
	bias    []float32
	biasSq  []float32
	scores  []float64
}

func (f *fitter) learn(e *Example) {
	f.scores = f.Scores(f.scores[:0], e.Signs)
	n := len(f.Labels)
	for i, label := range f.Labels {
		want := 0.0
		if e.Labels[label.Name] {
			want = 1
		}
		if e.Asked != nil && !e.Asked[label.Name] {
			f.scores[i] = 0
			continue
		}
		f.scores[i] = (f.scores[i] - want) * e.Weight
	}
	for _, s := range e.Signs {
		at := int(s%Buckets) * n
		for i, slope := range f.scores {
			if slope != 0 {
				f.move(&f.weight[at+i], &f.squares[at+i], slope, f.o.Shrink)
			}
		}
	}
	for i, slope := range f.scores {
		f.move(&f.bias[i], &f.biasSq[i], slope, 0)
		f.Labels[i].Bias = float64(f.bias[i])
	}
}

func (f *fitter) move(weight, square *float32, slope, shrink float64) {
	slope += shrink * float64(*weight)
	*square += float32(slope * slope)
	*weight -= float32(f.o.Rate * slope / (1e-3 + math.Sqrt(float64(*square))))
}

// order is a fixed shuffle: a linear congruential generator, the same on every
// machine.
type order struct {
	at   []int
	seed uint64
}

func newOrder(n int) *order {
	o := &order{seed: 1}
	for i := range n {
		o.at = append(o.at, i)
	}
	return o
}

func (o *order) mix() {
	for i := len(o.at) - 1; i > 0; i-- {
		o.seed = o.seed*6364136223846793005 + 1442695040888963407
		j := int((o.seed >> 33) % uint64(i+1))
		o.at[i], o.at[j] = o.at[j], o.at[i]
	}
}

// Calibrate sets slope and shift of a label so that its scores become the
// share of sentences that carry it. scores are those of an uncalibrated model
// on sentences it has not learned from.
func (l *Label) Calibrate(scores []float64, carries []bool) {
	slope, shift := 1.0, 0.0
	for range 400 {
		var bySlope, byShift, n float64
		for i, s := range scores {
			x := logit(s)
			miss := sigmoid(slope*x + shift)
			if carries[i] {
				miss--
			}
			bySlope += miss * x
			byShift += miss
			n++
		}
		slope -= bySlope / (n + 1)
		shift -= byShift / (n + 1)
	}
	l.Slope, l.Shift = max(slope, .1), shift
}

func logit(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}

// Probability gives the calibrated score for an uncalibrated one.
func (l Label) Probability(score float64) float64 { return sigmoid(l.Slope*logit(score) + l.Shift) }
