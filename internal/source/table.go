package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
)

// A table is a survey, reviews or tickets: a row is what one person wrote on
// one occasion, and so one conversation. csv, xlsx and the help-desk exports
// read their bytes into records and hand them over here.
type table struct {
	r         *reading
	delimiter string
	sheet     string
	columns   []*column
	body      []record
	headed    bool
	kind      tableKind
	order     dayOrder
	headers   string // the digest of all headers: which table this is, for ids that are only numbers
	last      int    // the last text column, which takes the cells of a row cut too often
	seen      map[string]int
	written   int
	tickets   map[string]*headway.Draft // by id, where several rows are one ticket
	ordered   []*headway.Draft
	repeated  int
	undated   int
}

// tableKind says what a row is.
type tableKind string

const (
	surveyTable tableKind = "survey" // answers to the questions in the header
	reviewTable tableKind = "review" // one text that nobody asked for
	ticketTable tableKind = "ticket" // what a customer wrote and what we replied
	talkTable   tableKind = "talk"   // one turn of a talk
)

// formVoice is the speaker of a survey's questions: the form, that is us.
const formVoice = "survey"

// readTable gives a conversation for every row in which somebody wrote
// something, and says in the batch how the columns were read.
//
// delimiter is what stood between cells; sheet names a further table of the
// same file, "" for its first.
func (r *reading) readTable(rows []record, delimiter, sheet string) {
	if len(rows) == 0 {
		return
	}
	t := &table{r: r, delimiter: delimiter, sheet: sheet, seen: map[string]int{}, tickets: map[string]*headway.Draft{}}
	t.splitHeader(rows)
	t.measure()
	r.batch.Findings = append(r.batch.Findings, assignRoles(t.columns, r.options.Columns)...)
	t.settleKind()
	t.settleOrder()
	r.batch.Conversations = slices.Grow(r.batch.Conversations, len(t.body))
	for i, row := range t.body {
		t.readRow(i+1, row)
	}
	t.keepTickets()
	t.tell()
}

// splitHeader sets the columns and the rows below their headers. Where the
// first row is data the columns are called "column 1" and so on, and no
// question is made of somebody's answer.
func (t *table) splitHeader(rows []record) {
	header, rows, second := t.secondHeader(rows)
	t.headed = second || isHeader(header, rows[1:])
	t.body = rows
	if t.headed {
		t.body = rows[1:]
	} else {
		t.r.find(rows[0].line, "the first row reads like data, not like headers; kept it as a row and called the columns \"column 1\", \"column 2\", ...", "")
	}
	for i, h := range header {
		if !t.headed || strings.TrimSpace(h) == "" {
			h = "column " + strconv.Itoa(i+1)
		}
		t.columns = append(t.columns, newColumn(h))
	}
	if t.headed {
		t.headers = headway.Digest(header...)
	}
	t.findBoxes()
}

// findBoxes says once which headers were taken for several boxes of one question.
func (t *table) findBoxes() {
	var boxes []string
	for _, c := range t.columns {
		if c.boxed {
			boxes = append(boxes, strings.TrimSpace(strings.TrimSuffix(c.header, c.question)))
		}
	}
	if len(boxes) > 0 {
		t.r.find(1, fmt.Sprintf("%d numbered columns read as boxes of one question each", len(boxes)), strings.Join(boxes, " "))
	}
}

const toolsRows = "rows that the survey tool writes for itself, beside the headers"

// secondHeader passes over what survey tools write below their headers:
// SurveyMonkey a row of "Open-Ended Response", Qualtrics the questions in words
// and a row of {"ImportId": ...}.
func (t *table) secondHeader(rows []record) (header []string, rest []record, found bool) {
	header = rows[0].cells
	if len(rows) > 2 && anyCell(rows[2].cells, func(c string) bool { return strings.HasPrefix(c, `{"ImportId"`) }) {
		t.r.find(1, toolsRows, strings.Join(append(slices.Clip(header), rows[2].cells...), " "))
		return rows[1].cells, rows[2:], true
	}
	if len(rows) > 1 && anyCell(rows[1].cells, func(c string) bool { return c == "Open-Ended Response" }) {
		t.r.find(rows[1].line, toolsRows, strings.Join(rows[1].cells, " "))
		return header, rows[1:], true
	}
	return header, rows, false
}

