package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/headway-oss/headway"
)

// web reads a saved page: its text without markup, recognised again as text.
var web = format{
	name: "html",
	is:   func(p *peek) bool { return htmlPage.MatchString(p.head()) },
	read: func(r *reading) error {
		text, title := htmlText(r.text)
		if strings.TrimSpace(text) == "" {
			return headway.Errorf(headway.Invalid, "the page holds no words: save it from the browser once it shows its text")
		}
		first := len(r.batch.Conversations)
		if err := r.readInner(text); err != nil {
			return err
		}
		for i := range r.batch.Conversations[first:] {
			if c := &r.batch.Conversations[first+i]; c.Title == "" {
				c.Title = title
			}
		}
		return nil
	},
}

var (
	// htmlPiece is a page's part, copied out of it: it begins and ends with an element.
	htmlPiece  = regexp.MustCompile(`(?i)^\s*<(?:main|section|article|header|footer|nav|aside|div|p|h[1-6]|ul|ol|table|figure|blockquote)\b[^<>]*>[\s\S]*</[a-z][a-z0-9]*\s*>\s*$`)
	htmlPage   = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body)\b`)
	cellMarkup = regexp.MustCompile(`(?i)</?(?:p|div|br|span|a|ul|ol|li|b|i|strong|em|html|table|td|blockquote|h[1-6])(?:\s[^<>]*)?/?>`)
)

// readInner reads text taken out of another format. It keeps that format's
// name and never takes the text for markup again.
func (r *reading) readInner(text string) error {
	var texts []format
	for _, f := range r.texts {
		if f.name != "html" {
			texts = append(texts, f)
		}
	}
	r.texts = texts
	return r.readText(text)
}

// htmlText gives the words of a page or a fragment and its title: block
// elements, cells and list items stand apart, links keep their text, and
// scripts, styles and what is not shown are left out.
func htmlText(markup string) (text, title string) {
	return layOut(markup, htmlWriter{})
}

// htmlMailText gives the words of a mail's HTML part, with "> " before the
// lines of quoted blocks.
func htmlMailText(markup string) string {
	text, _ := layOut(markup, htmlWriter{marked: true})
	return text
}

// htmlBlocks gives the words of a page with an empty line between elements, cells
// too, so that no heading or point runs into the next.
func htmlBlocks(markup string) string {
	text, _ := layOut(markup, htmlWriter{blocks: true})
	return text
}

func layOut(markup string, w htmlWriter) (text, title string) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.finish(), strings.Join(strings.Fields(w.title.String()), " ")
		case html.TextToken:
			w.words(string(z.Text()))
		case html.StartTagToken:
			w.open(z)
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.part(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(atom.Lookup(name))
		}
	}
}

// htmlWriter lays a page's words out as text.
type htmlWriter struct {
	out    strings.Builder
	title  strings.Builder
	silent atom.Atom // the element whose words are not shown, until it closes
	pre    int
	breaks int  // line ends owed before the next word
	space  bool // a space owed before the next word
	marked bool // quoted blocks get "> ", as in plain mail
	blocks bool // an empty line stands between elements and between cells
	quotes int
}

// silentTags hold what a reader never sees as text.
var silentTags = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Title: true, atom.Svg: true}

// apart tells how many line ends stand between an element and its neighbours.
var apart = map[atom.Atom]int{
	atom.P: 2, atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.H5: 2, atom.H6: 2, atom.Blockquote: 2, atom.Table: 2, atom.Ul: 2, atom.Ol: 2,
	atom.Dl: 2, atom.Hr: 2, atom.Section: 2, atom.Article: 2, atom.Pre: 2,
	atom.Div: 1, atom.Li: 1, atom.Tr: 1, atom.Dt: 1, atom.Dd: 1, atom.Header: 1, atom.Footer: 1, atom.Main: 1, atom.Nav: 1, atom.Aside: 1,
	atom.Option: 1, atom.Caption: 1, atom.Figcaption: 1, atom.Body: 1, atom.Head: 1,
}

func (w *htmlWriter) open(z *html.Tokenizer) {
	name, _ := z.TagName()
	tag := atom.Lookup(name)
	if w.silent != 0 {
		return
	}
	if silentTags[tag] {
		w.silent = tag
		return
	}
	switch tag {
	case atom.Pre:
		w.pre++
	case atom.Blockquote:
		w.breaks = 2
		w.quotes++
	}
	w.part(tag)
}

func (w *htmlWriter) close(tag atom.Atom) {
	if w.silent != 0 {
		if tag == w.silent {
			w.silent = 0
		}
		return
	}
	switch {
	case tag == atom.Pre && w.pre > 0:
		w.pre--
	case tag == atom.Blockquote && w.quotes > 0:
		w.quotes--
	}
	w.part(tag)
}

// part keeps an element apart from what stands around it.
func (w *htmlWriter) part(tag atom.Atom) {
	switch {
	case w.blocks && (apart[tag] > 0 || tag == atom.Td || tag == atom.Th):
		w.breaks = 2
	case tag == atom.Td || tag == atom.Th:
		w.space = true
	case tag == atom.Br:
		w.breaks++ // two of them are an empty line
	default:
		w.breaks = max(w.breaks, apart[tag])
	}
}

func (w *htmlWriter) words(text string) {
	if w.silent == atom.Title {
		w.title.WriteString(text)
	}
	if w.silent != 0 {
		return
	}
	if w.pre > 0 {
		w.owe()
		w.out.WriteString(strings.ReplaceAll(text, "\n", "\n"+w.mark()))
		return
	}
	for i, word := range strings.FieldsFunc(text, isHTMLSpace) {
		if i > 0 || isHTMLSpace(rune(text[0])) {
			w.space = true
		}
		w.owe()
		w.out.WriteString(word)
	}
	if text != "" && isHTMLSpace(rune(text[len(text)-1])) {
		w.space = true
	}
}

// isHTMLSpace knows the white space that a browser folds; a no-break space is
// a character of the text.
func isHTMLSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\f' || r == '\r' }

func (w *htmlWriter) owe() {
	switch {
	case w.out.Len() == 0:
		w.out.WriteString(w.mark())
	case w.breaks > 0:
		w.out.WriteString(strings.Repeat("\n", min(w.breaks, 2)))
		w.out.WriteString(w.mark())
	case w.space:
		w.out.WriteByte(' ')
	}
	w.breaks, w.space = 0, false
}

func (w *htmlWriter) mark() string {
	if !w.marked {
		return ""
	}
	return strings.Repeat("> ", min(w.quotes, 20))
}

func (w *htmlWriter) finish() string {
	return strings.ReplaceAll(w.out.String(), "\r", "\n")
}
