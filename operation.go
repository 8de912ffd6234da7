package headway

import "time"

// Deed names what a member did. Facts come from sources and deeds, everything
// else is derived from them.
type Deed string

// The deeds. Each names the fields of Operation that it fills.
const (
	DeedOpen   Deed = "open"   // opened a study: Study
	DeedAdd    Deed = "add"    // put conversations into a study: Study, Conversations
	DeedLeave  Deed = "leave"  // took conversations out of a study: Study, Conversations
	DeedSeal   Deed = "seal"   // sealed guesses: Study, Guesses, Seal, Verdict (undecided: a colleague's, and the study goes on guessing)
	DeedSkip   Deed = "skip"   // looked without sealing: Study
	DeedGuess  Deed = "guess"  // wrote a guess after the reveal: Study, Guesses
	DeedPlace  Deed = "place"  // settled a side: Conversation, Speaker, Side
	DeedMerge  Deed = "merge"  // two persons are one: Person, Into
	DeedSplit  Deed = "split"  // takes a merge back: Person
	DeedJudge  Deed = "judge"  // a sentence against a guess: Study, Guess, Span, Verdict
	DeedMark   Deed = "mark"   // a passage against a label: Span, More, Label, Verdict, By, Counted
	DeedNote   Deed = "note"   // a note on a passage: Span, More, Note, Verdict (undecided takes it off)
	DeedTest   Deed = "test"   // an assumption of ours against the customer's words: Study, Span (ours), Answer, Verdict
	DeedOwn    Deed = "own"    // put own labels to use, or none for 0: Own
	DeedRemove Deed = "remove" // took conversations out of the workspace: Conversations

	// Of words that were misheard.
	DeedCorrect Deed = "correct" // turns are worded, split or joined anew: Conversation, Correction
	DeedSpeak   Deed = "speak"   // a turn is another speaker's: Conversation, Turn, Speaker
	DeedReview  Deed = "review"  // what hung on words that are gone: Span (as they stood), Answer (where it hangs now; none lets it go)

	// Of people.
	DeedRole    Deed = "role"    // who a person is in their account: Person, Role
	DeedAccount Deed = "account" // a person is of a customer's firm: Person, Account
	DeedConsent Deed = "consent" // what a person allowed, and until when: Person, Consent, Until
	DeedMask    Deed = "mask"    // hid passages of a conversation: Conversation, Correction; or what somebody is called: Person; or nothing is to hide there: Span, Verdict (dismissed)
	DeedLift    Deed = "lift"    // shows them again: Conversation, Correction; or Person
	DeedErase   Deed = "erase"   // forgot a person: Person, Conversations, Turns (the store fills them in)

	// Of one customer.
	DeedPromise  Deed = "promise"  // something of ours is a promise to them: Span (ours), Person, Verdict
	DeedPlayback Deed = "playback" // sent a customer their own words: Person, Span, More
	DeedReply    Deed = "reply"    // what came back of a play-back: Of (its Seq), Verdict, Answer (their words, or none)
	DeedRepair   Deed = "repair"   // later words tell what we got wrong earlier: Span (theirs), Answer (ours), Verdict

	// Of marking the same conversation twice, blindly.
	DeedBlind   Deed = "blind"   // opened a round: Round, Conversation, Members
	DeedDone    Deed = "done"    // a member has marked all of it: Round, Conversation, Verdict (undecided: not yet after all)
	DeedRelease Deed = "release" // showed each what the others marked: Round, Conversation
	DeedSettle  Deed = "settle"  // decided a disagreement: Round, Span (the sentence), Label, Verdict, Note (why), By, Counted

	// Of jobs.
	DeedClaim   Deed = "claim"   // a study holds a claim: Study, Claim, Other (whose place it takes), Verdict (undecided drops it)
	DeedBear    Deed = "bear"    // words of a customer bear on a claim: Study, Claim, Span, More, Verdict
	DeedChoose  Deed = "choose"  // what is settled about a claim: Study, Claim, Other (a criterion's job), Choice, Span, More
	DeedGroup   Deed = "group"   // an episode is of a job: Study, Episode, Claim, Verdict (dismissed: of none; undecided: as proposed)
	DeedJoin    Deed = "join"    // two jobs are one: Study, Claim, Other (which stays), Verdict (undecided: two after all)
	DeedEpisode Deed = "episode" // where a customer begins to tell of another episode: Span, Verdict (dismissed: it goes on there)
)

