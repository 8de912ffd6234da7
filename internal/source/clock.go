package source

import "strings"

// clock reads a time from the front of s: "1:02:03.450", "02:03", "00:41,04".
// A fraction is a decimal one, so ",04" is 40 ms. It gives milliseconds and
// what stands behind, and false where s does not begin with a time.
func clock(s string) (ms int64, rest string, ok bool) {
	var groups [3]int64
	n := 0
	for {
		value, digits := leadingNumber(s)
		if digits == 0 || digits > 9 {
			return 0, s, false
		}
		groups[n], s = value, s[digits:]
		n++
		if n == len(groups) || len(s) < 2 || s[0] != ':' || !isDigit(s[1]) {
			break
		}
		s = s[1:]
	}
	if n < 2 {
		return 0, s, false
	}
	for _, g := range groups[:n] {
		ms = ms*60 + g
	}
	ms *= 1000
	if len(s) > 1 && (s[0] == '.' || s[0] == ',') && isDigit(s[1]) {
		s = s[1:]
		for scale := int64(100); len(s) > 0 && isDigit(s[0]); scale /= 10 {
			ms += int64(s[0]-'0') * scale
			s = s[1:]
		}
	}
	return ms, s, true
}

// leadingNumber reads up to nine leading digits; digits counts all there are.
func leadingNumber(s string) (value int64, digits int) {
	for digits < len(s) && isDigit(s[digits]) {
		if digits < 9 {
			value = value*10 + int64(s[digits]-'0')
		}
		digits++
	}
	return value, digits
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// timing reads a caption's timing line, "00:01.000 --> 00:02.500 align:start"
// or YouTube's "0:00:01.000,0:00:02.500", and gives what stands behind it.
func timing(line string) (start, end int64, rest string, ok bool) {
	line = strings.TrimSpace(line)
	if line == "" || !isDigit(line[0]) {
		return 0, 0, "", false
	}
	start, rest, ok = clock(line)
	if !ok {
		return 0, 0, "", false
	}
	if after, comma := strings.CutPrefix(rest, ","); comma {
		end, rest, ok = clock(after)
		return start, end, "", ok && rest == ""
	}
	rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t"), "-->")
	if !ok {
		return 0, 0, "", false
	}
	end, rest, ok = clock(strings.TrimLeft(rest, " \t"))
	return start, end, strings.TrimSpace(rest), ok
}
