package customer

// Page is how much text one printed page holds.
type Page struct {
	Lines int // of text
	Width int // code points a line
}

// Fit says how many items of each section stand on one page. Items are given by
// their length in code points, the weightiest first; each takes whole lines and
// one more for where it stands. Every section is given its first item before
// any its second; an item that no longer fits is left out, and with it what
// comes after it in its section.
func (p Page) Fit(sections [][]int) (shown []int) {
	shown = make([]int, len(sections))
	full := make([]bool, len(sections))
	left := p.Lines
	for n, more := 0, true; more; n++ {
		more = false
		for i, items := range sections {
			if full[i] || n >= len(items) {
				continue
			}
			need := 1 + (items[n]+p.Width-1)/p.Width
			if need > left {
				full[i] = true
				continue
			}
			left -= need
			shown[i]++
			more = true
		}
	}
	return shown
}
