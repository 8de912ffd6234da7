package eval

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
	"github.com/headway-oss/headway/internal/segment"
)

// longEnough is how long a pass is listened to for its speed.
const longEnough = 2 * time.Second

// speed hears the sentences of interviews one document after another, each as
// one turn of a customer's, until it has taken long enough.
func speed(p pass, all []heardKinds) quality.Speed {
	talks := talksOf(all)
	p.hearing(talks[0]) // what is read once is read
	sentences, words := 0, 0
	var took time.Duration
	for _, c := range talks {
		began := time.Now()
		sentences += len(p.hearing(c).Sentences)
		took += time.Since(began)
		for _, t := range c.Turns {
			words += len(segment.Words(t.Text.Text))
		}
		if took > longEnough {
			break
		}
	}
	return quality.Speed{
		Sentences: math.Round(float64(sentences) / took.Seconds()), Words: math.Round(float64(words) / took.Seconds()),
		Cores: runtime.GOMAXPROCS(0),
	}
}

// talksOf gives each document's sentences as one conversation.
func talksOf(all []heardKinds) (talks []*headway.Conversation) {
	var drafts []*headway.Draft
	at := map[string]*headway.Draft{}
	for _, h := range all {
		d := at[h.Document()]
		if d == nil {
			d = headway.NewDraft("speed", h.Document())
			at[h.Document()] = d
			drafts = append(drafts, d)
		}
		d.Say("customer", h.Row.Sentence)
		d.Speaker("customer").Side = headway.Theirs
	}
	for _, d := range drafts {
		talks = append(talks, d.Conversation())
	}
	return talks
}

func printSpeed(w io.Writer, passes []pass) {
	fmt.Fprintf(w, "On this machine (%s), customers' sentences of whole interviews, conversation by conversation:\n\n| pass | sentences a second | words a second | cores |\n|---|---|---|---|\n", machine())
	for _, p := range passes {
		s := speed(p, ofFiles(p.kinds, wholeInterviews...))
		fmt.Fprintf(w, "| %s | %.0f | %.0f | %d |\n", p.name, s.Sentences, s.Words, s.Cores)
	}
}

// machine names the processor that figures of speed hold for.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}

// processor gives its name where the system tells it.
func processor() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "a processor without a name"
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, is := strings.CutPrefix(lines.Text(), "model name"); is {
			return strings.TrimLeft(name, "\t :")
		}
	}
	return "a processor without a name"
}
