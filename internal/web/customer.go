package web

import (
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
)

// customerView is one customer on one page: a person, or all of an account. No
// stage is on it: what orders it is what they want and how they will know.
type customerView struct {
	Called   string
	Account  headway.AccountID // "" for a person alone
	Person   headway.PersonID  // "" for an account
	About    string            // "buyer at Zenith Boxes"
	Firm     headway.Account
	People   []personLine
	Talks    int
	Last     string // the day of the newest conversation; "" where nobody knows
	Over     string // why their words may be kept no longer; "" where they may
	Invented bool
	Nothing  bool         // nothing was heard, kept or noted
	ToRead   []sourceView // where nothing was: their conversations, the newest first

	Trying, Asked, Measure, Worries sectionView
	Hired                           []hiredByView
	Promises                        []toldView
	Wrong                           []wrongView
	PlayBacks                       []playBackView
	Wows                            []wowView
	NeverAsked                      []headway.Label
	CouldAsk                        int
	Next                            []nextView
	LeftOut                         string // what the printed page has no room for

	ToSend []quoteView // what could be sent back to them
	AsText string      // the same, to copy

	Forgot string // what rested on words that were forgotten

	Voices      []voiceView
	Differences []differenceView
}

// sectionView is lines of some kinds.
type sectionView struct {
	Kept, Heard int
	Lines       []toldView
	Left        int    // how many more there are
	At          string // the name of the section in the page's address
}

// Counts says how much of it a member kept.
func (s sectionView) Counts() string { return countsOf(s.Kept, s.Heard) }

// perSection is how many lines a section shows until all are asked for.
const perSection = 6

// wrongView is what we got wrong, and how they told us.
type wrongView struct{ Told, Ours toldView }

// playBackView is what was sent back to them, and what came of it.
type playBackView struct {
	Seq    int64
	On     string
	Lines  []toldView
	Came   string // "yes", "partly", "no"; "" where nothing did
	Answer toldView
	CameOn string
	Aside  bool
}

// wowView is a moment in which something became clear, after what led to it.
type wowView struct {
	toldView
	Before []beforeView
}

type beforeView struct {
	Who string
	quoteView
}

// nextView is a question for the next conversation.
type nextView struct {
	Text, Why string
	Recall    quoteView
}

// voiceView is what one role said, slot by slot.
type voiceView struct {
	Role  string
	Who   string
	Cells []toldView // one for each slot of voiceSlots, empty where nothing was said
	More  []int      // how many more there are in each
}

type differenceView struct {
	Matter, One, Two string
	A, B             toldView
	Nearest          string
	Held             int
	Aside            bool // there is no room for it on the printed page
}

func (s *server) showCustomer(w http.ResponseWriter, r *http.Request) error {
	c, err := s.hw.Customer(r.Context(), headway.PersonID(r.PathValue("person")))
	if err != nil {
		return s.unlessForgotten(r, headway.PersonID(r.PathValue("person")), err)
	}
	return s.customer(w, r, c)
}

func (s *server) showFirm(w http.ResponseWriter, r *http.Request) error {
	c, err := s.hw.Account(r.Context(), headway.AccountID(r.PathValue("account")))
	if err != nil {
		return err
	}
	return s.customer(w, r, c)
}

func (s *server) customer(w http.ResponseWriter, r *http.Request, c *flow.Customer) error {
	all, most := r.FormValue("all") != "", timesShown
	if all {
		most = math.MaxInt
	}
	hired, err := s.hiredBy(r, c, most)
	if err != nil {
		return err
	}
	v := viewCustomer(c, hired, all)
	return s.render(w, r, http.StatusOK, newPage("customer", v.Called), v)
}

// viewCustomer lays a customer out, with the first lines of each section, or all.
func viewCustomer(c *flow.Customer, hired []hiredByView, all bool) customerView {
	t := newTeller(c)
	t.all = all
	v := customerView{
		Called: c.Firm.Name, Account: c.Firm.ID, People: personLines(c.People), Talks: c.Own, CouldAsk: c.CouldAsk, Hired: hired,
		Trying:  t.section("trying", headway.Motivation, headway.Situation, headway.Result),
		Asked:   t.section("asked", headway.Request),
		Measure: t.section("measure", headway.Measure),
		Worries: t.section("worries", headway.Anxiety, headway.Struggle),
	}
	if c.Firm.ID == "" {
		p := v.People[0]
		v.Called, v.Person, v.About, v.Firm = p.Called, p.ID, p.About(), p.Firm
	}
	for _, p := range v.People {
		v.Invented = v.Invented || p.Invented
		v.Last = latest(v.Last, p.Spoke())
	}
	if c.Own > 0 {
		v.Last = dayOf(c.Talks[0].Date.Time)
	}
	for _, p := range c.Promises {
		v.Promises = append(v.Promises, t.line(p.Line))
	}
	for _, r := range c.Repairs {
		v.Wrong = append(v.Wrong, wrongView{t.line(r.Told), t.line(r.Wrong)})
	}
	v.PlayBacks, v.Wows = t.playBacks(), t.wows()
	for _, gap := range c.NeverAsked {
		v.NeverAsked = append(v.NeverAsked, gap.Slot)
	}
	for _, q := range c.Next {
		v.Next = append(v.Next, nextView{q.Text, q.Why, t.anywhere(q.Recall)})
	}
	v.Forgot = toldLost(c.Lost)
	t.toSend(&v)
	t.sideBySide(&v)
	v.Nothing = len(v.Trying.Lines)+len(v.Asked.Lines)+len(v.Measure.Lines)+len(v.Worries.Lines)+len(v.Promises)+len(v.Wrong)+len(v.PlayBacks)+len(v.Wows) == 0
	if v.Nothing {
		for _, talk := range c.Talks[:c.Own] {
			v.ToRead = append(v.ToRead, sourceView{title(flow.Head{Title: talk.Title, File: talk.File, Row: talk.Row}), "/conversation/" + string(talk.ID)})
		}
	}
	v.LeftOut = v.fit()
	return v
}

