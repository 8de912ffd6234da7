package source

import (
	"strings"

	"github.com/headway-oss/headway"
)

// plain takes every text that nothing else recognised: one speaker without a
// name, whose side nobody knows. Each paragraph is a turn.
var plain = format{
	name: "text",
	is:   func(*peek) bool { return true },
	read: func(r *reading) error {
		d := r.transcript(headway.Interview)
		start, line := 0, 0
		var paragraph []string
		say := func() {
			if t := d.Say("", strings.Join(paragraph, "\n")); t != nil {
				t.Lines = []headway.LineMark{{Line: start}}
			}
			paragraph = paragraph[:0]
		}
		for text := range strings.SplitSeq(r.text, "\n") {
			line++
			text = strings.TrimSpace(text)
			if text == "" {
				say()
				continue
			}
			if len(paragraph) == 0 {
				start = line
			}
			paragraph = append(paragraph, text)
		}
		say()
		r.keep(d)
		return nil
	},
}
