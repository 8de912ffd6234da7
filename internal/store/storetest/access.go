package storetest

import (
	"bytes"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/store"
)

func ofUs(name string, a headway.Access) access.Member {
	return access.Member{Member: headway.Member{ID: headway.MemberID("m-" + name), Name: name, Access: a}, Since: monday}
}

func ticket(kind access.TicketKind, secret string) access.Ticket {
	return access.Ticket{
		ID: access.TicketID("t-" + secret), Hash: []byte("digest of " + secret), Kind: kind, Member: "m-Jan", Name: "a device", Grants: "editor",
		Made: monday, Until: monday.Add(time.Hour),
	}
}

func members(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("they come back as they were last put, in their workspace only", func(t *testing.T) {
		s := open(t)
		jan, ida := ofUs("Jan", headway.Owner), ofUs("Ida", headway.Viewer)
		must(t, s.PutMember(ctx, home, jan))
		ida.Since = monday.Add(time.Minute)
		must(t, s.PutMember(ctx, home, ida))
		ida.Access, ida.Left = headway.Editor, monday.Add(time.Hour)
		must(t, s.PutMember(ctx, home, ida))
		same(t, "members", got[[]access.Member](t)(s.Members(ctx, home)), []access.Member{jan, ida})
		same(t, "elsewhere", got[[]access.Member](t)(s.Members(ctx, "theirs")), []access.Member(nil))
	})
	t.Run("the last owner stays one", func(t *testing.T) {
		s := open(t)
		jan, ida := ofUs("Jan", headway.Owner), ofUs("Ida", headway.Editor)
		must(t, s.PutMember(ctx, home, jan))
		must(t, s.PutMember(ctx, home, ida))
		less, gone := jan, jan
		less.Access, gone.Left = headway.Editor, monday
		wantCode(t, s.PutMember(ctx, home, less), headway.Conflict)
		wantCode(t, s.PutMember(ctx, home, gone), headway.Conflict)
		same(t, "members", got[[]access.Member](t)(s.Members(ctx, home)), []access.Member{ida, jan})
		ida.Access = headway.Owner
		must(t, s.PutMember(ctx, home, ida))
		must(t, s.PutMember(ctx, home, gone))
	})
	t.Run("an invitation makes one member, wholly or not", func(t *testing.T) {
		s := open(t)
		must(t, s.PutMember(ctx, home, ofUs("Jan", headway.Owner)))
		must(t, s.PutTicket(ctx, home, ticket(access.Invitation, "a")))
		must(t, s.PutTicket(ctx, home, ticket(access.Session, "b")))
		ida := ofUs("Ida", headway.Editor)
		word := access.Proof{Kind: access.PasswordProof, ID: string(ida.ID), Member: ida.ID, Data: []byte("h"), Made: monday}
		wantCode(t, s.Join(ctx, home, "t-a", ofUs("Jan", headway.Editor)), headway.Conflict) // the invitation waits on
		wantCode(t, s.Join(ctx, home, "t-b", ida), headway.Conflict)
		must(t, s.Join(ctx, home, "t-a", ida, word))
		wantCode(t, s.Join(ctx, home, "t-a", ofUs("Tom", headway.Editor)), headway.Conflict)
		same(t, "how many", len(got[[]access.Member](t)(s.Members(ctx, home))), 2)
		same(t, "proof", got[access.Proof](t)(s.Proof(ctx, home, access.PasswordProof, "m-Ida")), word)
	})
	t.Run("a proof is one member's, until it is dropped", func(t *testing.T) {
		s := open(t)
		p := access.Proof{Kind: access.PasskeyProof, ID: "k", Member: "m-Jan", Name: "phone", Data: []byte("{}"), Made: monday}
		must(t, s.PutProof(ctx, home, p))
		other := p
		other.Member = "m-Ida"
		wantCode(t, s.PutProof(ctx, home, other), headway.Conflict)
		p.Seen, p.Data = monday.Add(time.Hour), []byte("{1}")
		must(t, s.PutProof(ctx, home, p))
		same(t, "proofs", got[[]access.Proof](t)(s.Proofs(ctx, home, "m-Jan")), []access.Proof{p})
		must(t, s.DropProof(ctx, home, "m-Ida", access.PasskeyProof, "k")) // not hers
		got[access.Proof](t)(s.Proof(ctx, home, access.PasskeyProof, "k"))
		must(t, s.DropProof(ctx, home, "m-Jan", "", ""))
		_, err := s.Proof(ctx, home, access.PasskeyProof, "k")
		wantCode(t, err, headway.NotFound)
	})
}

