package source

import (
	"regexp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// A passage is a piece of a mail: its writer's own words, or what they quote.
type passage struct {
	quoted bool
	author string // of a quote, as the line above it names them; "" where none does
	text   string
}

// splitMail cuts a mail's text into passages and puts signatures, disclaimers
// and banners, which nobody says to anybody, into findings.
func splitMail(text string) ([]passage, []headway.Finding) {
	s := splitting{lines: strings.Split(text, "\n")}
	for s.at < len(s.lines) {
		s.step()
	}
	s.flush()
	return s.passages, s.findings
}

// splitting is a mail's text while it is cut.
type splitting struct {
	lines    []string
	at       int
	own      []string
	author   string // whom the last line above a quote named
	passages []passage
	findings []headway.Finding
}

func (s *splitting) step() {
	line := s.lines[s.at]
	switch {
	case isQuoted(line):
		s.quote()
	case isOriginalMark(line):
		s.original(1)
	case s.isHeaderBlock():
		s.original(0)
	case s.attribution() > 0:
		s.attributed(s.attribution())
	case line == "-- " || line == "--":
		s.signature()
	case len(line) <= 120 && sentFrom.MatchString(strings.TrimSpace(line)):
		s.find("a signature is no speech", line)
		s.at++
	default:
		s.own = append(s.own, line)
		s.at++
	}
}

func isQuoted(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), ">") }

// quote takes the lines that begin with ">".
func (s *splitting) quote() {
	s.flush()
	var lines []string
	for ; s.at < len(s.lines) && (isQuoted(s.lines[s.at]) || s.gap()); s.at++ {
		line := strings.TrimPrefix(strings.TrimLeft(s.lines[s.at], " "), ">")
		lines = append(lines, strings.TrimPrefix(line, " "))
	}
	s.add(passage{quoted: true, author: s.author, text: strings.TrimSpace(strings.Join(lines, "\n"))})
}

// gap says whether the line is an empty one between two quoted ones.
func (s *splitting) gap() bool {
	return strings.TrimSpace(s.lines[s.at]) == "" && s.at+1 < len(s.lines) && isQuoted(s.lines[s.at+1])
}

var (
	// originalMark stands above a whole mail: everything below is quoted.
	originalMark = regexp.MustCompile(`(?i)^\s*(?:-{2,}|_{2,})\s*(?:original message|original appointment|forwarded message|forwarded by .*|ursprüngliche nachricht|weitergeleitete nachricht|originalnachricht|message d'origine|message d’origine|message original|message transféré|mensaje original|mensaje reenviado|oorspronkelijk bericht|doorgestuurd bericht|sākotnējā? ziņojum[sa]|pārsūtīts? ziņojums?|messaggio originale|mensagem original)\s*(?:-{2,}|_{2,})?\s*$|^begin forwarded message:\s*$`)
	fromLine     = regexp.MustCompile(`(?i)^[\s*]*(?:from|von|de|van|no|da|od)\s*:[\s*]*(\S.*)$`)
	otherLine    = regexp.MustCompile(`(?i)^[\s*]*(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|fecha|para|asunto|verzonden|aan|onderwerp|nosūtīts|datums|kam|tēma|temats|reply-to)\s*:`)
	// wrote ends the line above a quote; the writer's name stands in it.
	wrote    = regexp.MustCompile(`(?i)(?:\bwrote|\bschrieb\b[^:]{0,160}|\ba écrit|\bescribió|\bschreef\b[^:]{0,160}|\brakstīja\b[^:]{0,160}|\bha scritto|\bescreveu|\bnapisał\(?a?\)?)\s*:\s*$`)
	sentFrom = regexp.MustCompile(`(?i)^(?:sent from my |sent from (?:outlook|mail|yahoo|proton)|get outlook for |von meinem .{1,40} gesendet|gesendet (?:mit|von) |envoyé (?:de|depuis) mon |télécharger outlook|enviado desde mi |obtener outlook|verstuurd vanaf mijn |outlook voor .{1,20} downloaden|sūtīts no |nosūtīts no mana |inviato da )`)
)

