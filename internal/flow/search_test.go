package flow

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning/vectorfile"
	"github.com/headway-oss/headway/internal/segment"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// remembering gives a flow its meanings in a folder of their own.
func remembering(t testing.TB, f *Flow) *Flow {
	t.Helper()
	meanings, err := vectorfile.Open(filepath.Join(t.TempDir(), "meaning"), embed.Version())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { meanings.Close() })
	f.meanings = meanings
	return f
}

// shop is an invented call about an invented till.
var shop = source.File{Name: "shop.txt", Data: []byte(`Interviewer: Why did you leave the old till?

Olga: It was far too expensive. My sister lives in Spain.

Interviewer: The price was too high, I see.

Olga: We count the stock by hand every Friday.
`)}

func withShop(t *testing.T) (*Flow, headway.Study) {
	t.Helper()
	f := remembering(t, openTest(t))
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{shop, invented(1)}), source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"Olga"}}, nil))(t)
	remember(t, f)
	return f, s
}

func remember(t *testing.T, f *Flow) {
	t.Helper()
	if err := f.RememberAll(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// found searches, and gives each sentence with how it was found.
func found(t *testing.T, f *Flow, q Query) []string {
	t.Helper()
	result := must(f.Search(t.Context(), q))(t)
	all := []string{}
	for _, h := range result.Hits {
		how := ""
		if h.ByWords() {
			how += "words "
		}
		if h.ByMeaning {
			how += "meaning "
		}
		all = append(all, how+must(h.Text.Cut(h.Span))(t).String())
	}
	return all
}

func wantFound(t *testing.T, f *Flow, q Query, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), found(t, f, q)); diff != "" {
		t.Errorf("found for %+v (-want +got):\n%s", q, diff)
	}
}

const (
	tooDear = "It was far too expensive."
	tooHigh = "The price was too high, I see."
)

func TestWhatMeansTheSameIsFoundThoughItSharesNoWord(t *testing.T) {
	f, _ := withShop(t)
	wantFound(t, f, Query{Words: "price too high"}, "words meaning "+tooHigh, "meaning "+tooDear)
	wantFound(t, f, Query{Words: "expensive"}, "words meaning "+tooDear)
	wantFound(t, f, Query{Words: "football match on television"})
}

func TestWhatIsMeantToTheLetterIsFoundByItsWordsOnly(t *testing.T) {
	f, _ := withShop(t)
	wantFound(t, f, Query{Words: `"price was too high"`}, "words "+tooHigh)
	wantFound(t, f, Query{Words: "pric*"}, "words "+tooHigh)
	wantFound(t, f, Query{Words: `"too high a price"`})
}

func TestSmallWordsNeedNotBeSaidUnlessTheyAreAllThereIs(t *testing.T) {
	f, _ := withShop(t)
	byHand := "words meaning We count the stock by hand every Friday."
	if all := found(t, f, Query{Words: "the counting of their stock"}); !slices.Contains(all, byHand) {
		t.Errorf("found %q", all)
	}
	if got := telling("It’s not the price, of course"); got != "not price, course" {
		t.Errorf("searched for %q", got)
	}
	for _, hit := range found(t, f, Query{Words: "by every"}) {
		if !strings.Contains(hit, "by hand every Friday") {
			t.Errorf("small words alone found %q", hit)
		}
	}
}

