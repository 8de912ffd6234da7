package mask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// each finds the matches of an expression that a rule lets through; why is "" for
// those it does not.
func each(text string, at *regexp.Regexp, what What, why func(from, to int) string) (all []found) {
	for _, m := range at.FindAllStringSubmatchIndex(text, -1) {
		from, to := m[0], m[1]
		if len(m) > 2 { // the first group is what is meant, the rest stands around it
			from, to = m[2], m[3]
		}
		if reason := why(from, to); reason != "" {
			all = append(all, found{from, to, what, reason})
		}
	}
	return all
}

// alone says whether no letter or digit touches the stretch.
func alone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !inWord(before) && !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// before gives the words just before a place, in lower case: at most so many
// bytes, and none of the sentence before.
func before(text string, at, bytes int) string {
	text = text[max(0, at-bytes):at]
	if end := strings.LastIndexAny(text, ".?!\n"); end >= 0 && end < len(text)-2 {
		text = text[end+1:]
	}
	return strings.ToLower(text)
}

// Mail addresses as RFC 5321 allows them without quotation marks, and as people
// say them aloud.
var (
	mail       = regexp.MustCompile("[\\pL\\d][\\pL\\d.!#$%&'*+/=?^_`{|}~-]*@[\\pL\\d](?:[\\pL\\d-]*\\.)+\\pL{2,}")
	spokenMail = regexp.MustCompile(`(?i)\b[\w-]+(?: (?:dot|underscore|dash) [\w-]+)* at [\w-]+(?: dot [\w-]+)* dot (?:com|org|net|io|eu|info|biz|co dot uk|[a-z]{2})\b`)
)

func mails(text string) []found {
	if strings.Contains(text, "@") {
		return each(text, mail, Mail, func(int, int) string { return "a mail address" })
	}
	if strings.Contains(text, " dot ") || strings.Contains(text, " Dot ") {
		return each(text, spokenMail, Mail, func(int, int) string { return "a mail address as it is said aloud" })
	}
	return nil
}

// ibanLengths gives how long an IBAN of a country is (SWIFT's IBAN registry).
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21, "CR": 22,
	"CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22,
	"GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30,
	"KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27,
	"MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31,
	"SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}

var ibanStart = regexp.MustCompile(`\b[A-Z]{2}\d{2}[A-Z0-9 ]{11,42}`)

func ibans(text string) (all []found) {
	for _, m := range ibanStart.FindAllStringIndex(text, -1) {
		if end := ibanEnd(text[m[0]:m[1]]); end > 0 && alone(text, m[0], m[0]+end) {
			all = append(all, found{m[0], m[0] + end, IBAN, "the check digits are those of an IBAN"})
		}
	}
	return all
}

// ibanEnd gives where an IBAN that text begins with ends, or 0 where it does not
// begin with one.
func ibanEnd(text string) int {
	var compact []byte
	for i := range len(text) {
		if text[i] == ' ' {
			continue
		}
		compact = append(compact, text[i])
		if len(compact) == ibanLengths[text[:2]] {
			if mod97(compact) == 1 {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

// mod97 is the remainder of ISO 7064 with the first four characters put last.
func mod97(iban []byte) (rest int) {
	for i := range iban {
		switch c := iban[(i+4)%len(iban)]; {
		case c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		default:
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest
}

// cardNumber begins as the numbers of the large payment schemes do.
var (
	cardRun    = regexp.MustCompile(`\b\d(?:[ -]?\d){13,18}\b`)
	cardNumber = regexp.MustCompile(`^(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|22\d|4[4-9]\d|5\d\d)\d{12}|35\d{14}|(?:50|5[6-9]|6[37])\d{14})$`)
)

func cards(text string) []found {
	return each(text, cardRun, Card, func(from, to int) string {
		digits := digitsOf(text[from:to])
		if !alone(text, from, to) || !cardNumber.MatchString(digits) || !luhn(digits) {
			return ""
		}
		return "the check digit is that of a payment card"
	})
}

// luhn says whether the last digit checks the others (ISO/IEC 7812).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// A number that is one customer's own is told by what it is called.
var ownNumber = regexp.MustCompile(`(?i)\b(?:customer|client|account|acct|member|membership|policy|contract|insurance|patient|subscriber|kunden|konto|vertrags|klanten)[ -]?(?:number|num|no\.?|nr\.?|nummer|id|#|code)(?:[ :#]| is| was| with| at| you| them| us| here| und|,){0,6} ?((?:(?-i:[A-Z]{1,5})[ -]?)?\d[\dA-Z]*(?:[ -/]\d[\dA-Z]*)*)`)

func numbers(text string) []found {
	return each(text, ownNumber, Number, func(from, to int) string {
		if len(digitsOf(text[from:to])) < 4 {
			return ""
		}
		return "what stands before it calls it a number of theirs"
	})
}

// Phone numbers are told by their shape, and where the shape is not enough by a
// word that calls for one.
var (
	phoneRun  = regexp.MustCompile(`(?:\+|\b|\()\d[\d()./ -]{5,22}\d\b`)
	abroad    = regexp.MustCompile(`^(?:\+|00)[1-9]`)
	american  = regexp.MustCompile(`^(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$`)
	national  = regexp.MustCompile(`^\(?0\d{1,4}(?:\)|/|[ -])[ -]?\d[\d ./-]+$`)
	paired    = regexp.MustCompile(`^0\d(?:[ .-]\d\d){4}$`)
	mobile    = regexp.MustCompile(`^0[467]\d{8,9}$`)
	bareRun   = regexp.MustCompile(`^[\d ./()-]+$`)
	dated     = regexp.MustCompile(`\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\b`)
	phoneCue  = regexp.MustCompile(`\b(?:phone|telephone|mobile|cell|tel|fax|whatsapp|call|ring|rang|dial|text|reach|hotline|landline|telefon|handy|numéro|teléfono|(?:my|his|her|their|our|your) number)\b`)
	otherThan = regexp.MustCompile(`\b(?:order|invoice|ticket|tracking|serial|part|reference|rechnung|version|permit|lot|isbn|po|sku|model|case)\b`)
)

func phones(text string) []found {
	return each(text, phoneRun, Phone, func(from, to int) string {
		if !alone(text, from, to) || dated.MatchString(text[from:to]) {
			return ""
		}
		told := before(text, from, 60)
		if otherThan.MatchString(told) {
			return ""
		}
		return phoneShape(text[from:to], phoneCue.MatchString(told))
	})
}

// phoneShape says of what shape a phone number is, or "" of what is none.
func phoneShape(run string, called bool) string {
	n := len(digitsOf(run))
	switch {
	case abroad.MatchString(run) && n >= 9 && n <= 16:
		return "a phone number with a country's code"
	case american.MatchString(run):
		return "a phone number as in North America"
	case paired.MatchString(run), mobile.MatchString(run):
		return "a phone number with its area's code"
	case national.MatchString(run) && n >= 9 && n <= 12 && !strings.Contains(run, "."):
		return "a phone number with its area's code"
	case called && bareRun.MatchString(run) && n >= 6 && n <= 13:
		return "what stands before it calls for a phone number"
	}
	return ""
}
