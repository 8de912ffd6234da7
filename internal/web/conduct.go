package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// conductView is the strip at the head of a conversation: what its turns are
// about, orders taken, concerns, stories and the first solution. It counts and
// points; it does not grade.
type conductView struct {
	Topics        []topicRow
	Shift         *shiftView
	Otherwise     otherwiseView
	Parts         []conductPart
	Ours, Theirs  int     // turns of each side
	FirstSolution float64 // where in the drawing, in percent; negative for nowhere
}

// topicRow is one topic: how many turns of each side are about it, and which.
type topicRow struct {
	Name         string
	Ours, Theirs int
	Marks        []turnMark // empty where there are too many to draw
	Turns        []turnLink
	More         int // turns not listed
}

// turnMark is a turn in the drawing.
type turnMark struct {
	turnLink
	X    float64 // percent
	Ours bool
}

// turnLink leads to a turn of the page itself.
type turnLink struct {
	N    int // from 1
	Href string
}

type shiftView struct {
	Turn          turnLink
	ToThem        bool
	Before, After mirror.Share
	Question      quoteView
}

// otherwiseView tells whether the question was asked that turns talk from the
// product to the customer, and what the turns around it are about.
type otherwiseView struct {
	Asked, Perhaps bool
	Answer         string
	Turn           turnLink
	Question       quoteView
	Before, After  mirror.Share
}

// conductPart is one of the four other parts.
type conductPart struct {
	ID, Name, Sentence string
	Href               string // where it stands, if it stands at one place
	Where              string
	Rows               []conductRow
	More               int // rows not shown
}

// add shows a row, or counts it where there are too many.
func (p *conductPart) add(row func() conductRow) {
	if len(p.Rows) < rowsShown {
		p.Rows = append(p.Rows, row())
	} else {
		p.More++
	}
}

// conductRow is one thing that was heard: words, what became of them, and the
// words that show it.
type conductRow struct {
	First conductQuote
	Note  string
	Then  []conductQuote
}

type conductQuote struct {
	quoteView
	Turn turnLink
	Side headway.Side
}

// What a strip holds at most; a reader of a very long conversation is led by
// the first ones and by search.
const (
	marksDrawn = 1000
	linksShown = 200
	rowsShown  = 50
)

// conductor turns what was heard of a conversation into the strip.
type conductor struct {
	c     *headway.Conversation
	study headway.StudyID
	texts mirror.Texts
	turns map[headway.TurnID]int
}

// viewConduct is nil where nothing can be said of how the conversation was led.
func viewConduct(study headway.StudyID, c *headway.Conversation, h headway.Hearing) *conductView {
	part := mirror.Look(c, h, nil)
	if part.Conduct == nil {
		return nil
	}
	v := &conductor{c: c, study: study, texts: mirror.Texts{}, turns: map[headway.TurnID]int{}}
	for i, t := range c.Turns {
		v.texts[t.Text.ID] = t.Text
		v.turns[t.ID] = i
	}
	topics := part.Conduct.Topics
	view := &conductView{Shift: v.shift(topics.Shift), Otherwise: v.otherwise(part), Ours: topics.Ours, Theirs: topics.Theirs, FirstSolution: -1}
	if part.Solution != nil {
		view.FirstSolution = v.x(part.Solution.Turn)
	}
	for _, topic := range []mirror.Topic{mirror.OnAim, mirror.OnSituation, mirror.OnOffer} {
		view.Topics = append(view.Topics, v.topic(topics, topic))
	}
	view.Parts = []conductPart{v.orders(part.Conduct.Orders), v.concerns(part.Conduct.Concerns), v.stories(part.Conduct.Stories), v.solution(part.Solution)}
	return view
}

var topicNames = map[mirror.Topic]string{
	mirror.OnOffer:     "What we offer",
	mirror.OnSituation: "Their situation",
	mirror.OnAim:       "What they are after",
}

func (v *conductor) topic(t mirror.Topics, topic mirror.Topic) topicRow {
	row := topicRow{Name: topicNames[topic], Ours: t.Of(headway.Ours, topic), Theirs: t.Of(headway.Theirs, topic)}
	for _, at := range t.Turns {
		if at.Topic != topic {
			continue
		}
		link := v.turn(at.Turn)
		if len(t.Turns) <= marksDrawn {
			row.Marks = append(row.Marks, turnMark{link, v.x(at.Turn), at.Side == headway.Ours})
		}
		if len(row.Turns) < linksShown {
			row.Turns = append(row.Turns, link)
		} else {
			row.More++
		}
	}
	return row
}