func TestASearchMayBeOfOneSidesWords(t *testing.T) {
	f, s := withShop(t)
	wantFound(t, f, Query{Words: "price too high", Side: headway.Theirs}, "meaning "+tooDear)
	wantFound(t, f, Query{Words: "price too high", Side: headway.Ours}, "words meaning "+tooHigh)
	// Somebody placed later is found on the side they are on now.
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		for _, speaker := range h.Speakers {
			if err := f.Place(t.Context(), h.ID, speaker.ID, headway.Ours); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantFound(t, f, Query{Words: "price too high", Side: headway.Theirs})
	wantFound(t, f, Query{Words: "price too high", Side: headway.Ours}, "words meaning "+tooHigh, "meaning "+tooDear)
}

func TestASearchMayBeOfOneStudy(t *testing.T) {
	f, s := withShop(t)
	other := must(f.OpenStudy(t.Context(), "another", headway.OurCustomers))(t)
	must(f.Seal(t.Context(), other.ID, []headway.Guess{{Slot: headway.Pull, Text: "It is cheap"}}))(t)
	wantFound(t, f, Query{Words: "price too high", Study: other.ID})
	wantFound(t, f, Query{Words: "price too high", Study: s.ID}, "words meaning "+tooHigh, "meaning "+tooDear)
	wantFound(t, f, Query{Words: "price too high", Study: "nowhere"})
}

func TestWhatAStudyGuessesAboutIsNotFoundByItsMeaningEither(t *testing.T) {
	f, sealed := withShop(t)
	guessing := must(f.OpenStudy(t.Context(), "Autumn calls", headway.OurCustomers))(t)
	must(f.ImportNow(t.Context(), guessing.ID, FileList([]source.File{shop}), source.Options{}, nil))(t)
	for through, shown := range map[headway.StudyID]bool{sealed.ID: true, guessing.ID: false, "": false} {
		if hits := found(t, f, Query{Words: "price too high", Through: through}); len(hits) > 0 != shown {
			t.Errorf("through %q: %q", through, hits)
		}
	}
}

func TestASearchSaysWhichStudiesStillGuessAndWereNotSearched(t *testing.T) {
	f, sealed := withShop(t)
	names := func(study headway.StudyID) (names []string) {
		for _, s := range must(f.Search(t.Context(), Query{Words: "price", Study: study}))(t).Guessing {
			names = append(names, s.Name)
		}
		return names
	}
	guessing := must(f.OpenStudy(t.Context(), "Autumn calls", headway.OurCustomers))(t)
	if got := names(""); got != nil {
		t.Errorf("%q hold nothing that could be searched", got)
	}
	must(f.ImportNow(t.Context(), guessing.ID, FileList([]source.File{shop}), source.Options{}, nil))(t)
	if diff := cmp.Diff([][]string{{"Autumn calls"}, {"Autumn calls"}, nil}, [][]string{names(""), names(guessing.ID), names(sealed.ID)}); diff != "" {
		t.Errorf("of all, of it, of another (-want +got):\n%s", diff)
	}
	must(f.Seal(t.Context(), guessing.ID, []headway.Guess{{Slot: headway.Pull, Text: "It is cheap"}}))(t)
	if got := names(""); got != nil {
		t.Errorf("sealed, and still not searched: %q", got)
	}
}

func TestSignsMeanNothing(t *testing.T) {
	f := remembering(t, openTest(t))
	s := studyWith(t, f, "minutes")
	file := source.File{Name: "shop.txt", Data: []byte("Interviewer: So?\n\nOlga: \u0bf5\u0bf5\u0bf5\n\nOlga: It was far too expensive.\n")} // signs that no table knows
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{file}), source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"Olga"}}, nil))(t)
	remember(t, f)
	wantFound(t, f, Query{Words: "😀"})
	wantFound(t, f, Query{Words: "?"})
	wantFound(t, f, Query{Words: "🎉 price too high"}, "meaning "+tooDear)
}

func TestWhatWasRemovedIsNotFoundAndForgotten(t *testing.T) {
	f, s := withShop(t)
	if err := f.remove(t.Context(), store.ConversationFilter{Study: s.ID}); err != nil {
		t.Fatal(err)
	}
	wantFound(t, f, Query{Words: "price too high"})
	remember(t, f)
	if kept := must(f.meanings.Kept())(t); len(kept) > 0 {
		t.Errorf("%d conversations are remembered", len(kept))
	}
}