func anyCell(cells []string, is func(string) bool) bool {
	for _, c := range cells {
		if is(strings.TrimSpace(c)) {
			return true
		}
	}
	return false
}

// isHeader says whether cells are headers of a body. They are not where one of
// them is data, comes again in its column, or is a sentence in the first person.
func isHeader(cells []string, body []record) bool {
	for _, c := range cells {
		if isKnownHeader(plainHeader(c)) {
			return true
		}
	}
	for i, c := range cells {
		c = strings.TrimSpace(c)
		if c != "" && (isTyped(c) || isOwnSentence(c) || comesAgain(i, c, body)) {
			return false
		}
	}
	return true
}

func isKnownHeader(plain string) bool {
	if bookkeeping[plain] {
		return true
	}
	for _, headers := range knownHeaders {
		for _, h := range headers {
			if h == plain {
				return true
			}
		}
	}
	return false
}

var firstPerson = oneOf("i|i'm|i've|my|me|we|our|us|ich|mein|meine|wir|je|j'ai|mon|ma|nous|yo|mi|ik|mijn|wij|es|mans|mums|man")

// isOwnSentence says whether a cell is what a person wrote of themselves, not
// a question to them.
func isOwnSentence(cell string) bool {
	if strings.HasSuffix(cell, "?") || strings.HasSuffix(cell, ":") || wordCount(cell) < 4 {
		return false
	}
	if strings.HasSuffix(cell, "!") {
		return true
	}
	for word := range strings.FieldsSeq(strings.ToLower(cell)) {
		if firstPerson[strings.Trim(word, ".,;!")] {
			return true
		}
	}
	return false
}

func comesAgain(i int, cell string, body []record) bool {
	times := 0
	for _, row := range body[:min(len(body), sampleRows)] {
		if i < len(row.cells) && strings.TrimSpace(row.cells[i]) == cell && !row.repeats(i, cell) {
			times++
		}
	}
	return times >= 2
}

// repeats says whether a row is the header once more, as in tables laid end to end.
func (r record) repeats(i int, cell string) bool {
	same := 0
	for j, c := range r.cells {
		if j != i && strings.TrimSpace(c) != "" && !isTyped(c) {
			same++
		}
	}
	return len(r.cells) > 2 && same == len(r.cells)-1
}

// measure looks at the cells of every column.
func (t *table) measure() {
	for n, row := range t.body {
		for i, cell := range row.cells {
			if i < len(t.columns) && cell != "" {
				t.columns[i].add(cell, n < sampleRows)
			}
		}
	}
}

// settleKind tells from the columns what a row is.
func (t *table) settleKind() {
	roles := map[string]int{}
	asked := 0
	for i, c := range t.columns {
		roles[c.role]++
		if c.role == roleText {
			t.last = i
			if t.asks(c) {
				asked++
			}
		}
	}
	switch {
	case roles[roleSpeaker] > 0 && roles[roleText] > 0:
		t.kind = talkTable
	case roles[roleAgent] > 0 || roles[roleSide] > 0 || t.hasHeader("ticket id", "ticket number", "requester", "requester name", "conversation id", "ticket description"):
		t.kind = ticketTable
	case asked > 0 && !t.isReviews():
		t.kind = surveyTable
	default:
		t.kind = reviewTable
	}
}

// asks says whether a column's header is a question of ours, not only the name
// of a column. Some who collect reviews ask too ("What do you like best?").
func (t *table) asks(c *column) bool { return t.headed && !isKnownHeader(c.plain) }

func (t *table) isReviews() bool {
	for _, c := range t.columns {
		if strings.Contains(c.plain, "review") || c.plain == "star rating" || c.plain == "stars" {
			return true
		}
	}
	return false
}

func (t *table) hasHeader(plain ...string) bool {
	for _, c := range t.columns {
		for _, p := range plain {
			if c.plain == p {
				return true
			}
		}
	}
	return false
}

