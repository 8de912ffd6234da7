package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
)

// The roles a table's column can have. Those in Options.Columns, and a few that
// only a known header gives.
const (
	roleText     = "text"     // a customer's own words
	roleTitle    = "title"    // the heading a customer gave them
	roleOurs     = "ours"     // an agent's words
	roleWho      = "who"      // the customer's name
	roleLastName = "lastname" // joined to who
	roleCustomer = "customer" // the customer's id, the same in every row of theirs
	roleEmail    = "email"
	roleWhen     = "when"
	roleProduct  = "product"
	roleID       = "id"      // the row's id
	roleRating   = "rating"  // stars, a score
	roleAgent    = "agent"   // the name of one of us
	roleSide     = "side"    // whether a row's words are an agent's
	roleSpeaker  = "speaker" // who speaks, where the rows are turns of a talk
	roleStart    = "start"   // when in the recording a turn begins
)

// knownHeaders are the headers by which tools that export surveys, reviews and
// tickets call their columns; of several present the first in a list wins.
// Typeform, Google Forms, SurveyMonkey, Alchemer, Google Play, App Store
// Connect, Trustpilot, G2, Zendesk, Intercom, HubSpot, Freshdesk.
var knownHeaders = map[string][]string{
	roleID: {"transcript id", "dialogue id", "dialog id", "call id", "respondent id", "response id", "responseid", "review id", "reviewid", "ticket id", "ticketid", "conversation id", "submission id",
		"token", "case id", "case number", "ticket number", "ticket", "record id", "answer id", "message id", "review link", "uuid", "id", "#"},
	roleCustomer: {"respondent id", "customer id", "customerid", "requester id", "contact id", "client id", "participant id", "consumer id", "user id",
		"userid", "respondent", "consumer userid", "review consumer user id"},
	roleEmail: {"requester email", "customer email", "contact email", "reviewer email", "email address", "email", "e mail", "e mail address", "consumer email",
		"your email", "associated contact email", "e mail adresse", "adresse e mail", "correo electrónico", "e pasts", "user email"},
	roleWho: {"requester", "requester name", "customer name", "reviewer name", "reviewer nickname", "consumer name", "contact name", "full name", "name",
		"author", "author name", "reviewer", "your name", "user name", "username", "nickname", "display name", "customer", "contact", "associated contact",
		"first name", "vorname", "nom", "nombre", "naam", "vārds", "user", "verfasser", "auteur", "autor"},
	roleLastName: {"last name", "surname", "family name", "nachname"},
	roleWhen: {"review submit date and time", "review created date", "review date", "submitted at", "submit date", "date submitted", "submission date",
		"completed at", "end date", "response date", "created at", "created date", "create date", "date created", "created", "timestamp", "date", "date time", "datetime", "published date",
		"posted at", "sent at", "updated at", "start date", "time started", "zeitstempel", "horodateur", "marca temporal", "tijdstempel", "laika zīmogs",
		"datum", "data", "fecha", "datums", "time", "when", "at"},
	roleProduct: {"product", "product name", "product title", "item", "item name", "app name", "app", "package name", "asin", "sku", "variant", "produkt", "produit", "producto", "product id"},
	roleRating: {"rating", "star rating", "stars", "review stars", "overall rating", "review rating", "score", "nps", "nps score", "csat", "satisfaction", "bewertung",
		"note", "sterne"},
	roleTitle: {"review title", "title", "headline", "subject", "ticket name", "ticket subject", "review headline", "titel", "titre", "título", "betreff", "virsraksts"},
	roleText: {"review text", "review content", "review body", "reviewtext", "review", "reviews", "text", "body", "content", "comment", "comments", "feedback", "message", "description",
		"ticket description", "verbatim", "answer", "response text", "customer comment", "opinion", "bewertungstext", "bewertung", "rezension", "kommentar", "commentaire", "avis",
		"utterance", "utterance text", "transcript", "transcription", "spoken", "comentario", "reseña", "recenzija", "atsauksme", "komentārs", "first message", "message body", "conversation"},
	roleOurs: {"developer reply text", "developer response", "company reply", "company reply text", "reply text", "reply content", "response from owner", "owner response",
		"business response", "vendor response", "public reply", "agent reply", "our reply", "reply", "merchant reply", "latest public comment", "agent message", "resolution"},
	roleAgent:   {"assignee", "assignee name", "agent", "agent name", "ticket owner", "owner", "teammate", "assigned to", "responder", "support agent", "assigned agent"},
	roleSpeaker: {"speaker", "speaker name", "speaker label", "interlocutor", "sprecher", "locuteur", "hablante", "spreker"},
	roleStart:   {"start time", "start", "timecode", "time code", "offset", "timestamp", "time"},
	roleSide:    {"author type", "author role", "sender type", "from type", "direction", "role"},
}

