package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// helpdesk reads the JSON that Zendesk, Intercom and HubSpot export: a ticket
// or conversation each, as a list, wrapped, or one a line.
var helpdesk = format{
	name: "helpdesk",
	is:   func(p *peek) bool { return helpdeskMark.MatchString(p.head()) },
	read: readHelpdesk,
}

var helpdeskMark = regexp.MustCompile(`^\s*[\[{][\s\S]*?(?:"conversation_parts"\s*:|"requester(?:_id)?"\s*:|"direction"\s*:\s*"(?:INCOMING|OUTGOING)"|"properties"\s*:\s*\{[^{}]*"(?:hs_ticket_id|hs_pipeline|createdate)"|"part_type"\s*:)`)

// ticket holds the fields of all three tools; each fills its own.
type ticket struct {
	ID          anyID     `json:"id"`
	Subject     string    `json:"subject"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	CreatedAt   anyID     `json:"created_at"`
	Requester   deskUser  `json:"requester"`
	RequesterID anyID     `json:"requester_id"`
	Assignee    deskUser  `json:"assignee"`
	AssigneeID  anyID     `json:"assignee_id"`
	Comments    []message `json:"comments"`
	Source      message   `json:"source"` // Intercom: the first message
	Parts       struct {
		Parts []message `json:"conversation_parts"`
	} `json:"conversation_parts"`
	Properties struct { // HubSpot
		Subject    string `json:"subject"`
		Content    string `json:"content"`
		CreateDate string `json:"createdate"`
	} `json:"properties"`
	message // HubSpot's threads list messages at the top
}

// message is one contribution to a ticket.
type message struct {
	Type      string     `json:"type"`
	Subject   string     `json:"subject"`
	Body      string     `json:"body"`
	PlainBody string     `json:"plain_body"`
	HTMLBody  string     `json:"html_body"`
	Text      string     `json:"text"`
	PartType  string     `json:"part_type"` // Intercom: comment, note, assignment, ...
	Public    *bool      `json:"public"`    // Zendesk: false for a note among agents
	Direction string     `json:"direction"` // HubSpot
	Author    deskUser   `json:"author"`
	AuthorID  anyID      `json:"author_id"`
	Senders   []deskUser `json:"senders"`
	When      anyID      `json:"createdAt"`
}

type deskUser struct {
	ID    anyID  `json:"id"`
	Type  string `json:"type"` // Intercom: user, lead, contact; admin, bot, team
	Role  string `json:"role"` // Zendesk: end-user; agent, admin
	Name  string `json:"name"`
	Email string `json:"email"`
}

// anyID takes an id or a time as text or as a number.
type anyID string

// UnmarshalJSON keeps the characters as they stand; other values are none.
func (id *anyID) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		*id = anyID(s)
	} else if _, err := strconv.ParseFloat(string(data), 64); err == nil {
		*id = anyID(data)
	}
	return nil
}

// deskExport is a list with what belongs to it.
type deskExport struct {
	Tickets       []ticket   `json:"tickets"`
	Conversations []ticket   `json:"conversations"`
	Results       []ticket   `json:"results"`
	Comments      []message  `json:"comments"`
	Users         []deskUser `json:"users"`
}

func readHelpdesk(r *reading) error {
	d := json.NewDecoder(strings.NewReader(r.text))
	seen := map[string]int{}
	for {
		var raw json.RawMessage
		from := int(d.InputOffset())
		err := d.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return headway.Errorf(headway.Invalid, "the export is damaged (%w): export it again", err)
		}
		before := len(r.batch.Conversations)
		err = readDeskValue(r, raw, seen)
		for i := range r.batch.Conversations[before:] {
			r.standsAt(&r.batch.Conversations[before+i], extent{from, int(d.InputOffset())})
		}
		if err != nil {
			return headway.Errorf(headway.Invalid, "the export is not as Zendesk, Intercom or HubSpot write it (%w): export it as CSV", err)
		}
	}
	if len(r.batch.Conversations) == 0 {
		return headway.Errorf(headway.Invalid, "the export holds no ticket with words: export the tickets with their comments")
	}
	return nil
}

// readDeskValue reads one value of the file: a ticket, a list of them, or a list wrapped.
func readDeskValue(r *reading, raw json.RawMessage, seen map[string]int) error {
	desk := desk{r: r, users: map[anyID]deskUser{}, seen: seen}
	if strings.HasPrefix(string(raw), "[") {
		var tickets []ticket
		if err := json.Unmarshal(raw, &tickets); err != nil {
			return err
		}
		desk.all(tickets)
		return nil
	}
	var export deskExport
	if err := json.Unmarshal(raw, &export); err != nil {
		return err
	}
	for _, u := range export.Users {
		desk.users[u.ID] = u
	}
	tickets := append(append(export.Tickets, export.Conversations...), export.Results...)
	if len(tickets) == 0 {
		var one ticket
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		tickets = []ticket{one}
	}
	desk.all(tickets)
	return nil
}

// desk is one export while its conversations are made.
type desk struct {
	r     *reading
	users map[anyID]deskUser
	seen  map[string]int // how often each key came, over the whole file
}

func (k *desk) all(tickets []ticket) {
	if len(tickets) > 0 && tickets[0].Direction != "" { // a HubSpot thread: a list of messages
		thread := ticket{ID: tickets[0].ID, CreatedAt: tickets[0].When}
		for _, t := range tickets {
			t.message.Subject = t.Subject
			thread.Comments = append(thread.Comments, t.message)
		}
		tickets = []ticket{thread}
	}
	for i := range tickets {
		k.ticket(&tickets[i])
	}
}

// ticket makes a conversation of a ticket.
func (k *desk) ticket(t *ticket) {
	if t.Requester.ID == "" {
		t.Requester.ID = t.RequesterID
	}
	messages := t.messages()
	key := t.key(messages)
	k.seen[key]++
	again := ""
	if k.seen[key] > 1 {
		again = strconv.Itoa(k.seen[key])
	}
	d := k.r.draft(headway.Mail, "ticket", key, again)
	c := d.Conversation()
	c.Title = oneLine(cmp.Or(t.Subject, t.Title, t.Source.Subject, t.Properties.Subject))
	c.Row = len(k.r.batch.Conversations) + 1
	if when, ok := parseDate(cmp.Or(string(t.CreatedAt), t.Properties.CreateDate), orderUnknown); ok {
		c.Date = headway.Date{Time: when, From: headway.DateFromHeader}
	}
	for _, m := range messages {
		k.message(d, t, m)
	}
	if len(c.Turns) > 0 {
		k.r.keep(d)
	} else {
		k.r.batch.Findings = append(k.r.batch.Findings, c.Findings...)
	}
}

// key is the ticket's id; without one, its words.
func (t *ticket) key(messages []message) string {
	if t.ID != "" {
		return string(t.ID)
	}
	words := []string{t.Subject, string(t.CreatedAt)}
	for _, m := range messages {
		words = append(words, m.words())
	}
	return headway.Digest(words...)
}

// messages gives all that was written to a ticket, in order. Zendesk writes
// the first comment twice, as the description too.
func (t *ticket) messages() []message {
	messages := append([]message(nil), t.Comments...)
	first := message{Body: cmp.Or(t.Description, t.Properties.Content), Author: t.Requester}
	if t.Source.Body != "" {
		first = t.Source
	}
	if first.Body != "" && (len(messages) == 0 || fold(messages[0].words()) != fold(first.words())) {
		messages = append([]message{first}, messages...)
	}
	return append(messages, t.Parts.Parts...)
}

func (m *message) words() string {
	body := cmp.Or(m.PlainBody, m.Text, m.Body, m.HTMLBody)
	body, _ = clean([]byte(cellText(body)))
	return strings.TrimSpace(body)
}

// message adds one message: by its author's side where the export says it. A
// note among agents was never said to the customer and is a finding.
func (k *desk) message(d *headway.Draft, t *ticket, m message) {
	c := d.Conversation()
	text := m.words()
	author := k.author(m)
	side := t.sideOf(author, m)
	switch {
	case text == "":
	case m.Public != nil && !*m.Public, m.PartType == "note", strings.EqualFold(m.Type, "COMMENT") && m.Direction != "":
		c.Findings = append(c.Findings, headway.Finding{What: "a note among agents was not said to the customer; kept it here", Text: text})
	case m.PartType != "" && m.PartType != "comment" && m.PartType != "open" && m.PartType != "close" && m.PartType != "assignment":
		c.Findings = append(c.Findings, headway.Finding{What: "a line of the program's own (" + m.PartType + ") is no speech", Text: text})
	default:
		name := oneLine(cmp.Or(author.Name, author.Email, string(author.ID)))
		d.Say(name, text)
		s := d.Speaker(name)
		if pageOrMail.MatchString(author.Email) {
			s.Email = strings.ToLower(author.Email)
		}
		if side != headway.Unknown {
			s.Side, s.Settled = side, headway.SettledFormat
		}
	}
}

func (k *desk) author(m message) deskUser {
	author := m.Author
	if len(m.Senders) > 0 {
		author = m.Senders[0]
	}
	if author.ID == "" {
		author.ID = m.AuthorID
	}
	if known, ok := k.users[author.ID]; ok && author.ID != "" {
		author.Name = cmp.Or(author.Name, known.Name)
		author.Email = cmp.Or(author.Email, known.Email)
		author.Role = cmp.Or(author.Role, known.Role)
	}
	return author
}

// sideOf tells an author's side by what the export says of them.
func (t *ticket) sideOf(author deskUser, m message) headway.Side {
	switch strings.ToLower(cmp.Or(author.Type, author.Role, m.Direction)) {
	case "user", "lead", "contact", "end-user", "incoming":
		return headway.Theirs
	case "admin", "agent", "team", "bot", "operator", "outgoing":
		return headway.Ours
	}
	switch {
	case author.ID != "" && author.ID == t.Requester.ID, author.Email != "" && author.Email == t.Requester.Email, author == t.Requester && author != deskUser{}:
		return headway.Theirs
	case author.ID != "" && (author.ID == t.AssigneeID || author.ID == t.Assignee.ID):
		return headway.Ours
	}
	return headway.Unknown
}
