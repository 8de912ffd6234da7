package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// lineView is one sentence of a customer's, as a page shows it.
type lineView struct {
	ID       string // of its element, the same after every load
	Words    headway.Quote
	Place    string // its span, for forms
	Href     string // where it stands in the transcript
	Name     string // "" where nobody gave one: a survey's rows, mostly
	Source   string // title or file of its conversation
	At       string // where in it, "05:34" or "line 12"; "" where nothing is known, or the source is a row
	Kind     headway.Label
	Guess    headway.GuessID // the guess it is near, if it is shown under one
	Why      string
	By       string
	Unasked  bool
	Surprise bool
	First    headway.Side
	Verdict  headway.Verdict
	Under    string // the shared word it gathers under
	Study    headway.StudyID
	Back     string // where judging it comes back to
	People   int    // who said the same, this one included
	Same     []lineView
	Unlisted int // sentences that say the same and are not in Same
}

// SaidBy says how many said the same: "said by 10 people". It is "" where nobody
// else did.
func (l lineView) SaidBy() string {
	switch {
	case l.People > 1:
		return fmt.Sprintf("said by %d people", l.People)
	case len(l.Same) > 0:
		return "said again by the same person"
	}
	return ""
}

// AllAlike is where all sentences stand that say the same.
func (l lineView) AllAlike() string {
	return studyPath(l.Study, "said/"+string(l.Kind)) + "?alike=all#" + l.ID
}

func viewLine(study headway.StudyID, l mirror.Line, texts mirror.Texts) lineView {
	id := fmt.Sprintf("l-%s-%s-%d", l.Kind, l.Span.Text, l.Span.Start)
	return lineView{
		ID:       id,
		Words:    texts.Quote(l.Span),
		Place:    formatSpan(l.Span),
		Href:     placePath(study, l.Conversation, l.Span),
		Name:     l.Name,
		Kind:     l.Kind,
		Why:      l.Why,
		By:       l.By,
		Unasked:  l.Unasked,
		Surprise: l.Surprise,
		First:    l.First,
		Verdict:  l.Verdict,
		Under:    l.Under,
		Study:    study,
		Back:     studyPath(study, "mirror") + "#" + id,
	}
}

func viewLines(study headway.StudyID, lines []mirror.Line, texts mirror.Texts, titles titles) []lineView {
	views := make([]lineView, 0, len(lines))
	for _, l := range lines {
		v := viewLine(study, l, texts)
		v.Source = titles[l.Conversation].Title
		if !titles[l.Conversation].Row {
			v.At = viewPosition(l.At)
		}
		v.People, v.Unlisted = l.People, l.More
		v.Same = viewLines(study, l.Same, texts, titles)
		views = append(views, v)
	}
	return views
}

// viewPosition names where a turn begins: its time, else its line.
func viewPosition(at mirror.Position) string {
	switch {
	case at.Timed:
		return clock(at.MS)
	case at.Line > 0:
		return fmt.Sprintf("line %d", at.Line)
	}
	return ""
}

// quoteView is words with where they stand, and nothing to judge.
type quoteView struct {
	Words headway.Quote
	Href  string
	Place string
}

func viewQuote(study headway.StudyID, c headway.ConversationID, s headway.Span, texts mirror.Texts) quoteView {
	if s == (headway.Span{}) {
		return quoteView{}
	}
	return quoteView{Words: texts.Quote(s), Href: placePath(study, c, s), Place: formatSpan(s)}
}

// Said says whether there are words.
func (q quoteView) Said() bool { return !q.Words.IsZero() }

// Speaker names who said it.
func (l lineView) Speaker() string { return speakerName(l.Name) }

func speakerName(name string) string {
	if name == "" {
		return "a speaker without a name"
	}
	return name
}

// titles names conversations for people.
type titles map[headway.ConversationID]called

// called is what a conversation is called, and whether that names its row.
type called struct {
	Title string
	Row   bool
}

// Credit says whose words these are and where they stand: "Amira, call.vtt,
// 05:34", or "survey.csv, row 7" where nobody gave a name.
func (l lineView) Credit() string { return credit(l.Name, l.Source, l.At) }

func credit(name string, where ...string) string {
	known := slices.DeleteFunc(append([]string{name}, where...), func(s string) bool { return s == "" })
	if len(known) == 0 {
		return speakerName(name)
	}
	return strings.Join(known, ", ")
}
