package api

import (
	"cmp"
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Recording keeps the sound or video of conversations.
type Recording interface {
	Record(ctx context.Context, id headway.ConversationID, through headway.StudyID, data []byte) error
	HasRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) (bool, error)
	Recording(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]byte, time.Time, error)
	DropRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) error
}

func (a *api) recordings() {
	keep := write("PUT /conversations/{conversation}/recording", "putRecording", "conversations", "Keep the recording of a conversation, in the place of an earlier one")
	keep.MaxBodyBytes, keep.BodyReadTimeout = maxUpload, time.Hour
	do(a, keep, a.putRecording)
	give(a, read("GET /conversations/{conversation}/recording", "getRecording", "conversations", "Read the recording of a conversation"), a.getRecording, anyBytes)
	do(a, write("DELETE /conversations/{conversation}/recording", "dropRecording", "conversations", "Forget the recording of a conversation"), a.dropRecording)
}

const anyBytes = "application/octet-stream"

type putRecordingInput struct {
	InConversation
	RawBody []byte `contentType:"application/octet-stream" doc:"the file: sound or video that a browser plays"`
}

func (a *api) putRecording(ctx context.Context, in *putRecordingInput) error {
	return a.hw.Record(ctx, in.Conversation, in.Study, in.RawBody)
}

func (a *api) getRecording(ctx context.Context, in *InConversation) (file, error) {
	data, _, err := a.hw.Recording(ctx, in.Conversation, in.Study)
	return file{cmp.Or(flow.MediaType(data), anyBytes), "attachment", data}, err
}

func (a *api) dropRecording(ctx context.Context, in *InConversation) error {
	return a.hw.DropRecording(ctx, in.Conversation, in.Study)
}
