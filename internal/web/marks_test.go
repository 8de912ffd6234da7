package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// turns gives turns as an island asks for them: HTML by the id of the element.
func (w *workbench) turns(base string, texts ...headway.TextID) (turns map[string]string) {
	w.t.Helper()
	query := url.Values{}
	for _, text := range texts {
		query.Add("text", string(text))
	}
	a := w.get(base + "/turns?" + query.Encode())
	if err := json.Unmarshal([]byte(a.body), &turns); err != nil {
		w.t.Fatalf("%v in %s", err, a.body)
	}
	return turns
}

// turn gives the place of all words of a turn.
func (w *workbench) words(n int) headway.Span {
	turn := w.fake.talks["study1"][0].c.Turns[n]
	return headway.Span{Text: turn.Text.ID, End: headway.NewRuler(turn.Text.Text).Point(len(turn.Text.Text))}
}

func TestATurnIsDrawnAsItLooksNow(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	at := w.words(1)
	id := "t-" + string(at.Text.Turn())
	w.post(base+"/marks", url.Values{"place": {formatSpan(at)}, "label": {"habit"}}).leadsTo(t, base+"#"+id)
	for _, text := range []headway.TextID{at.Text, headway.TextID(at.Text.Turn()) + ".9"} { // the turn, however it is worded
		turns := w.turns(base, text)
		for _, want := range []string{">habit<", "b-place", `data-verdict="kept"`, "kept by you"} {
			if !strings.Contains(turns[id], want) {
				t.Errorf("the turn does not have %q\n%s", want, turns[id])
			}
		}
		if len(turns) != 1 {
			t.Errorf("%d turns came, want the one that was asked for", len(turns))
		}
	}
	w.post("/undo", nil).leadsTo(t, "/?undone=mark.habit.1")
	w.get("/?undone=mark.habit.1").says(t, 200, "Undone: a mark (habit).")
	if html := w.turns(base, at.Text)[id]; html == "" || strings.Contains(html, ">habit<") {
		t.Errorf("undone, and the turn is %s", html)
	}
}

func TestAPassageOverTurnsShowsInEachOfThem(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	first, second := w.words(5), w.words(6)
	w.post(base+"/marks", url.Values{"place": {formatSpan(first) + "+" + formatSpan(second)}, "label": {"anxiety"}})
	turns := w.turns(base, first.Text, second.Text)
	for _, s := range []headway.Span{first, second} {
		if html := turns["t-"+string(s.Text.Turn())]; !strings.Contains(html, ">anxiety<") {
			t.Errorf("%s does not show it: %s", s.Text, html)
		}
	}
	w.get(base+"/turns?text="+string(second.Text)).says(t, 200, "… ", "anxiety")
}

func TestOneConversationsAddressChangesNoOther(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	w.post(base+"/marks", url.Values{"place": {"elsewhere.1:0-4"}, "label": {"struggle"}}).says(t, 409, "not in this conversation")
}

func TestANoteHangsOnItsPassageUntilItIsTakenOff(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	at := w.words(1)
	w.post(base+"/notes", url.Values{"place": {formatSpan(at)}, "words": {"ask <b>how</b> often"}})
	html := w.turns(base, at.Text)["t-"+string(at.Text.Turn())]
	if !strings.Contains(html, "ask &lt;b&gt;how&lt;/b&gt; often") || !strings.Contains(html, "3 March 2026") && !strings.Contains(html, "you") {
		t.Errorf("the note is not beside the turn: %s", html)
	}
	w.get(base+"?study=study1").says(t, 200, "ask &lt;b&gt;how")
	w.post(base+"/marks", url.Values{"unnote": {"note1"}})
	w.get(base+"?study=study1").hides(t, "ask &lt;b&gt;how")
}

func TestManyAreDecidedAsOne(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	w.post(base+"/marks/all", url.Values{"study": {"study1"}, "label": {"struggle"}, "verdict": {"kept"}}).leadsTo(t, base)
	if len(w.fake.ops) != 1 {
		t.Errorf("%d deeds", len(w.fake.ops))
	}
	w.post(base+"/marks/all", url.Values{"label": {"struggle"}, "verdict": {"dismissed"}}).says(t, 422, "nothing of struggle left")
}

func TestTheQueueAsksOneAfterTheOther(t *testing.T) {
	w := open(t)
	w.sealed()
	first := w.get("/queue?study=study1")
	first.says(t, 200, "Is this", "struggle", "suggestions are left", "asked")
	w.post("/queue", url.Values{"place": {formatSpan(w.words(1))}, "label": {"struggle"}, "verdict": {"kept"}, "back": {"/queue?study=study1"}}).leadsTo(t, "/queue?study=study1")
	w.get("/queue?study=study1").says(t, 200, "measure")
	w.get("/queue?study=study1&kind=nonsense").says(t, 422)
	w.get("/queue?study=study1&skip=broken").says(t, 422)
}

