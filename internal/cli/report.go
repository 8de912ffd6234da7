package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// A first screen holds at most so many sentences: theirs, the gaps and the
// next questions together.
const (
	firstScreen    = 12
	firstGaps      = 3
	firstQuestions = 2
	firstQuote     = 240 // cells of a sentence; the rest is behind --per-slot
)

// report is the mirror on paper.
type report struct {
	*paper
	flow.Glance
	places  places
	paths   []string // as they were typed, for the hints
	guessed []string
	named   []string // by --ours and --theirs
	given   string   // the flags that told how to read, as they are written again
	perSlot int      // sentences a kind; 0 is the first screen only
	left    int      // sentences that the first screen still holds
	shown   map[headway.Span]bool
}

func (r *report) write() {
	m := &r.Mirror
	r.shown = map[headway.Span]bool{}
	r.left = firstScreen - min(firstQuestions, len(m.NextQuestions))
	for _, g := range r.worst() {
		r.left -= 1 + len(doubt(g))
	}
	r.title()
	r.misnamed()
	r.unplaced()
	r.tables()
	r.youSaid()
	r.tookForGranted()
	r.firstSolutions()
	r.theySaid()
	r.nobodyAsked()
	r.nextQuestions()
	r.more()
}

// whole says whether all of the mirror was asked for.
func (r *report) whole() bool { return r.perSlot > 0 }

// take says whether there is room for one more sentence.
func (r *report) take() bool {
	r.left--
	return r.whole() || r.left >= 0
}

func (r *report) title() {
	m := &r.Mirror
	r.par(0, 2, run{bold, "Mirror"},
		run{plain, fmt.Sprintf("of %s in %s, %s", count(m.N, "customer"), count(m.Conversations, "conversation"), count(r.Progress.Words, "word"))},
		run{faint, "· not sealed: nothing was kept, no person has checked a line"})
	if m.Unheard > 0 {
		r.par(0, 2, run{warn, fmt.Sprintf("%s could not be heard: %s", count(m.Unheard, "conversation"), r.unheardWhy())})
	}
}

func (r *report) unheardWhy() string {
	var why []string
	for i := range r.Parts {
		if u := r.Parts[i].Unheard; u != "" && !slices.Contains(why, u) {
			why = append(why, u)
		}
	}
	return strings.Join(why, ", ")
}

// tables says how columns were read, for the person to put right.
func (r *report) tables() {
	for _, ask := range r.Progress.Tables {
		var roles []string
		for _, c := range ask.Table.Columns {
			if c.Role != "" {
				roles = append(roles, fmt.Sprintf("%s=%s", c.Role, shellWord(clipped(c.Header, 40))))
			}
		}
		r.par(0, 2, run{plain, fmt.Sprintf("%s: %s of %s wrote something; read", ask.File, thousands(ask.Table.Written), count(ask.Table.Rows, "row"))},
			run{plain, strings.Join(roles, ", ")},
			run{faint, "(put right with --column)"})
	}
}

func (r *report) youSaid() {
	r.head("You said")
	if len(r.Mirror.YouSaid) == 0 {
		r.par(2, 4, run{plain, "nothing yet. Write what you believe before you look, for instance"})
		r.par(4, 6, run{faint, `headway mirror --guess measure="it saves them time" ` + r.given + r.pathWords()})
		return
	}
	if near := r.measured().Near.Right; near.Of > 0 {
		r.par(2, 4, run{faint, "near a guess: " + near.Right()})
	}
	for _, held := range r.Mirror.YouSaid {
		r.held(held)
	}
}

func (r *report) held(h mirror.Held) {
	r.par(2, 4, run{bold, string(h.Guess.Slot) + ":"}, run{ours, h.Guess.Text})
	runs := []run{{plain, h.Sentence()}}
	if h.RaisedByThem+h.RaisedByUs > 0 {
		runs = append(runs, run{faint, fmt.Sprintf("· raised first by them in %d, by us in %d", h.RaisedByThem, h.RaisedByUs)})
	}
	r.par(4, 6, runs...)
	for i, line := range h.Nearest {
		if i == max(1, r.perSlot) || !r.take() {
			break
		}
		r.quote(6, line.Span, line.Name, "")
	}
}

