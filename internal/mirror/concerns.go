package mirror

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Concern is something the customer struggles with or fears, and whether we
// stayed on it.
type Concern struct {
	Span    headway.Span  `json:"span"`
	Kind    headway.Label `json:"kind"` // struggle or anxiety
	Turn    int           `json:"turn"`
	Unasked bool          `json:"unasked,omitempty"` // no question of ours asked for it
	// Pursued is the sentence with which each of our turns in a row stayed on
	// it; their number is its depth, 0 where it was dropped. Asked is how many
	// of these turns asked about it; the others only gave it back.
	Pursued []headway.Span  `json:"pursued,omitempty"`
	Asked   int             `json:"asked,omitempty"`
	Told    []headway.Label `json:"told,omitempty"`  // the kinds that the customer then told of, in codebook order
	Ended   Ended           `json:"ended,omitempty"` // empty where it went on to the end
	End     headway.Span    `json:"end,omitzero"`    // the words that ended it
	// Words counts those of the turn it came in, Next those of the customer's
	// next turn after we spoke, 0 where there is none.
	Words int `json:"words"`
	Next  int `json:"next,omitempty"`
}

// Ended says who ended talk of a concern.
type Ended string

// The ends.
const (
	WeLeft   Ended = "ours"     // we asked or told something else
	WeSolved Ended = "solution" // we pitched or advised
	TheyLeft Ended = "theirs"   // they spoke of something else
)

// Dropped says whether we went elsewhere without a word on it.
func (c Concern) Dropped() bool {
	return len(c.Pursued) == 0 && (c.Ended == WeLeft || c.Ended == WeSolved)
}

// concerns follows each from where it came up to where talk of it ended; one
// that comes up while we are on another belongs to that one.
func concerns(runs []run) []Concern {
	var all []Concern
	for i := 0; i < len(runs); {
		if runs[i].side != headway.Theirs || !runs[i].concerned() {
			i++
			continue
		}
		t := newThread(runs[i])
		i = t.follow(runs, i+1)
		all = append(all, t.Concern)
	}
	return all
}

func (u run) concerned() bool {
	_, found := u.first(headway.Struggle, headway.Anxiety)
	return found
}

// thread is a concern while talk of it goes on.
type thread struct {
	Concern
	about  map[int]bool // the stems of what they struggle with or fear
	told   map[headway.Label]bool
	spoken bool // we have spoken since it came up
	// invited says that our last words were about it and asked for nothing
	// else, and that they have not spoken since.
	invited bool
	on      bool // the customer's last words were about it
}

func newThread(u run) *thread {
	s, _ := u.first(headway.Struggle, headway.Anxiety)
	kind := headway.Struggle
	if !s.Counts(kind) {
		kind = headway.Anxiety
	}
	t := &thread{about: map[int]bool{}, told: map[headway.Label]bool{}, on: true}
	t.Concern = Concern{Span: s.Span, Kind: kind, Turn: s.Turn, Unasked: unaskedOf(s, kind), Words: u.words()}
	t.takeIn(u)
	return t
}

func unaskedOf(s sentence, kind headway.Label) bool {
	return !slices.ContainsFunc(s.asked, func(q question) bool { return q.asks(kind) || q.mayAsk(kind) })
}

func (u run) words() int {
	n := 0
	for _, s := range u.sentences {
		n += len(s.words)
	}
	return n
}

// takeIn adds what a run of theirs says of struggles and fears to what the
// concern is about. The rest of their words is not it: else talk that wanders
// from word to word would never leave it.
func (t *thread) takeIn(u run) {
	for _, s := range u.sentences {
		if s.Counts(headway.Struggle) || s.Counts(headway.Anxiety) {
			u.add(t.about, s)
		}
	}
}

// follow takes run after run until talk of the concern ends, and gives the run
// from which to look for the next.
func (t *thread) follow(runs []run, from int) int {
	for i := from; i < len(runs); i++ {
		switch u := runs[i]; u.side {
		case headway.Theirs:
			if !t.listen(u) {
				t.Ended, t.End = TheyLeft, u.sentences[0].Span
				return i
			}
		case headway.Ours:
			t.spoken = true
			if !t.stay(u) {
				return i + 1
			}
		}
	}
	return len(runs)
}