// x is where a turn stands from left to right, in percent; the margin holds
// half a mark.
func (v *conductor) x(turn int) float64 {
	return 1 + 98*float64(turn)/float64(max(1, len(v.c.Turns)-1))
}

func (v *conductor) turn(i int) turnLink {
	return turnLink{i + 1, "#t-" + string(v.c.Turns[i].ID)}
}

func (v *conductor) quote(side headway.Side, s headway.Span) conductQuote {
	return conductQuote{viewQuote(v.study, v.c.ID, s, v.texts), v.turn(v.turns[s.Text.Turn()]), side}
}

func (v *conductor) quotes(side headway.Side, spans ...headway.Span) []conductQuote {
	var quotes []conductQuote
	for _, s := range spans {
		if s != (headway.Span{}) {
			quotes = append(quotes, v.quote(side, s))
		}
	}
	return quotes
}

func (v *conductor) shift(s *mirror.Shift) *shiftView {
	if s == nil {
		return nil
	}
	toThem := 2*s.After.Them > s.After.Of
	return &shiftView{v.turn(s.Turn), toThem, s.Before, s.After, viewQuote(v.study, v.c.ID, s.Question, v.texts)}
}

func (v *conductor) otherwise(p mirror.Part) (o otherwiseView) {
	i := slices.IndexFunc(p.Slots, func(s mirror.Slot) bool { return s.Slot == headway.Alternative })
	slot := p.Slots[i]
	var at headway.Span
	switch {
	case len(slot.Asked) > 0:
		o.Asked, at = true, slot.Asked[0]
		o.Answer = "answer unclear"
		if len(slot.Answered) > 0 {
			o.Answer = "answered"
		}
	case len(slot.MaybeAsked) > 0:
		o.Perhaps, at = true, slot.MaybeAsked[0]
	default:
		return o
	}
	turn := v.turns[at.Text.Turn()]
	o.Turn, o.Question = v.turn(turn), viewQuote(v.study, v.c.ID, at, v.texts)
	o.Before, o.After = p.Conduct.Topics.Around(turn)
	return o
}

func (v *conductor) orders(orders []mirror.Order) conductPart {
	p := conductPart{ID: "orders", Name: "Orders taken", Sentence: "No request of theirs was surely heard."}
	n := map[mirror.Met]int{}
	for _, o := range orders {
		n[o.Met]++
		p.add(func() conductRow {
			return conductRow{v.quote(headway.Theirs, o.Request), metNames[o.Met], v.quotes(headway.Ours, o.Reply)}
		})
	}
	if len(orders) > 0 {
		p.Sentence = count(len(orders), "request", "requests") + ": " + list(
			of(n[mirror.Taken], "taken as an order"),
			of(n[mirror.Noted], "only noted"),
			of(n[mirror.Explored], "explored"),
			of(n[mirror.Unanswered], "left without our answer")) + "."
	}
	return p
}

var metNames = map[mirror.Met]string{
	mirror.Taken:      "Taken as an order: we offered before a turn that explores.",
	mirror.Noted:      "Only noted: we neither asked about it nor offered.",
	mirror.Explored:   "Explored first.",
	mirror.Unanswered: "No words of ours follow.",
}

func (v *conductor) concerns(concerns []mirror.Concern) conductPart {
	p := conductPart{ID: "concerns", Name: "Concerns", Sentence: "No struggle or doubt of theirs was surely heard."}
	n := map[string]int{}
	for _, c := range concerns {
		state := stateOf(c)
		n[state]++
		p.add(func() conductRow { return v.concern(c, state) })
	}
	if len(concerns) > 0 {
		p.Sentence = count(len(concerns), "concern", "concerns") + ": " + list(
			of(n[askedAbout], askedAbout), of(n[givenBack], givenBack), of(n[dropped], dropped), of(n[leftByThem], leftByThem), of(n[atTheEnd], atTheEnd)) + "."
	}
	return p
}

func (v *conductor) concern(c mirror.Concern, state string) conductRow {
	row := conductRow{v.quote(headway.Theirs, c.Span), concernNote(c, state), v.quotes(headway.Ours, c.Pursued...)}
	if c.Ended == mirror.WeLeft || c.Ended == mirror.WeSolved {
		row.Then = append(row.Then, v.quotes(headway.Ours, c.End)...)
	}
	return row
}

