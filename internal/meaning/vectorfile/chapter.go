package vectorfile

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/meaning"
)

// A chapter is written as the number of bytes that follow the next number, their
// checksum, the number of its sentences, the checksum of their vectors, the
// conversation's id behind its length (a byte), and a place for each sentence.
// Numbers have four bytes, the lowest first.
const (
	headSize = 4 * 4

	// placeSize is the bytes of a place: start, end, and the text's id behind
	// its length (a byte), filled up with zeros.
	placeSize = 48
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var le = binary.LittleEndian

func appendChapter(dst []byte, c *meaning.Conversation) []byte {
	start := len(dst)
	dst = append(dst, make([]byte, 8)...)
	dst = le.AppendUint32(dst, uint32(len(c.Spans)))
	dst = le.AppendUint32(dst, crc32.Checksum(c.Rows, castagnoli))
	dst = append(dst, byte(len(c.ID)))
	dst = append(dst, c.ID...)
	for _, s := range c.Spans {
		dst = appendPlace(dst, s)
	}
	body := dst[start+8:]
	le.PutUint32(dst[start:], uint32(len(body)))
	le.PutUint32(dst[start+4:], crc32.Checksum(body, castagnoli))
	return dst
}

// readChapter reads the chapter that data begins with, its rows counted from 0
// and its places from data's start. It is not sound where it is torn.
func readChapter(data []byte) (c chapter, size int, vectorSum uint32, sound bool) {
	if len(data) <= headSize {
		return c, 0, 0, false
	}
	size = 8 + int(le.Uint32(data))
	if size <= headSize || size > len(data) || crc32.Checksum(data[8:size], castagnoli) != le.Uint32(data[4:]) {
		return c, 0, 0, false
	}
	idSize := int(data[headSize])
	c.at = headSize + 1 + idSize
	c.end = int(le.Uint32(data[8:]))
	if size != c.at+c.end*placeSize {
		return c, 0, 0, false
	}
	c.id = headway.ConversationID(data[headSize+1 : c.at])
	return c, size, le.Uint32(data[12:]), true
}

func appendPlace(dst []byte, s headway.Span) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, placeSize)...)
	place := dst[at:]
	le.PutUint32(place, uint32(s.Start))
	le.PutUint32(place[4:], uint32(s.End))
	place[8] = byte(copy(place[9:], s.Text))
	return dst
}

func readPlace(place []byte) headway.Span {
	return headway.Span{
		Text:  headway.TextID(place[9 : 9+min(int(place[8]), placeSize-9)]),
		Start: int(le.Uint32(place)),
		End:   int(le.Uint32(place[4:])),
	}
}
