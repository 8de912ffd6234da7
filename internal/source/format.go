package source

import (
	"archive/zip"
	"bytes"
	"strings"

	"github.com/headway-oss/headway"
)

// A format is one way of writing conversations down. Each stands in a file of
// its own and is asked in the order of the lists below.
type format struct {
	name headway.Format
	is   func(p *peek) bool
	read func(r *reading) error
}

// byBytes are recognised before anything is decoded: packed and encoded files.
var byBytes = []format{
	xlsx,
	docx,
	portable,
	mbox,
	eml,
}

// byText are recognised by their decoded text, the strictest first; the last
// takes everything.
var byText = []format{
	vtt,
	ssaOrTTML,
	srt,
	sbv,
	whatsapp,
	slack,
	helpdesk,
	jsonTranscript,
	web,
	csv,
	named,
	plain,
}

// Read recognises a file by its content and gives the conversations in it. It
// fails with Invalid where a file is empty, is no conversation (a picture, a
// recording), or is of a kind that is refused; the message says what to do.
func Read(f File, o Options) (_ Batch, err error) {
	defer headway.Wrap(&err, "read %s", f.Name)
	if len(bytes.TrimSpace(f.Data)) == 0 {
		return Batch{}, headway.Errorf(headway.Invalid, "the file is empty: export it again")
	}
	r := &reading{file: f, options: o, texts: byText, batch: Batch{Source: f.ID()}}
	return r.recognised()
}

// recognised reads the file as what it is.
func (r *reading) recognised() (Batch, error) {
	p := &peek{raw: r.file.Data}
	for _, known := range byBytes {
		if known.is(p) {
			return r.with(known)
		}
	}
	if err := refuse(p.raw); err != nil {
		return Batch{}, err
	}
	text, findings := decode(r.file.Data)
	r.batch.Findings = append(r.batch.Findings, findings...)
	err := r.readText(text)
	return r.batch, err
}

// A peek is what a format is recognised by.
type peek struct {
	raw      []byte // as it came; nil for text taken out of another format
	text     string // decoded; "" while the bytes are asked
	names    []string
	unzipped bool
}

// starts says whether the bytes begin with one of some signatures.
func (p *peek) starts(signatures ...string) bool {
	for _, s := range signatures {
		if len(p.raw) >= len(s) && string(p.raw[:len(s)]) == s {
			return true
		}
	}
	return false
}

// entries names what a zip holds, and nothing where the file is none.
func (p *peek) entries() []string {
	if p.unzipped || !p.starts("PK") {
		return p.names
	}
	p.unzipped = true
	if z, err := zip.NewReader(bytes.NewReader(p.raw), int64(len(p.raw))); err == nil {
		for _, entry := range z.File {
			p.names = append(p.names, entry.Name)
		}
	}
	return p.names
}

// headSize is how much of a text is enough to recognise its format.
const headSize = 64 << 10

// head gives the text's beginning, up to 64 KiB, without a last line cut short.
func (p *peek) head() string {
	if len(p.text) <= headSize {
		return p.text
	}
	head := p.text[:headSize]
	if cut := strings.LastIndexByte(head, '\n'); cut > 0 {
		return head[:cut]
	}
	return strings.ToValidUTF8(head, "")
}

// A reading is one file on its way into a batch.
type reading struct {
	file    File
	options Options
	text    string // decoded; "" for formats recognised by their bytes
	texts   []format
	batch   Batch
	stands  map[headway.ConversationID][]extent // where, for Without; nil otherwise
}

func (r *reading) with(f format) (Batch, error) {
	r.batch.Format = f.name
	err := f.read(r)
	return r.batch, err
}

// readText recognises text, be it the file's own or taken out of a document,
// and reads it. A format set before (docx, pdf) stays the batch's.
func (r *reading) readText(text string) error {
	if strings.TrimSpace(text) == "" {
		return headway.Errorf(headway.Invalid, "the file holds no words: export it again")
	}
	r.text = text
	p := &peek{text: text}
	for _, known := range r.texts {
		if !known.is(p) {
			continue
		}
		if r.batch.Format == "" {
			r.batch.Format = known.name
		}
		return known.read(r)
	}
	return headway.Errorf(headway.Invalid, "no known way of writing a conversation: export it as VTT, SRT, DOCX, CSV or plain text")
}

// draft starts a conversation of this file with its natural key.
func (r *reading) draft(genre headway.Genre, key ...string) *headway.Draft {
	d := headway.NewDraft(key...)
	c := d.Conversation()
	c.Source, c.File, c.Format, c.Genre = r.batch.Source, r.file.Name, r.batch.Format, genre
	return d
}

// standsAt remembers which record a conversation, or a part of it, came from.
func (r *reading) standsAt(c *headway.Conversation, records ...extent) {
	if r.stands != nil {
		r.stands[c.ID] = append(r.stands[c.ID], records...)
	}
}

// transcript starts the one conversation that a file is.
func (r *reading) transcript(genre headway.Genre) *headway.Draft {
	return r.draft(genre, "file", string(r.batch.Source))
}

// keep settles the sides of a finished conversation and puts it in the batch.
func (r *reading) keep(d *headway.Draft) {
	c := d.Conversation()
	settleSides(c, r.options)
	r.batch.Conversations = append(r.batch.Conversations, *c)
}

// keepWhole keeps the one conversation that the file is; what was found in the
// file is then found in it.
func (r *reading) keepWhole(d *headway.Draft) {
	c := d.Conversation()
	c.Genre = genreOf(c, c.Genre)
	c.Findings = append(c.Findings, r.batch.Findings...)
	r.batch.Findings = nil
	r.keep(d)
	unsettleNotes(&r.batch.Conversations[len(r.batch.Conversations)-1])
}

// find notes something about the file.
func (r *reading) find(line int, what, text string) {
	r.batch.Findings = append(r.batch.Findings, headway.Finding{Line: line, What: what, Text: text})
}
