package flow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
)

// Verified is what a verification found.
type Verified struct {
	Texts      int // text versions read again
	Spans      int // places cut again
	Lost       int // places in words that were erased since
	Mismatches int
	Wrong      []string // the first hundred, in words
}

func (v *Verified) mismatch(format string, args ...any) {
	v.Mismatches++
	if len(v.Wrong) < 100 {
		v.Wrong = append(v.Wrong, fmt.Sprintf(format, args...))
	}
}

// Verify reads every stored text again, compares it with the digest taken when
// it came, and cuts every place that anything derived or any member points to.
// What members said of conversations that were removed since points nowhere,
// and is no mismatch.
func (f *Flow) Verify(ctx context.Context, tell func(Verified)) (Verified, error) {
	var v Verified
	wrong, err := f.store.Check(ctx)
	if err != nil {
		return v, err
	}
	for _, w := range wrong {
		v.mismatch("%s", w)
	}
	lengths, erased := map[headway.TextID]int{}, map[headway.TextID]bool{}
	for text, err := range f.store.Texts(ctx, f.ws) {
		if err != nil {
			return v, err
		}
		v.Texts++
		if sum := sha256.Sum256([]byte(text.Text)); !bytes.Equal(sum[:], text.SHA256) {
			v.mismatch("the words of text %s are not those that were stored", text.ID)
		}
		lengths[text.ID] = len([]rune(text.Text))
		erased[text.ID] = text.Erased()
		if tell != nil && v.Texts%1000 == 0 {
			tell(v)
		}
	}
	cut := func(s headway.Span, by string) {
		if erased[s.Text] {
			v.Lost++
			return
		}
		v.Spans++
		length, there := lengths[s.Text]
		if !there || s.Start < 0 || s.End <= s.Start || s.End > length {
			v.mismatch("%s points to %#v, which is no place in a stored text", by, s)
		}
	}
	if err := f.verifyDerived(ctx, cut); err != nil {
		return v, err
	}
	if err := f.verifyGroups(ctx, &v, cut); err != nil {
		return v, err
	}
	if err := f.verifyOperations(ctx, lengths, cut); err != nil {
		return v, err
	}
	if err := f.verifyCorrections(ctx, &v); err != nil {
		return v, err
	}
	return v, f.verifySeals(ctx, &v)
}

func (f *Flow) verifyDerived(ctx context.Context, cut func(headway.Span, string)) error {
	versions, err := f.versions(ctx)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if err := f.verifyHeard(ctx, version, cut); err != nil {
			return err
		}
	}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		for row, err := range f.store.AllDerived(ctx, f.ws, stepLook(s.ID), lookVersion) {
			if err != nil {
				return err
			}
			var p mirror.Part
			if err := json.Unmarshal(row.Payload, &p); err != nil {
				return err
			}
			for _, span := range p.Spans() {
				cut(span, "the mirror of "+s.Name)
			}
		}
	}
	return nil
}

func (f *Flow) verifyHeard(ctx context.Context, version string, cut func(headway.Span, string)) error {
	for row, err := range f.store.AllDerived(ctx, f.ws, stepHeard(version), version) {
		if err != nil {
			return err
		}
		var h headway.Hearing
		if err := json.Unmarshal(row.Payload, &h); err != nil {
			return err
		}
		for _, s := range h.Sentences {
			cut(s.Span, "what was heard in "+row.Subject)
		}
	}
	return nil
}

// verifyGroups checks that every group hangs on a sentence that is there, and
// that its sentences are.
func (f *Flow) verifyGroups(ctx context.Context, v *Verified, cut func(headway.Span, string)) error {
	hung := map[headway.GroupID]bool{}
	for a, err := range f.store.Anchors(ctx, f.ws) {
		if err != nil {
			return err
		}
		cut(a.Span, "the anchor of a group")
		hung[a.Group] = true
	}
	return f.eachMember(ctx, func(m member) {
		cut(m.Span, "group "+string(m.Group))
		if !hung[m.Group] {
			v.mismatch("group %s, with %#v in it, hangs on nothing", m.Group, m.Span)
		}
	})
}

func (f *Flow) verifyOperations(ctx context.Context, lengths map[headway.TextID]int, cut func(headway.Span, string)) error {
	read := f.everyOperation
	if _, signedIn := headway.MemberFrom(ctx); signedIn {
		read = f.operations // how much there is to check would tell what others marked apart
	}
	ops, _, err := read(ctx)
	if err != nil {
		return err
	}
	removed := slices.ContainsFunc(ops, func(op headway.Operation) bool { return op.Deed == headway.DeedRemove })
	for _, op := range ops {
		for _, s := range []headway.Span{op.Span, op.Answer} {
			_, there := lengths[s.Text]
			if s != (headway.Span{}) && (there || !removed) {
				cut(s, fmt.Sprintf("operation %d", op.Seq))
			}
		}
	}
	return nil
}

// verifyCorrections checks that the words that each correction is said to have
// kept are the same on both sides, and that whatever a member said hangs on words
// that stand.
func (f *Flow) verifyCorrections(ctx context.Context, v *Verified) error {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	var corrected []headway.TextID
	erased := slices.ContainsFunc(ops, func(op headway.Operation) bool { return op.Deed == headway.DeedErase })
	for _, op := range ops {
		c := op.Correction
		if c == nil {
			continue
		}
		places, err := f.store.Places(ctx, f.ws, slices.Concat(c.From, c.To))
		if err != nil {
			return err
		}
		if len(places) < len(c.From)+len(c.To) {
			continue // the conversation was removed since
		}
		texts := map[headway.TextID]headway.TextVersion{}
		for id, place := range places {
			texts[id] = place.Text
		}
		if err := c.Check(texts); err != nil && !erased { // of whom was erased, the words are others now
			v.mismatch("the correction of operation %d does not hold: %v", op.Seq, err)
		}
		corrected = append(corrected, slices.Concat(c.From, c.To)...)
	}
	places, err := f.store.Places(ctx, f.ws, corrected)
	if err != nil {
		return err
	}
	for _, op := range deed.Hang(ops).Operations {
		if op.Deed == headway.DeedReview {
			continue // tells of words as they stood
		}
		for _, s := range append(op.Passage(), op.Answer) {
			if places[s.Text].Outdated {
				v.mismatch("operation %d hangs on %#v, which does not stand any more", op.Seq, s)
			}
		}
	}
	return nil
}

// verifySeals checks that no sealed guess was changed, dropped or reordered.
func (f *Flow) verifySeals(ctx context.Context, v *Verified) error {
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		guesses, err := f.store.Guesses(ctx, f.ws, s.ID)
		if err != nil {
			return err
		}
		sealed := guesses[:0:0]
		for _, g := range guesses {
			if g.Seal != "" {
				sealed = append(sealed, g)
			}
		}
		if !headway.SealsHold(sealed, "") {
			v.mismatch("the seal of %q does not match its guesses", s.Name)
		}
	}
	return nil
}
