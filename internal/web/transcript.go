package web

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// stretch is how many turns make one section. The browser skips the layout of
// sections out of sight; one box a turn would cost more than it saves.
const stretch = 50

// transcript writes a conversation as HTML. It is written by hand because a
// template takes seven times as long on ten thousand turns; every word of the
// source passes through esc.
type transcript struct {
	c      *headway.Conversation
	heard  map[headway.TextID][]headway.Heard
	judged headway.Judgements
	kept   []mirror.Kept            // of judged, in all conversations
	judges bool                     // whether a label can be kept and dismissed here
	sure   map[quality.Heard]string // said once found
	at     headway.Span             // the place the reader came for
	n      int                      // marks written so far, for their ids
}

func newTranscript(c *headway.Conversation, hearing headway.Hearing, judged headway.Judgements, at headway.Span) *transcript {
	t := &transcript{c: c, heard: map[headway.TextID][]headway.Heard{}, judged: judged, kept: mirror.KeptOf(judged, nil), sure: map[quality.Heard]string{}, at: at}
	for _, h := range withKept(hearing.Sentences, c, judged) {
		if len(shown(h)) > 0 {
			t.heard[h.Span.Text] = append(t.heard[h.Span.Text], h)
		}
	}
	return t
}

func (t *transcript) write(w io.Writer) {
	for from := 0; from < len(t.c.Turns); from += stretch {
		to := min(from+stretch, len(t.c.Turns))
		t.writeStretch(w, from, to)
	}
}

// writeStretch puts the heading outside the section, where a screen reader
// finds it even while the section is not laid out.
func (t *transcript) writeStretch(w io.Writer, from, to int) {
	when := ""
	if ms, known := t.c.Turns[from].Started(); known {
		when = ", from " + clock(ms)
	}
	hidden := ` class="stretch"`
	if from == 0 {
		hidden = ` class="stretch vh"`
	}
	fmt.Fprintf(w, "<h2%s>Turns %d–%d%s</h2>\n<section class=\"turns\">\n", hidden, from+1, to, when)
	for i := from; i < to; i++ {
		t.writeTurn(w, &t.c.Turns[i])
	}
	io.WriteString(w, "</section>\n")
}

func (t *transcript) writeTurn(w io.Writer, turn *headway.Turn) {
	speaker := t.c.Speaker(turn.Speaker)
	here := ""
	if t.at.Text == turn.Text.ID {
		here = " here"
	}
	fmt.Fprintf(w, "<article class=\"turn %s%s\" id=\"t-%s\" tabindex=\"-1\">", sideClass(speaker.Side), here, esc(string(turn.ID)))
	when := "¶"
	if ms, known := turn.Started(); known {
		when = clock(ms)
	}
	fmt.Fprintf(w, "<a class=\"when\" href=\"#t-%s\" aria-label=\"Link to this turn, %s\">%s</a>", esc(string(turn.ID)), when, when)
	fmt.Fprintf(w, "<p class=\"who\"><b>%s</b> <span class=\"side\">%s</span></p>\n<p class=\"words\">", esc(speakerName(speaker.Name)), sideName(speaker.Side))
	notes := t.writeWords(w, turn)
	io.WriteString(w, "</p>")
	t.writeNotes(w, notes)
	io.WriteString(w, "</article>\n")
}

// note is what a mark says beside the turn.
type note struct {
	mark  int
	heard headway.Heard
}

// writeWords writes the turn's text, cut where something was heard and where
// the reader was sent.
func (t *transcript) writeWords(w io.Writer, turn *headway.Turn) []note {
	heard := t.heard[turn.Text.ID]
	cuts := t.cuts(turn.Text, heard)
	ruler := headway.NewRuler(turn.Text.Text)
	var notes []note
	for i := 0; i+1 < len(cuts); i++ {
		span := headway.Span{Text: turn.Text.ID, Start: cuts[i], End: cuts[i+1]}
		words := esc(turn.Text.Text[ruler.Byte(span.Start):ruler.Byte(span.End)])
		at := span.Overlaps(t.at)
		j := slices.IndexFunc(heard, func(h headway.Heard) bool { return h.Span.Overlaps(span) })
		if j < 0 {
			writePlain(w, words, at)
			continue
		}
		if len(notes) == 0 || notes[len(notes)-1].heard.Span != heard[j].Span {
			t.n++
			notes = append(notes, note{t.n, heard[j]})
		}
		t.writeMark(w, words, at, heard[j], t.n, span.Start == heard[j].Span.Start)
	}
	return notes
}