func (t *table) settleOrder() {
	t.order = orderOfAll(func(yield func(string) bool) {
		for _, row := range t.body {
			if when := t.cell(row, roleWhen); when != "" && !yield(when) {
				return
			}
		}
	})
}

// cell gives a row's first filled cell of a role, trimmed.
func (t *table) cell(row record, role string) string {
	for i, c := range t.columns {
		if c.role == role && i < len(row.cells) {
			if cell := strings.TrimSpace(row.cells[i]); cell != "" {
				return cell
			}
		}
	}
	return ""
}

// readRow reads the nth row below the header.
func (t *table) readRow(n int, row record) {
	row, ragged := t.trim(row)
	if t.isHeaderAgain(row) {
		t.r.find(row.line, "the headers come again; passed over this row", strings.Join(row.cells, " "))
		return
	}
	if !t.wrote(row) {
		if ragged != nil {
			t.r.batch.Findings = append(t.r.batch.Findings, *ragged)
		}
		return
	}
	d := t.conversation(n, row)
	c := d.Conversation()
	t.r.standsAt(c, row.at)
	if ragged != nil {
		c.Findings = append(c.Findings, *ragged)
	}
	before := len(c.Turns)
	t.say(d, row)
	if t.kind == talkTable || theirWords(c, before) {
		t.written++
	}
	if !t.isGrouped() {
		t.r.keep(d)
	}
}

// isGrouped says whether rows of one id are one conversation.
func (t *table) isGrouped() bool { return t.kind == ticketTable || t.kind == talkTable }

// trim cuts a row to the table's width. What a comma too many cut off goes back
// to the last column of customers' words where that is the last column, else
// into a finding.
func (t *table) trim(row record) (record, *headway.Finding) {
	width := len(t.columns)
	if len(row.cells) <= width {
		return row, nil
	}
	rest := row.cells[width:]
	if strings.TrimSpace(strings.Join(rest, "")) == "" {
		row.cells = row.cells[:width]
		return row, nil
	}
	found := &headway.Finding{Line: row.line}
	if t.last == width-1 && t.columns[t.last].role == roleText {
		cells := append([]string(nil), row.cells[:width]...)
		cells[width-1] = strings.Join(row.cells[width-1:], t.delimiter)
		row.cells = cells
		found.What = fmt.Sprintf("the row has %d cells, the header %d; put the rest back into the last", width+len(rest), width)
		return row, found
	}
	row.cells = row.cells[:width]
	found.What = fmt.Sprintf("the row has %d cells, the header %d; kept the rest here", width+len(rest), width)
	found.Text = strings.Join(rest, "\n")
	return row, found
}

func (t *table) isHeaderAgain(row record) bool {
	if !t.headed || len(row.cells) < 2 {
		return false
	}
	for i, c := range row.cells {
		if strings.TrimSpace(c) != t.columns[i].header {
			return false
		}
	}
	return true
}

// wrote says whether anybody's words stand in a row.
func (t *table) wrote(row record) bool {
	for i, cell := range row.cells {
		switch t.columns[i].role {
		case roleText, roleOurs, roleTitle:
			if hasWords(cell) {
				return true
			}
		}
	}
	return false
}

// hasWords says whether a cell says anything: "-" and "..." do not, a thumb
// turned up does.
func hasWords(cell string) bool {
	return strings.IndexFunc(cell, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.M) || r > 0xff && unicode.IsSymbol(r)
	}) >= 0
}

// conversation starts the row's conversation, or takes up the ticket that an
// earlier row began.
func (t *table) conversation(n int, row record) *headway.Draft {
	key := t.key(row)
	if d := t.tickets[key]; d != nil {
		return d
	}
	t.seen[key]++
	again := ""
	if t.seen[key] > 1 {
		again = strconv.Itoa(t.seen[key])
		t.repeated++
	}
	d := t.r.draft(t.genre(), "row", key, again, t.sheet)
	c := d.Conversation()
	c.Row = n
	c.Product = t.cell(row, roleProduct)
	t.date(c, row)
	if t.isGrouped() {
		c.Title = t.cell(row, roleTitle)
		t.tickets[key] = d
		t.ordered = append(t.ordered, d)
	}
	return d
}

