package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// stretch is how many turns make one section. The browser skips the layout of
// sections out of sight; one box a turn would cost more than it saves.
const stretch = 50

// transcript writes turns of a conversation as HTML. It is written by hand
// because a template takes seven times as long on ten thousand turns; every word
// of the source passes through esc.
//
// What it writes of a turn hangs on that turn and its marks alone, so that a
// section is the same bytes as long as nothing in it changed.
type transcript struct {
	c         *headway.Conversation
	first     int // how many turns of the conversation come before these
	speakers  map[headway.SpeakerID]headway.Speaker
	sentences map[headway.TextID][]headway.Span
	marks     map[headway.TextID][]markPiece
	notes     map[headway.TextID][]notedView
	lost      []deed.Lost // claims on these words, or on words that belong to theirs, that were forgotten
	moments   []moment
	judges    bool            // whether a label can be kept and dismissed here
	form      string          // how a section that can be sent begins; "" where the island sends
	study     headway.StudyID // beside whose jobs words can be laid; "" for none
	light     bool            // what stands beside the turns of far sections waits until they near
	at        headway.Span    // the place the reader came for
	here      int             // the section that holds it; the first where there is none
	asked     headway.TextID  // the turn that a question is about, among others
	name      func(headway.MemberID) string
}

// markPiece is the part of a moment that lies in one turn, in code points.
type markPiece struct {
	m        *moment
	from, to int
	begins   bool // the moment begins in this turn
}

// notedView is a note on a passage that begins in a turn.
type notedView struct {
	deed.Noted
	Words string
}

func newTranscript(c *headway.Conversation, hearing headway.Hearing, judged deed.Judgements, at headway.Span) *transcript {
	t := &transcript{
		c: c, at: at,
		speakers:  map[headway.SpeakerID]headway.Speaker{},
		sentences: map[headway.TextID][]headway.Span{},
		moments:   moments(c, hearing, judged),
		lost:      judged.Lost,
		name:      func(m headway.MemberID) string { return string(m) },
	}
	t.here = max(0, slices.IndexFunc(c.Turns, func(turn headway.Turn) bool { return turn.Text.ID == at.Text })) / stretch
	for _, s := range c.Speakers {
		t.speakers[s.ID] = s
	}
	for _, h := range hearing.Sentences {
		t.sentences[h.Span.Text] = append(t.sentences[h.Span.Text], h.Span)
	}
	t.show(momentChoice{})
	return t
}

// show leaves out the moments that are not chosen.
func (t *transcript) show(choice momentChoice) {
	t.marks = map[headway.TextID][]markPiece{}
	for i := range t.moments {
		m := &t.moments[i]
		if !choice.shows(*m) {
			continue
		}
		for j, s := range m.place {
			t.marks[s.Text] = append(t.marks[s.Text], markPiece{m, s.Start, s.End, j == 0})
		}
	}
}

// sections gives how many sections these turns make.
func (t *transcript) sections() int { return (len(t.c.Turns) + stretch - 1) / stretch }

func (t *transcript) write(w io.Writer) {
	for i := range t.sections() {
		t.writeSection(w, i)
	}
}

// section gives one section's HTML.
func (t *transcript) section(i int) []byte {
	var b bytes.Buffer
	b.Grow(16 << 10)
	t.writeSection(&b, i)
	return b.Bytes()
}

// near says whether a section is likely to be seen at once: one of the first, or
// beside the place that the reader came for.
func (t *transcript) near(i int) bool {
	return !t.light || i < 2 || max(i-t.here, t.here-i) < 2
}

// writeSection puts the heading outside the section, where a screen reader
// finds it even while the section is not laid out.
func (t *transcript) writeSection(w io.Writer, i int) {
	from := i * stretch
	to := min(from+stretch, len(t.c.Turns))
	when := ""
	if ms, known := t.c.Turns[from].Started(); known {
		when = ", from " + clock(ms)
	}
	hidden := ` class="stretch"`
	if i == 0 && t.first == 0 {
		hidden = ` class="stretch vh"`
	}
	opens, closes := "<section class=\"turns\">", "</section>\n"
	if t.form != "" {
		opens, closes = t.form, "</form>\n"
	}
	fmt.Fprintf(w, "<h2%s>Turns %d–%d%s</h2>\n%s\n", hidden, t.first+from+1, t.first+to, when, opens)
	near := t.near(i)
	for i := from; i < to; i++ {
		t.writeTurn(w, i, near)
	}
	io.WriteString(w, closes)
}

