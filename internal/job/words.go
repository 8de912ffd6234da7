package job

import (
	"cmp"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Faces that have no pages of their own call things so.
var (
	choiceWords = map[headway.Choice]string{
		headway.NotNeeded: "expressly not needed", headway.Choice(Contradicted): "contradicted", headway.Choice(Unsettled): "not known yet",
		headway.AProduct: "a product", headway.OwnWork: "their own work", headway.Someone: "asking someone", headway.ANothing: "doing nothing",
		headway.Partner: "a partner", headway.Spared: "not needed",
		headway.Attribute: "what it has", headway.Consequence: "what that does", headway.Business: "a business reason", headway.Personal: "a personal reason",
	}
	statusWords = map[headway.Status]string{
		headway.StatusInferred: "read from their words", headway.StatusUnknown: "not known yet",
	}
	forceWords = map[headway.Label]string{
		headway.Struggle: "push: what is wrong with what they have", headway.Pull: "pull: what draws them",
		headway.Anxiety: "fear of the new", headway.Habit: "habit: what holds them",
	}
	partWords = map[headway.Part]string{
		headway.PartSituation: "When", headway.PartProgress: "Help me", headway.PartFunctional: "so that",
		headway.PartEmotional: "so that I feel", headway.PartSocial: "so that others see",
		headway.PartMeasure: "They look at", headway.PartDirection: "better is", headway.PartThreshold: "worth it from",
		headway.PartPerceiver: "who notices", headway.PartWhen: "by when",
		headway.PartIssue: "Must also change", headway.PartPlan: "plan", headway.PartFinish: "Solved for them when",
		headway.PartPrice: "Price", headway.PartDescribe: "Describe", headway.PartSell: "Sell",
	}
)

// ChoiceWords says a choice, or a cell's state, in words.
func ChoiceWords(c headway.Choice) string { return cmp.Or(choiceWords[c], string(c)) }

// Words says a state in words.
func (s State) Words() string { return ChoiceWords(headway.Choice(s)) }

// StatusWords says in words what a line rests on.
func StatusWords(s headway.Status) string { return cmp.Or(statusWords[s], string(s)) }

// Words says a force in words.
func (f ReportForce) Words() string { return forceWords[f.Kind] }

// PartWords is what stands before a line of a card.
func PartWords(p headway.Part) string { return cmp.Or(partWords[p], string(p)) }

// Called is what an alternative is called: as a member named it, else its sort.
func (a ReportAlternative) Called() string {
	return cmp.Or(a.Words, ChoiceWords(a.Sort), "something else")
}

// IsSaid says whether anybody knows anything in a cell.
func (c ReportCell) IsSaid() bool { return c.State != Unsettled || !c.Lost.IsZero() }

// Says is a cell in a word or two: what was settled, and that customers say
// otherwise.
func (c *ReportCell) Says() string {
	switch {
	case c.State == Contradicted && c.Choice != "":
		return ChoiceWords(c.Choice) + ", contradicted"
	case c.State == Unsettled && !c.Lost.IsZero():
		return "lost support"
	}
	return c.State.Words()
}

// Rests says on whom a cell rests: "said by 3 of 12 people; 1 of 5 people say
// otherwise"; "" where nothing is known.
func (c *ReportCell) Rests() string {
	var rests []string
	switch {
	case !c.Lost.IsZero():
		rests = append(rests, deed.Forgotten(c.Lost))
	case c.Choice != "" && len(c.On) > 0:
		rests = append(rests, "said by "+c.Said.String())
	case c.Choice != "":
		rests = append(rests, StatusWords(headway.StatusOurs))
	}
	if c.Denied.People > 0 {
		rests = append(rests, c.Denied.String()+" say otherwise")
	}
	return strings.Join(rests, "; ")
}

// Unclimbed lists the rungs of a job above which one is missing, each with the
// question for it.
func (j *ReportJob) Unclimbed() (rungs []ReportLine) {
	var climb func(lines []ReportLine)
	climb = func(lines []ReportLine) {
		for _, l := range lines {
			if l.Missing != "" {
				rungs = append(rungs, l)
			}
			climb(l.Parts)
		}
	}
	climb(j.Ladder)
	return rungs
}

// Told gives what an episode tells of a kind.
func (e *ReportEpisode) Told(kind headway.Label) []ReportWords {
	for _, s := range e.Slots {
		if s.Kind == kind {
			return s.Told
		}
	}
	return nil
}

// Says lists the words that tell what a job is, the nearest first: those that say
// its name or its card, else those that tell it from others, else what its most
// typical customers were after.
func (r *Report) Says(j *ReportJob) (all []ReportWords) {
	if j.Claim != nil {
		all = append(all, j.Claim.For...)
	}
	for _, l := range j.Card {
		all = append(all, l.For...)
	}
	for _, g := range j.Groups {
		if len(all) == 0 {
			all = append(all, g.Tells...)
		}
	}
	if len(all) > 0 {
		return once(all)
	}
	for _, at := range j.Episodes {
		for _, kind := range []headway.Label{headway.Motivation, headway.Struggle, headway.Situation} {
			if told := r.Episodes[at.Episode].Told(kind); len(told) > 0 {
				all = append(all, told[0])
				break
			}
		}
	}
	return all
}

// once leaves out words that stand there before.
func once(all []ReportWords) (some []ReportWords) {
	seen := map[headway.Span]bool{}
	for _, w := range all {
		if at := w.Quotes[0].Span(); !seen[at] {
			seen[at] = true
			some = append(some, w)
		}
	}
	return some
}

// Rests says in words what a line rests on: "said by 3 of 12 people; contradicted
// by 1 of 12 people".
func (l *ReportLine) Rests() string {
	says := StatusWords(l.Status)
	if l.Status == headway.StatusSaid {
		says += " by " + l.Said.String()
	}
	if l.Denied.People > 0 {
		says += "; contradicted by " + l.Denied.String()
	}
	if !l.Lost.IsZero() {
		says += "; " + deed.Forgotten(l.Lost)
	}
	return says
}
