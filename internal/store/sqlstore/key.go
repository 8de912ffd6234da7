package sqlstore

import (
	"fmt"

	"github.com/headway-oss/headway"
)

// A text's key says whose it is: 18 bits for the workspace, 24 for the
// conversation in it, 21 for the text in that. So a workspace's texts, and a
// conversation's, are a range of numbers that B-trees and full-text indexes
// both walk quickly, and another workspace's words lie outside it.
//
// The first versions of a conversation's turns are its texts 0, 1, 2, ... in
// the order of the turns; corrections come after them.
type textKey int64

const (
	workspaceBits    = 18
	conversationBits = 24
	textBits         = 21
)

func keyOf(workspace, conversation, text int64) textKey {
	return textKey(workspace<<(conversationBits+textBits) | conversation<<textBits | text)
}

// workspaceKeys gives the first and last key of a workspace.
func workspaceKeys(workspace int64) (first, last textKey) {
	return keyOf(workspace, 0, 0), keyOf(workspace+1, 0, 0) - 1
}

// conversationKeys gives the first and last key of conversations n to m.
func conversationKeys(workspace, n, m int64) (first, last textKey) {
	return keyOf(workspace, n, 0), keyOf(workspace, m+1, 0) - 1
}

// text gives the key's text in its conversation.
func (k textKey) text() int { return int(k & (1<<textBits - 1)) }

// conversation gives the number of the key's conversation.
func (k textKey) conversation() int64 { return int64(k) >> textBits & (1<<conversationBits - 1) }

// conversationOf is, in SQL, the number of the conversation of a key.
func conversationOf(key string) string {
	return fmt.Sprintf("((%s >> %d) & %d)", key, textBits, 1<<conversationBits-1)
}

// firstKey is, in SQL, the first key of the workspace of a number.
func firstKey(workspace string) string {
	return fmt.Sprintf("((%s) << %d)", workspace, conversationBits+textBits)
}

// checkRoom refuses what the key cannot number.
func checkRoom(workspace, conversations int64) error {
	if workspace >= 1<<workspaceBits || conversations >= 1<<conversationBits {
		return headway.Errorf(headway.Invalid, "this database has no room for more than %d workspaces of %d conversations: start another one", 1<<workspaceBits, 1<<conversationBits)
	}
	return nil
}
