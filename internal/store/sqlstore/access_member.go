package sqlstore

import (
	"context"
	"database/sql"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// PutMember implements access.Members.
func (d *DB) PutMember(ctx context.Context, ws headway.WorkspaceID, m access.Member) (err error) {
	defer d.done(&err, "keep member %s", m.Name)
	return d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		owned, err := t.owners(ws)
		if err != nil {
			return err
		}
		if err := t.putMember(ws, m); err != nil {
			return err
		}
		left, err := t.owners(ws)
		if err == nil && owned > 0 && left == 0 {
			return headway.Errorf(headway.Conflict, "%s is the only owner: make somebody else one first", m.Name)
		}
		return err
	})
}

// owners counts the owners who are here.
func (t *tx) owners(ws headway.WorkspaceID) (n int, err error) {
	_, err = t.one(`SELECT COUNT(*) FROM member WHERE workspace_id = $1 AND access = $2 AND left_us IS NULL`, args(ws, headway.Owner), &n)
	return n, err
}

func (t *tx) putMember(ws headway.WorkspaceID, m access.Member) error {
	return t.do(`
		INSERT INTO member (workspace_id, id, name, access, since_us, left_us) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, id) DO UPDATE
		SET name = excluded.name, access = excluded.access, since_us = excluded.since_us, left_us = excluded.left_us`,
		ws, m.ID, m.Name, m.Access, toMicros(m.Since), maybeMicros(m.Left))
}

// Members implements access.Members.
func (d *DB) Members(ctx context.Context, ws headway.WorkspaceID) (all []access.Member, err error) {
	defer d.done(&err, "list the members")
	err = d.view(ctx, func(t *tx) error {
		return t.each(`SELECT id, name, access, since_us, left_us FROM member WHERE workspace_id = $1 ORDER BY since_us, id`, args(ws), func(r *sql.Rows) error {
			var m access.Member
			var since int64
			var left sql.NullInt64
			err := r.Scan(&m.ID, &m.Name, &m.Access, &since, &left)
			m.Since, m.Left = fromMicros(since), fromMaybeMicros(left)
			all = append(all, m)
			return err
		})
	})
	return all, err
}

// Join implements access.Members.
func (d *DB) Join(ctx context.Context, ws headway.WorkspaceID, invitation access.TicketID, m access.Member, proofs ...access.Proof) (err error) {
	defer d.done(&err, "let %s join", m.Name)
	return d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		ended, err := t.exec(`
			UPDATE ticket SET ended_us = $3
			WHERE workspace_id = $1 AND id = $2 AND kind = 'invitation' AND ended_us IS NULL`, ws, invitation, toMicros(m.Since))
		if err == nil && ended == 0 {
			err = headway.Errorf(headway.Conflict, "the invitation was used or ended meanwhile")
		}
		if err != nil {
			return err
		}
		var there int
		if _, err := t.one(`SELECT COUNT(*) FROM member WHERE workspace_id = $1 AND id = $2 AND left_us IS NULL`, args(ws, m.ID), &there); err != nil {
			return err
		}
		if there > 0 {
			return headway.Errorf(headway.Conflict, "somebody called %s is a member already", m.Name)
		}
		if err := t.putMember(ws, m); err != nil {
			return err
		}
		for _, p := range proofs {
			if err := t.putProof(ws, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// PutProof implements access.Proofs.
func (d *DB) PutProof(ctx context.Context, ws headway.WorkspaceID, p access.Proof) (err error) {
	defer d.done(&err, "keep a %s", p.Kind)
	return d.update(ctx, func(t *tx) error { return t.putProof(ws, p) })
}

func (t *tx) putProof(ws headway.WorkspaceID, p access.Proof) error {
	put, err := t.exec(`
		INSERT INTO proof (workspace_id, kind, id, member, name, data, made_us, seen_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, kind, id) DO UPDATE
		SET name = excluded.name, data = excluded.data, made_us = excluded.made_us, seen_us = excluded.seen_us
		WHERE proof.member = excluded.member`,
		ws, p.Kind, p.ID, p.Member, p.Name, append([]byte{}, p.Data...), toMicros(p.Made), maybeMicros(p.Seen))
	if err == nil && put == 0 {
		return headway.Errorf(headway.Conflict, "this %s is another member's", p.Kind)
	}
	return err
}

const proofColumns = `SELECT kind, id, member, name, data, made_us, seen_us FROM proof WHERE workspace_id = $1 `

func (t *tx) proofs(where string, params []any) (all []access.Proof, err error) {
	err = t.each(proofColumns+where, params, func(r *sql.Rows) error {
		var p access.Proof
		var made int64
		var seen sql.NullInt64
		err := r.Scan(&p.Kind, &p.ID, &p.Member, &p.Name, &p.Data, &made, &seen)
		p.Made, p.Seen = fromMicros(made), fromMaybeMicros(seen)
		all = append(all, p)
		return err
	})
	return all, err
}

// Proof implements access.Proofs.
func (d *DB) Proof(ctx context.Context, ws headway.WorkspaceID, kind access.ProofKind, id string) (p access.Proof, err error) {
	defer d.done(&err, "read a %s", kind)
	err = d.view(ctx, func(t *tx) error {
		found, err := t.proofs(`AND kind = $2 AND id = $3`, args(ws, kind, id))
		if err == nil && len(found) == 0 {
			return headway.Errorf(headway.NotFound, "there is no such %s", kind)
		}
		if err == nil {
			p = found[0]
		}
		return err
	})
	return p, err
}

// Proofs implements access.Proofs.
func (d *DB) Proofs(ctx context.Context, ws headway.WorkspaceID, member headway.MemberID) (all []access.Proof, err error) {
	defer d.done(&err, "list what a member signs in with")
	err = d.view(ctx, func(t *tx) error {
		all, err = t.proofs(`AND member = $2 ORDER BY made_us, kind, id`, args(ws, member))
		return err
	})
	return all, err
}

// DropProof implements access.Proofs.
func (d *DB) DropProof(ctx context.Context, ws headway.WorkspaceID, member headway.MemberID, kind access.ProofKind, id string) (err error) {
	defer d.done(&err, "forget what a member signs in with")
	return d.update(ctx, func(t *tx) error {
		if kind == "" {
			return t.do(`DELETE FROM proof WHERE workspace_id = $1 AND member = $2`, ws, member)
		}
		return t.do(`DELETE FROM proof WHERE workspace_id = $1 AND member = $2 AND kind = $3 AND id = $4`, ws, member, kind, id)
	})
}
