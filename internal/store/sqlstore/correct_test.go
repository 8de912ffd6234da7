package sqlstore

import (
	"fmt"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// correctEnv names the database in which a child of this test corrects until it
// is killed.
const correctEnv = "HEADWAY_CORRECT_DATABASE"

// amend puts a word before a turn's words, as the nth correction.
func amend(d *DB, c headway.ConversationID, old headway.TextVersion, n int) (headway.TextVersion, error) {
	correction, now, err := deed.Editing(old, []deed.Edit{{Words: fmt.Sprintf("amended%d ", n)}})
	if err != nil {
		return now, err
	}
	if err := d.PutTexts(ctx, store.Home, c, headway.Turn{ID: now.ID.Turn(), Text: now}); err != nil {
		return now, err
	}
	_, err = d.Apply(ctx, store.Home, headway.Operation{Deed: headway.DeedCorrect, Conversation: c, Correction: &correction, At: time.Unix(0, 0)})
	return now, err
}

// TestCorrectUntilKilled is the child; alone it does nothing.
func TestCorrectUntilKilled(t *testing.T) {
	name := os.Getenv(correctEnv)
	if name == "" {
		t.Skip("run by TestKilledDuringACorrectionItIsDoneOrNotDone")
	}
	d := sqliteEngine.mustReopen(t, name)
	c := talk("amended", 40)
	if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{c}); err != nil {
		t.Fatal(err)
	}
	text := c.Turns[7].Text
	for n := range 1000 {
		now, err := amend(d, c.ID, text, n)
		if err != nil {
			t.Fatal(err)
		}
		text = now
		fmt.Println("added", n)
	}
	io.Copy(io.Discard, os.Stdin) // until killed
}

func TestKilledDuringACorrectionItIsDoneOrNotDone(t *testing.T) {
	for _, line := range []int{1, 2, 17, 60} {
		t.Run(fmt.Sprintf("after correction %d", line), func(t *testing.T) {
			name := sqliteEngine.fresh(t)
			killAfter(t, "TestCorrectUntilKilled", correctEnv+"="+name, line, func(string) {})
			d := sqliteEngine.mustReopen(t, name)
			ops, err := d.Operations(ctx, store.Home, store.OperationFilter{})
			if err != nil || len(ops) < line {
				t.Fatalf("%d corrections are kept of %d that were said to be (%v)", len(ops), line, err)
			}
			c, err := d.Conversation(ctx, store.Home, talk("amended", 40).ID)
			if err != nil || len(c.Turns) != 40 || c.Turns[7].Text.ID != ops[len(ops)-1].Correction.To[0] {
				t.Errorf("%d turns, of which one stands as %q (%v)", len(c.Turns), c.Turns[7].Text.Text, err)
			}
			for n := range ops {
				hits, _, err := d.Search(ctx, store.Home, fmt.Sprintf("amended%d", n), store.SearchFilter{}, 0)
				if err != nil || len(hits) != 1 || hits[0].Outdated {
					t.Errorf("what correction %d put in is found %d times (%v)", n, len(hits), err)
				}
			}
			if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
				t.Errorf("not sound: %q (%v)", wrong, err)
			}
			if _, err := amend(d, c.ID, c.Turns[7].Text, len(ops)); err != nil {
				t.Errorf("no further correction: %v", err)
			}
		})
	}
}

func TestOfManyWhoCorrectAtOnceEachIsDoneOrTold(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		d := e.open(t)
		c := talk("contended", 5)
		if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{c}); err != nil {
			t.Fatal(err)
		}
		const writers = 8
		errs := make([]error, writers)
		var all sync.WaitGroup
		for n := range writers {
			all.Go(func() { _, errs[n] = amend(d, c.ID, c.Turns[n%2].Text, n) })
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			switch headway.ErrorCode(err) {
			case "":
				done++
			case headway.Conflict:
			default:
				t.Error(err)
			}
		}
		stands, err := d.Conversation(ctx, store.Home, c.ID)
		if err != nil || done != 2 || len(stands.Turns) != 5 {
			t.Errorf("%d were done, and %d turns stand (%v)", done, len(stands.Turns), err)
		}
		if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
			t.Errorf("not sound: %q (%v)", wrong, err)
		}
	})
}