// isOriginalMark looks at a line's first character before it asks the pattern;
// mailboxes are long and few lines are marks.
func isOriginalMark(line string) bool {
	line = strings.TrimLeft(line, " ")
	return line != "" && strings.IndexByte("-_Bb", line[0]) >= 0 && originalMark.MatchString(line)
}

const aboveQuote = "names whose words are quoted below; no speech"

// original takes a whole mail below, skip lines from here, as quoted.
func (s *splitting) original(skip int) {
	s.flush()
	above := s.lines[s.at : s.at+skip]
	s.at += skip
	author, lines := "", s.lines[s.at:]
	for i, line := range lines[:min(len(lines), 12)] {
		if m := fromLine.FindStringSubmatch(line); m != nil && author == "" {
			author = strings.Trim(m[1], "* ")
		}
		if strings.TrimSpace(line) == "" && author != "" {
			above = append(slices.Clip(above), lines[:i]...)
			lines = lines[i:]
			break
		}
	}
	s.find(aboveQuote, strings.Join(above, "\n"))
	s.add(passage{quoted: true, author: author, text: strings.TrimSpace(strings.Join(withoutMarks(lines), "\n"))})
	s.at = len(s.lines)
}

// withoutMarks takes one ">" off each line, where the whole of them has it.
func withoutMarks(lines []string) []string {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" && !isQuoted(line) {
			return lines
		}
	}
	bare := make([]string, len(lines))
	for i, line := range lines {
		bare[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(line, " "), ">"), " ")
	}
	return bare
}

// isHeaderBlock says whether Outlook's "From: ... Sent: ... To: ..." begins here.
func (s *splitting) isHeaderBlock() bool {
	line := s.lines[s.at]
	if colon := strings.IndexByte(line, ':'); colon < 2 || colon > 10 || !fromLine.MatchString(line) {
		return false
	}
	others := 0
	for _, line := range s.lines[s.at+1 : min(len(s.lines), s.at+6)] {
		if otherLine.MatchString(line) {
			others++
		}
	}
	return others >= 2
}

// attribution gives how many lines from here are "On Monday Anna wrote:", and
// 0 where none is: one to three lines, with a quote below.
func (s *splitting) attribution() int {
	joined := ""
	for n := 1; n <= 3 && s.at+n <= len(s.lines); n++ {
		line := strings.TrimSpace(s.lines[s.at+n-1])
		if line == "" || isQuoted(line) {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + line)
		if len(joined) > 400 {
			return 0
		}
		if strings.HasSuffix(line, ":") && wrote.MatchString(joined) && (attributedTo.MatchString(joined) || s.quotedBelow(n)) {
			return n
		}
	}
	return 0
}

// attributedTo knows the line above a quote by the date or address in it.
var attributedTo = regexp.MustCompile(`(?i)^(?:on|am|le|el|op|den|il|em|dnia|gad|\d).*(?:\d{4}|\d{1,2}:\d{2}|@).*$|<[^<>\s]+@[^<>\s]+>`)

func (s *splitting) quotedBelow(n int) bool {
	for _, line := range s.lines[min(len(s.lines), s.at+n):] {
		if strings.TrimSpace(line) != "" {
			return isQuoted(line)
		}
	}
	return false
}

// attributed takes the quote below its attribution: the marked lines, or all
// that follows where nothing is marked.
func (s *splitting) attributed(n int) {
	s.flush()
	above := strings.Join(s.lines[s.at:s.at+n], " ")
	s.author = authorOf(above)
	s.find(aboveQuote, above)
	s.at += n
	for s.at < len(s.lines) && strings.TrimSpace(s.lines[s.at]) == "" {
		s.at++
	}
	if s.at < len(s.lines) && isQuoted(s.lines[s.at]) {
		s.quote()
		return
	}
	s.add(passage{quoted: true, author: s.author, text: strings.TrimSpace(strings.Join(s.lines[s.at:], "\n"))})
	s.at = len(s.lines)
}

