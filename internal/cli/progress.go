package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// meter tells how far an import has come: to a person in one line that
// renews itself, to a log in a line every few seconds once it takes longer
// than one.
type meter struct {
	w     io.Writer
	live  bool
	next  time.Time // not before then
	drawn bool
}

func newMeter(w io.Writer) *meter {
	_, watched := terminal(w)
	live := watched && obeysEscapes()
	m := &meter{w: w, live: live, next: time.Now().Add(time.Second)}
	if live {
		m.next = time.Now().Add(200 * time.Millisecond)
	}
	return m
}

// tell shows an import's progress, if it is time to.
func (m *meter) tell(p flow.Progress) {
	if m.due() {
		m.show(progressLine(p))
	}
}

func (m *meter) due() bool { return !time.Now().Before(m.next) }

func (m *meter) show(line string) {
	if m.live {
		m.next = time.Now().Add(100 * time.Millisecond)
		fmt.Fprint(m.w, "\r\x1b[K"+line)
	} else {
		m.next = time.Now().Add(5 * time.Second)
		fmt.Fprintln(m.w, line)
	}
	m.drawn = true
}

// done clears the line for what comes after it.
func (m *meter) done() {
	if m.live && m.drawn {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}

func progressLine(p flow.Progress) string {
	line := fmt.Sprintf("%s of %s turns", thousands(p.TurnsDone), thousands(p.Turns))
	if p.Unplaced > 0 {
		line += "; " + count(p.Unplaced, "speaker") + " to place"
	}
	return line
}

// outcome names the files that failed and gives the error that stands for
// them: none, for some of many, or that nothing was done.
func (p *program) outcome(g flow.Progress, set *fileSet) error {
	const shownFailures = 20
	for i, f := range g.Failed {
		if i == shownFailures {
			fmt.Fprintf(p.Err, "and %s more\n", count(len(g.Failed)-i, "file"))
			break
		}
		// An archive's maker chose the names in it.
		fmt.Fprintf(p.Err, "%s: %s\n", tame(f.File), tame(f.Told()))
	}
	if note := set.note(); note != "" {
		fmt.Fprintln(p.Err, note)
	}
	switch failed := len(g.Failed); {
	case g.Files == 0 && set.given > 0: // an import that has read them before
		return nil
	case g.Files == 0:
		return headway.Errorf(headway.Invalid, "there is nothing to read here: name transcripts, tables or mail, or folders that hold some")
	case g.Added+g.Known == 0 && failed == 0:
		return headway.Errorf(headway.Invalid, "nobody says anything in these files")
	case g.Added+g.Known == 0:
		return headway.Errorf(headway.Invalid, "nothing could be read")
	case failed > 0:
		return partError{failed: failed, tried: g.Files}
	}
	return nil
}
