package shoes

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// The sentences are invented: what customers of a bakery's delivery said.

var turns = []string{
	"We open at six, and the bread comes at seven. I have people at the door and an empty shelf.",
	"I phone the driver myself. Every morning, for two years!",
	"[erased]",
	"I was afraid nobody would tell us when it is late.",
}

func heardBakery() *Said {
	said := NewSaid()
	for i, words := range turns {
		said.Add(headway.TextVersion{ID: headway.TextID(strings.Repeat("t", i+1)), Text: words}, nil)
	}
	return said
}

func read(text string) Reading {
	parts := Cut(text)
	return Read(parts, make([]Heard, len(parts)), heardBakery())
}

func TestASentenceOfACustomerWordForWordIsTheirWords(t *testing.T) {
	s := read("I phone the driver myself.").Sentences[0]
	if s.Mark != Theirs || len(s.Near) == 0 || s.Near[0].Span != (headway.Span{Text: "tt", Start: 0, End: 26}) || s.Near[0].Nearness < .95 {
		t.Errorf("got %q with %v beside it", s.Mark, s.Near)
	}
	if diff := cmp.Diff([]Reason{{Code: CloseTo}}, s.Why); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAsksTheReaderAndNamesUsIsOurs(t *testing.T) {
	r := read("Book a free demo of our platform today.\n- Stage 2: Conversion of qualified leads\n- Our award-winning dashboard includes real-time integrations.")
	for _, s := range r.Sentences {
		if s.Mark != Ours {
			t.Errorf("%q is %q", s.Words, s.Mark)
		}
	}
	want := []Reason{{NamesUs, []string{"our"}}, {TellsOffer, []string{"free", "demo", "platform"}}, {AsksReader, []string{"book"}}}
	want[1].Words = []string{"demo", "free", "platform"}
	if diff := cmp.Diff(want, r.Sentences[0].Why); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsClaimedOfAllAndSaidByNoneIsUnsupported(t *testing.T) {
	r := read("Customers love innovation and want to be delighted by a modern brand. Everyone prefers an app for everything.")
	for _, s := range r.Sentences {
		if s.Mark != Unsupported || s.Why[len(s.Why)-1].Code != NobodySaid {
			t.Errorf("%q is %q for %v", s.Words, s.Mark, s.Why)
		}
	}
}

func TestNothingIsTheirWordsWhereNobodySaidAnything(t *testing.T) {
	parts := Cut("The shelf was empty when the doors opened. She phoned the driver every morning.")
	r := Read(parts, make([]Heard, len(parts)), NewSaid())
	if c := r.Counts(); c.Theirs != 0 || c.N() != 2 || r.Against != 0 {
		t.Errorf("%+v of %d against %d", c, c.N(), r.Against)
	}
}

func TestErasedWordsStandBesideNothing(t *testing.T) {
	if n := heardBakery().Len(); n != 5 {
		t.Errorf("%d sentences were said, want 5", n)
	}
	for _, s := range read("[erased]\nerased").Sentences {
		for _, n := range s.Near {
			if n.Span.Text == "ttt" {
				t.Error("an erased turn stands beside a sentence")
			}
		}
	}
}

func TestOnlySettledCustomersSayAnything(t *testing.T) {
	d := headway.NewDraft("test", "shoes")
	c := d.Conversation()
	for _, side := range []headway.Side{headway.Theirs, headway.Ours, headway.Unknown} {
		c.Speakers = append(c.Speakers, headway.Speaker{ID: headway.SpeakerID(side), Side: side, Guess: headway.Theirs})
		c.Turns = append(c.Turns, headway.Turn{Speaker: headway.SpeakerID(side), Text: headway.TextVersion{ID: headway.TextID(side), Text: "The bread is late."}})
	}
	said := NewSaid()
	said.AddConversation(c, headway.Hearing{})
	if said.Len() != 1 || said.sentences[0].span.Text != headway.TextID(headway.Theirs) {
		t.Errorf("%d sentences, the first of %q", said.Len(), said.sentences[0].span.Text)
	}
}

func TestWhatIsNotEnglishIsNotMarkedAndNotCounted(t *testing.T) {
	parts := Cut("Das Brot kommt zu spät.\nThe bread is late.")
	r := Read(parts, []Heard{{Foreign: true}, {}}, heardBakery())
	if c := r.Counts(); c.Unread != 1 || c.N() != 1 || r.Sentences[0].Mark != Unread || r.Sentences[0].Near != nil {
		t.Errorf("%+v, the first is %+v", c, r.Sentences[0])
	}
}

func TestTheSameTextIsMarkedTheSame(t *testing.T) {
	text := strings.Repeat("Bread that comes late leaves an empty shelf. Our drivers are certified. Bakers want a friendly brand.\n", 20)
	first := read(text)
	for range 5 {
		if diff := cmp.Diff(first, read(text)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestHeadingsAndPointsAreParts(t *testing.T) {
	var got []string
	for _, p := range Cut("# Why us\n\nWe bake.  You sell!\n\n- Fresh at six\n* **late** bread\n3. One. Two.\n| Stage | Owner |\n---\n> quoted\n" +
		"A line that was wrapped at some seventy characters by an editor goes\non here, and ends.\nShort heading\nNext Line\n") {
		got = append(got, p.Words)
	}
	want := []string{"Why us", "We bake.", "You sell!", "Fresh at six", "**late** bread", "One.", "Two.", "Stage | Owner |", "quoted",
		"A line that was wrapped at some seventy characters by an editor goes on here, and ends.", "Short heading", "Next Line"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLinesOfANarrowColumnRunOnAndPointsDoNot(t *testing.T) {
	var got []string
	for _, p := range Cut("Lanternfield was founded in 1998 by\nIda Thorne. Hotels in the valley trust us because\ntheir guests sleep. We wash for the Grand\nHotel, and are proud of it.\n" +
		"\uf0b7 Nobody runs down to the cellar at six\n• Free collection\n✓ On Sundays\nFresh towels\nevery day\nCall us\n") {
		got = append(got, p.Words)
	}
	want := []string{"Lanternfield was founded in 1998 by Ida Thorne.", "Hotels in the valley trust us because their guests sleep.",
		"We wash for the Grand Hotel, and are proud of it.", "Nobody runs down to the cellar at six", "Free collection", "On Sundays", "Fresh towels every day", "Call us"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Five megabytes on one line took minutes where each sentence was counted from
// the line's beginning; a test that hangs says so.
func TestALongLineIsCutInOneGo(t *testing.T) {
	const n = 260_000
	parts := Cut(strings.Repeat("We bake bread here. ", n))
	if last := parts[len(parts)-1]; len(parts) != n || last.From != 20*(n-1) || last.Words != "We bake bread here." {
		t.Errorf("%d parts, the last %+v", len(parts), last)
	}
	if parts = Cut(strings.Repeat("and bread, and more of it\n", n)); len(parts) > n {
		t.Errorf("%d parts", len(parts))
	}
}

func TestWeightsNameEverySignAndEveryNumberOfMeaning(t *testing.T) {
	for _, m := range Marks() {
		w, known := shipped()[m]
		if !known || len(w.Signs) != len(signs) || len(w.Meaning) != 256 {
			t.Errorf("%q has %d of %d signs and %d numbers", m, len(w.Signs), len(signs), len(w.Meaning))
		}
		for _, s := range signs {
			if _, known := w.Signs[s.name]; !known {
				t.Errorf("%q has no weight of %q", m, s.name)
			}
		}
	}
}

func TestCuesTellTheirLongestWordsOnce(t *testing.T) {
	got := cuesIn(lowerWords("Customers would like our free trial."), nil)
	if diff := cmp.Diff([]string{"would like"}, got[famWant]); diff != "" {
		t.Error(diff)
	}
	if got[famCall] != nil || cuesIn(lowerWords("Book it"), nil)[famCall] == nil {
		t.Error("what asks the reader begins the sentence")
	}
}

func FuzzCut(f *testing.F) {
	for _, seed := range []string{"# Why us\nWe bake. You sell!", "- a\n- b", "\u00a0* née\r\n\n> über uns,\nund", "1. 2. 3.", "\xff|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		points := []rune(text)
		last := 0
		for _, p := range Cut(text) {
			if p.From < last || p.To <= p.From || p.To > len(points) {
				t.Fatalf("%d to %d of %d, after %d", p.From, p.To, len(points), last)
			}
			if there := strings.ReplaceAll(string(points[p.From:p.To]), "\n", " "); utf8.ValidString(text) && there != p.Words {
				t.Fatalf("%q stands there, not %q", there, p.Words)
			}
			last = p.To
		}
	})
}

func BenchmarkRead(b *testing.B) {
	said := NewSaid()
	for i := range 80_000 / 5 {
		for k, words := range turns {
			said.Add(headway.TextVersion{ID: headway.TextID(string(rune('a'+k)) + string(rune(i+300))), Text: words}, nil)
		}
	}
	parts := Cut(strings.Repeat("Bread that comes late leaves an empty shelf at the door. Our drivers are certified and track every van.\n", 1000))
	b.ReportMetric(float64(said.Len()), "said")
	b.ReportMetric(float64(len(parts)), "parts")
	for b.Loop() {
		Read(parts, make([]Heard, len(parts)), said)
	}
}
