package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/naming"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// formatRest marks a source that is what was left of a file when somebody in it was
// erased. Other bytes have another digest, so it is a source of its own; its name is
// the id of the file that its conversations came from.
const formatRest headway.Format = "rest"

// cameFrom gives the source that conversations of these bytes name.
func cameFrom(s store.Source) headway.SourceID {
	if s.Format == formatRest {
		return headway.SourceID(s.Name)
	}
	return s.ID
}

// keepRest keeps what is left of a source's bytes without whom was erased, where one
// record of it is one person's and it is certain which are whose. The bytes as they
// came are to be dropped then.
func (f *Flow) keepRest(ctx context.Context, s store.Source, touched map[headway.ConversationID]bool, gone map[headway.PersonID]bool) error {
	data, err := f.blobs.Get(ctx, s.ID)
	if err != nil || s.Format == formatRecording {
		if headway.ErrorCode(err) == headway.NotFound {
			return nil
		}
		return err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Source: cameFrom(s)})
	if err != nil {
		return err
	}
	read, names := map[headway.ConversationID]bool{}, []string(nil)
	rest, ok := source.Without(source.File{Name: s.Name, Data: data}, source.Options{}, func(c *headway.Conversation) bool {
		read[c.ID] = true
		for _, speaker := range c.Speakers {
			if gone[speaker.Person()] {
				names = append(names, slices.DeleteFunc(naming.Of(speaker), func(name string) bool { return !naming.IsFull(name) })...)
			}
		}
		return touched[c.ID] || isIn(c, gone)
	})
	readElse := slices.ContainsFunc(heads, func(h store.Head) bool { // columns were told when it came in
		before := slices.ContainsFunc(h.Speakers, func(s headway.Speaker) bool { return s.Name == headway.Erased })
		return !read[h.ID] && (touched[h.ID] || !before)
	})
	if !ok || readElse || naming.StrikeOut(string(rest), names) != string(rest) {
		return nil
	}
	left := store.Source{ID: blob.ID(rest), Name: string(cameFrom(s)), Format: formatRest, Size: int64(len(rest)), ImportedAt: s.ImportedAt}
	if err := f.blobs.Put(ctx, left.ID, rest); err != nil {
		return err
	}
	return f.store.PutSource(ctx, f.ws, left)
}

// tellRewritten counts the files of which others' records are kept.
func (f *Flow) tellRewritten(ctx context.Context, l *Loss) error {
	all, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return err
	}
	kept, err := f.blobs.List(ctx)
	for _, s := range l.Sources {
		if slices.ContainsFunc(all, func(rest store.Source) bool {
			return rest.Format == formatRest && cameFrom(rest) == s.ID && slices.Contains(kept, rest.ID)
		}) {
			l.Rewritten++
		}
	}
	return err
}
