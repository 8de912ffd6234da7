package sqlstore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// talk is a conversation of so many turns.
func talk(key string, turns int) headway.Conversation {
	d := headway.NewDraft("engine", key)
	for i := range turns {
		d.Say("Olga", fmt.Sprintf("We counted box %d by hand, and then we counted it again.", i))
	}
	c := d.Conversation()
	c.File = key
	return *c
}

func unavailableSaying(t *testing.T, err error, what string) {
	t.Helper()
	if headway.ErrorCode(err) != headway.Unavailable || !strings.Contains(err.Error(), what) {
		t.Errorf("got %v (%s), want unavailable: ... %s", err, headway.ErrorCode(err), what)
	}
}

func TestADiskThatFillsUpLeavesNothingHalfWritten(t *testing.T) {
	d := sqliteEngine.open(t)
	if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("before", 10)}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.write.Exec(`PRAGMA max_page_count = 100`); err != nil {
		t.Fatal(err)
	}
	_, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("much", 10_000)})
	unavailableSaying(t, err, "free some space and try again")
	heads, _, err := d.Conversations(ctx, store.Home, store.ConversationFilter{}, store.Page{})
	if err != nil || len(heads) != 1 {
		t.Errorf("afterwards there are %d conversations (%v)", len(heads), err)
	}
	if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("afterwards the file is not sound: %q (%v)", wrong, err)
	}
	if _, err := d.write.Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if added, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("before", 10), talk("much", 10_000)}); err != nil || added != 1 {
		t.Errorf("with space again, added %d (%v)", added, err)
	}
}

func TestAFileThatAnotherProgramHoldsIsReadAndNotWaitedForForEver(t *testing.T) {
	name := sqliteEngine.fresh(t)
	holder := sqliteEngine.mustReopen(t, name)
	if _, err := holder.AddConversations(ctx, store.Home, []headway.Conversation{talk("before", 10)}); err != nil {
		t.Fatal(err)
	}
	other, err := openSQLite(ctx, name, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	err = holder.update(ctx, func(*tx) error {
		heads, _, err := other.Conversations(ctx, store.Home, store.ConversationFilter{}, store.Page{})
		if err != nil || len(heads) != 1 {
			t.Errorf("reading meanwhile gave %d conversations (%v)", len(heads), err)
		}
		_, err = other.AddConversations(ctx, store.Home, []headway.Conversation{talk("meanwhile", 1)})
		unavailableSaying(t, err, "another program is using the database")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if added, err := other.AddConversations(ctx, store.Home, []headway.Conversation{talk("after", 1)}); err != nil || added != 1 {
		t.Errorf("once it is let go, added %d (%v)", added, err)
	}
}

func TestAFolderThatIsNotThereSaysSo(t *testing.T) {
	_, err := OpenSQLite(ctx, filepath.Join(t.TempDir(), "nowhere", "headway.db"))
	unavailableSaying(t, err, "see that its folder exists")
}

func TestOddNamesOfFilesWork(t *testing.T) {
	name := filepath.Join(t.TempDir(), "our customers? 100% & #1 ü.db")
	sqliteEngine.mustReopen(t, name)
	if _, err := os.Stat(name); err != nil {
		t.Error(err)
	}
}

func TestABackupIsTheWholeStore(t *testing.T) {
	d := sqliteEngine.open(t)
	if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("olga", 10)}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := d.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(ctx, path); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("a second backup to the same file gives %v", err)
	}
	restored := sqliteEngine.mustReopen(t, path)
	if wrong, err := restored.Check(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("the backup is not sound: %q (%v)", wrong, err)
	}
	hits, _, err := restored.Search(ctx, store.Home, "counting", store.SearchFilter{}, 0)
	if err != nil || len(hits) != 10 {
		t.Errorf("in the backup %d turns are found (%v)", len(hits), err)
	}
}

func TestPostgresNamesItsOwnBackup(t *testing.T) {
	unavailableSaying(t, postgresEngine.open(t).Backup(ctx, "x"), "pg_dump")
}

func TestAPostgresThatIsNotThereSaysSo(t *testing.T) {
	_, err := OpenPostgres(ctx, "host=/nowhere user=headway dbname=headway")
	unavailableSaying(t, err, "see that it runs")
}

func TestDamageIsFound(t *testing.T) {
	d := sqliteEngine.open(t)
	if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("olga", 10)}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.write.Exec(`UPDATE text_version SET words = 'something else' WHERE id IN (SELECT id FROM text_version LIMIT 1)`); err != nil {
		t.Fatal(err)
	}
	wrong, err := d.Check(ctx)
	if err != nil || len(wrong) == 0 {
		t.Errorf("found %q (%v)", wrong, err)
	}
}
