package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// afraid is a call with somebody invented who is afraid of a great many things, each
// of them once.
func afraid(things int) source.File {
	var said strings.Builder
	said.WriteString("Interviewer: What worries you?\n\nCora: I want to get home without lying down first.")
	for n := range things {
		fmt.Fprintf(&said, " I am afraid that I fall on step %d.", n+1)
	}
	return source.File{Name: "cora.txt", Data: []byte(said.String() + "\n")}
}

// follow goes from page to page by a link that matches, and gives all pages.
func (w *workshop) follow(t *testing.T, first answer, link string) (pages []answer) {
	t.Helper()
	to := regexp.MustCompile(link)
	for a := first; ; {
		if a.StatusCode != 200 || len(pages) > 9 {
			t.Fatalf("page %d is %d\n%s", len(pages), a.StatusCode, a.body)
		}
		pages = append(pages, a)
		found := to.FindStringSubmatch(a.body)
		if found == nil {
			return pages
		}
		address, _, _ := strings.Cut(html.UnescapeString(found[1]), "#") // as a browser asks for it
		a = w.get(address)
	}
}

// steps counts the steps of which one of some pages speaks.
func steps(pages ...answer) int {
	seen := map[string]bool{}
	for _, a := range pages {
		for _, step := range regexp.MustCompile(`fall on step \d+`).FindAllString(a.body, -1) {
			seen[step] = true
		}
	}
	return len(seen)
}

func TestWhatACardCountsAsMoreSentencesIsOnePressAway(t *testing.T) {
	const things = 131
	w := openWorkshop(t)
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList([]source.File{afraid(things)}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	card := w.page("job/" + string(w.job(t, "Get home upright")))

	forces := regexp.MustCompile(`(?s)id="forces".*?</section>`).FindString(card.body)
	more := regexp.MustCompile(`href="([^"]+)">\d+ more sentences`).FindStringSubmatch(forces)
	if more == nil {
		t.Fatalf("the forces lead nowhere\n%s", forces)
	}
	pages := w.follow(t, w.get(html.UnescapeString(more[1])), `rel="next" href="([^"]+)"`)
	if got := steps(pages...); got != things || len(pages) != 3 {
		t.Errorf("%d of %d fears stand on %d pages", got, things, len(pages))
	}
	pages[2].says(t, 200, "Fear of the new", "Get home upright", "those before")

	emotional := studyPath(w.study, "claims?part=emotional&of="+string(w.job(t, "Get home upright")))
	written := []answer{w.get(emotional + "&words=safe")}
	for n := 2; strings.Contains(written[n-2].body, "to choose from"); n++ {
		written = append(written, w.get(fmt.Sprintf("%s&words=safe&page=%d", emotional, n)))
	}
	if got := steps(written...); got != things {
		t.Errorf("%d of %d fears can be chosen on %d pages", got, things, len(written))
	}
	written[len(written)-1].says(t, 200, ">safe</textarea>")
}

func TestWordsThatMayBearOnAClaimAreAllThere(t *testing.T) {
	const things = 70
	w := openWorkshop(t)
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList([]source.File{afraid(things)}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	job := w.job(t, "Get home upright")
	claim := w.send(t, "claims", "part", "emotional", "of", string(job), "words", "safe").Header.Get("Location")
	pages := w.follow(t, w.get(claim), `rel="next" href="([^"]+)"`)
	if got := steps(pages...); got != things || len(pages) < 2 {
		t.Errorf("%d of %d fears stand on %d pages", got, things, len(pages))
	}
}

func TestACustomersLinesAreAllOnePressAway(t *testing.T) {
	const things = 20
	w := openWorkshop(t)
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList([]source.File{afraid(things)}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	everybody := must2(w.flow.Everybody(t.Context()))(t)
	for _, p := range everybody.People {
		if p.Name() != "Cora" {
			continue
		}
		short := w.get(customerPath(p.ID))
		short.says(t, 200, `href="?all=yes#worries">and 14 more`)
		if got := steps(w.get(customerPath(p.ID) + "?all=yes")); got != things {
			t.Errorf("%d of %d worries stand on their page", got, things)
		}
	}
}
