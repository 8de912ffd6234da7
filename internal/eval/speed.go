package eval

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
	"github.com/headway-oss/headway/internal/segment"
)

// longEnough is how long a pass is listened to for its speed.
const longEnough = 2 * time.Second

// speed hears the sentences of interviews, a document as one turn after another
// of a customer's, as many documents at once as there are cores, again and
// again until it has taken so long. On a busy machine it is slower.
func speed(p pass, all []heardKinds, long time.Duration) quality.Speed {
	talks := talksOf(all)
	words := spokenWords(talks)
	p.hearing(talks[0]) // what is read once is read
	var next, sentences, heard atomic.Int64
	var cores sync.WaitGroup
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		cores.Go(func() {
			for time.Since(began) < long {
				i := int(next.Add(1)-1) % len(talks)
				sentences.Add(int64(len(p.hearing(talks[i]).Sentences)))
				heard.Add(int64(words[i]))
			}
		})
	}
	cores.Wait()
	took := time.Since(began).Seconds()
	return quality.Speed{
		Sentences: math.Round(float64(sentences.Load()) / took), Words: math.Round(float64(heard.Load()) / took),
		Cores: runtime.GOMAXPROCS(0),
	}
}

// spokenWords counts the words of each conversation.
func spokenWords(talks []*headway.Conversation) (words []int) {
	for _, c := range talks {
		n := 0
		for _, t := range c.Turns {
			n += len(segment.Words(t.Text.Text))
		}
		words = append(words, n)
	}
	return words
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
	fmt.Fprintf(w, "On this machine (%s), customers' sentences of whole interviews, as many conversations at once as there are cores; slower where others work beside:\n\n| pass | sentences a second | words a second | cores |\n|---|---|---|---|\n", machine())
	for _, p := range passes {
		s := speed(p, ofFiles(p.kinds, wholeInterviews...), longEnough)
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
