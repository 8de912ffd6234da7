package mirror

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

//go:embed data/near.yaml
var nearYAML []byte

// associations are the words by which sentences are near though they share no
// word with a guess.
type associations struct {
	frame  map[string]bool // stems that shape a guess and say nothing of its matter
	hollow map[string]bool // stems under which nothing gathers
	kin    map[string][]kin
}

// kin is a stem of a matter shared with another stem.
type kin struct {
	stem     string
	strength float64
}

var associated = sync.OnceValue(func() associations {
	var file struct {
		Frame   []string
		Hollow  []string
		Matters []struct {
			Words    []string
			Strength float64
		}
	}
	if err := yaml.Unmarshal(nearYAML, &file); err != nil {
		panic("mirror: data/near.yaml: " + err.Error())
	}
	a := associations{frame: map[string]bool{}, hollow: map[string]bool{}, kin: map[string][]kin{}}
	for _, w := range file.Frame {
		a.frame[stemOf(w)] = true
	}
	for _, w := range slices.Concat(file.Frame, file.Hollow) {
		a.hollow[stemOf(w)] = true
	}
	for _, m := range file.Matters {
		if m.Strength == 0 {
			m.Strength = .6
		}
		a.relate(m.Words, m.Strength)
	}
	return a
})

func (a associations) relate(words []string, strength float64) {
	for _, w := range words {
		for _, other := range words {
			from, to := stemOf(w), stemOf(other)
			if from != "" && to != "" && from != to {
				a.kin[from] = append(a.kin[from], kin{to, strength})
			}
		}
	}
}

// Mix says how words and meaning are weighed against each other, and from which
// score on a sentence is near a guess.
type Mix struct {
	Words float64 // the share of what rare shared words tell; the rest is the cosine's
	Bar   float64
}

// Chosen is the mix for the present table of word pieces, chosen on half of the
// guess pairs by `go run ./tools/train/near`.
func Chosen() Mix { return Mix{Words: embed.Near().GuessWords, Bar: embed.Near().Guess} }

// of weighs what shared words tell, 0 to 1, and a cosine.
func (m Mix) of(words float64, cosine float32) float64 {
	return m.Words*words + (1-m.Words)*float64(max(0, cosine))
}

// The weights of nearness. They were set on half of the guess pairs (see
// internal/eval/guesses.go), plainly, and hold for every guess.
const (
	halfway    = 8  // bits of shared rarity that are worth one half
	oneMatter  = .8 // a sentence that touches one matter of several
	otherKind  = .4 // nothing of the guess's kind heard or asked for
	maybeKind  = .9 // only suggested, or only asked for
	perPerson  = 5  // sentences kept of one customer for one guess
	ofSpeech   = 50 // sentences of common English that stand behind a conversation's own counts
	wordsASaid = 16 // words in a sentence, about
)

// nearness knows which words touch which guesses, and the words met so far.
type nearness struct {
	*vocabulary
	guesses   []aimed
	rows      []byte // what the guesses mean, as embed.Cosines reads it
	sentences int
	best      [][]float64 // for one sentence: by guess and matter, in bits
	touched   []int       // guesses with any
}

// aimed is a guess as matters: the things it speaks of. A matter holds the
// stems of the guess that are kin, for "students" and "newcomers" who "learn"
// in "classes" are one thing said four times.
type aimed struct {
	headway.Guess
	matters [][]string
}

// touch says that a word is a matter of a guess, or kin to one.
type touch struct {
	guess, matter int
	strength      float64 // 1 for the word itself
}

func newNearness(guesses []headway.Guess) *nearness {
	n := &nearness{vocabulary: newVocabulary()}
	for g, guess := range guesses {
		n.guesses = append(n.guesses, aimed{Guess: guess, matters: mattersOf(guess.Text)})
		n.rows = embed.AppendOf(n.rows, guess.Text)
		n.best = append(n.best, make([]float64, len(n.guesses[g].matters)))
		for m, stems := range n.guesses[g].matters {
			for _, stem := range stems {
				n.touch(stem, touch{g, m, 1})
				for _, k := range associated().kin[stem] {
					n.touch(k.stem, touch{g, m, k.strength})
				}
			}
		}
	}
	return n
}

