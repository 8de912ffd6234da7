package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
)

// What somebody is called can be masked: "Customer 3" stands then in the columns
// that everything reads, and what it hides beside them, in columns that only
// Behind and Came give. Files and titles that hold the name go along. All of it is
// worked out from the operations and who is whom, so it comes out the same
// whichever was here first.

func (t *tx) checkMask(ws headway.WorkspaceID, op headway.Operation) error {
	switch {
	case op.Verdict != "" && op.Deed == headway.DeedMask && op.Correction == nil && op.Person == "":
		return t.checkVerdict(ws, op, []headway.Verdict{headway.Dismissed, headway.Undecided})
	case op.Person == "":
		return t.checkCorrect(ws, op)
	}
	if op.Correction != nil || op.Conversation != "" {
		return headway.Errorf(headway.Invalid, "mask either words of a conversation or what a person is called")
	}
	if err := t.checkPerson(ws, op.Person); err != nil {
		return err
	}
	standing, err := t.standIns(ws)
	if err != nil {
		return err
	}
	switch {
	case standing.of(op.Person) > 0 && op.Deed == headway.DeedMask:
		return headway.Errorf(headway.Conflict, "what they are called is masked already")
	case !standing.standing[op.Person] && op.Deed == headway.DeedLift:
		return headway.Errorf(headway.Conflict, "what they are called is not masked")
	}
	return nil
}

func (t *tx) settleMask(ws headway.WorkspaceID, op headway.Operation) error {
	switch {
	case op.Person != "":
		return t.veil(ws)
	case op.Correction == nil:
		return nil // a suggestion that was dismissed
	}
	return t.settleCorrect(ws, op)
}

// standIns are the numbers of those whose names are masked: the order in which
// they first were. A number is given once.
type standIns struct {
	number   map[headway.PersonID]int // of whom people are now
	standing map[headway.PersonID]bool
	into     map[headway.PersonID]headway.PersonID
}

// of gives a person's number, 0 where their name is not masked.
func (s standIns) of(p headway.PersonID) int { return s.number[now(s.into, p)] }

func (t *tx) standIns(ws headway.WorkspaceID) (s standIns, err error) {
	ops, err := t.operations(`SELECT body FROM operation WHERE workspace_id = $1 AND deed IN ($2, $3) ORDER BY seq`, ws, headway.DeedMask, headway.DeedLift)
	if err != nil {
		return s, err
	}
	numbers, standing := map[headway.PersonID]int{}, map[headway.PersonID]bool{}
	for _, op := range ops {
		if op.Person == "" {
			continue
		}
		if numbers[op.Person] == 0 {
			numbers[op.Person] = len(numbers) + 1
		}
		standing[op.Person] = op.Deed == headway.DeedMask
	}
	if len(numbers) == 0 {
		return s, nil
	}
	if s.into, err = t.merges(ws); err != nil {
		return s, err
	}
	gone, err := t.erased(ws)
	if err != nil {
		return s, err
	}
	s.number, s.standing = map[headway.PersonID]int{}, standing
	for p, n := range numbers {
		is := now(s.into, p)
		if standing[p] && !gone[p] && (s.number[is] == 0 || n < s.number[is]) {
			s.number[is] = n
		}
	}
	return s, nil
}

// veiled is a speaker with what a mask hides of them.
type veiled struct {
	position int
	person   headway.PersonID
	side     headway.Side
	shown    string
	name     headway.Speaker // as they are called
	behind   bool            // it is hidden now
	lost     bool            // it never came here: an export does not hold it
}

// veil brings what is shown of names in conversations up to the masks that stand;
// no conversations means all that it may concern.
func (t *tx) veil(ws headway.WorkspaceID, ids ...headway.ConversationID) error {
	s, err := t.standIns(ws)
	if err != nil || s.number == nil {
		return err
	}
	if ids == nil {
		if ids, err = t.veilable(ws, s); err != nil {
			return err
		}
	}
	sources := map[headway.SourceID]bool{}
	for _, id := range ids {
		source, err := t.veilOne(ws, id, s)
		if err != nil {
			return err
		}
		if source != "" {
			sources[source] = true
		}
	}
	for source := range sources {
		if err := t.veilSource(ws, source); err != nil {
			return err
		}
	}
	return nil
}

// veilable lists the conversations of whoever is or was masked.
func (t *tx) veilable(ws headway.WorkspaceID, s standIns) (ids []headway.ConversationID, err error) {
	var people []headway.PersonID
	for p := range s.number {
		people = append(people, p)
	}
	for p := range s.into {
		if s.of(p) > 0 {
			people = append(people, p)
		}
	}
	query := `
		SELECT DISTINCT conversation_id FROM speaker
		WHERE workspace_id = $1 AND (behind_name IS NOT NULL OR person IN (SELECT value FROM ` + t.listIn("$2") + `))
		ORDER BY conversation_id`
	return ids, t.each(query, args(ws, listOf(people)), scanInto(&ids))
}

