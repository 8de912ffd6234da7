package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning"
	"github.com/headway-oss/headway/internal/segment"
	"github.com/headway-oss/headway/internal/store"
)

// Query is what is searched for, and where.
type Query struct {
	Words   string          // as typed: words, and filters by name, as Filters has them
	Through headway.StudyID // what is found is shown through this study, as Conversation has it
	Study   headway.StudyID // only in its conversations; "" in all
	Side    headway.Side    // only what this side said; "" for everybody
	Limit   int             // at most so many places; 0 means 50
	Narrow
	// AfterExtent leaves only what is new since: in conversations added, or marked
	// where marks are asked for. The zero Extent leaves all.
	AfterExtent store.Extent
}

// Found is what a search found, the best first.
type Found struct {
	Hits []Hit
	// Capped says that too many places hold the words for them to be weighed,
	// so that of those the newest come first.
	Capped bool
	// More says that there may be more than were asked for.
	More bool
	// Listed says that there were no words, so that the newest come first.
	Listed bool
	// Reading says that not every conversation can be found by its meaning, or by
	// the kinds that were looked for, yet.
	Reading bool
	// Guessing are the studies that were not searched: what was said there is
	// shown once their guesses are sealed, or skipped.
	Guessing []headway.Study
	// Misread tells what of the search was not understood.
	Misread []Misread
	People  int // whose words the hits are, on the customers' side
}

// Hit is a passage that was found.
type Hit struct {
	Conversation headway.ConversationID
	File, Title  string
	Row          int // of a table, from 1; 0 for no row
	Date         headway.Date
	Speaker      headway.Speaker
	Person       headway.PersonID // the speaker's, after merges
	Turn         headway.TurnID
	Text         headway.TextVersion
	Span         headway.Span   // the sentence; the marked passage, where marks are asked for; of a list without either the turn
	Matches      []headway.Span // the words in its turn, where it was found by them
	ByMeaning    bool           // it is near what was searched for, whatever its words
	Labels       []Labelled     // what was heard or marked there, codebook order
	MS           int64          // when it was said in the recording, in milliseconds
	Timed        bool           // whether that is known
}

// Labelled is a label at a place and what became of it.
type Labelled struct {
	Label   headway.Label
	Is      Is               // kept, suggested or dismissed
	By      headway.MemberID // who decided
	Counted bool             // of a suggestion: heard surely enough to count
}

// ByWords says whether the words themselves were found.
func (h Hit) ByWords() bool { return len(h.Matches) > 0 }

const usualLimit = 50

// Search finds sentences in all conversations that may be shown: those whose
// turn holds all words but small ones, and those that mean about the same. What stands between
// quotation marks or before a * is meant to the letter: then only words count, and
// the order is theirs. Without words, everything that the filters let through is
// listed, the newest first.
func (f *Flow) Search(ctx context.Context, q Query) (found Found, err error) {
	if q.Limit <= 0 {
		q.Limit = usualLimit
	}
	s, err := f.seek(ctx, q)
	if err != nil {
		return Found{}, err
	}
	if found.Misread = s.misread; !s.nothing {
		if err := f.find(ctx, s, &found); err != nil {
			return Found{}, err
		}
	}
	if found.Reading, err = f.reading(ctx, s.kinds != nil); err != nil {
		return Found{}, err
	}
	found.Guessing, err = f.unsearched(ctx, s.filter.Study)
	return found, err
}

// find looks by words and by meaning at once.
func (f *Flow) find(ctx context.Context, s *seeking, found *Found) (err error) {
	var near []Hit
	var failed error
	var both sync.WaitGroup
	both.Go(func() { near, failed = f.byMeaning(ctx, s) })
	found.Hits, found.Capped, err = f.byWords(ctx, s)
	both.Wait()
	if err = cmp.Or(err, failed); err != nil {
		return err
	}
	if f.byItsMeaning(s.words) {
		found.Hits = rank(embed.Of(spoken(s.words)), found.Hits, near)
	}
	found.Listed = strings.TrimSpace(s.words) == ""
	found.More = len(found.Hits) > s.limit
	found.Hits = found.Hits[:min(len(found.Hits), s.limit)]
	found.People = s.name(found.Hits)
	return nil
}

