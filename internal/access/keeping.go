package access

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
)

// Keeping is what is kept of who may come in.
type Keeping interface {
	Members
	Proofs
	Tickets
	Attempts
	Log
}

// Members keeps who is one of us.
type Members interface {
	// PutMember keeps a member, or changes one. Conflict where there was an owner
	// and would be none.
	PutMember(ctx context.Context, ws headway.WorkspaceID, m Member) error

	// Members lists all members, those who left among them, first come first.
	Members(ctx context.Context, ws headway.WorkspaceID) ([]Member, error)

	// Join keeps a new member, and ends the invitation that they came with, both
	// or neither. Conflict where the invitation was used or ended meanwhile, or
	// where a member has that id.
	Join(ctx context.Context, ws headway.WorkspaceID, invitation TicketID, m Member, proofs ...Proof) error
}

// Proofs keeps what members show to be let in.
type Proofs interface {
	// PutProof keeps a proof in the place of one of the same kind and id.
	// Conflict where that one is another member's.
	PutProof(ctx context.Context, ws headway.WorkspaceID, p Proof) error

	// Proof gives one, or NotFound.
	Proof(ctx context.Context, ws headway.WorkspaceID, kind ProofKind, id string) (Proof, error)

	// Proofs lists a member's, oldest first.
	Proofs(ctx context.Context, ws headway.WorkspaceID, member headway.MemberID) ([]Proof, error)

	// DropProof forgets a member's proof of this kind and id; all for kind "". One
	// that is not there is forgotten already.
	DropProof(ctx context.Context, ws headway.WorkspaceID, member headway.MemberID, kind ProofKind, id string) error
}

// ProofKind is a way to show who one is.
type ProofKind string

// The kinds of proof.
const (
	PasswordProof ProofKind = "password" // ID is the member's, Data the hash in argon2's own writing
	PasskeyProof  ProofKind = "passkey"  // ID is the credential's in base64, Data what its check needs, JSON
	IdentityProof ProofKind = "identity" // ID is issuer and subject; see Identity
)

// Proof is what a member can show.
type Proof struct {
	Kind   ProofKind
	ID     string
	Member headway.MemberID
	Name   string // as the member knows it
	Data   []byte
	Made   time.Time
	Seen   time.Time // zero until it is shown
}

// Tickets keeps secrets that were handed out, by their digests.
type Tickets interface {
	// PutTicket keeps a new ticket.
	PutTicket(ctx context.Context, ws headway.WorkspaceID, t Ticket) error

	// Ticket gives the one whose secret has this SHA-256, ended or not, or NotFound.
	Ticket(ctx context.Context, ws headway.WorkspaceID, hash []byte) (Ticket, error)

	// Tickets lists those that a filter lets through, newest first.
	Tickets(ctx context.Context, ws headway.WorkspaceID, f TicketFilter) ([]Ticket, error)

	// UseTicket notes when and from where a ticket was last shown.
	UseTicket(ctx context.Context, ws headway.WorkspaceID, id TicketID, at time.Time, from string) error

	// EndTickets ends those that a filter lets through and that are not ended,
	// and gives them.
	EndTickets(ctx context.Context, ws headway.WorkspaceID, f TicketFilter, at time.Time) ([]Ticket, error)
}

// TicketFilter narrows; its zero value does not. Conditions add up.
type TicketFilter struct {
	ID     TicketID
	Kind   TicketKind
	Member headway.MemberID
	Except TicketID
	Open   bool // only those that nobody ended
}

// Attempts remembers failed tries, so that a new start is no new chance.
type Attempts interface {
	// Tries gives what is remembered of a subject; the zero Tries for nothing.
	Tries(ctx context.Context, ws headway.WorkspaceID, subject string) (Tries, error)

	// ChangeTries puts what change makes of it in its place, while nobody else
	// changes it; the zero Tries forgets. An error of change is given back, and
	// nothing is changed.
	ChangeTries(ctx context.Context, ws headway.WorkspaceID, subject string, change func(Tries) (Tries, error)) error

	// ForgetTries forgets all that were last changed before a time.
	ForgetTries(ctx context.Context, ws headway.WorkspaceID, before time.Time) error
}

// Log keeps what was done with the doors. It is appended to and never changed; the
// oldest go when there are too many.
type Log interface {
	// PutEntry gives an entry the next Seq and appends it, and keeps the newest so
	// many.
	PutEntry(ctx context.Context, ws headway.WorkspaceID, e Entry, newest int) error

	// Entries lists up to limit entries, newest first: those before a Seq, or the
	// last ones for 0.
	Entries(ctx context.Context, ws headway.WorkspaceID, before int64, limit int) ([]Entry, error)
}
