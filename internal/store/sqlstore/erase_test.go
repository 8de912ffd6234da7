package sqlstore

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/pgtest"
)

// distinctive are words and names that only the erased person's conversations
// hold, in small letters.
var distinctive = []string{"zylometer", "thrumblings", "quandt", "oilvane", "kunde-5512"}

// crowd is many conversations, three of them with the person who is erased.
func crowd() (all []headway.Conversation, person headway.PersonID) {
	for i := range 60 {
		c := talk(fmt.Sprint("other ", i), 30)
		all = append(all, c)
		if i%20 != 7 {
			continue
		}
		d := headway.NewDraft("crowd", fmt.Sprint(i))
		for k := range 30 {
			d.Say("Marta", fmt.Sprintf("And then, Berta, what of box %d? Quandt is your name?", k))
			d.Say("Berta Quandt", fmt.Sprintf("The zylometer of box %d makes thrumblings %d times.", k, i))
		}
		theirs := d.Conversation()
		theirs.File, theirs.Title = "berta quandt.vtt", "Call with Berta Quandt"
		theirs.Findings = []headway.Finding{{What: "left out", Text: "zylometer"}}
		s := &theirs.Speakers[1]
		s.Email, s.Key, s.Side = "berta@oilvane.example", "KUNDE-5512", headway.Theirs
		person = s.Person()
		all = append(all, *theirs)
	}
	return all, person
}

func fillWithCrowd(t *testing.T, d *DB) headway.PersonID {
	t.Helper()
	all, person := crowd()
	for _, c := range all {
		if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{c}); err != nil {
			t.Fatal(err)
		}
	}
	return person
}