// sourceView leads to a conversation.
type sourceView struct{ Name, Href string }

func latest(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// section gathers lines of some kinds: what a member kept of any before what was
// heard of any, and then kind by kind in turns.
func (t *teller) section(at string, kinds ...headway.Label) (s sectionView) {
	s.At = at
	for _, kept := range []bool{true, false} {
		var of [][]customer.Line
		for _, kind := range kinds {
			said := t.Of(kind)
			if kept {
				of, s.Kept = append(of, said.Lines[:said.Kept]), s.Kept+said.Kept
			} else {
				of, s.Heard = append(of, said.Lines[said.Kept:]), s.Heard+said.Heard()
			}
		}
		s.Lines = append(s.Lines, t.lines(inTurns(of))...)
	}
	for i := range s.Lines {
		s.Lines[i].Tell = len(kinds) > 1
	}
	if !t.all {
		s.Left = max(0, len(s.Lines)-perSection)
		s.Lines = s.Lines[:len(s.Lines)-s.Left]
	}
	return s
}

// inTurns gives the first of every list before any second.
func inTurns(lists [][]customer.Line) (all []customer.Line) {
	for n, more := 0, true; more; n++ {
		more = false
		for _, list := range lists {
			if n < len(list) {
				all, more = append(all, list[n]), true
			}
		}
	}
	return all
}

var came = map[headway.Verdict]string{headway.Supports: "yes", headway.Partly: "partly", headway.Contradicts: "no"}

func (t *teller) playBacks() (views []playBackView) {
	for _, sent := range t.PlayBacks {
		v := playBackView{Seq: sent.Seq, On: dayOf(sent.At), Lines: t.lines(sent.Lines), Came: came[sent.Reply.Verdict]}
		if sent.Reply.Came() {
			v.CameOn = dayOf(sent.Reply.At)
		}
		if sent.Reply.Answer.Conversation != "" {
			v.Answer = t.line(sent.Reply.Answer)
		}
		views = append(views, v)
	}
	return views
}

func (t *teller) wows() (views []wowView) {
	for _, wow := range t.Wows[:min(len(t.Wows), perSection)] {
		v := wowView{toldView: t.line(wow.Line)}
		for _, before := range wow.Before {
			speaker := t.talks[wow.Conversation].Speaker(before.Speaker)
			v.Before = append(v.Before, beforeView{speakerName(speaker.Name), t.quote(wow.Conversation, before.Span)})
		}
		views = append(views, v)
	}
	return views
}

// anywhere quotes a place of which only the span is known.
func (t *teller) anywhere(s headway.Span) quoteView {
	for _, c := range t.talks {
		if slices.ContainsFunc(c.Turns, func(turn headway.Turn) bool { return turn.Text.ID == s.Text }) {
			return t.quote(c.ID, s)
		}
	}
	return quoteView{}
}

// toSend lists what could be sent back to one person: their sentences, and two
// questions.
func (t *teller) toSend(v *customerView) {
	var text strings.Builder
	for _, s := range t.ToSend {
		q := t.anywhere(s)
		if q.Said() {
			v.ToSend = append(v.ToSend, q)
			text.WriteString("“" + q.Words.String() + "”\n")
		}
	}
	if len(v.ToSend) > 0 {
		v.AsText = text.String() + "\nIs this right? What did I miss?\n"
	}
}

// voiceSlots are what the roles of an account are set side by side in.
func voiceSlots() []headway.Label {
	return []headway.Label{headway.Motivation, headway.Measure, headway.Anxiety, headway.Struggle, headway.Request, headway.Alternative}
}

// Slots names the columns of the table of voices.
func (v customerView) Slots() []headway.Label { return voiceSlots() }

func (t *teller) sideBySide(v *customerView) {
	for _, voice := range t.Voices {
		one := voiceView{Role: roleOr(voice.Role)}
		var who []string
		for _, p := range t.People {
			if p.Role == voice.Role {
				who = append(who, calledBy(p))
			}
		}
		one.Who = strings.Join(who, ", ")
		for _, slot := range voiceSlots() {
			said := voice.Of(slot)
			cell := toldView{}
			if len(said.Lines) > 0 {
				cell = t.line(said.Lines[0])
			}
			one.Cells, one.More = append(one.Cells, cell), append(one.More, max(0, len(said.Lines)-1))
		}
		v.Voices = append(v.Voices, one)
	}
	for _, d := range t.Differences {
		v.Differences = append(v.Differences, differenceView{
			d.Matter, roleOr(d.One), roleOr(d.Two), t.line(d.A), t.line(d.B), decimal(d.Nearest), d.Held, false,
		})
	}
}

func roleOr(r headway.Role) string {
	if r == "" {
		return "role not known"
	}
	return roleName(r)
}

// Apart is the likeness below which two roles are shown to differ.
func (customerView) Apart() string { return decimal(customer.Apart) }
