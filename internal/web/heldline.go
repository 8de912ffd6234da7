package web

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/job"
)

// claimLine is a claim as a page shows it, with what bears on it.
type claimLine struct {
	Study    headway.StudyID
	ID, Root headway.ClaimID
	Part     headway.Part
	Words    string
	Status   headway.Status
	By, On   string // who wrote this version, "" where nobody signed in, and when
	Versions int
	Choice   headway.Choice
	For      []spoken // they say it
	Read     []spoken // a member reads it from them
	Against  []spoken
	Of       int    // people who told of any episode, and could have said it
	Lost     string // what it rested on until that was forgotten
	Parts    []claimLine
	Back     string // where acts on it come back to
	Writes   bool
	Maybe    []spoken // told words of the kind, beside which nobody said anything
	Left     int      // how many more there are
	AboutUs  string   // why a finish line is about us and not about them
	Ask      string   // the question for the rung that is missing above one
}

// maybeShown is how many sentences a card offers beneath a line; the claim's own
// page offers more.
const maybeShown, maybeListed = 4, 60

// line lays out a claim. told are words that may bear on it; at most so many of
// them are offered.
func (w *worksheet) line(l *job.Line, told []toldIn, most int) claimLine {
	v := claimLine{
		Study: w.Study.ID, ID: l.ID, Root: l.Root, Part: l.Claim.Part, Words: l.Claim.Words, Status: l.Status, Versions: l.Versions, Of: w.People,
		On: dayOf(l.At), Choice: l.Choice, Back: w.path, Writes: w.writes,
		For: w.allSpoken(l.For), Read: w.allSpoken(l.Read), Against: w.allSpoken(l.Against),
	}
	if !l.Gone.IsZero() {
		v.Lost = deed.Forgotten(l.Gone)
	}
	if l.Member != "" {
		v.By = w.called(l.Member)
	}
	told = w.unsaid(l.ID, told)
	first := told[:min(len(told), most)]
	v.Maybe, v.Left = w.tell(first), len(told)-len(first)
	if v.Part == headway.PartRung {
		v.Ask = job.Above(l).Question()
	}
	if v.Part == headway.PartJob {
		return v // its parts make the card
	}
	for i := range l.Parts {
		v.Parts = append(v.Parts, w.line(&l.Parts[i], nil, 0))
	}
	return v
}

// unsaid gives the words of which nobody has said what they are to a claim.
func (w *worksheet) unsaid(claim headway.ClaimID, told []toldIn) (left []toldIn) {
	bearing := w.Held.Bearing(claim)
	for _, t := range told {
		if !slices.ContainsFunc(bearing, func(b deed.Borne) bool { return slices.Equal(b.On, passageOf(t.Told)) }) {
			left = append(left, t)
		}
	}
	return left
}

func (w *worksheet) allSpoken(words []job.Words) (all []spoken) {
	for _, one := range words {
		v := w.spoken(one.On, one.Person)
		v.Member = w.called(one.Member)
		all = append(all, v)
	}
	return all
}

// peopleOf counts whose words these are.
func peopleOf(all []spoken) int {
	people := map[headway.PersonID]bool{}
	for _, s := range all {
		people[s.Person] = true
	}
	return len(people)
}

// Counts says how many people say it and say otherwise, with how many could have.
func (l claimLine) Counts() string {
	says := []struct {
		people int
		what   string
	}{{peopleOf(l.For), "say it"}, {peopleOf(l.Read), "let one of us read it"}, {peopleOf(l.Against), "say otherwise"}}
	var counts string
	for _, s := range says {
		if s.people > 0 {
			counts += fmt.Sprintf("%s%d of %s %s", after(counts, ", "), s.people, count(l.Of, "person", "people"), s.what)
		}
	}
	return counts
}

// after gives a separator where something stands before it.
func after(before, separator string) string {
	if before == "" {
		return ""
	}
	return separator
}

// Named says the part in words.
func (l claimLine) Named() string { return partName(l.Part) }

// Choices are what can be settled about it.
func (l claimLine) Choices() []headway.Choice {
	if l.Part == headway.PartCriterion {
		return nil // for each job, on a page of its own
	}
	return l.Part.Choices()
}

// Having lists those parts of a line that are of one sort.
func (l claimLine) Having(p headway.Part) (some []claimLine) {
	for _, part := range l.Parts {
		if part.Part == p {
			some = append(some, part)
		}
	}
	return some
}

// Write is what a form needs to write a part of this line.
func (l claimLine) Write(p headway.Part) writing {
	return writing{Study: l.Study, Part: p, Of: l.Root, Back: l.Back, Writes: l.Writes}
}

// writing is a form in which a member writes a claim.
type writing struct {
	Study    headway.StudyID
	Part     headway.Part
	Of       headway.ClaimID
	Instead  headway.ClaimID
	Words    string
	Choice   headway.Choice
	Back     string
	Writes   bool
	Maybe    []spoken // of which some may be chosen as the words that say it
	Page     int      // of those; 0 where only the first stand, as on a card
	Left     int      // how many more there are, on the next page
	Link     string   // to words that are not among them
	Chosen   []string // places of the words that were chosen
	Episodes []headway.EpisodeID
	Problem  string
}

// Named says what is written.
func (f writing) Named() string { return partName(f.Part) }

// Verb says what the form does.
func (f writing) Verb() string {
	if verb := partVerbs[f.Part]; verb != "" {
		return verb
	}
	return "Write it"
}

