package headway

import (
	"slices"
	"time"
)

// History is operations, in order, with what was taken back among them. An
// undoing is a deed of its own that names the one it takes back; undone again,
// the first stands once more.
type History struct {
	operations []Operation
	at         map[int64]int   // index by Seq
	first      map[int64]int64 // of an undoing, the deed that it is about in the end
	undone     map[int64]bool  // deeds that were taken back
	about      map[subject][]int
}

// NewHistory reads operations; their Seq must rise.
func NewHistory(operations []Operation) History {
	h := History{operations: operations, at: map[int64]int{}, first: map[int64]int64{}, undone: map[int64]bool{}, about: map[subject][]int{}}
	for i, op := range operations {
		h.at[op.Seq] = i
		h.about[op.subject()] = append(h.about[op.subject()], i)
		if op.Undoes == 0 {
			continue
		}
		first := op.Undoes
		if further, undoing := h.first[first]; undoing {
			first = further
		}
		h.first[op.Seq] = first
		h.undone[first] = !h.undone[first]
	}
	return h
}

// Stands says whether a deed is there and nobody took it back. An undoing is
// none that stands.
func (h History) Stands(seq int64) bool {
	_, here := h.at[seq]
	_, undoing := h.first[seq]
	return here && !undoing && !h.undone[seq]
}

// Latest gives the newest deed of a member that stands and can be taken back,
// with all that were done as one with it. None is nothing to undo.
func (h History) Latest(by MemberID) []Operation {
	for _, op := range slices.Backward(h.operations) {
		if op.Member == by && h.Stands(op.Seq) && op.Deed.reversible() {
			return h.together(op)
		}
	}
	return nil
}

// Undone gives the undoing that a member may take back: the last one, with all
// that were done as one with it. None where they did something else since.
func (h History) Undone(by MemberID) []Operation {
	for _, op := range slices.Backward(h.operations) {
		if op.Member != by || !op.Deed.reversible() {
			continue
		}
		if op.Undoes == 0 {
			return nil
		}
		if first := h.first[op.Seq]; op.Undoes == first && h.undone[first] {
			return h.together(op)
		}
	}
	return nil
}

// Deed gives an operation with all that were done as one with it, or NotFound.
func (h History) Deed(seq int64) ([]Operation, error) {
	i, here := h.at[seq]
	if !here {
		return nil, Errorf(NotFound, "there is no deed %d", seq)
	}
	return h.together(h.operations[i]), nil
}

func (h History) together(op Operation) []Operation {
	if op.Batch == 0 {
		return []Operation{op}
	}
	var batch []Operation
	for _, other := range h.operations[h.at[op.Batch]:] {
		if other.Batch == op.Batch {
			batch = append(batch, other)
		}
	}
	return batch
}

// Inverse gives the operation that takes op back, or does again what op took
// back; who does it, and when, is to be set. Invalid where such a deed cannot be
// taken back, Conflict where it was already, or where somebody decided anew on
// the same since.
func (h History) Inverse(op Operation) (Operation, error) {
	if !op.Deed.reversible() {
		return Operation{}, Errorf(Invalid, "%q cannot be taken back", op.Deed)
	}
	first, undoing := h.first[op.Seq]
	if !undoing {
		first = op.Seq
	}
	if undoing != h.undone[first] {
		return Operation{}, Errorf(Conflict, "this was taken back already")
	}
	deed := h.operations[h.at[first]]
	if newer, found := h.after(deed); found {
		return Operation{}, Errorf(Conflict, "this was decided anew since (deed %d): take that back first", newer.Seq)
	}
	back := deed
	if !undoing {
		back = h.inverse(deed)
	}
	back.Seq, back.Batch, back.Undoes = 0, 0, op.Seq
	back.Member, back.At = "", time.Time{}
	return back, nil
}

// inverse undoes a deed: it is the other deed of its pair, or says again what
// was said before it.
func (h History) inverse(op Operation) Operation {
	switch op.Deed {
	case DeedAdd:
		op.Deed = DeedLeave
	case DeedLeave:
		op.Deed = DeedAdd
	case DeedCorrect:
		op.Correction = inverted(op.Correction)
	case DeedMask:
		op.Deed, op.Correction = DeedLift, inverted(op.Correction)
	case DeedLift:
		op.Deed, op.Correction = DeedMask, inverted(op.Correction)
	case DeedReview:
		// What was settled is open again: whoever replays minds Undoes.
	case DeedMerge:
		op.Deed, op.Into = DeedSplit, ""
	default:
		if before, found := h.before(op); found {
			return before
		}
		return op.cleared()
	}
	return op
}

