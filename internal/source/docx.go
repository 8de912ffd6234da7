package source

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// docx reads Word documents: a Teams transcript, a Google Meet transcript, or
// any document, whose paragraphs are recognised again as text.
var docx = format{
	name: "docx",
	is:   func(p *peek) bool { return slices.Contains(p.entries(), "word/document.xml") },
	read: func(r *reading) error {
		z, err := openZip(r.file.Data)
		if err != nil {
			return err
		}
		doc, err := readDocument(r, z)
		if err != nil {
			return err
		}
		switch {
		case isMeet(doc):
			return readMeet(r, doc)
		case isTeams(doc):
			return readTeams(r, doc)
		case len(doc) == 0:
			return headway.Errorf(headway.Invalid, "the document holds no words: export it again")
		}
		return r.readInner(strings.Join(doc, "\n\n"))
	},
}

// readDocument gives the document's paragraphs that hold words, soft breaks as
// line ends. What stands beside the text (notes, comments, headers, deletions
// that the author made) is nobody's speech and goes into findings.
func readDocument(r *reading, z *zip.Reader) ([]string, error) {
	var body []string
	for _, entry := range z.File {
		beside := besidePart.MatchString(entry.Name)
		if entry.Name != "word/document.xml" && !beside {
			continue
		}
		w, err := readWord(entry)
		if beside {
			r.keepBeside(besidePart.FindStringSubmatch(entry.Name)[1], w, err)
			continue
		}
		if err != nil {
			return nil, headway.Errorf(headway.Invalid, "the document is damaged (%w): save it again", err)
		}
		body = w.paragraphs
		if deleted := strings.TrimSpace(w.deleted.String()); deleted != "" {
			r.find(0, "words that the author deleted with changes tracked; kept them here", deleted)
		}
	}
	return body, nil
}

// keepBeside keeps what stands beside the text for a finding; of a damaged part
// that is what could be read of it.
func (r *reading) keepBeside(part string, w *word, damage error) {
	if text := strings.Join(w.paragraphs, "\n"); text != "" {
		r.find(0, "stands in the document's "+part+", no part of what was said; kept it here", text)
	}
	if damage != nil {
		r.find(0, "the document's "+part+" cannot be read to the end ("+damage.Error()+"); the text itself was read", "")
	}
}

var besidePart = regexp.MustCompile(`^word/(footnotes|endnotes|comments|header|footer)\d*\.xml$`)

// word is a part of a Word document on its way into paragraphs.
type word struct {
	paragraphs []string
	open       []*strings.Builder // the paragraphs that are open, a text box within another
	deleted    strings.Builder
	inText     bool
}

// readWord reads a part; with an error it gives what came before the damage.
func readWord(entry *zip.File) (*word, error) {
	w := &word{}
	data, err := unzip(entry)
	if err != nil {
		return w, err
	}
	text, _ := decode(data)
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false // a foreign entity stays as it is written, and is never followed
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.Token()
		if err == io.EOF {
			w.endAll()
			return w, nil
		}
		if err != nil {
			w.endAll()
			return w, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if w.start(t) {
				w.skip(d)
			}
		case xml.EndElement:
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText {
				w.write(string(t))
			}
		}
	}
}

// start opens an element and says whether to pass over what it holds: what was
// deleted or moved away, and the second copy of a text box for old programs.
func (w *word) start(t xml.StartElement) (skip bool) {
	switch t.Name.Local {
	case "p":
		w.open = append(w.open, &strings.Builder{})
	case "t":
		w.inText = true
	case "tab":
		w.write("\t")
	case "br", "cr":
		w.write("\n")
	case "noBreakHyphen":
		w.write("\u2011")
	case "del", "moveFrom", "Fallback", "tabs", "instrText":
		return true
	}
	return false
}

func (w *word) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "p":
		w.endParagraph()
	}
}

func (w *word) write(s string) {
	if n := len(w.open); n > 0 {
		w.open[n-1].WriteString(s)
	}
}

