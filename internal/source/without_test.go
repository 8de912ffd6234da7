package source

import (
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// Everybody here is invented. Berta says "zylometer", and nobody else does.
var records = map[string]string{
	"csv": "name,email,What is hard about counting?\r\n" +
		"Ole Brandvik,ole@oilvane.example,\"I count by hand, every Friday\"\r\n" +
		"Berta Quandt,berta@oilvane.example,\"The zylometer breaks,\r\nand I \"\"hate\"\" it\"\r\n" +
		"Ida Holm,ida@oilvane.example,Nothing is hard\r\n" +
		"Berta Quandt,berta@oilvane.example,Another zylometer broke\r\n",
	"tsv": "name\temail\tWhat is hard about counting?\nOle Brandvik\tole@oilvane.example\tI count by hand, every Friday\n" +
		"Berta Quandt\tberta@oilvane.example\tThe zylometer breaks on me\nIda Holm\tida@oilvane.example\tNothing is hard\n",
	"tickets": "ticket id,requester name,requester email,description,agent reply\n1,Ole Brandvik,ole@oilvane.example,It does not count,Try again\n" +
		"2,Berta Quandt,berta@oilvane.example,The zylometer broke,Send it in\n2,Berta Quandt,berta@oilvane.example,The zylometer is on its way,Thank you\n",
	"jsonl": `{"id":1,"subject":"Counting","requester":{"name":"Ole Brandvik","email":"ole@oilvane.example"},"comments":[{"plain_body":"It does not count.","author":{"role":"end-user","name":"Ole Brandvik","email":"ole@oilvane.example"}}]}` + "\n" +
		`{"id":2,"subject":"Broken","requester":{"name":"Berta Quandt","email":"berta@oilvane.example"},"comments":[{"plain_body":"The zylometer broke.","author":{"role":"end-user","name":"Berta Quandt","email":"berta@oilvane.example"}}]}` + "\n",
	"mbox": "From ole@oilvane.example Thu Mar  5 09:00:00 2026\nFrom: Ole Brandvik <ole@oilvane.example>\nTo: us@firm.example\nMessage-ID: <1@oilvane.example>\nDate: Thu, 5 Mar 2026 09:00:00 +0000\nSubject: Counting\n\nIt does not count.\n\n" +
		"From berta@oilvane.example Thu Mar  5 10:00:00 2026\nFrom: Berta Quandt <berta@oilvane.example>\nTo: us@firm.example\nMessage-ID: <2@oilvane.example>\nDate: Thu, 5 Mar 2026 10:00:00 +0000\nSubject: Broken\n\nThe zylometer broke.\n\n" +
		"From us@firm.example Thu Mar  5 11:00:00 2026\nFrom: Marta <us@firm.example>\nTo: berta@oilvane.example\nMessage-ID: <3@firm.example>\nIn-Reply-To: <2@oilvane.example>\nDate: Thu, 5 Mar 2026 11:00:00 +0000\nSubject: Re: Broken\n\nSend the thing in.\n\n",
}

func ofBerta(c *headway.Conversation) bool {
	return slices.ContainsFunc(c.Speakers, func(s headway.Speaker) bool { return s.Email == "berta@oilvane.example" })
}

func TestAFileWithoutAPersonsRecordsHoldsTheOthersWordForWord(t *testing.T) {
	for name, data := range records {
		f := File{Name: name, Data: []byte(data)}
		before, err := Read(f, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		others := slices.DeleteFunc(slices.Clone(before.Conversations), func(c headway.Conversation) bool { return ofBerta(&c) })
		rest, ok := Without(f, Options{}, ofBerta)
		if !ok || len(others) == 0 || len(others) == len(before.Conversations) {
			t.Errorf("%s (%s): %d of %d conversations are others', rewritten %t:\n%s", name, before.Format, len(others), len(before.Conversations), ok, rest)
			continue
		}
		low := strings.ToLower(string(rest))
		for _, word := range []string{"berta", "quandt", "zylometer"} {
			if strings.Contains(low, word) {
				t.Errorf("%s: the rest holds %q:\n%s", name, word, rest)
			}
		}
		if !strings.Contains(low, "count") || !readsAs(File{Name: name, Data: rest}, Options{}, others) {
			t.Errorf("%s: the others do not read as before:\n%s", name, rest)
		}
	}
}

func TestWhereNothingCanBeLeftTheWholeFileGoes(t *testing.T) {
	everybody := func(*headway.Conversation) bool { return true }
	for name, c := range map[string]struct {
		data string
		gone func(*headway.Conversation) bool
	}{
		"everybody goes": {records["csv"], everybody},
		"a talk of many": {"Marta: How do you count?\n\nBerta Quandt: With a zylometer.\n\nOle: By hand.\n", everybody},
		"one JSON value": {"[" + strings.ReplaceAll(strings.TrimSpace(records["jsonl"]), "\n", ",") + "]", ofBerta},
		"an empty file":  {" ", everybody},
		"not a talk":     {"\x89PNG\r\n\x1a\n", everybody},
		"a mail of hers": {strings.SplitN(records["mbox"], "\n", 2)[1], ofBerta},
	} {
		if rest, ok := Without(File{Name: name, Data: []byte(c.data)}, Options{}, c.gone); ok {
			t.Errorf("%s: left is\n%s", name, rest)
		}
	}
}