func tickets(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("they are found by the digest of their secret, in their workspace only", func(t *testing.T) {
		s := open(t)
		k := ticket(access.Token, "a")
		must(t, s.PutTicket(ctx, home, k))
		same(t, "ticket", got[access.Ticket](t)(s.Ticket(ctx, home, k.Hash)), k)
		_, err := s.Ticket(ctx, "theirs", k.Hash)
		wantCode(t, err, headway.NotFound)
		must(t, s.UseTicket(ctx, home, k.ID, monday.Add(time.Second), "192.0.2.7"))
		k.Seen, k.From = monday.Add(time.Second), "192.0.2.7"
		same(t, "used", got[access.Ticket](t)(s.Ticket(ctx, home, k.Hash)), k)
	})
	t.Run("they end once", func(t *testing.T) {
		s := open(t)
		for _, secret := range []string{"a", "b", "c"} {
			must(t, s.PutTicket(ctx, home, ticket(access.Session, secret)))
		}
		must(t, s.PutTicket(ctx, home, ticket(access.Share, "d")))
		f := access.TicketFilter{Kind: access.Session, Member: "m-Jan", Except: "t-b"}
		ended := got[[]access.Ticket](t)(s.EndTickets(ctx, home, f, monday))
		if len(ended) != 2 || ended[0].ID != "t-a" || !ended[1].Ended.Equal(monday) {
			t.Errorf("ended %v", ended)
		}
		same(t, "again", len(got[[]access.Ticket](t)(s.EndTickets(ctx, home, f, monday))), 0)
		same(t, "open", len(got[[]access.Ticket](t)(s.Tickets(ctx, home, access.TicketFilter{Open: true}))), 2)
		same(t, "all", len(got[[]access.Ticket](t)(s.Tickets(ctx, home, access.TicketFilter{}))), 4)
		same(t, "another's", len(got[[]access.Ticket](t)(s.EndTickets(ctx, "theirs", access.TicketFilter{}, monday))), 0)
		if k := got[access.Ticket](t)(s.Ticket(ctx, home, []byte("digest of a"))); k.Ended.IsZero() || !bytes.Equal(k.Hash, []byte("digest of a")) {
			t.Errorf("what ended came back as %+v", k)
		}
	})
	t.Run("tries are remembered until they are forgotten", func(t *testing.T) {
		s := open(t)
		tries := access.Tries{Failed: 7, Left: 4 * time.Second, At: monday}
		change := func(to access.Tries, err error) func(access.Tries) (access.Tries, error) {
			return func(access.Tries) (access.Tries, error) { return to, err }
		}
		must(t, s.ChangeTries(ctx, home, "account a", change(tries, nil)))
		same(t, "tries", got[access.Tries](t)(s.Tries(ctx, home, "account a")), tries)
		same(t, "elsewhere", got[access.Tries](t)(s.Tries(ctx, "theirs", "account a")), access.Tries{})
		refused := headway.Errorf(headway.Denied, "no")
		wantCode(t, s.ChangeTries(ctx, home, "account a", change(access.Tries{}, refused)), headway.Denied)
		must(t, s.ForgetTries(ctx, home, monday))
		same(t, "tries", got[access.Tries](t)(s.Tries(ctx, home, "account a")), tries)
		must(t, s.ForgetTries(ctx, home, monday.Add(1)))
		must(t, s.ForgetTries(ctx, home, monday.Add(time.Second)))
		same(t, "forgotten", got[access.Tries](t)(s.Tries(ctx, home, "account a")), access.Tries{})
	})
	t.Run("many who count at once lose no try", func(t *testing.T) {
		s := open(t)
		failed := make(chan error)
		for range 8 {
			go func() {
				failed <- s.ChangeTries(ctx, home, "address b", func(t access.Tries) (access.Tries, error) {
					t.Failed, t.At = t.Failed+1, monday
					return t, nil
				})
			}()
		}
		for range 8 {
			must(t, <-failed)
		}
		same(t, "tries", got[access.Tries](t)(s.Tries(ctx, home, "address b")).Failed, 8)
	})
	t.Run("the log is numbered, and read from its end", func(t *testing.T) {
		s := open(t)
		for _, act := range []access.Act{access.SignInFailed, access.SignedIn, access.Exported} {
			must(t, s.PutEntry(ctx, home, access.Entry{At: monday, Member: "m-Jan", Act: act, About: "x", Words: "Jan", From: "::1"}, 10))
		}
		must(t, s.PutEntry(ctx, "theirs", access.Entry{At: monday, Act: access.SignedOut}, 10))
		all := got[[]access.Entry](t)(s.Entries(ctx, home, 0, 10))
		same(t, "how many", len(all), 3)
		same(t, "newest", all[0], access.Entry{Seq: 3, At: monday, Member: "m-Jan", Act: access.Exported, About: "x", Words: "Jan", From: "::1"})
		same(t, "page", got[[]access.Entry](t)(s.Entries(ctx, home, 3, 1)), all[1:2])
		must(t, s.PutEntry(ctx, home, access.Entry{At: monday, Act: access.SignedOut}, 2))
		left := got[[]access.Entry](t)(s.Entries(ctx, home, 0, 10))
		same(t, "what is left", []int64{left[0].Seq, left[1].Seq, int64(len(left))}, []int64{4, 3, 2})
		same(t, "elsewhere", len(got[[]access.Entry](t)(s.Entries(ctx, "theirs", 0, 10))), 1)
	})
}
