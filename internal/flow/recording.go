package flow

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/store"
)

// formatRecording marks a source that is the sound or video of a conversation;
// its name is that conversation's id. It goes with the conversation, and with
// anybody in it who is erased: a voice cannot be left out of a recording.
const formatRecording headway.Format = "recording"

// Record keeps the recording of a conversation, in the place of an earlier one.
// Invalid for what is neither sound nor video; Conflict for a recording that
// another conversation has.
func (f *Flow) Record(ctx context.Context, id headway.ConversationID, through headway.StudyID, data []byte) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	if err := f.mayShow(ctx, id, through); err != nil {
		return err
	}
	if _, err := f.store.Conversation(ctx, f.ws, id); err != nil {
		return err
	}
	if MediaType(data) == "" {
		return headway.Errorf(headway.Invalid, "this is neither sound nor video that a browser plays: choose an MP3, M4A, WAV, OGG, FLAC, WebM or MP4 file")
	}
	source := store.Source{ID: blob.ID(data), Name: string(id), Format: formatRecording, Size: int64(len(data)), ImportedAt: f.now().UTC().Truncate(time.Microsecond)}
	if other, err := f.store.Source(ctx, f.ws, source.ID); err == nil && other.Name != source.Name {
		return headway.Errorf(headway.Conflict, "this recording is kept for another conversation already")
	}
	if err := f.DropRecording(ctx, id, through); err != nil && headway.ErrorCode(err) != headway.NotFound {
		return err
	}
	if err := f.blobs.Put(ctx, source.ID, data); err != nil {
		return err
	}
	return f.store.PutSource(ctx, f.ws, source)
}

// media is how the sound and video files begin that browsers play, by the offset
// at which that stands, and what a browser calls them.
var media = []struct {
	at         int
	with, kind string
}{
	{8, "WAVE", "audio/wave"}, {0, "OggS", "application/ogg"}, {0, "fLaC", "audio/flac"},
	{4, "ftyp", "video/mp4"}, {0, "\x1aE\xdf\xa3", "video/webm"},
	{0, "\xff\xfb", "audio/mpeg"}, {0, "\xff\xf3", "audio/mpeg"}, {0, "\xff\xf2", "audio/mpeg"}, // frames without a head
	{0, "\xff\xf1", "audio/aac"}, {0, "\xff\xf9", "audio/aac"},
}

// MediaType tells sound and video by how its bytes begin; "" for anything else. A
// tag alone is no sound: what comes after it tells.
func MediaType(data []byte) string {
	if bytes.HasPrefix(data, []byte("ID3")) {
		return MediaType(afterTag(data))
	}
	for _, m := range media {
		if len(data) >= m.at && bytes.HasPrefix(data[m.at:], []byte(m.with)) {
			return m.kind
		}
	}
	return ""
}

// afterTag gives what follows an ID3 tag and the zeros that may fill it up: its
// length stands in four bytes of seven bits. See id3.org, ID3v2.4.0, 3.1.
func afterTag(data []byte) []byte {
	const head = 10
	if len(data) < head {
		return nil
	}
	length := 0
	for _, b := range data[6:head] {
		length = length<<7 | int(b&0x7f)
	}
	return bytes.TrimLeft(data[min(head+length, len(data)):], "\x00")
}

// HasRecording says whether a conversation has a recording that whoever asks may
// hear: where words are masked, only those may who may look behind masks.
func (f *Flow) HasRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) (bool, error) {
	_, err := f.recording(ctx, id, through)
	switch headway.ErrorCode(err) {
	case headway.NotFound, headway.Denied:
		return false, nil
	}
	return err == nil, err
}

// Recording gives the bytes of a conversation's recording and when it was kept.
func (f *Flow) Recording(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]byte, time.Time, error) {
	s, err := f.recording(ctx, id, through)
	if err != nil {
		return nil, time.Time{}, err
	}
	data, err := f.blobs.Get(ctx, s.ID)
	return data, s.ImportedAt, err
}

// DropRecording forgets a conversation's recording.
func (f *Flow) DropRecording(ctx context.Context, id headway.ConversationID, through headway.StudyID) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	s, err := f.recording(ctx, id, through)
	if err != nil {
		return err
	}
	return f.dropBytes(ctx, s.ID)
}

func (f *Flow) recording(ctx context.Context, id headway.ConversationID, through headway.StudyID) (store.Source, error) {
	if err := f.mayShow(ctx, id, through); err != nil {
		return store.Source{}, err
	}
	s, err := f.recordingKept(ctx, id)
	if err != nil {
		return s, err
	}
	masks, err := f.Masks(ctx, id, through)
	if err == nil && len(masks) > 0 {
		err = f.mayOwn(ctx)
	}
	return s, err
}

// recordingKept finds a conversation's recording. What is known of a source
// outlives its bytes: one that was dropped is not there any more.
func (f *Flow) recordingKept(ctx context.Context, id headway.ConversationID) (store.Source, error) {
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return store.Source{}, err
	}
	kept, err := f.blobs.List(ctx)
	if err != nil {
		return store.Source{}, err
	}
	for _, s := range sources {
		if s.Format == formatRecording && s.Name == string(id) && slices.Contains(kept, s.ID) {
			return s, nil
		}
	}
	return store.Source{}, headway.Errorf(headway.NotFound, "this conversation has no recording")
}

// recordsNobody says whether the conversation of a recording is gone.
func (f *Flow) recordsNobody(ctx context.Context, s store.Source) (bool, error) {
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: []headway.ConversationID{headway.ConversationID(s.Name)}})
	return len(heads) == 0, err
}
