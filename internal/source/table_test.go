package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/headway-oss/headway"

	"github.com/headway-oss/headway/internal/realdata"
)

func readTableOf(t *testing.T, text string, o Options) Batch {
	t.Helper()
	batch, err := Read(File{Name: "table.csv", Data: []byte(text)}, o)
	if err != nil {
		t.Fatal(err)
	}
	checkBatch(t, batch)
	return batch
}

// The real surveys are pinned: who wrote something, how many answers there are
// and the digest of all of them.
func TestRealSurveysReadAsBefore(t *testing.T) {
	type pin struct {
		Rows, Written, People, Answers int
		Words                          string
	}
	for file, want := range map[string]pin{
		"surveys/2015-notebook-ux/answers.csv":   {1706, 956, 956, 8294, "19375058601bab21"},
		"surveys/2020-jupyter/text_fields.csv":   {1135, 508, 508, 934, "dc74c8fcf2ceee82"},
		"surveys/2020-jupyter/all_responses.csv": {1135, 0, 0, 0, "e3b0c44298fc1c14"},
	} {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(realdata.Path(t, file))
			if err != nil {
				t.Fatal(err)
			}
			batch, err := Read(File{Name: file, Data: data}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkBatch(t, batch)
			got := pin{Rows: batch.Table.Rows, Written: batch.Table.Written}
			people, words := map[headway.PersonID]bool{}, sha256.New()
			for _, c := range batch.Conversations {
				for _, turn := range c.Turns {
					if s := c.Speaker(turn.Speaker); s.Side == headway.Theirs {
						people[s.Person()] = true
						got.Answers++
					}
					words.Write([]byte(turn.Text.Text + "\n"))
				}
			}
			got.People, got.Words = len(people), hex.EncodeToString(words.Sum(nil))[:16]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTenNewRowsAddTenConversations(t *testing.T) {
	for name, row := range map[string]func(i int) string{
		"with row ids": func(i int) string { return fmt.Sprintf("%d,2026-01-02,I wait for row %d every morning\n", i, i) },
		"without ids":  func(i int) string { return fmt.Sprintf(",2026-01-02,I wait for row %d every morning\n", i) },
	} {
		t.Run(name, func(t *testing.T) {
			var old, longer strings.Builder
			old.WriteString("Response ID,Date,Why do you come back?\n")
			longer.WriteString("Response ID,Date,Why do you come back?\n")
			for i := range 40 {
				old.WriteString(row(i))
			}
			for i := 49; i >= 0; i-- { // exported anew, the newest first
				longer.WriteString(row(i))
			}
			before := idsOf(readTableOf(t, old.String(), Options{}))
			after := idsOf(readTableOf(t, longer.String(), Options{}))
			for id := range before {
				if !after[id] {
					t.Errorf("conversation %s is gone", id)
				}
			}
			if len(before) != 40 || len(after) != 50 {
				t.Errorf("%d conversations before, %d after; want 40 and 50", len(before), len(after))
			}
		})
	}
}

func idsOf(b Batch) map[headway.ConversationID]bool {
	ids := map[headway.ConversationID]bool{}
	for _, c := range b.Conversations {
		ids[c.ID] = true
	}
	return ids
}

func TestTheSameWordsTwiceAreTwoPeople(t *testing.T) {
	batch := readTableOf(t, "author,stars,review\n,5,Good mug\n,5,Good mug\n,4,Good mug indeed\n", Options{})
	if n := len(idsOf(batch)); n != 3 || batch.Table.Written != 3 {
		t.Errorf("%d conversations, %d written; want 3", n, batch.Table.Written)
	}
}

func TestSerialNumbersOfTwoTablesAreNotTheSamePerson(t *testing.T) {
	one := readTableOf(t, "Respondent ID,Why did you leave us last year?\n17,It took me three evenings a week\n", Options{})
	two := readTableOf(t, "Respondent ID,What would you miss the most?\n17,The people who answer the phone\n", Options{})
	if one.Conversations[0].ID == two.Conversations[0].ID || one.Conversations[0].Speakers[0].Person() == two.Conversations[0].Speakers[0].Person() {
		t.Error("respondent 17 of one survey is taken for respondent 17 of another")
	}
}

func TestTheSameCustomerIDIsTheSamePersonInTwoTables(t *testing.T) {
	one := readTableOf(t, "Customer ID,Why did you leave us last year?\nC-20009917,It took me three evenings a week\n", Options{})
	two := readTableOf(t, "Customer ID,What would you miss the most?\nC-20009917,The people who answer the phone\n", Options{})
	a, b := theirSpeaker(one.Conversations[0]), theirSpeaker(two.Conversations[0])
	if a.Key == "" || a.Person() != b.Person() {
		t.Errorf("customer %q and customer %q are two people", a.Key, b.Key)
	}
}

func theirSpeaker(c headway.Conversation) headway.Speaker {
	for _, s := range c.Speakers {
		if s.Side == headway.Theirs {
			return s
		}
	}
	return headway.Speaker{}
}

func TestAPersonNamesTheColumns(t *testing.T) {
	text := "nr,kind,said,by,agent said\n1,x,short,Ann,Yes?\n2,y,also short,Ben,\n"
	for name, said := range map[string]map[string]string{
		"by header":          {"text": "said", "who": "by", "ours": "Agent said"},
		"by number":          {"text": "column 3", "who": "column 4", "ours": "column 5"},
		"by role and number": {"text1": "said", "who": "by", "ours": "agent said"},
	} {
		t.Run(name, func(t *testing.T) {
			batch := readTableOf(t, text, Options{Columns: said})
			if len(batch.Conversations) != 2 || batch.Conversations[0].Speakers[0].Name != "Ann" {
				t.Fatalf("%s", show(batch, nil))
			}
			if sides := sidesOf(batch.Conversations[0]); !strings.Contains(sides, "short=theirs") || !strings.Contains(sides, "Yes?=ours") {
				t.Errorf("sides %s", sides)
			}
		})
	}
}

func TestAColumnThatIsNotThereIsFoundNotFatal(t *testing.T) {
	batch := readTableOf(t, "author,review\nAnn,Keeps my tea warm all night\n", Options{Columns: map[string]string{"product": "Mug type"}})
	if !strings.Contains(show(batch, nil), `no column is called "Mug type"; the columns are "author", "review"`) || len(batch.Conversations) != 1 {
		t.Errorf("%s", show(batch, nil))
	}
}

func TestARoleThatIsNoneIsFoundNotFatal(t *testing.T) {
	batch := readTableOf(t, "author,review\nAnn,Keeps my tea warm all night\n", Options{Columns: map[string]string{"texts": "review"}})
	if !strings.Contains(show(batch, nil), `a column cannot be "texts"; it can be agent, customer,`) || len(batch.Conversations) != 1 {
		t.Errorf("%s", show(batch, nil))
	}
}

func TestAnInterviewersTurnsInATableAreNotACustomers(t *testing.T) {
	batch := readTableOf(t, "speaker,text\nMarta,How do you count?\nPetra,By hand and on Fridays\nMarta,Why on Fridays?\nPetra,The truck comes then\n", Options{})
	if got := sidesOf(batch.Conversations[0]); strings.Contains(got, "theirs") {
		t.Errorf("sides %s", got)
	}
}

func sidesOf(c headway.Conversation) string {
	var out []string
	for _, turn := range c.Turns {
		out = append(out, fmt.Sprintf("%s=%s", turn.Text.Text, c.Speaker(turn.Speaker).Side))
	}
	return strings.Join(out, " | ")
}

func TestDatesThatCanBeReadTwoWaysStayUnknown(t *testing.T) {
	for name, test := range map[string]struct{ dates, want string }{
		"a day over twelve settles all":   {"03/04/2026;25/04/2026", "2026-04-03 2026-04-25"},
		"a month cannot be over twelve":   {"03/04/2026;04/25/2026", "2026-03-04 2026-04-25"},
		"nothing settles":                 {"03/04/2026;05/06/2026", "- -"},
		"points are written day first":    {"03.04.2026;05.06.2026", "2026-04-03 2026-06-05"},
		"the same twice is no riddle":     {"04/04/2026;05/05/2026", "2026-04-04 2026-05-05"},
		"the thirtieth of February is no": {"30.02.2026;01.03.2026", "- 2026-03-01"},
	} {
		t.Run(name, func(t *testing.T) {
			first, second, _ := strings.Cut(test.dates, ";")
			batch := readTableOf(t, fmt.Sprintf("date,stars,review\n%s,1,The handle broke on me\n%s,2,The lid does not close well\n", first, second), Options{})
			var got []string
			for _, c := range batch.Conversations {
				if c.Date.Time.IsZero() {
					got = append(got, "-")
				} else {
					got = append(got, c.Date.Time.Format("2006-01-02"))
				}
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func workbook(t testing.TB, sheets map[string][][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookReadsAsItsTable(t *testing.T) {
	data := workbook(t, map[string][][]any{"Answers": {
		{"Respondent ID", "Submitted at", "What would you have done without us?", "How many cups?"},
		{12345678901, time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC), "Asked my brother\nto print them at night", 40},
		{12345678902, time.Date(2026, 3, 15, 9, 30, 0, 0, time.UTC), "", 12},
		{12345678903, time.Date(2026, 3, 16, 0, 0, 0, 0, time.UTC), "Nothing, we would have handed out apples", 3},
	}})
	batch, err := Read(File{Name: "answers.xlsx", Data: data}, Options{})
	checkBatch(t, batch)
	compareGolden(t, "testdata/table/workbook.golden", show(batch, err))
}

func TestTwoSheetsWithTheSameIdsAreTwoConversationsOfOnePerson(t *testing.T) {
	data := workbook(t, map[string][][]any{
		"Spring": {{"Respondent ID", "Why did you come?"}, {12345678901, "Because my sister told me to"}},
		"Autumn": {{"Respondent ID", "Why did you leave?"}, {12345678901, "Because my sister left too, I think"}},
	})
	batch, err := Read(File{Name: "both.xlsx", Data: data}, Options{})
	if err != nil || len(batch.Conversations) != 2 {
		t.Fatalf("%d conversations, %v", len(batch.Conversations), err)
	}
	checkBatch(t, batch)
	if a, b := theirSpeaker(batch.Conversations[0]), theirSpeaker(batch.Conversations[1]); a.Person() != b.Person() {
		t.Errorf("%q and %q are two people", a.Key, b.Key)
	}
}

func TestASheetOf16000ColumnsIsRead(t *testing.T) {
	header, row := make([]any, 16_000), make([]any, 16_000)
	for i := range header {
		header[i], row[i] = fmt.Sprintf("Choice %d", i), i%7
	}
	header[15_999], row[15_999] = "What were you hoping for?", "That my Mondays would be quiet again"
	start := time.Now()
	batch, err := Read(File{Name: "wide.xlsx", Data: workbook(t, map[string][][]any{"Wide": {header, row}})}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := sidesOf(batch.Conversations[0]); got != "What were you hoping for?=ours | That my Mondays would be quiet again=theirs" {
		t.Errorf("got %s", got)
	}
	if len(batch.Table.Columns) != 16_000 {
		t.Errorf("%d columns", len(batch.Table.Columns))
	}
	t.Logf("read in %v", time.Since(start))
}

func TestADamagedWorkbookIsRefusedWithAnAdvice(t *testing.T) {
	data := zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook><sheets><sheet name='a' sheetId='1'"})
	_, err := Read(File{Name: "broken.xlsx", Data: data}, Options{})
	if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "CSV") {
		t.Errorf("got %v", err)
	}
}

// A table of 100 MB reads in a few seconds: BenchmarkCSV tells how many.
func BenchmarkCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("Respondent ID,Date,\"Why, if at all, do you come back?\",Colour\n")
	for i := 0; text.Len() < 20<<20; i++ {
		fmt.Fprintf(&text, "%d,2026-01-02 10:00:00,\"We count the mugs by hand, and on Friday number %d is missing again, so I call \"\"Rosa\"\" and wait\",red\n", 10_000_000_000+i, i)
	}
	data := []byte(text.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(File{Name: "big.csv", Data: data}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestABewertungIsARatingOrAReviewByWhatIsInIt(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"stars":  {"Autor;Bewertung;Text\nIda;5;Die Tasse hielt nur einen Sommer lang.\nBo;4;Der Henkel ist an zwei Stellen gebrochen.\n", "rating"},
		"review": {"Autor;Sterne;Titel;Bewertung\nIda;5;Gut;Die Tasse hielt nur einen Sommer lang.\nBo;4;Na ja;Der Henkel ist an zwei Stellen gebrochen.\n", "text"},
	} {
		b, err := Read(File{Name: name + ".csv", Data: []byte(test.data)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range b.Table.Columns {
			if c.Header == "Bewertung" && c.Role != test.want {
				t.Errorf("%s: Bewertung is read as %q, want %q", name, c.Role, test.want)
			}
		}
	}
}
