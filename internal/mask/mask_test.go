package mask

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// marked is a conversation of testdata with what should be masked in it.
type marked struct {
	c    headway.Conversation
	want map[headway.Span]What
}

var mark = regexp.MustCompile(`\[([a-z]+):([^\]]+)\]`)

// read gives the conversations of a file, each sentence a turn of its first
// speaker.
func read(t *testing.T, name string) (all []marked) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range strings.Split(string(data), "\n\n") {
		d := headway.NewDraft(name, fmt.Sprint(i))
		m := marked{want: map[headway.Span]What{}}
		var said string
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if names, is := strings.CutPrefix(line, "@ "); is {
				for _, name := range strings.Split(names, "; ") {
					d.Speaker(name)
					said = name
				}
				continue
			}
			m.say(d, said, line)
		}
		if m.c = *d.Conversation(); len(m.c.Turns) > 0 {
			all = append(all, m)
		}
	}
	return all
}

func (m *marked) say(d *headway.Draft, name, line string) {
	turn := d.Say(name, mark.ReplaceAllString(line, "$2"))
	rest, at := line, 0
	for {
		f := mark.FindStringSubmatchIndex(rest)
		if f == nil {
			return
		}
		start := at + len([]rune(rest[:f[0]]))
		end := start + len([]rune(rest[f[4]:f[5]]))
		m.want[headway.Span{Text: turn.Text.ID, Start: start, End: end}] = What(rest[f[2]:f[3]])
		rest, at = rest[f[1]:], end
	}
}

// figures are counts of what was found rightly, wrongly and not.
type figures struct{ right, wrong, missed int }

func (f figures) String() string {
	share := func(of, and int) string {
		if of+and == 0 {
			return "-"
		}
		return fmt.Sprintf("%.2f (%d of %d)", float64(of)/float64(of+and), of, of+and)
	}
	return "precision " + share(f.right, f.wrong) + ", recall " + share(f.right, f.missed)
}

// measure holds suggestions against what should be masked: right is what covers
// the same words exactly and is called the same.
func measure(t *testing.T, file string) map[What]*figures {
	by := map[What]*figures{}
	for _, w := range Whats() {
		by[w] = &figures{}
	}
	all := &figures{}
	by[""] = all
	for _, m := range read(t, file) {
		got := map[headway.Span]What{}
		for _, s := range Suggest(&m.c) {
			got[s.Span] = s.What
			if m.want[s.Span] == s.What {
				by[s.What].right++
				all.right++
				continue
			}
			by[s.What].wrong++
			all.wrong++
			t.Logf("%s: %q is no %s (%s)", file, words(m.c, s.Span), s.What, s.Why)
		}
		for span, what := range m.want {
			if got[span] != what {
				by[what].missed++
				all.missed++
				t.Logf("%s: %q is a %s, and was not found", file, words(m.c, span), what)
			}
		}
	}
	return by
}

func words(c headway.Conversation, at headway.Span) string {
	for _, t := range c.Turns {
		if q, err := t.Text.Cut(at); err == nil {
			return q.String()
		}
	}
	return ""
}

func TestWhatTellsWhoSomebodyIsIsFoundInInventedSentences(t *testing.T) {
	for _, file := range []struct {
		name              string
		precision, recall float64
	}{{"tuned.txt", .9, .9}, {"held.txt", .8, .8}} {
		by := measure(t, file.name)
		for _, w := range append(slices.Clone(Whats()), "") {
			t.Logf("%s %-8s %v", file.name, w, by[w])
		}
		all := by[""]
		if p := float64(all.right) / float64(all.right+all.wrong); p < file.precision {
			t.Errorf("%s: precision %.2f is under %.2f", file.name, p, file.precision)
		}
		if r := float64(all.right) / float64(all.right+all.missed); r < file.recall {
			t.Errorf("%s: recall %.2f is under %.2f", file.name, r, file.recall)
		}
	}
}
