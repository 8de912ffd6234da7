package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// PutTicket implements access.Tickets.
func (d *DB) PutTicket(ctx context.Context, ws headway.WorkspaceID, k access.Ticket) (err error) {
	defer d.done(&err, "keep a %s", k.Kind)
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO ticket (workspace_id, id, hash, kind, member, name, grants, about, made_us, until_us, seen_us, seen_from, ended_us)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			ws, k.ID, k.Hash, k.Kind, k.Member, k.Name, k.Grants, k.About, toMicros(k.Made), toMicros(k.Until), maybeMicros(k.Seen), k.From, maybeMicros(k.Ended))
	})
}

// tickets lists those that a condition on the table lets through, newest first.
func (t *tx) tickets(where string, params []any) (all []access.Ticket, err error) {
	query := `
		SELECT id, hash, kind, member, name, grants, about, made_us, until_us, seen_us, seen_from, ended_us
		FROM ticket WHERE workspace_id = $1 AND ` + where + ` ORDER BY made_us DESC, id`
	err = t.each(query, params, func(r *sql.Rows) error {
		var k access.Ticket
		var made, until int64
		var seen, ended sql.NullInt64
		err := r.Scan(&k.ID, &k.Hash, &k.Kind, &k.Member, &k.Name, &k.Grants, &k.About, &made, &until, &seen, &k.From, &ended)
		k.Made, k.Until, k.Seen, k.Ended = fromMicros(made), fromMicros(until), fromMaybeMicros(seen), fromMaybeMicros(ended)
		all = append(all, k)
		return err
	})
	return all, err
}

// ticketsThrough is a filter as a condition: an empty parameter does not narrow.
const ticketsThrough = `
	($2 = '' OR id = $2) AND ($3 = '' OR kind = $3) AND ($4 = '' OR member = $4) AND ($5 = '' OR id <> $5)`

func through(ws headway.WorkspaceID, f access.TicketFilter) []any {
	return args(ws, string(f.ID), string(f.Kind), string(f.Member), string(f.Except))
}

// Ticket implements access.Tickets.
func (d *DB) Ticket(ctx context.Context, ws headway.WorkspaceID, hash []byte) (k access.Ticket, err error) {
	defer d.done(&err, "look for a ticket")
	err = d.view(ctx, func(t *tx) error {
		found, err := t.tickets(`hash = $2`, args(ws, hash))
		if err == nil && len(found) == 0 {
			return headway.Errorf(headway.NotFound, "there is no such link or invitation: was it ended?")
		}
		if err == nil {
			k = found[0]
		}
		return err
	})
	return k, err
}

// Tickets implements access.Tickets.
func (d *DB) Tickets(ctx context.Context, ws headway.WorkspaceID, f access.TicketFilter) (all []access.Ticket, err error) {
	defer d.done(&err, "list what was handed out")
	where := ticketsThrough
	if f.Open {
		where += ` AND ended_us IS NULL`
	}
	err = d.view(ctx, func(t *tx) error {
		all, err = t.tickets(where, through(ws, f))
		return err
	})
	return all, err
}

// UseTicket implements access.Tickets.
func (d *DB) UseTicket(ctx context.Context, ws headway.WorkspaceID, id access.TicketID, at time.Time, from string) (err error) {
	defer d.done(&err, "note that a ticket was used")
	return d.update(ctx, func(t *tx) error {
		return t.do(`UPDATE ticket SET seen_us = $3, seen_from = $4 WHERE workspace_id = $1 AND id = $2`, ws, id, toMicros(at), from)
	})
}

// EndTickets implements access.Tickets.
func (d *DB) EndTickets(ctx context.Context, ws headway.WorkspaceID, f access.TicketFilter, at time.Time) (ended []access.Ticket, err error) {
	defer d.done(&err, "end what was handed out")
	err = d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		open := ticketsThrough + ` AND ended_us IS NULL`
		ended, err = t.tickets(open, through(ws, f))
		if err != nil || len(ended) == 0 {
			return err
		}
		return t.do(`UPDATE ticket SET ended_us = $6 WHERE workspace_id = $1 AND `+open, append(through(ws, f), toMicros(at))...)
	})
	for i := range ended {
		ended[i].Ended = fromMicros(toMicros(at))
	}
	return ended, err
}

