package flow

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/deed"
)

// Agreed is how far the members of a round marked the same sentences as the same.
type Agreed struct {
	Round        headway.Round
	Conversation headway.Conversation
	Raters       []headway.MemberID // those who marked all of it; others' marks are not compared
	Sentences    int                // the customers' sentences, the units of what follows
	Kinds        []Agreement        // of each kind that one of them marked, in codebook order
	Disputes     []Dispute          // in the order of the conversation
	// Lost are marks of the round on words that were forgotten since, and what was
	// settled of them. They are in no figure.
	Lost []deed.Lost
}

// Open counts the disagreements that nobody has settled.
func (a Agreed) Open() (n int) {
	for _, d := range a.Disputes {
		if d.Settled == nil {
			n++
		}
	}
	return n
}

// Agreement is how far they agree on one kind.
type Agreement struct {
	Kind   headway.Label
	Marked []int // by each rater, in their order: sentences marked as the kind
	Known  int   // sentences left out: it was decided on before the round, for all to see
	// Same is the share of pairs of raters who said the same of a sentence, chance
	// included.
	Same agree.Coefficient
	// Alpha is Krippendorff's, Kappa Cohen's of two raters and Fleiss' of more.
	Alpha, Kappa agree.Coefficient
	// Refused says why there is no figure, and is empty where there is.
	Refused string
}

// Dispute is a customer's sentence that some marked as a kind and some did not.
type Dispute struct {
	At      headway.Span
	Turn    int // its index
	Kind    headway.Label
	Marked  []headway.MemberID // who did
	Not     []headway.MemberID // who did not
	Settled *Settlement        // nil while it is open
}

// Settlement is how a disagreement was settled.
type Settlement struct {
	Verdict headway.Verdict
	By      headway.MemberID
	At      time.Time
	Why     string
}

// Agreement gives how far the members of a round that is over agree, and what
// they disagree on, as shown through a study. Denied while the round is open.
// Where fewer than two marked all of it, there is nothing to compare and no kind.
func (f *Flow) Agreement(ctx context.Context, id headway.RoundID, through headway.StudyID) (Agreed, error) {
	r, err := f.Round(ctx, id)
	if err != nil {
		return Agreed{}, err
	}
	if r.Open() {
		return Agreed{}, headway.Errorf(headway.Denied, "the round goes on: what others marked is shown when all are done, or when an owner releases it")
	}
	c, h, err := f.Conversation(ctx, r.Conversation, through)
	if err != nil {
		return Agreed{}, err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return Agreed{}, err
	}
	a := Agreed{Round: r, Conversation: c}
	if a.Lost, err = f.lostOf(ctx, ops, r); err != nil {
		return Agreed{}, err
	}
	for _, m := range r.Members {
		if r.IsDone(m) {
			a.Raters = append(a.Raters, m)
		}
	}
	units := theirSentences(h)
	a.Sentences = len(units)
	if len(a.Raters) < 2 {
		return a, nil
	}
	ops = deed.Hang(ops).Operations
	a.compare(units, newCoding(ops, r, a.Raters))
	return a, f.settlements(ctx, &a, deed.SettledIn(ops, r.ID))
}

// lostOf lists what of a round lost its support.
func (f *Flow) lostOf(ctx context.Context, ops []headway.Operation, r headway.Round) ([]deed.Lost, error) {
	lost := deed.Losses(ops)
	err := f.locate(ctx, lost)
	return slices.DeleteFunc(lost, func(l deed.Lost) bool {
		marked := l.Deed == headway.DeedMark && l.Conversation == r.Conversation && l.Seq >= r.Since && l.Seq < r.Until
		return !marked && l.Round != r.ID
	}), err
}

func theirSentences(h headway.Hearing) []headway.Heard {
	return slices.DeleteFunc(slices.Clone(h.Sentences), func(s headway.Heard) bool { return s.Side != headway.Theirs })
}

// coding is what was marked: before a round, and by each rater in it.
type coding struct {
	before marked
	raters []marked
}

// marked holds the words that were marked as each kind, overlapping marks merged.
type marked map[headway.Label][]headway.Span

func newCoding(ops []headway.Operation, r headway.Round, raters []headway.MemberID) coding {
	var before []headway.Operation
	during := map[headway.MemberID][]headway.Operation{}
	for _, op := range ops {
		switch {
		case op.Deed != headway.DeedMark:
		case op.Seq < r.Since:
			before = append(before, op)
		case op.Seq < r.Until:
			during[op.Member] = append(during[op.Member], op)
		}
	}
	c := coding{before: markedIn(before, headway.Kept, headway.Dismissed)}
	for _, m := range raters {
		c.raters = append(c.raters, markedIn(during[m], headway.Kept))
	}
	return c
}

// markedIn gives the words on which operations leave one of the verdicts.
func markedIn(ops []headway.Operation, verdicts ...headway.Verdict) marked {
	j := deed.NewJudgements(ops)
	words := marked{}
	for kind, places := range j.Labels {
		for at, v := range places {
			if slices.Contains(verdicts, v) {
				words[kind] = append(append(words[kind], at), j.Made[kind][at].More...)
			}
		}
		words[kind] = agree.Merge(words[kind])
	}
	return words
}

// compare reckons each kind's agreement and lists where they disagree.
func (a *Agreed) compare(units []headway.Heard, c coding) {
	for _, kind := range headway.Kinds() {
		on, said := Agreement{Kind: kind, Marked: make([]int, len(c.raters))}, agree.Units{}
		for _, u := range units {
			if agree.Covers(c.before[kind], u.Span) {
				on.Known++
				continue
			}
			d := Dispute{At: u.Span, Turn: u.Turn, Kind: kind}
			var unit []agree.Value
			for i, words := range c.raters {
				if agree.Covers(words[kind], u.Span) {
					unit, d.Marked = append(unit, "yes"), append(d.Marked, a.Raters[i])
					on.Marked[i]++
				} else {
					unit, d.Not = append(unit, "no"), append(d.Not, a.Raters[i])
				}
			}
			said = append(said, unit)
			if len(d.Marked) > 0 && len(d.Not) > 0 {
				a.Disputes = append(a.Disputes, d)
			}
		}
		if slices.Max(on.Marked) > 0 {
			on.reckon(said)
			a.Kinds = append(a.Kinds, on)
		}
	}
	place := map[headway.Span]int{}
	for i, u := range units {
		place[u.Span] = i
	}
	slices.SortStableFunc(a.Disputes, func(x, y Dispute) int { return place[x.At] - place[y.At] })
}

func (on *Agreement) reckon(said agree.Units) {
	kappa := agree.Fleiss
	if len(on.Marked) == 2 {
		kappa = agree.Cohen
	}
	var errs [3]error
	on.Same, errs[0] = agree.Percent(said)
	on.Alpha, errs[1] = agree.Alpha(said, agree.Nominal)
	on.Kappa, errs[2] = kappa(said)
	if err := cmp.Or(errs[0], errs[1], errs[2]); err != nil {
		on.Refused = err.Error()
	}
}

// settlements adds to disagreements how they were settled.
func (f *Flow) settlements(ctx context.Context, a *Agreed, settled []headway.Operation) error {
	var notes []headway.NoteID
	for _, op := range settled {
		notes = append(notes, op.Note)
	}
	why, err := f.store.Notes(ctx, f.ws, notes)
	for _, op := range settled {
		for i := range a.Disputes {
			if d := &a.Disputes[i]; d.At == op.Span && d.Kind == op.Label {
				d.Settled = &Settlement{op.Verdict, op.Member, op.At, why[op.Note].Words}
			}
		}
	}
	return err
}
