package deed

import (
	"slices"
	"time"

	"github.com/headway-oss/headway"
)

// History is operations, in order, with what was taken back among them. An
// undoing is a deed of its own that names the one it takes back; undone again,
// the first stands once more.
type History struct {
	operations []headway.Operation
	at         map[int64]int   // index by Seq
	first      map[int64]int64 // of an undoing, the deed that it is about in the end
	undone     map[int64]bool  // deeds that were taken back
	about      map[subject][]int
	support    Support
}

// NewHistory reads operations; their Seq must rise.
func NewHistory(operations []headway.Operation) History {
	h := History{operations: operations, at: map[int64]int{}, first: map[int64]int64{}, undone: map[int64]bool{}, about: map[subject][]int{}, support: NewSupport(operations)}
	for i, op := range operations {
		h.at[op.Seq] = i
		h.about[subjectOf(op)] = append(h.about[subjectOf(op)], i)
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

// Forgotten gives when what a deed rests on was forgotten; the zero time where it
// stands. See [Support].
func (h History) Forgotten(op headway.Operation) time.Time { return h.support.Of(op) }

// Latest gives the newest deed of a member that stands and can be taken back,
// with all that were done as one with it. None is nothing to undo. What lost its
// support cannot be taken back: there is nothing left to say it of.
func (h History) Latest(by headway.MemberID) []headway.Operation {
	for _, op := range slices.Backward(h.operations) {
		if op.Member == by && h.Stands(op.Seq) && h.reversible(op) {
			return h.together(op)
		}
	}
	return nil
}

// Undone gives the undoing that a member may take back: the last one, with all
// that were done as one with it. None where they did something else since.
func (h History) Undone(by headway.MemberID) []headway.Operation {
	for _, op := range slices.Backward(h.operations) {
		if op.Member != by || !h.reversible(op) {
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
func (h History) Deed(seq int64) ([]headway.Operation, error) {
	i, here := h.at[seq]
	if !here {
		return nil, headway.Errorf(headway.NotFound, "there is no deed %d", seq)
	}
	return h.together(h.operations[i]), nil
}

func (h History) together(op headway.Operation) []headway.Operation {
	if op.Batch == 0 {
		return []headway.Operation{op}
	}
	var batch []headway.Operation
	for _, other := range h.operations[h.at[op.Batch]:] {
		if other.Batch == op.Batch && (other.Seq == op.Seq || h.support.Of(other).IsZero()) {
			batch = append(batch, other)
		}
	}
	return batch
}

// Inverse gives the operation that takes op back, or does again what op took
// back; who does it, and when, is to be set. Invalid where such a deed cannot be
// taken back, Conflict where it was already, or where somebody decided anew on
// the same since.
func (h History) Inverse(op headway.Operation) (headway.Operation, error) {
	if !reversible(op.Deed) {
		return headway.Operation{}, headway.Errorf(headway.Invalid, "%q cannot be taken back", op.Deed)
	}
	if on := h.support.Of(op); !on.IsZero() {
		return headway.Operation{}, headway.Errorf(headway.Conflict, "there is nothing left to take back: %s", Forgotten(on))
	}
	first, undoing := h.first[op.Seq]
	if !undoing {
		first = op.Seq
	}
	if undoing != h.undone[first] {
		return headway.Operation{}, headway.Errorf(headway.Conflict, "this was taken back already")
	}
	deed := h.operations[h.at[first]]
	if newer, found := h.after(deed); found {
		return headway.Operation{}, headway.Errorf(headway.Conflict, "this was decided anew since (deed %d): take that back first", newer.Seq)
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
func (h History) inverse(op headway.Operation) headway.Operation {
	switch op.Deed {
	case headway.DeedAdd:
		op.Deed = headway.DeedLeave
	case headway.DeedLeave:
		op.Deed = headway.DeedAdd
	case headway.DeedCorrect:
		op.Correction = inverted(op.Correction)
	case headway.DeedMask:
		if op.Verdict != "" {
			return cleared(op)
		}
		op.Deed, op.Correction = headway.DeedLift, inverted(op.Correction)
	case headway.DeedLift:
		op.Deed, op.Correction = headway.DeedMask, inverted(op.Correction)
	case headway.DeedReview:
		// What was settled is open again: whoever replays minds Undoes.
	case headway.DeedMerge:
		op.Deed, op.Into = headway.DeedSplit, ""
	default:
		if before, found := h.before(op); found {
			return before
		}
		return cleared(op)
	}
	return op
}

// before gives what was decided on the same before a deed, and still stands.
func (h History) before(op headway.Operation) (headway.Operation, bool) {
	for _, i := range slices.Backward(h.about[subjectOf(op)]) {
		if before := h.operations[i]; before.Seq < op.Seq && h.Stands(before.Seq) {
			return before, true
		}
	}
	return headway.Operation{}, false
}

// after gives what was decided on the same after a deed, and still stands.
func (h History) after(op headway.Operation) (headway.Operation, bool) {
	for _, i := range h.about[subjectOf(op)] {
		if after := h.operations[i]; after.Seq > op.Seq && h.Stands(after.Seq) {
			return after, true
		}
	}
	return headway.Operation{}, false
}

func inverted(c *headway.Correction) *headway.Correction {
	if c == nil {
		return nil // a mask of a name
	}
	back := c.Inverse()
	return &back
}

// subject is what a deed decides on: of two on the same subject the later holds.
type subject struct {
	deed         headway.Deed
	study        headway.StudyID
	conversation headway.ConversationID
	turn         headway.TurnID
	speaker      headway.SpeakerID
	person       headway.PersonID
	guess        headway.GuessID
	span         headway.Span
	answer       headway.Span
	label        headway.Label
	note         headway.NoteID
	of           int64
	round        headway.RoundID
	claim        headway.ClaimID
	other        headway.ClaimID
	episode      headway.EpisodeID
	all          string // digest of several
}

func subjectOf(op headway.Operation) subject {
	switch op.Deed {
	case headway.DeedAdd, headway.DeedLeave:
		return subject{deed: headway.DeedAdd, study: op.Study, all: digestOf(op.Conversations)}
	case headway.DeedPlace:
		return subject{deed: op.Deed, conversation: op.Conversation, speaker: op.Speaker}
	case headway.DeedMerge, headway.DeedSplit:
		return subject{deed: headway.DeedMerge, person: op.Person}
	case headway.DeedJudge:
		return subject{deed: op.Deed, guess: op.Guess, span: op.Span}
	case headway.DeedMark:
		return subject{deed: op.Deed, label: op.Label, span: op.Span}
	case headway.DeedNote:
		return subject{deed: op.Deed, note: op.Note}
	case headway.DeedTest, headway.DeedPromise, headway.DeedReview:
		return subject{deed: op.Deed, span: op.Span}
	case headway.DeedRepair:
		return subject{deed: op.Deed, span: op.Span, answer: op.Answer}
	case headway.DeedCorrect, headway.DeedMask, headway.DeedLift:
		if op.Correction == nil {
			return subject{deed: headway.DeedMask, person: op.Person, span: op.Span}
		}
		return subject{deed: headway.DeedCorrect, conversation: op.Conversation, all: digestOf(op.Correction.From)}
	case headway.DeedSpeak:
		return subject{deed: op.Deed, turn: op.Turn}
	case headway.DeedRole, headway.DeedAccount, headway.DeedConsent:
		return subject{deed: op.Deed, person: op.Person}
	case headway.DeedReply:
		return subject{deed: op.Deed, of: op.Of}
	case headway.DeedSettle:
		return subject{deed: op.Deed, round: op.Round, label: op.Label, span: op.Span}
	case headway.DeedOwn:
		return subject{deed: op.Deed}
	case headway.DeedClaim:
		return subject{deed: op.Deed, claim: op.Claim}
	case headway.DeedBear:
		return subject{deed: op.Deed, claim: op.Claim, span: op.Span}
	case headway.DeedChoose, headway.DeedJoin:
		return subject{deed: op.Deed, claim: op.Claim, other: op.Other}
	case headway.DeedGroup:
		return subject{deed: op.Deed, study: op.Study, episode: op.Episode}
	case headway.DeedEpisode:
		return subject{deed: op.Deed, span: op.Span}
	}
	return subject{deed: op.Deed, of: op.Seq} // nothing else decides on the same
}

func (h History) reversible(op headway.Operation) bool {
	return reversible(op.Deed) && h.support.Of(op).IsZero()
}

// reversible says whether a deed can be taken back. What was shown was seen,
// what is sealed stays sealed, and words that are gone are gone.
func reversible(d headway.Deed) bool {
	switch d {
	case headway.DeedAdd, headway.DeedLeave, headway.DeedPlace, headway.DeedMerge, headway.DeedSplit, headway.DeedJudge, headway.DeedMark, headway.DeedNote, headway.DeedTest, headway.DeedOwn,
		headway.DeedCorrect, headway.DeedSpeak, headway.DeedReview, headway.DeedRole, headway.DeedAccount, headway.DeedConsent, headway.DeedMask, headway.DeedLift,
		headway.DeedPromise, headway.DeedPlayback, headway.DeedReply, headway.DeedRepair, headway.DeedSettle,
		headway.DeedClaim, headway.DeedBear, headway.DeedChoose, headway.DeedGroup, headway.DeedJoin, headway.DeedEpisode:
		return true
	}
	return false
}

// cleared gives the deed that decides nothing on the same subject.
func cleared(op headway.Operation) headway.Operation {
	switch op.Deed {
	case headway.DeedPlace:
		op.Side = "" // as its file said
	case headway.DeedSpeak:
		op.Speaker = ""
	case headway.DeedRole:
		op.Role = ""
	case headway.DeedAccount:
		op.Account = ""
	case headway.DeedConsent:
		op.Consent, op.Until = "", time.Time{}
	case headway.DeedOwn:
		op.Own = 0
	case headway.DeedChoose:
		op.Choice, op.Span, op.More = "", headway.Span{}, nil
	default:
		op.Verdict, op.By, op.Counted = headway.Undecided, "", false
	}
	return op
}

func digestOf[T ~string](all []T) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = string(s)
	}
	return headway.Digest(parts...)
}