func (t *table) genre() headway.Genre {
	switch t.kind {
	case reviewTable:
		return headway.Review
	case ticketTable:
		return headway.Mail
	case talkTable:
		return headway.Interview
	}
	return headway.Survey
}

// key is what makes a row itself, so that a longer export of the same table
// gives its old rows the same ids: the row's id, within this table where it is
// a short number; else author, date and words of a review or ticket; else all
// that a survey's row holds.
func (t *table) key(row record) string {
	if id := t.cell(row, roleID); id != "" {
		if len(id) < 8 {
			return headway.Digest("id", t.headers, id)
		}
		return headway.Digest("id", id)
	}
	if t.kind == talkTable { // all rows are one talk
		return headway.Digest("file", string(t.r.batch.Source))
	}
	parts := []string{"words"}
	for i, cell := range row.cells {
		switch t.columns[i].role {
		case roleWho, roleLastName, roleEmail, roleCustomer, roleWhen, roleTitle, roleText:
		default:
			if t.kind != surveyTable {
				continue
			}
		}
		if cell = strings.TrimSpace(cell); cell != "" {
			parts = append(parts, cell)
		}
	}
	return headway.Digest(parts...)
}

func (t *table) date(c *headway.Conversation, row record) {
	cell := t.cell(row, roleWhen)
	if cell == "" {
		return
	}
	when, ok := parseDate(cell, t.order)
	if !ok {
		t.undated++
		return
	}
	c.Date = headway.Date{Time: when, From: headway.DateFromHeader}
}

// say adds a row's words to its conversation, each with its side.
func (t *table) say(d *headway.Draft, row record) {
	if t.kind == talkTable {
		t.sayTurn(d, row)
		return
	}
	customer, agent := t.customer(d, row), t.cell(row, roleAgent)
	if agent == "" || agent == customer {
		agent = "agent"
	}
	asked := ""
	for i, cell := range row.cells {
		c := t.columns[i]
		if !hasWords(cell) {
			continue
		}
		switch {
		case c.role == roleTitle && !t.titleIsText(row, cell):
			t.sayAs(d, headway.Theirs, customer, cell, row.line)
		case c.role == roleText && t.isOurs(row):
			t.sayAs(d, headway.Ours, agent, cell, row.line)
		case c.role == roleText:
			if t.asksIn(c) && c.question != asked {
				asked = c.question
				t.sayAs(d, headway.Ours, formVoice, c.question, 1)
			}
			t.sayAs(d, headway.Theirs, customer, cell, row.line)
		case c.role == roleOurs:
			t.sayAs(d, headway.Ours, agent, cell, row.line)
		}
	}
}

// sayTurn adds a row that is a turn of a talk. Whose side its speaker is on,
// names and roles tell, as in any transcript.
func (t *table) sayTurn(d *headway.Draft, row record) {
	for i, cell := range row.cells {
		if t.columns[i].role != roleText {
			continue
		}
		turn := d.Say(oneLine(t.cell(row, roleSpeaker)), cellText(cell))
		if turn == nil {
			continue
		}
		turn.Lines = []headway.LineMark{{Line: row.line}}
		if ms, rest, ok := clock(t.cell(row, roleStart)); ok && rest == "" {
			turn.Times = []headway.TimeMark{{MS: ms}}
		}
	}
}

// asksIn says whether a column's header is said before its cells: in a survey
// always, for it was on the form; in reviews where it is a question.
func (t *table) asksIn(c *column) bool {
	return t.kind == surveyTable || t.kind == reviewTable && t.asks(c)
}

// titleIsText says whether a row's text begins with its title, as help desks
// make titles of first lines, or the ticket has its title already.
func (t *table) titleIsText(row record, title string) bool {
	text := t.cell(row, roleText)
	return t.kind == ticketTable && t.isOurs(row) || text != "" && strings.HasPrefix(cellText(text), strings.TrimRight(cellText(title), ".… "))
}

// isOurs says whether the row's own words are an agent's, where a column says
// who writes.
func (t *table) isOurs(row record) bool {
	switch plainHeader(t.cell(row, roleSide)) {
	case "agent", "admin", "staff", "outgoing", "outbound", "support", "teammate", "bot", "operator", "assistant":
		return true
	}
	return false
}

