package source

import (
	"fmt"
	"strings"

	"github.com/headway-oss/headway"
)

// A cue is a piece of a caption file as it stands there.
type cue struct {
	line       int // of its timing
	start, end int64
	speaker    string // named beside the timing, or in the cue's id
	payload    string // all its lines
	at         int    // line of the payload's first line
}

// cues cuts a caption file (VTT, SRT, SBV and the like differ little) into
// cues. A player drops what it does not understand; here every word stays, in
// the cue it stands in, and what was odd about it is found.
func (r *reading) cues() []cue {
	c := &cueReader{r: r, l: linesOf(r.text), vtt: isVTT(r.text)}
	c.readAll()
	return c.cues
}

type cueReader struct {
	r     *reading
	l     *lines
	vtt   bool
	cues  []cue
	from  int // byte offset of the running cue's payload, -1 while it has none
	to    int
	after bool   // a blank line stands before
	named string // speaker in the id of the cue that comes
}

func (c *cueReader) readAll() {
	c.from, c.after = -1, true
	if c.vtt {
		c.header()
	}
	for {
		from := c.l.at
		line, ok := c.l.next()
		if !ok {
			break
		}
		switch {
		case blank(line):
			c.after = true
			continue
		case c.cueStarts(line), c.isID(line):
			// nothing of it is speech
		case c.vtt && c.after && isBlock(line):
			c.block(line)
		default:
			c.words(line, from)
		}
		c.after = false
	}
	c.endCue()
}

// header passes over what stands between WEBVTT and the first blank line.
func (c *cueReader) header() {
	for {
		line := c.l.peek()
		if c.l.n > 0 && blank(line) || strings.Contains(line, "-->") {
			return
		}
		line, ok := c.l.next()
		if !ok {
			return
		}
		line = strings.TrimSpace(line)
		for _, known := range []string{"WEBVTT", "webvtt", "WEBvtt", "Kind:", "Language:", "Region:", "X-TIMESTAMP-MAP="} {
			rest, is := strings.CutPrefix(line, known)
			if is {
				line = strings.TrimLeft(rest, " \t-")
				if known[0]|0x20 != 'w' {
					line = ""
				}
			}
		}
		if line != "" {
			c.r.find(c.l.n, "header, kept out of what was said", line)
		}
	}
}

// cueStarts begins a cue where line is its timing, readable or not.
func (c *cueReader) cueStarts(line string) bool {
	start, end, rest, ok := timing(line)
	if !ok {
		if !strings.Contains(line, "-->") || !strings.ContainsAny(line, "0123456789") || !isDigit(strings.TrimSpace(line)[0]) {
			return false
		}
		c.endCue()
		c.r.find(c.l.n, "timing cannot be read; kept the words without a time", strings.TrimSpace(line))
		c.cues = append(c.cues, cue{line: c.l.n, start: noTime, end: noTime})
		return true
	}
	c.endCue()
	next := cue{line: c.l.n, start: start, end: end, speaker: c.named}
	c.named = ""
	if n := len(c.cues); n > 0 && start < c.cues[n-1].start || end < start {
		c.r.find(c.l.n, "timestamp runs backwards; kept the words", "")
	}
	if inner, ok := strings.CutPrefix(rest, "["); ok {
		next.speaker, rest, _ = strings.Cut(inner, "]")
	}
	if !isSettings(rest) {
		c.r.find(c.l.n, "words beside the timing, kept out of what was said", rest)
	}
	c.cues = append(c.cues, next)
	return true
}

// isSettings says whether every field is a placement ("align:start", "X1:40").
func isSettings(rest string) bool {
	for field := range strings.FieldsSeq(rest) {
		if !strings.Contains(field, ":") {
			return false
		}
	}
	return true
}

// isID says whether line is the id of the cue whose timing comes next. Text
// right above a timing, without a blank line before, is speech unless it is a
// number.
func (c *cueReader) isID(line string) bool {
	line = strings.TrimSpace(line)
	_, _, _, next := timing(c.l.peek())
	_, digits := leadingNumber(line)
	if !next || !c.after && digits != len(line) {
		return false
	}
	if digits == len(line) || isGUID(line) {
		return true
	}
	// Some recorders write the speaker into the id: 12 "Marta Berg" (16778240)
	if _, quoted, ok := strings.Cut(line, `"`); ok && digits > 0 {
		if name, _, ok := strings.Cut(quoted, `"`); ok && name != "" {
			c.named = name
			return true
		}
	}
	c.r.find(c.l.n, "name of a cue, kept out of what was said", line)
	return true
}

// isGUID knows "3e9f2c1a-...-0b7d" and the same with "/12-0" or "-0" behind.
func isGUID(s string) bool {
	return len(s) >= 32 && len(s) <= 64 && strings.Count(s, "-") >= 4 && strings.Trim(s, "0123456789abcdefABCDEF-/{}") == ""
}

