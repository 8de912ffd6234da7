package source

import (
	"strings"

	"github.com/headway-oss/headway"
)

// plain takes every text that nothing else recognised: one speaker without a
// name, whose side nobody knows. Each paragraph is a turn. Where most lines have a
// time before or above them ("0:04 the words"), it is taken as one.
var plain = format{
	name: "text",
	is:   func(*peek) bool { return true },
	read: func(r *reading) error {
		s := &speech{draft: r.transcript(headway.Interview)}
		h := habitsOf(r.text[:min(len(r.text), headSize)])
		l, gap, last, ms := linesOf(r.text), true, "", int64(noTime)
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
			if at, rest, ok := timeBefore(line); ok && h.clocked {
				ms, line = h.time(at), rest
				if line == "" {
					continue
				}
			}
			join := "\n"
			if wrapped(last, line) {
				join = " "
			}
			s.say(said{text: line, join: join, fresh: gap, line: l.n, start: ms})
			gap, last, ms = false, line, noTime
		}
		s.finish()
		r.keepWhole(s.draft)
		return nil
	},
}