// partVerbs say what it is to write a part of which there may be several.
var partVerbs = map[headway.Part]string{
	headway.PartCriterion: "Add what may matter", headway.PartIssue: "Add what must also change", headway.PartPlan: "Write a plan", headway.PartWanted: "Keep a want of theirs",
	headway.PartFound: "Keep what they found", headway.PartRung: "Add the rung above", headway.PartMeasure: "Write a measure", headway.PartFinish: "Write a finish line",
}

// Choices are what is settled with it.
func (f writing) Choices() []headway.Choice {
	if f.Part == headway.PartCriterion {
		return nil
	}
	return f.Part.Choices()
}

// Has says whether the words at a place were chosen.
func (f writing) Has(place string) bool { return slices.Contains(f.Chosen, place) }

// offer lays words beside a form to choose from: those that were chosen, and of what
// was told so many from one on.
func (w *worksheet) offer(f writing, told []toldIn, from, most int) writing {
	f.Maybe = nil
	for _, place := range f.Chosen {
		if on, err := parsePassage(place); err == nil {
			if at, here := w.Where(on.First()); here {
				f.Maybe = append(f.Maybe, w.spoken(on, at.Person))
			}
		}
	}
	told = slices.DeleteFunc(slices.Clone(told), func(t toldIn) bool { return slices.Contains(f.Chosen, formatPassage(passageOf(t.Told))) })
	from = min(from, len(told))
	to := min(from+most, len(told))
	f.Maybe, f.Left = append(f.Maybe, w.tell(told[from:to])...), len(told)-to
	return f
}

// Limit is how many characters there may be.
func (writing) Limit() int { return headway.MostClaimWords }

// Hint says how to begin.
func (f writing) Hint() string { return partHints[f.Part] }

// partNames says the parts as headings and buttons do.
var partNames = map[headway.Part]string{
	headway.PartJob: "The job, in a few words", headway.PartSituation: "When", headway.PartProgress: "help me",
	headway.PartFunctional: "so that this gets done", headway.PartEmotional: "so that I feel", headway.PartSocial: "so that others see",
	headway.PartMeasure: "How they will know", headway.PartDirection: "Which way is better", headway.PartThreshold: "From where on it is worth it",
	headway.PartPerceiver: "Who notices", headway.PartWhen: "By when", headway.PartCriterion: "What may matter", headway.PartAlternative: "What else they would have got or done",
	headway.PartIssue: "What must also change", headway.PartPlan: "The plan", headway.PartFinish: "Solved, for them, when", headway.PartPrice: "Price",
	headway.PartDescribe: "Describe", headway.PartSell: "Sell", headway.PartWanted: "What they said they wanted", headway.PartFound: "What they found that they want", headway.PartRung: "Why that matters",
}

func partName(p headway.Part) string { return cmp.Or(partNames[p], string(p)) }

// partHints say in what words a part is written.
var partHints = map[headway.Part]string{
	headway.PartJob:         "The progress, in their words: “get home while the children are up”. No product, no feature, no word of ours.",
	headway.PartSituation:   "What happens around them when they begin to look: “I am under a horse and cannot pick up”.",
	headway.PartProgress:    "A verb, and what it is done to. Buying or using something of ours is no progress.",
	headway.PartFunctional:  "What gets done.",
	headway.PartEmotional:   "How they feel, or stop feeling.",
	headway.PartSocial:      "How others see them.",
	headway.PartMeasure:     "What they look at, a feeling included: “nobody rings me on Sundays”.",
	headway.PartDirection:   "More, less, sooner, none at all.",
	headway.PartThreshold:   "A number, or “when I stop thinking about it”.",
	headway.PartPerceiver:   "They, their boss, their family, nobody but them.",
	headway.PartWhen:        "The first Monday, at the end of the season.",
	headway.PartCriterion:   "One thing that could matter: “it is quiet”.",
	headway.PartAlternative: "As they call it: “my brother”, “the spreadsheet”, “nothing”.",
	headway.PartIssue:       "Anything that customers named, whoever it belongs to.",
	headway.PartPlan:        "How, by whom, until when. Not needed after all? Say why.",
	headway.PartFinish:      "In their measure, seen from where they stand. A purchase or a go-live is about us.",
	headway.PartPrice:       "What their measure is worth to them, and what their alternative costs.",
	headway.PartDescribe:    "Their words first.",
	headway.PartSell:        "The situation to look for, and what to ask next.",
	headway.PartWanted:      "What they asked for, as they asked for it.",
	headway.PartFound:       "What they said later that they want. Only their own later words make it so.",
	headway.PartRung:        "Why the one below matters to them.",
}

// choiceNames says choices as buttons do.
var choiceNames = map[headway.Choice]string{
	headway.Must: "must", headway.Nice: "nice", headway.NotNeeded: "expressly not needed",
	headway.AProduct: "a product", headway.OwnWork: "their own work", headway.Someone: "asking someone", headway.ANothing: "doing nothing",
	headway.We: "we", headway.They: "they", headway.Partner: "a partner", headway.Nobody: "nobody",
	headway.Planned: "planned", headway.Done: "done", headway.Spared: "not needed",
	headway.Attribute: "what it has", headway.Consequence: "what that does", headway.Business: "a business reason", headway.Personal: "a personal reason",
}

func choiceName(c headway.Choice) string { return cmp.Or(choiceNames[c], string(c)) }

// statusNames says what a line rests on.
var statusNames = map[headway.Status]string{
	headway.StatusSaid: "said", headway.StatusInferred: "read from their words", headway.StatusOurs: "ours", headway.StatusUnknown: "not known yet",
}

func statusName(s headway.Status) string { return cmp.Or(statusNames[s], string(s)) }
