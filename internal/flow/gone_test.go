package flow

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestARemovedConversationIsToldOfInPlainWords(t *testing.T) {
	f := openTest(t)
	_, _, err := f.Conversation(t.Context(), "removed", "")
	if headway.ErrorCode(err) != headway.NotFound || !strings.HasPrefix(err.Error(), "this conversation is not here: somebody removed it") {
		t.Errorf("it says %v", err)
	}
}
