package source

import (
	"bytes"
	"strconv"
)

// An operand is what a drawing order works on: a number, a string, a name or a
// list of such (ISO 32000-1, 7.3). Dictionaries are passed over.
type operand struct {
	number float64
	text   string // of a string or name
	isText bool
	list   []operand
}

// drawing cuts a page's content into orders. It is our own, for the library's
// waits for ever where a string is never closed.
type drawing struct {
	data []byte
	at   int
}

// next gives the next order with its operands, and false at the end.
func (d *drawing) next() (op string, args []operand, more bool) {
	for {
		d.space()
		if d.at >= len(d.data) {
			return "", nil, false
		}
		if arg, ok := d.operand(0); ok {
			args = append(args, arg)
			continue
		}
		if op = d.word(); op == "ID" {
			d.image()
			args = nil
			continue
		}
		if op != "" {
			return op, args, true
		}
	}
}

func (d *drawing) space() {
	for d.at < len(d.data) {
		switch c := d.data[d.at]; {
		case isPDFSpace(c):
			d.at++
		case c == '%':
			end := bytes.IndexAny(d.data[d.at:], "\r\n")
			if end < 0 {
				end = len(d.data) - d.at
			}
			d.at += end
		default:
			return
		}
	}
}

func isPDFSpace(c byte) bool { return c <= ' ' }

func isPDFDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// maxListDepth bounds lists within lists.
const maxListDepth = 8

// operand reads what is no order's name; false where one begins, or nothing
// that is known, which is passed over.
func (d *drawing) operand(depth int) (operand, bool) {
	switch c := d.data[d.at]; {
	case c == '(':
		return operand{text: d.literal(), isText: true}, true
	case c == '<' && d.at+1 < len(d.data) && d.data[d.at+1] == '<', c == '>', c == ')', c == ']', c == '{', c == '}':
		d.at++
		return operand{}, false
	case c == '<':
		return operand{text: d.hex(), isText: true}, true
	case c == '/':
		d.at++
		return operand{text: d.word()}, true
	case c == '[' && depth < maxListDepth:
		return operand{list: d.list(depth)}, true
	case c == '[':
		d.at++
		return operand{}, false
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		n, _ := strconv.ParseFloat(d.word(), 64)
		return operand{number: n}, true
	}
	return operand{}, false
}

func (d *drawing) list(depth int) []operand {
	var list []operand
	for d.at++; ; {
		d.space()
		if d.at >= len(d.data) {
			return list
		}
		if d.data[d.at] == ']' {
			d.at++
			return list
		}
		if item, ok := d.operand(depth + 1); ok {
			list = append(list, item)
		} else {
			d.word()
		}
	}
}

// word reads up to a space or delimiter.
func (d *drawing) word() string {
	start := d.at
	for d.at < len(d.data) && !isPDFSpace(d.data[d.at]) && !isPDFDelimiter(d.data[d.at]) {
		d.at++
	}
	return string(d.data[start:d.at])
}

// literal reads "(a string with \( escapes and (balanced) parentheses)".
func (d *drawing) literal() string {
	var out []byte
	depth := 1
	for d.at++; d.at < len(d.data); d.at++ {
		c := d.data[d.at]
		switch c {
		case '\\':
			out = d.escape(out)
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				d.at++
				return string(out)
			}
		}
		out = append(out, c)
	}
	return string(out)
}

// escape reads what stands after a backslash.
func (d *drawing) escape(out []byte) []byte {
	d.at++
	if d.at >= len(d.data) {
		return out
	}
	c := d.data[d.at]
	if letter := bytes.IndexByte([]byte("nrtbf"), c); letter >= 0 {
		return append(out, "\n\r\t\b\f"[letter])
	}
	if c == '\r' && d.at+1 < len(d.data) && d.data[d.at+1] == '\n' {
		d.at++
	}
	if c == '\n' || c == '\r' {
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	code := 0
	for n := 0; n < 3 && d.at < len(d.data) && d.data[d.at] >= '0' && d.data[d.at] <= '7'; n++ {
		code = code*8 + int(d.data[d.at]-'0')
		d.at++
	}
	d.at--
	return append(out, byte(code))
}

// hex reads "<48656c6c6f>".
func (d *drawing) hex() string {
	var out []byte
	high, digits := 0, 0
	for d.at++; d.at < len(d.data); d.at++ {
		c := d.data[d.at]
		if c == '>' {
			d.at++
			break
		}
		n, err := strconv.ParseUint(string(c), 16, 8)
		if err != nil {
			continue
		}
		if digits++; digits%2 == 1 {
			high = int(n)
		} else {
			out = append(out, byte(high<<4|int(n)))
		}
	}
	if digits%2 == 1 {
		out = append(out, byte(high<<4))
	}
	return string(out)
}

// image passes over the bytes of a picture in the content, up to EI.
func (d *drawing) image() {
	for d.at < len(d.data) {
		end := bytes.Index(d.data[d.at:], []byte("EI"))
		if end < 0 {
			d.at = len(d.data)
			return
		}
		d.at += end + 2
		before, after := d.data[d.at-3], byte(' ')
		if d.at < len(d.data) {
			after = d.data[d.at]
		}
		if isPDFSpace(before) && isPDFSpace(after) {
			return
		}
	}
}
