package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// named is a transcript in text or Markdown whose lines say who speaks: most
// interviews, podcasts, what Otter and other services write as .txt, and what
// people paste. Paragraphs without a name go on with the turn.
var named = format{
	name: "named",
	is: func(p *peek) bool {
		return habitsOf(p.head()).style != noLabel
	},
	read: func(r *reading) error {
		h := habitsOf(r.text)
		if h.style == noLabel {
			return plain.read(r)
		}
		if r.batch.Format == "named" {
			r.batch.Format = h.format()
		}
		n := &namedReader{r: r, h: h, s: &speech{draft: r.transcript(headway.Interview)}}
		n.read()
		if len(n.s.draft.Conversation().Turns) == 0 {
			r.batch.Findings = nil
			return plain.read(r)
		}
		r.keepWhole(n.s.draft)
		return nil
	},
}

// habits are how one text says who speaks.
type habits struct {
	style    labelStyle
	speakers map[string]bool
	timeless bool  // every time in it is zero, so none says anything
	clocked  bool  // most lines have a time before their words, or above them
	zero     int64 // where the recording begins, for times of the day
}

// format tells the ways of naming apart for whoever asks what was recognised.
func (h habits) format() headway.Format {
	switch h.style {
	case byColon, byLine:
		return "text"
	case byTime:
		return "otter"
	}
	return "markdown"
}

// latestStart is the time from which on a first time is one of the day ("14:02:33")
// and not of a recording: no recording is silent for six hours.
const latestStart = 6 * 60 * 60 * 1000

// time gives a time of the recording, where it says something.
func (h habits) time(ms int64) int64 {
	if h.timeless || ms < h.zero {
		return noTime
	}
	return ms - h.zero
}

// styles in the order in which they win where two are used equally often.
var styles = []labelStyle{byBold, byColon, byTime, byQuote, byHeading, byLine, boldQuery}

// habitsOf counts the labels of a text and decides which are names. One style
// rules: what looks like a name in another style is speech.
func habitsOf(text string) habits {
	rolls, queries, zero, nonzero := map[labelStyle]*roll{}, 0, 0, 0
	for _, s := range styles {
		rolls[s] = newRoll()
	}
	_, skip := frontMatter(text)
	text = text[skip:]
	pieces, lines, clocked, after := 0, 0, 0, true
	begin := int64(noTime)
	first := map[labelStyle]int{}
	for raw := range strings.SplitSeq(text, "\n") {
		line := strings.TrimSpace(raw)
		if line == "" {
			after = true
			continue
		}
		l := labelOf(line)
		lines++
		if ms, _, ok := timeBefore(line); ok {
			l.ms = ms
			clocked++
		}
		if begin < 0 && l.ms >= 0 {
			begin = l.ms
		}
		if l.ms > 0 {
			nonzero++
		} else if l.ms == 0 {
			zero++
		}
		switch {
		case l.style == boldQuery:
			queries++
		case l.style != noLabel:
			rolls[l.style].add(l.name, l.rest)
			if _, seen := first[l.style]; !seen {
				first[l.style] = pieces
			}
		}
		if after || l.style != noLabel {
			pieces++
		}
		after = false
	}
	if begin < latestStart {
		begin = 0
	}
	best, most := habits{zero: begin, timeless: zero > 1 && nonzero == 0, clocked: clocked > 1 && clocked*5 >= lines*2}, 0
	for _, s := range styles {
		r := rolls[s]
		r.pieces = pieces
		speakers := r.speakers()
		if s == byBold && len(speakers) > 0 {
			speakers = r.all()
		}
		total := 0
		for name := range speakers {
			total += r.counts[name]
		}
		if s == byHeading && len(speakers) < 2 || s == byLine && total < 2 || total*8 < pieces && first[s] > 5 {
			continue
		}
		if total > most && (len(speakers) > 1 || r.anyRole(speakers) || (s == byTime || s == byLine) && total > 1 || s == byBold && total > 1) {
			best.style, best.speakers, most = s, speakers, total
		}
	}
	if best.style == noLabel && queries >= 2 {
		best.style = boldQuery
	}
	return best
}

// all gives every name: where some names in bold are speakers, all are.
func (r *roll) all() map[string]bool {
	all := map[string]bool{}
	for name := range r.counts {
		all[name] = true
	}
	return all
}

func (r *roll) anyRole(names map[string]bool) bool {
	for name := range names {
		if r.role(name) != headway.Unknown {
			return true
		}
	}
	return false
}

type namedReader struct {
	r       *reading
	h       habits
	s       *speech
	l       *lines
	started bool   // somebody has spoken
	name    string // who speaks
	ms      int64  // from a label whose words stand below it
	gap     bool   // a blank line stands before
	fresh   bool   // a label of nobody stands before: it may be another person
	last    string // the line before
	head    []string
}

func (n *namedReader) read() {
	n.l, n.ms = linesOf(n.r.text), noTime
	n.frontMatter()
	for {
		raw, ok := n.l.next()
		if !ok {
			break
		}
		n.line(strings.TrimSpace(raw))
	}
	n.preamble()
	n.s.finish()
}

