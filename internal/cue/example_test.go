package cue_test

import (
	"fmt"
	"testing/fstest"

	"github.com/headway-oss/headway/internal/cue"
)

func Example() {
	rules := fstest.MapFS{"struggle.yaml": {Data: []byte(`
label: struggle
unless: [denied]
guards:
- name: denied
  say: [not, never]
  reach: 4
cues:
- name: time
  why: tells what it costs in time
  say:
  - (i|we) spend~ [..4] (hour~|day~)
- name: hard
  why: says that something is hard
  say: [hard]
- name: short-answer
  why: answers what was asked about trouble
  say: ['^ the']
  when: [asked:struggle]
`)}}
	files, err := cue.Read(rules, "*.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := cue.Compile(files...)
	if err != nil {
		fmt.Println(err)
		return
	}
	ear := book.Listen()
	asked := book.Tags("asked:struggle")
	for _, sentence := range []string{"We spent two whole days on it.", "It's not hard.", "The counting."} {
		for _, hit := range ear.Hear(sentence, asked) {
			fmt.Println(book.Cues()[hit.Cue].ID(), "-", sentence[hit.Start:hit.End])
		}
	}
	// Output:
	// struggle/time - We spent two whole days
	// struggle/short-answer - The
}
