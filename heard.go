package headway

import "encoding/base64"

// Heard is one sentence and what was heard in it.
type Heard struct {
	Span   Span     `json:"span"`
	Turn   int      `json:"turn"` // index of its turn in the conversation
	Side   Side     `json:"side"`
	Labels []Scored `json:"labels,omitempty"` // at or above the suggesting threshold, codebook order
	// Unheard says why nothing was heard in this sentence, though in others
	// ("not English"), or is empty.
	Unheard string `json:"unheard,omitempty"`
}

// Scored is one label on one sentence, with who heard it and why.
type Scored struct {
	Label Label   `json:"label"`
	Score float64 `json:"score"` // 0 to 1: the share of such sentences that a reader would label so
	// Counted is set at or above the label's acting threshold: it may count
	// unchecked. Otherwise the label is a suggestion and counts for nothing.
	Counted bool   `json:"counted"`
	By      string `json:"by"`            // "rule", "detector v3", "model NAME" or "person"
	Why     string `json:"why,omitempty"` // the cue: "names a threshold: 'from three hours to'"
}

// Has says whether l was heard, suggestions included.
func (h Heard) Has(l Label) bool {
	for _, s := range h.Labels {
		if s.Label == l {
			return true
		}
	}
	return false
}

// Counts says whether l was heard surely enough to count unchecked.
func (h Heard) Counts(l Label) bool {
	for _, s := range h.Labels {
		if s.Label == l {
			return s.Counted
		}
	}
	return false
}

// Asks lists the slots that a question of ours asks for, counted ones only.
func (h Heard) Asks() []Label {
	var slots []Label
	for _, s := range h.Labels {
		if slot, ok := s.Label.Asked(); ok && s.Counted {
			slots = append(slots, slot)
		}
	}
	return slots
}

// MayAsk lists the slots that a question of ours may ask for, suggested ones
// too. A slot was never asked for only where no sentence may ask for it; where
// one may and none counts, that is unclear.
func (h Heard) MayAsk() []Label {
	var slots []Label
	for _, s := range h.Labels {
		if slot, ok := s.Label.Asked(); ok {
			slots = append(slots, slot)
		}
	}
	return slots
}

// IsQuestion says whether the sentence is a question (either side's).
func (h Heard) IsQuestion() bool {
	return h.Counts(QOpen) || h.Counts(QClosed)
}

// Hearing is what was heard in one conversation: every sentence of every turn
// in order. Version names the rules and weights that heard it.
type Hearing struct {
	Conversation ConversationID `json:"conversation"`
	Version      string         `json:"version"`
	Sentences    []Heard        `json:"sentences"`
	// Unheard says why nothing was heard ("not English"), or is empty.
	Unheard string `json:"unheard,omitempty"`
	// Aims are what customers are after, in order; none where the pass reads none.
	Aims []Aim `json:"aims,omitempty"`
}

// Aim is what some sentences of one turn tell of what a customer is after. It has
// no words of its own: where two people want to make the same progress, whatever
// they hire for it, the directions of what they tell lie close together.
type Aim struct {
	Span   Span      `json:"span"`
	Weight float32   `json:"weight"` // how much these sentences tell of it, above 0
	Toward Direction `json:"toward"`
}

// Direction is numbers, as many in every direction of one version of hearing.
type Direction []int8

// MarshalText writes a direction in base64, a byte a number.
func (d Direction) MarshalText() ([]byte, error) {
	bytes := make([]byte, len(d))
	for i, n := range d {
		bytes[i] = byte(n)
	}
	return base64.StdEncoding.AppendEncode(nil, bytes), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Direction) UnmarshalText(text []byte) error {
	bytes, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return Errorf(Invalid, "a direction is not as it was written, have its conversation heard again: %w", err)
	}
	*d = make(Direction, len(bytes))
	for i, b := range bytes {
		(*d)[i] = int8(b)
	}
	return nil
}
