package flow

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"path"
	"sort"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// ManifestName is the file by which an export is recognised.
const ManifestName = "headway-export.json"

// manifest is what an export says of itself: the studies with what members wrote
// in them, the sources, and what operations name beside those. Conversations and
// operations lie beside it.
type manifest struct {
	Schema   string            `json:"schema"`
	Studies  []exported        `json:"studies"`
	Sources  []store.Source    `json:"sources"`
	Notes    []headway.Note    `json:"notes"`
	Accounts []headway.Account `json:"accounts"`
}

type exported struct {
	headway.Study
	Guesses   []headway.Guess    `json:"guesses"`
	Claims    []headway.Claim    `json:"claims"`
	Proposals []headway.Proposal `json:"proposals"` // jobs that were found, and stay what they were
}

const manifestSchema = "headway.export/1"

// Export writes the workspace's facts and operations through put: the manifest,
// conversations/ID.json, and operations.jsonl in order. Derived rows and source
// bytes are not in it (a backup holds both). Denied while a study is guessing,
// since an export shows evidence, and while a round is open, since it shows marks.
func (f *Flow) Export(ctx context.Context, put func(name string, data []byte) error) error {
	if err := f.noRound(ctx); err != nil {
		return err
	}
	m, err := f.manifest(ctx)
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := put(ManifestName, data); err != nil {
		return err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{})
	if err != nil {
		return err
	}
	for _, h := range heads {
		c, err := f.store.Conversation(ctx, f.ws, h.ID)
		if err != nil {
			return err
		}
		data, err := json.MarshalIndent(c, "", " ")
		if err != nil {
			return err
		}
		if err := put("conversations/"+string(h.ID)+".json", data); err != nil {
			return err
		}
	}
	return f.exportOperations(ctx, put)
}

func (f *Flow) manifest(ctx context.Context) (manifest, error) {
	m := manifest{Schema: manifestSchema}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return m, err
	}
	for _, s := range studies {
		if !s.Phase.Revealed() {
			return m, headway.Errorf(headway.Denied, "%q is still guessing, and an export shows evidence: seal its guesses or skip, or make a backup", s.Name)
		}
		e, err := f.exportStudy(ctx, s)
		if err != nil {
			return m, err
		}
		m.Studies = append(m.Studies, e)
	}
	if m.Notes, err = f.exportNotes(ctx); err != nil {
		return m, err
	}
	if m.Accounts, err = f.store.Accounts(ctx, f.ws); err != nil {
		return m, err
	}
	m.Sources, err = f.store.Sources(ctx, f.ws)
	return m, err
}

func (f *Flow) exportStudy(ctx context.Context, s headway.Study) (e exported, err error) {
	e.Study = s
	if e.Guesses, err = f.store.Guesses(ctx, f.ws, s.ID); err != nil {
		return e, err
	}
	if e.Claims, err = f.store.Claims(ctx, f.ws, s.ID); err != nil {
		return e, err
	}
	e.Proposals, err = f.store.Proposals(ctx, f.ws, s.ID)
	return e, err
}

// exportNotes gives the words of the notes that operations name, in order.
func (f *Flow) exportNotes(ctx context.Context) (notes []headway.Note, err error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	var ids []headway.NoteID
	for _, op := range ops {
		if op.Note != "" {
			ids = append(ids, op.Note)
		}
	}
	words, err := f.store.Notes(ctx, f.ws, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if n, here := words[id]; here {
			notes = append(notes, n)
			delete(words, id) // an operation that took it off names it again
		}
	}
	return notes, nil
}

func (f *Flow) exportOperations(ctx context.Context, put func(name string, data []byte) error) error {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, op := range ops {
		if err := encoder.Encode(op); err != nil {
			return err
		}
	}
	return put("operations.jsonl", lines.Bytes())
}

// Adopt takes an export into an empty workspace; the state is then what it was
// where the export was made. What broke off can be taken in again. Conflict where
// the workspace is not empty.
func (f *Flow) Adopt(ctx context.Context, from fs.FS) (conversations int, err error) {
	defer headway.Wrap(&err, "take the export in")
	if ops, _, err := f.operations(ctx); err != nil || len(ops) > 0 {
		if err == nil {
			err = headway.Errorf(headway.Conflict, "an export can only be taken into an empty store: name another with --data")
		}
		return 0, err
	}
	var m manifest
	if err := readJSON(from, ManifestName, &m); err != nil {
		return 0, err
	}
	if m.Schema != manifestSchema {
		return 0, headway.Errorf(headway.Invalid, "the export says %q, this program knows %q: use the program that wrote it", m.Schema, manifestSchema)
	}
	if err := f.adoptFacts(ctx, m); err != nil {
		return 0, err
	}
	if conversations, err = f.adoptConversations(ctx, from); err != nil {
		return conversations, err
	}
	return conversations, f.adoptOperations(ctx, from)
}

func (f *Flow) adoptFacts(ctx context.Context, m manifest) error {
	for _, s := range m.Studies {
		if err := f.adoptStudy(ctx, s); err != nil {
			return err
		}
	}
	for _, n := range m.Notes {
		if err := f.store.PutNote(ctx, f.ws, n); err != nil {
			return err
		}
	}
	for _, a := range m.Accounts {
		if err := f.store.PutAccount(ctx, f.ws, a); err != nil {
			return err
		}
	}
	for _, s := range m.Sources {
		if err := f.store.PutSource(ctx, f.ws, s); err != nil {
			return err
		}
	}
	return nil
}

func (f *Flow) adoptStudy(ctx context.Context, s exported) error {
	if err := f.store.PutStudy(ctx, f.ws, s.Study); err != nil {
		return err
	}
	if err := f.store.PutGuesses(ctx, f.ws, s.ID, s.Guesses); err != nil {
		return err
	}
	if err := f.store.PutClaims(ctx, f.ws, s.Claims...); err != nil {
		return err
	}
	were, err := f.store.Proposals(ctx, f.ws, s.ID) // of an export that broke off
	if err != nil {
		return err
	}
	return f.store.PutProposals(ctx, f.ws, s.ID, were, s.Proposals)
}

func (f *Flow) adoptConversations(ctx context.Context, from fs.FS) (n int, err error) {
	names, err := fs.Glob(from, "conversations/*.json")
	if err != nil {
		return 0, err
	}
	sort.Strings(names)
	var batch []headway.Conversation
	for i, name := range names {
		var c headway.Conversation
		if err := readJSON(from, name, &c); err != nil {
			return n, err
		}
		batch = append(batch, c)
		if len(batch) == 200 || i == len(names)-1 {
			if _, err := f.store.AddConversations(ctx, f.ws, batch); err != nil {
				return n, err
			}
			n += len(batch)
			batch = nil
		}
	}
	return n, nil
}

func (f *Flow) adoptOperations(ctx context.Context, from fs.FS) error {
	data, err := fs.ReadFile(from, "operations.jsonl")
	if err != nil {
		return err
	}
	var ops []headway.Operation
	decoder := json.NewDecoder(bytes.NewReader(data))
	for decoder.More() {
		var op headway.Operation
		if err := decoder.Decode(&op); err != nil {
			return headway.Errorf(headway.Invalid, "operations.jsonl breaks off after operation %d: %w", len(ops), err)
		}
		ops = append(ops, op)
	}
	return f.store.Replay(ctx, f.ws, ops)
}

func readJSON(from fs.FS, name string, into any) error {
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return headway.Errorf(headway.Invalid, "%s is not as an export writes it: %w", path.Base(name), err)
	}
	return nil
}