// unsearched gives the studies that hold conversations and still guess: study if
// it is one, of all for "".
func (f *Flow) unsearched(ctx context.Context, study headway.StudyID) (left []headway.Study, err error) {
	guessing, err := f.guessing(ctx)
	for _, s := range guessing {
		if study != "" && study != s.ID {
			continue
		}
		held, _, err := f.store.Conversations(ctx, f.ws, store.ConversationFilter{Study: s.ID}, store.Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(held) > 0 {
			left = append(left, s)
		}
	}
	return left, err
}

// reading says whether conversations have come that are not remembered yet, or
// whose kinds are not findable yet where kinds are looked for.
func (f *Flow) reading(ctx context.Context, kinds bool) (bool, error) {
	if kinds {
		if found, err := f.allFindable(ctx); err != nil || !found {
			return !found, err
		}
	}
	if f.meanings == nil {
		return false, nil
	}
	extent, err := f.store.Extent(ctx, f.ws)
	f.mu.Lock()
	defer f.mu.Unlock()
	return extent.Conversations > 0 && (f.remembered == nil || f.remembered.Conversations != extent.Conversations), err
}

// telling leaves small words out of a search that has others, unless it is meant
// to the letter: a turn may say it without the "of". What denies is no small word.
func telling(query string) string {
	if strings.ContainsAny(query, `"*`) {
		return query
	}
	plain := strings.ReplaceAll(strings.ToLower(query), "’", "'")
	kept := slices.DeleteFunc(strings.Fields(plain), func(w string) bool {
		w = strings.TrimFunc(w, unicode.IsPunct)
		return segment.IsStop(w) && !segment.Denies(w)
	})
	if len(kept) == 0 {
		return query
	}
	return strings.Join(kept, " ")
}

// byWords asks for more until there are enough passages that fit.
func (f *Flow) byWords(ctx context.Context, s *seeking) (hits []Hit, capped bool, err error) {
	words := strings.TrimSpace(telling(s.words))
	for k := s.limit + 1; ; k *= 4 {
		found, capped, err := f.store.Search(ctx, f.ws, words, s.filter, k)
		if err != nil {
			return nil, false, err
		}
		if hits, err = f.fitting(ctx, s, words, found); err != nil {
			return nil, false, err
		}
		if len(hits) > s.limit || len(found) < k || k >= store.MostHits {
			return hits, capped, nil
		}
	}
}

// fitting gives the passages of what the store found that fit and may be shown.
func (f *Flow) fitting(ctx context.Context, s *seeking, words string, found []store.Hit) (hits []Hit, err error) {
	places := make([]store.Place, len(found))
	for i, h := range found {
		places[i] = h.Place
	}
	heads, err := f.headsOf(ctx, places, s.through)
	if err != nil {
		return nil, err
	}
	marks, err := f.marksIn(ctx, s, places)
	if err != nil {
		return nil, err
	}
	for _, h := range found {
		head, shown := heads[h.Conversation]
		if !shown || words != "" && len(h.Spans) == 0 {
			continue
		}
		for _, at := range s.passages(shownOfTurn(h.Text, h.Spans), h.Spans, marks[h.Text.ID]) {
			hit := hitAt(h.Place, head, at)
			hit.Matches, hit.Labels = h.Spans, s.labelsAt(at, marks[h.Text.ID])
			hits = append(hits, hit)
		}
	}
	return hits, nil
}

// byItsMeaning says whether a search means something and is not meant to the letter.
func (f *Flow) byItsMeaning(words string) bool {
	return f.meanings != nil && !strings.ContainsAny(words, `"*`) && len(segment.Words(spoken(words))) > 0
}

// spoken leaves emoji and other signs out of a query: for their meaning all that
// is not known would be found.
func spoken(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.So, unicode.Sk) {
			return ' '
		}
		return r
	}, words)
}

// byMeaning asks for more until there are enough that fit and may be shown, or
// none is near enough.
func (f *Flow) byMeaning(ctx context.Context, s *seeking) ([]Hit, error) {
	if !f.byItsMeaning(s.words) {
		return nil, nil
	}
	in, err := f.reached(ctx, s.filter)
	if err != nil {
		return nil, err
	}
	meant := embed.Of(spoken(s.words))
	k := s.limit + 1
	if s.filter.Side != "" || s.narrows() {
		k *= 3
	}
	for ; ; k *= 4 {
		near, err := f.meanings.Nearest(meant, k, embed.Near().Search, in)
		if err != nil {
			return nil, err
		}
		hits, err := f.shownOf(ctx, s, near)
		if err != nil || len(hits) > s.limit || len(near) < k || k >= mostNear {
			return hits[:min(len(hits), s.limit+1)], err
		}
	}
}

// mostNear sentences are looked up for one search, and some more.
const mostNear = 3000

// reached tells which conversations a filter lets through; nil is all.
func (f *Flow) reached(ctx context.Context, filter store.SearchFilter) (func(headway.ConversationID) bool, error) {
	ids, all, err := f.store.Reach(ctx, f.ws, filter)
	if all || err != nil {
		return nil, err
	}
	in := map[headway.ConversationID]bool{}
	for _, id := range ids {
		in[id] = true
	}
	return func(id headway.ConversationID) bool { return in[id] }, nil
}