func (w *word) endParagraph() {
	n := len(w.open)
	if n == 0 {
		return
	}
	if text := strings.TrimSpace(w.open[n-1].String()); text != "" {
		w.paragraphs = append(w.paragraphs, text)
	}
	w.open = w.open[:n-1]
}

func (w *word) endAll() {
	for len(w.open) > 0 {
		w.endParagraph()
	}
}

// skip passes over the element just opened and keeps the deleted words in it.
func (w *word) skip(d *xml.Decoder) {
	for depth, deleted := 1, false; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			deleted = t.Name.Local == "delText"
		case xml.EndElement:
			depth--
			if deleted {
				w.deleted.WriteByte(' ')
			}
			deleted = false
		case xml.CharData:
			if deleted {
				w.deleted.Write(t)
			}
		}
	}
}

// Teams writes one paragraph a turn: the name, spaces, the time, a soft break,
// the words.
var (
	teamsTurn  = regexp.MustCompile(`(?s)^([^\n]{1,80}?)(?:\t| {2,}|\x{a0}{2,})\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*(?:\n(.*))?$`)
	teamsStart = regexp.MustCompile(`(?i)^(.{1,80}?) (started transcription|(?:hat|startete) die transkription(?: gestartet)?|a (?:démarré|lancé|commencé) la transcription|(?:inició|ha iniciado) la transcripción|(?:is|heeft) .*transcriptie.*|(?:sāka|uzsāka) transkripciju|ha avviato la trascrizione|iniciou a transcrição)$`)
	teamsStop  = regexp.MustCompile(`(?i)\s*(stopped transcription|(?:hat|beendete) die transkription(?: beendet| gestoppt)?|a (?:arrêté|interrompu) la transcription|(?:detuvo|ha detenido) la transcripción|heeft de transcriptie (?:gestopt|beëindigd)|(?:pārtrauca|apturēja|beidza) transkripciju|ha interrotto la trascrizione|parou a transcrição)\.?$`)
)

func isTeams(doc []string) bool {
	turns, started := 0, false
	for _, p := range doc {
		if teamsTurn.MatchString(p) {
			turns++
		}
		started = started || teamsStart.MatchString(p)
	}
	return turns >= 2 || turns == 1 && started
}

func readTeams(r *reading, doc []string) error {
	t := teams{r: r, d: r.transcript(headway.Call)}
	for i, p := range doc {
		t.paragraph(i+1, p)
	}
	t.cutStop()
	t.say()
	r.keep(t.d)
	return nil
}

// teams is a Teams transcript while it is read.
type teams struct {
	r       *reading
	d       *headway.Draft
	started bool
	starter string
	name    string
	text    []string
	ms      int64
	line    int
}

func (t *teams) paragraph(line int, p string) {
	if m := teamsTurn.FindStringSubmatch(p); m != nil {
		t.say()
		t.started = true
		t.name, t.line, t.text = strings.TrimSpace(m[1]), line, nil
		t.ms, _, _ = clock(m[2])
		if m[3] != "" {
			t.text = append(t.text, m[3])
		}
		return
	}
	if !t.started {
		t.heading(line, p)
		return
	}
	t.text = append(t.text, p)
}

// heading reads what stands before the first turn: the title with its date,
// who started the transcription.
func (t *teams) heading(line int, p string) {
	c := t.d.Conversation()
	if m := teamsStart.FindStringSubmatch(p); m != nil {
		t.starter = m[1]
		c.Findings = append(c.Findings, headway.Finding{Line: line, What: "the transcription's start is not speech", Text: p})
		return
	}
	for part := range strings.SplitSeq(p, "\n") {
		part = strings.TrimSpace(part)
		when, isDate := writtenDate(part)
		switch {
		case isDate && c.Date.Time.IsZero():
			c.Date = headway.Date{Time: when, From: headway.DateFromContent}
		case c.Title == "" && part != "":
			c.Title = part
			if when, ok := stampedDate(part); ok {
				c.Date = headway.Date{Time: when, From: headway.DateFromContent}
			}
		case part != "":
			c.Findings = append(c.Findings, headway.Finding{Line: line, What: "stands before the first turn; no speech", Text: part})
		}
	}
}

