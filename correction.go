package headway

// Correction puts texts in the place of others: one turn worded anew (one text
// for one), split (two for one), joined (one for two) or masked. Both lists
// stand in the order of turns; the turns of From lie side by side, and those of
// To take their place. The texts themselves are kept as facts: a correction
// holds places only, and so does its inverse.
type Correction struct {
	From []TextID `json:"from"`
	To   []TextID `json:"to"`
	// Kept tells which words are the same ones, rising and not overlapping on
	// either side. What lies in no piece of From is gone, what lies in no piece of
	// To is new.
	Kept []Piece `json:"kept,omitempty"`
}

// Piece is a stretch of words that a correction kept: as long on both sides,
// unless it is Masked, when To holds what stands there in its stead.
type Piece struct {
	From   Span `json:"from"`
	To     Span `json:"to"`
	Masked bool `json:"masked,omitempty"`
}

// Inverse gives the correction that takes c back.
func (c Correction) Inverse() Correction {
	back := Correction{From: c.To, To: c.From}
	for _, p := range c.Kept {
		back.Kept = append(back.Kept, Piece{From: p.To, To: p.From, Masked: p.Masked})
	}
	return back
}