func (r *report) tookForGranted() {
	m := &r.Mirror
	if len(m.TookGranted) == 0 {
		return
	}
	r.par(2, 4, run{bold, "taken for granted aloud:"},
		run{plain, fmt.Sprintf("perhaps %s, %d never tested", count(m.Granted, "time"), m.NeverTested)})
	for i, a := range m.TookGranted {
		if i == max(1, r.perSlot) || !r.take() {
			break
		}
		r.par(4, 6, run{ours, "“" + r.words(a.Span) + "”"}, run{faint, "(us, " + r.places.of(a.Span) + ")"}, run{plain, a.State()})
		if a.Next.Len() > 0 && r.whole() {
			r.quote(6, a.Next, "their next words", "")
		}
	}
}

func (r *report) firstSolutions() {
	listed := r.Mirror.First
	if !r.whole() {
		listed = listed[:min(len(listed), 1)]
	}
	for _, b := range listed {
		when := fmt.Sprintf("turn %d of %d", b.Turn+1, b.Turns)
		if b.Timed {
			when = clock(b.MS) + ", " + when
		}
		r.par(2, 4, run{bold, "first solution:"}, run{plain, fmt.Sprintf("%s, %s.", b.File, when)}, run{faint, spokenBefore(b.Solution)})
	}
	if rest := r.Mirror.Solutions - len(listed); rest > 0 {
		r.par(4, 4, run{faint, "and in " + count(rest, "more conversation")})
	}
}

// spokenBefore words what stood before a first solution.
func spokenBefore(s mirror.Solution) string {
	if len(s.Spoken) == 0 {
		return "Before it nothing of the eleven kinds was surely heard from them."
	}
	text := "Before it they had spoken of " + labels(s.Spoken) + ";"
	if len(s.PlayedBack) == 0 {
		return text + " we had played nothing back."
	}
	return text + " we had played back " + labels(s.PlayedBack) + "."
}

func (r *report) theySaid() {
	said := &r.Mirror.TheySaid
	r.head("They said")
	if r.Mirror.N == 0 {
		r.par(2, 4, run{plain, "nobody's words are known to be a customer's yet."})
		return
	}
	r.sureness()
	r.askedAndAfter()
	unseen := 0
	for i := range said.Slots {
		if !r.whole() && r.left <= 0 {
			unseen++
			continue
		}
		r.said(&said.Slots[i])
	}
	if unseen > 0 {
		r.par(2, 4, run{faint, fmt.Sprintf("and %s", count(unseen, "more kind"))})
	}
}

// askedAndAfter sets what customers asked for beside what they are after: in
// sentences for one customer, in counts for more.
func (r *report) askedAndAfter() {
	said := &r.Mirror.TheySaid
	if r.Mirror.N > 1 {
		r.par(2, 4, run{plain, fmt.Sprintf("asked for something: %d of %d · said what they are after: %d of %d · said when it is solved: %d of %d",
			said.WithRequest, r.Mirror.N, said.WithAim, r.Mirror.N, said.WithMeasure, r.Mirror.N)})
	}
	if r.Mirror.N > 1 && !r.whole() {
		return
	}
	if len(said.After) == 0 {
		r.par(2, 4, run{faint, "what they asked for, what they are after and when it is solved for them: not heard yet"})
	}
	for _, a := range said.After {
		r.par(2, 4, run{plain, clipped(a.Name, 40)})
		r.pair("asked for", a.AskedFor, "nothing by name")
		r.pair("is after", a.IsAfter, "not heard yet")
		unsolved := "nobody asked"
		if a.MeasureAsked {
			unsolved = "asked, not heard yet"
		}
		r.pair("solved for them when", a.SolvedWhen, unsolved)
	}
}

