package embed

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// Version names the table: vectors of another version point elsewhere, and
// cannot be compared with these.
var Version = sync.OnceValue(func() string {
	sum := sha256.Sum256(tableFile)
	return hex.EncodeToString(sum[:8])
})
