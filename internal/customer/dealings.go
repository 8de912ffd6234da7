package customer

import (
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Dealings is what members noted of what passed between customers and us, all
// customers', as it stands.
type Dealings struct {
	promises  []headway.Operation
	playBacks []headway.Operation
	replies   map[int64]headway.Operation // by the play-back's Seq, the newest
	repairs   []headway.Operation
}

// Promise is words of ours that a member marked as one.
type Promise struct {
	Line
	To headway.PersonID // as members merged them
	At time.Time        // when it was marked
}

// PlayBack is sentences of a customer's that were sent back to them.
type PlayBack struct {
	Seq   int64
	To    headway.PersonID
	At    time.Time
	Lines []Line
	Reply Reply
}

// Reply is what came back. Its verdict is empty while nothing did.
type Reply struct {
	Verdict headway.Verdict
	Answer  Line // their words; the zero Line where none are kept
	At      time.Time
}

// Came says whether anything came back.
func (r Reply) Came() bool { return r.Verdict != "" }

// Repair ties words of theirs to what we got wrong before.
type Repair struct {
	Told  Line // theirs
	Wrong Line // ours
}

// NewDealings replays operations. What lost its support is not among them.
func NewDealings(operations []headway.Operation, history deed.History) Dealings {
	d := Dealings{replies: map[int64]headway.Operation{}}
	for _, op := range operations {
		if !history.Forgotten(op).IsZero() {
			continue
		}
		switch op.Deed {
		case headway.DeedPromise:
			d.promises = decide(d.promises, op, func(o headway.Operation) bool { return o.Span == op.Span })
		case headway.DeedRepair:
			d.repairs = decide(d.repairs, op, func(o headway.Operation) bool { return o.Span == op.Span && o.Answer == op.Answer })
		case headway.DeedPlayback:
			if history.Stands(op.Seq) && op.Verdict != headway.Undecided {
				d.playBacks = append(d.playBacks, op)
			}
		case headway.DeedReply:
			d.replies[op.Of] = op
		}
	}
	return d
}

// decide puts an operation in the place of an earlier one about the same, or
// takes that out.
func decide(all []headway.Operation, op headway.Operation, same func(headway.Operation) bool) []headway.Operation {
	all = slices.DeleteFunc(all, same)
	if op.Verdict != headway.Kept {
		return all
	}
	return append(all, op)
}

// Told lists the places of ours that persons are told of: what was promised to
// them, and what their words tell was wrong. said tells which words are in their
// conversations.
func (d Dealings) Told(whose Whose, said func(headway.Span) bool) (ours []headway.Span) {
	for _, op := range d.promises {
		if whose[op.Person] != "" {
			ours = append(ours, op.Span)
		}
	}
	for _, op := range d.repairs {
		if said(op.Span) {
			ours = append(ours, op.Answer)
		}
	}
	return ours
}

// Promises lists all promises, wherever they were made.
func (d Dealings) Promises() (all []Promise) {
	for _, op := range d.promises {
		all = append(all, Promise{Line{Span: op.Span}, op.Person, op.At})
	}
	return all
}

// Repairs lists, of all that we got wrong, their words that tell of it and ours.
func (d Dealings) Repairs() (all [][2]headway.Span) {
	for _, op := range d.repairs {
		all = append(all, [2]headway.Span{op.Span, op.Answer})
	}
	return all
}

// Texts lists the texts of all promises and repairs.
func (d Dealings) Texts() (ids []headway.TextID) {
	for _, op := range d.promises {
		ids = append(ids, op.Span.Text)
	}
	for _, op := range d.repairs {
		ids = append(ids, op.Span.Text, op.Answer.Text)
	}
	return ids
}

// confirm remembers which sentences customers said are right, and when: the
// day of the conversation in which they said so, else the day it was noted.
func (s *sight) confirm(d Dealings) {
	for _, sent := range d.playBacks {
		reply := s.reply(d.replies[sent.Seq])
		if reply.Verdict != headway.Supports {
			continue
		}
		at := reply.At
		if !reply.Answer.Date.Time.IsZero() {
			at = reply.Answer.Date.Time
		}
		for _, span := range sent.Passage() {
			if s.confirmed[span].Before(at) {
				s.confirmed[span] = at
			}
		}
	}
}

func (s *sight) promises(d Dealings) (all []Promise) {
	for _, op := range d.promises {
		to, ours := s.whose[op.Person], s.at[op.Span.Text].side == headway.Ours
		if to != "" && ours {
			line, _ := s.line(op.Span)
			all = append(all, Promise{line, to, op.At})
		}
	}
	return all
}

func (s *sight) playBacks(d Dealings) (all []PlayBack) {
	for _, op := range slices.Backward(d.playBacks) {
		to := s.whose[op.Person]
		if to == "" {
			continue
		}
		sent := PlayBack{Seq: op.Seq, To: to, At: op.At, Reply: s.reply(d.replies[op.Seq])}
		for _, span := range op.Passage() {
			if line, theirs := s.line(span); theirs {
				sent.Lines = append(sent.Lines, line)
			}
		}
		all = append(all, sent)
	}
	return all
}

func (s *sight) reply(op headway.Operation) Reply {
	if op.Verdict == "" || op.Verdict == headway.Undecided {
		return Reply{}
	}
	r := Reply{Verdict: op.Verdict, At: op.At}
	if line, theirs := s.line(op.Answer); theirs {
		r.Answer = line
	}
	return r
}

func (s *sight) repairs(d Dealings) (all []Repair) {
	for _, op := range d.repairs {
		told, theirs := s.line(op.Span)
		wrong, _ := s.line(op.Answer)
		if theirs && s.at[op.Answer.Text].side == headway.Ours {
			all = append(all, Repair{told, wrong})
		}
	}
	return all
}
