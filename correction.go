package headway

import "slices"

// Correction puts texts in the place of others: one turn worded anew (one text
// for one), split (two for one), joined (one for two) or masked. Both lists
// stand in the order of turns; the turns of From lie side by side, and those of
// To take their place. The texts themselves are kept as facts: a correction
// holds places only, and so does its inverse. Package deed makes corrections.
type Correction struct {
	From []TextID `json:"from"`
	To   []TextID `json:"to"`
	// Sizes tells how many code points the texts of From have, and then those of To.
	Sizes []int `json:"sizes"`
	// Kept tells which words are the same ones, rising and not overlapping on
	// either side. What lies in no piece of From is gone, what lies in no piece of
	// To is new.
	Kept []Piece `json:"kept,omitempty"`
	// Compared says that Kept was not recorded while somebody typed but found by
	// comparing both texts: words of which nothing around them was kept may then
	// be others that look alike, and nothing is moved onto them.
	Compared bool `json:"compared,omitempty"`
}

// Piece is a stretch of words that a correction kept: as long on both sides,
// unless it is Masked, when one side holds what stands there in their stead.
type Piece struct {
	From   Span `json:"from"`
	To     Span `json:"to"`
	Masked bool `json:"masked,omitempty"`
}

// Inverse gives the correction that takes c back.
func (c Correction) Inverse() Correction {
	split := min(len(c.From), len(c.Sizes))
	back := Correction{From: c.To, To: c.From, Compared: c.Compared, Sizes: slices.Concat(c.Sizes[split:], c.Sizes[:split])}
	for _, p := range c.Kept {
		back.Kept = append(back.Kept, Piece{From: p.To, To: p.From, Masked: p.Masked})
	}
	return back
}

// Reusing puts another version of the same words in the place of the one at i of
// To: a turn may have had them before.
func (c Correction) Reusing(i int, known TextID) Correction {
	made := c.To[i]
	if made == known {
		return c
	}
	c.To = append([]TextID(nil), c.To...)
	c.To[i] = known
	c.Kept = append([]Piece(nil), c.Kept...)
	for k := range c.Kept {
		if c.Kept[k].To.Text == made {
			c.Kept[k].To.Text = known
		}
	}
	return c
}

// Check fails with Invalid unless c can be: its texts are among those given, each
// once, its pieces lie in them in order, and the words of each piece that is not
// masked are the same on both sides.
func (c Correction) Check(texts map[TextID]TextVersion) error {
	all := slices.Concat(c.From, c.To)
	if len(c.From) == 0 || len(c.To) == 0 || len(c.Sizes) != len(all) {
		return Errorf(Invalid, "a correction needs texts on both sides, and their lengths")
	}
	for i, id := range all {
		if slices.Contains(all[:i], id) {
			return Errorf(Invalid, "text %s is named twice", id)
		}
		text, here := texts[id]
		if !here || text.Len() != c.Sizes[i] {
			return Errorf(Invalid, "text %s is not here, or not %d characters long", id, c.Sizes[i])
		}
	}
	var from, to Span
	for _, p := range c.Kept {
		if !follows(c.From, from, p.From) || !follows(c.To, to, p.To) {
			return Errorf(Invalid, "what was kept does not stand in order")
		}
		from, to = p.From, p.To
		was, err := texts[from.Text].Cut(from)
		if err != nil {
			return err
		}
		is, err := texts[to.Text].Cut(to)
		if err != nil {
			return err
		}
		if !p.Masked && was.String() != is.String() {
			return Errorf(Invalid, "what is said to be kept reads differently before and after")
		}
	}
	return nil
}

// follows says whether a span lies behind the one before it in a row of texts.
func follows(texts []TextID, before, s Span) bool {
	i, k := slices.Index(texts, before.Text), slices.Index(texts, s.Text)
	return k >= 0 && (i < k || i == k && before.End <= s.Start)
}