func (r *report) pair(what string, s headway.Span, otherwise string) {
	if s.Len() == 0 {
		r.par(4, 6, run{bold, what + ":"}, run{faint, otherwise})
		return
	}
	if r.take() {
		r.shown[s] = true
		r.par(4, 6, run{bold, what + ":"}, run{theirs, "“" + r.words(s) + "”"}, run{faint, "(" + r.places.of(s) + ")"})
	}
}

func (r *report) said(s *mirror.Said) {
	runs := []run{{bold, string(s.Kind) + ":"}, {plain, fmt.Sprintf("%d of %d", s.People, r.Mirror.N)}, {faint, "· " + count(s.Total, "sentence")}}
	if sure := surely(s); r.whole() && sure != "" {
		runs = append(runs, run{faint, "· " + sure})
	}
	lines := r.fresh(s.Lines)
	if len(lines) == 0 && r.left > 0 {
		runs = append(runs, run{faint, "· quoted above"})
	}
	r.par(2, 4, runs...)
	for _, line := range lines {
		if !r.take() {
			return
		}
		r.quote(4, line.Span, line.Name, remark(line))
		if r.whole() {
			r.same(line)
		}
	}
}

// same lists who said the same as a line, each in their own words.
func (r *report) same(l mirror.Line) {
	for _, same := range l.Same {
		r.quote(8, same.Span, same.Name, "")
	}
	if l.More > 0 {
		r.par(8, 8, run{faint, "and " + count(l.More, "more sentence")})
	}
}

// surely says how often what is unchecked of a kind is right, where it was
// measured nearest, by the hearer and genre of most sentences.
func surely(s *mirror.Said) string {
	if len(s.Heard) == 0 {
		return ""
	}
	most := s.Heard[0]
	return quality.Of(quality.Heard{Label: s.Kind, By: most.By, Counted: true, Genre: most.Genre}).Brief()
}

// measured is what was measured of the pass that heard most.
func (r *report) measured() quality.Pass {
	if most := r.Mirror.TheySaid.Heard(); len(most) > 0 {
		return quality.Stored().Pass(quality.PassOf(most[0].By))
	}
	return quality.Pass{}
}

// sureness says so of all kinds together.
func (r *report) sureness() {
	if most := r.Mirror.TheySaid.Heard(); len(most) > 0 {
		of := quality.Heard{Label: quality.Any, By: most[0].By, Counted: true, Genre: most[0].Genre}
		r.par(2, 4, run{faint, "unchecked, by " + of.By + ": " + quality.Of(of).Short()})
	}
}

// fresh gives the lines to show of a kind; the first screen shows one, and no
// sentence twice.
func (r *report) fresh(lines []mirror.Line) []mirror.Line {
	if r.whole() {
		return lines[:min(len(lines), r.perSlot)]
	}
	for i := range lines {
		if !r.shown[lines[i].Span] {
			return lines[i : i+1]
		}
	}
	return nil
}

// remark says why a line stands where it does.
func remark(l mirror.Line) string {
	why := ""
	switch {
	case l.Surprise:
		why = "a surprise"
	case l.Unasked:
		why = "unasked"
	}
	switch {
	case l.People < 2:
		return why
	case why != "":
		why += "; "
	}
	return why + fmt.Sprintf("said by %d people", l.People)
}

func (r *report) nobodyAsked() {
	gaps := r.Mirror.NobodyAsked
	if len(gaps) == 0 {
		return
	}
	r.head("Nobody asked")
	if never := r.measured().Asked.FalseNever; never.Of > 0 && r.Mirror.CouldAsk > 0 {
		r.par(2, 4, run{faint, "called never asked: " + never.Wrong()})
	}
	if r.whole() {
		r.gaps(gaps)
		return
	}
	for _, g := range r.worst() {
		r.par(2, 4, run{plain, g.Sentence()})
		for _, d := range doubt(g) {
			r.par(4, 5, run{ours, "“" + r.words(d.Question) + "”"}, run{faint, "(us, " + r.places.of(d.Question) + ")"})
		}
	}
}

// worst are the gaps said in words.
func (r *report) worst() []mirror.Gap {
	return r.Mirror.NobodyAsked[:min(len(r.Mirror.NobodyAsked), firstGaps)]
}

