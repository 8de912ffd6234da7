package flow

import (
	"fmt"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// potter is a talk with an invented potter who says one sentence.
func potter(name, sentence string) source.File {
	return source.File{Name: name + ".txt", Data: []byte("Interviewer: What is hard?\n\n" + name + ": " + sentence + "\n")}
}

// kiln opens a study of potters, each heard attentively and gathered.
func kiln(t *testing.T, potters ...source.File) (*Flow, headway.Study) {
	t.Helper()
	f := openTest(t)
	f.careful = attentive
	s := studyWith(t, f, "minutes")
	bring(t, f, s, potters...)
	return f, s
}

func bring(t *testing.T, f *Flow, s headway.Study, potters ...source.File) {
	t.Helper()
	o := source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"*"}}
	must(f.ImportNow(t.Context(), s.ID, FileList(potters), o, nil))(t)
	for _, work := range []func() error{
		func() error { return f.HearCarefully(t.Context()) },
		func() error { return f.GatherAll(t.Context()) },
	} {
		if err := work(); err != nil {
			t.Fatal(err)
		}
	}
}

// said lists a study's struggles: "2: sentence" for a line of two people.
func said(t *testing.T, f *Flow, s headway.Study) (lines []string, slots mirror.Said) {
	t.Helper()
	m, texts, err := f.Mirror(t.Context(), s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	for _, slot := range m.TheySaid.Slots {
		if slot.Kind == headway.Struggle {
			for _, l := range slot.Lines {
				lines = append(lines, fmt.Sprintf("%d: %s", l.People, texts.Quote(l.Span)))
			}
			return lines, slot
		}
	}
	return nil, mirror.Said{}
}

func wantSaid(t *testing.T, f *Flow, s headway.Study, want ...string) mirror.Said {
	t.Helper()
	lines, slot := said(t, f, s)
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("they said %q, want %q", lines, want)
	}
	return slot
}

func wantSound(t *testing.T, f *Flow) {
	t.Helper()
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches > 0 {
		t.Errorf("does not verify: %q", v.Wrong)
	}
}

func TestWhatTwoPeopleSaidAlikeIsOneLine(t *testing.T) {
	f, s := kiln(t, potter("Ada", "The glaze takes too long to dry."), potter("Ben", "Handles come loose in the post."), potter("Cy", "Our glaze takes far too long to dry."))
	slot := wantSaid(t, f, s, "2: The glaze takes too long to dry.", "1: Handles come loose in the post.")
	if slot.Total != 3 || slot.Things != 2 || slot.People != 3 || len(slot.Lines[0].Same) != 1 || slot.Lines[0].Same[0].Name != "Cy" {
		t.Errorf("%d sentences of %d people in %d lines: %+v", slot.Total, slot.People, slot.Things, slot.Lines)
	}
	wantSound(t, f)
}

func TestASentenceThatIsNotThisLeavesItsLine(t *testing.T) {
	f, s := kiln(t, potter("Ada", "The glaze takes too long to dry."), potter("Cy", "Our glaze takes far too long to dry."))
	slot := wantSaid(t, f, s, "2: The glaze takes too long to dry.")
	if err := f.Mark(t.Context(), headway.Passage{slot.Lines[0].Same[0].Span}, headway.Struggle, headway.Dismissed); err != nil {
		t.Fatal(err)
	}
	if slot := wantSaid(t, f, s, "1: The glaze takes too long to dry."); slot.Total != 1 || slot.People != 1 {
		t.Errorf("it counts still: %+v", slot)
	}
}

func TestGroupsStayWhatTheyWereWhileMoreComes(t *testing.T) {
	f, s := kiln(t, potter("Ada", "The glaze takes too long to dry."), potter("Cy", "Our glaze takes far too long to dry."))
	before := must(f.membership(t.Context()))(t)
	bring(t, f, s, potter("Dee", "Far too long our glaze takes to dry."), potter("Eve", "The glaze takes too long to dry in winter."))
	after := must(f.membership(t.Context()))(t)
	if len(before) != 2 || len(after) != 4 {
		t.Fatalf("%d sentences in groups before, %d after", len(before), len(after))
	}
	for said, group := range before {
		if after[said] != group {
			t.Errorf("%#v moved from %s to %s", said.span, group, after[said])
		}
	}
	wantSaid(t, f, s, "4: Our glaze takes far too long to dry.") // the most typical
}

func TestAGroupOutlivesTheSentenceItHangsOn(t *testing.T) {
	f, s := kiln(t, potter("Ada", "The glaze takes too long to dry."), potter("Cy", "Our glaze takes far too long to dry."), potter("Ben", "Handles come loose in the post."))
	_, slot := said(t, f, s)
	line := slot.Lines[0]
	if err := f.remove(t.Context(), store.ConversationFilter{IDs: []headway.ConversationID{line.Conversation}}); err != nil {
		t.Fatal(err)
	}
	wantSound(t, f)
	wantSaid(t, f, s, "1: Handles come loose in the post.", "1: Our glaze takes far too long to dry.")
	bring(t, f, s, potter("Dee", "Our glaze takes far too long to dry here."))
	if _, slot := said(t, f, s); slot.Lines[0].Group != line.Group || slot.Lines[0].People != 2 {
		t.Errorf("%+v is not in group %s", slot.Lines[0], line.Group)
	}
	wantSound(t, f)
}

func TestAfterARemovalThatWasInterruptedGroupsHangAgain(t *testing.T) {
	f, s := kiln(t, potter("Ada", "The glaze takes too long to dry."), potter("Cy", "Our glaze takes far too long to dry."))
	_, slot := said(t, f, s)
	// The deed is done, and the program killed before it could do more.
	if err := f.apply(t.Context(), headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{slot.Lines[0].Conversation}}); err != nil {
		t.Fatal(err)
	}
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches == 0 {
		t.Fatal("the group hangs on something still")
	}
	if err := f.Rederive(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	wantSound(t, f)
}

func TestBeforeAnythingIsGatheredEverySentenceIsALine(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "minutes")
	o := source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"*"}}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{potter("Ada", "It's frustrating that the glaze takes too long to dry."), potter("Cy", "It's frustrating that our glaze takes too long to dry.")}), o, nil))(t)
	if _, slot := said(t, f, s); slot.Things != 2 {
		t.Fatalf("at once: %+v", slot)
	}
	if err := f.GatherAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, slot := said(t, f, s); slot.Things != 1 || slot.Lines[0].People != 2 {
		t.Errorf("once gathered: %+v", slot)
	}
}
