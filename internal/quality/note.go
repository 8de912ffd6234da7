package quality

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// Heard is something heard, of which to know how surely.
type Heard struct {
	Label   headway.Label
	By      string // the hearer, as headway.Scored names it
	Counted bool   // it counts unchecked; otherwise it is a suggestion
	Genre   headway.Genre
}

// Note is the figure that comes nearest to something heard.
type Note struct {
	Heard
	Pass     string // "" of a hearer that was never measured
	Measured bool   // the genre itself was measured; otherwise the figures are of others
	Found    []Found
}

// Found is one figure of a note.
type Found struct {
	Right Share
	Set   string // that it was measured on
	All   bool   // it is of all kinds together: the label is too rare in Set
}

// PassOf gives the pass of a hearer, "" for one that was never measured: what
// own labels correct ("detector careful 2, own 1") is measured where they are.
func PassOf(by string) string {
	switch {
	case strings.Contains(by, ", own "):
		return ""
	case strings.HasPrefix(by, "detector careful "):
		return Careful
	case strings.HasPrefix(by, "rule "), strings.HasPrefix(by, "detector ours "):
		return Quick
	}
	return ""
}

// Of finds what was measured nearest to something heard.
func Of(h Heard) Note { return Stored().note(h) }

func (r Report) note(h Heard) Note {
	note := Note{Heard: h, Pass: PassOf(h.By)}
	if note.Pass == "" {
		return note
	}
	sets, measured := nearest(h)
	note.Measured = measured
	for _, set := range sets {
		note.Found = append(note.Found, r.Pass(note.Pass).find(h, set, measured))
	}
	return note
}

// find gives the figure of what was heard in a set. Where a genre was not
// measured itself, a label too rare to tell gives way to all kinds together.
func (p Pass) find(h Heard, set string, measured bool) Found {
	found := Found{Set: set}
	if f, known := p.Figure(h.Label, set); known {
		found.Right = f.right(h.Counted)
	}
	total, known := p.Total(set)
	if !known || !isKind(h.Label) {
		return found
	}
	if rare := found.Right.Of < enoughToTell && (!measured || set != Interviews); rare || h.Label == Any {
		found.Right, found.All = total.right(h.Counted), h.Label != Any
	}
	return found
}

// nearest gives the sets nearest to a genre, and whether they are of it. A
// survey of yours is one that nothing was learned from, and a call is spoken;
// of what is neither, the two genres that were never learned from tell how far
// apart unknown ones are.
func nearest(h Heard) (sets []string, measured bool) {
	switch {
	case !isKind(h.Label):
		return []string{RealTalks}, h.Genre == headway.Interview
	case h.Genre == headway.Interview:
		return []string{Interviews}, true
	case h.Genre == headway.Survey:
		return []string{OtherSurvey}, true
	case h.Genre == headway.Call:
		return []string{Spoken}, false
	}
	return []string{Spoken, OtherSurvey}, false
}

// isKind says whether a label is one of customers' sentences, or any of those.
func isKind(l headway.Label) bool { return l == Any || slices.Contains(headway.Kinds(), l) }

func (f Figure) right(counted bool) Share {
	if counted {
		return f.Counted
	}
	return f.OnlySuggested
}

// Short says it beside a list: "about 7 in 10 right, n = 795"; "never measured on
// reviews; nearest: about 4 in 10 right, n = 28 in spoken talks, about 9 in 10
// right, n = 219 in answers to surveys it does not know".
func (n Note) Short() string {
	if n.Pass == "" {
		return "not measured"
	}
	var shares []string
	for _, f := range n.Found {
		share := f.Right.Right()
		if f.All {
			share = "of all kinds " + share
		}
		shares = append(shares, share+on(f.Set, len(n.Found)))
	}
	short := strings.Join(shares, ", ")
	if !n.Measured {
		short = "never measured on " + GenreName(n.Genre) + "; nearest: " + short
	}
	return short
}

