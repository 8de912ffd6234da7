package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Export is a mirror to take along, with what its pages need beside it.
type Export struct {
	Study  headway.Study
	Mirror mirror.Mirror
	Texts  mirror.Texts
	Heads  []flow.Head // its conversations, for how they are called; may be nil
	Sealed bool        // false prints "not sealed" beside the guesses
}

// WriteHTML writes the mirror as one self-contained file: no script, and
// nothing to fetch.
func WriteHTML(w io.Writer, e Export) error { return writeHTML(w, e, newAssets("")) }

func writeHTML(w io.Writer, e Export, a *assets) error {
	face, err := a.load()
	if err != nil {
		return err
	}
	t, err := face.template("export")
	if err != nil {
		return err
	}
	style, err := fs.ReadFile(a.files, "styles/export.css")
	if err != nil {
		return err
	}
	view := struct {
		mirrorView
		Style  template.CSS
		Sealed bool
	}{viewMirror(e.Study, e.Mirror, e.Texts, titlesOf(e.Heads)), template.CSS(string(style) + customersTypeface(a.files, face)), e.Sealed}
	return t.ExecuteTemplate(w, "export", view)
}

// customersTypeface puts the serif of customers' words into the file, where the
// interface was built; without it the reader's own serif stands in.
func customersTypeface(files fs.FS, f face) string {
	font, err := fs.ReadFile(files, path.Join("dist", f.manifest["source-serif-4-latin-400-normal.woff2"]))
	if err != nil {
		return ""
	}
	return "\n@font-face{font-family:\"Source Serif 4\";src:url(data:font/woff2;base64," +
		base64.StdEncoding.EncodeToString(font) + ") format(\"woff2\")}\n"
}

// WriteDOCX writes the mirror as a Word document.
func WriteDOCX(w io.Writer, e Export) error {
	v := viewMirror(e.Study, e.Mirror, e.Texts, titlesOf(e.Heads))
	d := &docx{}
	d.add(docxTitle, v.Study.Name)
	d.add(docxText, v.about(e.Sealed))
	d.addGuesses(v)
	d.addSaid(v)
	d.addGaps(v)
	return d.writeTo(w)
}

// about says what the mirror rests on, and what does not count in it.
func (v mirrorView) about(sealed bool) string {
	var b strings.Builder
	if v.Study.Sample {
		b.WriteString("Invented sample. ")
	}
	fmt.Fprintf(&b, "%s on their side, in %s. ", count(v.N, "person", "people"), count(v.Conversations, "conversation", "conversations"))
	if v.Unplaced > 0 {
		fmt.Fprintf(&b, "%s not placed; they count for nobody. ", count(v.Unplaced, "speaker", "speakers"))
	}
	if v.Unheard > 0 {
		fmt.Fprintf(&b, "%s could not be heard. ", count(v.Unheard, "conversation", "conversations"))
	}
	switch {
	case sealed && v.Seal != "":
		b.WriteString("Sealed: " + v.Seal + ".")
	case len(v.Guesses) > 0:
		b.WriteString("Guesses not sealed.")
	}
	return strings.TrimSpace(b.String())
}

func (d *docx) addGuesses(v mirrorView) {
	d.add(docxHeading, "You said")
	if len(v.Guesses) > 0 {
		d.add(docxSource, v.Sure.Near.Line())
	}
	for _, h := range v.Guesses {
		late := ""
		if h.Guess.Late {
			late = " (written after the reveal)"
		}
		d.add(docxSub, h.Guess.Text+late)
		d.add(docxText, slotName(h.Guess.Slot)+". "+h.Sentence)
		d.addLines(h.Lines)
	}
	if len(v.Granted) > 0 {
		d.add(docxSub, fmt.Sprintf("Took for granted aloud: %d, never tested: %d", v.GrantedAll(), v.NeverTested))
		d.add(docxSource, v.Sure.Granted.Line())
	}
	for _, g := range v.Granted {
		d.add(docxText, quoted(g.Ours.Words))
		if g.Next.Said() {
			d.add(docxQuote, quoted(g.Next.Words))
		}
		d.add(docxSource, g.State()+"; "+g.Source)
	}
	for _, f := range v.First {
		d.add(docxSub, "First solution: "+f.Where+", "+f.Source)
		d.add(docxText, quoted(f.Ours.Words))
		d.add(docxSource, f.BeforeIt())
	}
}

