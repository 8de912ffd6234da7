package deed

import (
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
)

// Hanging is where what members said of places hangs, now that words were
// corrected.
type Hanging struct {
	// Operations are those of the history, in order, each on the words as they
	// stand; those that wait for review are not among them.
	Operations []headway.Operation
	Waiting    []Waiting // the place that was lost first comes first
}

// Waiting is a place whose words a correction took away, or tore apart.
type Waiting struct {
	Stood      headway.Passage     // where they stood last: in texts that stand no more
	Near       headway.Span        // where to look for what came in their stead; empty where nothing did
	By         int64               // Seq of the operation that took them
	Operations []headway.Operation // what hangs there and still holds, as it was done
}

// Hang replays operations in order and carries what each says of a place along
// with every correction since: words that no correction touched, and words of a
// correction that was taken back, are exactly where they were; words that were
// all kept, side by side, have moved; everything else waits for review, and is
// nowhere until a member says where. See [headway.DeedReview].
func Hang(operations []headway.Operation) Hanging {
	if !slices.ContainsFunc(operations, func(op headway.Operation) bool { return op.Correction != nil }) {
		return Hanging{Operations: operations}
	}
	h := newHanger(operations)
	for i := range operations {
		h.replay(&operations[i])
	}
	return h.hanging()
}

// stretch is words of one turn that something hangs on, followed through
// corrections.
type stretch struct {
	now     headway.Passage   // nil while it is nowhere
	past    []headway.Passage // every place it has had, the present one last
	near    headway.Span      // while it is nowhere
	by      int64             // who took it away
	let     bool              // a member let it go
	answers string            // the place of which a member said where it is now
	on      []*headway.Operation
}

// hung is an operation with the stretches that it is about; nil is words that no
// correction ever touched.
type hung struct {
	op     *headway.Operation
	on     []*stretch // of Span and More
	answer *stretch
}

type hanger struct {
	touched map[headway.TextID]bool // by any correction of the history
	fallen  map[headway.TextID]int  // texts that stand no more, with the index of what took them
	taken   []headway.Correction    // those there were so far, takings-back by removal among them
	by      []int64
	holding map[headway.TextID][]*stretch // all that have ever had a place in a text
	placed  map[string][]*stretch         // all that have ever had a place
	lost    []*stretch                    // in the order in which they were lost first
	all     []hung
	at      map[int64]int // index in all by Seq
	reopens map[int64]bool
	// corrected has what was done to each conversation, for when it is removed.
	corrected map[headway.ConversationID][]headway.Correction
}

func newHanger(operations []headway.Operation) *hanger {
	h := &hanger{
		touched: map[headway.TextID]bool{}, fallen: map[headway.TextID]int{}, holding: map[headway.TextID][]*stretch{}, placed: map[string][]*stretch{},
		at: map[int64]int{}, reopens: map[int64]bool{}, corrected: map[headway.ConversationID][]headway.Correction{},
	}
	for _, op := range operations {
		if op.Correction != nil {
			for _, id := range slices.Concat(op.Correction.From, op.Correction.To) {
				h.touched[id] = true
			}
		}
	}
	return h
}

func (h *hanger) replay(op *headway.Operation) {
	switch {
	case op.Correction != nil:
		h.correct(*op.Correction, op.Seq)
		h.corrected[op.Conversation] = append(h.corrected[op.Conversation], *op.Correction)
	case op.Deed == headway.DeedRemove:
		for _, id := range op.Conversations {
			h.remove(id, op.Seq)
		}
	case op.Deed == headway.DeedReview:
		h.review(op)
	}
	hung := hung{op: op}
	if op.Deed != headway.DeedReview {
		hung.on, hung.answer = h.hang(op)
	}
	h.at[op.Seq] = len(h.all)
	h.all = append(h.all, hung)
}

// remove takes back what was done to a conversation: if it comes again, it comes
// as it came.
func (h *hanger) remove(id headway.ConversationID, seq int64) {
	for _, c := range slices.Backward(h.corrected[id]) {
		h.correct(c.Inverse(), seq)
	}
	delete(h.corrected, id)
}

// hang finds, or begins to follow, the stretches of an operation.
func (h *hanger) hang(op *headway.Operation) (on []*stretch, answer *stretch) {
	if op.Span == (headway.Span{}) && op.Answer == (headway.Span{}) {
		return nil, nil
	}
	if i, known := h.at[op.Undoes]; known && op.Undoes != 0 {
		if first := h.all[i]; slices.Equal(first.op.Passage(), op.Passage()) && first.op.Answer == op.Answer {
			for _, s := range first.on {
				s.keep(op)
			}
			first.answer.keep(op)
			return first.on, first.answer
		}
	}
	for _, span := range op.Passage() {
		on = append(on, h.follow(span, op))
	}
	return on, h.follow(op.Answer, op)
}

// follow gives the stretch that stands, or stood, at a span.
func (h *hanger) follow(at headway.Span, op *headway.Operation) *stretch {
	if !h.touched[at.Text] {
		return nil
	}
	place := key(headway.Passage{at})
	_, gone := h.fallen[at.Text]
	for _, s := range slices.Backward(h.placed[place]) {
		if gone || len(s.past) == 1 {
			s.keep(op)
			return s
		}
	}
	s := &stretch{}
	s.keep(op)
	h.stand(s, headway.Passage{at})
	h.catchUp(s, at.Text)
	return s
}

// catchUp carries a stretch on from a text that fell before.
func (h *hanger) catchUp(s *stretch, from headway.TextID) {
	first, gone := h.fallen[from]
	for i := first; gone && i < len(h.taken); i++ {
		h.move(s, h.taken[i], h.by[i])
	}
}

