package source

import (
	"html"
	"strings"
)

// markup are the tags that captions use. Others, such as <laughs>, are words.
var markup = fieldSet(`v c i b u s rt rp ruby lang font em strong span br p div ass an`)

// untag takes the tags out of a caption and gives its words in pieces: voiced
// where a <v Name> tag says who speaks, with what the tags of other kinds say
// besides, so that it is not lost. Where a tag is not closed, it is words.
func untag(s string, piece func(voice string, voiced bool, text string)) (lost string) {
	if !strings.ContainsAny(s, "<{&") {
		piece("", false, s)
		return ""
	}
	var out strings.Builder
	voice, voiced := "", false
	flush := func() {
		if text := entities(out.String()); text != "" {
			piece(voice, voiced, text)
		}
		out.Reset()
	}
	for s != "" {
		at := strings.IndexAny(s, "<{")
		if at < 0 {
			break
		}
		out.WriteString(s[:at])
		s = s[at:]
		name, annotation, size := tag(s)
		if size == 0 {
			out.WriteByte(s[0])
			s = s[1:]
			continue
		}
		s = s[size:]
		switch name {
		case "v":
			flush()
			voice, voiced = entities(annotation), true
		case "/v":
			flush()
			voice, voiced = "", false
		case "br", "p", "/p":
			out.WriteByte('\n')
		case "lang", "font", "span", "div", "":
		default:
			lost = strings.TrimSpace(lost + " " + annotation)
		}
	}
	out.WriteString(s)
	flush()
	return lost
}

// maxTag bounds how far the end of a tag is looked for, so that a line of
// nothing but open tags does not cost the square of its length.
const maxTag = 1024

// tag reads a tag at the front of s and gives its size, 0 where there is none:
// "<c.loud>", "</v>", "<v.loud Marta>", "<00:01.500>", "{\an8}". A time has no name.
func tag(s string) (name, annotation string, size int) {
	if strings.HasPrefix(s, "{\\") {
		end := strings.IndexByte(s[:min(len(s), 200)], '}')
		return "", "", end + 1
	}
	end := 1 + strings.IndexAny(s[1:min(len(s), maxTag)], "<>")
	if s[0] != '<' || end < 2 || s[end] != '>' {
		return "", "", 0
	}
	inner := s[1:end]
	if _, rest, ok := clock(inner); ok && blank(rest) {
		return "", "", end + 1
	}
	head, annotation, _ := strings.Cut(inner, " ")
	head, _, _ = strings.Cut(head, ".")
	head = strings.ToLower(head)
	if !markup[strings.Trim(head, "/")] {
		return "", "", 0
	}
	return strings.TrimSuffix(head, "/"), strings.Join(strings.Fields(annotation), " "), end + 1
}

// entities decodes the entities that end in a semicolon, and the four that
// captions write without; "save&notify" stays as it is.
func entities(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var out strings.Builder
	for ; at >= 0; at = strings.IndexByte(s, '&') {
		out.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s[:min(len(s), 32)], ';')
		if next := strings.IndexByte(s[1:min(len(s), 32)], '&'); next >= 0 && next+1 < end {
			end = -1
		}
		if end < 0 {
			end = bareEntity(s)
		}
		if end < 0 {
			out.WriteByte('&')
			s = s[1:]
			continue
		}
		out.WriteString(html.UnescapeString(s[:end+1]))
		s = s[end+1:]
	}
	out.WriteString(s)
	return out.String()
}

// bareEntity gives the last byte of &nbsp, &lt, &gt or &amp without semicolon.
func bareEntity(s string) int {
	for _, name := range []string{"&nbsp", "&lt", "&gt", "&amp"} {
		if strings.HasPrefix(s, name) && (len(s) == len(name) || !isLetter(s[len(name)])) {
			return len(name) - 1
		}
	}
	return -1
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