func (d *docx) addSaid(v mirrorView) {
	d.add(docxHeading, "They said")
	if v.Sure.Said.Said() {
		d.add(docxSource, v.Sure.Said.Line())
	}
	for _, a := range v.After {
		d.add(docxSub, credit(a.Name, a.Source))
		d.addPair("Asked for", a.AskedFor, "not heard yet")
		d.addPair("Is after", a.IsAfter, "not heard yet")
		d.addPair("Solved for them when", a.SolvedWhen, a.Unmeasured())
	}
	for _, said := range v.Said {
		d.add(docxSub, fmt.Sprintf("%s: %d of %d", slotName(said.Kind), said.People, said.N))
		if said.Sure.Said() {
			d.add(docxSource, said.Sure.Line())
		}
		d.addLines(said.Lines)
	}
	if v.Forgot != "" {
		d.add(docxSource, sentence(v.Forgot))
	}
}

func (d *docx) addPair(label string, q quoteView, none string) {
	if !q.Said() {
		d.add(docxText, label+": "+none)
		return
	}
	d.add(docxLabel, label)
	d.add(docxQuote, quoted(q.Words))
}

func (d *docx) addGaps(v mirrorView) {
	d.add(docxHeading, "Nobody asked")
	if !v.OnlyVolunteer {
		d.add(docxSource, v.Sure.Asked.Line())
	}
	for i, g := range v.Gaps {
		if i == worst {
			d.add(docxSub, "The rest of the eleven")
		}
		d.add(docxText, g.Sentence)
	}
	d.add(docxHeading, v.QuestionsHeading())
	for _, q := range v.Questions {
		d.add(docxSub, q.Text)
		d.add(docxSource, q.Why)
	}
	if v.CopyPlayBack != "" {
		d.add(docxHeading, "Play-back")
		d.add(docxQuote, v.CopyPlayBack)
	}
	d.add(docxSource, "A sentence near a guess is a candidate until one of us has said whether it supports it. Counts are people, not mentions.")
}

// quoted marks words as said: a reader's machine may lack the typefaces that
// tell them from ours.
func quoted(q headway.Quote) string { return "“" + q.String() + "”" }

func (d *docx) addLines(lines []lineView) {
	for _, l := range lines {
		d.add(docxQuote, quoted(l.Words))
		credit := l.Credit()
		if l.Verdict != "" {
			credit += "; " + string(l.Verdict)
		}
		d.add(docxSource, credit)
		if said := l.SaidBy(); said != "" {
			d.add(docxLabel, sentence(said)+" Also in these words:")
			d.addLines(l.Same)
		}
	}
}

// saveMirror gives the mirror as a file to keep, and writes it into the log.
func (s *server) saveMirror(form, kind string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		study, err := s.revealed(r)
		if err != nil {
			return err
		}
		data, err := paper(r.Context(), s.hw, s.assets, study.ID, form)
		if err == nil && s.options.Access != nil {
			err = s.options.Access.Record(r.Context(), access.Exported, strings.TrimPrefix(r.URL.Path, "/"))
		}
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="mirror-`+fileName(study.Name)+"."+form+`"`)
		_, _ = w.Write(data) // the reader may have left
		return nil
	}
}

// Papers gives what writes a file of a study to take along: the mirror as html or
// docx, its jobs as jobs.md or, as slides, jobs.html.
func Papers(hw Headway) func(ctx context.Context, study headway.StudyID, form string) ([]byte, error) {
	a := newAssets("")
	return func(ctx context.Context, study headway.StudyID, form string) ([]byte, error) {
		if jobs, is := strings.CutPrefix(form, "jobs."); is {
			return jobsPaper(ctx, hw, a, study, jobs)
		}
		return paper(ctx, hw, a, study, form)
	}
}

func paper(ctx context.Context, hw Headway, a *assets, study headway.StudyID, form string) ([]byte, error) {
	s, err := hw.Study(ctx, study)
	if err != nil {
		return nil, err
	}
	m, texts, err := hw.Mirror(ctx, study, mirrorShown)
	if err != nil {
		return nil, err
	}
	heads, err := hw.Conversations(ctx, study)
	if err != nil {
		return nil, err
	}
	e := Export{Study: s, Mirror: m, Texts: texts, Heads: heads, Sealed: s.Phase == headway.Sealed}
	var out bytes.Buffer
	if form == "docx" {
		err = WriteDOCX(&out, e)
	} else {
		err = writeHTML(&out, e, a)
	}
	return out.Bytes(), err
}

// fileName keeps letters and digits that every file system takes.
func fileName(name string) string {
	slug := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	slug = strings.Join(strings.FieldsFunc(slug, func(r rune) bool { return r == '-' }), "-")
	if slug == "" {
		return "study"
	}
	return cutRunes(slug, 60)
}