// cutStop takes "X stopped transcription" off the last turn.
func (t *teams) cutStop() {
	text := strings.Join(t.text, "\n")
	at := teamsStop.FindStringIndex(text)
	if at == nil {
		return
	}
	from := at[0]
	for _, name := range t.names() {
		if name != "" && strings.HasSuffix(text[:from], name) {
			from -= len(name)
			break
		}
	}
	if from == at[0] { // by somebody who never spoke: then the words since the line's start, where they are few
		start := strings.LastIndexByte(text[:from], '\n') + 1
		if len(strings.Fields(text[start:from])) <= 4 {
			from = start
		}
	}
	c := t.d.Conversation()
	c.Findings = append(c.Findings, headway.Finding{Line: t.line, What: "the transcription's end, glued to the last turn, is not speech", Text: strings.TrimSpace(text[from:])})
	t.text = []string{text[:from]}
}

func (t *teams) names() []string {
	names := []string{t.starter, t.name}
	for _, s := range t.d.Conversation().Speakers {
		names = append(names, s.Name)
	}
	return names
}

func (t *teams) say() {
	text := strings.TrimSpace(strings.Join(t.text, "\n"))
	turn := t.d.Say(t.name, text)
	if turn == nil {
		return
	}
	turn.Times = []headway.TimeMark{{MS: t.ms}}
	turn.Lines = []headway.LineMark{{Line: t.line}}
}

var stamp = regexp.MustCompile(`(20\d{2})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})`)

// stampedDate reads the moment that Teams writes into a recording's title,
// "Weekly-20260307_140512-Meeting Recording".
func stampedDate(s string) (time.Time, bool) {
	m := stamp.FindString(s)
	if m == "" {
		return time.Time{}, false
	}
	when, err := time.Parse("20060102_150405", m)
	return when.UTC(), err == nil
}

// writtenDate reads a line that is a date in words or unmistakable figures.
func writtenDate(s string) (time.Time, bool) {
	s = strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)
	if !looksLikeDate(s) {
		return time.Time{}, false
	}
	return parseDate(s, orderUnknown)
}

// Google Meet writes, after Gemini's notes and the list of who was there, a
// line with the time every few minutes and between them "Name: text".
var (
	meetTime   = regexp.MustCompile(`^\d{2}:\d{2}:\d{2}$`)
	meetNotes  = regexp.MustCompile(`(?i)\b(notes by gemini|gemini['’]s notes|notes? (?:prises? )?(?:de|par) gemini|notizen von gemini|notas de gemini|notities van gemini|gemini piezīmes|gemini notes)\b`)
	meetPeople = regexp.MustCompile(`(?i)^(attendees|participants|teilnehmer|teilnehmende|asistentes|deelnemers|dalībnieki)$`)
	meetEnd    = regexp.MustCompile(`(?i)^(transcription ended after|meeting ended after|transkription beendet nach|la transcription s'est terminée|la transcripción finalizó|this editable transcript was computer generated)`)
	meetTurn   = regexp.MustCompile(`(?s)^([^:\n]{1,60}): (.+)$`)
)

// isMeet says whether a document comes from Google Meet: it names Gemini's
// notes, or has the time on lines of its own, people listed and names before
// what they say.
func isMeet(doc []string) bool {
	times, people, named := 0, false, 0
	for _, p := range doc {
		if meetNotes.MatchString(p) {
			return true
		}
		people = people || meetPeople.MatchString(p)
		if meetTime.MatchString(p) {
			times++
		}
		if times > 0 && meetTurn.MatchString(p) {
			named++
		}
	}
	return people && times > 0 && named > 0
}

