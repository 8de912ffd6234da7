// Package mirror holds what we guess against what customers said: "You said /
// They said / Nobody asked". It is the step after hear.
//
// It works in two strokes, so that a changed conversation costs one
// conversation: [Look] sees one conversation and gives a [Part]; [Join] lays
// the parts of a study together into a [Mirror]. Both are pure. A mirror holds
// spans, not words; a face cuts the words with [Texts].
//
// A sentence is near a guess by the rare words they share and by what they mean
// (near.go); its novelty is how far it is in meaning from the nearest of all
// guesses (novelty.go). What no guess came near is a surprise, and
// surprises are shown first.
//
//	part := mirror.Look(&conversation, hear.Conversation(&conversation), guesses)
//	m := mirror.Join(study, guesses, []mirror.Part{part}, deed.NewJudgements(ops), mirror.Choices{})
package mirror

import (
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Version names the rules by which conversations are seen. A part made under
// another version, hearing or set of guesses is stale.
const Version = "mirror 8"

// Part is what one conversation gives to the mirror of one study.
type Part struct {
	Conversation headway.ConversationID `json:"conversation"`
	File         string                 `json:"file"`
	Row          int                    `json:"row,omitempty"`
	Title        string                 `json:"title,omitempty"`
	Product      string                 `json:"product,omitempty"`
	Genre        headway.Genre          `json:"genre"`
	Date         headway.Date           `json:"date,omitzero"`
	People       []Person               `json:"people"`
	Findings     int                    `json:"findings,omitempty"`
	Unheard      string                 `json:"unheard,omitempty"`
	// CouldAsk says that words of ours are in it: only then could something
	// have been asked, and only then does it count in the n of Asked.
	CouldAsk    bool         `json:"could_ask"`
	Slots       []Slot       `json:"slots"`   // the eleven, in codebook order
	Moments     []Moment     `json:"moments"` // customers' sentences with a kind, in order of speaking
	Near        []Near       `json:"near"`    // by guess in the study's order, nearest first
	Solution    *Solution    `json:"solution,omitempty"`
	Assumptions []Assumption `json:"assumptions,omitempty"`
	Conduct     *Conduct     `json:"conduct,omitempty"` // how we led it; nil where nothing was led
	// Texts lists the customers' turns, so that a verdict on any sentence of
	// theirs finds whose it is, though nothing was heard in it.
	Texts []TextOf `json:"texts,omitempty"`
}

// TextOf tells whose words a text holds.
type TextOf struct {
	Text   headway.TextID   `json:"text"`
	Person headway.PersonID `json:"person"`
	Turn   int              `json:"turn"` // index in the conversation
	At     Position         `json:"at"`
}

// Position is where a turn begins in its recording and in its source.
type Position struct {
	MS    int64 `json:"ms,omitempty"`
	Timed bool  `json:"timed,omitempty"` // whether MS is known
	Line  int   `json:"line,omitempty"`  // 1-based; 0 is not known
}

// Person is one speaker of a conversation.
type Person struct {
	ID      headway.PersonID  `json:"id"`
	Speaker headway.SpeakerID `json:"speaker"`
	Name    string            `json:"name"`
	Side    headway.Side      `json:"side"`
	Settled headway.Settled   `json:"settled,omitempty"`
	Guess   headway.Side      `json:"guess,omitempty"`
	Why     string            `json:"why,omitempty"` // what Guess rests on
	Words   int               `json:"words"`
}

// Slot tells what became of one slot in one conversation.
type Slot struct {
	Slot        headway.Label  `json:"slot"`
	Asked       []headway.Span `json:"asked,omitempty"`       // our questions that ask for it
	MaybeAsked  []headway.Span `json:"maybe_asked,omitempty"` // questions that may ask for it: then it is not "never asked" either
	Answered    []Answer       `json:"answered,omitempty"`    // questions with a moment of the slot before our next question
	Perhaps     []Answer       `json:"perhaps,omitempty"`     // suggested answers, and answers to what may have asked: they count once a person keeps them
	Unclear     []headway.Span `json:"unclear,omitempty"`     // questions without one: "answer unclear", never "not answered"
	Volunteered []headway.Span `json:"volunteered,omitempty"` // moments of the slot that no question of ours asked for
}

// Answer ties a question of ours to the customer's sentence that answers it.
type Answer struct {
	Question headway.Span `json:"question"`
	Answer   headway.Span `json:"answer"`
}

// Moment is one customer's sentence heard as one kind.
type Moment struct {
	Span    headway.Span     `json:"span"`
	Kind    headway.Label    `json:"kind"`
	Score   float64          `json:"score"`
	Counted bool             `json:"counted"`
	By      string           `json:"by"`
	Why     string           `json:"why,omitempty"` // of one that counts
	Person  headway.PersonID `json:"person"`
	Turn    int              `json:"turn"`            // index in the conversation
	Unasked bool             `json:"unasked"`         // brought up without our asking
	Novelty float64          `json:"novelty"`         // of one that counts: how far it is from all guesses, 0 to 1; 0 without guesses
	Words   []string         `json:"words,omitempty"` // its content words as written, lower case, no names; lines gather under them
	// Group is shared by sentences of the kind that mean the same, "" where none
	// was sought or the sentence says too little by itself. It is not Look's to
	// know, and not stored with the part.
	Group headway.GroupID `json:"group,omitempty"`
}

// Near is a customer's sentence near a guess: a candidate, until a person says
// supports, partly, contradicts or not about this.
type Near struct {
	Guess  headway.GuessID  `json:"guess"`
	Span   headway.Span     `json:"span"`
	Score  float64          `json:"score"` // 0 to 1
	Kind   headway.Label    `json:"kind,omitempty"`
	Person headway.PersonID `json:"person"`
	Turn   int              `json:"turn"`
	// First says who raised the guess's matter first in this conversation.
	First headway.Side `json:"first"`
}

// Solution is the first pitch or advice of ours in a conversation, and what
// stood before it. There is no score.
type Solution struct {
	Span  headway.Span  `json:"span"`
	Act   headway.Label `json:"act"` // pitch or advice
	Turn  int           `json:"turn"`
	Turns int           `json:"turns"` // of how many
	MS    int64         `json:"ms,omitempty"`
	Timed bool          `json:"timed"` // whether MS is known
	// Spoken lists the slots the customer had spoken of before it; PlayedBack
	// those of them that we had given back.
	Spoken     []headway.Label `json:"spoken"`
	PlayedBack []headway.Label `json:"played_back"`
}

// Assumption is something our side stated as fact about the customer.
type Assumption struct {
	Conversation headway.ConversationID `json:"conversation"`
	Span         headway.Span           `json:"span"`
	Turn         int                    `json:"turn"`
	Next         headway.Span           `json:"next,omitzero"` // the customer's next words; zero where there are none
	Candidate    Tested                 `json:"candidate"`     // what the next words seem to say
	Verdict      headway.Verdict        `json:"verdict,omitempty"`
	// Lost is when the words were forgotten that a member's verdict rested on; zero
	// where there was none, or they stand.
	Lost time.Time `json:"lost,omitzero"`
}

// Tested says what became of an assumption.
type Tested string

// An assumption is confirmed or contradicted by the customer's next words, or
// it was never tested. Until a person says so it is only a candidate.
const (
	Confirmed    Tested = "confirmed"
	Contradicted Tested = "contradicted"
	NeverTested  Tested = "never tested"
)

// Mirror is the whole: what a study shows.
type Mirror struct {
	Study         headway.StudyID `json:"study"`
	N             int             `json:"n"`                // people on their side, merged ones once
	Conversations int             `json:"conversations"`    // in the study
	CouldAsk      int             `json:"could_ask"`        // of them with words of ours
	Unplaced      int             `json:"unplaced"`         // speakers whose side nobody has settled; they count for nobody
	Unheard       int             `json:"unheard"`          // conversations that could not be heard
	YouSaid       []Held          `json:"you_said"`         // one per guess, in order
	TookGranted   []Assumption    `json:"took_for_granted"` // never tested first, at most Choices.Listed
	Granted       int             `json:"granted"`          // how many there are
	NeverTested   int             `json:"never_tested"`
	First         []Before        `json:"first_solutions"` // earliest solution first, at most Choices.Listed
	Solutions     int             `json:"solutions"`       // conversations that have one
	TheySaid      TheySaid        `json:"they_said"`
	NobodyAsked   []Gap           `json:"nobody_asked"`   // the eleven slots, worst gap first
	NextQuestions []NextQuestion  `json:"next_questions"` // worst gap first, at most five
	PlayBack      []headway.Span  `json:"play_back"`      // their sentences: situation, struggle, aim, measure
	// PlayBackTo is the one customer whose sentences PlayBack holds: nobody is
	// sent another customer's words.
	PlayBackTo headway.PersonID `json:"play_back_to,omitempty"`
	// Kept is what members made of what was heard in this study's customers.
	Kept []Kept `json:"kept,omitempty"`
}

// Held is one guess held against what customers said.
type Held struct {
	Guess headway.Guess `json:"guess"`
	// People, never mentions. A person confirmed by a kept sentence is not
	// counted again as a candidate.
	Confirmed    int    `json:"confirmed"`    // a member judged one of their sentences supports or partly
	Contradicted int    `json:"contradicted"` // a member judged one contradicts
	Candidates   int    `json:"candidates"`   // only near sentences, unchecked
	Checked      int    `json:"checked"`      // sentences judged
	N            int    `json:"n"`
	RaisedByThem int    `json:"raised_by_them"` // conversations in which they raised it first
	RaisedByUs   int    `json:"raised_by_us"`
	Nearest      []Line `json:"nearest"` // judged ones keep their place
	// Lost is what members said of sentences whose words were forgotten since. It
	// counts nowhere above.
	Lost []deed.Lost `json:"lost,omitempty"`
}

// Line is one sentence to show, with where it stands and what is known of it.
type Line struct {
	Span         headway.Span           `json:"span"`
	Conversation headway.ConversationID `json:"conversation"`
	Person       headway.PersonID       `json:"person"`
	Name         string                 `json:"name"`
	At           Position               `json:"at,omitzero"` // where its turn begins
	Kind         headway.Label          `json:"kind,omitempty"`
	Score        float64                `json:"score"`
	By           string                 `json:"by,omitempty"`
	Why          string                 `json:"why,omitempty"`
	Unasked      bool                   `json:"unasked,omitempty"`
	Surprise     bool                   `json:"surprise,omitempty"` // no guess came near
	Novelty      float64                `json:"novelty,omitempty"`  // of a surprise: how far it is from all guesses, 0 to 1
	First        headway.Side           `json:"first,omitempty"`
	Verdict      headway.Verdict        `json:"verdict,omitempty"`
	Under        string                 `json:"under,omitempty"` // the most shared of Said.Words in it, "" for none
	// Of a line under "They said": the group it stands for, how many people said
	// the same, their sentences (everybody's first before anybody's second, at most
	// Choices.PerLine), and how many more there are.
	Group  headway.GroupID `json:"group,omitempty"`
	People int             `json:"people,omitempty"`
	Same   []Line          `json:"same,omitempty"`
	More   int             `json:"more,omitempty"`
}

// Before is a conversation's first solution and what stood before it.
type Before struct {
	Conversation headway.ConversationID `json:"conversation"`
	File         string                 `json:"file"`
	Solution
}

// TheySaid is the middle of the mirror.
type TheySaid struct {
	// After sets beside each other, per customer, what they asked for and what
	// they are after, and what solves it for them. With more customers than
	// Choices.Pairs the counts speak and the list holds the surest.
	After       []After `json:"after"`
	WithRequest int     `json:"with_request"` // people of N who asked for something
	WithAim     int     `json:"with_aim"`     // people of N whose motivation was heard
	WithMeasure int     `json:"with_measure"` // people of N whose measure was heard
	Slots       []Said  `json:"slots"`        // the twelve kinds that were heard, most people first
	// Lost are the kinds that members kept in these conversations of sentences whose
	// words were forgotten since, one for each such sentence.
	Lost []deed.Lost `json:"lost,omitempty"`
}

// After is one customer's stated want beside what they are after.
type After struct {
	Person       headway.PersonID       `json:"person"`
	Name         string                 `json:"name"`
	Conversation headway.ConversationID `json:"conversation"`
	AskedFor     headway.Span           `json:"asked_for,omitzero"`
	IsAfter      headway.Span           `json:"is_after,omitzero"`
	SolvedWhen   headway.Span           `json:"solved_when,omitzero"`
	MeasureAsked bool                   `json:"measure_asked"` // else "nobody asked"
}

// Said is what was heard of one kind.
type Said struct {
	Kind   headway.Label `json:"kind"`
	People int           `json:"people"`
	Total  int           `json:"total"`  // sentences, counted ones that nobody dismissed
	Things int           `json:"things"` // how many lines these make: sentences that mean the same are one
	Lines  []Line        `json:"lines"`  // surprises first, then unasked, then what most people said, then surest
	Words  []Gathered    `json:"words"`  // words shared by what only one person said, most people first
	Heard  []HeardIn     `json:"heard"`  // whose hearing Total rests on
}

// HeardIn counts the sentences of one kind that one hearer heard in one genre
// and nobody has checked: how surely depends on both.
type HeardIn struct {
	By        string        `json:"by"`
	Genre     headway.Genre `json:"genre"`
	Sentences int           `json:"sentences"`
}

// Gathered is a word that customers share: "time: 26 of 87 people".
type Gathered struct {
	Word   string `json:"word"` // as most customers write it
	People int    `json:"people"`
}

// Gap is one slot over all conversations.
type Gap struct {
	Slot        headway.Label            `json:"slot"`
	Asked       int                      `json:"asked"`   // conversations
	Perhaps     int                      `json:"perhaps"` // conversations in which a question may have asked for it
	Answered    int                      `json:"answered"`
	Unclear     int                      `json:"unclear"`
	Volunteered int                      `json:"volunteered"`
	N           int                      `json:"n"`               // conversations that hold words of ours
	Silent      int                      `json:"silent"`          // of the sources in which nobody could be asked: how many did not volunteer it
	Unasked     int                      `json:"unasked"`         // how many such sources there are
	Never       []headway.ConversationID `json:"never,omitempty"` // could have been asked, was not, not even perhaps
	// Doubtful are the first few questions for which Perhaps counts: whoever
	// dismisses them says that nobody asked, whoever keeps one that it was asked.
	Doubtful []Doubt `json:"doubtful,omitempty"`
}

// Doubt is a question of ours of which it is unsure whether it asks for a slot.
type Doubt struct {
	Conversation headway.ConversationID `json:"conversation"`
	Question     headway.Span           `json:"question"`
}

// NextQuestion is a question for the next conversation.
type NextQuestion struct {
	Slot headway.Label `json:"slot"`
	Text string        `json:"text"`
	Why  string        `json:"why"` // "nobody asked what they would have done otherwise: 0 of 12"
	// Recall is a sentence of theirs that the question starts from, in a study
	// of one customer; a face shows it before the question.
	Recall headway.Span `json:"recall,omitzero"`
}

// Choices shape a mirror without changing what it counts.
type Choices struct {
	PerSlot int // lines per kind; 0 is all
	PerLine int // further sentences listed of each line; 0 is all
	Pairs   int // customers shown in TheySaid.After; 0 is all
	Listed  int // assumptions in TookGranted and conversations in First; 0 is all
	// Merged maps a person to the one a member merged them into.
	Merged map[headway.PersonID]headway.PersonID
	// PlayBackTo says for whom the play-back is; empty is the customer of whom
	// most was heard.
	PlayBackTo headway.PersonID
}

// Texts gives a face the words of a mirror's spans.
type Texts map[headway.TextID]headway.TextVersion

// Quote cuts the words at s; it is zero where the text is not at hand.
func (t Texts) Quote(s headway.Span) headway.Quote {
	q, err := t[s.Text].Cut(s)
	if err != nil {
		return headway.Quote{}
	}
	return q
}
