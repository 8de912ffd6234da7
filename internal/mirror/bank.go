package mirror

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
)

//go:embed bank/en.yaml
var bankYAML []byte

// bankQuestion is one question of the bank; "" fits any.
type bankQuestion struct {
	Text   string
	When   string        // "first" conversation or "after" use
	Who    string        // "b2b" or "b2c"
	Recall headway.Label // a kind of theirs to read back before asking
}

type questionBank struct {
	Questions map[headway.Label][]bankQuestion
	ThankYou  string `yaml:"thank_you"`
}

var bank = sync.OnceValue(func() questionBank {
	var b questionBank
	if err := yaml.Unmarshal(bankYAML, &b); err != nil {
		panic("mirror: bank/en.yaml: " + err.Error())
	}
	return b
})

// setting is what the bank words a question for.
type setting struct {
	when, who, product string
}

// ThankYou gives the one question for a thank-you page, for sources in which
// nobody could be asked.
func ThankYou() string { return setting{}.word(bank().ThankYou) }

// Question gives the question that asks somebody for a slot: after they hired
// something, or before.
func Question(slot headway.Label, hired bool) string {
	at := setting{when: "first"}
	if hired {
		at.when = "after"
	}
	return at.word(at.pick(bank().Questions[slot]).Text)
}

// mostQuestions is how many questions one conversation bears.
const mostQuestions = 5

// nextQuestions words a question for each of the worst gaps: slots that were
// not asked for, or not answered, in every conversation.
func (s *sighting) nextQuestions(m Mirror) []NextQuestion {
	at := s.setting(m)
	questions := []NextQuestion{}
	for _, g := range m.NobodyAsked {
		if g.N > 0 && g.Answered == g.N || len(questions) == mostQuestions {
			continue
		}
		q := at.pick(bank().Questions[g.Slot])
		questions = append(questions, NextQuestion{
			Slot:   g.Slot,
			Text:   at.word(q.Text),
			Why:    g.Sentence(),
			Recall: s.recall(q.Recall),
		})
	}
	return questions
}

// setting tells what kind of conversation comes next. After use, where most, and
// more than one, told what came of it or all are reviews and answers (one
// sentence wrongly heard must not ask a prospect how it went); of firms, where most
// was calls and mail; of persons, where it was reviews.
func (s *sighting) setting(m Mirror) setting {
	at := setting{when: "first", product: s.product()}
	of := map[headway.Genre]int{}
	for _, p := range s.parts {
		of[p.Genre]++
	}
	told := 0
	for _, said := range m.TheySaid.Slots {
		if said.Kind == headway.Result {
			told = said.People
		}
	}
	all := len(s.parts)
	if all > 0 && (told > 1 && 2*told > m.N || of[headway.Review]+of[headway.Survey] == all) {
		at.when = "after"
	}
	switch {
	case 2*(of[headway.Call]+of[headway.Mail]) > all:
		at.who = "b2b"
	case 2*of[headway.Review] > all:
		at.who = "b2c"
	}
	return at
}

// product gives the product that all conversations are about, "" where they
// name several or none.
func (s *sighting) product() string {
	product := ""
	for _, p := range s.parts {
		if p.Product == "" || product != "" && p.Product != product {
			return ""
		}
		product = p.Product
	}
	return product
}

// pick gives the question that fits a setting best: the occasion before the
// customer, and among equals the one that stands first.
func (at setting) pick(questions []bankQuestion) bankQuestion {
	return slices.MaxFunc(questions, func(a, b bankQuestion) int { return at.fit(a) - at.fit(b) })
}

func (at setting) fit(q bankQuestion) int { return 4*fits(q.When, at.when) + fits(q.Who, at.who) }

// fits is 2 for what was asked for, 1 for what fits any, 0 for another.
func fits(own, wanted string) int {
	switch own {
	case wanted:
		return 2
	case "":
		return 1
	}
	return 0
}

// word fills the product in, or what stands for it where none is known.
func (at setting) word(text string) string {
	before, rest, found := strings.Cut(text, "{product|")
	if !found {
		return text
	}
	instead, after, _ := strings.Cut(rest, "}")
	if at.product != "" {
		instead = at.product
	}
	return before + instead + at.word(after)
}

// recall gives the surest sentence of a kind to read back to the one customer
// whom a study is about; nobody is read another's words.
func (s *sighting) recall(kind headway.Label) headway.Span {
	if s.study.About != headway.OneCustomer || kind == "" {
		return headway.Span{}
	}
	var surest *counted
	for i := range s.moments {
		if m := &s.moments[i]; m.Kind == kind && (surest == nil || bySurest(*m, *surest) < 0) {
			surest = m
		}
	}
	if surest == nil {
		return headway.Span{}
	}
	return surest.Span
}
