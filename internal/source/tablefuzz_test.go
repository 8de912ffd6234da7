package source

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// seed adds the specimens of some folders.
func seed(f *testing.F, folders ...string) {
	f.Helper()
	for _, folder := range folders {
		inputs, err := filepath.Glob(filepath.Join("testdata", folder, "*.input"))
		if err != nil || len(inputs) == 0 {
			f.Fatalf("no specimens in %s: %v", folder, err)
		}
		for _, input := range inputs {
			f.Add(readFile(f, input))
		}
	}
}

// readsAgain tests what holds for every file: no panic, an honest error, turns
// and marks that hold, and the same again.
func readsAgain(t *testing.T, data []byte, o Options) (Batch, bool) {
	t.Helper()
	batch, err := Read(File{Name: "fuzz", Data: data}, o)
	if headway.ErrorCode(err) == headway.Internal {
		t.Errorf("an error without a code: %v", err)
	}
	checkBatch(t, batch)
	again, _ := Read(File{Name: "fuzz", Data: data}, o)
	if show(batch, nil) != show(again, nil) {
		t.Error("the same bytes gave something else the second time")
	}
	return batch, err == nil
}

// FuzzCSV reads anything as a table: every word of every cell that the reader
// cuts is there, and of a column of words every word is in a turn or a finding.
func FuzzCSV(f *testing.F) {
	seed(f, "table")
	f.Add([]byte("a,b\n\"x\"\"y\",\"un closed\nq"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readsAgain(t, data, Options{})
		text, _ := decode(data)
		if blank(text) {
			return
		}
		for _, delimiter := range []byte(delimiters) {
			rows, _ := parseCSV(text, delimiter)
			var cells strings.Builder
			for _, row := range rows {
				cells.WriteString(strings.Join(row.cells, " ") + "\n")
			}
			if _, rest, found := strings.Cut(text, "\n"); found && separatorLine(strings.SplitN(text, "\n", 2)[0]) != 0 {
				text = rest
			}
			hasEveryWord(t, text, cells.String())
		}
		wholeText := &reading{file: File{Name: "fuzz", Data: data}, options: Options{Columns: map[string]string{"text": "column 1|column 2"}}}
		rows, _ := parseCSV(text, ',')
		if len(rows) == 0 {
			return
		}
		wholeText.readTable(append([]record{{cells: []string{"zz1", "zz2"}}}, rows...), ",", "")
		checkBatch(t, wholeText.batch)
		held := kept(wholeText.batch)
		for _, c := range wholeText.batch.Table.Columns { // what a second row of headers names
			for _, word := range wordsOf(c.Header) {
				held[word]++
			}
		}
		for _, row := range rows {
			for i, cell := range row.cells {
				if i < 2 && !cellMarkup.MatchString(strings.Join(row.cells, " ")) {
					for _, word := range wordsOf(cell) {
						if held[word] == 0 {
							t.Errorf("the word %q of the cell %q is nowhere", word, cell)
						}
					}
				}
			}
		}
	})
}

// hasEveryWord tests that the words of text are those of got, in order; where
// quotes are undone two words may come together.
func hasEveryWord(t *testing.T, text, got string) {
	t.Helper()
	if fold(text) != fold(got) {
		t.Errorf("of %q is read %q", text, got)
	}
}

// FuzzMail reads anything as a mail and as a mailbox, and splits anything as a
// mail's text: no word of it is lost, own, quoted or in a finding.
func FuzzMail(f *testing.F) {
	seed(f, "mail")
	f.Add([]byte("From: a@b.example\nDate: x\n\n> > a\n> b\nOn 1 May 2026 x wrote:\nc\n-- \nd"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readsAgain(t, data, Options{Ours: []string{"@mugworks.example"}})
		readsAgain(t, append([]byte("From x Mon Mar 2 09:00:00 2026\nFrom: a@b.example\nDate: Tue, 3 Mar 2026 09:00:00 +0100\n\n"), data...), Options{})
		text, _ := decode(data)
		var got []string
		passages, findings := splitMail(text)
		for _, p := range passages {
			got = append(got, p.text)
		}
		for _, found := range findings {
			got = append(got, found.Text)
		}
		held := map[string]bool{}
		for _, word := range wordsOf(strings.Join(got, "\n")) {
			held[word] = true
		}
		for _, word := range wordsOf(text) {
			if !held[word] {
				t.Errorf("the word %q of %q is nowhere", word, text)
			}
		}
	})
}

// FuzzDOCX reads anything as the inside of a Word document.
func FuzzDOCX(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>Anna: a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:del><w:delText>x</w:delText></w:del>`)
	f.Add(`<w:p><w:r><w:t>Anna   0:04</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>Ben   0:05</w:t></w:r><w:p/>`)
	f.Add(`<w:p><w:t>Notes by Gemini</w:t></w:p><w:p><w:t>00:00:01</w:t></w:p><w:p><w:t>Anna: hello</w:t></w:p><!-- `)
	f.Fuzz(func(t *testing.T, body string) {
		readsAgain(t, wordOfXML(t, body, nil), Options{})
	})
}

// FuzzPDF reads anything as a PDF, whole and as the orders of a page.
func FuzzPDF(f *testing.F) {
	f.Add(pdfOf([]string{"Anna: hello", "Ben:|and hello"}))
	f.Add([]byte("BT /F1 10 Tf 1 0 0 1 50 700 Tm [(a) -300 (b)] TJ T* (c) ' ET q 1 0 0 1 5 5 cm Q"))
	f.Add([]byte("0R 1j\n3 0j e>>j\n40j<")) // a string that never closes
	f.Fuzz(func(t *testing.T, data []byte) {
		readsAgain(t, data, Options{})
		readsAgain(t, pdfOfContent(string(data)), Options{})
	})
}

// FuzzHTML lays anything out as a page: what is no tag is there.
func FuzzHTML(f *testing.F) {
	seed(f, "html")
	f.Add([]byte("<html>a<p>b<pre>c\nd</pre><blockquote>e<li>f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readsAgain(t, append([]byte("<html>"), data...), Options{})
		text, _ := decode(data)
		if !strings.ContainsAny(text, "<&") {
			laid, _ := htmlText(text)
			hasEveryWord(t, text, laid)
		}
		_ = htmlMailText(text)
	})
}

// FuzzExports reads anything as what Slack and the help desks export.
func FuzzExports(f *testing.F) {
	seed(f, "slack", "helpdesk")
	f.Fuzz(func(t *testing.T, data []byte) { readsAgain(t, data, Options{}) })
}

// FuzzArchive opens anything as an archive and reads what it holds.
func FuzzArchive(f *testing.F) {
	f.Add(zipOf(f, map[string]string{"a.txt": "Anna: hello", "users.json": "[]", "c/2026-01-01.json": "[]"}))
	f.Add(workbook(f, map[string][][]any{"a": {{"review", "stars"}, {"Good for tea", 5}}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, _, err := Expand(File{Name: "fuzz", Data: data})
		if headway.ErrorCode(err) == headway.Internal {
			t.Errorf("an error without a code: %v", err)
		}
		for _, file := range files {
			readsAgain(t, file.Data, Options{})
		}
	})
}