func (s *stretch) keep(op *headway.Operation) {
	if s != nil {
		s.on = append(s.on, op)
	}
}

// stand puts a stretch where it is now.
func (h *hanger) stand(s *stretch, at headway.Passage) {
	s.now, s.let = at, false
	s.past = append(slices.DeleteFunc(s.past, func(p headway.Passage) bool { return slices.Equal(p, at) }), at)
	if place := key(at); !slices.Contains(h.placed[place], s) {
		h.placed[place] = append(h.placed[place], s)
	}
	for _, span := range at {
		if !slices.Contains(h.holding[span.Text], s) {
			h.holding[span.Text] = append(h.holding[span.Text], s)
		}
	}
}

// correct moves everything that hangs on the texts of a correction.
func (h *hanger) correct(c headway.Correction, seq int64) {
	for _, id := range c.From {
		h.fallen[id] = len(h.taken)
	}
	for _, id := range c.To {
		delete(h.fallen, id)
	}
	h.taken, h.by = append(h.taken, c), append(h.by, seq)
	var touched []*stretch
	seen := map[*stretch]bool{}
	for _, id := range slices.Concat(c.From, c.To) {
		for _, s := range h.holding[id] {
			if !seen[s] {
				seen[s] = true
				touched = append(touched, s)
			}
		}
	}
	for _, s := range touched {
		if before, stands := h.before(s); stands {
			h.stand(s, before)
		} else {
			h.move(s, c, seq)
		}
	}
}

// before gives the latest place of a stretch whose texts stand.
func (h *hanger) before(s *stretch) (headway.Passage, bool) {
	for _, p := range slices.Backward(s.past) {
		if !slices.ContainsFunc(p, func(at headway.Span) bool { _, gone := h.fallen[at.Text]; return gone }) {
			return p, true
		}
	}
	return nil, false
}

// move carries a stretch through a correction, or loses it there.
func (h *hanger) move(s *stretch, c headway.Correction, seq int64) {
	if s.now == nil {
		if takes(c, s.near) {
			s.near = c.Near(s.near)
			h.holding[s.near.Text] = append(h.holding[s.near.Text], s)
		}
		return
	}
	if now, ok := c.Move(s.now); ok {
		h.stand(s, now)
		return
	}
	first := slices.IndexFunc(s.now, func(at headway.Span) bool { return takes(c, at) })
	s.near = c.Near(s.now[first])
	h.holding[s.near.Text] = append(h.holding[s.near.Text], s)
	s.now, s.by = nil, seq
	if !slices.Contains(h.lost, s) {
		h.lost = append(h.lost, s)
	}
}

// takes says whether a correction takes the text of a span away.
func takes(c headway.Correction, at headway.Span) bool { return slices.Contains(c.From, at.Text) }

// review settles what waits at a place, or opens it again.
func (h *hanger) review(op *headway.Operation) {
	stood := op.Passage()
	place := key(stood)
	reopens := op.Undoes != 0 && !h.reopens[op.Undoes]
	h.reopens[op.Seq] = reopens
	for _, s := range h.placed[place] {
		switch {
		case reopens && s.answers == place:
			h.reopen(s, stood)
		case reopens || s.now != nil || !slices.Equal(s.past[len(s.past)-1], stood):
		case op.Answer == headway.Span{}:
			s.let, s.answers = true, place
		default:
			s.answers = place
			h.stand(s, headway.Passage{op.Answer})
			h.catchUp(s, op.Answer.Text)
		}
	}
}

// reopen forgets what a member said of where a stretch is now.
func (h *hanger) reopen(s *stretch, stood headway.Passage) {
	i := slices.IndexFunc(s.past, func(p headway.Passage) bool { return slices.Equal(p, stood) })
	s.past = s.past[:i+1]
	s.now, s.let, s.answers = nil, false, ""
	if before, stands := h.before(s); stands {
		h.stand(s, before)
		return
	}
	h.catchUp(s, s.near.Text)
}

// hanging gives what came of it all.
func (h *hanger) hanging() (all Hanging) {
	for _, one := range h.all {
		if op, hangs := one.moved(); hangs {
			all.Operations = append(all.Operations, op)
		}
	}
	for _, s := range h.lost {
		if s.now != nil || s.let {
			continue
		}
		if holds := standing(s.on); len(holds) > 0 {
			all.Waiting = append(all.Waiting, Waiting{Stood: s.past[len(s.past)-1], Near: s.near, By: s.by, Operations: holds})
		}
	}
	return all
}

// moved gives an operation on the words as they stand.
func (one hung) moved() (op headway.Operation, hangs bool) {
	op = *one.op
	var at headway.Passage
	for i, s := range one.on {
		switch {
		case s == nil:
			at = append(at, one.op.Passage()[i])
		case s.now == nil:
			return op, false
		default:
			at = append(at, s.now...)
		}
	}
	if len(at) > 0 {
		op.Span, op.More = at.First(), at.More()
	}
	if one.answer != nil && one.answer.now == nil {
		return op, false
	}
	if one.answer != nil {
		op.Answer = one.answer.now.First()
	}
	return op, true
}

// standing gives of the operations on one place those that hold: the latest on
// each subject, unless it takes back what was said.
func standing(all []*headway.Operation) (holds []headway.Operation) {
	decided := map[subject]bool{}
	for _, op := range slices.Backward(all) {
		about := subjectOf(*op)
		about.span, about.answer = headway.Span{}, headway.Span{}
		if !decided[about] && op.Verdict != headway.Undecided {
			holds = append(holds, *op)
		}
		decided[about] = true
	}
	slices.Reverse(holds)
	return holds
}

func key(at headway.Passage) string { return fmt.Sprint(at) }
