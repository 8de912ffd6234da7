package source

import "github.com/headway-oss/headway"

// settleSides says whose words a conversation's speakers speak.
func settleSides(c *headway.Conversation, o Options) {
}
