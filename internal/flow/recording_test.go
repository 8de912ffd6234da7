package flow

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// silence is a WAV file in which nobody says anything; n tells one from another.
func silence(n int) []byte {
	samples := make([]byte, 800+n)
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(head[4:], uint32(36+len(samples)))
	binary.LittleEndian.PutUint32(head[40:], uint32(len(samples)))
	return append(head, samples...)
}

func TestATagAloneIsNoSound(t *testing.T) {
	tag := []byte("ID3\x04\x00\x00\x00\x00\x02\x01") // of 257 bytes
	tag = append(tag, make([]byte, 257)...)
	frame := "\xff\xfb\x90\x00"
	for name, c := range map[string]struct{ data, want string }{
		"a tag and then sound":                 {string(tag) + frame, "audio/mpeg"},
		"a tag, zeros and then sound":          {string(tag) + "\x00\x00\x00" + frame, "audio/mpeg"},
		"a tag before lossless sound":          {string(tag) + "fLaC", "audio/flac"},
		"a tag and zeros":                      {string(tag) + strings.Repeat("\x00", 1000), ""},
		"a tag that says it is longer":         {string(tag[:100]), ""},
		"three letters":                        {"ID3", ""},
		"a tag and then a page":                {string(tag) + "<html>", ""},
		"a tag of tags, which never comes out": {strings.Repeat("ID3\x04\x00\x00\x00\x00\x00\x00", 50), ""},
	} {
		if got := MediaType([]byte(c.data)); got != c.want {
			t.Errorf("%s is %q, want %q", name, got, c.want)
		}
	}
}

func TestARecordingGoesWithItsConversation(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1), invented(2)}), source.Options{}, nil))(t)
	heads := must(f.Conversations(t.Context(), s.ID))(t)
	first, second := heads[0].ID, heads[1].ID
	ctx := t.Context()
	if err := f.Record(ctx, first, "", []byte("<html>")); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("a page is taken for a recording: %v", err)
	}
	for _, data := range [][]byte{silence(1), silence(2)} { // the second in the place of the first
		if err := f.Record(ctx, first, "", data); err != nil {
			t.Fatal(err)
		}
	}
	data, _, err := f.Recording(ctx, first, "")
	if err != nil || !bytes.Equal(data, silence(2)) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if err := f.Record(ctx, second, "", silence(2)); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("one recording of two conversations: %v", err)
	}
	if err := f.Record(as(t, headway.Viewer), first, "", silence(3)); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("a viewer records: %v", err)
	}
	before := len(must(f.blobs.List(ctx))(t))
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{second}}); err != nil {
		t.Fatal(err)
	}
	if err := f.finishRemove(ctx); err != nil {
		t.Fatal(err)
	}
	if has := must(f.HasRecording(ctx, first, ""))(t); !has {
		t.Error("another conversation was removed, and the recording is gone")
	}
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{first}}); err != nil {
		t.Fatal(err)
	}
	if err := f.finishRemove(ctx); err != nil {
		t.Fatal(err)
	}
	if left := len(must(f.blobs.List(ctx))(t)); left >= before {
		t.Errorf("%d of %d files are left after their conversations", left, before)
	}
	for _, id := range must(f.blobs.List(ctx))(t) {
		if data, err := f.blobs.Get(ctx, id); err == nil && bytes.HasPrefix(data, []byte("RIFF")) {
			t.Error("the recording outlived its conversation")
		}
	}
}

func TestWhatIsKeptAsARecordingIsCalledWhatABrowserPlays(t *testing.T) {
	for begins, want := range map[string]string{
		string(silence(1)): "audio/wave",
		"fLaC\x00":         "audio/flac",
		"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb": "audio/mpeg",
		"\xff\xfb\x90":             "audio/mpeg",
		"\x00\x00\x00\x20ftypM4A ": "video/mp4",
		"<html>":                   "",
		"WEBVTT":                   "",
		"":                         "",
	} {
		if got := MediaType([]byte(begins)); got != want {
			t.Errorf("what begins with %.12q is called %q, want %q", begins, got, want)
		}
	}
}
