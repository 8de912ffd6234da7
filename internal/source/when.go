package source

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayOrder says how a column writes its dates in figures.
type dayOrder int

const (
	orderUnknown dayOrder = iota // 03/04/26 stays unknown rather than wrong
	dayFirst
	monthFirst
)

var figures = regexp.MustCompile(`^(\d{1,4})([./-])(\d{1,2})[./-](\d{1,4})\.?(?:[ T,]+(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?)?\s*(Z|UTC|GMT)?\s*([+-]\d{1,2}(?::?\d{2})?)?$`)

// namedLayouts are the dates with a month's name that exports write.
var namedLayouts = []string{
	"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "2. January 2006", "2-Jan-2006", "02-Jan-06",
	"Jan 2, 2006 15:04", "Jan 2, 2006 15:04:05", "Jan 2, 2006 3:04 PM", "Jan 2, 2006, 3:04 PM", "Jan 2, 2006, 3:04:05 PM", "January 2, 2006 3:04 PM", "January 2, 2006 at 3:04 PM", "January 2, 2006, 3:04PM", "January 2, 2006, 3:04 PM",
	"2 Jan 2006 15:04", "2 Jan 2006, 15:04", "2 January 2006 15:04", "Monday, January 2, 2006", "Monday, January 2, 2006 3:04 PM", "Mon, 2 Jan 2006",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", time.ANSIC, time.UnixDate, "Mon Jan 2 2006 15:04:05 GMT-0700",
}

// parseDate reads one date. Figures whose order is not settled are no date.
func parseDate(s string, order dayOrder) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 48 {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.DateTime, s); err == nil { // most exports; spares the pattern below
		return t, true
	}
	if m := figures.FindStringSubmatch(s); m != nil {
		return fromFigures(m, order)
	}
	if t, ok := epoch(s); ok {
		return t, true
	}
	if on := strings.LastIndex(s, " on "); on >= 0 { // "Reviewed in Latvia on May 4, 2025"
		s = s[on+len(" on "):]
	}
	if zone := strings.Index(s, " ("); zone > 0 {
		s = s[:zone]
	}
	s = inEnglish(s)
	for _, layout := range namedLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// months are the names of the months in the languages that exports come in,
// where they are not the English ones.
var months = map[string]string{
	"januar": "January", "februar": "February", "märz": "March", "mai": "May", "juni": "June", "juli": "July", "oktober": "October", "dezember": "December",
	"janvier": "January", "février": "February", "mars": "March", "avril": "April", "juin": "June", "juillet": "July", "août": "August",
	"septembre": "September", "octobre": "October", "novembre": "November", "décembre": "December",
	"enero": "January", "febrero": "February", "marzo": "March", "abril": "April", "mayo": "May", "junio": "June", "julio": "July", "agosto": "August",
	"septiembre": "September", "octubre": "October", "noviembre": "November", "diciembre": "December",
	"januari": "January", "februari": "February", "maart": "March", "mei": "May", "augustus": "August",
}

func inEnglish(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if english := months[strings.ToLower(w)]; english != "" {
			words[i] = english
		}
	}
	return strings.Join(words, " ")
}

// epoch reads seconds or milliseconds since 1970, of the years 2001 to 2286.
func epoch(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
		return time.Time{}, false
	case len(s) == 10:
		return time.Unix(n, 0).UTC(), true
	case len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

func fromFigures(m []string, order dayOrder) (time.Time, bool) {
	first, second, third := figure(m[1]), figure(m[3]), figure(m[4])
	year, month, day := first, second, third
	switch {
	case len(m[1]) == 4:
	case len(m[1]) > 2 || len(m[4]) == 1 || len(m[4]) == 3:
		return time.Time{}, false
	case order == orderUnknown && orderOf(m) == orderUnknown && first != second:
		return time.Time{}, false
	default:
		if order == orderUnknown {
			order = orderOf(m)
		}
		year, month, day = third, second, first
		if order == monthFirst {
			month, day = first, second
		}
		if len(m[4]) == 2 {
			year += 2000
		}
	}
	hour := figure(m[5])
	switch m[8] {
	case "p", "P":
		hour = hour%12 + 12
	case "a", "A":
		hour %= 12
	}
	t := time.Date(year, time.Month(month), day, hour, figure(m[6]), figure(m[7]), 0, time.FixedZone("", zoneSeconds(m[10])))
	if t.Day() != day || int(t.Month()) != month || year < 1970 || hour > 23 || figure(m[6]) > 59 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// orderOf tells the order of one date in figures where it can be no other.
func orderOf(m []string) dayOrder {
	first, second := figure(m[1]), figure(m[3])
	switch {
	case len(m[1]) == 4:
		return orderUnknown
	case first > 12, m[2] == ".":
		return dayFirst
	case second > 12, m[8] != "":
		return monthFirst
	}
	return orderUnknown
}

// orderOfAll tells the order in which a column writes its dates, from those
// that can be read in one way only; a day over 12 beats a habit.
func orderOfAll(cells func(yield func(string) bool)) dayOrder {
	habit := orderUnknown
	for cell := range cells {
		if len(cell) > 4 && cell[4] == '-' { // the year comes first
			continue
		}
		m := figures.FindStringSubmatch(strings.TrimSpace(cell))
		if m == nil || len(m[1]) == 4 {
			continue
		}
		if figure(m[1]) > 12 {
			return dayFirst
		}
		if figure(m[3]) > 12 {
			return monthFirst
		}
		if habit == orderUnknown {
			habit = orderOf(m)
		}
	}
	return habit
}

func zoneSeconds(zone string) int {
	if zone == "" {
		return 0
	}
	figures := strings.ReplaceAll(zone[1:], ":", "")
	hours, minutes := figure(figures), 0
	if len(figures) > 2 {
		hours, minutes = figure(figures[:len(figures)-2]), figure(figures[len(figures)-2:])
	}
	if zone[0] == '-' {
		return -(hours*3600 + minutes*60)
	}
	return hours*3600 + minutes*60
}

// figure reads figures that a pattern has already checked; "" is 0.
func figure(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var datedHead = regexp.MustCompile(`^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|^(?:\p{Lu}\p{Ll}{2,10},? )?(?:\d{1,2}\.? )?\p{L}\p{Ll}{2,10}\.? \d{1,2}?.{0,3}\d{4}`)

// looksLikeDate says whether a cell is a date, in whatever order.
func looksLikeDate(s string) bool {
	if len(s) < 6 || len(s) > 48 || !datedHead.MatchString(s) {
		return false
	}
	if figures.MatchString(s) {
		return true
	}
	_, ok := parseDate(s, dayFirst)
	return ok
}