func TestATranscriptIsTheSameCompressedAndPlain(t *testing.T) {
	w := open(t)
	path := "/conversation/" + string(w.conversation(w.sealed())) + "?study=study1"
	plain := w.get(path)
	for range 2 { // the second time from what was kept
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", "br, gzip")
		a := w.do(r)
		z, err := gzip.NewReader(bytes.NewReader([]byte(a.body)))
		if err != nil {
			t.Fatal(err)
		}
		html, err := io.ReadAll(z) // fails where checksum or length are wrong
		if err != nil || string(html) != plain.body {
			t.Errorf("%v, and %d bytes instead of %d", err, len(html), len(plain.body))
		}
	}
}

func TestAWindowShowsItsTurnsOnly(t *testing.T) {
	w := open(t)
	path := "/conversation/" + string(w.conversation(w.sealed()))
	a := w.get(path + "?study=study1&from=2&to=4")
	a.says(t, 200, "I copy the numbers by hand", "If my boss stops calling", "Turns 2–4")
	a.hides(t, "I wish it had a dark mode")
	w.get(path+"?study=study1&from=9&to=2").says(t, 422, "turns 1 to 8")
	w.get(path+"?study=study1&turn=4").leadsTo(t, path+"?study=study1#t-"+string(w.words(3).Text.Turn()))
	w.get(path+"?turn=99").says(t, 422, "turns 1 to 8")
	w.get(path+"?study=study1&kind=measure").says(t, 200, "1 moment of")
}

func TestEqualPiecesAreCompressedOnceAndOldOnesForgotten(t *testing.T) {
	p := newPacking()
	piece := bytes.Repeat([]byte("words "), 100)
	p.pack(piece)
	p.pack(piece)
	if len(p.known) != 1 {
		t.Errorf("%d pieces are kept of one", len(p.known))
	}
	p.bytes = maxPacked
	p.pack([]byte("another"))
	if len(p.known) >= 2 {
		t.Error("nothing is forgotten when there is too much")
	}
}

func TestFourLanesAndANumberStandForSixKinds(t *testing.T) {
	kinds := headway.Kinds()[:6]
	var pieces []markPiece
	for _, k := range kinds {
		pieces = append(pieces, markPiece{m: &moment{place: headway.Passage{{Text: "a.1", End: 10}}, heard: headway.Scored{Label: k, Counted: true}}, to: 10, begins: true})
	}
	over := &moment{place: headway.Passage{{Text: "a.1", Start: 5, End: 10}, {Text: "b.1", End: 3}}, heard: headway.Scored{Label: headway.Decision, Counted: true}}
	pieces = append(pieces, markPiece{m: over, from: 5, to: 10, begins: true})
	all, more := stripes(pieces, 10)
	if len(all) != maxLanes || more != 3 {
		t.Errorf("%d stripes and +%d, want %d and +3", len(all), more, maxLanes)
	}
	i := 0
	for all[i].label != headway.Decision {
		i++
	}
	if all[i].lane != 0 || all[i].from != 50 || all[i].to != 100 {
		t.Errorf("what goes on into the next turn is %+v, want it first and in the lower half", all[i])
	}
}

func TestARecordingIsPlayedInRangesAndForgotten(t *testing.T) {
	w := open(t)
	base := "/conversation/" + string(w.conversation(w.sealed()))
	w.get(base+"/recording").says(t, 404)
	w.get(base+"?study=study1").hides(t, "data-voice")
	w.fake.recorded = []byte("RIFF\x10\x00\x00\x00WAVEfmt and so on")
	w.get(base+"?study=study1").says(t, 200, "data-voice", "recording?study=study1", " 0 20000")
	r := httptest.NewRequest("GET", base+"/recording", nil)
	r.Header.Set("Range", "bytes=4-7")
	a := w.do(r)
	if a.StatusCode != http.StatusPartialContent || a.body != "\x10\x00\x00\x00" || a.Header.Get("Content-Type") != "audio/wave" {
		t.Errorf("%d %q as %s", a.StatusCode, a.body, a.Header.Get("Content-Type"))
	}
	w.post(base+"/recording/drop", nil)
	w.get(base+"/recording").says(t, 404)
}

func TestAFormThatIsTooLargeIsRefusedAsSuch(t *testing.T) {
	w := open(t)
	w.post("/self", url.Values{"progress": {strings.Repeat("x", maxForm+1)}}).says(t, 422, "more than a form holds")
}
