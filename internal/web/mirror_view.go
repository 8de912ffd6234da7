package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

const (
	nearest      = 3  // lines shown of a kind or a guess before "all"
	saidAlike    = 12 // sentences that unfold from a line of several people
	worst        = 3  // gaps said in words
	firstsShown  = 12 // conversations whose first solution is shown
	grantedShown = 12 // things taken for granted that are shown
	pairsShown   = 6  // customers whose request and aim stand beside each other
	glanceHalf   = 3  // sentences of each column of the first screen, before its last
)

// mirrorView is the mirror as pages and exports show it. Glance is the first
// screen: at most twelve sentences, four in each column.
type mirrorView struct {
	Study         headway.Study
	Seal          string // the last one; it closes all guesses
	N             int
	Conversations int
	Unplaced      int
	Unheard       int
	Running       []running // imports into it that go on
	Closely       flow.Closeness
	Glance        glance
	Guesses       []heldView
	Granted       []grantedView
	GrantedLeft   int // those that are not shown
	NeverTested   int
	First         []firstView
	FirstLeft     int // further conversations with a solution
	After         []afterView
	Requests      int
	Aims          int
	Measures      int
	Said          []saidView
	Forgot        string // what was kept of words that were forgotten since
	Gaps          []gapView
	Questions     []questionView
	CopyQuestions string
	CopyPlayBack  string
	PlayBack      []headway.Quote
	PlayBackTo    string          // the one customer whose sentences these are
	Slots         []headway.Label // for a late guess
	OnlyVolunteer bool            // nobody could be asked in any source
	Sure          partsSure
}

// heldView is one guess under "You said".
type heldView struct {
	mirror.Held
	Sentence string
	Strip    strip
	Lines    []lineView
	More     []lineView
}

// grantedView is something we took for granted aloud, and the customer's next words.
type grantedView struct {
	ID, Source  string
	Ours, Next  quoteView
	Candidate   mirror.Tested
	Verdict     headway.Verdict
	Lost        time.Time // when the words were forgotten that a verdict rested on
	Study       headway.StudyID
	Unanswered  bool
	Description string
}

// firstView is where a conversation's first solution came.
type firstView struct {
	Source     string
	Ours       quoteView
	Where      string // "turn 12 of 80, 06:14"
	Act        headway.Label
	Spoken     []headway.Label
	PlayedBack []headway.Label
}

// afterView is what a customer asked for beside what they are after.
type afterView struct {
	Name, Source                  string
	AskedFor, IsAfter, SolvedWhen quoteView
	MeasureAsked                  bool
	measure                       mirror.Gap // over all conversations
}

// saidView is one kind under "They said".
type saidView struct {
	Kind   headway.Label
	People int
	N      int
	Total  int
	Things int // lines that these sentences make
	Lines  []lineView
	Words  []mirror.Gathered // shared by what only one person said
	More   int               // sentences not shown here
	Href   string
	Sure   sureView
}

// gapView is one slot under "Nobody asked".
type gapView struct {
	mirror.Gap
	Sentence string
	Strip    strip
	Never    []quoteSource
	Doubt    quoteView // our question for which it is only perhaps a gap
}

// quoteSource links a conversation.
type quoteSource struct{ Title, Href string }

// WorstGaps are the three that are said in words.
func (v mirrorView) WorstGaps() []gapView { return v.Gaps[:min(worst, len(v.Gaps))] }

// GrantedAll counts what we took for granted aloud, shown or not.
func (v mirrorView) GrantedAll() int { return len(v.Granted) + v.GrantedLeft }

// QuestionsHeading says where the questions belong: of reviews and answers the
// next chance to ask is the thank-you page.
func (v mirrorView) QuestionsHeading() string {
	if v.OnlyVolunteer {
		return "Questions for the thank-you page, one at a time"
	}
	return "Questions for the next conversation"
}

// questionView is a question for the next conversation.
type questionView struct {
	Text, Why string
	Recall    quoteView
}

