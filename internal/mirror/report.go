package mirror

import (
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// ReportSchema names the shape of a Report. A field that is taken away or
// changes its meaning makes a new number; a field that is added does not.
const ReportSchema = "headway.mirror/1"

// Report is a mirror for other programs: every line with its words and their
// place. docs/mirror-json.md describes each field.
type Report struct {
	Schema        string           `json:"schema"`
	Study         headway.StudyID  `json:"study"`
	Counts        ReportCounts     `json:"counts"`
	Conversations []ReportTalk     `json:"conversations"`
	Guesses       []ReportGuess    `json:"guesses"`
	Said          []ReportSaid     `json:"said"`
	After         []ReportAfter    `json:"after"`
	NeverAsked    []ReportGap      `json:"never_asked"`
	NextQuestions []ReportQuestion `json:"next_questions"`
	ThankYou      string           `json:"thank_you,omitempty"`
	PlayBack      []headway.Quote  `json:"play_back"`
	Kept          []ReportKept     `json:"kept"`
	Lost          []ReportLost     `json:"lost,omitempty"` // what members had kept of words that were forgotten
}

// ReportLost is something that a member said of words that were forgotten since. It
// counts nowhere.
type ReportLost struct {
	Deed    int64           `json:"deed"` // its number in the log
	Kind    headway.Label   `json:"kind,omitempty"`
	Verdict headway.Verdict `json:"verdict,omitempty"`
	On      time.Time       `json:"forgotten_on"`
}

// ReportKept is what members made of what one hearer heard as one kind.
type ReportKept struct {
	Kept
	Interval *[2]float64 `json:"interval,omitempty"` // of the share kept, 95 %, from ten decisions on
}

// ReportCounts are the ns that the rest rests on.
type ReportCounts struct {
	People        int `json:"people"`
	Conversations int `json:"conversations"`
	CouldAsk      int `json:"could_ask"`
	Unplaced      int `json:"unplaced"`
	Unheard       int `json:"unheard"`
	Assumptions   int `json:"assumptions"`
	NeverTested   int `json:"never_tested"`
	WithRequest   int `json:"with_request"`
	WithAim       int `json:"with_aim"`
	WithMeasure   int `json:"with_measure"`
}

// ReportTalk is one conversation.
type ReportTalk struct {
	ID          headway.ConversationID `json:"id"`
	File        string                 `json:"file"`
	Row         int                    `json:"row,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Genre       headway.Genre          `json:"genre"`
	Date        headway.Date           `json:"date,omitzero"`
	CouldAsk    bool                   `json:"could_ask"`
	Unheard     string                 `json:"unheard,omitempty"`
	Findings    int                    `json:"findings"`
	People      []Person               `json:"people"`
	Slots       []ReportSlot           `json:"slots"`
	NeverAsked  []headway.Label        `json:"never_asked"`
	Solution    *ReportSolution        `json:"first_solution,omitempty"`
	Assumptions []ReportAssumption     `json:"assumptions"`
	Conduct     *ReportConduct         `json:"conduct,omitempty"`
}

// ReportConduct is how we led a conversation.
type ReportConduct struct {
	Topics   ReportTopics    `json:"topics"`
	Orders   []ReportOrder   `json:"orders"`
	Concerns []ReportConcern `json:"concerns"`
	Stories  []ReportStory   `json:"stories"`
}

// ReportTopics is what the turns are about.
type ReportTopics struct {
	Ours   ReportTopicCount  `json:"ours"`
	Theirs ReportTopicCount  `json:"theirs"`
	Turns  []ReportTurnTopic `json:"turns"`
	Shift  *ReportShift      `json:"shift,omitempty"`
}

// ReportTopicCount counts one side's turns by topic.
type ReportTopicCount struct {
	Turns     int `json:"turns"`
	Offer     int `json:"offer"`
	Situation int `json:"situation"`
	Aim       int `json:"aim"`
}

// ReportTurnTopic is the topic of one turn.
type ReportTurnTopic struct {
	Turn  int          `json:"turn"`
	Side  headway.Side `json:"side"`
	Topic Topic        `json:"topic"`
}

// ReportShift is where the talk turned.
type ReportShift struct {
	Turn     int           `json:"turn"`
	Question headway.Quote `json:"question,omitzero"`
	Before   Share         `json:"before"`
	After    Share         `json:"after"`
}

// ReportOrder is a request and how it was met.
type ReportOrder struct {
	Request headway.Quote `json:"request"`
	Turn    int           `json:"turn"`
	Met     Met           `json:"met"`
	Reply   headway.Quote `json:"reply,omitzero"`
}

// ReportConcern is a concern and whether we stayed on it.
type ReportConcern struct {
	Quote   headway.Quote   `json:"quote"`
	Kind    headway.Label   `json:"kind"`
	Turn    int             `json:"turn"`
	Unasked bool            `json:"unasked,omitempty"`
	Depth   int             `json:"depth"`
	Asked   int             `json:"asked"`
	Pursued []headway.Quote `json:"pursued"`
	Told    []headway.Label `json:"told"`
	Ended   Ended           `json:"ended,omitempty"`
	End     headway.Quote   `json:"end,omitzero"`
	Words   int             `json:"words"`
	Next    int             `json:"next_words"`
}

// ReportStory is a story of ours.
type ReportStory struct {
	Quote   headway.Quote `json:"quote"`
	Act     headway.Label `json:"act"`
	Turn    int           `json:"turn"`
	Perhaps bool          `json:"perhaps,omitempty"`
}

// ReportSlot is what became of one slot in one conversation.
type ReportSlot struct {
	Slot        headway.Label   `json:"slot"`
	Asked       []headway.Quote `json:"asked"`
	MaybeAsked  []headway.Quote `json:"maybe_asked"`
	Answered    []ReportAnswer  `json:"answered"`
	Unclear     []headway.Quote `json:"unclear"`
	Volunteered []headway.Quote `json:"volunteered"`
}

// ReportAnswer is a question of ours with the sentence that answers it.
type ReportAnswer struct {
	Question headway.Quote `json:"question"`
	Answer   headway.Quote `json:"answer"`
}

// ReportSolution is where we began to solve.
type ReportSolution struct {
	Quote      headway.Quote   `json:"quote"`
	Act        headway.Label   `json:"act"`
	Turn       int             `json:"turn"`
	Turns      int             `json:"turns"`
	MS         *int64          `json:"ms,omitempty"`
	Spoken     []headway.Label `json:"spoken"`
	PlayedBack []headway.Label `json:"played_back"`
}

// ReportAssumption is what we stated as fact, with the customer's next words.
type ReportAssumption struct {
	Quote   headway.Quote   `json:"quote"`
	Turn    int             `json:"turn"`
	Next    headway.Quote   `json:"next,omitzero"`
	Tested  Tested          `json:"tested"`
	Verdict headway.Verdict `json:"verdict,omitempty"`
	Lost    time.Time       `json:"lost_support_on,omitzero"` // when the words were forgotten that the verdict rested on
}

// ReportGuess is one guess held against what was said.
type ReportGuess struct {
	ID       headway.GuessID `json:"id"`
	Slot     headway.Label   `json:"slot"`
	Text     string          `json:"text"`
	Author   string          `json:"author,omitempty"`
	Late     bool            `json:"late,omitempty"`
	Seal     string          `json:"seal,omitempty"`
	Sentence string          `json:"sentence"`
	Heard    ReportHeard     `json:"heard"`
	Raised   ReportRaised    `json:"raised_first"`
	Nearest  []ReportLine    `json:"nearest"`
	Lost     []ReportLost    `json:"lost,omitempty"`
}

// ReportHeard counts people.
type ReportHeard struct {
	Confirmed    int         `json:"confirmed"`
	Candidates   int         `json:"candidates"`
	Contradicted int         `json:"contradicted"`
	Checked      int         `json:"checked"`
	N            int         `json:"n"`
	Interval     *[2]float64 `json:"interval,omitempty"` // of Confirmed, 95 %, from ten people on
}

// ReportRaised counts conversations by who raised the matter first.
type ReportRaised struct {
	ByThem int `json:"by_them"`
	ByUs   int `json:"by_us"`
}

// ReportLine is one sentence of a customer.
type ReportLine struct {
	Quote        headway.Quote          `json:"quote"`
	Conversation headway.ConversationID `json:"conversation"`
	Person       headway.PersonID       `json:"person"`
	Name         string                 `json:"name"`
	Kind         headway.Label          `json:"kind,omitempty"`
	Score        float64                `json:"score"`
	By           string                 `json:"by,omitempty"`
	Why          string                 `json:"why,omitempty"`
	Unasked      bool                   `json:"unasked,omitempty"`
	Surprise     bool                   `json:"surprise,omitempty"`
	Novelty      float64                `json:"novelty,omitempty"`
	First        headway.Side           `json:"first,omitempty"`
	Verdict      headway.Verdict        `json:"verdict,omitempty"`
	Under        string                 `json:"under,omitempty"`
	People       int                    `json:"people,omitempty"`
	Group        headway.GroupID        `json:"group,omitempty"`
	Same         []ReportLine           `json:"same,omitempty"`
	More         int                    `json:"more,omitempty"`
}

// ReportSaid is what was heard of one kind.
type ReportSaid struct {
	Slot   headway.Label `json:"slot"`
	People int           `json:"people"`
	Total  int           `json:"total"`
	Things int           `json:"things"`
	Words  []Gathered    `json:"words"`
	Lines  []ReportLine  `json:"lines"`
	Heard  []HeardIn     `json:"heard"`
}

// ReportAfter is one customer's request beside what they are after.
type ReportAfter struct {
	Person       headway.PersonID       `json:"person"`
	Name         string                 `json:"name"`
	Conversation headway.ConversationID `json:"conversation"`
	AskedFor     headway.Quote          `json:"asked_for,omitzero"`
	IsAfter      headway.Quote          `json:"is_after,omitzero"`
	SolvedWhen   headway.Quote          `json:"solved_when,omitzero"`
	MeasureAsked bool                   `json:"measure_asked"`
}

// ReportGap is one slot over all conversations.
type ReportGap struct {
	Slot          headway.Label            `json:"slot"`
	Sentence      string                   `json:"sentence"`
	Asked         int                      `json:"asked"`
	Perhaps       int                      `json:"perhaps"`
	Answered      int                      `json:"answered"`
	Unclear       int                      `json:"unclear"`
	Volunteered   int                      `json:"volunteered"`
	N             int                      `json:"n"`
	Silent        int                      `json:"silent"`
	Unasked       int                      `json:"nobody_could_ask"`
	Conversations []headway.ConversationID `json:"conversations"`
	Doubtful      []headway.Quote          `json:"doubtful,omitempty"`
}

// ReportQuestion is a question for the next conversation.
type ReportQuestion struct {
	Slot   headway.Label `json:"slot"`
	Text   string        `json:"text"`
	Why    string        `json:"why"`
	Recall headway.Quote `json:"recall,omitzero"`
}

// NewReport writes a mirror and its parts out with their words. Per
// conversation it tells what was heard, before any verdict; the mirror's own
// counts mind verdicts. A place whose text is not in t has no words.
func NewReport(m Mirror, parts []Part, t Texts) Report {
	r := Report{
		Schema: ReportSchema,
		Study:  m.Study,
		Counts: ReportCounts{
			People:        m.N,
			Conversations: m.Conversations,
			CouldAsk:      m.CouldAsk,
			Unplaced:      m.Unplaced,
			Unheard:       m.Unheard,
			Assumptions:   m.Granted,
			NeverTested:   m.NeverTested,
			WithRequest:   m.TheySaid.WithRequest,
			WithAim:       m.TheySaid.WithAim,
			WithMeasure:   m.TheySaid.WithMeasure,
		},
		Conversations: each(inOrder(parts), t.talk),
		Guesses:       each(m.YouSaid, t.guess),
		Said:          each(m.TheySaid.Slots, t.said),
		After:         each(m.TheySaid.After, t.after),
		NeverAsked:    each(m.NobodyAsked, t.gap),
		NextQuestions: each(m.NextQuestions, t.question),
		PlayBack:      each(m.PlayBack, t.Quote),
		Kept:          each(m.Kept, reportKept),
		Lost:          reportLost(m.TheySaid.Lost),
	}
	if slices.ContainsFunc(m.NobodyAsked, func(g Gap) bool { return g.Unasked > 0 }) {
		r.ThankYou = ThankYou()
	}
	return r
}

// each is never nil, so that a list without entries is written [].
func each[A, B any](list []A, of func(A) B) []B {
	all := make([]B, 0, len(list))
	for _, a := range list {
		all = append(all, of(a))
	}
	return all
}

func (t Texts) talk(p Part) ReportTalk {
	talk := ReportTalk{
		ID:          p.Conversation,
		File:        p.File,
		Row:         p.Row,
		Title:       p.Title,
		Genre:       p.Genre,
		Date:        p.Date,
		CouldAsk:    p.CouldAsk,
		Unheard:     p.Unheard,
		Findings:    p.Findings,
		People:      each(p.People, func(p Person) Person { return p }),
		Slots:       each(p.Slots, t.slot),
		NeverAsked:  []headway.Label{},
		Assumptions: each(p.Assumptions, t.assumption),
		Conduct:     t.conduct(p.Conduct),
	}
	for _, s := range p.Slots {
		if p.couldBeAsked() && len(s.Asked) == 0 && len(s.MaybeAsked) == 0 {
			talk.NeverAsked = append(talk.NeverAsked, s.Slot)
		}
	}
	if s := p.Solution; s != nil {
		talk.Solution = &ReportSolution{Quote: t.Quote(s.Span), Act: s.Act, Turn: s.Turn, Turns: s.Turns, Spoken: s.Spoken, PlayedBack: s.PlayedBack}
		if s.Timed {
			talk.Solution.MS = &s.MS
		}
	}
	return talk
}

func (t Texts) conduct(c *Conduct) *ReportConduct {
	if c == nil {
		return nil
	}
	r := &ReportConduct{
		Topics: ReportTopics{
			Ours:   c.Topics.count(headway.Ours, c.Topics.Ours),
			Theirs: c.Topics.count(headway.Theirs, c.Topics.Theirs),
			Turns:  each(c.Topics.Turns, func(at TurnTopic) ReportTurnTopic { return ReportTurnTopic(at) }),
		},
		Orders:   each(c.Orders, func(o Order) ReportOrder { return ReportOrder{t.Quote(o.Request), o.Turn, o.Met, t.Quote(o.Reply)} }),
		Concerns: each(c.Concerns, t.concern),
		Stories:  each(c.Stories, func(s Story) ReportStory { return ReportStory{t.Quote(s.Span), s.Act, s.Turn, !s.Sure} }),
	}
	if s := c.Topics.Shift; s != nil {
		r.Topics.Shift = &ReportShift{s.Turn, t.Quote(s.Question), s.Before, s.After}
	}
	return r
}

func (t Topics) count(side headway.Side, turns int) ReportTopicCount {
	return ReportTopicCount{turns, t.Of(side, OnOffer), t.Of(side, OnSituation), t.Of(side, OnAim)}
}

func (t Texts) concern(c Concern) ReportConcern {
	return ReportConcern{
		Quote:   t.Quote(c.Span),
		Kind:    c.Kind,
		Turn:    c.Turn,
		Unasked: c.Unasked,
		Depth:   len(c.Pursued),
		Asked:   c.Asked,
		Pursued: each(c.Pursued, t.Quote),
		Told:    each(c.Told, func(kind headway.Label) headway.Label { return kind }),
		Ended:   c.Ended,
		End:     t.Quote(c.End),
		Words:   c.Words,
		Next:    c.Next,
	}
}

func (t Texts) slot(s Slot) ReportSlot {
	return ReportSlot{
		Slot:        s.Slot,
		Asked:       each(s.Asked, t.Quote),
		MaybeAsked:  each(s.MaybeAsked, t.Quote),
		Answered:    each(s.Answered, func(a Answer) ReportAnswer { return ReportAnswer{t.Quote(a.Question), t.Quote(a.Answer)} }),
		Unclear:     each(s.Unclear, t.Quote),
		Volunteered: each(s.Volunteered, t.Quote),
	}
}

func (t Texts) assumption(a Assumption) ReportAssumption {
	return ReportAssumption{Quote: t.Quote(a.Span), Turn: a.Turn, Next: t.Quote(a.Next), Tested: a.Candidate, Verdict: a.Verdict, Lost: a.Lost}
}

func (t Texts) guess(h Held) ReportGuess {
	g := ReportGuess{
		ID:       h.Guess.ID,
		Slot:     h.Guess.Slot,
		Text:     h.Guess.Text,
		Author:   h.Guess.Author,
		Late:     h.Guess.Late,
		Seal:     h.Guess.Seal,
		Sentence: h.Sentence(),
		Heard:    ReportHeard{Confirmed: h.Confirmed, Candidates: h.Candidates, Contradicted: h.Contradicted, Checked: h.Checked, N: h.N},
		Raised:   ReportRaised{h.RaisedByThem, h.RaisedByUs},
		Nearest:  each(h.Nearest, t.line),
		Lost:     reportLost(h.Lost),
	}
	if low, high, ok := h.Interval(); ok {
		g.Heard.Interval = &[2]float64{round(low), round(high)}
	}
	return g
}

func (t Texts) line(l Line) ReportLine {
	line := ReportLine{
		Quote:        t.Quote(l.Span),
		Conversation: l.Conversation,
		Person:       l.Person,
		Name:         l.Name,
		Kind:         l.Kind,
		Score:        l.Score,
		By:           l.By,
		Why:          l.Why,
		Unasked:      l.Unasked,
		Surprise:     l.Surprise,
		Novelty:      l.Novelty,
		First:        l.First,
		Verdict:      l.Verdict,
		Under:        l.Under,
		People:       l.People,
		Group:        l.Group,
		More:         l.More,
	}
	for _, same := range l.Same {
		line.Same = append(line.Same, t.line(same))
	}
	return line
}

func (t Texts) said(s Said) ReportSaid {
	return ReportSaid{Slot: s.Kind, People: s.People, Total: s.Total, Things: s.Things, Words: s.Words, Lines: each(s.Lines, t.line), Heard: s.Heard}
}

func (t Texts) after(a After) ReportAfter {
	return ReportAfter{
		Person:       a.Person,
		Name:         a.Name,
		Conversation: a.Conversation,
		AskedFor:     t.Quote(a.AskedFor),
		IsAfter:      t.Quote(a.IsAfter),
		SolvedWhen:   t.Quote(a.SolvedWhen),
		MeasureAsked: a.MeasureAsked,
	}
}

func (t Texts) gap(g Gap) ReportGap {
	return ReportGap{
		Slot:          g.Slot,
		Sentence:      g.Sentence(),
		Asked:         g.Asked,
		Perhaps:       g.Perhaps,
		Answered:      g.Answered,
		Unclear:       g.Unclear,
		Volunteered:   g.Volunteered,
		N:             g.N,
		Silent:        g.Silent,
		Unasked:       g.Unasked,
		Conversations: each(g.Never, func(id headway.ConversationID) headway.ConversationID { return id }),
		Doubtful:      each(g.Doubtful, func(d Doubt) headway.Quote { return t.Quote(d.Question) }),
	}
}

func (t Texts) question(q NextQuestion) ReportQuestion {
	return ReportQuestion{Slot: q.Slot, Text: q.Text, Why: q.Why, Recall: t.Quote(q.Recall)}
}

// reportLost is nil for none: most have none.
func reportLost(lost []deed.Lost) (all []ReportLost) {
	for _, l := range lost {
		all = append(all, ReportLost{l.Seq, l.Label, l.Verdict, l.On})
	}
	return all
}

func reportKept(k Kept) ReportKept {
	r := ReportKept{Kept: k}
	if low, high, ok := k.Interval(); ok {
		r.Interval = &[2]float64{round(low), round(high)}
	}
	return r
}
