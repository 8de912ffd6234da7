package access

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
)

// Keys lists a member's ways to sign in beside the password.
func (g *Gate) Keys(ctx context.Context, member headway.MemberID) ([]Proof, error) {
	all, err := g.keep.Proofs(ctx, g.ws, member)
	return slices.DeleteFunc(all, func(p Proof) bool { return p.Kind == PasswordProof }), err
}

// Key gives a way to sign in by its kind and id, or NotFound.
func (g *Gate) Key(ctx context.Context, kind ProofKind, id string) (Proof, error) {
	return g.keep.Proof(ctx, g.ws, kind, id)
}

// AddKey gives the acting member another way to sign in. Conflict where it is
// another member's.
func (g *Gate) AddKey(ctx context.Context, p Proof) error {
	p.Member, p.Made = acting(ctx), g.at()
	if p.Name = cut(plainName(p.Name), nameMost); p.Name == "" {
		p.Name = string(p.Kind)
	}
	if _, err := g.member(ctx, p.Member); err != nil {
		return err
	}
	if err := g.keep.PutProof(ctx, g.ws, p); err != nil {
		return err
	}
	return g.log(ctx, Entry{Act: ProofAdded, About: string(p.Kind), Words: p.Name})
}

// KeyUsed keeps what a way to sign in has become by being used.
func (g *Gate) KeyUsed(ctx context.Context, p Proof) error {
	p.Seen = g.at()
	return g.keep.PutProof(ctx, g.ws, p)
}

// DropKey forgets one of the acting member's own. The last way in stays: who
// would remove it means to leave.
func (g *Gate) DropKey(ctx context.Context, kind ProofKind, id string) error {
	member := acting(ctx)
	all, err := g.keep.Proofs(ctx, g.ws, member)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(p Proof) bool { return p.Kind == kind && p.ID == id && kind != PasswordProof })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "you have no such way to sign in")
	}
	if len(all) == 1 {
		return headway.Errorf(headway.Conflict, "this is your only way to sign in: set a password first")
	}
	if err := g.keep.DropProof(ctx, g.ws, member, kind, id); err != nil {
		return err
	}
	return g.log(ctx, Entry{Act: ProofRemoved, About: string(kind), Words: all[i].Name})
}
