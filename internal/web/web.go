// Package web is the face in the browser: from a sealed guess to the mirror.
//
// Pages are rendered here, by html/template, and work without JavaScript
// wherever they can; the islands in web/src only make them quicker. Every act
// has a file of its own, named after it, and returns its error; [serveError]
// alone turns errors into pages. Words of customers reach a page as
// headway.Quote or as text that a template escapes, in no other way.
//
//	http.Serve(listener, web.New(flow, web.Options{Secret: secret, Hosts: []string{"127.0.0.1:8080"}}))
//
// The order of a study is kept here as well as in flow: until its guesses are
// sealed or skipped no page of it shows evidence.
package web

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// Headway is what the pages need of the application.
type Headway interface {
	Guessing
	Importing
	Reading
	Judging
	Marking
	Doubting
	Recording
	Learning
	Knowing
	Forgetting
	Naming
	Dealing
	Living
	MarkingApart
	Finding
	Hiding
	Correcting
	Regrouping
	Hiring
	Describing
}

// Guessing is everything before the reveal, and late guesses after it.
type Guessing interface {
	Studies(ctx context.Context) ([]headway.Study, error)
	Study(ctx context.Context, id headway.StudyID) (headway.Study, error)
	OpenStudy(ctx context.Context, name string, about headway.About) (headway.Study, error)
	Guesses(ctx context.Context, study headway.StudyID) ([]headway.Guess, error)
	// Seal closes the guesses and reveals the study; no guesses are Invalid.
	Seal(ctx context.Context, study headway.StudyID, guesses []headway.Guess) (seal string, err error)
	Skip(ctx context.Context, study headway.StudyID) error
	AddGuess(ctx context.Context, study headway.StudyID, guess headway.Guess) error // marked Late
}

// Importing takes files in, in the background.
type Importing interface {
	Import(ctx context.Context, study headway.StudyID, files []source.File, o source.Options) (job string, err error)
	Progress(job string) (flow.Progress, error)
	Cancel(job string) error
	// Imports names the imports into a study that go on, newest first; also
	// those that an earlier start was given.
	Imports(study headway.StudyID) (jobs []string)
	// Watch gives a channel that is closed when the job's progress next moves.
	Watch(job string) <-chan struct{}
	LoadSample(ctx context.Context) (headway.StudyID, error)
	RemoveSample(ctx context.Context) error
}

// Reading shows evidence. It is Denied before the reveal; through a study that
// was revealed, conversations of it are shown whatever other studies guess.
type Reading interface {
	Mirror(ctx context.Context, study headway.StudyID, choices mirror.Choices) (mirror.Mirror, mirror.Texts, error)
	Conversation(ctx context.Context, id headway.ConversationID, through headway.StudyID) (headway.Conversation, headway.Hearing, error)
	Conversations(ctx context.Context, study headway.StudyID) ([]flow.Head, error)
	// Closeness tells how many of a study's conversations were heard carefully
	// so far; of all, for "".
	Closeness(ctx context.Context, study headway.StudyID) (flow.Closeness, error)
	// Search gives sentences that hold the words or mean about the same.
	Search(ctx context.Context, q flow.Query) (flow.Found, error)
}