// before gives what was decided on the same before a deed, and still stands.
func (h History) before(op Operation) (Operation, bool) {
	for _, i := range slices.Backward(h.about[op.subject()]) {
		if before := h.operations[i]; before.Seq < op.Seq && h.Stands(before.Seq) {
			return before, true
		}
	}
	return Operation{}, false
}

// after gives what was decided on the same after a deed, and still stands.
func (h History) after(op Operation) (Operation, bool) {
	for _, i := range h.about[op.subject()] {
		if after := h.operations[i]; after.Seq > op.Seq && h.Stands(after.Seq) {
			return after, true
		}
	}
	return Operation{}, false
}

func inverted(c *Correction) *Correction {
	back := c.Inverse()
	return &back
}

// subject is what a deed decides on: of two on the same subject the later holds.
type subject struct {
	deed         Deed
	study        StudyID
	conversation ConversationID
	turn         TurnID
	speaker      SpeakerID
	person       PersonID
	guess        GuessID
	span         Span
	answer       Span
	label        Label
	note         NoteID
	of           int64
	round        RoundID
	all          string // digest of several
}

func (op Operation) subject() subject {
	switch op.Deed {
	case DeedAdd, DeedLeave:
		return subject{deed: DeedAdd, study: op.Study, all: digestOf(op.Conversations)}
	case DeedPlace:
		return subject{deed: op.Deed, conversation: op.Conversation, speaker: op.Speaker}
	case DeedMerge, DeedSplit:
		return subject{deed: DeedMerge, person: op.Person}
	case DeedJudge:
		return subject{deed: op.Deed, guess: op.Guess, span: op.Span}
	case DeedMark:
		return subject{deed: op.Deed, label: op.Label, span: op.Span}
	case DeedNote:
		return subject{deed: op.Deed, note: op.Note}
	case DeedTest, DeedPromise, DeedReview:
		return subject{deed: op.Deed, span: op.Span}
	case DeedRepair:
		return subject{deed: op.Deed, span: op.Span, answer: op.Answer}
	case DeedCorrect, DeedMask, DeedLift:
		return subject{deed: DeedCorrect, conversation: op.Conversation, all: digestOf(op.Correction.From)}
	case DeedSpeak:
		return subject{deed: op.Deed, turn: op.Turn}
	case DeedRole, DeedAccount, DeedConsent:
		return subject{deed: op.Deed, person: op.Person}
	case DeedReply:
		return subject{deed: op.Deed, of: op.Of}
	case DeedSettle:
		return subject{deed: op.Deed, round: op.Round, label: op.Label, span: op.Span}
	case DeedOwn:
		return subject{deed: op.Deed}
	}
	return subject{deed: op.Deed, of: op.Seq} // nothing else decides on the same
}

// reversible says whether a deed can be taken back. What was shown was seen,
// what is sealed stays sealed, and words that are gone are gone.
func (d Deed) reversible() bool {
	switch d {
	case DeedAdd, DeedLeave, DeedPlace, DeedMerge, DeedSplit, DeedJudge, DeedMark, DeedNote, DeedTest, DeedOwn,
		DeedCorrect, DeedSpeak, DeedReview, DeedRole, DeedAccount, DeedConsent, DeedMask, DeedLift,
		DeedPromise, DeedPlayback, DeedReply, DeedRepair, DeedSettle:
		return true
	}
	return false
}

// cleared gives the deed that decides nothing on the same subject.
func (op Operation) cleared() Operation {
	switch op.Deed {
	case DeedPlace:
		op.Side = "" // as its file said
	case DeedSpeak:
		op.Speaker = ""
	case DeedRole:
		op.Role = ""
	case DeedAccount:
		op.Account = ""
	case DeedConsent:
		op.Consent, op.Until = "", time.Time{}
	case DeedOwn:
		op.Own = 0
	default:
		op.Verdict, op.By, op.Counted = Undecided, "", false
	}
	return op
}

func digestOf[T ~string](all []T) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = string(s)
	}
	return Digest(parts...)
}
