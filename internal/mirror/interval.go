package mirror

import "math"

// z95 leaves 2.5 % of a normal distribution on either side.
const z95 = 1.959963984540054

// enough is the number of people from which a share may be told as a rate;
// under it counts only.
const enough = 10

// wilson gives the 95 % score interval of a share of n (Wilson 1927): unlike
// the plain one it holds for few people and for none or all of them.
func wilson(part, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	count, total := float64(part), float64(n)
	share, z2 := count/total, z95*z95
	middle := (share + z2/(2*total)) / (1 + z2/total)
	half := z95 / (1 + z2/total) * math.Sqrt(share*(1-share)/total+z2/(4*total*total))
	low, high = middle-half, middle+half
	if part == 0 {
		low = 0
	}
	if part == n {
		high = 1
	}
	return low, high
}
