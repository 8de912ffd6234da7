package source

import "strings"

// srt is SubRip, and what looks like it: cues with a timing line each, with or
// without numbers, with a speaker behind the timing as speech-to-text tools
// write ("00:00:00,069 --> 00:00:01,220 [speaker_0]").
var srt = format{
	name: "srt",
	is:   func(p *peek) bool { return beginsWithTiming(p.head(), "-->") },
	read: (*reading).captions,
}

// beginsWithTiming says whether one of the first five lines that hold
// something is a caption's timing written with arrow.
func beginsWithTiming(head, arrow string) bool {
	seen := 0
	for line := range strings.SplitSeq(head, "\n") {
		if blank(line) {
			continue
		}
		if _, _, _, ok := timing(line); ok && strings.Contains(line, arrow) {
			return true
		}
		if seen++; seen == 5 {
			return false
		}
	}
	return false
}
