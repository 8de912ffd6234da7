package sqlstore

import (
	"encoding/binary"

	"github.com/headway-oss/headway"
)

// Marks are kept as pairs of signed varints, each the difference to the one
// before: two to four bytes a mark instead of thirty as JSON.

func packTimes(marks []headway.TimeMark) []byte {
	var p packer
	for _, m := range marks {
		p.put(int64(m.Offset), m.MS)
	}
	return p.bytes
}

func packLines(marks []headway.LineMark) []byte {
	var p packer
	for _, m := range marks {
		p.put(int64(m.Offset), int64(m.Line))
	}
	return p.bytes
}

func unpackTimes(data []byte) (marks []headway.TimeMark) {
	for offset, ms := range pairs(data) {
		marks = append(marks, headway.TimeMark{Offset: int(offset), MS: ms})
	}
	return marks
}

func unpackLines(data []byte) (marks []headway.LineMark) {
	for offset, line := range pairs(data) {
		marks = append(marks, headway.LineMark{Offset: int(offset), Line: int(line)})
	}
	return marks
}

type packer struct {
	bytes []byte
	a, b  int64 // the pair before
}

func (p *packer) put(a, b int64) {
	p.bytes = binary.AppendVarint(p.bytes, a-p.a)
	p.bytes = binary.AppendVarint(p.bytes, b-p.b)
	p.a, p.b = a, b
}

func pairs(data []byte) func(yield func(a, b int64) bool) {
	return func(yield func(a, b int64) bool) {
		var a, b int64
		for len(data) > 0 {
			da, n := binary.Varint(data)
			db, m := binary.Varint(data[max(n, 0):])
			if n <= 0 || m <= 0 {
				return // cut off; only a damaged file has this
			}
			a, b, data = a+da, b+db, data[n+m:]
			if !yield(a, b) {
				return
			}
		}
	}
}
