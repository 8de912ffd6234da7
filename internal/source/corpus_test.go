package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/headway-oss/headway"

	"github.com/headway-oss/headway/internal/realdata"
)

// readCorpus reads every Markdown file of a folder of the reference data.
func readCorpus(t *testing.T, o Options, elem ...string) map[string]Batch {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realdata.Path(t, elem...), "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]Batch{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		batch, err := Read(File{Name: filepath.Base(path), Data: data}, o)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
			continue
		}
		checkBatch(t, batch)
		read[path] = batch
	}
	return read
}

func TestEachOf615InterviewsHasOneCustomerAndEveryWord(t *testing.T) {
	read := readCorpus(t, Options{}, "interviews", "transcripts")
	if len(read) != 615 {
		t.Errorf("read %d interviews, want 615", len(read))
	}
	for path, batch := range read {
		c := batch.Conversations[0]
		theirs := 0
		for _, s := range c.Speakers {
			switch {
			case s.Side == headway.Theirs && s.Name == "User":
				theirs++
			case s.Side != headway.Ours || s.Name != "AI" && s.Name != "Assistant":
				t.Errorf("%s: the speaker %q is %s", filepath.Base(path), s.Name, s.Side)
			}
		}
		if theirs != 1 || c.Genre != headway.Interview {
			t.Errorf("%s: %d customers, genre %s", filepath.Base(path), theirs, c.Genre)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		have := kept(batch)
		for _, w := range wordsOf(string(data)) {
			label := w == "User" || w == "AI" || w == "Assistant" // kept once, as the speaker's name
			if have[w]--; have[w] < 0 && !label {
				t.Errorf("%s: the word %q is missing", filepath.Base(path), w)
			}
		}
	}
}

func TestPodcastsKnowTheirGuestsOnceTheHostIsGiven(t *testing.T) {
	read := readCorpus(t, Options{Ours: []string{"Adam Stacoviak", "Jerod Santo"}, Theirs: []string{"*"}}, "podcast", "founderstalk")
	if len(read) < 50 {
		t.Errorf("read %d episodes, want at least 50", len(read))
	}
	for path, batch := range read {
		c := batch.Conversations[0]
		theirs, spoken := map[headway.SpeakerID]bool{}, 0
		for _, s := range c.Speakers {
			theirs[s.ID] = s.Side == headway.Theirs
			if theirs[s.ID] && s.Name == "Break" {
				t.Errorf("%s: the break is taken for a customer", filepath.Base(path))
			}
		}
		for _, turn := range c.Turns {
			if theirs[turn.Speaker] {
				spoken++
			}
		}
		if spoken == 0 || len(c.Turns) < 20 {
			t.Errorf("%s: %d of %d turns are a customer's", filepath.Base(path), spoken, len(c.Turns))
		}
	}
}
