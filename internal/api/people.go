package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Knowing is who customers are to us.
type Knowing interface {
	Place(ctx context.Context, conversation headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error
	Everybody(ctx context.Context) (flow.Everybody, error)
	Merge(ctx context.Context, person, into headway.PersonID) error
	Split(ctx context.Context, person headway.PersonID) error
	SetRole(ctx context.Context, person headway.PersonID, r headway.Role) error
	SetAccount(ctx context.Context, person headway.PersonID, firm string) error
	SetConsent(ctx context.Context, person headway.PersonID, c headway.Consent, until time.Time) error
	Lapsed(ctx context.Context) ([]flow.Lapse, error)
}

func (a *api) people() {
	do(a, write("PUT /conversations/{conversation}/speakers/{speaker}/side", "placeSpeaker", "people", "Settle whose words a speaker's are"), a.placeSpeaker)
	ask(a, read("GET /people", "listPeople", "people", "List customers, across conversations and names, those who spoke last first"), a.listPeople)
	ask(a, read("GET /people/{person}", "getPerson", "people", "Read who a customer is to us"), a.getPerson)
	do(a, write("POST /people/{person}/merge", "mergePeople", "people", "Say that two persons are one"), a.mergePeople)
	do(a, write("POST /people/{person}/split", "splitPerson", "people", "Say that a person who was merged is themselves again"), a.splitPerson)
	do(a, write("PUT /people/{person}/role", "setRole", "people", "Say what a person is in their account"), a.setRole)
	do(a, write("PUT /people/{person}/account", "setAccount", "people", "Say of which firm a person is"), a.setAccount)
	do(a, write("PUT /people/{person}/consent", "setConsent", "people", "Keep what a person allowed, and until when"), a.setConsent)
	ask(a, read("GET /lapsed", "listLapsed", "people", "List those whose words may be kept no longer, and what would be lost with them"), a.listLapsed)
	ask(a, read("GET /accounts", "listAccounts", "people", "List the customers' firms"), a.listAccounts)
}

// InPerson is what an operation on a person is asked with.
type InPerson struct {
	Person headway.PersonID `path:"person" doc:"id of the person"`
}

type placeSpeakerInput struct {
	Conversation headway.ConversationID `path:"conversation" doc:"id of the conversation"`
	Speaker      headway.SpeakerID      `path:"speaker" doc:"id of the speaker"`
	Body         struct {
		Side headway.Side `json:"side"`
	}
}

func (a *api) placeSpeaker(ctx context.Context, in *placeSpeakerInput) error {
	return a.hw.Place(ctx, in.Conversation, in.Speaker, in.Body.Side)
}

type listPeopleInput struct {
	Paging
	Named   string            `query:"named" maxLength:"500" doc:"only those whose name, address, customer id or firm holds this"`
	Account headway.AccountID `query:"account" doc:"only those of this firm"`
}

// person is a customer across conversations and names.
type person struct {
	ID            headway.PersonID         `json:"id"`
	Names         []string                 `json:"names" doc:"as conversations have them, the most frequent first"`
	Emails        []string                 `json:"emails"`
	Keys          []string                 `json:"keys" doc:"the customer's id in the tables they came from"`
	Account       headway.Account          `json:"account,omitzero"`
	Role          headway.Role             `json:"role,omitempty"`
	Consent       headway.Consent          `json:"consent,omitempty"`
	Until         time.Time                `json:"until,omitzero" doc:"how long their words may be kept; left out without end"`
	Conversations []headway.ConversationID `json:"conversations" doc:"the newest first"`
	Last          time.Time                `json:"last,omitzero" doc:"date of the newest conversation, else when it came in"`
	Merged        []headway.PersonID       `json:"merged" doc:"who members said are this one too"`
	Invented      bool                     `json:"invented,omitempty"`
}

func personOf(p flow.Person) person {
	return person{
		p.ID, each(p.Names, itself), each(p.Emails, itself), each(p.Keys, itself), p.Firm, p.Role, p.Consent, p.Until,
		each(p.Conversations, func(h flow.Head) headway.ConversationID { return h.ID }), p.Last, each(p.Merged, itself), p.Invented,
	}
}

func (a *api) listPeople(ctx context.Context, in *listPeopleInput) (l list[person], err error) {
	everybody, err := a.hw.Everybody(ctx)
	if err != nil {
		return l, err
	}
	all := everybody.Named(in.Named)
	if in.Account != "" {
		all = flow.Everybody{People: all}.Of(in.Account)
	}
	return page(all, in.Paging, func(p flow.Person) string { return string(p.ID) }, personOf)
}

func (a *api) getPerson(ctx context.Context, in *InPerson) (person, error) {
	everybody, err := a.hw.Everybody(ctx)
	if err != nil {
		return person{}, err
	}
	p, err := everybody.Person(in.Person)
	return personOf(p), err
}

type mergePeopleInput struct {
	InPerson
	Body struct {
		Into headway.PersonID `json:"into" doc:"who stays"`
	}
}

func (a *api) mergePeople(ctx context.Context, in *mergePeopleInput) error {
	return a.hw.Merge(ctx, in.Person, in.Body.Into)
}

func (a *api) splitPerson(ctx context.Context, in *InPerson) error { return a.hw.Split(ctx, in.Person) }

type setRoleInput struct {
	InPerson
	Body struct {
		Role headway.Role `json:"role" doc:"an empty one is not known"`
	}
}

func (a *api) setRole(ctx context.Context, in *setRoleInput) error {
	return a.hw.SetRole(ctx, in.Person, in.Body.Role)
}

type setAccountInput struct {
	InPerson
	Body struct {
		Name string `json:"name" maxLength:"500" doc:"of the firm; an empty one takes it back"`
	}
}

func (a *api) setAccount(ctx context.Context, in *setAccountInput) error {
	return a.hw.SetAccount(ctx, in.Person, in.Body.Name)
}

type setConsentInput struct {
	InPerson
	Body struct {
		Consent headway.Consent `json:"consent" doc:"an empty one is not known"`
		Until   time.Time       `json:"until,omitzero" doc:"leave it out for without end"`
	}
}

func (a *api) setConsent(ctx context.Context, in *setConsentInput) error {
	return a.hw.SetConsent(ctx, in.Person, in.Body.Consent, in.Body.Until)
}

// lapse is what would be lost with a person.
type lapse struct {
	Person        person `json:"person"`
	Conversations int    `json:"conversations"`
	Turns         int    `json:"turns"`
	Kept          int    `json:"kept" doc:"passages of theirs that a member keeps as something"`
	Judged        int    `json:"judged" doc:"sentences of theirs that were held against a guess"`
	Promises      int    `json:"promises"`
	PlayBacks     int    `json:"play_backs"`
}

func (a *api) listLapsed(ctx context.Context, in *Paging) (l list[lapse], err error) {
	all, err := a.hw.Lapsed(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, func(p flow.Lapse) string { return string(p.ID) }, func(p flow.Lapse) lapse {
		return lapse{personOf(p.Person), p.Conversations, p.Turns, p.Kept, p.Judged, p.Promises, p.PlayBacks}
	})
}

func (a *api) listAccounts(ctx context.Context, in *Paging) (l list[headway.Account], err error) {
	everybody, err := a.hw.Everybody(ctx)
	if err != nil {
		return l, err
	}
	return page(everybody.Accounts, *in, func(one headway.Account) string { return string(one.ID) }, itself)
}
