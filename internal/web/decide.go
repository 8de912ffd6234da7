package web

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// A transcript has one form for all its labels: its buttons name the verdict and,
// as their value, the label and its place ("measure TEXT:0-34").

// decision reads such a button; found is false where the form has none.
func decision(r *http.Request) (span headway.Span, l headway.Label, v headway.Verdict, found bool, err error) {
	for _, v := range []headway.Verdict{headway.Kept, headway.Dismissed, headway.Undecided} {
		label, place, found := strings.Cut(r.PostFormValue(string(v)), " ")
		if found {
			span, err := parseSpan(place)
			return span, headway.Label(label), v, true, err
		}
	}
	return span, l, v, false, nil
}

// decisionValue is what a button of that form sends.
func decisionValue(l headway.Label, s headway.Span) string { return string(l) + " " + formatSpan(s) }

// verdict gives what a member made of a label at a place.
func (t *transcript) verdict(s headway.Span, l headway.Label) headway.Verdict {
	return t.judged.Labels[l][s]
}

// counts says whether a label counts, by its hearer or because a member kept it.
func (t *transcript) counts(s headway.Span, l headway.Scored) bool {
	switch t.verdict(s, l.Label) {
	case headway.Kept:
		return true
	case headway.Dismissed:
		return false
	}
	return l.Counted
}

// writeLabel writes one label of a sentence: its name, why it was heard and how
// surely, and what a member can make of it.
func (t *transcript) writeLabel(w io.Writer, s headway.Span, l headway.Scored) {
	verdict := t.verdict(s, l.Label)
	class := "kind"
	if !t.counts(s, l) {
		class = "kind perhaps"
	}
	name := esc(labelName(l.Label))
	if !t.judges {
		fmt.Fprintf(w, "<span class=\"noted\"><span class=\"%s\">%s</span>%s</span> ", class, name, t.why(l))
		return
	}
	decided := ""
	if verdict != "" {
		decided = fmt.Sprintf(" data-verdict=\"%s\"", verdict)
	}
	fmt.Fprintf(w, "<span class=\"noted\" data-line tabindex=\"-1\"%s><span class=\"%s\">%s</span>%s", decided, class, name, t.why(l))
	value := esc(decisionValue(l.Label, s))
	io.WriteString(w, "<span class=\"judge\">")
	writeDecision(w, headway.Kept, verdict, "y", "yes", name, value)
	writeDecision(w, headway.Dismissed, verdict, "n", "not this", name, value)
	if verdict != "" {
		fmt.Fprintf(w, "<button form=\"decide\" class=\"undo\" name=\"%s\" value=\"%s\" data-key=\"u\" aria-label=\"%s: undo\">undo</button>", headway.Undecided, value, name)
	}
	io.WriteString(w, "</span></span> ")
}

// writeDecision writes one button. The one that was pressed takes its verdict back.
func writeDecision(w io.Writer, v, now headway.Verdict, key, text, label, value string) {
	does, pressed := v, ""
	if v == now {
		does, pressed = headway.Undecided, fmt.Sprintf(" data-means=\"%s\" aria-pressed=\"true\"", v)
	}
	fmt.Fprintf(w, "<button form=\"decide\" name=\"%s\" value=\"%s\" data-key=\"%s\"%s aria-label=\"%s: %s\">%s</button>", does, value, key, pressed, label, text, text)
}

// why says what a label was heard by, and how often that is right.
func (t *transcript) why(l headway.Scored) string {
	if l.By == byPerson {
		return "<span class=\"why\"> one of us heard it</span>"
	}
	sure := "; "
	if !l.Counted {
		sure = ", only a suggestion; "
	}
	return fmt.Sprintf("<span class=\"why\"> %s — heard by %s%s%s</span>", esc(l.Why), esc(l.By), sure, esc(t.surely(l)))
}

// surely says how often such a label is right.
func (t *transcript) surely(l headway.Scored) string {
	of := quality.Heard{Label: l.Label, By: l.By, Counted: l.Counted, Genre: t.c.Genre}
	said, known := t.sure[of]
	if !known {
		said = quality.Of(of).Short()
		if kept := mirror.KeptIn(t.kept, l.Label).Sentence(); kept != "" {
			said += "; here you " + kept
		}
		t.sure[of] = said
	}
	return said
}

// byPerson is the hearer of what only a member heard.
const byPerson = "person"

// withKept adds the labels that members kept in a conversation and that nobody
// hears there any more.
func withKept(heard []headway.Heard, c *headway.Conversation, judged headway.Judgements) []headway.Heard {
	turns := map[headway.TextID]int{}
	for i, t := range c.Turns {
		turns[t.Text.ID] = i
	}
	all := slices.Clone(heard)
	for _, side := range []headway.Side{headway.Theirs, headway.Ours} {
		for _, l := range headway.Labels(side) {
			for _, span := range keptSpans(judged.Labels[l]) {
				turn, here := turns[span.Text]
				if here && c.Speaker(c.Turns[turn].Speaker).Side == side {
					all = withLabel(all, span, turn, side, l)
				}
			}
		}
	}
	return all
}

// keptSpans lists the kept places in order.
func keptSpans(verdicts map[headway.Span]headway.Verdict) (spans []headway.Span) {
	for span, v := range verdicts {
		if v == headway.Kept {
			spans = append(spans, span)
		}
	}
	slices.SortFunc(spans, func(a, b headway.Span) int { return strings.Compare(formatSpan(a), formatSpan(b)) })
	return spans
}

// withLabel adds a label to a sentence where it lacks it; a place that is no
// sentence any more stands before the sentences, so that it is marked first.
func withLabel(all []headway.Heard, span headway.Span, turn int, side headway.Side, l headway.Label) []headway.Heard {
	kept := headway.Scored{Label: l, Score: 1, Counted: true, By: byPerson}
	i := slices.IndexFunc(all, func(h headway.Heard) bool { return h.Span == span })
	if i < 0 {
		return slices.Insert(all, 0, headway.Heard{Span: span, Turn: turn, Side: side, Labels: []headway.Scored{kept}})
	}
	if !all[i].Has(l) {
		all[i].Labels = append(slices.Clip(all[i].Labels), kept)
	}
	return all
}
