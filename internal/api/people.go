package api

import (
	"context"

	"github.com/headway-oss/headway"
)

func (a *api) people() {
	do(a, write("PUT /conversations/{conversation}/speakers/{speaker}/side", "placeSpeaker", "people", "Settle whose words a speaker's are"), a.placeSpeaker)
	do(a, write("POST /people/{person}/merge", "mergePeople", "people", "Say that two persons are one"), a.mergePeople)
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

type mergePeopleInput struct {
	Person headway.PersonID `path:"person" doc:"who goes into the other"`
	Body   struct {
		Into headway.PersonID `json:"into" doc:"who stays"`
	}
}

func (a *api) mergePeople(ctx context.Context, in *mergePeopleInput) error {
	return a.hw.Merge(ctx, in.Person, in.Body.Into)
}
