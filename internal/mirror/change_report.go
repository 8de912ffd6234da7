package mirror

import "github.com/headway-oss/headway"

// ChangeSchema names the shape of a ReportChange, as ReportSchema does of a Report.
const ChangeSchema = "headway.change/1"

// ReportChange is a [Change] for other programs: every line with its words.
type ReportChange struct {
	Schema  string              `json:"schema"`
	Changed bool                `json:"changed"` // false where nothing did
	Before  Extent              `json:"before"`
	After   Extent              `json:"after"`
	Came    []Customer          `json:"came"`
	Left    []Customer          `json:"left"`
	Guesses []ReportGuessChange `json:"guesses"`
	Kinds   []KindChange        `json:"kinds"`
	Lines   []ReportLineChange  `json:"lines"`
	Slots   []ReportSlotChange  `json:"slots"`
}

// ReportGuessChange is a guess of which something changed.
type ReportGuessChange struct {
	ID     headway.GuessID `json:"id"`
	Slot   headway.Label   `json:"slot"`
	Text   string          `json:"text"`
	Before *Tally          `json:"before,omitempty"`
	After  *Tally          `json:"after,omitempty"`
	Near   []ReportLine    `json:"near"`
}

// ReportLineChange is a line that is new, grew, shrank or is gone.
type ReportLineChange struct {
	Line     ReportLine `json:"line"`
	Before   Of         `json:"before"`
	After    Of         `json:"after"`
	Surprise bool       `json:"surprise,omitempty"`
}

// ReportSlotChange is what was asked, and what nobody asked still.
type ReportSlotChange struct {
	SlotChange
	Newly bool `json:"newly_asked,omitempty"`
	Never bool `json:"never_asked,omitempty"`
}

// NewReportChange writes a change with its words.
func NewReportChange(c Change, t Texts) ReportChange {
	return ReportChange{
		Schema:  ChangeSchema,
		Changed: !c.Nothing(),
		Before:  c.Before,
		After:   c.After,
		Came:    c.Came,
		Left:    c.Left,
		Guesses: each(c.Guesses, func(g GuessChange) ReportGuessChange {
			return ReportGuessChange{g.Guess.ID, g.Guess.Slot, g.Guess.Text, g.Before, g.After, each(g.Near, t.line)}
		}),
		Kinds: c.Kinds,
		Lines: each(c.Lines, func(l LineChange) ReportLineChange {
			return ReportLineChange{t.line(l.Line), l.Before, l.After, l.Surprise}
		}),
		Slots: each(c.Slots, func(s SlotChange) ReportSlotChange {
			return ReportSlotChange{s, s.NewlyAsked(), s.After.Never()}
		}),
	}
}
