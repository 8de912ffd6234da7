package source

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/headway-oss/headway"
)

// A mimePart is a mail, or one of the parts in it: header lines and a body
// still encoded. It is read by hand rather than by a library because the
// libraries stop at the first broken line, and half of a letter is no letter.
type mimePart struct {
	header map[string][]string // by lower-case name, unfolded
	odd    []string            // lines among the headers that are none
	body   []byte
}

// maxMIMEDepth bounds parts within parts.
const maxMIMEDepth = 12

// parsePart cuts a mail or part into header and body.
func parsePart(raw []byte) mimePart {
	p := mimePart{header: map[string][]string{}}
	last := ""
	for len(raw) > 0 {
		line, rest := cutLine(raw)
		if len(bytes.TrimSpace(line)) == 0 {
			p.body = rest
			return p
		}
		raw = rest
		name, value, isHeader := bytes.Cut(line, []byte(":"))
		switch {
		case (line[0] == ' ' || line[0] == '\t') && last != "" && folds(p.header[last]):
			values := p.header[last]
			values[len(values)-1] += " " + string(bytes.TrimSpace(line))
		case isHeader && isHeaderName(name):
			last = strings.ToLower(string(name))
			p.header[last] = append(p.header[last], string(bytes.TrimSpace(value)))
		default:
			p.odd = append(p.odd, string(line))
		}
	}
	return p
}

// maxHeader bounds one header's value in bytes: joining line after line of more
// would cost the square of their number.
const maxHeader = 64 << 10

// folds says whether another line may go on with the last of some values.
func folds(values []string) bool { return len(values[len(values)-1]) < maxHeader }

// cutLine gives the first line without its end, CRLF or LF, and what follows.
func cutLine(raw []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(raw, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

func isHeaderName(name []byte) bool {
	if len(name) == 0 || len(name) > 76 {
		return false
	}
	for _, b := range name {
		if b <= ' ' || b >= 0x7f {
			return false
		}
	}
	return true
}

// get gives a header's words, decoded.
func (p *mimePart) get(name string) string {
	if values := p.header[name]; len(values) > 0 {
		return decodeHeader(values[0])
	}
	return ""
}

var headerWords = mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) {
	return charset.NewReaderLabel(label, in)
}}

func decodeHeader(value string) string {
	if decoded, err := headerWords.DecodeHeader(value); err == nil {
		value = decoded
	}
	text, _ := decode([]byte(value))
	return strings.TrimSpace(text)
}

// contentType gives the part's media type in lower case and its parameters.
func (p *mimePart) contentType() (string, map[string]string) {
	value := "text/plain"
	if values := p.header["content-type"]; len(values) > 0 {
		value = values[0]
	}
	kind, params, err := mime.ParseMediaType(value)
	if err != nil && kind == "" {
		kind, _, _ = strings.Cut(strings.ToLower(value), ";")
	}
	if params == nil {
		params = map[string]string{}
	}
	return strings.TrimSpace(kind), params
}

// fileName gives the name of an attachment, and whether the part is one.
func (p *mimePart) fileName() (string, bool) {
	disposition := ""
	if values := p.header["content-disposition"]; len(values) > 0 {
		disposition = values[0]
	}
	kind, params, _ := mime.ParseMediaType(disposition)
	_, typeParams := p.contentType()
	name := params["filename"]
	if name == "" {
		name = typeParams["name"]
	}
	return decodeHeader(name), kind == "attachment" || name != ""
}

// parts cuts a multipart body at its boundary; a missing last boundary ends at
// the body's end. What stands before the first is for readers without MIME.
func (p *mimePart) parts() []mimePart {
	_, params := p.contentType()
	boundary := []byte("--" + params["boundary"])
	if len(boundary) == 2 {
		return nil
	}
	var parts []mimePart
	start := -1
	for at := 0; at < len(p.body); {
		line, rest := cutLine(p.body[at:])
		next := len(p.body) - len(rest)
		if ends, is := boundaryLine(line, boundary); is {
			if start >= 0 {
				parts = append(parts, parsePart(p.body[start:at]))
			}
			start = next
			if ends {
				return parts
			}
		}
		at = next
	}
	if start >= 0 {
		parts = append(parts, parsePart(p.body[start:]))
	}
	return parts
}

// boundaryLine says whether a line parts a body, and whether it is the last to
// do so. White space may follow; anything else is the longer boundary of a
// multipart inside.
func boundaryLine(line, boundary []byte) (ends, is bool) {
	rest, is := bytes.CutPrefix(line, boundary)
	if !is {
		return false, false
	}
	rest, ends = bytes.CutPrefix(rest, []byte("--"))
	return ends, len(bytes.TrimSpace(rest)) == 0
}

// letter is what a mail's parts hold for a reader.
type letter struct {
	text     string
	findings []headway.Finding
}

// read gives the words of a part: of alternatives the plain one, of a mixture
// all, of HTML the text. Attachments are named.
func (p *mimePart) read(depth int) letter {
	kind, params := p.contentType()
	switch {
	case depth > maxMIMEDepth:
		return letter{findings: []headway.Finding{{What: "parts within parts within parts; left the innermost out", Text: string(bytes.ToValidUTF8(p.body, nil))}}}
	case strings.HasPrefix(kind, "multipart/"):
		parts := p.parts()
		if len(parts) == 0 {
			return p.asText("text/plain", params, "the parts have no boundary; read them as one text")
		}
		if kind == "multipart/alternative" {
			return bestOf(parts, depth)
		}
		return allOf(parts, depth)
	case kind == "message/rfc822":
		return attachedMail(p, depth)
	}
	if name, attached := p.fileName(); attached || !strings.HasPrefix(kind, "text/") {
		return letter{findings: []headway.Finding{{What: fmt.Sprintf("attachment %q (%s) is not read; give it on its own if it holds words", name, kind)}}}
	}
	return p.asText(kind, params, "")
}

