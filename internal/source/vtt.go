package source

import (
	"strings"

	"github.com/headway-oss/headway"
)

// vtt is WebVTT, as Zoom, Teams, Stream and YouTube write it, and whatever
// else calls itself so.
var vtt = format{
	name: "vtt",
	is:   func(p *peek) bool { return isVTT(p.head()) },
	read: (*reading).captions,
}

// isVTT says whether text begins with the signature; blanks before it and
// other letter cases, which a player refuses, are let pass.
func isVTT(text string) bool {
	text = strings.TrimLeft(text[:min(len(text), 256)], " \t\n\ufeff")
	return len(text) >= 6 && strings.EqualFold(text[:6], "WEBVTT")
}

// srt is SubRip, and what looks like it: cues with a timing line each, with or
// without numbers, with a speaker behind the timing as speech-to-text tools
// write ("00:00:00,069 --> 00:00:01,220 [speaker_0]").
var srt = format{
	name: "srt",
	is:   func(p *peek) bool { return beginsWithTiming(p.head(), "-->") },
	read: (*reading).captions,
}

// sbv is what YouTube and Meet write: "0:00:01.000,0:00:04.000", then the words.
var sbv = format{
	name: "sbv",
	is:   func(p *peek) bool { return beginsWithTiming(p.head(), ",") },
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

// ssaOrTTML refuses the caption formats that hold more layout than words.
var ssaOrTTML = format{
	name: "caption",
	is: func(p *peek) bool {
		head := strings.TrimLeft(p.head(), " \t\n\ufeff")
		start := head[:min(len(head), 2048)]
		return strings.HasPrefix(start, "[Script Info]") ||
			strings.HasPrefix(start, "<") && (strings.Contains(start, "<tt ") || strings.Contains(start, "<tt>") || strings.Contains(start, "<tt:tt") || strings.Contains(start, "http://www.w3.org/ns/ttml"))
	},
	read: func(r *reading) error {
		kind := "a TTML caption file"
		if !strings.HasPrefix(strings.TrimLeft(r.text, " \t\n\ufeff"), "<") {
			kind = "an SSA caption file"
		}
		return headway.Errorf(headway.Invalid, "it looks like %s, refused: %s", kind, needCaptions)
	},
}