// listen takes in what the customer says next; it fails where they raise
// another concern of their own.
func (t *thread) listen(u run) bool {
	t.on = t.invited || t.shares(u.stems())
	if !t.on && u.concerned() {
		return false
	}
	if t.spoken && t.Next == 0 {
		t.Next = u.words()
	}
	if t.invited {
		t.tell(u)
	}
	if t.on {
		t.takeIn(u)
	}
	t.invited = false
	return true
}

func (t *thread) shares(stems map[int]bool) bool {
	for id := range stems {
		if t.about[id] {
			return true
		}
	}
	return false
}

// tell notes the kinds that the customer told after we had stayed on it.
func (t *thread) tell(u run) {
	for _, s := range u.sentences {
		for _, l := range s.Labels {
			t.told[l.Label] = t.told[l.Label] || l.Counted
		}
	}
	t.Told = slices.DeleteFunc(headway.Kinds(), func(kind headway.Label) bool { return !t.told[kind] })
}

// stay says whether talk of the concern goes on after a run of ours. It stays
// on it by giving it back or by a question about it. It ends by asking
// something else, even after giving back, or by telling; a run that does
// neither listens.
func (t *thread) stay(u run) bool {
	back, gives := u.find(func(s sentence) bool { return s.Counts(headway.Playback) && t.isGiven(u, s) })
	question, asks := u.find(func(s sentence) bool { return s.asks != nil })
	about, on := t.questionOn(u, question, gives)
	switch {
	case on:
		t.Asked++
		t.Pursued = append(t.Pursued, about.Span)
	case gives:
		t.Pursued = append(t.Pursued, back.Span)
	}
	t.invited = on || gives && !asks
	if asks && !on {
		return t.end(question)
	}
	if told, tells := u.first(headway.Pitch, headway.Advice, headway.StoryOwn, headway.StoryOther); tells && !t.invited {
		return t.end(told)
	}
	return true
}

// isGiven says whether a play-back gives the concern back. Our next one does,
// whichever words it uses; a later one has a word of it.
func (t *thread) isGiven(u run, s sentence) bool {
	return t.on && len(t.Pursued) == 0 || t.shares(u.about(s))
}

// questionOn finds a question of a run that is about the concern: one with a
// word of it, or the first where it takes up what was just said. A later one
// would take up the question before it.
func (t *thread) questionOn(u run, first sentence, given bool) (sentence, bool) {
	if q, found := u.find(func(s sentence) bool { return s.asks != nil && t.shares(u.about(s)) }); found {
		return q, true
	}
	return first, first.asks != nil && t.takesUp(u, first, given)
}

// takesUp says whether a question takes up what the customer has just said of
// the concern: it has no matter of its own ("How so?") or ends in a word that
// points back. Where nothing else of ours has stayed on it yet, it may point
// back anywhere: that we dropped something is not said lightly.
func (t *thread) takesUp(u run, q sentence, given bool) bool {
	if !t.on || len(q.words) == 0 {
		return false
	}
	if len(u.about(q)) == 0 || pointing[q.words[len(q.words)-1].form] {
		return true
	}
	said := func(w *word) bool { return pointing[w.form] || w.form == "it" || w.form == "them" }
	return len(t.Pursued) == 0 && !given && slices.ContainsFunc(q.words, said)
}

// pointing words take up what was just said; it and them as often take up
// another word of the same question.
var pointing = map[string]bool{"that": true, "this": true, "those": true, "these": true}

// end notes by which words of ours it ended. Where the customer had moved on
// before us, it is they who ended it.
func (t *thread) end(at sentence) bool {
	switch {
	case !t.on:
		t.Ended = TheyLeft
	case at.Counts(headway.Pitch) || at.Counts(headway.Advice):
		t.Ended = WeSolved
	default:
		t.Ended = WeLeft
	}
	t.End = at.Span
	return false
}
