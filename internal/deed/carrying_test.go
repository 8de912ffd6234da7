package deed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// spoken is a turn with its times and lines.
func spoken() headway.Turn {
	text := headway.FirstText("t", counting)
	return headway.Turn{
		ID: "t", Speaker: "olga", Text: text, EndMS: 16_500,
		Times: []headway.TimeMark{{Offset: 0, MS: 10_000}, {Offset: 27, MS: 13_000}},
		Lines: []headway.LineMark{{Offset: 0, Line: 7}, {Offset: 27, Line: 8}},
	}
}

func TestTimesAndLinesStayWithTheirWords(t *testing.T) {
	turn := spoken()
	c, words, err := deed.Editing(turn.Text, []deed.Edit{{Start: 0, End: 2, Words: "All of us"}})
	if err != nil {
		t.Fatal(err)
	}
	got := deed.Carry(c, []headway.Turn{turn}, []headway.TextVersion{words})
	want := turn
	want.Text = words
	want.Times = []headway.TimeMark{{Offset: 0, MS: 10_000}, {Offset: 34, MS: 13_000}}
	want.Lines = []headway.LineMark{{Offset: 0, Line: 7}, {Offset: 34, Line: 8}}
	if diff := cmp.Diff([]headway.Turn{want}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheSecondHalfOfATurnBeginsWhenItsFirstWordWasSpoken(t *testing.T) {
	turn := spoken()
	c, parts, err := deed.Splitting(turn.Text, 18) // before "by hand"
	if err != nil {
		t.Fatal(err)
	}
	got := deed.Carry(c, []headway.Turn{turn}, parts)
	want := []headway.Turn{
		{ID: "t", Speaker: "olga", Text: parts[0], EndMS: 12_111, Times: []headway.TimeMark{{MS: 10_000}}, Lines: []headway.LineMark{{Line: 7}}},
		{ID: parts[1].ID.Turn(), Speaker: "olga", Text: parts[1], EndMS: 16_500,
			Times: []headway.TimeMark{{MS: 12_111}, {Offset: 8, MS: 13_000}}, Lines: []headway.LineMark{{Line: 7}, {Offset: 8, Line: 8}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back, whole := deed.Joining(parts[0], parts[1])
	joined := deed.Carry(back, got, []headway.TextVersion{whole})[0]
	if started, _ := joined.Started(); started != 10_000 || joined.EndMS != 16_500 || len(joined.Times) != 3 {
		t.Errorf("joined again it is %+v", joined)
	}
}