var (
	verbWrote  = regexp.MustCompile(`(?i)\s*,?\s*\b(?:wrote|a écrit|escribió|ha scritto|escreveu|napisał\(?a?\)?)\s*:\s*$`)
	verbMiddle = regexp.MustCompile(`(?i)\b(?:schrieb|schreef|rakstīja)\b\s*(.*?)\s*:\s*$`)
	beforeName = regexp.MustCompile(`(?i)^.*?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?(?:\s+(?-i:\(?(?:UTC|GMT|[A-Z]{1,3}[SD]?T)\)?|[+-]\d{4}))*|\b\d{4})\s*(?:[,.]|\bum\b|\bby\b)?\s*`)
)

// authorOf gives whom an attribution names: "On 3 May 2026 at 10:12, Anna Berg
// <anna@berg.example> wrote:" is Anna Berg <anna@berg.example>.
func authorOf(attribution string) string {
	if m := verbMiddle.FindStringSubmatch(attribution); m != nil && m[1] != "" {
		return strings.Trim(m[1], " ,")
	}
	name := verbWrote.ReplaceAllString(attribution, "")
	name = verbMiddle.ReplaceAllString(name, "")
	for {
		cut := beforeName.FindString(name)
		if cut == "" || len(cut) == len(name) {
			break
		}
		name = name[len(cut):]
	}
	name = strings.Trim(name, " ,;")
	if len(name) > 120 || strings.Count(name, " ") > 8 {
		return ""
	}
	return name
}

// signature takes what stands below "-- ", up to a quote.
func (s *splitting) signature() {
	start := s.at
	for s.at++; s.at < len(s.lines); s.at++ {
		line := s.lines[s.at]
		if isQuoted(line) || isOriginalMark(line) || s.isHeaderBlock() || s.attribution() > 0 {
			break
		}
	}
	s.find("a signature is no speech", strings.Join(s.lines[start:s.at], "\n"))
}

var (
	disclaimer = regexp.MustCompile(`(?is)\b(?:this (?:e-?mail|message|communication)|the (?:information|contents) (?:contained )?in this|diese (?:e-?mail|nachricht)|ce (?:message|courriel|mail)|este (?:mensaje|correo)|dit (?:e-mail)?bericht|deze e-mail|šis e-pasts|šī e-pasta)\b.{0,200}(?:confidential|privileged|intended (?:only|solely)|vertraulich|confidentiel|confidencial|vertrouwelijk|konfidenciāl)`)
	banner     = regexp.MustCompile(`(?is)^\W*(?:caution|warning|external)\b.{0,60}(?:originated (?:from )?outside|external (?:sender|email)|from outside)|^diese e-mail (?:stammt|kommt) von (?:außerhalb|extern)`)
)

// secrecy are the words without which no paragraph is a disclaimer.
var secrecy = []string{"onfident", "onfidenc", "rivileged", "intended", "ertraulich", "ertrouwelijk", "ONFIDEN", "RIVILEGED", "ERTRAULICH"}

func isDisclaimer(paragraph string) bool {
	holds := slices.ContainsFunc(secrecy, func(word string) bool { return strings.Contains(paragraph, word) })
	return holds && disclaimer.MatchString(paragraph)
}

// ruledOff is the line that mail programs draw above a quote.
var ruledOff = regexp.MustCompile(`\s*(?:\n|^)[_-]{5,}\s*$`)

// flush ends the writer's own words gathered so far.
func (s *splitting) flush() {
	var kept []string
	for paragraph := range strings.SplitSeq(strings.Join(s.own, "\n"), "\n\n") {
		switch {
		case isDisclaimer(paragraph):
			s.find("a disclaimer is no speech", paragraph)
		case len(paragraph) < 500 && banner.MatchString(paragraph):
			s.find("a banner of the mail system is no speech", paragraph)
		default:
			kept = append(kept, paragraph)
		}
	}
	s.own = nil
	s.add(passage{text: strings.TrimSpace(ruledOff.ReplaceAllString(strings.Join(kept, "\n\n"), ""))})
}

func (s *splitting) add(p passage) {
	if p.text != "" {
		s.passages = append(s.passages, p)
	}
}

func (s *splitting) find(what, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	s.findings = append(s.findings, headway.Finding{What: what, Text: strings.TrimSpace(text)})
}
