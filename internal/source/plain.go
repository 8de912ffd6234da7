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
		s := &speech{draft: r.transcript(headway.Interview)}
		l, gap, last := linesOf(r.text), true, ""
		for {
			line, ok := l.next()
			if !ok {
				break
			}
			line = strings.TrimSpace(line)
			if line == "" {
				gap = true
				continue
			}
			join := "\n"
			if wrapped(last, line) {
				join = " "
			}
			s.say(said{text: line, join: join, fresh: gap, line: l.n, start: noTime})
			gap, last = false, line
		}
		s.finish()
		r.keepWhole(s.draft)
		return nil
	},
}