// veilOne does so in one conversation, and gives its source where anything is
// shown otherwise now.
func (t *tx) veilOne(ws headway.WorkspaceID, id headway.ConversationID, s standIns) (changed headway.SourceID, err error) {
	speakers, err := t.veiled(ws, id)
	if err != nil {
		return "", err
	}
	differs := false
	for _, v := range speakers {
		instead := v.standIn(s.of(v.person))
		if v.lost || v.behind == (instead != "") && (instead == "" || v.shown == instead) {
			continue
		}
		differs = true
		if err := t.putVeiled(ws, id, v, instead); err != nil {
			return "", err
		}
	}
	if !differs {
		return "", nil
	}
	if err := t.veilTitles(ws, id); err != nil {
		return "", err
	}
	var was string
	const inputs = `SELECT source_id, inputs FROM conversation WHERE workspace_id = $1 AND id = $2`
	if _, err = t.one(inputs, args(ws, id), &changed, &was); err != nil {
		return "", err
	}
	if err := t.refreshInputs(ws, id); err != nil {
		return "", err
	}
	// Words and sides are what they were, so what was heard in them stands.
	return changed, t.do(`
		UPDATE derived SET inputs = (SELECT inputs FROM conversation WHERE workspace_id = $1 AND id = $2)
		WHERE workspace_id = $1 AND subject = $2 AND inputs = $3`, ws, id, was)
}

// standIn gives what stands for a name, "" where nothing does.
func (v veiled) standIn(number int) string {
	switch {
	case number == 0 || v.name.Name == "" && v.name.Email == "" && v.name.Key == "" || v.name.Name == headway.Erased:
		return ""
	case v.side == headway.Ours:
		return "Colleague " + strconv.Itoa(number)
	}
	return "Customer " + strconv.Itoa(number)
}

// veiled reads the speakers of a conversation with what masks hide of them.
func (t *tx) veiled(ws headway.WorkspaceID, id headway.ConversationID) (all []veiled, err error) {
	err = t.each(`
		SELECT position, person, side, name, COALESCE(behind_name, name), COALESCE(behind_email, email), COALESCE(behind_key, customer_key), behind_name IS NOT NULL
		FROM speaker WHERE workspace_id = $1 AND conversation_id = $2 ORDER BY position`, args(ws, id), func(r *sql.Rows) error {
		var v veiled
		err := r.Scan(&v.position, &v.person, &v.side, &v.shown, &v.name.Name, &v.name.Email, &v.name.Key, &v.behind)
		v.lost = v.behind && v.name.Name == "" && v.name.Email == "" && v.name.Key == ""
		all = append(all, v)
		return err
	})
	return all, err
}

func (t *tx) putVeiled(ws headway.WorkspaceID, id headway.ConversationID, v veiled, instead string) error {
	if instead == "" {
		return t.do(`
			UPDATE speaker SET name = $4, email = $5, customer_key = $6, behind_name = NULL, behind_email = NULL, behind_key = NULL
			WHERE workspace_id = $1 AND conversation_id = $2 AND position = $3`, ws, id, v.position, v.name.Name, v.name.Email, v.name.Key)
	}
	return t.do(`
		UPDATE speaker SET name = $4, email = '', customer_key = '', behind_name = $5, behind_email = $6, behind_key = $7
		WHERE workspace_id = $1 AND conversation_id = $2 AND position = $3`, ws, id, v.position, instead, v.name.Name, v.name.Email, v.name.Key)
}

