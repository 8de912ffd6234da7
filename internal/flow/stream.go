package flow

import (
	"context"
	"iter"
	"log/slog"
	"runtime"
	"runtime/debug"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// taken is one conversation on its way: read from a file and, once ready is
// closed, heard and held against the guesses.
type taken struct {
	conversation *headway.Conversation
	hearing      headway.Hearing
	part         mirror.Part
	ready        chan struct{}
	differs      bool // from the conversation of its id that is stored, so that what is heard here is of other words
	corrected    bool // since it came
}

// opened is one file that was read, before its conversations are heard. Either
// err says why it could not be, or batch holds its findings and table; its
// conversations follow one by one.
type opened struct {
	file  source.File
	batch source.Batch
	err   error
}

// arrival is the next thing of a stream: a file first, then each of its conversations.
type arrival struct {
	file *opened
	talk *taken
}

// stream reads files in order, and on all cores hears their conversations by a
// pass and holds them against guesses. What arrives keeps the order of the files. The channel closes at the end or when
// ctx ends; at most a few dozen conversations are ahead of the receiver.
func stream(ctx context.Context, files Files, o source.Options, by Pass, guesses []headway.Guess) <-chan arrival {
	workers := runtime.GOMAXPROCS(0)
	arrivals := make(chan arrival, 16*workers)
	talks := make(chan *taken, 16*workers)
	for range workers {
		go hearEach(talks, by, guesses)
	}
	go func() {
		defer close(arrivals)
		defer close(talks)
		for file, err := range files {
			if !sendFile(ctx, file, err, o, arrivals, talks) {
				return
			}
		}
	}()
	return arrivals
}

func hearEach(talks <-chan *taken, by Pass, guesses []headway.Guess) {
	for t := range talks {
		t.hear(by, guesses)
		close(t.ready)
	}
}

// sendFile reads one file (of an archive, each file in it) and sends it and its
// conversations on; it says whether to go on.
func sendFile(ctx context.Context, file source.File, err error, o source.Options, arrivals chan<- arrival, talks chan<- *taken) bool {
	for f := range openFile(file, err, o) {
		if !send(ctx, arrivals, arrival{file: f}) {
			return false
		}
		for i := range f.batch.Conversations {
			t := &taken{conversation: &f.batch.Conversations[i], ready: make(chan struct{})}
			if !send(ctx, talks, t) || !send(ctx, arrivals, arrival{talk: t}) {
				return false
			}
		}
	}
	return ctx.Err() == nil
}

// openFile reads a file, of an archive each file in it, each only when it is
// asked for: what was read takes several times the room of the bytes.
func openFile(file source.File, err error, o source.Options) iter.Seq[*opened] {
	return func(yield func(*opened) bool) {
		var inside []source.File
		var findings []headway.Finding
		if err == nil {
			inside, findings, err = source.Expand(file)
		}
		if err != nil {
			yield(&opened{file: file, err: err})
			return
		}
		for _, f := range inside {
			batch, err := contained(func() (source.Batch, error) { return source.Read(f, o) })
			if !yield(&opened{file: f, batch: batch, err: err}) {
				return
			}
		}
		if len(inside) != 1 || inside[0].ID() != file.ID() {
			// The archive comes after what was in it: kept last, it says that all was read.
			yield(&opened{file: file, batch: source.Batch{Source: file.ID(), Format: formatArchive, Findings: findings}})
		}
	}
}

// contained makes a failure of ours in reading one file that file's error. The
// file is kept, and taken up again at the next start: let it end the program
// once and it would end every start.
func contained(read func() (source.Batch, error)) (batch source.Batch, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			slog.Error("reading a file failed", "failure", failure, "stack", string(debug.Stack()))
			batch, err = source.Batch{}, headway.Errorf(headway.Internal, "reading it failed, which is our mistake: report it, and give the words in another format meanwhile (%v)", failure)
		}
	}()
	return read()
}

// formatArchive is what a file of files is kept as; formatUnread one of which
// nothing could be read, whose bytes are kept all the same.
const (
	formatArchive headway.Format = "archive"
	formatUnread  headway.Format = ""
)

func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// note adds what one file brought to the progress.
func (p *Progress) note(f *opened) {
	if f.batch.Format == formatArchive {
		for _, left := range f.batch.Findings { // what was in it and is refused, each by its name
			p.Files++
			p.Failed = append(p.Failed, FileResult{File: f.file.Name, Error: left.What})
		}
		return
	}
	p.Files++
	if f.err != nil {
		p.Failed = append(p.Failed, FileResult{File: f.file.Name, Error: f.err.Error()})
		return
	}
	p.Findings += len(f.batch.Findings)
	if len(f.batch.Findings) > 0 {
		p.Noted = append(p.Noted, FileNotes{File: f.file.Name, Findings: f.batch.Findings})
	}
	if f.batch.Table != nil {
		p.Tables = append(p.Tables, TableAsk{File: f.file.Name, Table: *f.batch.Table})
	}
	for i := range f.batch.Conversations {
		c := &f.batch.Conversations[i]
		p.Turns += len(c.Turns)
		p.Findings += len(c.Findings)
		p.Unplaced += unplaced(c)
	}
}

// unplaced counts the speakers with words whose side nobody has settled.
func unplaced(c *headway.Conversation) int {
	speaks := map[headway.SpeakerID]bool{}
	for i := range c.Turns {
		speaks[c.Turns[i].Speaker] = true
	}
	n := 0
	for _, s := range c.Speakers {
		if s.Side == headway.Unknown && speaks[s.ID] {
			n++
		}
	}
	return n
}

// words counts the words of a conversation as white space parts them.
func words(c *headway.Conversation) int {
	n := 0
	for i := range c.Turns {
		n += countFields(c.Turns[i].Text.Text)
	}
	return n
}

func countFields(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); i++ {
		space := s[i] == ' ' || s[i] == '\n' || s[i] == '\t'
		if !space && !inside {
			n++
		}
		inside = !space
	}
	return n
}
