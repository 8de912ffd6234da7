package sqlstore

import (
	"context"
	"database/sql"

	"github.com/headway-oss/headway"
)

// PutStudy implements store.Studies.
func (d *DB) PutStudy(ctx context.Context, ws headway.WorkspaceID, s headway.Study) (err error) {
	defer d.done(&err, "keep study %s", s.Name)
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO study (workspace_id, id, name, about, phase, sample, opened_us)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (workspace_id, id) DO UPDATE SET
				name = excluded.name, about = excluded.about, sample = excluded.sample, opened_us = excluded.opened_us`,
			ws, s.ID, s.Name, s.About, headway.Guessing, s.Sample, toMicros(s.Opened))
	})
}

// Study implements store.Studies.
func (d *DB) Study(ctx context.Context, ws headway.WorkspaceID, id headway.StudyID) (s headway.Study, err error) {
	defer d.done(&err, "read study %s", id)
	err = d.view(ctx, func(t *tx) error {
		s, err = t.study(ws, id)
		return err
	})
	return s, err
}

// Studies implements store.Studies.
func (d *DB) Studies(ctx context.Context, ws headway.WorkspaceID) (all []headway.Study, err error) {
	defer d.done(&err, "list studies")
	err = d.view(ctx, func(t *tx) error {
		all, err = t.studies(`WHERE workspace_id = $1 ORDER BY opened_us, id`, ws)
		return err
	})
	return all, err
}

func (t *tx) study(ws headway.WorkspaceID, id headway.StudyID) (headway.Study, error) {
	found, err := t.studies(`WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err == nil && len(found) == 0 {
		err = headway.Errorf(headway.NotFound, "there is no study %s", id)
	}
	if err != nil {
		return headway.Study{}, err
	}
	return found[0], nil
}

func (t *tx) studies(where string, params ...any) (found []headway.Study, err error) {
	query := `SELECT id, name, about, phase, sample, opened_us FROM study ` + where
	err = t.each(query, params, func(r *sql.Rows) error {
		var s headway.Study
		var opened int64
		err := r.Scan(&s.ID, &s.Name, &s.About, &s.Phase, &s.Sample, &opened)
		s.Opened = fromMicros(opened)
		found = append(found, s)
		return err
	})
	return found, err
}

// PutGuesses implements store.Studies.
func (d *DB) PutGuesses(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID, guesses []headway.Guess) (err error) {
	defer d.done(&err, "keep the guesses of study %s", study)
	return d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		s, err := t.study(ws, study)
		if err != nil {
			return err
		}
		kept, err := t.guesses(ws, study)
		if err != nil {
			return err
		}
		late := map[headway.GuessID]bool{} // that are known already, and whether late
		sealed := map[headway.GuessID]bool{}
		for _, g := range kept {
			late[g.ID] = g.Late
			sealed[g.ID] = g.Seal != ""
		}
		if err := t.do(`DELETE FROM guess WHERE workspace_id = $1 AND study_id = $2 AND seal = ''`, ws, study); err != nil {
			return err
		}
		for i, g := range guesses {
			if g.Study != study {
				return headway.Errorf(headway.Invalid, "guess %s is of study %s", g.ID, g.Study)
			}
			if sealed[g.ID] {
				continue
			}
			if was, known := late[g.ID]; known {
				g.Late = g.Late || was
			} else {
				g.Late = g.Late || s.Phase.Revealed()
			}
			if err := t.putGuess(ws, len(kept)+i, g); err != nil {
				return err
			}
		}
		return nil
	})
}

// putGuess inserts an open guess.
func (t *tx) putGuess(ws headway.WorkspaceID, position int, g headway.Guess) error {
	return t.do(`
		INSERT INTO guess (workspace_id, study_id, id, position, slot, words, author, member, at_us, late, seal)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')`,
		ws, g.Study, g.ID, position, g.Slot, g.Text, g.Author, g.Member, maybeMicros(g.At), g.Late)
}

// Guesses implements store.Studies.
func (d *DB) Guesses(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) (all []headway.Guess, err error) {
	defer d.done(&err, "list the guesses of study %s", study)
	err = d.view(ctx, func(t *tx) error {
		all, err = t.guesses(ws, study)
		return err
	})
	return all, err
}

func (t *tx) guesses(ws headway.WorkspaceID, study headway.StudyID) (all []headway.Guess, err error) {
	const query = `
		SELECT id, study_id, slot, words, author, member, at_us, late, seal FROM guess
		WHERE workspace_id = $1 AND study_id = $2
		ORDER BY CASE WHEN seal = '' THEN 1 ELSE 0 END, position, id`
	err = t.each(query, args(ws, study), func(r *sql.Rows) error {
		var g headway.Guess
		var at sql.NullInt64
		err := r.Scan(&g.ID, &g.Study, &g.Slot, &g.Text, &g.Author, &g.Member, &at, &g.Late, &g.Seal)
		g.At = fromMaybeMicros(at)
		all = append(all, g)
		return err
	})
	return all, err
}

// seal closes the guesses that op names, after those sealed before, and checks
// that the seal is the one the member saw.
func (t *tx) seal(ws headway.WorkspaceID, op headway.Operation) error {
	all, err := t.guesses(ws, op.Study)
	if err != nil {
		return err
	}
	open := map[headway.GuessID]headway.Guess{}
	previous, sealed := "", 0
	for _, g := range all {
		if g.Seal == "" {
			open[g.ID] = g
			continue
		}
		previous, sealed = g.Seal, sealed+1
	}
	var closing []headway.Guess
	for _, id := range op.Guesses {
		g, ok := open[id]
		if !ok {
			return headway.Errorf(headway.Conflict, "guess %s is sealed already or no longer there: look at the guesses again", id)
		}
		delete(open, id)
		closing = append(closing, g)
	}
	if headway.SealAll(closing, previous) != op.Seal {
		return headway.Errorf(headway.Conflict, "the guesses are not those that were to be sealed: look at them again and seal anew")
	}
	for i, g := range closing {
		err := t.do(`UPDATE guess SET seal = $4, position = $5 WHERE workspace_id = $1 AND study_id = $2 AND id = $3`,
			ws, op.Study, g.ID, g.Seal, sealed+i)
		if err != nil {
			return err
		}
	}
	return nil
}