// viewMirror lays a mirror out for people.
func viewMirror(study headway.Study, m mirror.Mirror, texts mirror.Texts, titles titles) mirrorView {
	v := mirrorView{
		Study: study, N: m.N, Conversations: m.Conversations, Unplaced: m.Unplaced, Unheard: m.Unheard,
		NeverTested: m.NeverTested,
		Requests:    m.TheySaid.WithRequest, Aims: m.TheySaid.WithAim, Measures: m.TheySaid.WithMeasure,
		CopyQuestions: mirror.QuestionsText(m), CopyPlayBack: mirror.PlayBackText(m, texts),
		Slots:         headway.Slots(),
		OnlyVolunteer: m.CouldAsk == 0 && m.N > 0,
		Sure:          surenessOfParts(m),
	}
	for _, h := range m.YouSaid {
		v.Guesses = append(v.Guesses, viewHeld(study.ID, h, texts, titles))
		if h.Guess.Seal != "" {
			v.Seal = h.Guess.Seal
		}
	}
	for _, a := range m.TookGranted[:min(grantedShown, len(m.TookGranted))] {
		v.Granted = append(v.Granted, viewGranted(study.ID, a, texts, titles))
	}
	v.GrantedLeft = m.Granted - len(v.Granted)
	for _, b := range m.First[:min(firstsShown, len(m.First))] {
		v.First = append(v.First, viewFirst(study.ID, b, texts, titles))
	}
	v.FirstLeft = m.Solutions - len(v.First)
	for _, a := range m.TheySaid.After {
		after := viewAfter(study.ID, a, texts, titles)
		after.measure = measureGap(m)
		v.After = append(v.After, after)
	}
	for _, said := range m.TheySaid.Slots {
		shown := viewSaid(study.ID, said, m.N, texts, titles)
		shown.Sure = sureOf(said, m.Kept)
		v.Said = append(v.Said, shown)
	}
	v.Forgot = m.TheySaid.Forgot()
	for _, g := range m.NobodyAsked {
		v.Gaps = append(v.Gaps, viewGap(study.ID, g, texts, titles))
	}
	for _, q := range m.NextQuestions {
		v.Questions = append(v.Questions, questionView{Text: q.Text, Why: sentence(q.Why), Recall: quoteView{Words: texts.Quote(q.Recall)}})
	}
	v.PlayBackTo = nameOf(m, m.PlayBackTo)
	for _, s := range m.PlayBack {
		v.PlayBack = append(v.PlayBack, texts.Quote(s))
	}
	v.Glance = glanceAt(v, m)
	return v
}

// nameOf finds a person's name among the lines shown.
func nameOf(m mirror.Mirror, person headway.PersonID) string {
	for _, a := range m.TheySaid.After {
		if person != "" && a.Person == person {
			return a.Name
		}
	}
	for _, said := range m.TheySaid.Slots {
		for _, l := range said.Lines {
			if person != "" && l.Person == person {
				return l.Name
			}
		}
	}
	return ""
}

func viewHeld(study headway.StudyID, h mirror.Held, texts mirror.Texts, titles titles) heldView {
	v := heldView{Held: h, Sentence: sentence(h.Sentence()), Strip: heldStrip(h)}
	lines := viewLines(study, h.Nearest, texts, titles)
	for i := range lines {
		lines[i].Guess = h.Guess.ID
		lines[i].ID = "g-" + string(h.Guess.ID) + lines[i].ID
		lines[i].Back = studyPath(study, "mirror") + "#" + lines[i].ID
	}
	v.Lines, v.More = lines, nil
	if len(lines) > nearest {
		v.Lines, v.More = lines[:nearest], lines[nearest:]
	}
	return v
}

func viewGranted(study headway.StudyID, a mirror.Assumption, texts mirror.Texts, titles titles) grantedView {
	v := grantedView{
		ID:        "a-" + formatSpan(a.Span),
		Source:    titles[a.Conversation].Title,
		Ours:      viewQuote(study, a.Conversation, a.Span, texts),
		Next:      viewQuote(study, a.Conversation, a.Next, texts),
		Candidate: a.Candidate,
		Verdict:   a.Verdict,
		Lost:      a.Lost,
		Study:     study,
	}
	v.ID = strings.NewReplacer(":", "-").Replace(v.ID)
	return v
}

func viewFirst(study headway.StudyID, b mirror.Before, texts mirror.Texts, titles titles) firstView {
	where := fmt.Sprintf("turn %d of %d", b.Turn+1, b.Turns)
	if b.Timed {
		where += ", " + clock(b.MS)
	}
	return firstView{
		Source: titles[b.Conversation].Title, Ours: viewQuote(study, b.Conversation, b.Span, texts),
		Where: where, Act: b.Act, Spoken: b.Spoken, PlayedBack: b.PlayedBack,
	}
}

func viewAfter(study headway.StudyID, a mirror.After, texts mirror.Texts, titles titles) afterView {
	name, source := a.Name, titles[a.Conversation].Title
	if name == "" && source != "" {
		name, source = source, ""
	}
	return afterView{
		Name: speakerName(name), Source: source, MeasureAsked: a.MeasureAsked,
		AskedFor:   viewQuote(study, a.Conversation, a.AskedFor, texts),
		IsAfter:    viewQuote(study, a.Conversation, a.IsAfter, texts),
		SolvedWhen: viewQuote(study, a.Conversation, a.SolvedWhen, texts),
	}
}

