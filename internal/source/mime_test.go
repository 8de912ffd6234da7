package source

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
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

func TestWhoWritesOnlyToUsIsACustomerOnceFlagsSayWhoWeAre(t *testing.T) {
	for name, test := range map[string]struct {
		to   string
		want headway.Side
	}{
		"to one of us":                    {"To: Aisha <aisha@firma.example>", headway.Theirs},
		"to two of us":                    {"To: aisha@firma.example\nCc: Ben <ben@firma.example>", headway.Theirs},
		"to one of us and to a stranger":  {"To: aisha@firma.example, olga@other.example", headway.Unknown},
		"to a list that cannot be read":   {"To: everybody at the firm", headway.Unknown},
		"to nobody who is named in it":    {"To: undisclosed-recipients:;", headway.Unknown},
		"only to somebody we do not know": {"To: olga@other.example", headway.Unknown},
	} {
		data := "From: Eva Roth <eva@kunde.example>\n" + test.to + "\nMessage-ID: <a@x>\nSubject: Lists\nDate: Mon, 2 Nov 2026 09:00:00 +0100\n\nWe spend four hours a month on the lists.\n"
		b, err := Read(File{Name: "a.eml", Data: []byte(data)}, Options{Ours: []string{"@firma.example"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Conversations[0].Speakers[0].Side; got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
