package headway

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// Every id is a short ASCII string. Ids of facts are digests of what makes the
// fact itself (a Message-ID, a row id, a file's bytes), never random and never
// a position, so that the same thing again is the same thing.
type (
	WorkspaceID    string // a team's walls; leads every key in the store
	StudyID        string // a question, its guesses and its conversations
	SourceID       string // SHA-256 of a file's bytes, in hexadecimal
	ConversationID string
	SpeakerID      string // a name in one conversation
	PersonID       string // a speaker, or several that are the same person
	TurnID         string
	TextID         string // one immutable version of a turn's words
	GuessID        string
	GroupID        string // sentences of one kind that mean the same
	MemberID       string
	NoteID         string
	AccountID      string // a customer's firm
	RoundID        string // a conversation marked by several members, none seeing the others' marks
	ClaimID        string // what a study holds of its customers' progress
	EpisodeID      string // one time that a customer hired something, or did without
)

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Digest gives an id of 26 letters (128 bits of SHA-256) from parts. Parts are
// counted, so ("ab", "c") and ("a", "bc") differ.
func Digest(parts ...string) string {
	sum := digest(parts)
	return idEncoding.EncodeToString(sum[:16])
}

func digestHex(parts ...string) string {
	sum := digest(parts)
	return hex.EncodeToString(sum[:])
}

func digest(parts []string) [sha256.Size]byte {
	var framed []byte
	for _, p := range parts {
		framed = binary.BigEndian.AppendUint64(framed, uint64(len(p)))
		framed = append(framed, p...)
	}
	return sha256.Sum256(framed)
}

// Turn gives the turn whose words this version holds.
func (id TextID) Turn() TurnID {
	turn, _, _ := strings.Cut(string(id), ".")
	return TurnID(turn)
}