func viewSaid(study headway.StudyID, said mirror.Said, n int, texts mirror.Texts, titles titles) saidView {
	v := saidView{
		Kind: said.Kind, People: said.People, N: n, Total: said.Total, Things: said.Things, Words: said.Words,
		Lines: viewLines(study, said.Lines, texts, titles),
		Href:  studyPath(study, "said/"+string(said.Kind)),
	}
	if len(v.Lines) > nearest {
		v.Lines = v.Lines[:nearest]
	}
	v.More = said.Total
	for _, l := range v.Lines {
		v.More -= 1 + len(l.Same)
	}
	return v
}

func viewGap(study headway.StudyID, g mirror.Gap, texts mirror.Texts, titles titles) gapView {
	v := gapView{Gap: g, Sentence: sentence(g.Sentence()), Strip: gapStrip(g)}
	for _, c := range g.Never {
		v.Never = append(v.Never, quoteSource{Title: titles[c].Title, Href: "/conversation/" + string(c) + "?study=" + string(study)})
	}
	if g.Asked == 0 && len(g.Doubtful) > 0 {
		v.Doubt = viewQuote(study, g.Doubtful[0].Conversation, g.Doubtful[0].Question, texts)
	}
	return v
}

// A glance is the first screen: three columns of at most four sentences.
type glance struct {
	YouSaid, TheySaid, NobodyAsked []glanceLine
}

// glanceLine is one sentence: ours, or a customer's with where it stands.
type glanceLine struct {
	Label string // "asked for, 5 of 9"
	Text  string // our words
	Guess string // a guess, as it was written
	Quote quoteView
	Href  string
	Late  bool
}

func glanceAt(v mirrorView, m mirror.Mirror) glance {
	return glance{YouSaid: glanceYou(v, m), TheySaid: glanceThey(v, m), NobodyAsked: glanceNobody(v)}
}

func glanceYou(v mirrorView, m mirror.Mirror) []glanceLine {
	var lines []glanceLine
	for _, h := range v.firstGuesses() {
		lines = append(lines, glanceLine{Guess: h.Guess.Text, Text: h.Sentence, Href: "#guess-" + string(h.Guess.ID), Late: h.Guess.Late})
	}
	if len(v.Guesses) == 0 {
		lines = append(lines, glanceLine{Text: "You looked without guessing, so there is nothing to hold their words against."})
	}
	return append(lines, glanceOurs(v, m)...)
}

// glanceOurs is the last line of what we said: what we took for granted, and
// when we began to solve.
func glanceOurs(v mirrorView, m mirror.Mirror) []glanceLine {
	granted := fmt.Sprintf("We took %s for granted aloud", count(m.Granted, "thing", "things"))
	if m.N > 0 { // else nobody whose words count could have answered
		granted += fmt.Sprintf(", %d never tested", m.NeverTested)
	}
	switch {
	case m.Granted > 0 && len(v.First) > 0:
		return []glanceLine{{Href: "#granted", Text: granted + "; our earliest solution came at " + v.First[0].Where + "."}}
	case m.Granted > 0:
		return []glanceLine{{Href: "#granted", Text: granted + "."}}
	case len(v.First) > 0:
		return []glanceLine{{Href: "#first", Text: "The earliest solution of ours came at " + v.First[0].Where + "."}}
	}
	return nil
}

// firstGuesses are the guesses of the first screen: the three that the start
// page asks for come before others.
func (v mirrorView) firstGuesses() []heldView {
	main := []headway.Label{headway.Motivation, headway.Alternative, headway.Measure}
	isOther := func(h heldView) bool { return !slices.Contains(main, h.Guess.Slot) }
	first := slices.DeleteFunc(slices.Clone(v.Guesses), isOther)
	first = append(first, slices.DeleteFunc(slices.Clone(v.Guesses), func(h heldView) bool { return !isOther(h) })...)
	return first[:min(glanceHalf, len(first))]
}

func glanceThey(v mirrorView, m mirror.Mirror) []glanceLine {
	if v.N == 0 {
		return []glanceLine{{Text: "No customer's words yet."}}
	}
	of := func(label string, people int) string { return fmt.Sprintf("%s · %d of %d", label, people, v.N) }
	shown := map[string]bool{}
	pick := func(kind headway.Label, get func(afterView) quoteView) quoteView {
		q := v.unshown(shown, kind, get)
		shown[q.Place] = true
		return q
	}
	line := func(label string, people int, q quoteView, none string) glanceLine {
		if q.Said() {
			return glanceLine{Label: of(label, people), Quote: q}
		}
		return glanceLine{Label: of(label, people), Text: none}
	}
	lines := []glanceLine{
		line("Asked for", v.Requests, pick(headway.Request, func(a afterView) quoteView { return a.AskedFor }), "No request was heard yet."),
		line("Is after", v.Aims, pick(headway.Motivation, func(a afterView) quoteView { return a.IsAfter }), "What they are after was not heard yet."),
		line("Solved for them when", v.Measures, pick(headway.Measure, func(a afterView) quoteView { return a.SolvedWhen }), unmeasured(measureGap(m))),
	}
	if surprise, found := v.surprise(shown); found {
		lines = append(lines, glanceLine{Label: "No guess came near", Quote: surprise})
	}
	return lines
}

