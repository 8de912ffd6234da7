package flow

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/shoes"
	"github.com/headway-oss/headway/internal/source"
)

// The talk is invented.
const bakeryTalk = `Interviewer: What happens when the bread is late?
Customer: I phone Ulrike Sandtner myself, every morning. The shelf is empty when people come in.
Interviewer: Our drivers are never late.
`

const bakeryPage = "The shelf is empty when people come in.\nOur drivers are never late.\nBook a demo today."

func bakery(t *testing.T, guess string) (*Flow, headway.StudyID) {
	t.Helper()
	f := openTest(t)
	study := studyWith(t, f, guess).ID
	must(f.ImportNow(t.Context(), study, FileList([]source.File{{Name: "call.txt", Data: []byte(bakeryTalk)}}), source.Options{}, nil))(t)
	return f, study
}

func TestATextIsHeldAgainstWhatCustomersOfTheStudySaid(t *testing.T) {
	f, study := bakery(t, "the shelf")
	d := must(f.Describe(t.Context(), study, bakeryPage))(t)
	if d.Against != 2 || len(d.Sentences) != 3 {
		t.Fatalf("%d sentences against %d", len(d.Sentences), d.Against)
	}
	first := d.Sentences[0]
	if first.Mark != shoes.Theirs || len(first.Near) == 0 || must(d.Quote(first.Near[0]))(t).String() != "The shelf is empty when people come in." {
		t.Errorf("%q is %q beside %v", first.Words, first.Mark, first.Near)
	}
	if d.Sentences[1].Mark == shoes.Theirs {
		t.Error("what one of us said bears out what we write")
	}
	if len(d.Conversations) != 1 {
		t.Errorf("%d conversations stand beside it", len(d.Conversations))
	}
}

func TestNothingStandsBesideATextWhileTheStudyGuesses(t *testing.T) {
	f := openTest(t)
	study := must(f.OpenStudy(t.Context(), "Bakery", headway.OurCustomers))(t).ID
	must(f.ImportNow(t.Context(), study, FileList([]source.File{{Name: "call.txt", Data: []byte(bakeryTalk)}}), source.Options{}, nil))(t)
	if _, err := f.Describe(t.Context(), study, bakeryPage); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("got %v, want Denied", err)
	}
}

func TestMaskedWordsStandBesideNothing(t *testing.T) {
	f, study := bakery(t, "the shelf")
	text := "I phone Ulrike Sandtner myself, every morning."
	d := must(f.Describe(t.Context(), study, text))(t)
	at := d.Sentences[0].Near[0].Span
	name := headway.Span{Text: at.Text, Start: at.Start + len("I phone "), End: at.Start + len("I phone Ulrike Sandtner")}
	must(f.Mask(t.Context(), ToMask{Span: name, What: "name"}))(t)
	d = must(f.Describe(t.Context(), study, text))(t)
	for _, n := range d.Sentences[0].Near {
		if q := must(d.Quote(n))(t).String(); strings.Contains(q, "Sandtner") {
			t.Errorf("%q stands beside it", q)
		}
	}
}

func TestATextThatCannotBeReadSaysWhy(t *testing.T) {
	f, study := bakery(t, "the shelf")
	for text, why := range map[string]string{
		"":              "holds no words",
		"--- \n # \n 	": "holds no words",
		"Wir liefern das Brot jeden Morgen. Die Kunden sind damit nicht zufrieden.": "not English",
		strings.Repeat("We bake bread here. ", MostDescribed+1):                     "5001 sentences",
	} {
		if _, err := f.Describe(t.Context(), study, text); headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), why) {
			t.Errorf("%.20q: got %v, want %q", text, err, why)
		}
	}
}

func TestASentenceInAnotherLanguageIsNotCounted(t *testing.T) {
	f, study := bakery(t, "the shelf")
	d := must(f.Describe(t.Context(), study, "The shelf is empty when people come in.\n\nWir liefern das Brot jeden Morgen um sechs, und die Kunden sind damit nicht zufrieden."))(t)
	if c := d.Counts(); c.Unread != 1 || c.N() != 1 {
		t.Errorf("%+v", c)
	}
}