// veilTitles puts stand-ins where a conversation's file, title and findings hold
// names that are masked in it.
func (t *tx) veilTitles(ws headway.WorkspaceID, id headway.ConversationID) error {
	speakers, err := t.veiled(ws, id)
	if err != nil {
		return err
	}
	var file, title, findings string
	_, err = t.one(`
		SELECT COALESCE(behind_file, file), COALESCE(behind_title, title), COALESCE(behind_findings, findings)
		FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, id), &file, &title, &findings)
	if err != nil {
		return err
	}
	if len(masks(speakers)) == 0 {
		return t.do(`
			UPDATE conversation SET file = $3, title = $4, findings = $5, behind_file = NULL, behind_title = NULL, behind_findings = NULL
			WHERE workspace_id = $1 AND id = $2`, ws, id, file, title, findings)
	}
	over := masks(speakers)
	return t.do(`
		UPDATE conversation SET file = $3, title = $4, findings = $5, behind_file = $6, behind_title = $7, behind_findings = $8
		WHERE workspace_id = $1 AND id = $2`, ws, id, over.in(file), over.in(title), over.in(findings), file, title, findings)
}

// veilSource does so for a file that conversations came in.
func (t *tx) veilSource(ws headway.WorkspaceID, id headway.SourceID) error {
	if s, err := t.standIns(ws); err != nil || s.number == nil {
		return err
	}
	var name, findings string
	found, err := t.one(`SELECT COALESCE(behind_name, name), COALESCE(behind_findings, findings) FROM source WHERE workspace_id = $1 AND id = $2`, args(ws, id), &name, &findings)
	if err != nil || !found {
		return err
	}
	var all []veiled
	err = t.each(`
		SELECT s.name, s.behind_name, s.behind_email, s.behind_key FROM speaker s
		JOIN conversation c ON c.workspace_id = s.workspace_id AND c.id = s.conversation_id
		WHERE c.workspace_id = $1 AND c.source_id = $2 AND s.behind_name IS NOT NULL ORDER BY c.n, s.position`, args(ws, id), func(r *sql.Rows) error {
		v := veiled{behind: true}
		err := r.Scan(&v.shown, &v.name.Name, &v.name.Email, &v.name.Key)
		all = append(all, v)
		return err
	})
	if err != nil {
		return err
	}
	over := masks(all)
	if len(over) == 0 {
		return t.do(`UPDATE source SET name = $3, findings = $4, behind_name = NULL, behind_findings = NULL WHERE workspace_id = $1 AND id = $2`, ws, id, name, findings)
	}
	return t.do(`UPDATE source SET name = $3, findings = $4, behind_name = $5, behind_findings = $6 WHERE workspace_id = $1 AND id = $2`,
		ws, id, over.in(name), over.in(findings), name, findings)
}

// over is what stands in the place of names, the longest names first.
type over []struct{ name, instead string }

func masks(speakers []veiled) (all over) {
	for _, v := range speakers {
		if !v.behind {
			continue
		}
		names := naming.Of(v.name)
		if joined := strings.Join(strings.Fields(v.name.Name), ""); joined != v.name.Name {
			names = append(names, joined)
		}
		for _, name := range names {
			all = append(all, struct{ name, instead string }{name, v.shown})
		}
	}
	slices.SortStableFunc(all, func(a, b struct{ name, instead string }) int { return len(b.name) - len(a.name) })
	return all
}

// in gives text with the stand-ins, a name of several words once.
func (o over) in(text string) string {
	for _, m := range o {
		struck := naming.StrikeOut(text, []string{m.name})
		if struck == text {
			continue
		}
		text = withBlocks(text, struck, m.instead)
		for _, between := range []string{" ", "_", "-", "."} { // first name and last name
			text = strings.ReplaceAll(text, m.instead+between+m.instead, m.instead)
		}
	}
	return text
}

// withBlocks puts words where a text was struck out.
func withBlocks(was, struck, instead string) string {
	var out strings.Builder
	old, in := []rune(was), false
	for i, r := range []rune(struck) {
		if r == old[i] {
			out.WriteRune(r)
			in = false
			continue
		}
		if !in {
			out.WriteString(instead)
		}
		in = true
	}
	return out.String()
}

// unveil gives a conversation that was just read the names that masks hide.
func (t *tx) unveil(ws headway.WorkspaceID, c *headway.Conversation) error {
	speakers, err := t.veiled(ws, c.ID)
	if err != nil {
		return err
	}
	for i, v := range speakers {
		if v.behind && !v.lost && i < len(c.Speakers) {
			s := &c.Speakers[i]
			s.Name, s.Email, s.Key, s.Masked = v.name.Name, v.name.Email, v.name.Key, ""
		}
	}
	_, err = t.one(`SELECT COALESCE(behind_file, file), COALESCE(behind_title, title) FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, c.ID), &c.File, &c.Title)
	return err
}

// Behind implements store.Erasures.
func (d *DB) Behind(ctx context.Context, ws headway.WorkspaceID, people ...headway.PersonID) (all []headway.Speaker, err error) {
	defer d.done(&err, "read what masks hide")
	err = d.view(ctx, func(t *tx) error {
		query := `
			SELECT DISTINCT behind_name, behind_email, behind_key FROM speaker
			WHERE workspace_id = $1 AND behind_name IS NOT NULL AND person IN (SELECT value FROM ` + t.listIn("$2") + `)
			ORDER BY behind_name, behind_email, behind_key`
		return t.each(query, args(ws, listOf(people)), func(r *sql.Rows) error {
			var s headway.Speaker
			err := r.Scan(&s.Name, &s.Email, &s.Key)
			all = append(all, s)
			return err
		})
	})
	return all, err
}

// PutSetting implements store.Settings.
func (d *DB) PutSetting(ctx context.Context, ws headway.WorkspaceID, name, value string) (err error) {
	defer d.done(&err, "set %s", name)
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO setting (workspace_id, name, value) VALUES ($1, $2, $3)
			ON CONFLICT (workspace_id, name) DO UPDATE SET value = excluded.value`, ws, name, value)
	})
}

// Setting implements store.Settings.
func (d *DB) Setting(ctx context.Context, ws headway.WorkspaceID, name string) (value string, err error) {
	defer d.done(&err, "read what %s is set to", name)
	err = d.view(ctx, func(t *tx) error {
		_, err := t.one(`SELECT value FROM setting WHERE workspace_id = $1 AND name = $2`, args(ws, name), &value)
		return err
	})
	return value, err
}
