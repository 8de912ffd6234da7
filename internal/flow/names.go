package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/mask"
	"github.com/headway-oss/headway/internal/naming"
	"github.com/headway-oss/headway/internal/store"
)

// MaskPerson hides what a person is called: "Customer 3" stands for their name,
// address and id wherever one stood, in the names of files and titles too, and
// "[name]" where it is said in their conversations. It gives how many such places
// it hid. Conflict where it is masked already.
func (f *Flow) MaskPerson(ctx context.Context, person headway.PersonID) (hidden int, err error) {
	if err := f.mayWrite(ctx); err != nil {
		return 0, err
	}
	places, err := f.calledIn(ctx, person)
	if err != nil {
		return 0, err
	}
	// First who it is: whoever comes upon half of it finds the name in few places.
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedMask, Person: person}); err != nil {
		return 0, err
	}
	defer f.tellMore()
	return f.Mask(ctx, places...)
}

// calledIn finds where a person's name is said in the conversations they are in.
func (f *Flow) calledIn(ctx context.Context, person headway.PersonID) (places []ToMask, err error) {
	same, err := f.samePerson(ctx, person)
	if err != nil {
		return nil, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{})
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		var names []string
		for _, s := range h.Speakers {
			if same[s.Person()] {
				names = append(names, naming.Of(s)...)
			}
		}
		if len(names) == 0 {
			continue
		}
		c, err := f.store.Conversation(ctx, f.ws, h.ID)
		if err != nil {
			return nil, err
		}
		turns := map[headway.TextID]headway.TextVersion{}
		for _, t := range c.Turns {
			turns[t.Text.ID] = t.Text
		}
		for _, s := range mask.Suggest(&c) {
			words, err := turns[s.Span.Text].Cut(s.Span)
			if err != nil {
				return nil, err
			}
			if naming.StrikeOut(words.String(), names) != words.String() {
				places = append(places, ToMask{s.Span, s.What})
			}
		}
	}
	return places, nil
}

// samePerson gives all persons that members said are one with a person.
func (f *Flow) samePerson(ctx context.Context, person headway.PersonID) (map[headway.PersonID]bool, error) {
	into, err := f.store.Merges(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	is := person
	if main, merged := into[person]; merged {
		is = main
	}
	same := map[headway.PersonID]bool{is: true}
	for other, main := range into {
		if main == is {
			same[other] = true
		}
	}
	return same, nil
}

// LiftPerson shows again what a person is called. Where it was said stays masked:
// those masks are lifted one by one. Owners only. Conflict where it is not masked.
func (f *Flow) LiftPerson(ctx context.Context, person headway.PersonID) error {
	if err := f.mayOwn(ctx); err != nil {
		return err
	}
	same, err := f.samePerson(ctx, person)
	if err != nil {
		return err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	masked := map[headway.PersonID]int64{}
	for _, op := range ops {
		switch {
		case op.Person == "" || !same[op.Person]:
		case op.Deed == headway.DeedMask:
			masked[op.Person] = op.Seq
		case op.Deed == headway.DeedLift:
			delete(masked, op.Person)
		}
	}
	var back []headway.Operation
	for p, seq := range masked {
		back = append(back, headway.Operation{Deed: headway.DeedLift, Person: p, Undoes: seq})
	}
	if len(back) == 0 {
		return headway.Errorf(headway.Conflict, "what they are called is not masked")
	}
	slices.SortFunc(back, func(a, b headway.Operation) int { return int(a.Undoes - b.Undoes) })
	defer f.tellMore()
	return f.apply(ctx, back...)
}

// Called gives what a person is called behind a mask; only Name, Email and Key are
// set. Owners only, and it is written down that they looked.
func (f *Flow) Called(ctx context.Context, person headway.PersonID) ([]headway.Speaker, error) {
	if err := f.mayLook(ctx, "the name of person "+string(person)); err != nil {
		return nil, err
	}
	return f.behind(ctx, person)
}

// behind gives it without a word: what erasing needs to find.
func (f *Flow) behind(ctx context.Context, person headway.PersonID) ([]headway.Speaker, error) {
	same, err := f.samePerson(ctx, person)
	if err != nil {
		return nil, err
	}
	var people []headway.PersonID
	for p := range same {
		people = append(people, p)
	}
	return f.store.Behind(ctx, f.ws, people...)
}

// mayLook is Denied to whoever may not look behind masks. That somebody looked is
// written down, and that they tried to: nobody looks where it cannot be.
func (f *Flow) mayLook(ctx context.Context, at string) error {
	refused, act := f.mayOwn(ctx), access.Unmasked
	if refused != nil {
		act = access.UnmaskRefused
	}
	if f.audit != nil {
		if err := f.audit(ctx, act, at); err != nil {
			return err
		}
	}
	return refused
}

// settingMask is "yes" where whatever is suggested is masked as it comes in.
const settingMask = "mask at import"

// MasksAtImport says whether what is suggested is masked as it comes in.
func (f *Flow) MasksAtImport(ctx context.Context) (bool, error) {
	value, err := f.store.Setting(ctx, f.ws, settingMask)
	return value == "yes", err
}

// SetMaskAtImport lets what is suggested be masked as it comes in, or not. Owners
// only.
func (f *Flow) SetMaskAtImport(ctx context.Context, on bool) error {
	if err := f.mayOwn(ctx); err != nil {
		return err
	}
	value := "no"
	if on {
		value = "yes"
	}
	return f.store.PutSetting(ctx, f.ws, settingMask, value)
}

// maskNew masks what is suggested in conversations that came, but in those where a
// member masked or lifted anything: they decided there.
func (f *Flow) maskNew(ctx context.Context, ids []headway.ConversationID) error {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	decided := map[headway.ConversationID]bool{}
	for _, op := range ops {
		if op.Deed == headway.DeedMask || op.Deed == headway.DeedLift {
			decided[op.Conversation] = true
		}
	}
	for _, id := range ids {
		if decided[id] {
			continue
		}
		all, err := f.tellingOf(ctx, id)
		if headway.ErrorCode(err) == headway.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return err
		}
		if _, err := f.Mask(ctx, toMask(all)...); err != nil {
			return err
		}
	}
	return nil
}