func isBlock(line string) bool {
	line = strings.TrimSpace(line)
	for _, kind := range []string{"NOTE", "STYLE", "REGION"} {
		if rest, ok := strings.CutPrefix(line, kind); ok && (rest == "" || kind == "NOTE" && (rest[0] == ' ' || rest[0] == '\t')) {
			return true
		}
	}
	return false
}

// block passes over a comment, a style or a region up to the blank line behind
// it. A comment in words is found; the confidences that recorders write are not.
func (c *cueReader) block(line string) {
	at, words := c.l.n, []string{}
	kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	kind = strings.TrimSpace(kind)
	for {
		if strings.TrimSpace(rest) != "" {
			words = append(words, strings.TrimSpace(rest))
		}
		if next := c.l.peek(); blank(next) || strings.Contains(next, "-->") {
			break
		}
		rest, _ = c.l.next()
	}
	if len(words) == 0 || len(words) == 1 && isMeasure(words[0]) {
		return
	}
	c.r.find(at, strings.ToLower(kind)+", kept out of what was said", strings.Join(words, "\n"))
}

// isMeasure knows the notes that a recorder writes for itself.
func isMeasure(note string) bool {
	key, _, ok := strings.Cut(strings.ToLower(note), ":")
	return ok && (key == "duration" || key == "confidence" || key == "language" || key == "recognizability")
}

// words adds a line to the running cue.
func (c *cueReader) words(line string, from int) {
	if len(c.cues) == 0 {
		c.r.find(c.l.n, "stands before the first cue, kept out of what was said", strings.TrimSpace(line))
		return
	}
	if c.from < 0 {
		c.from = from
		c.cues[len(c.cues)-1].at = c.l.n
	} else if c.after {
		c.r.find(c.l.n, "a blank line inside a cue; kept the words", "")
	}
	c.to = from + len(line)
}

func (c *cueReader) endCue() {
	if c.from >= 0 {
		c.cues[len(c.cues)-1].payload = c.r.text[c.from:c.to]
	}
	c.from = -1
}

// captions reads the cues of a caption file as one transcript.
func (r *reading) captions() error {
	cues := r.cues()
	if len(cues) == 0 {
		return headway.Errorf(headway.Invalid, "there is no caption in it: export it again as VTT or SRT")
	}
	d := r.transcript(headway.Call)
	v := &voices{r: r, s: &speech{draft: d}}
	v.learn(cues)
	for i := range cues {
		v.hear(&cues[i])
	}
	v.s.finish()
	if len(d.Conversation().Turns) == 0 {
		return headway.Errorf(headway.Invalid, "its captions hold no words: export it again")
	}
	if v.nameless > 0 && v.everyCue {
		r.find(0, fmt.Sprintf("cues that name nobody: %d; their side stays unknown", v.nameless), "")
	}
	r.keepWhole(d)
	return nil
}

// voices finds out who says what in cues.
type voices struct {
	r        *reading
	s        *speech
	speakers map[string]bool // names that stand before a colon
	inRound  map[string]bool // names that stand in brackets on a line of their own
	everyCue bool            // nearly every cue names its speaker, so that one without a name is nobody's
	rolling  bool            // each cue repeats lines of the one before
	before   []string        // the lines of the cue before, while rolling
	current  string          // who spoke last
	last     cue
	nameless int
}

// learn goes over all cues once, to know the file's habits.
func (v *voices) learn(cues []cue) {
	h := captionHabits{colon: newRoll(), round: map[string]int{}}
	for i := range cues {
		h.count(&cues[i])
	}
	v.speakers, v.inRound = h.colon.speakers(), map[string]bool{}
	for name := range v.speakers {
		h.named += h.colon.counts[name]
	}
	for name, n := range h.round {
		if n >= 2 || roleOf(name) != headway.Unknown {
			v.inRound[name] = true
			h.named += n
		}
	}
	v.everyCue = h.named*5 >= len(cues)*4
	v.rolling = h.inline || h.named == 0 && h.repeats >= 4 && h.repeats*2 >= len(cues)
}

// captionHabits counts what tells how a caption file names its speakers.
type captionHabits struct {
	colon   *roll          // what stands before a colon
	round   map[string]int // what stands in brackets on a line above words
	named   int            // cues that name their speaker in a tag or by their timing
	repeats int            // cues that begin with the last line of the one before
	inline  bool           // single words carry times, as in captions that roll
	last    string         // the last line
}

func (h *captionHabits) count(c *cue) {
	named, first, bracket := c.speaker != "", true, ""
	untag(c.payload, func(_ string, voiced bool, text string) {
		named = named || voiced
		for line := range strings.SplitSeq(text, "\n") {
			if line = undash(line); line == "" {
				continue
			}
			if first && line == h.last {
				h.repeats++
			}
			first, h.last = false, line
			if voiced {
				continue
			}
			if bracket != "" {
				h.round[bracket]++
			}
			bracket = ""
			if name, rest, ok := namePrefix(line); ok {
				h.colon.add(name, rest)
			} else if name, ok := bracketName(line); ok {
				bracket = name
			}
		}
	})
	h.colon.pieces++
	h.inline = h.inline || strings.Contains(c.payload, "<c>") && strings.Contains(c.payload, "<0")
	if named {
		h.named++
	}
}

