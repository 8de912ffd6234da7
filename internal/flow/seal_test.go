package flow

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

func TestAConversationOfTwoStudiesIsShownOnlyThroughTheOneThatGuessesNoMore(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	sealed := studyWith(t, f, "The count takes minutes instead of hours")
	guessing := must(f.OpenStudy(ctx, "Autumn calls", headway.OurCustomers))(t)
	for _, s := range []headway.StudyID{sealed.ID, guessing.ID} {
		must(f.ImportNow(ctx, s, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	}
	id := must(f.Conversations(ctx, sealed.ID))(t)[0].ID

	if _, _, err := f.Mirror(ctx, sealed.ID, mirror.Choices{}); err != nil {
		t.Errorf("the sealed study's mirror: %v", err)
	}
	for through, shown := range map[headway.StudyID]bool{sealed.ID: true, guessing.ID: false, "": false, "nowhere": false} {
		_, _, err := f.Conversation(ctx, id, through)
		if shown && err != nil {
			t.Errorf("through the study that sealed: %v", err)
		}
		if !shown && (headway.ErrorCode(err) != headway.Denied || !strings.Contains(err.Error(), "Autumn calls")) {
			t.Errorf("through %q: got %v, want denied until Autumn calls is sealed", through, err)
		}
		found, err := f.Search(ctx, Query{Words: "spreadsheet", Through: through})
		if err != nil || len(found.Hits) > 0 != shown {
			t.Errorf("search through %q finds %d places (%v)", through, len(found.Hits), err)
		}
	}
	if err := f.Skip(ctx, guessing.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Conversation(ctx, id, ""); err != nil {
		t.Errorf("once no study guesses: %v", err)
	}
}