func (n *namedReader) line(line string) {
	if line == "" {
		n.gap = true
		return
	}
	l := labelOf(line)
	if l.style == noLabel {
		if ms, rest, ok := timeBefore(line); ok && (n.h.clocked || rest == "") {
			n.ms, line = n.h.time(ms), rest
			if line == "" {
				return
			}
		}
	}
	switch {
	case isRule(line):
		n.gap = true
	case isFooter(line):
		n.r.find(n.l.n, "footer, kept out of what was said", line)
	case l.style == n.h.style && l.style == boldQuery:
		n.start("Q", noTime)
		n.say(l.rest, n.ms)
		n.name = "A"
	case l.style == n.h.style && n.h.speakers[l.name]:
		n.start(l.name, l.ms)
		n.say(l.rest, n.ms)
	case !n.started:
		n.head = append(n.head, line)
	case n.h.style == byQuote && line[0] != '>':
		n.r.find(n.l.n, "notes between quotations, kept out of what was said", line)
	default:
		n.say(strings.TrimLeft(line, "#> "), n.ms)
	}
	n.gap, n.last = false, line
}

// start lets somebody speak from here on.
func (n *namedReader) start(name string, ms int64) {
	n.preamble()
	n.started, n.name, n.gap, n.fresh = true, name, true, nobody(name)
	if ms != noTime { // a time may stand above the name instead
		n.ms = n.h.time(ms)
	}
}

// say adds a line's words to who speaks.
func (n *namedReader) say(line string, ms int64) {
	if line == "" {
		return
	}
	text, marks := unmark(line)
	if text == "" {
		text, marks = strings.ReplaceAll(line, `\`, ""), nil
	}
	n.s.say(said{name: n.name, text: text, join: n.join(line), fresh: n.fresh, line: n.l.n, start: ms, marks: marks})
	n.fresh = false
	n.ms = noTime
}

// join gives a line end between paragraphs and list items, and a space where a
// paragraph was only wrapped.
func (n *namedReader) join(line string) string {
	if !n.gap && (n.h.style == byQuote || wrapped(n.last, line)) {
		return " "
	}
	return "\n"
}

// wrapped says whether line goes on with the sentence of the line before, cut
// for the page's width and not by the writer.
func wrapped(before, line string) bool {
	if before == "" || strings.ContainsAny(before[len(before)-1:], ".?!:;\"|") || strings.ContainsAny(line[:1], "-*+|>•0123456789") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	return len(before) >= 60 || len(before) >= 30 && unicode.IsLower(first)
}

// preamble settles what stood before the first speaker: a title, a date, and
// words that nobody is said to have spoken.
func (n *namedReader) preamble() {
	if len(n.head) == 0 {
		return
	}
	c := n.s.draft.Conversation()
	var rest []string
	for _, line := range n.head {
		if title, heading := strings.CutPrefix(line, "# "); heading && c.Title == "" {
			c.Title, _ = unmark(strings.TrimSpace(title))
			continue
		}
		text, _ := unmark(line)
		if key, value, ok := strings.Cut(text, ":"); ok {
			n.meta(key, value)
		}
		rest = append(rest, text)
	}
	n.head = nil
	if len(rest) > 0 {
		n.r.find(1, "stands before the first speaker, kept out of what was said", strings.Join(rest, "\n"))
	}
}

// meta takes a title or a date that the text states about itself.
func (n *namedReader) meta(key, value string) {
	c, value := n.s.draft.Conversation(), strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "title", "subject", "topic":
		if c.Title == "" {
			c.Title = value
		}
	case "date", "recorded", "recorded on", "datum", "fecha":
		if t, ok := parseDate(value, orderUnknown); ok && c.Date.Time.IsZero() {
			c.Date = headway.Date{Time: t, From: headway.DateFromContent}
		}
	}
}

// frontMatter reads what stands in YAML at the very beginning.
func (n *namedReader) frontMatter() {
	matter, size := frontMatter(n.r.text)
	if size == 0 {
		return
	}
	for field := range strings.SplitSeq(matter, "\n") {
		key, value, _ := strings.Cut(field, ":")
		n.meta(key, strings.Trim(strings.TrimSpace(value), `"'`))
	}
	n.r.find(1, "front matter, kept out of what was said", matter)
	for n.l.at < size {
		n.l.next()
	}
}

// frontMatter cuts the fields between two rules off the very beginning of a
// text, and gives how many bytes they take with both rules.
func frontMatter(text string) (matter string, size int) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", 0
	}
	matter, _, ok = strings.Cut(rest[:min(len(rest), headSize)], "\n---\n")
	if key, _, field := strings.Cut(matter, ":"); !ok || !field || !plausibleKey(key) {
		return "", 0
	}
	return matter, len("---\n") + len(matter) + len("\n---\n")
}

// plausibleKey knows the first key of front matter from a speaker's name
// between two rules: YAML keys are written small.
func plausibleKey(key string) bool {
	return key != "" && key == strings.ToLower(key) && !strings.ContainsAny(key, " \n")
}

// isRule knows a line that only divides: "---", "***", "====".
func isRule(line string) bool {
	return len(line) >= 3 && strings.Trim(line, "-") == "" || strings.Trim(line, "=") == "" || len(line) >= 3 && strings.Trim(line, "*_ ") == ""
}

// isFooter knows what transcription services sign with.
func isFooter(line string) bool {
	return strings.HasPrefix(line, "Transcribed by http") || strings.HasPrefix(line, "Transcribed by [http") ||
		strings.HasPrefix(line, "Transcript provided by ") || strings.HasPrefix(line, "Transcribed by otter.ai")
}