// cuts lists, rising, the places where the look of the words changes.
func (t *transcript) cuts(text headway.TextVersion, heard []headway.Heard) []int {
	end := headway.NewRuler(text.Text).Point(len(text.Text))
	cuts := []int{0, end}
	for _, h := range heard {
		cuts = append(cuts, h.Span.Start, h.Span.End)
	}
	if t.at.Text == text.ID {
		cuts = append(cuts, t.at.Start, t.at.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return slices.DeleteFunc(cuts, func(c int) bool { return c < 0 || c > end })
}

func writePlain(w io.Writer, words string, at bool) {
	if at {
		fmt.Fprintf(w, "<span class=\"at\">%s</span>", words)
		return
	}
	io.WriteString(w, words)
}

func (t *transcript) writeMark(w io.Writer, words string, at bool, h headway.Heard, n int, first bool) {
	class := "heard " + t.markClass(h)
	if at {
		class += " at"
	}
	id := ""
	if first {
		id = fmt.Sprintf(" id=\"m-%d\" tabindex=\"0\"", n)
	}
	fmt.Fprintf(w, "<mark class=\"%s\"%s aria-describedby=\"n-%d\">%s</mark>", class, id, n, words)
}

// writeNotes says beside a turn what was heard in it; the reason shows when a
// mark or its note has the focus.
func (t *transcript) writeNotes(w io.Writer, notes []note) {
	if len(notes) == 0 {
		return
	}
	io.WriteString(w, "<ul class=\"notes\">")
	for _, n := range notes {
		fmt.Fprintf(w, "<li id=\"n-%d\">", n.mark)
		for _, l := range shown(n.heard) {
			t.writeLabel(w, n.heard.Span, l)
		}
		io.WriteString(w, "</li>")
	}
	io.WriteString(w, "</ul>")
}

// shown gives the labels worth a mark: what a customer's sentence shows, and of
// ours what asks, tells or takes for granted.
func shown(h headway.Heard) []headway.Scored {
	var labels []headway.Scored
	for _, l := range h.Labels {
		_, asks := l.Label.Asked()
		told := slices.Contains([]headway.Label{headway.Pitch, headway.Advice, headway.Assumption, headway.Playback, headway.StoryOwn, headway.StoryOther}, l.Label)
		if h.Side == headway.Theirs || asks || told {
			labels = append(labels, l)
		}
	}
	return labels
}

// labelName writes "asks for measure" for asks:measure.
func labelName(l headway.Label) string {
	if slot, asks := l.Asked(); asks {
		return "asks for " + string(slot)
	}
	return string(l)
}

// markClass colours a mark by the first label that counts, and leaves
// suggestions and what was dismissed uncoloured.
func (t *transcript) markClass(h headway.Heard) string {
	for _, l := range shown(h) {
		if t.counts(h.Span, l) {
			return "hue-" + hue(l.Label)
		}
	}
	return "perhaps"
}

// hue groups the kinds into five tones; the word beside the turn tells them
// apart, the colour never does alone.
func hue(l headway.Label) string {
	switch l {
	case headway.Struggle, headway.Anxiety:
		return "push"
	case headway.Motivation, headway.Pull, headway.Request:
		return "aim"
	case headway.Measure, headway.Result:
		return "measure"
	case headway.Situation, headway.Alternative, headway.Habit, headway.Realization, headway.Decision:
		return "place"
	}
	return "ours"
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
	s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	return template.HTMLEscapeString(s)
}