// touch keeps the strongest tie of a word to a matter.
func (n *nearness) touch(stem string, t touch) {
	for i, known := range n.touches[stem] {
		if known.guess == t.guess && known.matter == t.matter {
			n.touches[stem][i].strength = max(known.strength, t.strength)
			return
		}
	}
	n.touches[stem] = append(n.touches[stem], t)
}

// mattersOf lists what a guess is about, its kin words together. Of a guess
// that is all frame ("a good product") the frame must do.
func mattersOf(text string) [][]string {
	var stems, framed []string
	for _, piece := range segment.Words(text) {
		switch stem := stemOf(strings.ToLower(piece.Of(text))); {
		case stem == "":
		case associated().frame[stem]:
			framed = append(framed, stem)
		default:
			stems = append(stems, stem)
		}
	}
	if len(stems) == 0 {
		stems = framed
	}
	return gatherKin(stems)
}

func gatherKin(stems []string) [][]string {
	var matters [][]string
	for _, stem := range stems {
		at := slices.IndexFunc(matters, func(m []string) bool {
			return slices.ContainsFunc(m, func(other string) bool { return associated().related(stem, other) })
		})
		if at < 0 {
			matters = append(matters, []string{stem})
		} else if !slices.Contains(matters[at], stem) {
			matters[at] = append(matters[at], stem)
		}
	}
	return matters
}

func (a associations) related(stem, other string) bool {
	return stem == other || slices.ContainsFunc(a.kin[stem], func(k kin) bool { return k.stem == other })
}

// count notes in how many sentences of this conversation each stem that
// touches a guess stands: what is said all the time tells little.
func (n *nearness) count(words []*word) {
	n.sentences++
	for _, w := range words {
		if len(w.touches) > 0 && n.lastIn[w.id] != n.sentences {
			n.lastIn[w.id] = n.sentences
			n.inSentences[w.id]++
		}
	}
}

// bits is how rare a stem is, in this conversation and in English: the share
// of sentences that hold it, its first sentence apart.
func (n *nearness) bits(stem string) float64 {
	english := rarity(stem)
	again := n.inSentences[n.ids[stem]] - 1
	if again <= 0 {
		return english
	}
	share := (float64(again) + ofSpeech*wordsASaid*math.Exp2(-english)) / float64(n.sentences+ofSpeech)
	return min(english, -math.Log2(share/wordsASaid))
}

// touchedBy weighs a sentence's words against all guesses and lists the
// guesses touched, in order. Every word speaks for one matter of a guess.
func (n *nearness) touchedBy(words []*word) []int {
	for _, g := range n.touched {
		clear(n.best[g])
	}
	n.touched = n.touched[:0]
	for _, w := range words {
		for at := 0; at < len(w.touches); {
			at = n.weigh(w, at)
		}
	}
	slices.Sort(n.touched)
	return n.touched
}

// weigh lets a word speak for the matter of one guess that it is nearest to;
// its touches from at on are of that guess. It gives where the next guess's begin.
func (n *nearness) weigh(w *word, at int) (next int) {
	g := w.touches[at].guess
	matter, most := 0, 0.0
	for next = at; next < len(w.touches) && w.touches[next].guess == g; next++ {
		t := w.touches[next]
		own := n.bits(n.guesses[g].matters[t.matter][0])
		if bits := t.strength * min(own, n.bits(w.stem)); bits > most {
			matter, most = t.matter, bits
		}
	}
	if !slices.Contains(n.touched, g) {
		n.touched = append(n.touched, g)
	}
	n.best[g][matter] = max(n.best[g][matter], most)
	return next
}

// scores gives for each guess what the words that a sentence shares with it tell.
func (n *nearness) scores(words []*word) []float64 {
	scores := make([]float64, len(n.guesses))
	for _, g := range n.touchedBy(words) {
		scores[g] = n.score(g)
	}
	return scores
}

// score says how near the sentence last weighed is to a guess, 0 to 1, were it
// of the guess's kind: how rare what they share is, of how much of the guess.
func (n *nearness) score(g int) float64 {
	shared, whole, matters := 0.0, 0.0, 0
	for m, bits := range n.best[g] {
		whole += n.bits(n.guesses[g].matters[m][0])
		shared += bits
		if bits > 0 {
			matters++
		}
	}
	if whole == 0 {
		return 0
	}
	score := (1 - math.Exp2(-shared/halfway)) * math.Sqrt(shared/whole)
	if matters == 1 && len(n.best[g]) > 1 {
		score *= oneMatter
	}
	return score
}

