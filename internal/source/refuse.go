package source

import (
	"bytes"
	"strings"

	"github.com/headway-oss/headway"
)

// refusals name the files that hold no conversation to read, by the bytes at a
// place near their beginning.
var refusals = []struct {
	at        int
	signature string
	what, do  string
}{
	{0, "\x89PNG", "a PNG picture", needText},
	{0, "\xff\xd8\xff", "a JPEG picture", needText},
	{0, "GIF8", "a GIF picture", needText},
	{0, "BM", "a BMP picture", needText},
	{8, "WEBP", "a WebP picture", needText},
	{8, "WAVE", "a WAV recording", needWords},
	{8, "AVI ", "an AVI recording", needWords},
	{0, "ID3", "an MP3 recording", needWords},
	{0, "\xff\xfb", "an MP3 recording", needWords},
	{0, "\xff\xf3", "an MP3 recording", needWords},
	{4, "ftyp", "an MP4 or M4A recording", needWords},
	{0, "OggS", "an Ogg recording", needWords},
	{0, "fLaC", "a FLAC recording", needWords},
	{0, "\x1a\x45\xdf\xa3", "a WebM or Matroska recording", needWords},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .msg)", "save it as .docx, .xlsx or .eml"},
	{0, "{\\rtf", "an RTF document", "save it as .docx or .txt"},
	{0, "%PDF", "a PDF that cannot be opened", "export it again, without a password"},
	{0, "PK\x03\x04", "a packed file that is no document, table or archive of transcripts", "unpack it and give what is inside"},
	{0, "PK\x05\x06", "an empty zip archive", "pack it again"},
	{0, "\x1f\x8b", "a gzip archive", "unpack it and give what is inside"},
	{0, "BZh", "a bzip2 archive", "unpack it and give what is inside"},
	{0, "\xfd7zXZ", "an xz archive", "unpack it and give what is inside"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and give what is inside"},
	{0, "Rar!", "a RAR archive", "unpack it and give what is inside"},
	{0, "SQLite format 3", "a database", "export what was said as CSV"},
	{0, "\x7fELF", "a program", needText},
	{0, "MZ\x90", "a program", needText},
	{3, "STL25.01", "an EBU STL caption file", needCaptions},
	{3, "STL30.01", "an EBU STL caption file", needCaptions},
}

const (
	needText     = "give the words as a transcript, a table or plain text"
	needWords    = "have it transcribed first and give the transcript"
	needCaptions = "export it as VTT or SRT"
)

// refuse gives an Invalid error where data is known to be no conversation, or
// is no text at all. It knows UTF-16, which is half zero bytes.
func refuse(data []byte) error {
	for _, r := range refusals {
		if len(data) >= r.at && bytes.HasPrefix(data[r.at:], []byte(r.signature)) && certain(data, r.signature) {
			return headway.Errorf(headway.Invalid, "it looks like %s, refused: %s", r.what, r.do)
		}
	}
	if encodingOf(data) == utf8Text && tooManyControls(data) {
		return headway.Errorf(headway.Invalid, "it is no text, whatever its name says, refused: %s", needText)
	}
	return nil
}

// certain says whether a signature made of plain letters may be believed: "BM"
// and "BZh" may begin a sentence too.
func certain(data []byte, signature string) bool {
	if signature[0] >= 0x80 || len(signature) > 4 || signature == "%PDF" {
		return true
	}
	return bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0
}

// tooManyControls says whether the beginning holds more control characters
// than any text would: over one in twenty.
func tooManyControls(data []byte) bool {
	head := data[:min(len(data), 8192)]
	controls := 0
	for _, b := range head {
		if b < 0x20 && !strings.ContainsRune("\t\n\v\f\r\x1b", rune(b)) {
			controls++
		}
	}
	return controls*20 > len(head)
}

// ssaOrTTML refuses the caption formats that hold more layout than words.
var ssaOrTTML = format{
	name: "caption",
	is: func(p *peek) bool {
		head := strings.TrimLeft(p.head(), " \t\n\ufeff")
		start := head[:min(len(head), 2048)]
		return strings.HasPrefix(start, "[Script Info]") ||
			strings.HasPrefix(start, "<") && (strings.Contains(start, "<tt ") || strings.Contains(start, "<tt>") || strings.Contains(start, "<tt:tt") || strings.Contains(start, "http://www.w3.org/ns/ttml"))
	},
	read: func(r *reading) error {
		kind := "a TTML caption file"
		if !strings.HasPrefix(strings.TrimLeft(r.text, " \t\n\ufeff"), "<") {
			kind = "an SSA caption file"
		}
		return headway.Errorf(headway.Invalid, "it looks like %s, refused: %s", kind, needCaptions)
	},
}
