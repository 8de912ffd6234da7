package job

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// How much is shown of what tells a job from its neighbour.
const (
	mostSigns  = 6
	mostWords  = 8
	lookedAt   = 40 // episodes of a job, the most typical
	leastWords = 4  // of a sentence that is shown
)

// grouping lays out the jobs of all generations with what is in them.
func (f *field) grouping(generations []generation, kept []headway.Proposal) Grouping {
	out := Grouping{Closely: f.ground == byAims}
	var at []profile
	for _, g := range generations {
		for i, job := range g.jobs {
			isKept := slices.ContainsFunc(kept, func(k headway.Proposal) bool { return k.Group == job.Group })
			out.Groups, at = append(out.Groups, Group{ID: job.Group, Anchors: job.Anchors, Kept: isKept}), append(at, g.at[i])
		}
	}
	members := f.fill(&out, generations)
	grouped := slices.Concat(members...)
	slices.Sort(grouped)
	some, people := f.sample(grouped)
	if len(some) > 0 {
		r, whose := f.rows(some)
		if len(kept) == 0 {
			out.Tried, out.Of = f.tried, f.triedOn
		} else {
			out.Tried, out.Of = f.ground.try(f.profilesOf(some), whose), people
		}
		f.steady(&out, members, some, r, whose)
	}
	for i := range out.Groups {
		n := neighbour(at, i)
		if n < 0 {
			continue
		}
		out.Groups[i].Neighbour = out.Groups[n].ID
		out.Groups[i].Tells = f.signs(members[i], at[i], at[n])
		out.Groups[i].Words = f.words(members, i)
	}
	return out
}

// fill puts each episode into its job, the most typical first.
func (f *field) fill(out *Grouping, generations []generation) (members [][]int) {
	members = make([][]int, len(out.Groups))
	near := make([]float32, len(f.episodes))
	for i, p := range f.profiles {
		job, n, found := 0, float32(0), false
		if p != nil {
			job, n, found = placed(generations, p)
		}
		if !found {
			out.Alone = append(out.Alone, f.episodes[i].ID)
			continue
		}
		near[i] = n
		members[job] = append(members[job], i)
	}
	for j, own := range members {
		slices.SortStableFunc(own, func(a, b int) int { return cmp.Compare(near[b], near[a]) })
		people := map[int]bool{}
		for _, i := range own {
			out.Groups[j].Episodes = append(out.Groups[j].Episodes, f.episodes[i].ID)
			people[f.people[i]] = true
		}
		out.Groups[j].People = len(people)
	}
	return members
}

// steady tells of each job how much of it stays together when people are
// resampled: the mean of its best likeness (Jaccard) to a part (Hennig, 2007).
func (f *field) steady(out *Grouping, members [][]int, some []int, r rows, whose []int) {
	k := len(out.Groups)
	if k < 2 || len(r) < k*leastIn {
		return
	}
	job := map[int]int{}
	for j, own := range members {
		for _, i := range own {
			job[i] = j
		}
	}
	for _, part := range resampled(r, whose, k, resamples) {
		both, size, own := map[[2]int]int{}, map[int]int{}, map[int]int{}
		for i, at := range part {
			j := job[some[i]]
			both[[2]int{j, at}]++
			size[at]++
			own[j]++
		}
		for j := range out.Groups {
			best := 0.0
			for at := range k {
				if n := both[[2]int{j, at}]; n > 0 {
					best = math.Max(best, float64(n)/float64(own[j]+size[at]-n))
				}
			}
			out.Groups[j].Stability += best / resamples
		}
	}
}

// neighbour gives the job whose anchors lie nearest to another's, or -1.
func neighbour(at []profile, of int) (nearest int) {
	nearest = -1
	var best float32
	for i := range at {
		if i == of {
			continue
		}
		d := less(at[i], at[of])
		if s := dot(d, d); nearest < 0 || s < best {
			nearest, best = i, s
		}
	}
	return nearest
}

// signs gives the sentences that lie furthest on a job's side of the way from its
// neighbour to it, one of each person.
func (f *field) signs(members []int, at, from profile) (signs []headway.Span) {
	lies := f.ground.along(less(at, from))
	type sign struct {
		of    headway.Span
		score float32
	}
	var all []sign
	seen := map[int]bool{}
	for _, i := range members[:min(lookedAt, len(members))] {
		if seen[f.people[i]] {
			continue
		}
		seen[f.people[i]] = true
		var best sign
		for _, said := range f.episodes[i].own {
			if at, score := lies(&said); score > best.score && len(segment.Words(said.text)) >= leastWords {
				best = sign{at, score}
			}
		}
		if best.score > 0 {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, func(a, b sign) int { return cmp.Compare(b.score, a.score) })
	for _, one := range all[:min(mostSigns, len(all))] {
		signs = append(signs, one.of)
	}
	return signs
}

// words gives words that many people of a job have and few of others.
func (f *field) words(members [][]int, of int) (words []Word) {
	type count struct{ own, other int }
	counts := map[string]*count{}
	where := map[string]headway.Span{}
	var own, other int
	for j, all := range members {
		for _, i := range all[:min(lookedAt, len(all))] {
			for stem, at := range f.stems(i) {
				c := counts[stem]
				if c == nil {
					c = &count{}
					counts[stem] = c
				}
				if j == of {
					c.own++
					if _, known := where[stem]; !known {
						where[stem] = at
					}
				} else {
					c.other++
				}
			}
			if j == of {
				own++
			} else {
				other++
			}
		}
	}
	type scored struct {
		stem  string
		score float64
	}
	var all []scored
	for stem, c := range counts {
		if c.own < 3 {
			continue
		}
		a := (float64(c.own) + .5) / (float64(own) + 1)
		b := (float64(c.other) + .5) / (float64(other) + 1)
		if score := a * math.Log(a/b); a > 2*b {
			all = append(all, scored{stem, score})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.stem, b.stem))
	})
	for _, s := range all[:min(mostWords, len(all))] {
		words = append(words, Word{where[s.stem], counts[s.stem].own, counts[s.stem].other})
	}
	return words
}

// stems gives the content words of an episode and where each is said first.
func (f *field) stems(i int) map[string]headway.Span {
	stems := map[string]headway.Span{}
	for _, said := range f.episodes[i].own {
		ruler := headway.NewRuler(said.text)
		for _, p := range segment.Words(said.text) {
			word := p.Of(said.text)
			if segment.IsStop(word) || len(word) < 3 {
				continue
			}
			stem := segment.Stem(word)
			if _, known := stems[stem]; !known {
				from := said.Span.Start
				stems[stem] = headway.Span{Text: said.Span.Text, Start: from + ruler.Point(p.Start), End: from + ruler.Point(p.End)}
			}
		}
	}
	return stems
}
