package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/headway-oss/headway"
)

// Ceremonies lets something be begun in one request and finished in a later one
// without keeping anything between: what is to be known then goes to the browser
// and back, signed. Each is finished once, within minutes, and by this start of
// the program.
type Ceremonies struct {
	key []byte
	now func() time.Time

	mu       sync.Mutex
	finished map[string]time.Time // by their signature, until they run out
}

// begunFor is how long a person may take over a ceremony.
const begunFor = 5 * time.Minute

var errBegun = headway.Errorf(headway.Denied, "this took too long, or was begun elsewhere: try again")

// NewCeremonies makes the Ceremonies of one start.
func NewCeremonies(now func() time.Time) *Ceremonies {
	key := make([]byte, sha256.Size)
	if _, err := rand.Read(key); err != nil {
		panic(err) // never happens, says crypto/rand
	}
	return &Ceremonies{key: key, now: now, finished: map[string]time.Time{}}
}

// ceremony is what goes to the browser.
type ceremony struct {
	Kind  string          `json:"k"`
	Until time.Time       `json:"u"`
	Known json.RawMessage `json:"v"`
}

// Begin signs what is to be known when a ceremony of this kind is finished.
func (c *Ceremonies) Begin(kind string, known any) (begun string, err error) {
	inner, err := json.Marshal(known)
	if err != nil {
		return "", err
	}
	whole, err := json.Marshal(ceremony{Kind: kind, Until: c.now().Add(begunFor), Known: inner})
	if err != nil {
		return "", err
	}
	body := base64.RawURLEncoding.EncodeToString(whole)
	return body + "." + c.sign(body), nil
}

func (c *Ceremonies) sign(body string) string {
	mac := hmac.New(sha256.New, c.key)
	mac.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Finish reads what was signed into known. Denied where it was not begun here, is
// of another kind, is too old, or was finished before.
func (c *Ceremonies) Finish(kind, begun string, known any) error {
	body, signature, _ := strings.Cut(begun, ".")
	if !hmac.Equal([]byte(signature), []byte(c.sign(body))) {
		return errBegun
	}
	whole, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return errBegun
	}
	var read ceremony
	if err := json.Unmarshal(whole, &read); err != nil || read.Kind != kind || !c.now().Before(read.Until) {
		return errBegun
	}
	if !c.first(signature, read.Until) {
		return errBegun
	}
	return json.Unmarshal(read.Known, known)
}

// first says whether a ceremony is finished for the first time.
func (c *Ceremonies) first(signature string, until time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	for other, over := range c.finished {
		if !now.Before(over) {
			delete(c.finished, other)
		}
	}
	_, before := c.finished[signature]
	c.finished[signature] = until
	return !before
}
