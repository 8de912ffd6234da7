package source

import (
	"strings"
	"testing"
)

func TestABoundaryThatBeginsAnotherPartsOnlyItsOwn(t *testing.T) {
	mail := strings.ReplaceAll(`From: Ann <ann@shop.example>
Message-ID: <1@shop.example>
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: multipart/alternative; boundary="part-alt"

--part-alt
Content-Type: text/plain

We count by hand every Friday.
--part-alt
Content-Type: text/html

<p>We count by hand every Friday.</p>
--part-alt--
--part--
`, "\n", "\r\n")
	batch, err := Read(File{Name: "one.eml", Data: []byte(mail)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	turns := batch.Conversations[0].Turns
	if len(turns) != 1 || turns[0].Text.Text != "We count by hand every Friday." {
		t.Errorf("got %s", show(batch, nil))
	}
}

// Without a bound this would take the square of the lines, and never end.
func TestAHeaderOfManyLinesIsReadInLinearTime(t *testing.T) {
	part := parsePart([]byte("Subject: a\r\n" + strings.Repeat(" b\r\n", 2_000_000) + "\r\nbody"))
	if len(part.header["subject"][0]) < maxHeader || len(part.odd) == 0 || string(part.body) != "body" {
		t.Errorf("%d bytes of subject, %d odd lines, body %q", len(part.header["subject"][0]), len(part.odd), part.body)
	}
}
