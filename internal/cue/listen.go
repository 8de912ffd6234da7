package cue

// Hit is a cue that fits, and the bytes of the sentence that it fits. Of
// several places the first is given, as short as the pattern allows.
type Hit struct {
	Cue        int // index in Book.Cues
	Start, End int
}

// Listener hears sentences, one after another, and reuses its memory. It is
// for one goroutine.
type Listener struct {
	book    *Book
	words   []word
	silent  []uint64 // of each word: the guards that silence a cue starting here
	guardAt []uint64 // of each word: the guards that end here
	whole   uint64   // guards that silence the sentence
	live    []thread
	next    []thread
	seen    []uint32 // of each place: the step in which it was reached
	fired   []uint32 // of each cue: the sentence in which it fired
	step    uint32
	turn    uint32
	hits    []Hit
}

// thread is a pattern under way: the place reached and the word it started at.
type thread struct{ place, from int32 }

// Listen gives a new Listener.
func (b *Book) Listen() *Listener {
	return &Listener{book: b, seen: make([]uint32, len(b.places)), fired: make([]uint32, len(b.cues))}
}

// Hear gives the cues that fit sentence where tags hold, in the order in which
// their words end, each once. The hits are valid until the next call.
func (l *Listener) Hear(sentence string, tags Tags) []Hit {
	l.read(sentence)
	l.hits = l.hits[:0]
	l.turn++
	l.run(&l.book.wards, l.guard)
	l.run(&l.book.opens, func(p *place, from, to int) { l.fire(p, from, to, tags) })
	return l.hits
}

// Words is the number of words in the sentence heard last, contractions
// counted as two and signs such as ? as one.
func (l *Listener) Words() int { return len(l.words) }

// read cuts the sentence into words.
func (l *Listener) read(sentence string) {
	l.words = l.words[:0]
	scan(sentence, l.take)
	l.silent = append(l.silent[:0], make([]uint64, len(l.words))...)
	l.guardAt = append(l.guardAt[:0], make([]uint64, len(l.words))...)
	l.whole = 0
}

func (l *Listener) take(token []byte, start, end int, gap pause) {
	first, second := l.book.read(token)
	l.words = append(l.words, word{first, start, end, gap})
	if second >= 0 {
		l.words = append(l.words, word{second, start, end, blank})
	}
}

// run moves every pattern of s through the words and tells ended of each that
// fits.
func (l *Listener) run(s *starts, ended func(p *place, from, to int)) {
	l.live = l.live[:0]
	for at := range l.words {
		l.step++
		l.next = l.next[:0]
		w := &l.words[at]
		if w.gap == stop {
			l.live = l.live[:0]
		}
		for _, t := range l.live {
			for _, p := range l.book.places[t.place].follow {
				l.reach(p, t.from, at, ended)
			}
		}
		for _, p := range s.anywhere[w.id] {
			l.reach(p, int32(at), at, ended)
		}
		if at == 0 {
			for _, p := range s.atFront[w.id] {
				l.reach(p, 0, at, ended)
			}
		}
		l.live, l.next = l.next, l.live
	}
}

// reach moves a pattern to place p if the word there fits. Where two ways lead
// to one place, the one that started first is kept.
func (l *Listener) reach(p, from int32, at int, ended func(p *place, from, to int)) {
	if l.seen[p] == l.step {
		return
	}
	spot := &l.book.places[p]
	if spot.class < 0 {
		if l.guardAt[at]&spot.unless != 0 {
			return
		}
	} else if !l.book.classes[spot.class].has(l.words[at].id) {
		return
	}
	l.seen[p] = l.step
	if spot.last && (!spot.closing || at == len(l.words)-1) {
		ended(spot, int(from), at)
	}
	if len(spot.follow) > 0 {
		l.next = append(l.next, thread{p, from})
	}
}

// guard notes what a guard silences.
func (l *Listener) guard(p *place, _, to int) {
	bit := uint64(1) << p.rule
	l.guardAt[to] |= bit
	reach := l.book.guards[p.rule].Reach
	if reach == 0 {
		l.whole |= bit
	}
	for at := to + 1; at < len(l.words) && at <= to+reach && l.words[at].gap == blank; at++ {
		l.silent[at] |= bit
	}
}

// fire keeps a cue that fits, unless it fired before, a guard silences it, or
// its conditions do not hold.
func (l *Listener) fire(p *place, from, to int, tags Tags) {
	t := &l.book.terms[p.rule]
	if l.fired[p.rule] == l.turn || (l.silent[from]|l.whole)&t.unless != 0 || !t.hold(tags) {
		return
	}
	l.fired[p.rule] = l.turn
	l.hits = append(l.hits, Hit{Cue: int(p.rule), Start: l.words[from].start, End: l.words[to].end})
}

func (t *terms) hold(tags Tags) bool {
	if uint64(tags)&t.never != 0 {
		return false
	}
	for _, either := range t.when {
		if uint64(tags)&either == 0 {
			return false
		}
	}
	return true
}