// bookkeeping headers never hold a customer's words, however long their cells.
var bookkeeping = oneOf("ip address|user agent|browser|tags|status|device|language|url|referer|referrer|link|version|country|state|city|address|network id|collector id|" +
	"utm source|source|platform|os|location|timezone|app version name|app version code|reviewer language|domain|domain url|review url|organization|company|group|brand|channel|priority|type|category")

func oneOf(joined string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.SplitSeq(joined, "|") {
		set[w] = true
	}
	return set
}

// plainHeader gives a header as the lists write it: lower case, letters,
// digits and # with single spaces between.
func plainHeader(header string) string {
	words := strings.FieldsFunc(strings.ToLower(header), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '#'
	})
	return strings.TrimSuffix(strings.Join(words, " "), " utc")
}

// column is one column of a table while its role is being found.
type column struct {
	header string
	plain  string
	role   string
	// question is what the header asks, without the number that makes it one
	// of several boxes ("Need #2:What do you need?"); columns that ask the same
	// so are one question.
	question string
	boxed    bool
	filled   int
	sample   []string
	cells    cellCount
}

// cellCount is what a column's cells look like, over the first sampleRows rows.
type cellCount struct {
	filled  int
	wordy   int // cells of four words or more
	typed   int // numbers, dates, addresses of pages and mail
	worded  int // cells with a letter
	timed   int // places in a recording, 0:04
	seen    map[string]int
	parts   map[string]int // what the cells list, cut at ; or ,
	partSum int
}

// sampleRows bounds how many rows a guess about a column rests on, so that a
// longer export of the same table is read in the same way.
const sampleRows = 5000

var boxNumber = regexp.MustCompile(`^[^?:]{0,60}?#\d{1,3}\s*:\s*`)

func newColumn(header string) *column {
	header = strings.TrimSpace(header)
	c := &column{header: header, plain: plainHeader(header), question: header}
	if box := boxNumber.FindString(header); box != "" && len(box) < len(header) {
		c.question, c.boxed = header[len(box):], true
	}
	c.cells.seen, c.cells.parts = map[string]int{}, map[string]int{}
	return c
}

func (c *column) add(cell string, counted bool) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return
	}
	c.filled++
	if len(c.sample) < 3 {
		c.sample = append(c.sample, shorten(cell, 80))
	}
	if counted {
		c.cells.add(cell)
	}
}

func (n *cellCount) add(cell string) {
	n.filled++
	n.seen[shorten(strings.ToLower(cell), 200)]++
	typed := isTyped(cell)
	switch {
	case typed:
		n.typed++
	case wordCount(cell) >= 4:
		n.wordy++
	}
	if _, rest, ok := clock(cell); ok && rest == "" {
		n.timed++
	}
	if !typed && strings.IndexFunc(cell, unicode.IsLetter) >= 0 {
		n.worded++
	}
	if len(cell) <= 400 {
		for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == ',' }) {
			n.parts[strings.TrimSpace(part)]++
			n.partSum++
		}
	}
}

// wordCount counts the words that hold a letter; of a script without spaces
// two characters count as one.
func wordCount(s string) int {
	words, dense, inWord := 0, 0, false
	for _, r := range s {
		switch {
		case r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			dense++
			inWord = true
		case unicode.IsSpace(r):
			inWord = false
		case !inWord && unicode.IsLetter(r):
			words++
			inWord = true
		}
	}
	return words + dense/2
}

var pageOrMail = regexp.MustCompile(`^(?i)(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+)$`)

// isTyped says whether a cell is a number, a date or an address: data, not speech.
func isTyped(cell string) bool {
	if len(cell) > 64 && !pageOrMail.MatchString(cell) {
		return false
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimRight(cell, "%€$ "), ",", "."), 64); err == nil {
		return true
	}
	return pageOrMail.MatchString(cell) || looksLikeDate(cell)
}

func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && s[limit]&0xc0 == 0x80 {
		limit--
	}
	return s[:limit] + "…"
}

// join adds what another column of the same question holds.
func (n *cellCount) join(o cellCount) cellCount {
	sum := cellCount{filled: n.filled + o.filled, wordy: n.wordy + o.wordy, typed: n.typed + o.typed, worded: n.worded + o.worded,
		partSum: n.partSum + o.partSum, seen: map[string]int{}, parts: map[string]int{}}
	for _, m := range []*cellCount{n, &o} {
		for s, k := range m.seen {
			sum.seen[s] += k
		}
		for s, k := range m.parts {
			sum.parts[s] += k
		}
	}
	return sum
}

// choices says whether the cells were picked from a list: whole cells that
// come again and again, or lists of such.
func (n *cellCount) choices() bool {
	distinct, filled := len(n.seen), n.filled
	if filled < 20 {
		return distinct*10 < filled*8
	}
	return distinct*2 < filled || len(n.parts) <= 60 && n.partSum >= 4*len(n.parts)
}

