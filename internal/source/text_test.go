package source

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestTheWordsOfATextAreReadWithoutItsMarks(t *testing.T) {
	for name, c := range map[string]struct{ file, data, want string }{
		"plain text":   {"page.txt", "We count boxes.\nEvery Friday.\n", "We count boxes.\nEvery Friday.\n"},
		"Markdown":     {"page.md", "# Count **less**\n\n- every _Friday_\n", "# Count less\n\n- every Friday\n"},
		"HTML":         {"page.html", "<!doctype html><html><head><title>x</title><script>let a</script></head><body><h1>Count less</h1><p>Every <b>Friday</b>.</p></body></html>", "Count less"},
		"a mail":       {"offer.eml", "From: Ada Quill <ada@quill.example>\r\nTo: b@quill.example\r\nSubject: Boxes\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nCount less on Fridays.\r\n", "Count less on Fridays."},
		"no extension": {"page", "Count less.", "Count less.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Text(File{Name: c.file, Data: []byte(c.data)})
			if err != nil || !strings.Contains(got, c.want) || strings.ContainsAny(got, "*_<>") || strings.Contains(got, "let a") {
				t.Errorf("read %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestATextWithoutWordsIsRefusedByWhatToDo(t *testing.T) {
	for name, c := range map[string]struct{ file, data, want string }{
		"nothing":       {"page.txt", " \n", "read page.txt: the file is empty: export it again"},
		"only marks":    {"page.md", "---\n\n***\n", "read page.md: the file holds no words: export it again"},
		"an empty mail": {"offer.eml", "From: Ada Quill <ada@quill.example>\r\nTo: b@quill.example\r\nSubject: Boxes\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\n", "read offer.eml: the file holds no words: export it again"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Text(File{Name: c.file, Data: []byte(c.data)})
			if headway.ErrorCode(err) != headway.Invalid || err.Error() != c.want {
				t.Errorf("refused with %v, want %s", err, c.want)
			}
		})
	}
}

// The laundry and what it says of itself are invented.
const (
	longPoint  = "The housekeeper counts the pillowcases twice before the first guest comes down"
	otherPoint = "Nobody runs down to the cellar at six to see whether the van has come"
)

func TestWhatADocumentKeepsApartStaysApart(t *testing.T) {
	want := "Whom we wash for\n\n" + longPoint + "\n\n" + otherPoint
	for name, data := range map[string][]byte{
		"Word":                 wordOf(t, "Whom we wash for", longPoint, otherPoint),
		"points of a page":     []byte("<!doctype html><h1>Whom we wash for</h1><ul><li>" + longPoint + "<li>" + otherPoint + "</ul>"),
		"cells of a page":      []byte("<html><table><tr><th>Whom we wash for</th></tr><tr><td>" + longPoint + "</td><td>" + otherPoint + "</td></tr></table></html>"),
		"what was copied from": []byte("<h2>Whom we wash for</h2>\n<div>" + longPoint + "</div><div>" + otherPoint + "</div>\n"),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Text(File{Name: "page", Data: data})
			if err != nil || got != want {
				t.Errorf("read %q, %v, want %q", got, err, want)
			}
		})
	}
}

func TestMarkdownThatBeginsWithAnElementIsNoPage(t *testing.T) {
	got, err := Text(File{Name: "page.md", Data: []byte("<p align=center>Lanternfield</p>\n\n# We wash\n\nAt night.\n")})
	if err != nil || !strings.Contains(got, "# We wash\n\nAt night.\n") {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestLigaturesAndPointsOfAPDFAreReadAsTheyLook(t *testing.T) {
	got, err := Text(File{Name: "deck.pdf", Data: pdfOf([]string{"\x7f The first of ten towels", "\x7f Nobody waits"})})
	if err != nil || !strings.Contains(got, "• The first") || !strings.Contains(got, "• Nobody waits") {
		t.Errorf("read %q, %v", got, err)
	}
	if got := ligatures.Replace("oﬃce ﬂoor, the ﬁrst"); got != "office floor, the first" {
		t.Errorf("ligatures are read as %q", got)
	}
}

func TestAFileThatHoldsNoTextOfOursIsRefusedByWhatToDo(t *testing.T) {
	word := wordOf(t, "We wash at night.", longPoint)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"Word cut short":        {word[:len(word)/2], "the file is damaged, as one that did not come over whole: fetch it or save it again"},
		"Word without its text": {zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/styles.xml": "<w/>"}), "refused: unpack it and give what is inside"},
		"Word of nothing":       {wordOf(t, "", " "), "the file holds no words: export it again"},
		"Word with broken XML":  {wordOfXML(t, "<w:p <", nil), "the document is damaged"},
		"OpenDocument":          {zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}), "it looks like an OpenDocument file, refused: save it as .docx or PDF"},
		"PowerPoint":            {zipOf(t, map[string]string{"ppt/presentation.xml": "<p/>"}), "it looks like a PowerPoint file, refused: save it as PDF"},
		"old Word":              {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "it looks like an old Office file (.doc, .xls, .msg), refused: save it as .docx"},
		"RTF":                   {[]byte(`{\rtf1\ansi We wash at night.}`), "it looks like an RTF document, refused: save it as .docx or .txt"},
		"a picture":             {append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 600)...), "it looks like a PNG picture, refused"},
		"a scanned PDF":         {pdfOf([]string{}, []string{}), "this PDF holds pictures of pages, no text: run OCR first"},
		"a PDF cut short":       {pdfOf([]string{"We wash at night."})[:200], "the PDF is damaged"},
		"a locked PDF":          {bytes.Replace(pdfOf([]string{"We wash."}), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /Standard /V 9 /R 9 >>"), 1), "the PDF is locked with a password: save it without one"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Text(File{Name: "persona.docx", Data: c.data})
			if headway.ErrorCode(err) != headway.Invalid || !strings.HasPrefix(err.Error(), "read persona.docx: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("read %q, %v, want %s", got, err, c.want)
			}
		})
	}
}