// Move gives where words stand once c has put its texts in the place of others.
// They are one stretch: a span, or several that touch, where turns were split.
// ok is false where one of the words is gone, or something was put among them.
// A stretch that no text of From holds is given back as it is.
func (c Correction) Move(stretch Passage) (now Passage, ok bool) {
	first := slices.IndexFunc(stretch, c.takes)
	if first < 0 {
		return stretch, true
	}
	end := first
	var moved Passage
	beside := false
	for ; end < len(stretch) && c.takes(stretch[end]); end++ {
		part, extends, ok := c.image(stretch[end])
		if !ok {
			return nil, false
		}
		moved = append(moved, part...)
		beside = beside || extends
	}
	moved, touch := c.joined(moved)
	if !touch || c.Compared && !beside {
		return nil, false
	}
	head, tail := moved[0], moved[len(moved)-1]
	if first > 0 && (head.Text != c.To[0] || head.Start > 0) {
		return nil, false // something was put between the turn before and these words
	}
	if end < len(stretch) && (tail.Text != c.To[len(c.To)-1] || !c.endsText(tail)) {
		return nil, false // or between these and the next turn
	}
	return slices.Concat(stretch[:first], moved, stretch[end:]), true
}

// endsText says whether a span goes to the end of its text.
func (c Correction) endsText(s Span) bool { return s.End == c.size(s.Text) }

// takes says whether c takes the text of a span away.
func (c Correction) takes(s Span) bool { return slices.Contains(c.From, s.Text) }

// size gives a text's length.
func (c Correction) size(id TextID) int {
	return c.Sizes[slices.Index(slices.Concat(c.From, c.To), id)]
}

// image gives where the words of a span of From stand, piece by piece; ok is
// false where one of them stands nowhere. extends says whether what was kept goes
// on beyond the span, be it the beginning or the end of a text.
func (c Correction) image(s Span) (now Passage, extends, ok bool) {
	at := s.Start
	for _, p := range c.Kept {
		if p.From.Text != s.Text || p.From.End <= at || p.From.Start >= s.End {
			continue
		}
		if p.From.Start > at {
			return nil, false, false
		}
		part := p.To
		if !p.Masked {
			shift := p.To.Start - p.From.Start
			part.Start, part.End = at+shift, min(p.From.End, s.End)+shift
		}
		extends = extends || p.From.Start < s.Start || p.From.End > s.End || part.Start == 0 && at == 0 ||
			c.endsText(p.From) && c.endsText(p.To)
		now = append(now, part)
		at = p.From.End
	}
	return now, extends, at >= s.End && len(now) > 0
}

// joined makes spans that touch in one text one span; touch is false where two
// that follow each other do not touch at all.
func (c Correction) joined(parts Passage) (now Passage, touch bool) {
	for _, part := range parts {
		if len(now) == 0 {
			now = append(now, part)
			continue
		}
		last := &now[len(now)-1]
		switch {
		case last.Text == part.Text && last.End == part.Start:
			last.End = part.End
		case last.Text != part.Text && c.endsText(*last) && part.Start == 0 &&
			slices.Index(c.To, part.Text) == slices.Index(c.To, last.Text)+1:
			now = append(now, part)
		default:
			return nil, false
		}
	}
	return now, true
}

// Near gives where to look, among the texts of To, for what stood at a span of
// From: between the words next to it that were kept. It is empty (Start is End)
// where nothing stands between them.
func (c Correction) Near(s Span) Span {
	last := c.To[len(c.To)-1]
	start, end := Span{Text: c.To[0]}, Span{Text: last, Start: c.size(last)}
	for _, p := range c.Kept {
		if at, inside := p.image(s.Text, s.Start); inside {
			start = at
		} else if follows(c.From, p.From, Span{Text: s.Text, Start: s.Start}) {
			start = Span{Text: p.To.Text, Start: p.To.End}
		}
	}
	for _, p := range slices.Backward(c.Kept) {
		if at, inside := p.image(s.Text, s.End-1); inside {
			end = Span{Text: at.Text, Start: at.End}
		} else if follows(c.From, Span{Text: s.Text, End: s.End}, p.From) {
			end = p.To
		}
	}
	if end.Text != start.Text {
		end.Start = c.size(start.Text)
	}
	return Span{Text: start.Text, Start: start.Start, End: max(start.Start, end.Start)}
}

// image gives where a code point of From stands in To, if it lies in the piece;
// of what is masked, what stands in its stead.
func (p Piece) image(text TextID, point int) (now Span, inside bool) {
	if p.From.Text != text || point < p.From.Start || point >= p.From.End {
		return Span{}, false
	}
	if p.Masked {
		return p.To, true
	}
	start := p.To.Start + point - p.From.Start
	return Span{Text: p.To.Text, Start: start, End: start + 1}, true
}