// ownWords says whether the cells read as customers' own words: enough of them
// have four words, and they are neither data nor picked from a list. A box to
// write in beside a list ("Other, please specify") is mostly one more name for
// the list, and counts only where half its cells say more than a name.
func (n *cellCount) ownWords(writeIn bool) bool {
	need := .2
	if writeIn {
		need = .5
	}
	return n.filled > 0 && float64(n.wordy) >= need*float64(n.filled) && n.typed*2 < n.filled && !n.choices()
}

var writeInHeader = regexp.MustCompile(`(?i)^other\b|\(other\)|other\W+(please\s+)?(write|specify)|\bother word`)

// assignRoles finds what each column is, by its header where that is known, by
// its cells where they are customers' own words, and by what a person said
// before all. It gives findings for what a person said and is not there.
func assignRoles(columns []*column, said map[string]string) []headway.Finding {
	forced, findings := saidRoles(columns, said)
	for _, role := range []string{roleSpeaker, roleID, roleCustomer, roleEmail, roleWho, roleLastName, roleWhen, roleProduct, roleRating, roleTitle, roleOurs, roleAgent, roleSide, roleStart} {
		if !forced[role] {
			assignKnown(columns, role)
		}
	}
	if !forced[roleText] {
		assignText(columns)
	}
	return findings
}

// assignKnown gives role to the first header of its list that has no role yet.
func assignKnown(columns []*column, role string) {
	for _, known := range knownHeaders[role] {
		for _, c := range columns {
			if c.plain == known && c.role == "" && c.fits(role) {
				c.role = role
				return
			}
		}
	}
}

// fits says whether a column's cells can be what its header says.
func (c *column) fits(role string) bool {
	n := &c.cells
	switch role {
	case roleID:
		return n.filled == 0 || n.wordy*2 < n.filled
	case roleWhen:
		return n.filled == 0 || n.typed*2 >= n.filled
	case roleRating:
		return n.wordy*4 <= n.filled
	case roleSpeaker: // each of them speaks several times
		return n.filled > 0 && len(n.seen)*2 <= n.filled
	case roleStart:
		return n.filled > 0 && n.timed*2 >= n.filled
	case roleSide:
		return n.filled > 0 && len(n.seen) <= 6
	case roleTitle, roleText, roleOurs:
		return n.worded*3 >= n.filled
	}
	return true
}

// assignText finds the columns of customers' own words: those with a header
// that says so, and every question whose answers do.
func assignText(columns []*column) {
	for _, c := range columns {
		if c.role == "" && slices.Contains(knownHeaders[roleText], c.plain) && c.cells.worded*3 >= c.cells.filled && !(c.cells.filled >= 20 && len(c.cells.seen)*10 < c.cells.filled) {
			c.role = roleText
		}
	}
	questions := map[string]cellCount{}
	for _, c := range columns {
		if c.boxed && c.role == "" {
			sum := questions[c.question]
			questions[c.question] = sum.join(c.cells)
		}
	}
	for _, c := range columns {
		if c.role != "" || bookkeeping[c.plain] {
			continue
		}
		cells := c.cells
		if c.boxed {
			cells = questions[c.question]
		}
		if cells.ownWords(writeInHeader.MatchString(c.header)) {
			c.role = roleText
		}
	}
}

// saidRoles gives the columns that a person named their roles; forced tells
// which roles were named.
func saidRoles(columns []*column, said map[string]string) (forced map[string]bool, findings []headway.Finding) {
	forced = map[string]bool{}
	for _, key := range sortedKeys(said) {
		role := strings.TrimRight(strings.ToLower(strings.TrimSpace(key)), "0123456789")
		if _, known := knownHeaders[role]; !known {
			findings = append(findings, headway.Finding{What: "a column cannot be " + strconv.Quote(key) + "; it can be " + strings.Join(sortedKeys(knownHeaders), ", ")})
			continue
		}
		for header := range strings.SplitSeq(said[key], "|") {
			named := findColumns(columns, header)
			for _, c := range named {
				c.role = role
				forced[role] = true
			}
			if len(named) == 0 && strings.TrimSpace(header) != "" {
				findings = append(findings, headway.Finding{What: "no column is called " + strconv.Quote(strings.TrimSpace(header)) + "; the columns are " + headerList(columns)})
			}
		}
	}
	return forced, findings
}

// findColumns gives every column with a header, else the one called "column n",
// else the only one whose header holds the words.
func findColumns(columns []*column, header string) []*column {
	want := plainHeader(header)
	var same, holding []*column
	for i, c := range columns {
		if c.plain == want || want == "column "+strconv.Itoa(i+1) {
			same = append(same, c)
		}
		if want != "" && strings.Contains(c.plain, want) {
			holding = append(holding, c)
		}
	}
	if len(same) == 0 && len(holding) == 1 {
		return holding
	}
	return same
}

func headerList(columns []*column) string {
	var names []string
	for _, c := range columns[:min(len(columns), 12)] {
		names = append(names, strconv.Quote(shorten(c.header, 40)))
	}
	if len(columns) > 12 {
		names = append(names, "and "+strconv.Itoa(len(columns)-12)+" more")
	}
	return strings.Join(names, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
