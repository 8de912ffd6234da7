package headway

// Side says whose words these are. Only customers' words are customers'
// evidence, and Unknown counts for nobody until a person says.
type Side string

// The three sides.
const (
	Theirs  Side = "theirs"  // a customer's
	Ours    Side = "ours"    // the company's
	Unknown Side = "unknown" // not settled
)

// Settled names what settled a side. A side that is only guessed stays Unknown
// and keeps its guess in Speaker.Guess.
type Settled string

// What can settle a side, weakest first.
const (
	Unsettled     Settled = ""
	SettledFormat Settled = "format" // the file says so: a review's author, a survey's column header
	SettledRole   Settled = "role"   // a role word: Interviewer, Agent, Participant, P12
	SettledRest   Settled = "rest"   // the only one left in a conversation whose others are all of one side
	SettledFlag   Settled = "flag"   // --ours, --theirs, or an own domain
	SettledMember Settled = "member" // a member placed the speaker
)

// Speaker is a name in one conversation.
type Speaker struct {
	ID      SpeakerID `json:"id"`
	Name    string    `json:"name"` // as the file has it; "" where it names nobody
	Email   string    `json:"email,omitempty"`
	Key     string    `json:"key,omitempty"` // the customer's id in the table it came from
	Side    Side      `json:"side"`
	Settled Settled   `json:"settled,omitempty"`
	// Guess is the side suggested while Side is Unknown, for a person to
	// confirm; GuessWhy says what it rests on ("asks 41 of 44 questions").
	Guess    Side   `json:"guess,omitempty"`
	GuessWhy string `json:"guess_why,omitempty"`
	// Masked says who they are while a mask stands for their name: Name is what
	// stands in its place then, Email and Key are "".
	Masked PersonID `json:"masked,omitempty"`
}

// NewSpeaker makes a speaker of a name in a conversation, of unknown side.
func NewSpeaker(c ConversationID, name string) Speaker {
	return Speaker{ID: SpeakerID(Digest("speaker", string(c), name)), Name: name, Side: Unknown}
}

// Person gives the person a speaker is before any member merged people: an
// e-mail address or a customer's id is the same person everywhere, a name only
// within its conversation.
func (s Speaker) Person() PersonID {
	switch {
	case s.Masked != "":
		return s.Masked
	case s.Email != "":
		return PersonID(Digest("person", "email", s.Email))
	case s.Key != "":
		return PersonID(Digest("person", "key", s.Key))
	}
	return PersonID(Digest("person", "speaker", string(s.ID)))
}
