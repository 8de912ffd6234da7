package source

import (
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
