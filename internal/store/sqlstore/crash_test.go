package sqlstore

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// crashEnv names the database that a child of this test fills until it is killed.
const crashEnv = "HEADWAY_CRASH_DATABASE"

// batches are what the child adds, one transaction each.
func batches() (all [][]headway.Conversation) {
	for i := range 20 {
		var batch []headway.Conversation
		for k := range 5 {
			batch = append(batch, talk(fmt.Sprintf("%d-%d", i, k), 40))
		}
		all = append(all, batch)
	}
	return all
}

// TestFillUntilKilled is the child; alone it does nothing.
func TestFillUntilKilled(t *testing.T) {
	name := os.Getenv(crashEnv)
	if name == "" {
		t.Skip("run by TestKilledInTheMiddleNothingIsLostOrDouble")
	}
	d := sqliteEngine.mustReopen(t, name)
	for i, batch := range batches() {
		fmt.Println("adding", i)
		if _, err := d.AddConversations(ctx, store.Home, batch); err != nil {
			t.Fatal(err)
		}
		fmt.Println("added", i)
	}
	fmt.Println("done")
	io.Copy(io.Discard, os.Stdin) // until killed
}

func TestKilledInTheMiddleNothingIsLostOrDouble(t *testing.T) {
	for _, line := range []int{1, 2, 3, 8, 21, 38} {
		t.Run(fmt.Sprintf("after line %d", line), func(t *testing.T) {
			name := sqliteEngine.fresh(t)
			added := fillAndKill(t, name, line)
			d := sqliteEngine.mustReopen(t, name)
			if heads := count(t, d); heads < 5*added || heads%5 != 0 {
				t.Errorf("%d conversations after %d batches of 5 were added", heads, added)
			}
			for _, batch := range batches() {
				if _, err := d.AddConversations(ctx, store.Home, batch); err != nil {
					t.Fatal(err)
				}
			}
			if heads := count(t, d); heads != 100 {
				t.Errorf("resumed, there are %d conversations", heads)
			}
			verify(t, d, 100*40)
		})
	}
}

// fillAndKill kills a child that adds batches, and gives how many it had said to
// be added.
func fillAndKill(t *testing.T, name string, lines int) (added int) {
	t.Helper()
	killAfter(t, "TestFillUntilKilled", crashEnv+"="+name, lines, func(line string) {
		if n := 0; scanned(line, &n) {
			added = n + 1
		}
	})
	return added
}

// killAfter runs a test as a child and kills it without warning once it has said
// so many lines.
func killAfter(t *testing.T, test, env string, lines int, said func(line string)) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	child.Env = append(os.Environ(), env)
	if _, err := child.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	heard := bufio.NewScanner(out)
	for range lines {
		if !heard.Scan() {
			t.Fatal("the child ended by itself")
		}
		said(heard.Text())
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // says that it was killed
}

func scanned(line string, n *int) bool {
	_, err := fmt.Sscanf(line, "added %d", n)
	return err == nil
}

func count(t *testing.T, d *DB) int {
	t.Helper()
	heads, _, err := d.Conversations(ctx, store.Home, store.ConversationFilter{}, store.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return len(heads)
}

// verify sees that all texts match their digests, all are findable, and the
// file is sound.
func verify(t *testing.T, d *DB, want int) {
	t.Helper()
	texts := 0
	for text, err := range d.Texts(ctx, store.Home) {
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256([]byte(text.Text)); string(sum[:]) != string(text.SHA256) {
			t.Errorf("text %s does not match its digest", text.ID)
		}
		texts++
	}
	if texts != want {
		t.Errorf("%d texts, want %d", texts, want)
	}
	if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("not sound: %q (%v)", wrong, err)
	}
}
