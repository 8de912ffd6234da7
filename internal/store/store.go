// Package store says what Headway keeps and what it promises about keeping it.
// It stands beside the data's way: flow puts facts in after source has read
// them, derived rows after hear and mirror, and the faces read both.
//
// Three sorts of things are kept. Facts are what came in and never change:
// sources, conversations, studies, guesses. Operations are what members did,
// appended one after another. Derived rows are what steps made of both, and can
// always be made again. The state of a workspace (sides, merges, membership,
// phases, seals, what was removed) is a function of its facts and its
// operations alone: in whichever order the two arrive, it comes out the same.
//
//	added, err := s.AddConversations(ctx, store.Home, batch.Conversations)
//	_, err = s.Apply(ctx, store.Home, headway.Operation{Deed: headway.DeedPlace, At: now, ...})
//	stale, err := s.Stale(ctx, store.Home, "hear", hear.Version, 0, 100)
//
// Every method may fail with Unavailable when the disk is full, the database is
// locked by another program for long, or cannot be reached: the message says
// what to do, and nothing is half-written. Every exported method that writes is
// one transaction. Reading a workspace that holds nothing gives nothing, not an
// error; writing to it makes it.
//
// Package storetest holds these promises as tests, for every engine.
package store

import (
	"context"
	"iter"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Home is the workspace of whoever has not made another.
const Home headway.WorkspaceID = "home"

// Store is all of what is kept. Take the smaller interface where it is enough.
type Store interface {
	Sources
	Conversations
	Corrections
	Studies
	Operations
	Notes
	Claims
	Accounts
	Anchors
	access.Keeping
	Derivations
	Erasures
	Settings
	Leases
	Searcher
	Moments
	Searches
	Keeper
}

// Sources keeps what is known of the files that came. Their bytes lie in a
// blob.Blobs, under the source's id.
type Sources interface {
	// PutSource keeps s. The same id again changes nothing, whatever else s says.
	PutSource(ctx context.Context, ws headway.WorkspaceID, s Source) error

	// Source gives one source, or NotFound.
	Source(ctx context.Context, ws headway.WorkspaceID, id headway.SourceID) (Source, error)

	// Sources lists all sources, oldest import first.
	Sources(ctx context.Context, ws headway.WorkspaceID) ([]Source, error)
}

// Source is a file that was imported.
type Source struct {
	ID         headway.SourceID
	Name       string // as the person knows it
	Format     headway.Format
	Size       int64     // bytes
	ImportedAt time.Time // UTC, whole microseconds
	Findings   []headway.Finding
}

// Conversations keeps what was said.
type Conversations interface {
	// AddConversations keeps conversations with their speakers, turns and texts,
	// and makes their words findable. One that is there already is left as it
	// is, so an import that broke off can simply be run again. Operations that
	// name a new conversation take effect at once: a speaker placed before stays
	// placed, and a conversation that was removed stays out, until a DeedAdd
	// names it again (apply that first, then add).
	//
	// Invalid: a turn whose text id is not of that turn, whose speaker is not
	// among the conversation's, or whose words are not valid UTF-8 or hold a NUL.
	// Conflict: a turn or text id that another conversation has.
	AddConversations(ctx context.Context, ws headway.WorkspaceID, cs []headway.Conversation) (added int, err error)

	// Conversation gives the whole conversation as it stands (empty slices come
	// back nil): its turns as members have corrected them since it was added, and
	// sides as they have placed them: a placed speaker has Settled member and no
	// Guess. NotFound where there is none.
	Conversation(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID) (headway.Conversation, error)

	// Came gives its turns as they were added instead, whatever was corrected since.
	Came(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID) (headway.Conversation, error)

	// Conversations lists heads in the order in which they were added, and gives
	// the cursor of the next page: 0 after the last.
	Conversations(ctx context.Context, ws headway.WorkspaceID, f ConversationFilter, p Page) (heads []Head, next Cursor, err error)

	// Text gives one version of a turn's words and where it stands, or NotFound.
	Text(ctx context.Context, ws headway.WorkspaceID, id headway.TextID) (Place, error)

	// Places gives those of many texts that are here.
	Places(ctx context.Context, ws headway.WorkspaceID, ids []headway.TextID) (map[headway.TextID]Place, error)
}

// Corrections keeps what members put in the place of what came: new versions of a
// turn's words, and speakers whom the file did not name. Which version stands, and
// whose a turn is, comes through Operations.
type Corrections interface {
	// PutTexts keeps versions of turns' words, each in a turn that says when it was
	// spoken and where it stands in its source, as far as that is known. A turn that
	// was not there, made by splitting another, comes with its first text; whose it
	// is says its Speaker. The same text again changes nothing.
	//
	// NotFound without the conversation. Invalid: a text without words, or of a
	// turn or a speaker that is not of the conversation. Conflict: a text that is
	// there with other words.
	PutTexts(ctx context.Context, ws headway.WorkspaceID, c headway.ConversationID, turns ...headway.Turn) error

	// Hidden gives a version of a turn's words even if a mask hides it, for those
	// who may look. While a mask stands on a turn, Text and Places give none of its
	// versions but the one that stands.
	Hidden(ctx context.Context, ws headway.WorkspaceID, id headway.TextID) (Place, error)

	// PutSpeaker keeps a speaker. The same id again changes nothing. NotFound
	// without the conversation.
	PutSpeaker(ctx context.Context, ws headway.WorkspaceID, c headway.ConversationID, s headway.Speaker) error
}

// ConversationFilter narrows a list; its zero value does not. Conditions add up.
type ConversationFilter struct {
	Study  headway.StudyID
	Source headway.SourceID
	IDs    []headway.ConversationID // nil: not filtered; empty: none
}

// Cursor is a place in a list; 0 is its front.
type Cursor int64

// Page is what to read of a list. Limit 0 means 100; at most 10,000 are given.
type Page struct {
	After Cursor
	Limit int
}

// Head is a conversation without its turns.
type Head struct {
	ID       headway.ConversationID
	Source   headway.SourceID
	File     string
	Row      int
	Title    string
	Format   headway.Format
	Genre    headway.Genre
	Product  string
	Date     headway.Date
	Turns    int
	Words    int // runs of characters between white space
	Findings int // how many; the conversation has them
	Speakers []headway.Speaker
	// Inputs digests what a step reads of this conversation: its words, its
	// speakers and their sides. It changes when one of them does.
	Inputs string
}

// Place is a text with where it stands.
type Place struct {
	Text         headway.TextVersion
	Conversation headway.ConversationID
	Turn         int // index in the conversation's turns
	Speaker      headway.SpeakerID
	Side         headway.Side
	Person       headway.PersonID   // whose words these are, before merges
	Times        []headway.TimeMark // of the turn
	Outdated     bool               // the turn is worded otherwise now
}

// Studies keeps studies and guesses. What members did to them (opened, sealed,
// looked) comes through Operations, and cannot be put.
type Studies interface {
	// PutStudy keeps a study, or changes its Name, About, Sample and Opened. Its
	// Phase is not taken from s: it is Guessing until operations change it.
	PutStudy(ctx context.Context, ws headway.WorkspaceID, s headway.Study) error

	// Study gives one study, or NotFound.
	Study(ctx context.Context, ws headway.WorkspaceID, id headway.StudyID) (headway.Study, error)

	// Studies lists all studies, first opened first.
	Studies(ctx context.Context, ws headway.WorkspaceID) ([]headway.Study, error)

	// PutGuesses makes these the study's open guesses, in this order, after its
	// sealed ones. An open guess that is not among them is dropped; a sealed one
	// is left as it is, named or not. Seal is not taken from them; Late is, and
	// is set on guesses that are new to a study that is revealed. NotFound
	// without the study; Invalid for a guess of another study.
	PutGuesses(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID, guesses []headway.Guess) error

	// Guesses lists a study's guesses: sealed ones in the order of their seals,
	// then open ones as they were put.
	Guesses(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) ([]headway.Guess, error)
}

// Operations keeps what members did.
type Operations interface {
	// Apply checks op, gives it the next Seq, appends it and brings the state up
	// to date, all or nothing. At must be set by the caller; it is cut to whole
	// microseconds of UTC. The operation comes back as it was kept.
	//
	// NotFound: it names a study, guess, conversation, speaker, person or text
	// that is not here (DeedAdd may name conversations that are yet to come).
	// Invalid: a side, label or verdict that the deed does not know, a span that
	// does not lie in its text, nothing to seal. Conflict: a seal that does not
	// match the guesses as they stand; sealing or skipping what is already
	// skipped or sealed (though guesses written late can still be sealed); a
	// merge that is already made or would go round in a circle. Denied: a
	// judgement in a study that is neither sealed nor skipped.
	Apply(ctx context.Context, ws headway.WorkspaceID, op headway.Operation) (headway.Operation, error)

	// ApplyAll applies operations one after another, all or none. Several get the
	// Seq of the first as their Batch.
	ApplyAll(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation) ([]headway.Operation, error)

	// Replay appends operations as they were kept elsewhere. Their Seq must go on
	// from the last one here without a gap (Conflict otherwise). What they name
	// need not be here, or not yet: the state is what facts and operations give
	// together. Studies and guesses are to be put first, so that seals can be
	// checked: Invalid where one does not hold.
	Replay(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation) error

	// Operations lists operations in order of Seq.
	Operations(ctx context.Context, ws headway.WorkspaceID, f OperationFilter) ([]headway.Operation, error)

	// Extent says how far a workspace has grown. It is quick to ask, and by its
	// answer what was read before is known to be current still, or not, whichever
	// program wrote meanwhile: read the extent first, then the rest.
	Extent(ctx context.Context, ws headway.WorkspaceID) (Extent, error)

	// Merges gives, for each person who was merged, who they are now (merges of
	// merges resolved). Persons not in it are themselves.
	Merges(ctx context.Context, ws headway.WorkspaceID) (map[headway.PersonID]headway.PersonID, error)
}

// Extent is how much has come into a workspace. Both numbers only ever rise, so
// at equal extents the same conversations, sides, merges, phases and seals are
// there. Guesses not yet sealed and studies not yet opened do not count.
type Extent struct {
	Conversations int64 // added so far, those removed since among them
	Operations    int64 // the last one's Seq
}

// OperationFilter narrows a list; its zero value does not.
type OperationFilter struct {
	After int64           // only those with a greater Seq
	Study headway.StudyID // only those that name this study
	Deeds []headway.Deed  // only these; nil for all
	Limit int             // at most so many; 0 for all
}

// Notes keeps what members wrote beside passages. Where a note hangs, and whether
// it still does, comes through Operations.
type Notes interface {
	// PutNote keeps a note. The same id again changes nothing. Invalid without
	// words.
	PutNote(ctx context.Context, ws headway.WorkspaceID, n headway.Note) error

	// Notes gives those of many notes that are here.
	Notes(ctx context.Context, ws headway.WorkspaceID, ids []headway.NoteID) (map[headway.NoteID]headway.Note, error)
}

// Claims keeps what a study holds of its customers' progress, and where its
// proposed jobs hang. Which claims stand, and what bears on them, comes through
// Operations.
type Claims interface {
	// PutClaims keeps claims, all or none, each after what it is a part of. The same
	// id again changes nothing. NotFound without the study or the claim that one is
	// a part of; Invalid where its part does not go with that.
	PutClaims(ctx context.Context, ws headway.WorkspaceID, claims ...headway.Claim) error

	// HoldClaim keeps a claim as PutClaims does and applies operations as ApplyAll
	// does, all or none: what is refused leaves no claim behind.
	HoldClaim(ctx context.Context, ws headway.WorkspaceID, c headway.Claim, ops []headway.Operation) ([]headway.Operation, error)

	// Claims gives a study's claims in the order in which they were first kept.
	Claims(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) ([]headway.Claim, error)

	// PutProposals makes these the jobs proposed to a study, in the place of those
	// that were, unless others were put since then: Conflict. NotFound without the
	// study.
	PutProposals(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID, were, are []headway.Proposal) error

	// Proposals gives the jobs proposed to a study as they were put last.
	Proposals(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) ([]headway.Proposal, error)
}

// Accounts keeps customers' firms. Who is of which account comes through
// Operations.
type Accounts interface {
	// PutAccount keeps an account. The same id again changes its name. Invalid
	// without a name.
	PutAccount(ctx context.Context, ws headway.WorkspaceID, a headway.Account) error

	// Accounts lists all accounts in order of name, then of id.
	Accounts(ctx context.Context, ws headway.WorkspaceID) ([]headway.Account, error)
}

// Anchors keeps the sentences on which groups of the same meaning hang. They are
// found by a step and kept as facts are, so that a group stays what it was.
type Anchors interface {
	// PutAnchors keeps anchors, in this order, after those that are there. One
	// whose group has an anchor already changes nothing, and one whose text does not
	// stand (it was corrected, or its conversation removed, meanwhile) is left out.
	PutAnchors(ctx context.Context, ws headway.WorkspaceID, anchors ...headway.Anchor) error

	// Anchors gives all anchors in the order in which they were kept, each with the
	// text it lies in. An anchor goes with its conversation when that is removed.
	Anchors(ctx context.Context, ws headway.WorkspaceID) iter.Seq2[Anchored, error]
}

// Anchored is an anchor with its text.
type Anchored struct {
	headway.Anchor
	Text headway.TextVersion
}

// Derivations keeps what steps made. A row belongs to a subject (a
// conversation's or a study's id), a step and a version of its rules, and
// remembers the digest of what it was made from.
type Derivations interface {
	// PutDerived keeps rows, each in the place of an earlier one of the same
	// subject, step and version. A row about a conversation that was removed, or
	// is not as Given any more, is left out: words that were erased while a step
	// was at work, in whichever program, do not come back by it.
	PutDerived(ctx context.Context, ws headway.WorkspaceID, rows ...Derived) error

	// Derived gives the payload made by this version of a step from these
	// inputs, or NotFound.
	Derived(ctx context.Context, ws headway.WorkspaceID, step, version, subject, inputs string) ([]byte, error)

	// AllDerived gives the rows of a version of a step in order of subject, old
	// inputs included: compare Inputs where it matters. No subjects means all.
	AllDerived(ctx context.Context, ws headway.WorkspaceID, step, version string, subjects ...string) iter.Seq2[Derived, error]

	// Stale lists conversations for which this version of a step has no row made
	// from their present Inputs, oldest first, from after on. Rows themselves
	// remember how far a step has come, so after a crash or with new rules it is
	// enough to begin at 0 again. An empty list is the end.
	Stale(ctx context.Context, ws headway.WorkspaceID, step, version string, after Cursor, limit int) ([]StaleConversation, error)

	// Fresh counts the conversations that a filter lets through, and those of
	// them for which this version of a step has a row made from their present
	// Inputs. It is quick to ask. While no operation is added, fresh only rises.
	Fresh(ctx context.Context, ws headway.WorkspaceID, step, version string, f ConversationFilter) (fresh, all int, err error)

	// Sweep drops a step's rows of all versions but one, and says how many.
	Sweep(ctx context.Context, ws headway.WorkspaceID, step, keep string) (dropped int, err error)
}

// Derived is one row that a step made.
type Derived struct {
	Subject string // a ConversationID or StudyID
	Step    string // "hear"
	Version string // of the step's rules
	Inputs  string // digest of what it was made from: Head.Inputs, for a conversation
	Payload []byte
	// Given is the Head.Inputs that was read to make a row of a conversation's
	// words, and is not kept: where the conversation is another by now (corrected,
	// masked, erased), the row is left out. "" does not ask.
	Given string
}

// StaleConversation is work to do. Read the conversation and put the row with
// these Inputs: should a side change meanwhile, it is simply stale again.
type StaleConversation struct {
	ID     headway.ConversationID
	Inputs string
	Cursor Cursor // its place, to go on after
}

// Erasures keeps what was forgotten forgotten. A DeedErase takes the place of a
// person's words by headway.Erased in every version of their turns, drops their
// names, what steps made of their conversations and the notes on their words, and
// strikes their names from what others said (unless its verdict is Kept): names
// of several words, addresses and keys wherever they stand, parts of names in the
// conversations they were in. They count for nobody then, and what comes in later
// of the same person comes in erased. The deed is kept with the turns of which
// nothing is left, and a deed on such words is a Conflict from then on.
type Erasures interface {
	// Erased gives the persons who were erased, those who were merged with them too.
	Erased(ctx context.Context, ws headway.WorkspaceID) (map[headway.PersonID]bool, error)

	// Unfinished gives the deeds that erased or removed and after which traces may
	// be left outside: in the bytes of sources, in vectors, in rows that were made
	// meanwhile, on the disk.
	Unfinished(ctx context.Context, ws headway.WorkspaceID) ([]headway.Operation, error)

	// Finished says that no such traces of a deed are left.
	Finished(ctx context.Context, ws headway.WorkspaceID, seq int64) error

	// ForgetSource drops what was noticed and told of a source, and what steps made of it.
	ForgetSource(ctx context.Context, ws headway.WorkspaceID, id headway.SourceID) error

	// Behind gives what persons are called where a mask stands for it, each once;
	// only Name, Email and Key are set. It is for those who may look.
	Behind(ctx context.Context, ws headway.WorkspaceID, people ...headway.PersonID) ([]headway.Speaker, error)

	// ForgetDerived drops what steps made of conversations.
	ForgetDerived(ctx context.Context, ws headway.WorkspaceID, ids ...headway.ConversationID) error
}

// Settings keeps what a workspace is set to.
type Settings interface {
	PutSetting(ctx context.Context, ws headway.WorkspaceID, name, value string) error

	// Setting gives a setting, "" where nobody set it.
	Setting(ctx context.Context, ws headway.WorkspaceID, name string) (string, error)
}

// Leases lets one of several programs do a piece of work. A lease not renewed
// until its time is free for others. The caller says what time it is.
type Leases interface {
	// Acquire takes a lease that is free, run out, or held by holder already.
	// Conflict while another holds it.
	Acquire(ctx context.Context, ws headway.WorkspaceID, name, holder string, now, until time.Time) error

	// Renew prolongs holder's lease. Conflict if it was lost: stop working.
	Renew(ctx context.Context, ws headway.WorkspaceID, name, holder string, now, until time.Time) error

	// Release gives holder's lease back; one that was lost is left alone.
	Release(ctx context.Context, ws headway.WorkspaceID, name, holder string) error
}

// Searcher finds words.
type Searcher interface {
	// Search finds turns, as they are worded now, that hold all words of query:
	// words in any inflection, "words in a row" between quotation marks, beginnings
	// of words before a *. Nothing in a query is an error; one of signs alone finds
	// nothing, and a blank one everything that the filter lets through, the last
	// added first. The best come first; where too many match to be weighed
	// (RankedMatches), the last added come first and capped is true. Limit 0 means
	// 50; at most MostHits.
	Search(ctx context.Context, ws headway.WorkspaceID, query string, f SearchFilter, limit int) (hits []Hit, capped bool, err error)

	// Reach lists the conversations that a filter lets through, as far as that is
	// said of whole conversations; all is true where it lets every one through.
	Reach(ctx context.Context, ws headway.WorkspaceID, f SearchFilter) (ids []headway.ConversationID, all bool, err error)

	// Named lists who speaks in the conversations that a filter lets through, each
	// name of each person once.
	Named(ctx context.Context, ws headway.WorkspaceID, f SearchFilter) ([]Named, error)
}

// RankedMatches is the number of matching turns from which on a search does not
// weigh them all, and looks at no more than so many; a quarter of it where only
// the beginning of a word is given. An engine may weigh fewer, and says capped then.
const RankedMatches = 20_000

// MostHits is how many turns one search gives at most.
const MostHits = 10_000

// SearchFilter narrows a search; its zero value does not. Conditions add up.
type SearchFilter struct {
	Study   headway.StudyID    // only its conversations
	Hidden  []headway.StudyID  // not the conversations of these,
	Through headway.StudyID    // unless they lie in this one too
	From    time.Time          // only conversations of this time or later; one without a date is of none
	Until   time.Time          // only conversations before this time
	After   Cursor             // only conversations added after this many
	Side    headway.Side       // only what this side said
	People  []headway.PersonID // only what these said, as speakers come, before merges; nil for everybody
	// Kinds and Texts let those turns through in which a moment of one of the
	// kinds lies, or whose text is among the texts; where both are nil, every turn.
	Kinds []headway.Label
	Texts []headway.TextID
}

// Named is a name that a person goes by.
type Named struct {
	Person headway.PersonID // as the speaker comes, before merges
	Name   string
	Email  string
	Side   headway.Side
}

// Hit is a turn that was found.
type Hit struct {
	Place
	Spans []headway.Span // the words that matched, in order
}

// Moments keeps where steps heard what, for Search to narrow to. They are derived:
// what made them is told by a derived row, and they go with their conversation.
type Moments interface {
	// PutMoments keeps the moments of conversations, each in the place of all its
	// earlier ones. Those in texts that are not its own are left out, as are those
	// of a conversation that was removed meanwhile, and those in words that were
	// erased or corrected away between being heard and being kept.
	PutMoments(ctx context.Context, ws headway.WorkspaceID, of map[headway.ConversationID][]Moment) error

	// Moments gives those that lie in texts, in order of where they stand.
	Moments(ctx context.Context, ws headway.WorkspaceID, texts []headway.TextID) (map[headway.TextID][]Moment, error)
}

// Moment is a label that was heard at a place.
type Moment struct {
	Span    headway.Span
	Label   headway.Label
	Counted bool // heard surely enough to count unchecked
}

// Searches keeps what members search for again and again.
type Searches interface {
	// PutSearch keeps a search. The same id again changes its name and query.
	// Invalid without an id or a name.
	PutSearch(ctx context.Context, ws headway.WorkspaceID, s headway.SavedSearch) error

	// Searches lists all saved searches, the first saved first.
	Searches(ctx context.Context, ws headway.WorkspaceID) ([]headway.SavedSearch, error)

	// DropSearch forgets a search. One that is not there is no error.
	DropSearch(ctx context.Context, ws headway.WorkspaceID, id headway.SearchID) error

	// PutLook remembers how far the workspace had grown when a member last looked
	// at what a search finds.
	PutLook(ctx context.Context, ws headway.WorkspaceID, id headway.SearchID, m headway.MemberID, at Extent) error

	// Looks gives that of every search the member has looked at.
	Looks(ctx context.Context, ws headway.WorkspaceID, m headway.MemberID) (map[headway.SearchID]Extent, error)
}

// Keeper looks after the store itself.
type Keeper interface {
	// Texts gives every text version with the digest it was stored with, for
	// verify to compare.
	Texts(ctx context.Context, ws headway.WorkspaceID) iter.Seq2[StoredText, error]

	// Check asks the engine whether its own structures are sound, the search
	// index included, and gives what is wrong in words; nothing is good.
	Check(ctx context.Context) (wrong []string, err error)

	// Vacuum leaves nothing on the disk of what was erased, and drops the copies
	// that were made before migrations. It takes as long as copying everything
	// does, and needs as much room meanwhile. Unavailable while other programs read.
	Vacuum(ctx context.Context) error

	// Backup writes a copy of everything to a new file at path while others go
	// on working. Invalid if the file exists; Unavailable where the engine has a
	// better tool of its own, which the message names.
	Backup(ctx context.Context, path string) error

	// Close waits for work in progress and closes.
	Close() error
}

// StoredText is a text version as it lies in the store.
type StoredText struct {
	headway.TextVersion
	Conversation headway.ConversationID
	SHA256       []byte // of Text, taken when it was stored
}
