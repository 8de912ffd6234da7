// Package flow joins the steps: it takes files in, runs every step that is
// stale for each changed conversation, and answers what the faces ask. The
// steps are pure; flow is where they meet the store, the clock and each other.
//
//	batch → source.Read → store → hear → mirror.Look → mirror.Join
//
// What is stale is read from the store, never remembered: a derived row is
// current when its version and the digest of its inputs are. A crash loses
// nothing but time.
package flow

import (
	"context"
	"iter"
	"strings"
	"sync"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/meaning"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// Flow is one workspace at work for one member. It may be used by many
// goroutines at once.
type Flow struct {
	store  store.Store
	blobs  blob.Blobs
	ws     headway.WorkspaceID
	member headway.MemberID
	now    Clock

	perShipment  int // turns stored in one transaction
	perListening int // turns heard carefully and kept in one

	careful  Pass          // its Hear is nil where nothing is heard carefully
	teaching Teaching      // its Hear is nil where nothing is learned from verdicts
	more     chan struct{} // holds one where there may be more to hear carefully

	listenFor time.Duration // how long it listens by itself; 0 for as long as it takes

	audit    Audit            // nil where nothing is written down
	meanings meaning.Meanings // nil where search goes by words only
	unread   chan struct{}    // holds one where there may be more to remember

	ungathered chan struct{} // holds one where there may be more to gather
	undrawn    chan struct{} // holds one where jobs may be others now

	// background outlives the request that starts an import.
	background context.Context
	runs       runs

	marking marking
	tidings tidings

	readLast  readLast
	suggested suggestions

	// sealing lets guesses be written and sealed one after another: what is put
	// takes the place of what is open.
	sealing sync.Mutex

	mu         sync.Mutex
	left       leftover            // see hearNewest
	history    []headway.Operation // as far as it was read
	blind      blind               // what a round hides
	shown      map[shownTo]*reflection
	counted    map[headway.StudyID]counted // "" for all studies
	drawn      map[shownTo]drawn
	drawing    map[headway.StudyID]chan struct{} // filled by who draws
	remembered *store.Extent                     // what was there when all of it was remembered
	used       *inUse                            // the closest pass; nil until it is needed
	everybody  *census                           // nil until they are asked for
	scored     map[hear.Row][]headway.Scored
}

// Config is what a Flow works with. Store, Blobs and Workspace must be set.
type Config struct {
	Store     store.Store
	Blobs     blob.Blobs
	Workspace headway.WorkspaceID
	Member    headway.MemberID // who does what is done here; "" is the one at the machine
	Now       Clock            // nil is the system's clock
	Meanings  meaning.Meanings // lets sentences be found by what they mean; nil does not
	Audit     Audit            // is told of what is taken out; nil is not
	Careful   Pass             // refines what was heard quickly; the zero Pass does not
	// ListenFor is how long Listen hears by itself what it finds, newest first,
	// where hearing is slow; 0 is for as long as it takes.
	ListenFor time.Duration
	Teaching  Teaching // lets verdicts correct Careful; the zero Teaching does not
	// Background ends the imports that run behind the faces; nil never does.
	Background context.Context
}

// New makes a Flow.
func New(c Config) *Flow {
	f := &Flow{
		store: c.Store, blobs: c.Blobs, ws: c.Workspace, member: c.Member, now: c.Now,
		careful: c.Careful, teaching: c.Teaching, more: make(chan struct{}, 1), listenFor: c.ListenFor,
		audit: c.Audit, meanings: c.Meanings, unread: make(chan struct{}, 1),
		ungathered:  make(chan struct{}, 1),
		background:  c.Background,
		perShipment: turnsPerShipment, perListening: turnsAtOnce,
		shown:   map[shownTo]*reflection{},
		counted: map[headway.StudyID]counted{},
		drawn:   map[shownTo]drawn{},
		drawing: map[headway.StudyID]chan struct{}{},
		undrawn: make(chan struct{}, 1),
		scored:  map[hear.Row][]headway.Scored{},
	}
	if f.member == "" {
		f.member = "here"
	}
	if f.now == nil {
		f.now = time.Now
	}
	if f.background == nil {
		f.background = context.Background()
	}
	f.runs.last, f.runs.started = int(f.now().Unix()), map[int]*running{}
	return f
}

// apply does deeds, now, all or none, in the name of the member on whose behalf
// it is done.
func (f *Flow) apply(ctx context.Context, ops ...headway.Operation) error {
	_, err := f.applied(ctx, ops...)
	return err
}

// applied is apply that gives the operations as they were kept.
func (f *Flow) applied(ctx context.Context, ops ...headway.Operation) ([]headway.Operation, error) {
	return f.appliedBy(ctx, ops, f.store.ApplyAll)
}

// appliedBy is applied by one of the ways in which the store takes operations.
func (f *Flow) appliedBy(ctx context.Context, ops []headway.Operation, by func(context.Context, headway.WorkspaceID, []headway.Operation) ([]headway.Operation, error)) ([]headway.Operation, error) {
	if err := f.mayWrite(ctx); err != nil {
		return nil, err
	}
	now := f.now().UTC().Truncate(time.Microsecond)
	for i := range ops {
		if ops[i].Deed == headway.DeedLift || ops[i].Deed == headway.DeedErase {
			if err := f.mayOwn(ctx); err != nil {
				return nil, err
			}
		}
		ops[i].Member, ops[i].At = f.acting(ctx), now
	}
	kept, err := by(ctx, f.ws, ops)
	if len(kept) > 0 {
		f.tidings.tell(kept[len(kept)-1].Seq)
	}
	if err != nil {
		return kept, err
	}
	return kept, f.reworded(ctx, kept)
}

// Files feeds an import: each file as it came, or why it could not be read.
// Files are asked for one at a time, so a folder of any size fits in memory.
type Files = iter.Seq2[source.File, error]

// FileList feeds files that are already at hand.
func FileList(files []source.File) Files {
	return func(yield func(source.File, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// together holds back the files that can only be read together, such as mails
// that quote each other, and gives them, joined, after all others.
func together(files Files) Files {
	return func(yield func(source.File, error) bool) {
		var held []source.File
		for f, err := range files {
			if err == nil && source.Joins(f) {
				held = append(held, f)
			} else if !yield(f, err) {
				return
			}
		}
		for _, f := range source.Join(held) {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// Progress is how far an import has come. Totals grow while files are read.
type Progress struct {
	Files, FilesDone int
	Turns, TurnsDone int // read, and heard and stored
	Words            int
	Added            int // conversations that were not there before
	Known            int // conversations that were
	Corrected        int // of those, the ones that members have corrected since: they stay so
	Unplaced         int // speakers with words whose side nobody has settled
	Findings         int
	Failed           []FileResult // files of which nothing could be read
	Noted            []FileNotes  // what was noticed of files as a whole; the rest stands in their conversations
	Tables           []TableAsk   // tables whose columns were guessed
	Resumed          bool         // files that an earlier start was given
	Done             bool
	Canceled         bool
	Err              string // why the import as a whole stopped, for the person
}

// FileResult is one file's failure, in words that say what to do.
type FileResult struct {
	File  string
	Error string
}

// Told is the error without the file's name, which stands beside it.
func (f FileResult) Told() string {
	for _, doing := range []string{"read ", "open "} {
		if told, cut := strings.CutPrefix(f.Error, doing+f.File+": "); cut {
			return told
		}
	}
	return f.Error
}

// FileNotes is what was noticed of a file that holds several conversations.
type FileNotes struct {
	File     string
	Findings []headway.Finding
}

// TableAsk is a table whose columns a person may put right.
type TableAsk struct {
	File  string
	Table source.Table
}

// Head is a conversation in a list.
type Head struct {
	ID       headway.ConversationID
	File     string
	Row      int
	Title    string
	Genre    headway.Genre
	Date     headway.Date
	Turns    int
	Words    int
	Speakers []headway.Speaker
}

// Clock gives the time; tests give their own.
type Clock func() time.Time

// Audit writes down that whoever acts in ctx took something out, or looked behind a
// mask: what, in words of ours alone.
type Audit func(ctx context.Context, act access.Act, what string) error