// near lists the customers' sentences near each guess, nearest first and a few
// of each customer.
func (r *reading) near(by Mix) []Near {
	var all []Near
	for _, of := range r.nearEach(by) {
		all = append(all, nearest(of)...)
	}
	return all
}

// nearEach lists, guess by guess, the customers' sentences near it as spoken.
func (r *reading) nearEach(by Mix) [][]Near {
	n := r.nearness
	if len(n.guesses) == 0 {
		return nil
	}
	for i := range r.sentences {
		n.count(r.sentences[i].words)
	}
	near := make([][]Near, len(n.guesses))
	raised := make([]headway.Side, len(n.guesses))
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.side != headway.Theirs {
			continue
		}
		words := n.scores(s.words)
		for g := range n.guesses {
			score, kind := r.score(by, s, g, words[g])
			if score < by.Bar {
				continue
			}
			near[g] = append(near[g], Near{Guess: n.guesses[g].ID, Span: s.Span, Score: score, Kind: kind, Person: s.person, Turn: s.Turn})
			if len(near[g]) == 1 {
				raised[g] = r.raised(by, g, i)
			}
			near[g][len(near[g])-1].First = raised[g]
		}
	}
	return near
}

// score says how near a sentence is to a guess, and in which kind; words is what
// the words that both share tell. What it means is asked last, and only where it
// matters: that takes longest.
func (r *reading) score(by Mix, s *sentence, g int, words float64) (float64, headway.Label) {
	kind, factor := s.kindFor(r.nearness.guesses[g].Guess)
	if by.of(words, 1)*factor < by.Bar {
		return 0, ""
	}
	return round(by.of(words, r.cosines(s)[g]) * factor), kind
}

// raised says who raised the matter of a guess first, if sentence i is the
// customers' first near it.
func (r *reading) raised(by Mix, g, i int) headway.Side {
	for j := range r.sentences[:i] {
		s := &r.sentences[j]
		if s.side == headway.Theirs {
			continue
		}
		if score, _ := r.score(by, s, g, r.nearness.scores(s.words)[g]); score >= by.Bar {
			return s.side
		}
	}
	return headway.Theirs
}

// NearBy lists every customer's sentence near each guess by a mix of one's own,
// so that one can be chosen. Look uses the one that was.
func NearBy(by Mix, c *headway.Conversation, h headway.Hearing, guesses []headway.Guess) [][]Near {
	return read(c, h, guesses).nearEach(by)
}

// kindFor gives the kind in which a sentence speaks to a guess, and how much
// that lends to its nearness. Whether it speaks for or against is not asked:
// a sentence that contradicts a guess is near it. Words of ours are weighed
// only for who raised the matter first; a question for the slot raises it.
func (s *sentence) kindFor(g headway.Guess) (headway.Label, float64) {
	kind, factor := headway.Label(""), otherKind
	for _, slot := range g.Slots() {
		switch {
		case s.Counts(slot):
			return slot, 1
		case s.asks != nil && s.asks.asks(slot):
			return "", maybeKind
		case s.Has(slot), slices.ContainsFunc(s.asked, func(q question) bool { return q.asks(slot) }):
			kind, factor = slot, maybeKind
		}
	}
	if kind == "" && s.side == headway.Theirs {
		kind = s.surest()
	}
	return kind, factor
}

// surest gives the counted kind heard most surely, "" for none.
func (s *sentence) surest() headway.Label {
	best := headway.Scored{}
	for _, l := range s.Labels {
		if l.Counted && l.Score > best.Score {
			best = l
		}
	}
	return best.Label
}

// nearest orders the sentences near one guess and keeps a few of each customer.
func nearest(near []Near) []Near {
	slices.SortStableFunc(near, func(a, b Near) int { return cmp.Compare(b.Score, a.Score) })
	kept := map[headway.PersonID]int{}
	return slices.DeleteFunc(near, func(n Near) bool {
		kept[n.Person]++
		return kept[n.Person] > perPerson
	})
}
