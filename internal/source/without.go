package source

import (
	"bytes"
	"slices"

	"github.com/headway-oss/headway"
)

// extent is where something stands in a file: the first byte, and the one after the
// last.
type extent [2]int

// Without gives a file's bytes without the records that some conversations came
// from: the rows of a table written as text (CSV, TSV), the values of an export of
// tickets with one on each line (JSONL), the mails of a mailbox (mbox). What is left is
// read as before, word for word; text is UTF-8 then.
//
// ok is false where nothing can be left of a file: in other formats one record is not
// one person's, and where all of its records go, or where the rest would not be read
// as it was. Then the whole file has to go.
func Without(f File, o Options, gone func(*headway.Conversation) bool) (rest []byte, ok bool) {
	r := &reading{file: f, options: o, texts: byText, batch: Batch{Source: f.ID()}, stands: map[headway.ConversationID][]extent{}}
	batch, err := r.recognised()
	if err != nil {
		return nil, false
	}
	if !slices.Contains([]headway.Format{csv.name, helpdesk.name, mbox.name}, batch.Format) {
		return nil, false
	}
	data, begins := []byte(r.text), func(at int) int { return at }
	if batch.Format == mbox.name {
		data, begins = f.Data, func(at int) int { return bytes.LastIndexByte(f.Data[:at-1], '\n') + 1 } // with its line "From ..."
	}
	var cut []extent
	var left []headway.Conversation
	for i := range batch.Conversations {
		c := &batch.Conversations[i]
		if gone(c) {
			for _, at := range r.stands[c.ID] {
				cut = append(cut, extent{begins(at[0]), at[1]})
			}
		} else {
			left = append(left, *c)
		}
	}
	rest = leaveOut(data, cut)
	return rest, len(left) > 0 && readsAs(File{Name: f.Name, Data: rest}, o, left)
}

// leaveOut gives data without some stretches of it, which may overlap.
func leaveOut(data []byte, cut []extent) []byte {
	slices.SortFunc(cut, func(a, b extent) int { return a[0] - b[0] })
	var rest []byte
	at := 0
	for _, c := range cut {
		rest = append(rest, data[at:max(at, c[0])]...)
		at = max(at, c[1])
	}
	return append(rest, data[at:]...)
}

// readsAs says whether a file is read as just these conversations, word for word.
func readsAs(f File, o Options, want []headway.Conversation) bool {
	if len(bytes.TrimSpace(f.Data)) == 0 {
		return false
	}
	again, err := Read(f, o)
	if err != nil || len(again.Conversations) != len(want) {
		return false
	}
	for i := range want {
		if !slices.EqualFunc(want[i].Turns, again.Conversations[i].Turns, sameTurn) || want[i].ID != again.Conversations[i].ID {
			return false
		}
	}
	return true
}

func sameTurn(a, b headway.Turn) bool {
	return a.ID == b.ID && a.Speaker == b.Speaker && a.Text == b.Text
}
