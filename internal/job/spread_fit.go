package job

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"github.com/headway-oss/headway"
)

// Labelled is a study whose customers' jobs are known.
type Labelled struct {
	Episodes []Episode
	Jobs     map[headway.EpisodeID]string
}

const (
	waysKept   = 12  // the others tell jobs from people no better than chance
	directions = 48  // of what differs among people of one job
	evened     = .1  // share of the spread that is taken to be the same in all directions
	leastApart = .05 // of jobs, beside people, along a way that is kept, squared
)

// FitSpread measures how people of one job and the jobs of one product differ, on each
// ground, and gives the file that evidence is weighed by. Read closely, all of them.
func FitSpread(studies []Labelled) ([]byte, error) {
	all := map[string]spread{}
	for _, on := range []ground{byKinds, byAims} {
		s := on.measure(studies)
		if len(s.Ways) == 0 {
			return nil, headway.Errorf(headway.Invalid, "nothing tells how the jobs of a product lie apart by %s: give stories of products with several jobs, and read them closely", on.name())
		}
		all[on.name()] = s
	}
	data, err := json.Marshal(all)
	return bytes.ReplaceAll(data, []byte("],["), []byte("],\n[")), err
}

func (g ground) measure(studies []Labelled) spread {
	var within, between square
	people, jobs, unsure := 0, 0, 0.0
	for _, s := range studies {
		of, means := byJob(newField(s.Episodes, g), s.Jobs)
		if len(of) < 2 {
			continue
		}
		middle := middleOf(means)
		for i, own := range of {
			for _, p := range own {
				within.add(less(p, means[i]))
			}
			between.add(less(means[i], middle))
			people += len(own) - 1
			unsure += 1 / float64(len(own)) * float64(len(of)-1) / float64(len(of))
		}
		jobs += len(of) - 1
	}
	if people <= 0 || jobs == 0 {
		return spread{}
	}
	within, between = within.scaled(1/float64(people)), between.scaled(1/float64(jobs))
	// The middle of a few people lies off that of their job, by chance alone.
	between = between.less(within.scaled(unsure / float64(jobs)))
	own, _ := within.axes()
	return within.even().ways(between, own)
}

// byJob gives the profiles of the people of each job, and their middles.
func byJob(f *field, jobs map[headway.EpisodeID]string) (of [][]profile, means []profile) {
	at := map[string]int{}
	for i, e := range f.episodes {
		p := f.profiles[i]
		if p == nil {
			continue
		}
		job := jobs[e.ID]
		if _, found := at[job]; !found {
			at[job] = len(of)
			of = append(of, nil)
		}
		of[at[job]] = append(of[at[job]], p)
	}
	for _, own := range of {
		means = append(means, middleOf(own))
	}
	return of, means
}

// ways gives the directions in which jobs differ most beside people of one, and how
// much; own is how far people differ in each of their directions.
func (m square) ways(jobs square, own []float64) (s spread) {
	sizes, axes := m.axes()
	for i, axis := range axes {
		for d := range axis {
			axes[i][d] /= math.Sqrt(sizes[i])
		}
	}
	apart, turned := jobs.seen(axes).axes()
	for i, by := range turned {
		if i == waysKept || apart[i] < leastApart {
			break
		}
		way := make(profile, len(m))
		for j, share := range by {
			for d, x := range axes[j] {
				way[d] += float32(share * x)
			}
		}
		for d, x := range way {
			way[d] = float32(thousandth(float64(x)))
		}
		s.Ways, s.Between = append(s.Ways, way), append(s.Between, thousandth(apart[i]))
	}
	total := 0.0
	for _, x := range own {
		total += x
	}
	for _, x := range own[:min(directions, len(own))] {
		s.OneJob = append(s.OneJob, thousandth(x/total))
	}
	return s
}

// square is a symmetric matrix.
type square [][]float64

func (m *square) add(p profile) {
	if *m == nil {
		for range p {
			*m = append(*m, make([]float64, len(p)))
		}
	}
	for i, x := range p {
		for j, y := range p {
			(*m)[i][j] += float64(x) * float64(y)
		}
	}
}

func (m square) scaled(by float64) square {
	return m.each(func(i, j int) float64 { return m[i][j] * by })
}

func (m square) less(o square) square {
	return m.each(func(i, j int) float64 { return m[i][j] - o[i][j] })
}

// even takes a share of the spread to be the same in all directions.
func (m square) even() square {
	mean := 0.0
	for i := range m {
		mean += m[i][i] / float64(len(m))
	}
	return m.each(func(i, j int) float64 {
		if i == j {
			return (1-evened)*m[i][j] + evened*mean
		}
		return (1 - evened) * m[i][j]
	})
}

// seen is the matrix as it looks along some axes.
func (m square) seen(axes [][]float64) square {
	return m.each(func(i, j int) (sum float64) {
		for a, x := range axes[i] {
			for b, y := range axes[j] {
				sum += x * m[a][b] * y
			}
		}
		return sum
	})
}

func (m square) each(at func(i, j int) float64) square {
	out := make(square, len(m))
	for i := range out {
		for j := range m {
			out[i] = append(out[i], at(i, j))
		}
	}
	return out
}

// axes gives the directions in which a matrix stretches, the longest first, and how
// much: by rotations (Jacobi, 1846).
func (m square) axes() (sizes []float64, axes [][]float64) {
	a := m.scaled(1)
	turned := m.each(func(i, j int) float64 {
		if i == j {
			return 1
		}
		return 0
	})
	for range 60 {
		for p := range a {
			for q := range p {
				if a[p][q] != 0 {
					a.rotate(turned, p, q)
				}
			}
		}
	}
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a[j][j], a[i][i]) })
	for _, i := range order {
		sizes, axes = append(sizes, a[i][i]), append(axes, turned[i])
	}
	return sizes, axes
}

// rotate turns a matrix so that nothing is left between p and q, and the rows of turned alike.
func (m square) rotate(turned square, p, q int) {
	angle := math.Atan2(2*m[p][q], m[q][q]-m[p][p]) / 2
	c, s := math.Cos(angle), math.Sin(angle)
	for k := range m {
		x, y := m[k][p], m[k][q]
		m[k][p], m[k][q] = c*x-s*y, s*x+c*y
	}
	for k := range m {
		x, y := m[p][k], m[q][k]
		m[p][k], m[q][k] = c*x-s*y, s*x+c*y
		x, y = turned[p][k], turned[q][k]
		turned[p][k], turned[q][k] = c*x-s*y, s*x+c*y
	}
}
