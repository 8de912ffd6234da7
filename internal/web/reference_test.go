package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/api"
)

func TestTheReferenceShowsEveryOperation(t *testing.T) {
	handler, document, err := api.New(nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := open(t)
	w.Handler = New(w.fake, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t), API: handler, OpenAPI: document})
	page := w.get("/api").body
	for _, shown := range []string{
		`<h3 id="mark">`, `<b>POST</b> /api/v1/marks`, "scope write",
		`{&#34;marks&#34;:[{&#34;label&#34;:&#34;struggle&#34;`, `-F files=@call.vtt`, `href="#shape-Place"`, `id="shape-Place"`,
		"http://" + host + "/api/v1/studies",
	} {
		if !strings.Contains(page, shown) {
			t.Errorf("it does not show %s", shown)
		}
	}
	if n := strings.Count(page, "<article"); n < 100 {
		t.Errorf("it shows %d operations and shapes", n)
	}
	for _, part := range strings.Split(page, `href="#`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("nothing is at #%s", id)
		}
	}
	if got := w.get("/api/openapi.json"); got.StatusCode != http.StatusOK || !strings.HasPrefix(got.body, `{"components"`) {
		t.Errorf("the document: %d %.40s", got.StatusCode, got.body)
	}
	if strings.Contains(page, "https://") {
		t.Error("it leads away from this machine")
	}
}

func TestAHeadwayWithoutAnAPISaysSo(t *testing.T) {
	if got := open(t).get("/api"); got.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", got.StatusCode)
	}
}