// bracketName knows "(Marta Berg)" alone on a line, and "(laughter)" from it.
func bracketName(line string) (string, bool) {
	if len(line) < 3 || line[0] != '(' || line[len(line)-1] != ')' {
		return "", false
	}
	name := line[1 : len(line)-1]
	return name, plausibleName(name) && personLike(name) && !stageWords[strings.ToLower(name)]
}

var stageWords = fieldSet(`laughter laughs laughing music applause inaudible crosstalk silence pause sighs chuckles
	cough coughs noise unintelligible indistinct cheering gasps crying beep beeping break`)

// undash trims a line and the mark that some exports put before a new voice:
// "- Yes" or, in American captions, ">> Yes".
func undash(line string) string {
	line = strings.TrimSpace(line)
	if !dashed(line) {
		return line
	}
	if rest := strings.TrimSpace(strings.TrimLeft(line, ">-")); rest != "" {
		return rest
	}
	return line
}

func dashed(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, ">>") || strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "--")
}

// hear says the words of one cue.
func (v *voices) hear(c *cue) {
	at := c.at
	lost := untag(c.payload, func(voice string, voiced bool, text string) {
		if !voiced {
			voice, voiced = c.speaker, c.speaker != ""
		}
		v.piece(c, at, voice, voiced, text)
		at += strings.Count(text, "\n")
	})
	if lost != "" {
		v.r.find(c.at, "words inside a tag, kept out of what was said", lost)
	}
	if v.rolling {
		v.roll(c)
	}
	v.last = *c
}

// piece says what one voice says in a cue, line by line. A line with a dash is
// another voice, and only that of the cue's first line is known.
func (v *voices) piece(c *cue, at int, voice string, voiced bool, text string) {
	name := voice
	if !voiced && !v.everyCue {
		name = v.current
	}
	seen, dashes := v.repeated(text), dashedLines(text)
	var words []string
	number, fresh := at, false
	begun, here := false, voiced // whether this voice has spoken, and was named, in this cue
	say := func() {
		v.say(c, said{name: name, text: strings.Join(words, " "), fresh: fresh, line: number})
		begun, fresh, words = begun || len(words) > 0, false, words[:0]
	}
	for raw := range strings.SplitSeq(text, "\n") {
		line := undash(raw)
		at++
		switch {
		case line == "":
			continue
		case seen > 0:
			seen--
			continue
		case !voiced && dashed(raw) && (dashes > 1 || len(words) > 0 || !here):
			say()
			fresh = true
			if begun || !here {
				name = ""
			}
		}
		if spoken, rest, ok := v.names(line); ok && !voiced {
			say()
			name, line, here = spoken, undash(rest), true
		}
		if len(words) == 0 {
			number = at - 1
		}
		if line != "" {
			words = append(words, line)
		}
	}
	say()
}

// names reads a speaker's name at the front of a line, or alone in brackets.
func (v *voices) names(line string) (name, rest string, ok bool) {
	if name, rest, ok = namePrefix(line); ok && v.speakers[name] {
		return name, rest, true
	}
	name, ok = bracketName(line)
	return name, "", ok && v.inRound[name]
}

func dashedLines(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if dashed(line) {
			n++
		}
	}
	return n
}

// repeated counts the first lines of text that the cue before showed already.
func (v *voices) repeated(text string) int {
	if !v.rolling {
		return 0
	}
	now := shownLines(text)
	for k := min(len(now), len(v.before)); k > 0; k-- {
		same := true
		for i := range k {
			same = same && now[i] == v.before[len(v.before)-k+i]
		}
		if same {
			return k
		}
	}
	return 0
}

func (v *voices) roll(c *cue) {
	v.before = nil
	untag(c.payload, func(_ string, _ bool, text string) {
		v.before = append(v.before, shownLines(text)...)
	})
}

func shownLines(text string) []string {
	var shown []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = undash(line); line != "" {
			shown = append(shown, line)
		}
	}
	return shown
}

// breath is the silence after which words of nobody's name begin a new turn,
// where a sentence has ended: otherwise an hour would be one turn.
const breath = 2000

func (v *voices) say(c *cue, p said) {
	if p.text == "" {
		return
	}
	if p.name == "" {
		v.nameless++
		pause := c.start >= 0 && v.last.end >= 0 && c.start-v.last.end >= breath
		p.fresh = p.fresh || pause && v.s.ended()
	}
	v.current = p.name
	p.join, p.start, p.end = " ", c.start, c.end
	v.s.say(p)
}
