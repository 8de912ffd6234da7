package source

import (
	"bytes"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// Text gives the words of a page, a document or a mail that is no conversation:
// plain text, Markdown, HTML, DOCX, PDF or mail, recognised by content. Headings
// and points stand on lines of their own; where a file says what is a paragraph, a
// point or a cell, an empty line stands between. It fails with Invalid where a file
// holds no words or is of a kind that is refused; the message says what to do.
func Text(f File) (_ string, err error) {
	defer headway.Wrap(&err, "read %s", f.Name)
	if len(bytes.TrimSpace(f.Data)) == 0 {
		return "", headway.Errorf(headway.Invalid, "the file is empty: export it again")
	}
	text, err := textOf(f)
	if err == nil && !hasWords(text) {
		err = headway.Errorf(headway.Invalid, "the file holds no words: export it again")
	}
	return text, err
}

func textOf(f File) (string, error) {
	p := &peek{raw: f.Data}
	switch {
	case docx.is(p):
		return docxText(f)
	case portable.is(p):
		pages, err := pdfPages(f.Data)
		text, _ := layPages(pages)
		if err == nil && !hasWords(text) {
			err = headway.Errorf(headway.Invalid, "this PDF holds pictures of pages, no text: run OCR first")
		}
		return ligatures.Replace(text), err
	case slices.Contains(p.entries(), "ppt/presentation.xml"):
		return "", headway.Errorf(headway.Invalid, "it looks like a PowerPoint file, refused: save it as PDF")
	case slices.Contains(p.entries(), "content.xml"):
		return "", headway.Errorf(headway.Invalid, "it looks like an OpenDocument file, refused: save it as .docx or PDF")
	case p.starts("PK\x03\x04") && len(p.entries()) == 0:
		return "", headway.Errorf(headway.Invalid, "the file is damaged, as one that did not come over whole: fetch it or save it again")
	case xlsx.is(p):
		return "", headway.Errorf(headway.Invalid, "it is a table, no text: save the words in it as plain text")
	case eml.is(p), mbox.is(p):
		return mailText(f)
	}
	if err := refuse(f.Data); err != nil {
		return "", err
	}
	text, _ := decode(f.Data)
	if web.is(&peek{text: text}) || htmlPiece.MatchString(text) {
		return htmlBlocks(text), nil
	}
	return markdownText(text), nil
}

func docxText(f File) (string, error) {
	z, err := openZip(f.Data)
	if err != nil {
		return "", err
	}
	paragraphs, err := readDocument(&reading{file: f}, z)
	return strings.Join(paragraphs, "\n\n"), err
}

// ligatures are letters that a font draws as one and some programs write as one
// character. Nobody looks for them, and no word with one is known.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// mailText gives what is written in mails, quoted ones included.
func mailText(f File) (string, error) {
	r := &reading{file: f, texts: byText, batch: Batch{Source: f.ID()}}
	batch, err := r.recognised()
	var turns []string
	for _, c := range batch.Conversations {
		for _, t := range c.Turns {
			turns = append(turns, t.Text.Text)
		}
	}
	return strings.Join(turns, "\n\n"), err
}

// markdownText takes the marks of Markdown out of each line, but those with which
// it begins: they tell a heading or a point from a sentence. Text without any stays
// as it is.
func markdownText(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		words, _ := unmark(strings.TrimRight(line, "\n"))
		out.WriteString(words + "\n")
	}
	return out.String()
}