// readMeet keeps speech alone as turns. A machine's summary is nobody's words:
// all that stands before the first time and after the end goes into findings.
func readMeet(r *reading, doc []string) error {
	start := slices.IndexFunc(doc, meetTime.MatchString)
	if start < 0 {
		r.find(0, "a summary that a machine wrote; nobody's words", strings.Join(doc, "\n"))
		return headway.Errorf(headway.Invalid, "the document holds only a summary that a machine wrote, and nobody's own words: export the transcript of the meeting, not the notes")
	}
	end := len(doc)
	for i, p := range doc[start:] {
		if meetEnd.MatchString(p) || meetNotes.MatchString(p) {
			end = start + i
			break
		}
	}
	m := meet{r: r, d: r.transcript(headway.Call), attendees: attendees(doc[:start])}
	m.heading(doc[:start])
	for i, p := range doc[start:end] {
		m.paragraph(start+i+1, p)
	}
	m.say()
	if end < len(doc) {
		m.aside(end+1, "stands after the transcript's end; no speech", strings.Join(doc[end:], "\n"))
	}
	if len(m.d.Conversation().Turns) == 0 {
		r.batch.Findings = append(r.batch.Findings, m.d.Conversation().Findings...)
		return headway.Errorf(headway.Invalid, "the document holds a machine's summary and no speech: export the transcript of the meeting, not the notes")
	}
	r.keep(m.d)
	return nil
}

// meet is a Google Meet transcript while it is read.
type meet struct {
	r         *reading
	d         *headway.Draft
	attendees map[string]bool
	name      string
	text      []string
	ms        int64
	line      int
}

func (m *meet) heading(before []string) {
	c := m.d.Conversation()
	for _, p := range before {
		if when, ok := writtenDate(p); ok && c.Date.Time.IsZero() {
			c.Date = headway.Date{Time: when, From: headway.DateFromContent}
		}
		if title, ok := strings.CutSuffix(p, " - Transcript"); ok {
			c.Title = title
		}
	}
	if len(before) > 0 {
		m.aside(1, "stands before the transcript: a machine's summary and the list of people; nobody's words", strings.Join(before, "\n"))
	}
}

func (m *meet) aside(line int, what, text string) {
	c := m.d.Conversation()
	c.Findings = append(c.Findings, headway.Finding{Line: line, What: what, Text: text})
}

func (m *meet) paragraph(line int, p string) {
	if meetTime.MatchString(p) {
		m.say()
		m.ms, _, _ = clock(p)
		return
	}
	for part := range strings.SplitSeq(p, "\n") {
		if found := meetTurn.FindStringSubmatch(part); found != nil && m.isName(found[1]) {
			m.say()
			m.name, part = found[1], found[2]
		}
		if len(m.text) == 0 {
			m.line = line
		}
		m.text = append(m.text, part)
	}
}

// isName says whether words before a colon name a speaker: somebody listed,
// or up to four words that each begin like a name.
func (m *meet) isName(s string) bool {
	if m.attendees[s] {
		return true
	}
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 || len(m.attendees) > 0 && len(words) < 2 {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return strings.ToLower(w[:1]) == w[:1] && w[0] < 0x80 && !isDigit(w[0]) && w[0] != '+'
	})
}

func (m *meet) say() {
	turn := m.d.Say(m.name, strings.TrimSpace(strings.Join(m.text, "\n")))
	m.text = nil
	if turn == nil {
		return
	}
	turn.Times = []headway.TimeMark{{MS: m.ms}}
	turn.Lines = []headway.LineMark{{Line: m.line}}
}

// attendees gives the names that Meet lists, one a line or with commas.
func attendees(before []string) map[string]bool {
	names := map[string]bool{}
	at := slices.IndexFunc(before, meetPeople.MatchString)
	if at < 0 {
		return names
	}
	for _, p := range before[at+1:] {
		if strings.EqualFold(p, "transcript") {
			break
		}
		for name := range strings.FieldsFuncSeq(p, func(r rune) bool { return r == ',' || r == '\n' }) {
			names[strings.TrimSpace(name)] = true
		}
	}
	return names
}
