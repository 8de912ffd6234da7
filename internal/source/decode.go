package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/headway-oss/headway"
)

type encoding int

const (
	utf8Text encoding = iota // or what is no UTF-8 and is read as windows-1252
	utf16LE
	utf16BE
)

// decode gives data as valid UTF-8 with LF line ends and without control
// characters (each becomes a space, so that words stay apart), and says in
// findings what it had to assume. It costs one or two passes over data.
func decode(data []byte) (string, []headway.Finding) {
	var findings []headway.Finding
	switch encodingOf(data) {
	case utf16LE:
		data = fromUTF16(data, binary.LittleEndian)
	case utf16BE:
		data = fromUTF16(data, binary.BigEndian)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		var found headway.Finding
		data, found = from1252(data)
		findings = append(findings, found)
	}
	text, controls := clean(data)
	if controls > 0 {
		findings = append(findings, headway.Finding{What: fmt.Sprintf("control characters, read as spaces: %d", controls)})
	}
	return text, findings
}

// encodingOf tells UTF-16 by its byte order mark or, without one, by the zero
// bytes on one side of nearly every character of a Western text.
func encodingOf(data []byte) encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return utf16LE
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return utf16BE
	}
	head := data[:min(len(data), 4096)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs > 0 && zeros[1]*10 > pairs*7 && zeros[0]*10 < pairs:
		return utf16LE
	case pairs > 0 && zeros[0]*10 > pairs*7 && zeros[1]*10 < pairs:
		return utf16BE
	}
	return utf8Text
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	out := make([]byte, 0, len(data)/2+len(data)/16)
	for len(data) >= 2 {
		r := rune(order.Uint16(data))
		data = data[2:]
		if utf16.IsSurrogate(r) && len(data) >= 2 {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data))); pair != utf8.RuneError {
				r, data = pair, data[2:]
			}
		}
		out = utf8.AppendRune(out, r) // a lone surrogate becomes U+FFFD
	}
	return out
}

// from1252 reads what is no UTF-8 as windows-1252: all of it, or, where most
// of the text is good UTF-8, the bad bytes alone.
func from1252(data []byte) ([]byte, headway.Finding) {
	good, bad, firstBad := 0, 0, -1
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			if firstBad < 0 {
				firstBad = i
			}
			bad++
		} else {
			good++
		}
		i += size
	}
	found := headway.Finding{What: "no UTF-8; read as windows-1252"}
	if good > bad {
		line := 1 + bytes.Count(data[:firstBad], []byte{'\n'})
		found = headway.Finding{Line: line, What: fmt.Sprintf("bytes that are no UTF-8, read as windows-1252: %d", bad)}
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if good > bad && (r != utf8.RuneError || size > 1) {
			out = append(out, data[i:i+size]...)
			i += size
			continue
		}
		out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(data[i]))
		i++
	}
	return out, found
}

// clean makes line ends LF and control characters spaces, and counts the latter.
func clean(data []byte) (text string, controls int) {
	first := firstUnclean(data)
	if first < 0 {
		return string(data), 0
	}
	var out strings.Builder
	out.Grow(len(data))
	out.Write(data[:first])
	for i := first; i < len(data); {
		r, size := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data[i:])
		}
		switch {
		case r == '\r':
			if i+1 < len(data) && data[i+1] == '\n' {
				size = 2
			}
			out.WriteByte('\n')
		case r == '\v', r == '\f', r == '\u0085':
			out.WriteByte('\n')
		case unclean(r):
			out.WriteByte(' ')
			controls++
		default:
			out.Write(data[i : i+size])
		}
		i += size
	}
	return out.String(), controls
}

// firstUnclean gives the first byte that may have to be cleaned: most texts
// have none, and are copied as they are.
func firstUnclean(data []byte) int {
	for i, b := range data {
		if b < 0x20 && b != '\n' && b != '\t' || b == 0x7f || b == 0xc2 && i+1 < len(data) && data[i+1] < 0xa0 {
			return i
		}
	}
	return -1
}

func unclean(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0
}