func TestUntilAllIsRememberedASearchSaysSo(t *testing.T) {
	f := remembering(t, openTest(t))
	s := studyWith(t, f, "minutes")
	if must(f.Search(t.Context(), Query{Words: "expensive"}))(t).Reading {
		t.Error("of nothing, not all is read")
	}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{shop}), source.Options{}, nil))(t)
	early := must(f.Search(t.Context(), Query{Words: "price too high"}))(t)
	if !early.Reading || len(early.Hits) != 1 || early.Hits[0].ByMeaning {
		t.Errorf("right after the import: %+v", early)
	}
	remember(t, f)
	if late := must(f.Search(t.Context(), Query{Words: "price too high"}))(t); late.Reading || len(late.Hits) != 2 {
		t.Errorf("after reading: %+v", late)
	}
}

func TestWhatIsRememberedIsNotReadAgainAndLostFilesAreMadeAgain(t *testing.T) {
	f, s := withShop(t)
	before := must(f.meanings.Kept())(t)
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(2)}), source.Options{}, nil))(t)
	remember(t, f)
	if kept := must(f.meanings.Kept())(t); len(kept) != len(before)+1 {
		t.Errorf("%d conversations are remembered after %d and one more", len(kept), len(before))
	}
	again := New(Config{Store: f.store, Blobs: f.blobs, Workspace: f.ws})
	remembering(t, again) // in an empty folder
	remember(t, again)
	wantFound(t, again, Query{Words: "price too high"}, "words meaning "+tooHigh, "meaning "+tooDear)
}

func TestAmongManyOfTheOtherSideTheFewAreFound(t *testing.T) {
	f := remembering(t, openTest(t))
	s := studyWith(t, f, "minutes")
	var talk strings.Builder
	for n := range 3000 {
		fmt.Fprintf(&talk, "Interviewer: The price was too high for number %d.\n\nOlga: So?\n\n", n)
	}
	talk.WriteString("Interviewer: And?\n\nOlga: It was far too expensive.\n")
	file := source.File{Name: "long.txt", Data: []byte(talk.String())}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{file}), source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"Olga"}}, nil))(t)
	remember(t, f)
	wantFound(t, f, Query{Words: "price too high", Side: headway.Theirs, Limit: 10}, "meaning "+tooDear)
}

func TestWhatIsFoundIsInOneOrderWhereWordsCountALittle(t *testing.T) {
	hit := func(text string, byWords, byMeaning bool) Hit {
		v := headway.FirstText(headway.TurnID(headway.Digest(text)), text)
		h := Hit{Text: v, Span: headway.Span{Text: v.ID, Start: 0, End: len(text)}, ByMeaning: byMeaning}
		if byWords {
			h.Matches = []headway.Span{h.Span}
		}
		return h
	}
	const far = "They gave me the old keys, the ones from up in the attic." // invented, as the others
	words := []Hit{hit(far, true, false), hit("So I gave up.", true, false)}
	near := []Hit{hit("So I gave up.", false, true), hit("In the end I gave it up.", false, true)}
	var order []string
	for _, h := range rank(embed.Of("I gave up"), words, near) {
		order = append(order, h.Text.Text)
		if both := h.ByWords() && h.ByMeaning; both != (h.Text.Text == "So I gave up.") {
			t.Errorf("%q was found both ways: %v", h.Text.Text, both)
		}
	}
	if diff := cmp.Diff([]string{"So I gave up.", "In the end I gave it up.", far}, order); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestOfATurnTheSentenceThatHoldsMostOfTheWordsIsShown(t *testing.T) {
	for want, text := range map[string]string{
		"Too high, that price, far too high.": "The price is one thing. Too high, that price, far too high. Nothing else.",
		"It is too high a price.":             "The price, the price, always the price. It is too high a price.",
		"The price is what it is.":            "That is too much of a too. The price is what it is.",
		"A price.":                            "A price. A price.",
	} {
		version := headway.FirstText("turn", text)
		var matches []headway.Span
		for _, word := range segment.Words(text) {
			if slices.Contains([]string{"too", "high", "price"}, strings.ToLower(word.Of(text))) {
				matches = append(matches, headway.Span{Text: version.ID, Start: word.Start, End: word.End}) // one byte is one code point here
			}
		}
		if got := sentenceOf(version, matches); must(version.Cut(got))(t).String() != want || text == "A price. A price." && got.Start != 0 {
			t.Errorf("of %q: %+v", text, got)
		}
	}
}