// writeTurn writes a turn: who, when, the words, and beside them stripes and what
// they were heard as. data-s has the sentences for the keys, in code points.
//
// Beside a turn that is not near stands a noscript: to a browser that runs our
// scripts it is a piece of text, which costs next to nothing until the island
// puts what it says in its place; to any other it is there from the start. What a
// member wrote never waits: it can be found and read out wherever it is.
func (t *transcript) writeTurn(w io.Writer, i int, near bool) {
	turn := &t.c.Turns[i]
	speaker, known := t.speakers[turn.Speaker]
	if !known {
		speaker.Side = headway.Unknown
	}
	here := ""
	if t.at.Text == turn.Text.ID {
		here = " here"
	}
	if t.asked == turn.Text.ID {
		here += " asked"
	}
	id, text := esc(string(turn.ID)), esc(string(turn.Text.ID))
	fmt.Fprintf(w, "<article class=\"turn %s%s\" id=\"t-%s\" tabindex=\"-1\" data-t=\"%s\" data-s=\"%s\">", sideClass(speaker.Side), here, id, text, t.cutsOf(turn.Text.ID))
	n := strconv.Itoa(t.first + i + 1)
	when, label := n, "Turn "+n
	if ms, known := turn.Started(); known {
		when = clock(ms)
		label += ", " + when
	}
	fmt.Fprintf(w, "<p class=\"who\"><b>%s</b> %s <a class=\"when\" href=\"#t-%s\" aria-label=\"%s\">%s</a></p>\n<p class=\"words\">", esc(speakerName(speaker.Name)), sideName(speaker.Side), id, label, when)
	pieces, notes := t.marks[turn.Text.ID], t.notes[turn.Text.ID]
	points := t.writeWords(w, turn.Text, pieces)
	io.WriteString(w, "</p>")
	waits := !near && len(pieces) > 0 && len(notes) == 0
	if waits {
		io.WriteString(w, "<noscript>")
	}
	writeLanes(w, pieces, points)
	t.writeBeside(w, pieces, notes)
	if waits {
		io.WriteString(w, "</noscript>")
	}
	writeLost(w, deed.On(t.lost, turn.Text.ID))
	io.WriteString(w, "</article>\n")
}

// cutsOf writes where the sentences of a turn begin and end: "0 34 35 80".
func (t *transcript) cutsOf(text headway.TextID) string {
	var b []byte
	for i, s := range t.sentences[text] {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(s.Start), 10)
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(s.End), 10)
	}
	return string(b)
}

// writeWords writes the turn's text, cut where its look changes, and gives its
// length in code points.
func (t *transcript) writeWords(w io.Writer, text headway.TextVersion, pieces []markPiece) (points int) {
	cuts := t.cuts(text, pieces)
	ruler := headway.NewRuler(text.Text)
	for i := 0; i+1 < len(cuts); i++ {
		span := headway.Span{Text: text.ID, Start: cuts[i], End: cuts[i+1]}
		words := esc(text.Text[ruler.Byte(span.Start):ruler.Byte(span.End)])
		class, covering, names := look(pieces, span.Start, span.End)
		at := span.Overlaps(t.at)
		switch {
		case covering != "":
			if at {
				class += " at"
			}
			fmt.Fprintf(w, "<mark class=\"%s\" data-m=\"%s\"%s>%s</mark>", class, covering, names, words)
		case at:
			fmt.Fprintf(w, "<span class=\"at\">%s</span>", words)
		default:
			io.WriteString(w, words)
		}
	}
	return cuts[len(cuts)-1]
}

// cuts lists, rising, the places where the look of the words changes.
func (t *transcript) cuts(text headway.TextVersion, pieces []markPiece) []int {
	end := headway.NewRuler(text.Text).Point(len(text.Text))
	cuts := []int{0, end}
	for _, p := range pieces {
		cuts = append(cuts, p.from, p.to)
	}
	if t.at.Text == text.ID {
		cuts = append(cuts, t.at.Start, t.at.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return slices.DeleteFunc(cuts, func(c int) bool { return c < 0 || c > end })
}

// look gives the class of the words from one cut to the next, the numbers of the
// moments that cover them, and, where one begins, its name for who cannot see
// colours. One moment is a tint; what lies over it is a line under the words
// for each, at most two: colours do not mix.
func look(pieces []markPiece, from, to int) (class, covering, names string) {
	var tones []string
	var starting []string
	for i, p := range pieces {
		if p.from > from || p.to < to {
			continue
		}
		if covering != "" {
			covering += " "
		}
		covering += strconv.Itoa(i)
		if p.m.verdict == headway.Dismissed {
			continue
		}
		if tone := "hue-" + hue(p.m.heard.Label); p.m.counts() && !slices.Contains(tones, tone) {
			tones = append(tones, tone)
		}
		if p.from == from && p.begins {
			starting = append(starting, labelName(p.m.heard.Label))
		}
	}
	if len(starting) > 0 {
		names = ` data-k="` + strings.Join(starting, ", ") + `"`
	}
	switch len(tones) {
	case 0:
		return "heard perhaps", covering, names
	case 1:
		return "heard " + tones[0], covering, names
	case 2:
		return "heard " + tones[0] + " b-" + tones[1][4:], covering, names
	}
	return "heard " + tones[0] + " b-" + tones[1][4:] + " c-" + tones[2][4:], covering, names
}

func sideClass(side headway.Side) string {
	switch side {
	case headway.Theirs, headway.Ours:
		return string(side)
	}
	return "unknown"
}

func sideName(side headway.Side) string {
	switch side {
	case headway.Theirs:
		return "customer"
	case headway.Ours:
		return "one of us"
	}
	return "side not settled"
}

func esc(s string) string {
	if !strings.ContainsAny(s, "\x00<>&'\"") {
		return s
	}
	s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	return template.HTMLEscapeString(s)
}
