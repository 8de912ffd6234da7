package source

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"

	"github.com/headway-oss/headway/internal/realdata"
)

var anyTag = regexp.MustCompile(`<[^>]*>`)

// The suite of vtt.js says of 151 files what a player shows of them. A player
// may drop the rest; we may not.
func TestEveryWordOfTheWebVTTSuiteIsKept(t *testing.T) {
	root := realdata.Path(t, "formats", "vttjs-tests", "tests")
	files, compared := 0, 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".vtt" {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		batch, readErr := Read(File{Name: name, Data: data}, Options{})
		checkBatch(t, batch)
		words := kept(batch)
		for _, w := range payloadWords(string(data)) {
			if readErr != nil {
				t.Errorf("%s: refused (%v) although it says %q", name, readErr, w)
				break
			}
			if words[w] == 0 {
				t.Errorf("%s: the payload's word %q is nowhere", name, w)
			}
		}
		expected, ok := expectedCues(t, strings.TrimSuffix(path, ".vtt")+".json")
		if !ok {
			return nil
		}
		compared++
		spoken := inTurns(batch)
		for _, cue := range expected {
			for _, w := range wordsOf(entities(anyTag.ReplaceAllString(cue, " "))) {
				// Each is taken out, so that a word said twice must stand there twice.
				if spoken[w]--; spoken[w] < 0 {
					t.Errorf("%s: the cue's word %q is in no turn", name, w)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files != 267 || compared != 151 {
		t.Errorf("read %d files and compared %d, want 267 and 151", files, compared)
	}
}

// expectedCues reads the suite's own parse of a file, where there is one.
func expectedCues(t *testing.T, path string) (texts []string, ok bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	var parse struct{ Cues []struct{ Text string } }
	if err := json.Unmarshal(data, &parse); err != nil {
		t.Errorf("%s: %v", path, err)
		return nil, false
	}
	for _, c := range parse.Cues {
		texts = append(texts, c.Text)
	}
	return texts, true
}

// payloadWords reads, naively and independent of the importer, every line
// behind a line with an arrow up to the next blank one or the next arrow.
func payloadWords(text string) []string {
	var words []string
	payload := false
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)) {
		switch {
		case strings.TrimSpace(line) == "":
			payload = false
		case strings.Contains(line, "-->"):
			payload = true
		case payload:
			words = append(words, wordsOf(entities(anyTag.ReplaceAllString(line, " ")))...)
		}
	}
	return words
}

func inTurns(b Batch) map[string]int {
	words := map[string]int{}
	for _, c := range b.Conversations {
		for _, turn := range c.Turns {
			for _, w := range wordsOf(turn.Text.Text) {
				words[w]++
			}
		}
	}
	return words
}

// Specimens seen in use, pinned as counts and the digest of what was said.
func TestSharedSpecimensReadAsBefore(t *testing.T) {
	root := realdata.Path(t, "formats")
	var got strings.Builder
	for _, pattern := range []string{"zoom/*", "youtube/*", "astisub-testdata/*"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, path := range files {
			name, _ := filepath.Rel(root, path)
			if filepath.Base(name) == "LICENSE" {
				continue
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			batch, err := Read(File{Name: filepath.Base(name), Data: data}, Options{})
			checkBatch(t, batch)
			fmt.Fprintf(&got, "%s: %s\n", filepath.ToSlash(name), pin(batch, err))
		}
	}
	compareGolden(t, "testdata/specimens.golden", got.String())
}

// pin gives what a batch holds in one line, without its words.
func pin(b Batch, err error) string {
	if err != nil {
		return fmt.Sprintf("%s, %v", headway.ErrorCode(err), err)
	}
	speakers, turns, findings := 0, 0, len(b.Findings)
	var texts []string
	for _, c := range b.Conversations {
		speakers += len(c.Speakers)
		turns += len(c.Turns)
		findings += len(c.Findings)
		for _, turn := range c.Turns {
			texts = append(texts, turn.Text.Text)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(texts, "\n")))
	return fmt.Sprintf("%s, %d conversations, %d speakers, %d turns, %d findings, sha256 %s",
		b.Format, len(b.Conversations), speakers, turns, findings, hex.EncodeToString(sum[:]))
}

func TestRollingCaptionsAreSaidOnce(t *testing.T) {
	path := filepath.Join(realdata.Path(t, "formats", "youtube"), "rolling-auto-captions.vtt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := Read(File{Name: "captions", Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "hello there everyone. welcome to the show!"
	if diff := cmp.Diff(want, batch.Conversations[0].Turns[0].Text.Text); diff != "" {
		t.Error(diff)
	}
}
