package web

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// A transcript has one form for all its labels: its buttons name the verdict and,
// as their value, the label and its place ("measure TEXT:0-34").

// decision reads such a button; found is false where the form has none.
func decision(r *http.Request) (p headway.Passage, l headway.Label, v headway.Verdict, found bool, err error) {
	for _, v := range []headway.Verdict{headway.Kept, headway.Dismissed, headway.Undecided} {
		label, places, found := strings.Cut(r.PostFormValue(string(v)), " ")
		if found {
			p, err := parsePassage(places)
			return p, headway.Label(label), v, true, err
		}
	}
	return p, l, v, false, nil
}

// decisionValue is what a button of that form sends.
func decisionValue(l headway.Label, p headway.Passage) string {
	return string(l) + " " + formatPassage(p)
}

// writeBeside says beside a turn what was heard in it and noted on it; the
// reason shows when a mark or its name has the focus.
func (t *transcript) writeBeside(w io.Writer, pieces []markPiece, notes []notedView) {
	if len(pieces)+len(notes) == 0 {
		return
	}
	io.WriteString(w, "<ul class=\"notes\">")
	for i, p := range pieces {
		t.writeLabel(w, i, p)
	}
	for _, n := range notes {
		t.writeNote(w, n)
	}
	io.WriteString(w, "</ul>")
}

// writeLabel writes one label: its name, why it was heard and how surely, who
// decided, and what a member can make of it.
func (t *transcript) writeLabel(w io.Writer, i int, p markPiece) {
	m := p.m
	class := "kind"
	if !m.counts() {
		class = "kind perhaps"
	}
	name := esc(labelName(m.heard.Label))
	goes := ""
	if !p.begins {
		goes = "<span class=\"goes-on\">… </span>"
	}
	if !t.judges {
		fmt.Fprintf(w, "<li class=\"noted\" data-m=\"%d\">%s<span class=\"%s\">%s</span>%s</li>", i, goes, class, name, t.why(m))
		return
	}
	decided := ""
	if m.verdict != "" {
		decided = fmt.Sprintf(" data-verdict=\"%s\"", m.verdict)
	}
	value := esc(decisionValue(m.heard.Label, m.place))
	fmt.Fprintf(w, "<li class=\"noted\" data-line tabindex=\"-1\" data-m=\"%d\" data-v=\"%s\"%s>%s<span class=\"%s\">%s</span>%s", i, value, decided, goes, class, name, t.why(m))
	if t.form != "" {
		writeDecisions(w, m.verdict, name, value)
		t.writeLay(w, m, name)
	}
	io.WriteString(w, "</li>")
}

// writeLay leads from a moment of a customer's to where it is laid beside a job. In
// the usual view the island does so.
func (t *transcript) writeLay(w io.Writer, m *moment, label string) {
	if m.side != headway.Theirs || t.study == "" {
		return
	}
	fmt.Fprintf(w, " <a href=\"%s\" aria-label=\"%s: beside a job\">beside a job</a>", esc(besidePath(t.study, formatPassage(m.place))), label)
}

// writeDecisions writes the buttons of a label. In the usual view the island
// makes them where they are wanted: on ten thousand turns they would be half of
// the page.
func writeDecisions(w io.Writer, verdict headway.Verdict, label, value string) {
	io.WriteString(w, "<span class=\"judge\">")
	writeDecision(w, headway.Kept, verdict, "y", "yes", label, value)
	writeDecision(w, headway.Dismissed, verdict, "n", "not this", label, value)
	if verdict != "" {
		fmt.Fprintf(w, "<button class=\"undo\" name=\"%s\" value=\"%s\" data-key=\"u\" aria-label=\"%s: undo\">undo</button>", headway.Undecided, value, label)
	}
	io.WriteString(w, "</span>")
}

// writeDecision writes one button. The one that was pressed takes its verdict back.
func writeDecision(w io.Writer, v, now headway.Verdict, key, text, label, value string) {
	does, pressed := v, ""
	if v == now {
		does, pressed = headway.Undecided, fmt.Sprintf(" data-means=\"%s\" aria-pressed=\"true\"", v)
	}
	fmt.Fprintf(w, "<button name=\"%s\" value=\"%s\" data-key=\"%s\"%s aria-label=\"%s: %s\">%s</button>", does, value, key, pressed, label, text, text)
}

// writeNote writes a member's note, with a way to take it off again.
func (t *transcript) writeNote(w io.Writer, n notedView) {
	fmt.Fprintf(w, "<li class=\"note-on\" tabindex=\"-1\" data-on=\"%s\"><p>%s</p><p class=\"by\">%s", esc(formatPassage(n.On)), esc(n.Words), esc(t.by(n.Member, n.At)))
	if t.judges {
		fmt.Fprintf(w, " <button class=\"link\" name=\"unnote\" value=\"%s\" aria-label=\"take off this note\">take off</button>", esc(string(n.Note)))
	}
	io.WriteString(w, "</p></li>")
}

// why says who decided and what a label was heard by. How often that is right
// stands once at the head of the page: it changes with every verdict, and would
// change every section with it.
func (t *transcript) why(m *moment) string {
	var said []string
	if m.made.Seq > 0 {
		said = append(said, string(m.verdict)+" by "+t.by(m.made.Member, m.made.At))
	}
	if m.heard.By == byPerson {
		said = append(said, "one of us heard it")
	} else {
		sure := ""
		if !m.heard.Counted {
			sure = ", only a suggestion"
		}
		said = append(said, m.heard.Why+" — heard by "+m.heard.By+sure)
	}
	return "<span class=\"why\"> " + esc(strings.Join(said, "; ")) + "</span>"
}

// by names a member and when: "Ines, 3 March 2026 at 14:05".
func (t *transcript) by(m headway.MemberID, at time.Time) string {
	name := t.name(m)
	if at.IsZero() {
		return name
	}
	return name + ", " + at.UTC().Format("2 January 2006 at 15:04") + " UTC"
}
