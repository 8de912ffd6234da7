package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func (f *fake) Describe(_ context.Context, study headway.StudyID, text string) (flow.Described, error) {
	var all []headway.Conversation
	for _, t := range f.talks[study] {
		all = append(all, t.c)
	}
	return flow.DescribeAgainst(all, text)
}

// pasted is a page of an invented firm.
const pasted = "Book a demo of our module today.\n\nI want to be home when the kids are still up. <b>Everyone</b> loves innovation and wants to be delighted by a brand."

func TestATextIsShownSentenceBySentenceWithWhatCustomersSaidBeside(t *testing.T) {
	w := open(t)
	w.sealed()
	a := w.upload("/study/study1/shoes", nil, url.Values{"paste": {pasted}})
	a.says(t, 200, `data-mark="ours">our operations</b>`, "names us: <em>our</em>", "asks the reader: <em>book</em>",
		`data-mark="theirs">their words</b>`, "close to what a customer said", "I want to be home when the kids are still up.", "near 1.00", "Petra", `href="/conversation/`,
		`data-mark="unsupported">unsupported</b>`, "no customer was found to say it", "1 of 3", "n = 3 sentences", "&lt;b&gt;Everyone")
	a.hides(t, " % ", "<b>Everyone")
	if got := strings.Count(a.body, "<li data-mark="); got != 3 {
		t.Errorf("%d sentences, want 3", got)
	}
}

func TestATextComesAsAFileToo(t *testing.T) {
	w := open(t)
	w.sealed()
	w.upload("/study/study1/shoes", map[string]string{"page.html": "<html><body><h1>Our features</h1><p>Book a demo.</p></body></html>"}, url.Values{"paste": {""}}).
		says(t, 200, "page.html", "Our features", "Book a demo.", "2 of 2")
}

func TestATextThatCannotBeReadSaysWhatToDo(t *testing.T) {
	w := open(t)
	w.sealed()
	path := "/study/study1/shoes"
	w.upload(path, nil, url.Values{"paste": {""}}).says(t, 422, "Give one text")
	w.upload(path, map[string]string{"page.md": "Book."}, url.Values{"paste": {"Book."}}).says(t, 422, "Give one text")
	w.upload(path, map[string]string{"page.pdf": "\x89PNG\r\n\x1a\n"}, nil).says(t, 422, "looks like a PNG picture")
	w.upload(path, nil, url.Values{"paste": {"Wir liefern das Brot jeden Morgen um sechs, und die Kunden sind damit nicht zufrieden."}}).says(t, 422, `role="alert"`, "not English", ">Wir liefern das Brot")
	w.upload(path, map[string]string{"page.docx": "PK\x03\x04cut"}, nil).hides(t, "PK\x03\x04")
}

func TestTheMirrorLeadsToThePageForTextsWhichKeepsNothing(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/study/study1/mirror").says(t, 200, `href="/study/study1/shoes"`)
	deeds := len(w.fake.ops)
	w.upload("/study/study1/shoes", nil, url.Values{"paste": {pasted}})
	w.get("/study/study1/shoes").says(t, 200, "Nothing of it is kept")
	w.get("/study/study1/shoes").hides(t, "delighted")
	if len(w.fake.ops) != deeds || len(w.fake.imported) > 1 {
		t.Error("the text was kept")
	}
}