// What became of a concern, in the order of how far we stayed on it.
const (
	askedAbout = "asked about"
	givenBack  = "only given back"
	dropped    = "dropped by us"
	leftByThem = "left by them"
	atTheEnd   = "not taken up before the end"
)

func stateOf(c mirror.Concern) string {
	switch {
	case c.Asked > 0:
		return askedAbout
	case len(c.Pursued) > 0:
		return givenBack
	case c.Dropped():
		return dropped
	case c.Ended == mirror.TheyLeft:
		return leftByThem
	}
	return atTheEnd
}

// concernNote tells of one: how far, what they then told, how it ended.
func concernNote(c mirror.Concern, state string) string {
	parts := []string{mirror.Name(c.Kind) + ", " + state}
	if len(c.Pursued) > 0 {
		parts[0] += " over " + count(len(c.Pursued), "turn of ours", "turns of ours")
	}
	if c.Unasked {
		parts = append(parts, "they raised it unasked")
	}
	if len(c.Told) > 0 {
		parts = append(parts, "then told: "+strings.Join(kindNames(c.Told), ", "))
	}
	if end := endNames[c.Ended]; end != "" {
		parts = append(parts, end)
	}
	words := "said in " + count(c.Words, "word", "words")
	if c.Next > 0 {
		words += ", their next turn has " + thousand(c.Next)
	}
	return sentence(strings.Join(append(parts, words), "; "))
}

var endNames = map[mirror.Ended]string{
	mirror.WeLeft:   "then we went elsewhere",
	mirror.WeSolved: "then we offered",
	mirror.TheyLeft: "then they went elsewhere",
}

func (v *conductor) stories(stories []mirror.Story) conductPart {
	p := conductPart{ID: "stories", Name: "Stories of ours", Sentence: "None was heard."}
	n := map[string]int{}
	for _, s := range stories {
		name := storyNames[s.Act]
		if !s.Sure {
			name = "perhaps " + name
		}
		n[name]++
		p.add(func() conductRow { return conductRow{First: v.quote(headway.Ours, s.Span), Note: sentence(name)} })
	}
	if len(stories) > 0 {
		own, other := storyNames[headway.StoryOwn], storyNames[headway.StoryOther]
		p.Sentence = sentence(list(of(n[own], own), of(n[other], other), of(n["perhaps "+own]+n["perhaps "+other], "only perhaps a story")))
	}
	return p
}

var storyNames = map[headway.Label]string{headway.StoryOwn: "of our own", headway.StoryOther: "of somebody else"}

func (v *conductor) solution(s *mirror.Solution) conductPart {
	p := conductPart{ID: "solution", Name: "First solution", Sentence: "No pitch or advice of ours was heard."}
	if s == nil {
		return p
	}
	words := v.quote(headway.Ours, s.Span)
	p.Href, p.Where = words.Href, fmt.Sprintf("Turn %d of %d", s.Turn+1, s.Turns)
	if s.Timed {
		p.Where += ", " + clock(s.MS)
	}
	p.Sentence = fmt.Sprintf(": %s. Before it we had surely heard %d of the 11 kinds, and given back %d.", articled(s.Act), len(s.Spoken), len(s.PlayedBack))
	p.Rows = []conductRow{{words, before(s), nil}}
	return p
}

func articled(act headway.Label) string {
	if act == headway.Pitch {
		return "a pitch"
	}
	return string(act)
}

// before tells what stood before the first solution.
func before(s *mirror.Solution) string {
	missing := slices.DeleteFunc(headway.Slots(), func(slot headway.Label) bool { return slices.Contains(s.Spoken, slot) })
	return fmt.Sprintf("Before it they had spoken of: %s. Given back: %s. Not heard by then: %s.", orNothing(s.Spoken), orNothing(s.PlayedBack), orNothing(missing))
}

func orNothing(slots []headway.Label) string {
	if len(slots) == 0 {
		return "nothing"
	}
	return strings.Join(kindNames(slots), ", ")
}

func kindNames(slots []headway.Label) []string {
	var all []string
	for _, s := range slots {
		all = append(all, mirror.Name(s))
	}
	return all
}

// of writes "2 explored", and nothing for none.
func of(n int, what string) string {
	if n == 0 {
		return ""
	}
	return thousand(n) + " " + what
}

// list writes what there is with commas between.
func list(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}
