package source

// sbv is what YouTube and Meet write: "0:00:01.000,0:00:04.000", then the words.
var sbv = format{
	name: "sbv",
	is:   func(p *peek) bool { return beginsWithTiming(p.head(), ",") },
	read: (*reading).captions,
}