// unshown gives a sentence of a kind that the first screen does not show yet;
// where there is none, one that it does.
func (v mirrorView) unshown(shown map[string]bool, kind headway.Label, get func(afterView) quoteView) quoteView {
	found := quoteView{}
	for _, a := range v.After {
		q := get(a)
		if q.Said() && !shown[q.Place] {
			return q
		}
		if !found.Said() {
			found = q
		}
	}
	if !found.Said() {
		found, _ = v.line(kind, func(lineView) bool { return true }) // of a customer beyond those paired
	}
	return found
}

// unmeasured says why no measure of theirs is there, in the words of the gap.
func unmeasured(g mirror.Gap) string {
	switch {
	case g.N == 0:
		return "Nobody could be asked, and no measure of theirs was heard."
	case g.Asked > 0:
		return "Asked, but no measure of theirs was heard."
	case g.Perhaps > 0:
		return "Perhaps asked; no measure of theirs was heard."
	}
	return "Nobody asked."
}

func (v mirrorView) surprise(shown map[string]bool) (quoteView, bool) {
	return v.line("", func(l lineView) bool { return l.Surprise && !shown[l.Place] })
}

// line gives the first line of a kind ("" for any) that nobody dismissed.
func (v mirrorView) line(kind headway.Label, wanted func(lineView) bool) (quoteView, bool) {
	for _, said := range v.Said {
		if kind != "" && said.Kind != kind {
			continue
		}
		for _, l := range said.Lines {
			if wanted(l) && l.Verdict != headway.Dismissed {
				return quoteView{Words: l.Words, Href: l.Href, Place: l.Place}, true
			}
		}
	}
	return quoteView{}, false
}

func glanceNobody(v mirrorView) []glanceLine {
	if v.Conversations == 0 {
		return []glanceLine{{Text: "Nothing was read yet: bring what was really said.", Href: studyPath(v.Study.ID, "evidence")}}
	}
	var lines []glanceLine
	for _, g := range v.Gaps[:min(worst, len(v.Gaps))] {
		lines = append(lines, glanceLine{Text: g.Sentence, Href: "#gap-" + string(g.Slot)})
	}
	if len(v.Questions) > 0 {
		label := "Ask next"
		if v.OnlyVolunteer {
			label = "Put this on the thank-you page"
		}
		lines = append(lines, glanceLine{Label: label, Text: v.Questions[0].Text, Href: "#questions"})
	}
	return lines
}

// clock writes milliseconds as mm:ss, and as h:mm:ss from an hour on.
func clock(ms int64) string {
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// State says what became of something taken for granted: a person's verdict,
// or what the next words seem to say.
func (g grantedView) State() string {
	if !g.Lost.IsZero() {
		return g.state() + "; " + deed.Forgotten(g.Lost)
	}
	return g.state()
}

func (g grantedView) state() string {
	switch g.Verdict {
	case headway.Supports:
		return "confirmed"
	case headway.Contradicts:
		return "contradicted"
	case headway.NotAbout:
		return "never tested"
	}
	if g.Candidate == mirror.NeverTested {
		return "never tested"
	}
	return "perhaps " + string(g.Candidate) + ", not checked"
}

// Unmeasured says why there is no measure of theirs.
func (a afterView) Unmeasured() string {
	switch {
	case a.MeasureAsked && a.measure.Asked == 0:
		return "perhaps asked, not heard"
	case a.MeasureAsked:
		return "asked, answer unclear"
	case a.measure.N == 0:
		return "not told; nobody could be asked"
	}
	return "nobody asked"
}

func measureGap(m mirror.Mirror) mirror.Gap {
	for _, g := range m.NobodyAsked {
		if g.Slot == headway.Measure {
			return g
		}
	}
	return mirror.Gap{}
}

// BeforeIt says what the customer had spoken of before the first solution, and
// what of it we had played back.
func (f firstView) BeforeIt() string {
	if len(f.Spoken) == 0 {
		return "Before it nothing of the eleven kinds was surely heard from the customer."
	}
	played := "none of it was played back"
	if len(f.PlayedBack) > 0 {
		played = "played back: " + joinLabels(f.PlayedBack)
	}
	return "Before it the customer had spoken of " + joinLabels(f.Spoken) + "; " + played + "."
}

func joinLabels(labels []headway.Label) string {
	var names []string
	for _, l := range labels {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}