func erasure(person headway.PersonID) headway.Operation {
	return headway.Operation{Deed: headway.DeedErase, Person: person, At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

// held gives which of the distinctive words the files of a folder hold.
func held(t *testing.T, folder string) (words []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ToLower(data)
		for _, word := range distinctive {
			if bytes.Contains(data, []byte(word)) {
				words = append(words, filepath.Base(name)+": "+word)
			}
		}
	}
	return words
}

func TestTheFileHoldsNothingOfWhoWasErasedAfterTheVacuum(t *testing.T) {
	name := sqliteEngine.fresh(t)
	d := sqliteEngine.mustReopen(t, name)
	person := fillWithCrowd(t, d)
	if len(held(t, filepath.Dir(name))) == 0 {
		t.Fatal("nothing was there to be erased")
	}
	if err := os.WriteFile(name+".schema6", []byte("zylometer"), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := d.Apply(ctx, store.Home, erasure(person)); err != nil {
		t.Fatal(err)
	}
	t.Logf("erased in %v", time.Since(began))
	t.Logf("before the vacuum the files hold %q", held(t, filepath.Dir(name)))
	if err := d.Vacuum(ctx); err != nil {
		t.Fatal(err)
	}
	if left := held(t, filepath.Dir(name)); left != nil {
		t.Errorf("the files hold %q", left)
	}
	if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("not sound: %q (%v)", wrong, err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if left := held(t, filepath.Dir(copied)); left != nil {
		t.Errorf("the backup holds %q", left)
	}
}

func TestADumpHoldsNothingOfWhoWasErased(t *testing.T) {
	name := postgresEngine.fresh(t)
	d := postgresEngine.mustReopen(t, name)
	person := fillWithCrowd(t, d)
	if left := dumped(t, name); len(left) < len(distinctive) {
		t.Fatalf("the dump holds only %q of who is to be erased", left)
	}
	if _, err := d.Apply(ctx, store.Home, erasure(person)); err != nil {
		t.Fatal(err)
	}
	if err := d.Vacuum(ctx); err != nil {
		t.Fatal(err)
	}
	if left := dumped(t, name); left != nil {
		t.Errorf("the dump holds %q", left)
	}
}

// inHex is how a dump writes bytes.
var inHex = regexp.MustCompile(`\\\\x([0-9a-f]+)`)

// dumped gives which of the distinctive words pg_dump writes of a database, as
// text or in bytes.
func dumped(t *testing.T, name string) (words []string) {
	t.Helper()
	dump := pgtest.Dump(t, name)
	if !bytes.Contains(dump, []byte("COPY ")) {
		t.Fatal("the dump holds nothing at all")
	}
	plain := inHex.ReplaceAllFunc(dump, func(written []byte) []byte {
		data, err := hex.DecodeString(string(written[len(`\\x`):]))
		if err != nil {
			return written
		}
		return data
	})
	plain = bytes.ToLower(plain)
	for _, word := range distinctive {
		if bytes.Contains(plain, []byte(word)) {
			words = append(words, word)
		}
	}
	return words
}

// eraseEnv names the database in which a child of this test erases.
const eraseEnv = "HEADWAY_ERASE_DATABASE"

// TestEraseUntilKilled is the child; alone it does nothing.
func TestEraseUntilKilled(t *testing.T) {
	name := os.Getenv(eraseEnv)
	if name == "" {
		t.Skip("run by TestKilledWhileErasingItIsDoneOrNotDone")
	}
	d := sqliteEngine.mustReopen(t, name)
	_, person := crowd()
	fmt.Println("ready")
	if _, err := d.Apply(ctx, store.Home, erasure(person)); err != nil {
		t.Fatal(err)
	}
	if err := d.Vacuum(ctx); err != nil {
		t.Fatal(err)
	}
	fmt.Println("done")
}

func TestKilledWhileErasingItIsDoneOrNotDone(t *testing.T) {
	full := sqliteEngine.fresh(t)
	d := sqliteEngine.mustReopen(t, full)
	person := fillWithCrowd(t, d)
	copied := func() string {
		name := filepath.Join(t.TempDir(), "headway.db")
		if err := d.Backup(ctx, name); err != nil {
			t.Fatal(err)
		}
		return name
	}
	whole := eraseAndKill(t, copied(), time.Hour) // on this machine, as busy as it is
	done, undone := 0, 0
	for i := range 24 {
		name, after := copied(), whole*time.Duration(i)/16
		eraseAndKill(t, name, after)
		d := sqliteEngine.mustReopen(t, name)
		ops, err := d.Operations(ctx, store.Home, store.OperationFilter{})
		if err != nil {
			t.Fatal(err)
		}
		hits, _, err := d.Search(ctx, store.Home, "thrumblings", store.SearchFilter{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		left, err := d.Unfinished(ctx, store.Home)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case len(ops) == 0 && len(hits) == 90 && len(left) == 0:
			undone++
			if _, err := d.Apply(ctx, store.Home, erasure(person)); err != nil {
				t.Fatal(err)
			}
		case len(ops) == 1 && len(hits) == 0 && len(left) == 1:
			done++
		default:
			t.Fatalf("killed after %s: %d deeds, %d of 90 sentences, %d unfinished", after, len(ops), len(hits), len(left))
		}
		if err := d.Vacuum(ctx); err != nil {
			t.Fatal(err)
		}
		if left := held(t, filepath.Dir(name)); left != nil {
			t.Errorf("taken up again, the files hold %q", left)
		}
		if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
			t.Errorf("not sound: %q (%v)", wrong, err)
		}
		d.Close()
	}
	t.Logf("killed 24 times: %d done, %d not done", done, undone)
	if done == 0 || undone == 0 {
		t.Errorf("%d done and %d not done: the test proves too little", done, undone)
	}
}

// eraseAndKill starts the child, and kills it so long after it began to erase. It
// tells how long the child lived from then on.
func eraseAndKill(t *testing.T, name string, after time.Duration) time.Duration {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestEraseUntilKilled$")
	child.Env = append(os.Environ(), eraseEnv+"="+name)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		t.Fatalf("the child said nothing: %v", err)
	}
	began := time.Now()
	timer := time.AfterFunc(after, func() { _ = child.Process.Kill() })
	defer timer.Stop()
	_ = child.Wait()
	return time.Since(began)
}
