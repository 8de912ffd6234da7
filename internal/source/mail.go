package source

import (
	"bytes"
	"net/mail"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/headway-oss/headway"
)

// eml reads one mail, mbox a mailbox of them; a thread is a conversation.
var (
	eml = format{
		name: "eml",
		is:   func(p *peek) bool { return isMail(p.raw) },
		read: func(r *reading) error { return readMails(r, []extent{{0, len(r.file.Data)}}) },
	}
	mbox = format{
		name: "mbox",
		is:   func(p *peek) bool { return isMailbox(p.raw) },
		read: func(r *reading) error { return readMails(r, mailsOf(r.file.Data)) },
	}
)

// isMail says whether data begins with a mail's headers.
func isMail(data []byte) bool {
	head := parsePart(data[:min(len(data), headSize)])
	if len(head.odd) > 0 || len(head.header["from"]) == 0 {
		return false
	}
	for _, name := range []string{"message-id", "received", "mime-version", "date"} {
		if len(head.header[name]) > 0 {
			return true
		}
	}
	return len(head.header["to"]) > 0 && len(head.header["subject"]) > 0
}

var mailboxLine = regexp.MustCompile(`^From \S.*\d{4}`)

func isMailbox(data []byte) bool {
	line, rest := cutLine(data[:min(len(data), headSize)])
	return mailboxLine.Match(line) && isMail(rest)
}

// mailsOf gives where each mail of a mailbox starts and ends: below a line
// "From ..." at the front or after an empty line, above headers.
func mailsOf(data []byte) []extent {
	var mails []extent
	blank := true
	for at := 0; at < len(data); {
		line, rest := cutLine(data[at:])
		next := len(data) - len(rest)
		if blank && bytes.HasPrefix(line, []byte("From ")) && startsHeader(rest) {
			if len(mails) > 0 {
				mails[len(mails)-1][1] = at
			}
			mails = append(mails, extent{next, len(data)})
		}
		blank = len(line) == 0
		at = next
	}
	return mails
}

func startsHeader(data []byte) bool {
	line, _ := cutLine(data[:min(len(data), 1000)])
	name, _, found := bytes.Cut(line, []byte(":"))
	return found && isHeaderName(name)
}

// joinMails writes single mails that lie together as one mailbox, so that a
// quote is known to be the mail beside it and counts once; a single mail and
// all other files come back as they are. The mailbox stands where the first
// mail stood.
func joinMails(files []File) []File {
	var mails []File
	for _, f := range files {
		if isMail(f.Data) {
			mails = append(mails, f)
		}
	}
	if len(mails) < 2 {
		return files
	}
	box := File{Name: path.Join(path.Dir(mails[0].Name), "mails.mbox")}
	for _, f := range mails {
		box.Data = append(box.Data, "From nobody Thu Jan  1 00:00:00 1970\n"...)
		box.Data = append(box.Data, bytes.ReplaceAll(f.Data, []byte("\nFrom "), []byte("\n>From "))...)
		box.Data = append(box.Data, "\n\n"...)
	}
	var joined []File
	for _, f := range files {
		if !isMail(f.Data) {
			joined = append(joined, f)
		} else if box.Data != nil {
			joined = append(joined, box)
			box.Data = nil
		}
	}
	return joined
}

// A mailMessage is one mail, read.
type mailMessage struct {
	number    int      // 1-based in the mailbox
	at        []extent // in the mailbox, wherever the same mail stands
	line      int
	id        string
	parents   []string // In-Reply-To and References, the oldest first
	name      string
	email     string
	to        []headway.Speaker // whom it was sent to, copies too
	subject   string
	date      time.Time
	passages  []passage
	words     string // all of its words, folded, to find quotes in
	automatic bool
	findings  []headway.Finding
}

// readMails gives a conversation for every thread of some mails.
func readMails(r *reading, places []extent) error {
	mailbox := r.batch.Format == "mbox"
	var mails []*mailMessage
	line, at := 1, 0
	seen := map[[2]string]*mailMessage{} // mailboxes hold the same mail once for every label
	for i, place := range places {
		line += bytes.Count(r.file.Data[at:place[0]], []byte("\n"))
		at = place[0]
		raw := r.file.Data[place[0]:place[1]]
		if mailbox {
			raw = unescapeFrom(raw)
		}
		m := readMail(raw)
		m.number, m.line = i+1, line
		mark := [2]string{m.id, m.words}
		if first := seen[mark]; first != nil {
			first.at = append(first.at, place)
			r.find(line, "the same mail again; counted it once", "")
			continue
		}
		m.at = []extent{place}
		seen[mark] = m
		mails = append(mails, m)
	}
	for _, thread := range threads(mails) {
		readThread(r, thread, mailbox)
	}
	return nil
}

// unescapeFrom undoes what a mailbox does to lines that begin with "From ".
func unescapeFrom(raw []byte) []byte {
	return bytes.ReplaceAll(raw, []byte("\n>From "), []byte("\nFrom "))
}