// bestOf gives the plain text of alternatives, else the first with words.
func bestOf(parts []mimePart, depth int) letter {
	var best letter
	for _, part := range parts {
		read := part.read(depth + 1)
		kind, _ := part.contentType()
		if strings.TrimSpace(best.text) == "" || kind == "text/plain" && strings.TrimSpace(read.text) != "" {
			best.text = read.text
		}
		best.findings = append(best.findings, read.findings...)
	}
	return best
}

func allOf(parts []mimePart, depth int) letter {
	var all letter
	var texts []string
	for _, part := range parts {
		read := part.read(depth + 1)
		if strings.TrimSpace(read.text) != "" {
			texts = append(texts, read.text)
		}
		all.findings = append(all.findings, read.findings...)
	}
	all.text = strings.Join(texts, "\n")
	return all
}

// attachedMail keeps a mail attached to another for a finding: it is another
// conversation, and who gave it did not say it.
func attachedMail(p *mimePart, depth int) letter {
	inner := parsePart(p.body)
	read := inner.read(depth + 1)
	what := fmt.Sprintf("a mail by %s is attached; kept its words here", inner.get("from"))
	return letter{findings: append(read.findings, headway.Finding{What: what, Text: strings.TrimSpace(read.text)})}
}

// asText decodes a text part.
func (p *mimePart) asText(kind string, params map[string]string, what string) letter {
	var out letter
	data, complaint := p.transferred()
	text, assumed := fromCharset(data, params["charset"])
	for _, w := range []string{what, complaint, assumed} {
		if w != "" {
			out.findings = append(out.findings, headway.Finding{What: w})
		}
	}
	if kind == "text/html" {
		text = htmlMailText(text)
	}
	if strings.EqualFold(params["format"], "flowed") {
		text = unflow(text)
	}
	out.text = text
	return out
}

// transferred undoes the transfer encoding. Where that breaks off, the rest is
// kept as it is written.
func (p *mimePart) transferred() (data []byte, complaint string) {
	encoding := ""
	if values := p.header["content-transfer-encoding"]; len(values) > 0 {
		encoding = strings.ToLower(strings.TrimSpace(values[0]))
	}
	switch encoding {
	case "quoted-printable":
		in := bytes.NewReader(p.body)
		decoded, err := io.ReadAll(quotedprintable.NewReader(in))
		if err != nil {
			return p.body, "the quoted-printable encoding is broken; kept the words as they are written"
		}
		return decoded, ""
	case "base64":
		packed := bytes.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, p.body)
		decoded, err := base64.StdEncoding.DecodeString(string(packed))
		if err != nil {
			if decoded, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(string(packed), "=")); err == nil {
				return decoded, ""
			}
			return p.body, "the base64 encoding is broken; kept the text as it is written"
		}
		return decoded, ""
	}
	return p.body, ""
}

// fromCharset decodes by the charset that the mail names, unless the bytes
// show it to be wrong.
func fromCharset(data []byte, label string) (text, assumed string) {
	label = strings.ToLower(strings.TrimSpace(label))
	encoding, name := charset.Lookup(label)
	switch {
	case utf8.Valid(data) && hasHighBytes(data):
		if encoding != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
			assumed = fmt.Sprintf("says it is %s, but is UTF-8; read it as that", label)
		}
	case encoding != nil && name != "utf-8" && name != "replacement":
		if decoded, err := encoding.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	case !utf8.Valid(data):
		assumed = fmt.Sprintf("the characters are not those of %q; read them as windows-1252", label)
	}
	text, _ = decode(data)
	return text, assumed
}

func hasHighBytes(data []byte) bool {
	return bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
}

// unflow joins the lines that format=flowed breaks (RFC 3676): those that end
// in a space, quotes and the signature mark aside.
func unflow(text string) string {
	var out strings.Builder
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		out.WriteString(strings.TrimPrefix(line, " "))
		if i+1 == len(lines) {
			break
		}
		soft := strings.HasSuffix(line, " ") && line != "-- " && !strings.HasPrefix(line, ">") && !strings.HasPrefix(lines[i+1], ">") && lines[i+1] != "-- "
		if !soft {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// senderOf reads who a mail is from. A name that is only the address again is none.
func senderOf(value string) (name, email string) {
	parser := mail.AddressParser{WordDecoder: &headerWords}
	if list, err := parser.ParseList(value); err == nil && len(list) > 0 {
		name, email = list[0].Name, list[0].Address
	} else {
		name, email = looseAddress(decodeHeader(value))
	}
	name, _ = decode([]byte(strings.Trim(strings.TrimSpace(name), `"'`)))
	email = strings.ToLower(strings.ToValidUTF8(email, ""))
	if strings.EqualFold(name, email) {
		name = ""
	}
	return name, email
}

// looseAddress reads "Anna Berg <anna@berg.example>", "anna@berg.example" and
// what Outlook writes: "Anna Berg [mailto:anna@berg.example]".
func looseAddress(value string) (name, email string) {
	value = strings.NewReplacer("[mailto:", "<", "]", ">", "[", "<").Replace(value)
	if before, after, found := strings.Cut(value, "<"); found {
		email, _, _ = strings.Cut(after, ">")
		name = before
	} else if strings.Contains(value, "@") && !strings.Contains(strings.TrimSpace(value), " ") {
		email = value
	} else {
		name = value
	}
	email = strings.TrimSpace(email)
	if !pageOrMail.MatchString(email) {
		email = ""
	}
	return strings.Trim(strings.TrimSpace(name), `"',;`), email
}