// Tries implements access.Attempts.
func (d *DB) Tries(ctx context.Context, ws headway.WorkspaceID, subject string) (tries access.Tries, err error) {
	defer d.done(&err, "read earlier tries")
	err = d.view(ctx, func(t *tx) error {
		tries, err = t.tries(ws, subject)
		return err
	})
	return tries, err
}

func (t *tx) tries(ws headway.WorkspaceID, subject string) (tries access.Tries, err error) {
	var left, at int64
	found, err := t.one(`SELECT failed, left_us, at_us FROM attempt WHERE workspace_id = $1 AND subject = $2`, args(ws, subject), &tries.Failed, &left, &at)
	if found {
		tries.Left, tries.At = time.Duration(left)*time.Microsecond, fromMicros(at)
	}
	return tries, err
}

// ChangeTries implements access.Attempts.
func (d *DB) ChangeTries(ctx context.Context, ws headway.WorkspaceID, subject string, change func(access.Tries) (access.Tries, error)) (err error) {
	defer d.done(&err, "count tries")
	return d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		tries, err := t.tries(ws, subject)
		if err != nil {
			return err
		}
		if tries, err = change(tries); err != nil {
			return err
		}
		if tries == (access.Tries{}) {
			return t.do(`DELETE FROM attempt WHERE workspace_id = $1 AND subject = $2`, ws, subject)
		}
		return t.do(`
			INSERT INTO attempt (workspace_id, subject, failed, left_us, at_us) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (workspace_id, subject) DO UPDATE SET failed = excluded.failed, left_us = excluded.left_us, at_us = excluded.at_us`,
			ws, subject, tries.Failed, tries.Left.Microseconds(), toMicros(tries.At))
	})
}

// ForgetTries implements access.Attempts.
func (d *DB) ForgetTries(ctx context.Context, ws headway.WorkspaceID, before time.Time) (err error) {
	defer d.done(&err, "forget old tries")
	return d.update(ctx, func(t *tx) error {
		return t.do(`DELETE FROM attempt WHERE workspace_id = $1 AND at_us < $2`, ws, toMicros(before))
	})
}

// PutEntry implements access.Log.
func (d *DB) PutEntry(ctx context.Context, ws headway.WorkspaceID, e access.Entry, newest int) (err error) {
	defer d.done(&err, "log that somebody %s", e.Act)
	return d.update(ctx, func(t *tx) error {
		if _, err := t.lock(ws); err != nil {
			return err
		}
		err := t.do(`
			INSERT INTO audit (workspace_id, seq, at_us, member, act, about, words, came_from)
			SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5, $6, $7 FROM audit WHERE workspace_id = $1`,
			string(ws), toMicros(e.At), string(e.Member), string(e.Act), e.About, e.Words, e.From)
		if err != nil {
			return err
		}
		return t.do(`DELETE FROM audit WHERE workspace_id = $1 AND seq <= (SELECT MAX(seq) FROM audit WHERE workspace_id = $1) - $2`, ws, newest)
	})
}

// Entries implements access.Log.
func (d *DB) Entries(ctx context.Context, ws headway.WorkspaceID, before int64, limit int) (all []access.Entry, err error) {
	defer d.done(&err, "read the log")
	err = d.view(ctx, func(t *tx) error {
		return t.each(`
			SELECT seq, at_us, member, act, about, words, came_from FROM audit
			WHERE workspace_id = $1 AND ($2 = 0 OR seq < $2) ORDER BY seq DESC LIMIT $3`, args(ws, before, limit), func(r *sql.Rows) error {
			var e access.Entry
			var at int64
			err := r.Scan(&e.Seq, &at, &e.Member, &e.Act, &e.About, &e.Words, &e.From)
			e.At = fromMicros(at)
			all = append(all, e)
			return err
		})
	})
	return all, err
}