// Judging keeps what a person says of places and people.
type Judging interface {
	Place(ctx context.Context, conversation headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error
	// PlaceAlike places speakers of a conversation, and who writes from the same
	// addresses in others of the study, as one deed.
	PlaceAlike(ctx context.Context, study headway.StudyID, conversation headway.ConversationID, those ...flow.Placed) error
	Judge(ctx context.Context, study headway.StudyID, guess headway.GuessID, span headway.Span, verdict headway.Verdict) error
	Mark(ctx context.Context, at headway.Passage, label headway.Label, verdict headway.Verdict) error
	// Judgements gives what members have said of places, the newest on each.
	Judgements(ctx context.Context) (deed.Judgements, error)
	Test(ctx context.Context, study headway.StudyID, ours, answer headway.Span, verdict headway.Verdict) error
}

// Marking is what a member does to a transcript, and taking it back.
type Marking interface {
	// MarkHeard decides on all that was heard of a label in a conversation, as one deed.
	MarkHeard(ctx context.Context, c headway.ConversationID, through headway.StudyID, l headway.Label, v headway.Verdict) ([]headway.Operation, error)
	Note(ctx context.Context, at headway.Passage, words string) (headway.NoteID, error)
	TakeOffNote(ctx context.Context, id headway.NoteID) error
	// Notes gives the words of notes that hang somewhere; see deed.Judgements.
	Notes(ctx context.Context, ids ...headway.NoteID) (map[headway.NoteID]headway.Note, error)
	// Undo takes back the newest deed of whoever acts, Redo does again what Undo
	// took back last. NotFound where there is none.
	Undo(ctx context.Context) ([]headway.Operation, error)
	Redo(ctx context.Context) ([]headway.Operation, error)
}

// Options is how the pages are served.
type Options struct {
	// Secret is this start's secret: the address opened in the browser carries
	// it as ?key= and is given a cookie for it. It must not be empty.
	Secret string
	// Hosts lists the Host headers that are answered ("127.0.0.1:8080"); names
	// of loopback with any port always are.
	Hosts []string
	// Members says that members sign in, so that more than loopback may listen.
	// Then the key of the start lets nobody in.
	Members bool
	// Access lets members in, and those with a token or a link; nil where the key
	// of the start is the only way.
	Access *access.Gate
	// Passkeys and Provider let members in who have added one; nil where there is none.
	Passkeys Passkeys
	Provider Provider
	// Address is how others reach Headway, for instance https://headway.example;
	// nil where only this machine does.
	Address *url.URL
	// Abroad is how others could be served from here; the zero Abroad where they
	// are, or cannot be.
	Abroad Abroad
	// Trusted are the proxies whose X-Forwarded-For and -Proto are believed.
	Trusted []netip.Prefix
	// API answers everything below /api/, behind the guard: who asks is in the
	// request's context by then, for access.CallerFrom (how they came in, with
	// which scope) and headway.MemberFrom (their access is what the scope leaves
	// of it). What changes something needs the scope write already; what only
	// owners may do is the API's to check, with access.Need. nil has none.
	API http.Handler
	// OpenAPI is the document of API, from which the page at /api is made.
	OpenAPI []byte
	// UIDir serves templates and built files from a checkout's web folder, for
	// work on the interface; "" serves what is in the binary.
	UIDir string
}

// Abroad is how what only this machine reaches would be served to others.
type Abroad struct {
	Commands []string // to be typed in a terminal, one after the other
	Origin   string   // with which links then begin: http://192.168.1.5:8474
}

// New gives the handler of all pages.
func New(hw Headway, o Options) http.Handler {
	s := &server{hw: hw, options: o, assets: newAssets(o.UIDir), uploads: newUploads(), packing: newPacking(), presence: presence{rooms: map[headway.ConversationID]*room{}}}
	return s.guard(s.routes())
}

type server struct {
	hw      Headway
	options Options
	assets  *assets
	uploads *uploads
	packing *packing

	presence presence
}

// routes answers each address with its act. What it asks of who comes stands in
// rules, in guard.go.
func (s *server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, act := range s.everyAct() {
		mux.Handle(pattern, s.page(atMost(cmp.Or(largeBodies[pattern], maxForm), act)))
	}
	if s.options.API != nil {
		mux.Handle("/api/", s.options.API)
	}
	return mux
}

// everyAct is all routes; tests walk them, so that a new one is held to the rules.
func (s *server) everyAct() map[string]handler {
	acts := s.acts()
	maps.Copy(acts, s.memberActs())
	maps.Copy(acts, s.passwordlessActs())
	maps.Copy(acts, s.searchActs())
	maps.Copy(acts, s.roundActs())
	maps.Copy(acts, s.customerActs())
	maps.Copy(acts, s.correctionActs())
	maps.Copy(acts, s.regroupActs())
	maps.Copy(acts, s.hiringActs())
	return acts
}

func (s *server) acts() map[string]handler {
	return map[string]handler{
		"GET /{$}": s.home,

		"GET /start":                                  s.showStart,
		"POST /start":                                 s.start,
		"GET /study/{study}":                          s.showStudy,
		"GET /study/{study}/{$}":                      s.showStudy,
		"GET /study/{study}/guess":                    s.showGuesses,
		"POST /study/{study}/seal":                    s.seal,
		"POST /study/{study}/guesses":                 s.addGuess,
		"GET /self":                                   s.showSelf,
		"POST /self":                                  s.self,
		"POST /sample":                                s.loadSample,
		"POST /sample/remove":                         s.removeSample,
		"GET /study/{study}/evidence":                 s.showEvidence,
		"POST /study/{study}/evidence":                s.takeEvidence,
		"GET /study/{study}/import/{import}":          s.showImport,
		"GET /study/{study}/import/{import}/events":   s.importEvents,
		"POST /study/{study}/import/{import}/cancel":  s.cancelImport,
		"POST /study/{study}/import/{import}/columns": s.nameColumns,

		"GET /study/{study}/mirror":      s.showMirror,
		"GET /study/{study}/mirror.html": s.saveMirror("html", "text/html; charset=utf-8"),
		"GET /study/{study}/mirror.docx": s.saveMirror("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
		"GET /study/{study}/said/{kind}": s.showSaid,
		"GET /study/{study}/shoes":       s.showShoes,
		"POST /study/{study}/shoes":      s.shoes,
		"POST /study/{study}/judge":      s.judge,
		"POST /study/{study}/mark":       s.mark,
		"POST /study/{study}/test":       s.test,
		"GET /study/{study}/people":      s.showPeople,
		"POST /study/{study}/place":      s.place,
		"POST /study/{study}/merge":      s.merge,

		"GET /conversation/{conversation}/turns":      s.showTurns,
		"POST /conversation/{conversation}/marks":     s.markTurns,
		"POST /conversation/{conversation}/marks/all": s.markAll,
		"POST /conversation/{conversation}/notes":     s.noteTurns,

		"GET /conversation/{conversation}/recording":       s.playRecording,
		"POST /conversation/{conversation}/recording":      s.keepRecording,
		"POST /conversation/{conversation}/recording/drop": s.dropRecording,

		"GET /conversation/{conversation}/masks":         s.showMasks,
		"POST /conversation/{conversation}/masks":        s.maskWords,
		"POST /conversation/{conversation}/masks/behind": s.lookBehind,
		"POST /conversation/{conversation}/masks/lift":   s.lift,
		"POST /person/{person}/mask":                     s.maskPerson,
		"POST /person/{person}/lift":                     s.liftPerson,
		"POST /person/{person}/behind":                   s.lookWho,
		"POST /settings/masks":                           s.keepMaskSetting,
		"GET /person/{person}/erase":                     s.showErase,
		"GET /forgotten":                                 s.showForgotten,
		"POST /person/{person}/erase":                    s.erase,

		"GET /palette": s.palette,
		"GET /queue":   s.showQueue,
		"POST /queue":  s.decideDoubt,
		"POST /undo":   s.undo,
		"POST /redo":   s.redo,

		"GET /conversation/{conversation}":       s.showConversation,
		"GET /conversation/{conversation}/live":  s.live,
		"POST /conversation/{conversation}/here": s.here,
		"GET /quality":                           s.showQuality,
		"GET /own":                               s.showOwn,
		"POST /own/train":                        s.train,
		"POST /own/use":                          s.useOwn,
		"GET /keys":                              s.showSettings,
		"POST /settings":                         s.settings,
		"GET /api":                               s.showReference,
		"GET /third-party":                       s.showThirdParty,
		"GET /static/{name}":                     s.static,
		"/":                                      s.nowhere,
	}
}

// maxForm is how many bytes a form may bring: of text, nobody writes a megabyte.
const maxForm = 1 << 20

// largeBodies may be larger: files, and the columns of a wide table.
var largeBodies = map[string]int64{
	"POST /study/{study}/shoes":                   32 << 20,
	"POST /study/{study}/evidence":                maxUpload,
	"POST /conversation/{conversation}/recording": maxUpload,
	"POST /study/{study}/import/{import}/columns": 4 << 20,
}

// atMost keeps an act from reading more than so many bytes. A form is read at
// once: cut off, it would pass for one in which fields were left out.
func atMost(bytes int64, act handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		r.Body = http.MaxBytesReader(w, r.Body, bytes)
		if _, large := errors.AsType[*http.MaxBytesError](r.ParseForm()); large {
			return headway.Errorf(headway.Invalid, "this is more than a form holds: send %s KB at most", thousand(int(bytes>>10)))
		}
		return act(w, r)
	}
}

// handler is one act. It writes its answer or returns why not.
type handler func(w http.ResponseWriter, r *http.Request) error

func (s *server) page(act handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := act(w, r); err != nil {
			s.serveError(w, r, err)
		}
	})
}

func (s *server) nowhere(w http.ResponseWriter, r *http.Request) error {
	return headway.Errorf(headway.NotFound, "there is no page at this address")
}