// doubt is the question for which a gap is only perhaps one, if any; in a gap
// in which something was surely asked it does not matter.
func doubt(g mirror.Gap) []mirror.Doubt {
	if g.Asked > 0 {
		return nil
	}
	return g.Doubtful[:min(len(g.Doubtful), 1)]
}

// gaps is the table of all eleven slots.
func (r *report) gaps(gaps []mirror.Gap) {
	fmt.Fprintln(r.w, r.set(faint, fmt.Sprintf("  %-12s %7s %8s %9s %8s %12s %5s", "", "asked", "perhaps", "answered", "unclear", "volunteered", "of")))
	for _, g := range gaps {
		fmt.Fprintf(r.w, "  %-12s %7d %8d %9d %8d %12d %5d\n", g.Slot, g.Asked, g.Perhaps, g.Answered, g.Unclear, g.Volunteered, g.N)
	}
	if gaps[0].Unasked > 0 {
		r.par(2, 4, run{faint, fmt.Sprintf("In %s nobody could be asked.", count(gaps[0].Unasked, "source"))})
	}
}

func (r *report) nextQuestions() {
	questions := r.Mirror.NextQuestions
	if len(questions) == 0 {
		return
	}
	r.head("Ask next")
	if !r.whole() {
		questions = questions[:min(len(questions), firstQuestions)]
	}
	for i, q := range questions {
		r.par(2, 5, run{plain, fmt.Sprintf("%d. %s", i+1, q.Text)})
		if r.whole() {
			r.par(5, 5, run{faint, q.Why})
		}
	}
}

// more says how to see the rest.
func (r *report) more() {
	total := 0
	for _, s := range r.Mirror.TheySaid.Slots {
		total += s.Total
	}
	r.gap()
	if !r.whole() {
		r.par(0, 2, run{faint, fmt.Sprintf("All of it, %s: --per-slot 3", count(total, "sentence"))})
	}
	r.par(0, 2, run{faint, "To keep: --html FILE, --docx FILE, --json. To seal guesses and judge sentences: headway"})
	if r.Progress.Findings > 0 {
		r.par(0, 2, run{faint, count(r.Progress.Findings, "note") + " on reading the files: --notes"})
	}
}

// notes lists what was noticed while reading.
func (r *report) notes() {
	r.head("Notes on reading")
	for _, of := range r.Progress.Noted {
		for _, f := range of.Findings {
			r.note(of.File, f)
		}
	}
	for i := range r.Conversations {
		c := &r.Conversations[i]
		for _, f := range c.Findings {
			r.note(c.File, f)
		}
	}
}

func (r *report) note(file string, f headway.Finding) {
	if f.Line > 0 {
		file = fmt.Sprintf("%s line %d", file, f.Line)
	}
	words := ""
	if f.Text != "" {
		words = "“" + clipped(f.Text, firstQuote) + "”"
	}
	r.par(2, 4, run{plain, file + ": " + f.What}, run{faint, words})
}

// quote writes a customer's sentence with who said it and where.
func (r *report) quote(indent int, s headway.Span, name, remark string) {
	at := r.who(name, s)
	if remark != "" {
		at += "; " + remark
	}
	r.shown[s] = true
	r.par(indent, indent+1, run{theirs, "“" + r.words(s) + "”"}, run{faint, "(" + at + ")"})
}

func (r *report) words(s headway.Span) string {
	room := firstQuote
	if r.whole() {
		room *= 4
	}
	return clipped(r.Texts.Quote(s).String(), room)
}

func (r *report) who(name string, s headway.Span) string {
	if name == "" {
		return r.places.of(s)
	}
	return clipped(name, 40) + ", " + r.places.of(s)
}

func (r *report) pathWords() string {
	var words []string
	for i, path := range r.paths {
		if i == 3 {
			words = append(words, "...")
			break
		}
		words = append(words, shellWord(path))
	}
	return strings.Join(words, " ")
}

func labels(list []headway.Label) string {
	var names []string
	for _, l := range list {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}
