package headway

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
}
