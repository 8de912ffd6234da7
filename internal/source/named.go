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
	cast     map[string]headway.Side // of speakers whose role the text gives beforehand
	timeless bool                    // every time in it is zero, so none says anything
	clocked  bool                    // most lines have a time before their words, or above them
	zero     int64                   // where the recording begins, for times of the day
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
	_, skip := frontMatter(text)
	c := newCensus()
	for raw := range strings.SplitSeq(text[skip:], "\n") {
		c.count(strings.TrimSpace(raw))
	}
	return c.decide()
}

// A census counts what lines begin with.
type census struct {
	rolls         map[labelStyle]*roll
	first         map[labelStyle]int // the piece in which a style came first
	pieces, lines int
	queries       int
	clocked       int   // lines with a time and no name
	zero, nonzero int   // times
	begin         int64 // the first time
	gap           bool
}

func newCensus() *census {
	c := &census{rolls: map[labelStyle]*roll{}, first: map[labelStyle]int{}, begin: noTime, gap: true}
	for _, s := range styles {
		c.rolls[s] = newRoll()
	}
	return c
}

func (c *census) count(line string) {
	if line == "" {
		c.gap = true
		return
	}
	c.lines++
	l := labelOf(line)
	if ms, _, ok := timeBefore(line); ok {
		l.ms = ms
		c.clocked++
	}
	c.time(l.ms)
	if l.style == boldQuery {
		c.queries++
	} else if l.style != noLabel {
		if _, seen := c.first[l.style]; !seen {
			c.first[l.style] = c.pieces
		}
		c.rolls[l.style].add(l.name, l.rest)
	}
	if c.gap || l.style != noLabel {
		c.pieces++
	}
	c.gap = false
}

func (c *census) time(ms int64) {
	if c.begin == noTime {
		c.begin = ms
	}
	switch {
	case ms > 0:
		c.nonzero++
	case ms == 0:
		c.zero++
	}
}

func (c *census) decide() habits {
	h := habits{timeless: c.zero > 1 && c.nonzero == 0, clocked: c.clocked > 1 && c.clocked*5 >= c.lines*2}
	if c.begin >= latestStart {
		h.zero = c.begin
	}
	most := 0
	for _, style := range styles {
		if speakers, said := c.speakers(style); said > most {
			h.style, h.speakers, h.cast, most = style, speakers, c.rolls[style].cast, said
		}
	}
	if h.style == noLabel && c.queries >= 2 {
		h.style = boldQuery
	}
	return h
}

// speakers gives the names of one style and how many pieces they begin; none
// where the style is too rare, or too weak, to be how this text names people.
func (c *census) speakers(style labelStyle) (speakers map[string]bool, said int) {
	r := c.rolls[style]
	r.pieces = c.pieces
	speakers = r.speakers()
	if style == byBold && len(speakers) > 0 {
		speakers = r.all()
	}
	for name := range speakers {
		said += r.counts[name]
	}
	rare := said*8 < c.pieces && c.first[style] > 5
	lonely := len(speakers) < 2 && !r.anyRole(speakers)
	switch style {
	case byHeading:
		lonely = len(speakers) < 2
	case byLine:
		lonely = said < 2
	case byTime, byBold:
		lonely = lonely && said < 2
	}
	if rare || lonely {
		return nil, 0
	}
	return speakers, said
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
	labels  []string // the speakers' names as they come
	seen    map[string]bool
}

func (n *namedReader) read() {
	n.l, n.ms, n.seen = linesOf(n.r.text), noTime, map[string]bool{}
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
	n.silent()
	for i := range n.s.draft.Conversation().Speakers {
		s := &n.s.draft.Conversation().Speakers[i]
		if side, given := n.h.cast[s.Name]; given {
			s.Side, s.Settled = side, headway.SettledRole
		}
	}
}

// silent finds the names under which nothing stands: a break, a jingle.
func (n *namedReader) silent() {
	for _, s := range n.s.draft.Conversation().Speakers {
		delete(n.seen, s.Name)
	}
	var silent []string
	for _, name := range n.labels {
		if n.seen[name] {
			silent = append(silent, name)
		}
	}
	if len(silent) > 0 {
		n.r.find(0, "named, but says nothing", strings.Join(silent, ", "))
	}
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
	if !n.seen[name] {
		n.seen[name] = true
		n.labels = append(n.labels, name)
	}
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
