package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// zipOf packs files, in the order of their names.
func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range sortedKeys(files) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wordNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// wordOf makes a Word document of paragraphs; a line end in one is a soft break.
func wordOf(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	var body strings.Builder
	for _, p := range paragraphs {
		runs := strings.ReplaceAll(html.EscapeString(p), "\n", `</w:t><w:br/><w:t xml:space="preserve">`)
		fmt.Fprintf(&body, `<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, runs)
	}
	return wordOfXML(t, body.String(), nil)
}

func wordOfXML(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	files := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNamespace + `><w:body>` + body + `</w:body></w:document>`,
	}
	for name, text := range more {
		files[name] = text
	}
	return zipOf(t, files)
}

// The documents below are invented, as are the people and firms in them.
func TestDocumentsReadAsTheirGoldenFilesSay(t *testing.T) {
	for name, data := range map[string][]byte{
		"teams": wordOf(t,
			"Quarterly mug review-20260307_140512-Meeting Recording",
			"March 7, 2026, 2:05PM\n12m 31s",
			"Tom Reed started transcription",
			"Tom Reed   0:04\nThanks for making time. What happens on a normal Friday?",
			"Petra Wolf   0:11\nWe count the mugs by hand.\nIt takes three hours.",
			"And then somebody drops one.",
			"Tom Reed   1:02:03\nWhat would you do without us?",
			"Petra Wolf   1:02:09\nApples. We gave out apples once.\nTom Reed stopped transcription",
		),
		"teams-german": wordOf(t,
			"Besprechung mit Wolf Bau",
			"7. März 2026",
			"Jonas Kern hat die Transkription gestartet",
			"Jonas Kern   0:03\nWorum geht es Ihnen?",
			"Petra Wolf   0:08\nDass man sich an uns erinnert.",
			"Jonas Kern hat die Transkription beendet",
		),
		"meet": wordOf(t,
			"📝 Notes", "Mar 7, 2026", "Review with Wolf Bau", "Invited Petra Wolf Tom Reed",
			"Notes by Gemini", "Summary",
			"Petra Wolf loves the product and will certainly buy more of it next year.",
			"Details", "Pricing: Petra Wolf: is happy to pay double (00:00:11).",
			"📖 Transcript", "Mar 7, 2026", "Review with Wolf Bau - Transcript",
			"Attendees", "Petra Wolf, Tom Reed", "Transcript",
			"00:00:11",
			"Tom Reed: What did you hope for?\nPetra Wolf: That somebody remembers us. One thing: not the price.",
			"00:05:00",
			"and then the fair was over.",
			"Tom Reed: I see.",
			"Transcription ended after 00:07:02",
			"This editable transcript was computer generated and might contain errors.",
		),
		"meet-summary-only": wordOf(t, "📝 Notes", "Notes by Gemini", "Summary", "Petra Wolf will certainly buy more of it."),
		"markup": wordOfXML(t, `
<w:p><w:r><w:t>Interviewer: What did you </w:t></w:r><w:ins w:author="x"><w:r><w:t>really </w:t></w:r></w:ins><w:del><w:r><w:delText>perhaps </w:delText></w:r></w:del><w:r><w:t>want?</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Dana: To read </w:t></w:r><w:hyperlink><w:r><w:t>our own list</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> again</w:t><w:br/><w:t>without a well</w:t><w:noBreakHyphen/><w:t>meant call.</w:t></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>Interviewer: Who calls?</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Dana: My brother,</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>who means it &quot;well&quot; &amp; knows.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>In a box.</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>In a box.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom>`,
			map[string]string{
				"word/comments.xml": `<w:comments ` + wordNamespace + `><w:comment><w:p><w:r><w:t>ask her again</w:t></w:r></w:p></w:comment></w:comments>`,
				"word/footer1.xml":  `<w:ftr ` + wordNamespace + `><w:p><w:r><w:t>Page 1</w:t></w:r></w:p></w:ftr>`,
			}),
	} {
		t.Run(name, func(t *testing.T) {
			batch, err := Read(File{Name: name + ".docx", Data: data}, Options{})
			checkBatch(t, batch)
			got := show(batch, err)
			if err != nil {
				var found strings.Builder
				showFindings(&found, batch.Findings)
				got += found.String()
			}
			compareGolden(t, "testdata/docx/"+name+".golden", got)
		})
	}
}

// Notes that cannot be unpacked beside a sound text must not cost the text.
func TestADocumentWithDamagedNotesIsReadAndSaysSo(t *testing.T) {
	data := wordOfXML(t, `<w:p><w:r><w:t>Interviewer: What took long?</w:t></w:r></w:p><w:p><w:r><w:t>Participant: The count, three hours.</w:t></w:r></w:p>`,
		map[string]string{"word/footnotes.xml": "<w:footnotes " + wordNamespace + ">" + strings.Repeat("a note ", 40) + "</w:footnotes>"})
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range z.File {
		if entry.Name == "word/footnotes.xml" {
			at, err := entry.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			data[at] = 0xff // no deflated block begins so
		}
	}
	batch, err := Read(File{Name: "call.docx", Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	said := show(batch, nil)
	if !strings.Contains(said, "three hours") || !strings.Contains(said, "footnotes cannot be read") {
		t.Errorf("got %s", said)
	}
}

func TestAMachinesSummaryIsNobodysWords(t *testing.T) {
	for _, doc := range [][]string{
		{"Notes by Gemini", "Petra Wolf: I will buy it all.", "00:00:11", "Tom Reed: Hello."},
		{"Notizen von Gemini", "Petra Wolf: I will buy it all.", "00:00:11", "Tom Reed: Hello.", "Notizen von Gemini", "Petra Wolf: I will buy it all."},
	} {
		batch, err := Read(File{Name: "meet.docx", Data: wordOf(t, doc...)}, Options{Theirs: []string{"*"}})
		if err != nil || len(batch.Conversations) != 1 {
			t.Fatalf("%d conversations, %v", len(batch.Conversations), err)
		}
		c := batch.Conversations[0]
		if got := sidesOf(c); strings.Contains(got, "buy") || !strings.Contains(got, "Hello.") {
			t.Errorf("said: %s", got)
		}
		if !slices.ContainsFunc(c.Findings, func(f headway.Finding) bool { return strings.Contains(f.Text, "I will buy it all.") }) {
			t.Error("the summary is in no finding")
		}
	}
}

func TestADocumentFollowsNoEntityAndNoLink(t *testing.T) {
	files := map[string]string{
		"[Content_Types].xml":          `<Types/>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="r1" TargetMode="External" Target="http://attacker.example/x"/></Relationships>`,
		"word/document.xml": `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY lol "lollollol">]><w:document ` + wordNamespace +
			`><w:body><w:p><w:r><w:t>Anna: a &x; b &lol; c</w:t></w:r></w:p><w:p><w:r><w:t>Ben: d</w:t></w:r></w:p></w:body></w:document>`,
	}
	batch, err := Read(File{Name: "evil.docx", Data: zipOf(t, files)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := sidesOf(batch.Conversations[0]); !strings.Contains(got, "a &x; b &lol; c") {
		t.Errorf("said %s", got)
	}
}

// pdfOf makes a PDF of pages of lines, each at (50, 750 - 14 n); a line that
// holds "|" is drawn in two runs, the second beside the first.
func pdfOf(pages ...[]string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	out.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, lines := range pages {
		var draw strings.Builder
		for n, line := range lines {
			bold, plain, _ := strings.Cut(line, "|")
			fmt.Fprintf(&draw, "BT /F1 10 Tf 1 0 0 1 50 %d Tm (%s) Tj ET\n", 750-14*n, bold)
			if plain != "" {
				fmt.Fprintf(&draw, "BT /F1 10 Tf 1 0 0 1 %.1f %d Tm (%s) Tj ET\n", 50+10*estimatedWidth(bold)+3, 750-14*n, plain)
			}
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792] /Contents %d 0 R >>", 5+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", draw.Len(), draw.String()))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

// pdfOfContent makes a PDF of one page with drawing orders as they come.
func pdfOfContent(orders string) []byte {
	plain := string(pdfOf([]string{}))
	plain = strings.Replace(plain, "<< /Length 0 >>\nstream\nendstream", fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(orders)+1, orders), 1)
	at := strings.Index(plain, "xref\n0")
	if late := strings.LastIndex(plain, "\nxref\n0"); late > at {
		at = late + 1
	}
	return fmt.Appendf(nil, "%sstartxref\n%d\n%%%%EOF\n", plain[:strings.LastIndex(plain, "startxref")], at)
}

func TestAPDFReadsAsItsGoldenFileSays(t *testing.T) {
	data := pdfOf(
		[]string{"Wolf Bau - interview notes", "Interviewer:|What happens on a Friday?", "Petra:|We count the mugs by hand and then we", "count them again.", "Page 1 of 3"},
		[]string{"Wolf Bau - interview notes", "Interviewer:|Why again?", "Petra:|Because the list is never right.", "Page 2 of 3"},
		[]string{"Wolf Bau - interview notes", "Interviewer:|And if you did not?", "Petra:|Then Monday is lost.", "Page 3 of 3"},
	)
	batch, err := Read(File{Name: "notes.pdf", Data: data}, Options{})
	checkBatch(t, batch)
	compareGolden(t, "testdata/pdf/interview.golden", show(batch, err))
}

func TestAPDFWithoutWordsSaysWhatToDo(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"scanned":   {pdfOf([]string{}, []string{}), "this PDF holds pictures of pages, no text: run OCR first"},
		"cut short": {pdfOf([]string{"Anna: hello"})[:200], "damaged"},
		"no PDF":    {[]byte("%PDF-1.4\nwhatever\n%%EOF"), "damaged"},
		"locked":    {bytes.Replace(pdfOf([]string{"Anna: hello"}), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /Standard /V 9 /R 9 >>"), 1), "locked with a password"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(File{Name: "x.pdf", Data: test.data}, Options{})
			if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestPDFsOfOtherVersionsAndWithDebrisAroundAreRead(t *testing.T) {
	plain := pdfOf([]string{"Anna: hello there", "Ben: and hello back"})
	for name, data := range map[string][]byte{
		"version 2.0":  bytes.Replace(plain, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1),
		"debris after": append(slices.Clone(plain), "\n\x00\x00<!-- cached -->\n"...),
	} {
		t.Run(name, func(t *testing.T) {
			batch, err := Read(File{Name: "x.pdf", Data: data}, Options{})
			if err != nil || !strings.Contains(sidesOf(batch.Conversations[0]), "hello there") {
				t.Errorf("got %v, %v", show(batch, nil), err)
			}
		})
	}
}
