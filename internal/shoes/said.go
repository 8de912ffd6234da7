package shoes

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// Said is what customers said, ready for a text to be held against it. Once all
// is added, it may be read by many goroutines at once.
type Said struct {
	sentences []sentence
	rows      []byte             // what they mean, as embed.Similar reads it
	holding   map[string][]int32 // by rare stem, the sentences that hold it
	turns     int
}

// sentence is one of a customer's.
type sentence struct {
	span  headway.Span
	words string
	turn  int
	kinds []headway.Scored
}

// NewSaid begins with nothing said.
func NewSaid() *Said { return &Said{holding: map[string][]int32{}} }

// Add adds one turn of a customer with what was heard in it. The words are those
// that may be shown: what is masked or erased comes so.
func (s *Said) Add(text headway.TextVersion, heard []headway.Heard) {
	if text.Erased() {
		return
	}
	kinds := map[headway.Span][]headway.Scored{}
	for _, h := range heard {
		kinds[h.Span] = h.Labels
	}
	ruler := headway.NewRuler(text.Text)
	for _, piece := range segment.Sentences(text.Text) {
		if piece = piece.Trim(text.Text); piece.Start < piece.End {
			span := text.SpanOf(ruler, piece.Start, piece.End)
			s.add(sentence{span, piece.Of(text.Text), s.turns, kinds[span]})
		}
	}
	s.turns++
}

func (s *Said) add(one sentence) {
	at := int32(len(s.sentences))
	for _, stem := range rareStems(one.words) {
		s.holding[stem] = append(s.holding[stem], at)
	}
	s.sentences = append(s.sentences, one)
	s.rows = embed.AppendOf(s.rows, one.words)
}

// Len says how many sentences there are.
func (s *Said) Len() int { return len(s.sentences) }

// How customers' sentences are chosen to be looked at.
const (
	tells      = 8   // bits of rarity from which on a shared word is worth a look
	everywhere = 400 // sentences that a word must not exceed to be worth one
	byMeaning  = 24  // sentences looked at for what they mean
	byWords    = 12  // and for the rare words they share
)

// rareStems lists the stems of a sentence that tell what it is about, each once.
func rareStems(words string) []string {
	var stems []string
	for _, p := range segment.Words(words) {
		if w := p.Of(words); !segment.IsStop(w) {
			if stem := segment.Stem(strings.ToLower(w)); segment.Rarity(stem) >= tells {
				stems = append(stems, stem)
			}
		}
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// near is a customer's sentence that may bear one of ours out.
type near struct {
	at     int     // index in Said
	cosine float64 // how near in meaning
	covers float64 // how much of ours it says, 0 to 1
	around float64 // the same, with the sentences beside it in its turn
	shares float64 // bits of rare words that both have
}

// nearness weighs what a customer's sentence says against what it means.
func (n near) nearness() float64 { return (n.covers + max(0, n.cosine)) / 2 }

// near lists the customers' sentences that may bear words of ours out, nearest
// first, of equals the earlier.
func (s *Said) near(words string, reader *alike.Reader) []near {
	vector, shared := embed.Of(words), s.sharing(words)
	cosines := map[int]float64{}
	for _, hit := range embed.Similar(vector, s.rows, byMeaning) {
		cosines[hit.Row] = float64(hit.Cosine)
	}
	for _, at := range mostShared(shared) {
		if _, known := cosines[at]; !known {
			cosines[at] = s.cosine(vector, at)
		}
	}
	claim := reader.Read(words)
	all := make([]near, 0, len(cosines))
	for at, cosine := range cosines {
		all = append(all, near{at, cosine, s.covered(&claim, reader, at, at), s.covered(&claim, reader, at-1, at+1), shared[at]})
	}
	slices.SortFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.nearness(), a.nearness()), cmp.Compare(a.at, b.at))
	})
	return all
}

// sharing gives the bits of rare words that each sentence shares with words.
func (s *Said) sharing(words string) map[int]float64 {
	bits := map[int]float64{}
	for _, stem := range rareStems(words) {
		held := s.holding[stem]
		if len(held) > everywhere {
			continue
		}
		for _, at := range held {
			bits[int(at)] += segment.Rarity(stem) - tells + 1
		}
	}
	return bits
}

// mostShared gives the sentences that share most, most first.
func mostShared(bits map[int]float64) []int {
	all := make([]int, 0, len(bits))
	for at := range bits {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Or(cmp.Compare(bits[b], bits[a]), cmp.Compare(a, b)) })
	return all[:min(byWords, len(all))]
}

func (s *Said) cosine(v embed.Vector, at int) float64 {
	var one [1]float32
	embed.Cosines(one[:], v, s.rows[at*embed.Dim:(at+1)*embed.Dim])
	return float64(one[0])
}

// covered says how much of a claim is said by the sentences from one to another
// that are of the turn of the middle one.
func (s *Said) covered(claim *alike.Sentence, reader *alike.Reader, from, to int) float64 {
	turn := s.sentences[(from+to)/2].turn
	var words []string
	for at := max(0, from); at <= min(to, len(s.sentences)-1); at++ {
		if s.sentences[at].turn == turn {
			words = append(words, s.sentences[at].words)
		}
	}
	said := reader.Words(strings.Join(words, " "))
	return alike.Covered(claim, &said)
}

// AddConversation adds what the customers of a conversation said in it. Who is
// one must be settled: a side that was only guessed says nothing.
func (s *Said) AddConversation(c *headway.Conversation, h headway.Hearing) {
	theirs := map[headway.SpeakerID]bool{}
	for _, one := range c.Speakers {
		theirs[one.ID] = one.Side == headway.Theirs
	}
	heard := make([][]headway.Heard, len(c.Turns))
	for _, one := range h.Sentences {
		if one.Turn < len(heard) {
			heard[one.Turn] = append(heard[one.Turn], one)
		}
	}
	for i := range c.Turns {
		if theirs[c.Turns[i].Speaker] {
			s.Add(c.Turns[i].Text, heard[i])
		}
	}
}

// Words gives the words of each sentence, in the order in which they were added.
func (s *Said) Words() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range s.sentences {
			if !yield(s.sentences[i].words) {
				return
			}
		}
	}
}
