package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func namesOf(files []File) []string {
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

func TestAFileThatIsNoArchiveComesBackAsItIs(t *testing.T) {
	for name, data := range map[string][]byte{
		"text":     []byte("Anna: hello"),
		"document": wordOf(t, "Anna: hello"),
		"workbook": workbook(t, map[string][][]any{"a": {{"review"}, {"Good"}}}),
		"empty":    {},
	} {
		f := File{Name: name, Data: data}
		files, findings, err := Expand(f)
		if err != nil || len(findings) > 0 || cmp.Diff([]File{f}, files) != "" {
			t.Errorf("%s became %v, %v, %v", name, namesOf(files), findings, err)
		}
	}
}

// entry is a file in an archive that no honest program would write.
type entry struct {
	name string
	data []byte
	mode fs.FileMode
}

func archiveOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		header.SetMode(e.mode | 0o644)
		w, err := z.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatAnArchiveMustNotHoldIsNamedAndTheRestIsRead(t *testing.T) {
	bomb := make([]byte, 11<<20)
	data := archiveOf(t,
		entry{name: "calls/one.txt", data: []byte("Anna: hello")},
		entry{name: "../../etc/passwd", data: []byte("x")},
		entry{name: `..\windows.txt`, data: []byte("x")},
		entry{name: "/root.txt", data: []byte("x")},
		entry{name: "C:/drive.txt", data: []byte("x")},
		entry{name: "link", data: []byte("/etc/passwd"), mode: fs.ModeSymlink},
		entry{name: "inner.zip", data: archiveOf(t, entry{name: "a.txt", data: []byte("a")})},
		entry{name: "zeros.txt", data: bomb},
		entry{name: "__MACOSX/._one.txt", data: []byte("x")},
		entry{name: "calls/.DS_Store", data: []byte("x")},
		entry{name: "calls/two.txt", data: []byte("Ben: hello")},
	)
	files, findings, err := Expand(File{Name: "all.zip", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"all.zip/calls/one.txt", "all.zip/calls/two.txt"}, namesOf(files)); diff != "" {
		t.Error(diff)
	}
	var got strings.Builder
	showFindings(&got, findings)
	want := `  ! line 0: ../../etc/passwd: its path leads out of the archive; left it out
  ! line 0: ..\windows.txt: its path leads out of the archive; left it out
  ! line 0: /root.txt: its path leads out of the archive; left it out
  ! line 0: C:/drive.txt: its path leads out of the archive; left it out
  ! line 0: link: is a link or a device, not a file; left it out
  ! line 0: inner.zip: is an archive inside an archive; left it out: give it on its own
  ! line 0: zeros.txt: would unpack to more than 200 times its size; left it out
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAnArchiveOfTooManyFilesGivesTheFirst(t *testing.T) {
	entries := make([]entry, maxEntries+5)
	for i := range entries {
		entries[i] = entry{name: fmt.Sprintf("%05d.txt", i), data: []byte("a")}
	}
	files, findings, err := Expand(File{Name: "many.zip", Data: archiveOf(t, entries...)})
	if err != nil || len(files) != maxEntries || len(findings) != 1 || !strings.HasPrefix(findings[0].What, "20000.txt: ") {
		t.Errorf("%d files, findings %v, %v", len(files), findings, err)
	}
}

func TestAnArchiveOfNothingReadableIsRefused(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":   archiveOf(t),
		"links":   archiveOf(t, entry{name: "l", data: []byte("x"), mode: fs.ModeSymlink}),
		"damaged": archiveOf(t, entry{name: "a", data: []byte("some words here")})[:40],
	} {
		if _, _, err := Expand(File{Name: name + ".zip", Data: data}); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestDocumentsThatUnpackToTooMuchAreRefused(t *testing.T) {
	bomb := entry{name: "word/document.xml", data: make([]byte, 11<<20)}
	for _, part := range []string{"word/document.xml", "xl/workbook.xml"} {
		bomb.name = part
		_, err := Read(File{Name: "bomb", Data: archiveOf(t, entry{name: "[Content_Types].xml"}, bomb)}, Options{})
		if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: got %v", part, err)
		}
	}
}

func TestASlackExportGivesItsChannels(t *testing.T) {
	day := `[{"type":"message","user":"U1","text":"I bake at five, <@U2>","ts":"1772440100.000200"}]`
	next := `[{"type":"message","user":"U2","text":"And the list?","ts":"1772540100.000200","thread_ts":"1772440100.000200"},{"type":"message","user":"U1","text":"Wrong again","ts":"1772530000.000100"}]`
	data := zipOf(t, map[string]string{
		"users.json":                `[{"id":"U1","name":"dana","profile":{"real_name":"Dana Tea","email":"dana@teahouse.example"}},{"id":"U2","name":"tom","profile":{"real_name":"Tom Reed","email":"tom@mugworks.example"}}]`,
		"channels.json":             `[{"id":"C77","name":"ovens"}]`,
		"ovens/2026-03-02.json":     day,
		"ovens/2026-03-03.json":     next,
		"integration_logs.json":     `[]`,
		"attachments/kiln list.txt": "Dana: hello",
	})
	files, _, err := Expand(File{Name: "slack.zip", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"slack.zip/attachments/kiln list.txt", "slack.zip/ovens"}, namesOf(files)); diff != "" {
		t.Fatal(diff)
	}
	batch, err := Read(files[1], Options{Ours: []string{"@mugworks.example"}})
	checkBatch(t, batch)
	compareGolden(t, "testdata/slack/export.golden", show(batch, err))
}

func TestMailsThatLieTogetherQuoteEachOtherOnce(t *testing.T) {
	data := zipOf(t, map[string]string{
		"in/1.eml": "From: dana@teahouse.example\r\nDate: Tue, 3 Mar 2026 09:00:00 +0000\r\nMessage-ID: <1@x>\r\nSubject: Kiln\r\n\r\nThe kiln list is wrong.\r\nFrom Monday on I bake at five.\r\n",
		"in/2.eml": "From: Tom <tom@mugworks.example>\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nMessage-ID: <2@x>\nIn-Reply-To: <1@x>\nSubject: Re: Kiln\n\nWhich line?\n\n> The kiln list is wrong.\n",
		"note.txt": "Dana: hello",
	})
	files, _, err := Expand(File{Name: "mail.zip", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"mail.zip/in/mails.mbox", "mail.zip/note.txt"}, namesOf(files)); diff != "" {
		t.Fatal(diff)
	}
	batch, err := Read(files[0], Options{Ours: []string{"@mugworks.example"}})
	if err != nil {
		t.Fatal(err)
	}
	checkBatch(t, batch)
	want := "The kiln list is wrong.\nFrom Monday on I bake at five.=theirs | Which line?=ours"
	if got := sidesOf(batch.Conversations[0]); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTheSameMailTwiceInAMailboxCountsOnce(t *testing.T) {
	one := "From d Tue Mar  3 09:00:00 2026\nFrom: dana@teahouse.example\nDate: Tue, 3 Mar 2026 09:00:00 +0000\nMessage-ID: <1@x>\n\nThe kiln list is wrong.\n\n"
	batch, err := Read(File{Name: "labels.mbox", Data: []byte(one + one)}, Options{})
	if err != nil || len(batch.Conversations) != 1 || len(batch.Conversations[0].Turns) != 1 || len(batch.Findings) != 1 {
		t.Errorf("%s, %v", show(batch, nil), err)
	}
}

func TestTwoTicketsOfOneIdAreTwoConversations(t *testing.T) {
	ticket := `{"id":7,"subject":"a","description":"The kiln is cold","requester":{"id":1,"name":"Dana"},"comments":[]}` + "\n"
	batch, err := Read(File{Name: "tickets.json", Data: []byte(ticket + ticket)}, Options{})
	if err != nil || len(batch.Conversations) != 2 {
		t.Fatalf("%s, %v", show(batch, nil), err)
	}
	checkBatch(t, batch)
}
