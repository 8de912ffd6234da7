package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/flow"
)

func TestTheNameOfAFileThatFailedMovesNoCursor(t *testing.T) {
	var said bytes.Buffer
	p := &program{Streams: Streams{Err: &said}}
	name := "calls.zip/\x1b[2J\x1b]0;owned\x07.vtt"
	err := p.outcome(flow.Progress{Files: 1, Failed: []flow.FileResult{{File: name, Error: "read " + name + ": it is no text"}}}, &fileSet{})
	if err == nil || strings.ContainsAny(said.String(), "\x1b\x07") || !strings.HasSuffix(said.String(), ".vtt: it is no text\n") {
		t.Errorf("said %q, %v", said.String(), err)
	}
}