// Operation is one human deed, appended and never changed. It holds ids and
// places, never a customer's words or name. Replaying all operations in order
// of Seq over the same sources gives the same state.
type Operation struct {
	Seq    int64     `json:"seq"` // 1-based, without gaps in a workspace
	At     time.Time `json:"at"`  // UTC, whole microseconds
	Member MemberID  `json:"member"`
	Deed   Deed      `json:"deed"`
	// Undoes is the Seq of the operation that this one takes back. It is a deed
	// like any other: the inverse. What undoes an undoing does the deed again.
	Undoes int64 `json:"undoes,omitempty"`
	// Batch is the Seq of the first of several operations that were done, and are
	// undone, as one; 0 where it stands alone.
	Batch int64 `json:"batch,omitempty"`

	Study         StudyID          `json:"study,omitempty"`
	Conversation  ConversationID   `json:"conversation,omitempty"`
	Conversations []ConversationID `json:"conversations,omitempty"`
	Turn          TurnID           `json:"turn,omitempty"`
	Turns         []TurnID         `json:"turns,omitempty"` // of which every word is gone
	Speaker       SpeakerID        `json:"speaker,omitempty"`
	Side          Side             `json:"side,omitempty"`
	Person        PersonID         `json:"person,omitempty"`
	Into          PersonID         `json:"into,omitempty"`
	Account       AccountID        `json:"account,omitempty"`
	Role          Role             `json:"role,omitempty"`
	Consent       Consent          `json:"consent,omitempty"`
	Until         time.Time        `json:"until,omitzero"` // UTC; zero is without end
	Guess         GuessID          `json:"guess,omitempty"`
	Guesses       []GuessID        `json:"guesses,omitempty"`
	Seal          string           `json:"seal,omitempty"`
	Span          Span             `json:"span,omitzero"`
	More          []Span           `json:"more,omitempty"` // the passage's other spans, where it goes over several turns
	Answer        Span             `json:"answer,omitzero"`
	Label         Label            `json:"label,omitempty"`
	Verdict       Verdict          `json:"verdict,omitempty"`
	Note          NoteID           `json:"note,omitempty"`
	Of            int64            `json:"of,omitempty"` // the Seq of the operation that this one is about
	Correction    *Correction      `json:"correction,omitempty"`
	Round         RoundID          `json:"round,omitempty"`
	Members       []MemberID       `json:"members,omitempty"`
	Claim         ClaimID          `json:"claim,omitempty"`
	Other         ClaimID          `json:"other,omitempty"`
	Choice        Choice           `json:"choice,omitempty"`
	Episode       EpisodeID        `json:"episode,omitempty"`
	// By heard the label that a mark decides on, Counted says how surely, both
	// as they stood then. By is empty where only the member saw the label.
	By      string `json:"by,omitempty"`
	Counted bool   `json:"counted,omitempty"`
	// Own is the number of what was learned from the members' own verdicts.
	Own int `json:"own,omitempty"`
}

// Verdict is a person's judgement of a place in the text. It hangs on the
// place and on what is judged, not on a detection, and outlives detectors.
type Verdict string

// The verdicts on a guess (or an assumption), and on a label.
const (
	Supports    Verdict = "supports"
	Partly      Verdict = "partly"
	Contradicts Verdict = "contradicts"
	NotAbout    Verdict = "not-about"

	Kept      Verdict = "kept"
	Dismissed Verdict = "dismissed" // "not this"

	Undecided Verdict = "undecided" // takes any verdict back
)
