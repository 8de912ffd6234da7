package sqlstore

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

var searchAll store.SearchFilter

func TestQueriesAreReadAsPeopleWriteThem(t *testing.T) {
	for query, want := range map[string][2]string{
		`count boxes`:       {`"count" AND "boxes"`, `('count') & ('boxes')`},
		`"by hand" spread*`: {`"by hand" AND "spread"*`, `('by' <-> 'hand') & ('spread':*)`},
		`don't`:             {`"don t"`, `('don' <-> 't')`},
		`"never closed`:     {`"never closed"`, `('never' <-> 'closed')`},
		`a"b"c`:             {`"a" AND "b" AND "c"`, `('a') & ('b') & ('c')`},
		`-- OR ( ^ : *`:     {`"OR"`, `('OR')`},
		`"the spread*"`:     {`"the spread"*`, `('the' <-> 'spread':*)`},
		``:                  {``, ``},
	} {
		all := terms(query)
		if diff := cmp.Diff(want, [2]string{fts5Query(all), tsQuery(all)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestOnlyWordsInARowAreMarkedForAPhrase(t *testing.T) {
	text := headway.TextVersion{ID: "t.1", Text: "The box, the spreadsheet: the ÉTAT of the spreadsheets."}
	mark := func(words ...string) (spans []headway.Span) {
		ruler := headway.NewRuler(text.Text)
		for from := 0; from < len(text.Text); from++ {
			for _, w := range words {
				if strings.HasPrefix(strings.ToLower(text.Text[from:]), w) {
					spans = append(spans, text.SpanOf(ruler, from, from+len(w)))
				}
			}
		}
		return spans
	}
	for query, want := range map[string][]string{
		`"the spread*"`:     {"the spreadsheet", "the spreadsheets"},
		`box "the spread*"`: {"box", "the spreadsheet", "the spreadsheets"},
		`the`:               {"The", "the", "the", "the"},
		`"box spread*"`:     nil,
	} {
		var got []string
		for _, span := range inTerms(text, mark("the", "box", "spreadsheets", "spreadsheet"), terms(query)) {
			quote, err := text.Cut(span)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, quote.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// FuzzSearch sees that no query is an error, and that what is marked lies in
// the text.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{`count`, `"count boxes" by*`, `"`, `*`, `'; DROP TABLE turn; --`, "\x00", "\xff", "NEAR(a b, 3)", "é😀"} {
		f.Add(seed)
	}
	d := sqliteEngine.open(f)
	if _, err := d.AddConversations(ctx, store.Home, []headway.Conversation{talk("fuzz", 20)}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query string) {
		hits, _, err := d.Search(ctx, store.Home, query, searchAll, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			for _, span := range h.Spans {
				if _, err := h.Text.Cut(span); err != nil {
					t.Errorf("%q marks %#v: %v", query, span, err)
				}
			}
		}
	})
}

func FuzzMarks(f *testing.F) {
	f.Add([]byte{0, 2, 4, 6})
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		marks := unpackTimes(data)
		if again := unpackTimes(packTimes(marks)); !cmp.Equal(again, marks) {
			t.Errorf("%v comes back as %v", marks, again)
		}
	})
}