func readMail(raw []byte) *mailMessage {
	part := parsePart(raw)
	m := &mailMessage{id: firstID(part.get("message-id")), subject: part.get("subject")}
	if from := part.header["from"]; len(from) > 0 {
		m.name, m.email = senderOf(from[0])
	}
	m.to = readersOf(part)
	m.parents = append(messageIDs(part.get("references")), messageIDs(part.get("in-reply-to"))...)
	if when, err := mail.ParseDate(part.get("date")); err == nil {
		m.date = when.UTC().Truncate(time.Microsecond)
	} else if when, ok := parseDate(part.get("date"), orderUnknown); ok {
		m.date = when
	}
	auto := strings.ToLower(part.get("auto-submitted"))
	m.automatic = auto != "" && auto != "no" || part.get("x-autoreply") != ""
	read := part.read(0)
	m.findings = read.findings
	if len(part.odd) > 0 {
		odd, _ := decode([]byte(strings.Join(part.odd, "\n")))
		m.findings = append(m.findings, headway.Finding{What: "lines among the headers that are none; kept them here", Text: odd})
	}
	passages, findings := splitMail(read.text)
	m.passages = passages
	m.findings = append(m.findings, findings...)
	m.words = fold(read.text)
	if m.id == "" {
		m.id = headway.Digest("mail", m.email, m.name, m.date.Format(time.RFC3339), read.text)
	}
	return m
}

// readersOf gives those a mail was sent to. Of a list that cannot be read one
// reader stands in whom no flag names.
func readersOf(p mimePart) (all []headway.Speaker) {
	for _, value := range slices.Concat(p.header["to"], p.header["cc"]) {
		list, err := mail.ParseAddressList(value)
		if err != nil {
			return []headway.Speaker{{}}
		}
		for _, a := range list {
			all = append(all, headway.Speaker{Name: a.Name, Email: strings.ToLower(a.Address)})
		}
	}
	return all
}

var messageID = regexp.MustCompile(`<([^<>\s]+)>`)

func messageIDs(value string) []string {
	var ids []string
	for _, m := range messageID.FindAllStringSubmatch(value, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func firstID(value string) string {
	if ids := messageIDs(value); len(ids) > 0 {
		return ids[0]
	}
	return strings.TrimSpace(value)
}

// fold gives a text's letters and digits alone, in lower case, so that a quote
// is found however its lines were broken.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// threads joins mails that answer each other, by their ids, and by the subject
// of a reply that names none. Each thread is in order of time.
func threads(mails []*mailMessage) [][]*mailMessage {
	root := map[string]string{} // message id -> id of its thread, by union
	find := func(id string) string {
		for root[id] != "" && root[id] != id {
			id = root[id]
		}
		return id
	}
	join := func(a, b string) {
		if a, b = find(a), find(b); a != b {
			root[b] = a
		}
	}
	bySubject := map[string]string{}
	for _, m := range mails {
		for _, parent := range m.parents {
			join(parent, m.id)
		}
		subject, isReply := bareSubject(m.subject)
		if first, known := bySubject[subject]; known && isReply && len(m.parents) == 0 {
			join(first, m.id)
		} else if !known && subject != "" {
			bySubject[subject] = m.id
		}
	}
	at := map[string]int{}
	var all [][]*mailMessage
	for _, m := range mails {
		key := find(m.id)
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], m)
	}
	for _, thread := range all {
		slices.SortStableFunc(thread, func(a, b *mailMessage) int { return a.date.Compare(b.date) })
	}
	return all
}

var replyMark = regexp.MustCompile(`(?i)^\s*(?:(?:re|fwd?|aw|wg|antw|sv|vs|tr|rv|rif|odp|atb)\s*(?:\[\d+\])?\s*:\s*)+`)

// bareSubject gives a subject without "Re:" and its kind, and whether it had one.
func bareSubject(subject string) (bare string, isReply bool) {
	mark := replyMark.FindString(subject)
	return strings.ToLower(strings.TrimSpace(subject[len(mark):])), mark != ""
}

// readThread makes a conversation of a thread.
func readThread(r *reading, mails []*mailMessage, mailbox bool) {
	first := mails[0]
	t := &mailThread{d: r.draft(headway.Mail, "mail", first.id), mails: mails, labels: map[string]string{}, emails: map[string]string{}}
	c := t.d.Conversation()
	c.Title = strings.TrimSpace(first.subject[len(replyMark.FindString(first.subject)):])
	if mailbox {
		c.Row = first.number
	}
	if !first.date.IsZero() {
		c.Date = headway.Date{Time: first.date, From: headway.DateFromHeader}
	}
	for _, m := range mails {
		r.standsAt(c, m.at...)
		t.introduce(m.name, m.email)
	}
	for i, m := range mails {
		t.message(i, m)
	}
	settleAmong(c, r.options, t.readers(r.options))
	r.batch.Conversations = append(r.batch.Conversations, *c)
}