// Brief says what Short does of the label alone, for where Short of all kinds
// stands above it; "" where the label is too rare to tell by itself.
func (n Note) Brief() string {
	var shares []string
	for _, f := range n.Found {
		if !f.All && f.Right.Of > 0 {
			shares = append(shares, f.Right.Right()+on(f.Set, len(n.Found)))
		}
	}
	brief := strings.Join(shares, ", ")
	if brief != "" && !n.Measured {
		brief += ", not measured on " + GenreName(n.Genre)
	}
	return brief
}

// on names the set where several stand side by side.
func on(set string, of int) string {
	if of == 1 {
		return ""
	}
	name, _, _ := strings.Cut(set, ", ")
	return " in " + name
}

// Sentence says it in full, with what it rests on.
func (n Note) Sentence() string {
	what, hears := "Only suggested", "hears"
	if n.Counted {
		what = "Counted"
	}
	if n.Label != Any {
		what, hears = what+" as "+name(n.Label), "hears "+name(n.Label)
	}
	if n.Pass == "" {
		return fmt.Sprintf("How surely %q %s was not measured.", n.By, hears)
	}
	var shares []string
	for _, f := range n.Found {
		share := f.Right.Full()
		if f.All {
			share += " of all kinds together, this one being too rare there to tell,"
		}
		shares = append(shares, share+" in "+f.Set)
	}
	s := fmt.Sprintf("%s, heard %s: %s.", what, manner(n.Pass), strings.Join(shares, "; "))
	if !n.Measured {
		s += fmt.Sprintf(" Never measured on %s.", GenreName(n.Genre))
	}
	return s
}

// manner says how a pass hears, in the words of the pages.
func manner(pass string) string {
	if pass == Careful {
		return "closely"
	}
	return "at once"
}

// name says a label in words.
func name(l headway.Label) string {
	if slot, asks := l.Asked(); asks {
		return "asking for " + string(slot)
	}
	return string(l)
}

// GenreName gives the plural of a genre.
func GenreName(g headway.Genre) string {
	names := map[headway.Genre]string{
		headway.Interview: "interviews", headway.Call: "calls", headway.Chat: "chats",
		headway.Mail: "mail", headway.Survey: "surveys", headway.Review: "reviews",
	}
	if name, known := names[g]; known {
		return name
	}
	return "what is of no known genre"
}

// Right says a share of what was right: "about 7 in 10 right, n = 210"; of
// fewer than ten the counts only.
func (s Share) Right() string {
	switch {
	case s.Of == 0:
		return "not measured"
	case s.Of < enoughToTell:
		return fmt.Sprintf("right %d of %d, too few to tell", s.hits(), s.Of)
	}
	return fmt.Sprintf("%s right, n\u00a0=\u00a0%d", s.About(), s.Of)
}

// Wrong says a share of what was wrong: "wrong fewer than 1 time in 10, n = 143".
func (s Share) Wrong() string {
	if s.Of < enoughToTell {
		return Share{Is: 1 - s.Is, Of: s.Of}.Right()
	}
	return fmt.Sprintf("%s wrong, n\u00a0=\u00a0%d", s.About(), s.Of)
}

// Full says a share with its interval: "about 7 in 10 right (72 %, 69–76 %, n = 795)".
func (s Share) Full() string {
	if s.Of < enoughToTell {
		return s.Right()
	}
	return fmt.Sprintf("%s right (%s, n\u00a0=\u00a0%d)", s.About(), s.Percent(), s.Of)
}

// About rounds a share to tenths, as one says it: "about 7 in 10".
func (s Share) About() string {
	switch tenths := math.Round(10 * s.Is); {
	case s.Is >= .95:
		return "more than 9 in 10"
	case s.Is < .05:
		return "fewer than 1 in 10"
	default:
		return fmt.Sprintf("about %.0f in 10", tenths)
	}
}

// Percent writes a share and its interval: "72 %, 69–76 %".
func (s Share) Percent() string {
	return fmt.Sprintf("%.0f %%, %.0f–%.0f %%", 100*s.Is, 100*s.Low, 100*s.High)
}

func (s Share) hits() int { return int(math.Round(s.Is * float64(s.Of))) }
