package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// AddTo puts conversations that are here into a study, and says how many were not
// in it. Into one that is guessing they are hidden, but for studies that show
// them already, until it is sealed or skipped. NotFound where one is not here.
func (f *Flow) AddTo(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (added int, err error) {
	if _, err := f.store.Study(ctx, f.ws, study); err != nil {
		return 0, err
	}
	if err := f.allHere(ctx, ids); err != nil {
		return 0, err
	}
	in, err := f.among(ctx, study, ids)
	if err != nil {
		return 0, err
	}
	missing := slices.DeleteFunc(once(ids), func(id headway.ConversationID) bool { return in[id] })
	if len(missing) == 0 {
		return 0, nil
	}
	defer f.tellMore()
	return len(missing), f.apply(ctx, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: missing})
}

// LeaveOut takes conversations out of a study, and says how many were in it. They
// stay here, and in other studies; AddTo puts them back.
func (f *Flow) LeaveOut(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (left int, err error) {
	if _, err := f.store.Study(ctx, f.ws, study); err != nil {
		return 0, err
	}
	in, err := f.among(ctx, study, ids)
	if err != nil {
		return 0, err
	}
	there := slices.DeleteFunc(once(ids), func(id headway.ConversationID) bool { return !in[id] })
	if len(there) == 0 {
		return 0, nil
	}
	return len(there), f.apply(ctx, headway.Operation{Deed: headway.DeedLeave, Study: study, Conversations: there})
}

// StudyOf opens a study of conversations that are here. It guesses first, so they
// are hidden as AddTo says.
func (f *Flow) StudyOf(ctx context.Context, name string, about headway.About, ids []headway.ConversationID) (headway.Study, error) {
	if err := f.allHere(ctx, ids); err != nil {
		return headway.Study{}, err
	}
	s, err := f.OpenStudy(ctx, name, about)
	if err != nil {
		return s, err
	}
	_, err = f.AddTo(ctx, s.ID, ids)
	return s, err
}

// Chosen lists conversations wherever they are, without their words. NotFound
// where one is not here.
func (f *Flow) Chosen(ctx context.Context, ids []headway.ConversationID) ([]Head, error) {
	if err := f.allHere(ctx, ids); err != nil {
		return nil, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: ids})
	list := make([]Head, 0, len(heads))
	for _, h := range heads {
		list = append(list, headOf(h))
	}
	return list, err
}

// allHere refuses conversations of which one is not here, and none at all.
func (f *Flow) allHere(ctx context.Context, ids []headway.ConversationID) error {
	if len(ids) == 0 {
		return headway.Errorf(headway.Invalid, "choose at least one conversation")
	}
	here, err := f.among(ctx, "", ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !here[id] {
			return headway.Errorf(headway.NotFound, "there is no conversation %s", id)
		}
	}
	return nil
}

// among gives those of some conversations that a study holds; that are here, for "".
func (f *Flow) among(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (map[headway.ConversationID]bool, error) {
	in := map[headway.ConversationID]bool{}
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study, IDs: append([]headway.ConversationID{}, ids...)})
	for _, h := range heads {
		in[h.ID] = true
	}
	return in, err
}

// once gives each of some conversations once, in order.
func once(ids []headway.ConversationID) (unique []headway.ConversationID) {
	seen := map[headway.ConversationID]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			unique = append(unique, id)
		}
	}
	return unique
}
