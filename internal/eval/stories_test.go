package eval

import (
	"os"
	"testing"

	"github.com/headway-oss/headway/internal/job"
)

func TestWhatTheCarefulPassReadsIsWhatJobsAreComparedBy(t *testing.T) {
	studies, err := LabelledStories(os.DirFS("data/jobs/stories"), []string{"C"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range studies[:2] {
		if len(s.Episodes) == 0 || len(s.Jobs) != len(s.Episodes) {
			t.Fatalf("%d episodes, %d labelled", len(s.Episodes), len(s.Jobs))
		}
		if g := job.Propose(s.Episodes, nil); !g.Closely {
			t.Error("aims are read, and jobs are compared by kinds alone: the width of one is not that of the other")
		}
	}
	if _, err := LabelledStories(os.DirFS("data/jobs/stories"), []string{"nobody"}); err == nil {
		t.Error("stories of nobody are read")
	}
}
