package shoes

import "slices"

// Reason is why a sentence has its mark, with the words that told it, if any.
type Reason struct {
	Code  Code
	Words []string
}

// Code names a reason.
type Code string

// The reasons.
const (
	NamesUs     Code = "names-us"
	TellsStep   Code = "tells-a-step-of-ours"
	TellsOffer  Code = "tells-our-offer"
	AsksReader  Code = "asks-the-reader"
	SaysWant    Code = "says-what-they-want"
	SaysOfAll   Code = "says-it-of-all"
	NobodySaid  Code = "nobody-said-it"
	CloseTo     Code = "close-to"
	AsTold      Code = "as-customers-tell"
	AsFirmsTalk Code = "as-firms-write"
)

// String says the reason in words, to stand before the words that told it.
func (c Code) String() string {
	switch c {
	case NamesUs:
		return "names us"
	case TellsStep:
		return "tells a step of ours"
	case TellsOffer:
		return "tells what we offer"
	case AsksReader:
		return "asks the reader"
	case SaysWant:
		return "says what they want, feel or do"
	case SaysOfAll:
		return "says it of all"
	case NobodySaid:
		return "no customer was found to say it"
	case CloseTo:
		return "close to what a customer said"
	case AsTold:
		return "reads as customers tell such things; none says it in near words, so look"
	}
	return "reads as firms write of themselves"
}

// isClose is the nearness from which on a customer's sentence may be called
// close: below it the marks rest on how the sentence is told.
const isClose = .45

// why gives the reasons for a mark, those that words told first.
func (f *findings) why(m Mark) []Reason {
	switch m {
	case Theirs:
		if f.near[0].nearness() >= isClose {
			return []Reason{{Code: CloseTo}}
		}
		return []Reason{{Code: AsTold}}
	case Ours:
		reasons := f.told(telling{NamesUs, []family{famUs}}, telling{TellsStep, []family{famProcess}},
			telling{TellsOffer, []family{famOffer}}, telling{AsksReader, []family{famCall}})
		if len(reasons) == 0 {
			return []Reason{{Code: AsFirmsTalk}}
		}
		return reasons
	}
	return append(f.told(telling{SaysWant, []family{famWant, famDelight, famDread, famHabits}}, telling{SaysOfAll, []family{famAlways}}), Reason{Code: NobodySaid})
}

// telling is a reason and the cues that are words of it.
type telling struct {
	code Code
	by   []family
}

func (f *findings) told(all ...telling) (reasons []Reason) {
	for _, t := range all {
		var words []string
		for _, of := range t.by {
			words = append(words, f.cues[of]...)
		}
		if len(words) > 0 {
			slices.Sort(words)
			reasons = append(reasons, Reason{t.code, slices.Compact(words)})
		}
	}
	return reasons
}
