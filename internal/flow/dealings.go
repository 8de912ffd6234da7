package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// Split takes a merge back: a person who was merged is themselves again.
func (f *Flow) Split(ctx context.Context, person headway.PersonID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedSplit, Person: person})
}

// SetRole says what a person is in their account; "" is not known.
func (f *Flow) SetRole(ctx context.Context, person headway.PersonID, r headway.Role) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedRole, Person: person, Role: r})
}

// SetAccount says of which firm a person is; no name takes it back. A name that
// differs only in case and spaces is the same firm.
func (f *Flow) SetAccount(ctx context.Context, person headway.PersonID, firm string) error {
	firm = strings.Join(strings.Fields(firm), " ")
	if firm == "" {
		return f.apply(ctx, headway.Operation{Deed: headway.DeedAccount, Person: person})
	}
	if err := cmp.Or(within("the name of a firm", firm, longestAccount), f.mayWrite(ctx)); err != nil {
		return err
	}
	known, err := f.store.Accounts(ctx, f.ws)
	if err != nil {
		return err
	}
	a := headway.Account{ID: headway.AccountID(headway.Digest("account", strings.ToLower(firm))), Name: firm}
	if !slices.ContainsFunc(known, func(k headway.Account) bool { return k.ID == a.ID }) { // else it keeps the name it has
		if err := f.store.PutAccount(ctx, f.ws, a); err != nil {
			return err
		}
	}
	return f.apply(ctx, headway.Operation{Deed: headway.DeedAccount, Person: person, Account: a.ID})
}

// SetConsent keeps what a person allowed, and until when; zero is without end.
func (f *Flow) SetConsent(ctx context.Context, person headway.PersonID, c headway.Consent, until time.Time) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedConsent, Person: person, Consent: c, Until: until.UTC().Truncate(time.Microsecond)})
}

// Promise says that words of ours are a promise to somebody (Kept), or are none
// (Undecided).
func (f *Flow) Promise(ctx context.Context, ours headway.Span, to headway.PersonID, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedPromise, Span: ours, Person: to, Verdict: v})
}

// SendBack notes that sentences of a customer's were sent back to them, and
// gives the number by which a reply is noted.
func (f *Flow) SendBack(ctx context.Context, to headway.PersonID, theirs []headway.Span) (seq int64, err error) {
	if len(theirs) == 0 {
		return 0, headway.Errorf(headway.Invalid, "a play-back is made of their sentences: choose at least one")
	}
	kept, err := f.applied(ctx, headway.Operation{Deed: headway.DeedPlayback, Person: to, Span: theirs[0], More: theirs[1:]})
	if err != nil {
		return 0, err
	}
	return kept[0].Seq, nil
}

// Reply notes what came back of a play-back, with their words where they are
// kept here. Undecided is nothing yet.
func (f *Flow) Reply(ctx context.Context, playBack int64, v headway.Verdict, answer headway.Span) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedReply, Of: playBack, Verdict: v, Answer: answer})
}

// Repair says that later words of theirs tell what we got wrong before (Kept),
// or do not (Undecided).
func (f *Flow) Repair(ctx context.Context, theirs, ours headway.Span, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedRepair, Span: theirs, Answer: ours, Verdict: v})
}

// dealings gives what members noted of what passed between customers and us.
func (f *Flow) dealings(ctx context.Context) (customer.Dealings, error) {
	ops, history, err := f.History(ctx)
	return customer.NewDealings(deed.Hang(ops).Operations, history), err
}

// Dealt is what was promised in a conversation, and what went wrong there or is
// told of there.
type Dealt struct {
	Promises []customer.Promise
	Repairs  []Repaired
}

// Repaired is a repair of which at least one half lies in a conversation. Each
// half may be shown where its conversation may.
type Repaired struct {
	Told, Wrong     headway.Span
	ToldIn, WrongIn headway.ConversationID // "" where it may not be shown now
	Words           map[headway.TextID]headway.TextVersion
}

// Quote cuts the words of either half; zero where they may not be shown.
func (r Repaired) Quote(s headway.Span) headway.Quote {
	q, _ := r.Words[s.Text].Cut(s)
	return q
}

// Dealt gives what was promised and what went wrong in a conversation.
func (f *Flow) Dealt(ctx context.Context, id headway.ConversationID) (d Dealt, err error) {
	noted, err := f.dealings(ctx)
	if err != nil {
		return d, err
	}
	places, err := f.store.Places(ctx, f.ws, noted.Texts())
	if err != nil {
		return d, err
	}
	for _, p := range noted.Promises() {
		if places[p.Span.Text].Conversation == id {
			d.Promises = append(d.Promises, p)
		}
	}
	for _, both := range noted.Repairs() {
		told, wrong := places[both[0].Text], places[both[1].Text]
		if told.Conversation != id && wrong.Conversation != id {
			continue
		}
		r := Repaired{Told: both[0], Wrong: both[1], Words: map[headway.TextID]headway.TextVersion{}}
		for _, half := range []struct {
			place store.Place
			in    *headway.ConversationID
		}{{told, &r.ToldIn}, {wrong, &r.WrongIn}} {
			if half.place.Conversation != id {
				err := f.mayShow(ctx, half.place.Conversation, "")
				if headway.ErrorCode(err) == headway.Denied {
					continue
				}
				if err != nil {
					return d, err
				}
			}
			*half.in = half.place.Conversation
			r.Words[half.place.Text.ID] = half.place.Text
		}
		d.Repairs = append(d.Repairs, r)
	}
	return d, nil
}
