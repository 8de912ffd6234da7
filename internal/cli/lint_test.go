package cli

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// The statement is invented.
const hisHorse = "When the farrier is late, help me keep my horse’s hooves sound, so that she walks home."

func TestAFileOfStatementsIsReadWhateverItsEncoding(t *testing.T) {
	points := utf16.Encode([]rune("\ufeff" + hisHorse + "\r\n"))
	for name, order := range map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
		var file []byte
		for _, point := range points {
			file = order.AppendUint16(file, point)
		}
		if status, out, complaint := lintFile(file); status != allDone || !strings.HasPrefix(out, hisHorse+"\n") {
			t.Errorf("UTF-16, %s end first: status %d, %q, %q", name, status, out, complaint)
		}
	}
}

func TestAFileThatIsNoTextIsNotLinted(t *testing.T) {
	file := bytes.Repeat([]byte("\x00\x01 a hoof\x02\x1b\n"), 100)
	status, out, complaint := lintFile(file)
	if status != nothingDone || out != "" || !strings.Contains(complaint, "it is no text, whatever its name says, refused: give the words") {
		t.Errorf("status %d, %q, %q", status, out, complaint)
	}
}

func lintFile(file []byte) (status int, out, complaint string) {
	var o, e bytes.Buffer
	status = Main(context.Background(), []string{"lint", "--file", "-"}, Streams{In: bytes.NewReader(file), Out: &o, Err: &e})
	return status, o.String(), e.String()
}