// readers gives the side that flags say all those are of who were sent the
// mails and wrote none; Unknown where a flag leaves one of them open.
func (t *mailThread) readers(o Options) (all headway.Side) {
	all = headway.Unknown
	for _, m := range t.mails {
		for _, reader := range m.to {
			if t.labels[reader.Email] != "" {
				continue
			}
			side, named := flagged(reader, o)
			if !named || all != headway.Unknown && side != all {
				return headway.Unknown
			}
			all = side
		}
	}
	return all
}

// mailThread is a thread while its conversation is made.
type mailThread struct {
	d      *headway.Draft
	mails  []*mailMessage
	labels map[string]string // by e-mail address: the speaker's name
	emails map[string]string // by the speaker's name: the e-mail address
	quotes []string          // folded quotes that already are turns
}

// introduce gives the speaker of a name and an address: the address tells
// people apart, the name is only how they are shown.
func (t *mailThread) introduce(name, email string) string {
	if label := t.labels[email]; label != "" {
		return label
	}
	label := name
	if label == "" {
		label = email
	}
	if taken, known := t.emails[label]; known && email != "" && taken != email && taken != "" {
		label = label + " <" + email + ">"
	}
	if email == "" {
		return label
	}
	t.labels[email], t.emails[label] = label, email
	return label
}

func (t *mailThread) message(i int, m *mailMessage) {
	c := t.d.Conversation()
	for _, found := range m.findings {
		if found.Line == 0 {
			found.Line = m.line
		}
		c.Findings = append(c.Findings, found)
	}
	if m.automatic {
		t.find(m, "an automatic reply is nobody's speech; kept it here", ownWords(m.passages))
		return
	}
	label := t.introduce(m.name, m.email)
	var own []string
	sayOwn := func() {
		t.say(label, m.email, strings.Join(own, "\n\n"), m.line)
		own = nil
	}
	for _, p := range quotesFirst(m.passages) {
		if !p.quoted {
			own = append(own, p.text)
			continue
		}
		if turns := t.unheard(i, m, p, 0); len(turns) > 0 {
			sayOwn()
			for _, q := range turns {
				name, email := looseAddress(q.author)
				t.say(t.introduce(name, email), email, q.text, m.line)
			}
		}
	}
	sayOwn()
}

func ownWords(passages []passage) string {
	var own []string
	for _, p := range passages {
		own = append(own, p.text)
	}
	return strings.Join(own, "\n\n")
}

// quotesFirst puts a mail quoted below a reply before it, where it belongs in
// time; quotes that are answered piece by piece stay where they are.
func quotesFirst(passages []passage) []passage {
	n := len(passages)
	if n < 2 || !passages[n-1].quoted || slices.ContainsFunc(passages[:n-1], func(p passage) bool { return p.quoted }) {
		return passages
	}
	return append([]passage{passages[n-1]}, passages[:n-1]...)
}

// unheard gives, the oldest first, what a quote holds of mails that are not in
// this mailbox. All else it keeps in a finding, so that it counts once.
func (t *mailThread) unheard(i int, m *mailMessage, quote passage, depth int) []passage {
	passages, findings := splitMail(quote.text)
	c := t.d.Conversation()
	for _, f := range findings {
		f.Line = m.line
		c.Findings = append(c.Findings, f)
	}
	var older, own []passage
	for _, p := range passages {
		switch {
		case p.quoted && depth < maxMIMEDepth:
			older = append(older, t.unheard(i, m, p, depth+1)...)
		case t.isHeard(i, p.text):
			t.find(m, "quoted from another mail; counted there", p.text)
		default:
			t.quotes = append(t.quotes, fold(p.text))
			own = append(own, passage{quoted: true, author: quote.author, text: p.text})
		}
	}
	return append(older, own...)
}

// isHeard says whether quoted words stand in another mail of the thread, or
// were quoted before. Words that fold to nothing are no loss.
func (t *mailThread) isHeard(i int, text string) bool {
	words := fold(text)
	if words == "" {
		return true
	}
	for j, other := range t.mails {
		if j != i && strings.Contains(other.words, words) {
			// A mail that only quotes the words too does not make them heard.
			for _, p := range other.passages {
				if !p.quoted && strings.Contains(fold(p.text), words) {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(t.quotes, func(q string) bool { return strings.Contains(q, words) })
}

func (t *mailThread) find(m *mailMessage, what, text string) {
	c := t.d.Conversation()
	c.Findings = append(c.Findings, headway.Finding{Line: m.line, What: what, Text: text})
}

func (t *mailThread) say(label, email, text string, line int) {
	turn := t.d.Say(label, text)
	if turn == nil {
		return
	}
	turn.Lines = []headway.LineMark{{Line: line}}
	if email != "" {
		t.d.Speaker(label).Email = email
	}
}
