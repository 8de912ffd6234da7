package headway

import (
	"slices"
	"strings"
	"time"
)

// Claim is one thing that a study holds of the progress its customers make: a job,
// a line of its card, a criterion, an issue, a rung of a ladder. Its words are a
// member's. What customers said of it hangs on it by deeds (DeedBear), and gives
// it its Status.
//
// Other words are another claim that takes the place of the first (see DeedClaim),
// so that each version keeps its author and what was said of it.
type Claim struct {
	ID     ClaimID   `json:"id"`
	Study  StudyID   `json:"study"`
	Part   Part      `json:"part"`
	Of     ClaimID   `json:"of,omitempty"` // what it is a part of; "" where Part stands alone
	Words  string    `json:"words"`
	Member MemberID  `json:"member,omitempty"` // who first wrote it
	At     time.Time `json:"at"`               // UTC, whole microseconds
}

// MostClaimWords is how many characters the words of a claim may have.
const MostClaimWords = 600

// NewClaim checks a claim and gives it its id; who wrote it, and when, is to be
// set. A "when", "help me" or "so that" with which a line is read anyhow is cut
// off. That of is there, and of a part that goes with part, is for the store to see.
func NewClaim(study StudyID, part Part, of ClaimID, words string) (Claim, error) {
	words = part.withoutLead(strings.Join(strings.Fields(words), " "))
	switch {
	case !slices.Contains(Parts(), part):
		return Claim{}, Errorf(Invalid, "%q is nothing that a study can hold", part)
	case (of == "") != (len(part.Under()) == 0):
		return Claim{}, Errorf(Invalid, "a %s stands alone or says what it is a part of: %s", part, joined(part.Under()))
	case words == "":
		return Claim{}, Errorf(Invalid, "the %s is empty: write a few words", part)
	case TextVersion{Text: words}.Len() > MostClaimWords:
		return Claim{}, Errorf(Invalid, "that is longer than %d characters: say it in one or two sentences", MostClaimWords)
	}
	return Claim{ID: ClaimID(Digest("claim", string(study), string(part), string(of), words)), Study: study, Part: part, Of: of, Words: words}, nil
}

// Part says what a claim is in the picture of a study's jobs.
type Part string

// The parts. Those of a job make its card.
const (
	PartJob         Part = "job"         // progress that customers hire for; its words are its name
	PartSituation   Part = "situation"   // of a job: when ...
	PartProgress    Part = "progress"    // of a job: ... help me ...
	PartFunctional  Part = "functional"  // of a job: ... so that (what gets done)
	PartEmotional   Part = "emotional"   // of a job: ... so that (how they feel)
	PartSocial      Part = "social"      // of a job: ... so that (what others see)
	PartMeasure     Part = "measure"     // of a job: its indicator, what they look at
	PartDirection   Part = "direction"   // of a measure: which way is better
	PartThreshold   Part = "threshold"   // of a measure: from where on it is worth it
	PartPerceiver   Part = "perceiver"   // of a measure: who notices
	PartWhen        Part = "when"        // of a measure: by when
	PartCriterion   Part = "criterion"   // what may matter to a job, and to another not
	PartAlternative Part = "alternative" // what else they would have got or done
	PartIssue       Part = "issue"       // of a job: what must also change for the progress to happen
	PartPlan        Part = "plan"        // of an issue: how, by whom, until when
	PartFinish      Part = "finish"      // of a job: solved for them when ...
	PartPrice       Part = "price"       // of a job: what it means for the price
	PartDescribe    Part = "describe"    // of a job: how to tell of it
	PartSell        Part = "sell"        // of a job: the situation to look for, what to ask next
	PartWanted      Part = "wanted"      // what a customer said they wanted
	PartFound       Part = "found"       // of what was wanted: what they found, later, that they want
	PartRung        Part = "rung"        // of a job or another rung: why the one below matters
)