// customer adds the row's author and gives their name.
func (t *table) customer(d *headway.Draft, row record) string {
	name := t.cell(row, roleWho)
	if last := t.cell(row, roleLastName); last != "" {
		name = strings.TrimSpace(name + " " + last)
	}
	if strings.EqualFold(name, formVoice) || strings.EqualFold(name, "agent") {
		name = name + " (customer)"
	}
	if t.isOurs(row) {
		return name
	}
	s := d.Speaker(name)
	s.Side, s.Settled = headway.Theirs, headway.SettledFormat
	if email := t.cell(row, roleEmail); pageOrMail.MatchString(email) {
		s.Email = strings.ToLower(email)
	}
	s.Key = t.customerKey(row)
	return name
}

// customerKey gives the customer's id with the name of its column, and of its
// table too where the id is a short number, so that customer 17 of one table is
// not customer 17 of another. A ticket's or a review's id is nobody.
func (t *table) customerKey(row record) string {
	for i, c := range t.columns {
		if i >= len(row.cells) || c.role != roleCustomer && (c.role != roleID || !isCustomerHeader(c.plain)) {
			continue
		}
		id := strings.TrimSpace(row.cells[i])
		switch {
		case id == "":
		case len(id) < 8:
			return c.plain + " " + id + " of table " + t.headers
		default:
			return c.plain + " " + id
		}
	}
	return ""
}

func isCustomerHeader(plain string) bool {
	for _, h := range knownHeaders[roleCustomer] {
		if h == plain {
			return true
		}
	}
	return false
}

func (t *table) sayAs(d *headway.Draft, side headway.Side, name, cell string, line int) {
	turn := d.Say(name, cellText(cell))
	if turn == nil {
		return
	}
	turn.Lines = []headway.LineMark{{Line: line}}
	s := d.Speaker(name)
	s.Side, s.Settled = side, headway.SettledFormat
}

// cellText gives a cell's words: trimmed, and without markup where a help desk
// exports HTML.
func cellText(cell string) string {
	if strings.IndexByte(cell, '<') >= 0 && cellMarkup.MatchString(cell) {
		cell, _ = htmlText(cell)
	}
	return strings.TrimSpace(cell)
}

// theirWords says whether a customer spoke in a conversation's turns from the
// nth on.
func theirWords(c *headway.Conversation, from int) bool {
	for _, turn := range c.Turns[from:] {
		if c.Speaker(turn.Speaker).Side == headway.Theirs {
			return true
		}
	}
	return false
}

func (t *table) keepTickets() {
	for _, d := range t.ordered {
		t.r.keep(d)
	}
}

// tell sets what the batch says of the table.
func (t *table) tell() {
	told := &Table{Rows: len(t.body), Written: t.written}
	words := 0
	for _, c := range t.columns {
		told.Columns = append(told.Columns, Column{Header: c.header, Role: c.role, Sample: c.sample, Filled: c.filled})
		if c.role == roleText {
			words++
		}
	}
	if words == 0 {
		t.r.find(0, "no column holds customers' own words; name one with --column text=HEADER", "")
	} else if t.kind == talkTable {
		t.r.find(0, fmt.Sprintf("%d of %d rows read as turns of %d talks", t.written, len(t.body), len(t.ordered)), "")
	} else {
		t.r.find(0, fmt.Sprintf("%d of %d rows wrote something, in %d of %d columns", t.written, len(t.body), words, len(t.columns)), "")
	}
	if t.repeated > 0 {
		t.r.find(0, fmt.Sprintf("%d rows have the id or the words of an earlier row; kept each as a conversation of its own", t.repeated), "")
	}
	if t.undated > 0 {
		t.r.find(0, fmt.Sprintf("%d dates cannot be read, or can be read two ways; left them unknown", t.undated), "")
	}
	if earlier := t.r.batch.Table; earlier != nil { // another sheet of a workbook
		told.Columns = append(earlier.Columns, told.Columns...)
		told.Rows += earlier.Rows
		told.Written += earlier.Written
	}
	t.r.batch.Table = told
}
