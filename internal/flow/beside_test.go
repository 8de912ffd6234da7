package flow

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/memblob"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/pgtest"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// watched calls before each time conversations are about to be added.
type watched struct {
	store.Store
	before func()
}

func (w watched) AddConversations(ctx context.Context, ws headway.WorkspaceID, cs []headway.Conversation) (int, error) {
	w.before()
	return w.Store.AddConversations(ctx, ws, cs)
}

// besides opens one new store twice, as two programs do.
func besides(t *testing.T, open func() (*sqlstore.DB, error)) (here, there store.Store) {
	t.Helper()
	var both [2]store.Store
	for i := range both {
		db := must(open())(t)
		t.Cleanup(func() { db.Close() })
		both[i] = db
	}
	return both[0], both[1]
}

func TestWhatAnotherProgramDoesIsOnTheNextPage(t *testing.T) {
	for engine, fresh := range map[string]func(*testing.T) func() (*sqlstore.DB, error){
		"sqlite": func(t *testing.T) func() (*sqlstore.DB, error) {
			name := filepath.Join(t.TempDir(), "headway.db")
			return func() (*sqlstore.DB, error) { return sqlstore.OpenSQLite(t.Context(), name) }
		},
		"postgres": func(t *testing.T) func() (*sqlstore.DB, error) {
			dsn := pgtest.Fresh(t)
			return func() (*sqlstore.DB, error) { return sqlstore.OpenPostgres(t.Context(), dsn) }
		},
	} {
		t.Run(engine, func(t *testing.T) {
			here, there := besides(t, fresh(t))
			pages := New(Config{Store: here, Blobs: new(memblob.Memory), Workspace: store.Home})
			s := studyWith(t, pages, "The count takes minutes instead of hours")
			seen := func(n int) mirror.Mirror {
				t.Helper()
				m, _, err := pages.Mirror(t.Context(), s.ID, mirror.Choices{PerSlot: 1})
				if err != nil || m.N != n {
					t.Fatalf("the page shows n = %d, want %d (%v)", m.N, n, err)
				}
				return m
			}

			// A page is shown at the worst moment: the study is told of what is yet to come.
			came := 0
			other := New(Config{Store: watched{there, func() { seen(came) }}, Blobs: new(memblob.Memory), Workspace: store.Home})
			for ; came < 3; came++ {
				must(other.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(came)}), source.Options{}, nil))(t)
			}
			m := seen(3)

			held := m.YouSaid[0]
			if err := other.Judge(t.Context(), s.ID, held.Guess.ID, held.Nearest[0].Span, headway.Supports); err != nil {
				t.Fatal(err)
			}
			if m = seen(3); m.YouSaid[0].Confirmed != 1 {
				t.Errorf("a judgement made elsewhere: confirmed %d, want 1", m.YouSaid[0].Confirmed)
			}
			head := must(other.Conversations(t.Context(), s.ID))(t)[0]
			for _, speaker := range head.Speakers {
				if err := other.Place(t.Context(), head.ID, speaker.ID, headway.Ours); err != nil {
					t.Fatal(err)
				}
			}
			m = seen(2)
			if err := other.remove(t.Context(), store.ConversationFilter{Source: invented(1).ID()}); err != nil {
				t.Fatal(err)
			}
			m = seen(1)
			again, _, err := other.Mirror(t.Context(), s.ID, mirror.Choices{PerSlot: 1})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(again, m); diff != "" {
				t.Errorf("the two programs show different mirrors (-other +pages):\n%s", diff)
			}
		})
	}
}