// Parts lists all parts, what stands alone before what is a part of it.
func Parts() []Part {
	return []Part{PartJob, PartCriterion, PartAlternative, PartWanted, PartSituation, PartProgress, PartFunctional, PartEmotional, PartSocial,
		PartMeasure, PartDirection, PartThreshold, PartPerceiver, PartWhen, PartIssue, PartPlan, PartFinish, PartPrice, PartDescribe, PartSell, PartFound, PartRung}
}

// Under lists the parts that one can be a part of; none for what stands alone.
func (p Part) Under() []Part {
	switch p {
	case PartJob, PartCriterion, PartAlternative, PartWanted:
		return nil
	case PartDirection, PartThreshold, PartPerceiver, PartWhen:
		return []Part{PartMeasure}
	case PartPlan:
		return []Part{PartIssue}
	case PartFound:
		return []Part{PartWanted}
	case PartRung:
		return []Part{PartJob, PartRung}
	}
	return []Part{PartJob}
}

// leads are what is read before the words of a part, longer ones first.
var leads = map[Part][]string{
	PartSituation: {"when"}, PartProgress: {"help me"}, PartFunctional: {"so that"},
	PartEmotional: {"so that i feel", "so that"}, PartSocial: {"so that others see", "so that"}, PartFinish: {"solved when", "when"},
}

// withoutLead cuts off what would be read twice: "When I bake" as a situation is
// "I bake". Where nothing else stands, nothing is left.
func (p Part) withoutLead(words string) string {
	for _, lead := range leads[p] {
		if len(words) < len(lead) || !strings.EqualFold(words[:len(lead)], lead) {
			continue
		}
		rest := words[len(lead):]
		if bare := strings.TrimLeft(rest, " .,:…"); bare != rest || rest == "" {
			return p.withoutLead(bare)
		}
	}
	return words
}

// Choice is what a member settles about a claim beside its words.
type Choice string

// The choices; the empty one is not settled.
const (
	// Of a criterion, for one job.
	Must      Choice = "must"
	Nice      Choice = "nice"
	NotNeeded Choice = "not-needed" // only with a customer's words

	// Of an alternative: what it is in the customer's eyes.
	AProduct Choice = "product"
	OwnWork  Choice = "own-work"
	Someone  Choice = "someone" // asking somebody to do it
	ANothing Choice = "nothing"

	// Of an issue: whose it is.
	We      Choice = "we"
	They    Choice = "they"
	Partner Choice = "partner"
	Nobody  Choice = "nobody"

	// Of a plan: how far it is.
	Planned Choice = "planned"
	Done    Choice = "done"
	Spared  Choice = "spared" // not needed after all; the plan's words say why

	// Of a rung.
	Attribute   Choice = "attribute"
	Consequence Choice = "consequence"
	Business    Choice = "business" // a reason
	Personal    Choice = "personal" // a reason
)

// Choices lists what can be chosen for a part, in the order in which it is
// offered.
func (p Part) Choices() []Choice {
	switch p {
	case PartCriterion:
		return []Choice{Must, Nice, NotNeeded}
	case PartAlternative:
		return []Choice{AProduct, OwnWork, Someone, ANothing}
	case PartIssue:
		return []Choice{We, They, Partner, Nobody}
	case PartPlan:
		return []Choice{Planned, Done, Spared}
	case PartRung:
		return []Choice{Attribute, Consequence, Business, Personal}
	}
	return nil
}

// Status says what a claim, or a slot of an episode, rests on.
type Status string

// The statuses, strongest first.
const (
	StatusSaid     Status = "said"     // a customer's words say it
	StatusInferred Status = "inferred" // a named person reads it from a customer's words
	StatusOurs     Status = "ours"     // the company believes it
	StatusUnknown  Status = "unknown"  // nobody asked
)

func joined[T ~string](all []T) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one)
	}
	return strings.Join(names, " or ")
}
