package mask

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/realdata"
)

// TestHowMuchIsSuggestedInRealInterviews counts, and with -v shows what is found:
// these were cleaned of names before they were published, so what is found is
// mostly wrong, and there is little of it.
func TestHowMuchIsSuggestedInRealInterviews(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(realdata.Path(t, "interviews", "transcripts"), "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no interviews", err)
	}
	count, some := map[What]int{}, 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := headway.NewDraft(name)
		d.Say("Participant", string(data))
		c := d.Conversation()
		all := Suggest(c)
		if len(all) > 0 {
			some++
		}
		for _, s := range all {
			count[s.What]++
			quote, err := c.Turns[0].Text.Cut(s.Span)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			t.Logf("%s %s %q: %s", filepath.Base(name), s.What, quote, s.Why)
		}
	}
	t.Logf("%d interviews, %d with suggestions: %v", len(files), some, count)
	if some*4 > len(files) {
		t.Errorf("something is suggested in %d of %d interviews that were cleaned of names", some, len(files))
	}
}
