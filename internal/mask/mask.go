// Package mask finds what tells who somebody is: names, postal and mail
// addresses, phone, card, account and customer numbers. It stands beside the
// data's way, after segment: what it finds is suggested to a member, who masks
// it or not. It reads names of conversations' speakers, cues and the shapes of
// numbers, and checks those that carry a check (Luhn, IBAN).
//
//	for _, s := range mask.Suggest(&conversation) {
//		words, err := text.Cut(s.Span) // "Berta Quandt", a name: after "my name is"
//	}
package mask

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// Version names the rules. It changes whenever the same words may give other
// suggestions.
const Version = "1"

// What is what a passage tells.
type What string

// What is found. What a masked passage reads in its stead is made of it.
const (
	Name    What = "name"
	Address What = "address" // of a house or a post office box
	Phone   What = "phone"
	Mail    What = "mail"
	Card    What = "card"   // a payment card's number
	IBAN    What = "iban"   // a bank account's
	Number  What = "number" // a customer's, an account's, a contract's
)

// Whats lists what can be found, in the order in which lists show it.
func Whats() []What { return []What{Name, Address, Phone, Mail, Card, IBAN, Number} }

// Instead gives what stands in the place of masked words: "[phone]".
func (w What) Instead() string { return "[" + string(w) + "]" }

// Suggestion is a passage that a member may want to mask.
type Suggestion struct {
	Span headway.Span
	What What
	Why  string // in words for the member: "the check digits are those of an IBAN"
}

// Suggest finds what a conversation's turns tell of who somebody is, in the
// order of its turns and then of places. No two suggestions overlap. Names in
// small letters, as some transcripts have them, are not found.
func Suggest(c *headway.Conversation) (all []Suggestion) {
	names := newNames(c)
	for i := range c.Turns {
		text := c.Turns[i].Text
		ruler := headway.NewRuler(text.Text)
		for _, f := range find(text.Text, names) {
			all = append(all, Suggestion{text.SpanOf(ruler, f.from, f.to), f.what, f.why})
		}
	}
	return all
}

// found is a stretch of bytes of one text.
type found struct {
	from, to int
	what     What
	why      string
}

// find looks for everything in one text. Where two things overlap, the one that
// is surer stands: a finder that comes earlier.
func find(text string, names *names) (all []found) {
	for _, finder := range []func(string) []found{
		mails, ibans, cards, numbers, phones, addresses, names.in,
	} {
		for _, f := range finder(text) {
			if !slices.ContainsFunc(all, f.overlaps) {
				all = append(all, f)
			}
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.from, b.from) })
	return all
}

func (f found) overlaps(o found) bool { return f.from < o.to && o.from < f.to }
