package access

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
)

// Act is something that the log remembers.
type Act string

// The acts.
const (
	SignedIn        Act = "signed-in"
	SignInFailed    Act = "sign-in-failed"
	SignedOut       Act = "signed-out"
	SessionEnded    Act = "session-ended"
	PasswordChanged Act = "password-changed"
	ProofAdded      Act = "proof-added"   // a passkey, or an account at a provider
	ProofRemoved    Act = "proof-removed" // about: its kind
	MemberAdded     Act = "member-added"
	MemberRemoved   Act = "member-removed"
	AccessChanged   Act = "access-changed"
	Invited         Act = "invited"
	InvitationEnded Act = "invitation-ended"
	Joined          Act = "joined"
	TokenMade       Act = "token-made"
	TokenUsed       Act = "token-used" // once an hour at most
	TokenEnded      Act = "token-ended"
	ShareMade       Act = "share-made"
	ShareUsed       Act = "share-used" // once an hour at most
	ShareEnded      Act = "share-ended"
	Exported        Act = "exported"
	Unmasked        Act = "unmasked"       // looked at words behind a mask
	UnmaskRefused   Act = "unmask-refused" // wanted to
)

// Entry is one line of the log. It holds names of ours and of what we made,
// never a customer's name or words, and no secret.
type Entry struct {
	Seq    int64
	At     time.Time        // UTC, whole microseconds; Seq is the order, for a clock may be put back
	Member headway.MemberID // who did it; "" is whoever sat at the machine, or a stranger
	Act    Act
	About  string // the id of a member, a ticket, a study or a conversation
	Words  string // what that was called then
	From   string // the address it came from
}

// Record logs what a face did on somebody's behalf: an export, a look behind a
// mask. What the Gate does itself it logs itself.
func (g *Gate) Record(ctx context.Context, act Act, about string) error {
	return g.log(ctx, Entry{Act: act, About: about})
}

// LogKept is how many entries the log keeps: years of a team's, and not so many
// that somebody at the door could fill a disk with failing.
const LogKept = 100_000

// log appends an entry in the name of who acts in the context.
func (g *Gate) log(ctx context.Context, e Entry) error {
	e.At = g.at()
	if e.Member == "" {
		e.Member = acting(ctx)
	}
	if caller, known := CallerFrom(ctx); known && e.From == "" {
		e.From = caller.From
	}
	return g.keep.PutEntry(ctx, g.ws, e, LogKept)
}

// Entries gives a page of the log, newest first, for owners.
func (g *Gate) Entries(ctx context.Context, before int64, limit int) ([]Entry, error) {
	if err := mayOwn(ctx); err != nil {
		return nil, err
	}
	return g.keep.Entries(ctx, g.ws, before, limit)
}
