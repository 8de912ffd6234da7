package source

import "strings"

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