// shownOf keeps of the sentences that are near those that stand as they were
// read, fit, and may be shown.
func (f *Flow) shownOf(ctx context.Context, s *seeking, near []meaning.Near) ([]Hit, error) {
	ids := make([]headway.TextID, len(near))
	for i, n := range near {
		ids[i] = n.Span.Text
	}
	places, err := f.store.Places(ctx, f.ws, ids)
	if err != nil {
		return nil, err
	}
	var wanted []store.Place
	for id, p := range places {
		if p.Outdated || !s.lets(p) {
			delete(places, id)
			continue
		}
		wanted = append(wanted, p)
	}
	heads, err := f.headsOf(ctx, wanted, s.through)
	if err != nil {
		return nil, err
	}
	marks, err := f.marksIn(ctx, s, wanted)
	if err != nil {
		return nil, err
	}
	hits := []Hit{}
	for _, n := range near {
		place := places[n.Span.Text]
		head, ok := heads[place.Conversation]
		if !ok || place.Conversation != n.Conversation {
			continue
		}
		for _, at := range s.passages(n.Span, []headway.Span{n.Span}, marks[n.Span.Text]) {
			hit := hitAt(place, head, at)
			hit.ByMeaning, hit.Labels = true, s.labelsAt(at, marks[n.Span.Text])
			hits = append(hits, hit)
		}
	}
	return hits, nil
}

// headsOf gives the heads of where words stand, leaving out what may not be shown.
func (f *Flow) headsOf(ctx context.Context, places []store.Place, through headway.StudyID) (map[headway.ConversationID]store.Head, error) {
	ids := []headway.ConversationID{}
	for _, p := range places {
		ids = append(ids, p.Conversation)
	}
	list, err := f.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return nil, err
	}
	hidden, err := f.hidden(ctx, ids, through)
	if err != nil {
		return nil, err
	}
	heads := map[headway.ConversationID]store.Head{}
	for _, h := range list {
		if hidden[h.ID] == "" {
			heads[h.ID] = h
		}
	}
	return heads, nil
}

func hitAt(p store.Place, head store.Head, at headway.Span) Hit {
	h := Hit{
		Conversation: p.Conversation, File: head.File, Title: head.Title, Row: head.Row, Date: head.Date,
		Speaker: speaker(head.Speakers, p.Speaker), Person: p.Person,
		Turn: p.Text.ID.Turn(), Text: p.Text, Span: at,
	}
	for _, m := range p.Times {
		if m.Offset <= at.Start {
			h.MS, h.Timed = m.MS, true
		}
	}
	return h
}

func speaker(all []headway.Speaker, id headway.SpeakerID) headway.Speaker {
	for _, s := range all {
		if s.ID == id {
			return s
		}
	}
	return headway.Speaker{ID: id, Side: headway.Unknown}
}

// sentenceOf gives the sentence of t that holds most of the words that were
// found: most that are not small ones, then most of all, the first of equals. A
// word that stands there twice is one.
func sentenceOf(t headway.TextVersion, matches []headway.Span) headway.Span {
	points, ruler := headway.NewRuler(t.Text), headway.NewRuler(t.Text)
	best, most := matches[0], 0
	for _, p := range segment.Sentences(t.Text) {
		held := map[string]bool{}
		worth := 0
		for len(matches) > 0 && points.Byte(matches[0].Start) < p.End {
			word, _ := t.Cut(matches[0]) // what cannot be cut is one word more
			worth += weigh(strings.ToLower(word.String()), held)
			matches = matches[1:]
		}
		if worth > most {
			p = p.Trim(t.Text)
			best, most = t.SpanOf(ruler, p.Start, p.End), worth
		}
	}
	return best
}

// weigh says what one more word adds to those held. A hundred small words weigh
// less than one that is not.
func weigh(word string, held map[string]bool) int {
	stem := segment.Stem(word)
	switch {
	case held[stem]:
		return 0
	case segment.IsStop(word):
		held[stem] = true
		return 1
	}
	held[stem] = true
	return 100
}

// holdsWords is what it counts, in cosine, that a sentence was found by the words
// themselves. It was chosen with the order, on half of the judged searches; laying
// the two lists together by ranks alone found fewer right ones.
const holdsWords = .1

// rank puts what was found by words and by meaning in one order, the nearest in
// meaning first. A sentence found both ways stands once.
func rank(meant embed.Vector, words, near []Hit) (hits []Hit) {
	by := map[headway.Span]float32{}
	for _, h := range slices.Concat(words, near) {
		if _, known := by[h.Span]; known {
			i := slices.IndexFunc(hits, func(other Hit) bool { return other.Span == h.Span })
			hits[i].ByMeaning = hits[i].ByMeaning || h.ByMeaning
			continue
		}
		sentence, _ := h.Text.Cut(h.Span) // what cannot be cut means nothing
		by[h.Span] = embed.Cosine(meant, embed.Of(sentence.String()))
		if h.ByWords() {
			by[h.Span] += holdsWords
		}
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(by[b.Span], by[a.Span]) })
	return hits
}
