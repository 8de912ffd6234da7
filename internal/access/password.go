package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/headway-oss/headway"
)

// cost is what hashing a password takes, so that guessing takes it too.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// presentCost is what OWASP asks of argon2id at least (Password Storage Cheat
// Sheet, 2025): 19 MiB, two passes, one lane. A password that was hashed at
// another cost is hashed anew when it is next used.
var presentCost = cost{memory: 19 * 1024, passes: 2, lanes: 1}

const (
	saltBytes = 16
	hashBytes = 32

	passwordLeast = 12  // characters
	passwordMost  = 256 // bytes: hashing more is work for nothing
)

// checkPassword refuses what is guessed first. Length is what counts (NIST SP
// 800-63B); no kinds of characters are asked for.
func checkPassword(password, name string) error {
	plain := strings.ToLower(norm.NFKC.String(password))
	switch {
	case utf8.RuneCountInString(plain) < passwordLeast:
		return headway.Errorf(headway.Invalid, "a password has at least %d characters: three or four words make a good one", passwordLeast)
	case len(password) > passwordMost:
		return headway.Errorf(headway.Invalid, "a password has at most %d bytes", passwordMost)
	case strings.Contains(plain, "headway"), name != "" && strings.Contains(plain, strings.ToLower(plainName(name))):
		return headway.Errorf(headway.Invalid, "a password with your name or Headway's in it is guessed first: take another")
	case fewLetters(plain):
		return headway.Errorf(headway.Invalid, "a password of so few different characters is guessed first: take another")
	}
	return nil
}

// fewLetters says whether a text is made of less than five different characters.
func fewLetters(text string) bool {
	different := map[rune]bool{}
	for _, r := range text {
		different[r] = true
	}
	return len(different) < 5
}

// hashPassword gives the hash in argon2's own writing:
//
//	$argon2id$v=19$m=19456,t=2,p=1$salt$hash
func (g *Gate) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		panic(err) // never happens, says crypto/rand
	}
	hash, err := g.argon2id(ctx, password, salt, g.cost)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, g.cost.memory, g.cost.passes, g.cost.lanes, b64(salt), b64(hash)), nil
}

// argon2id hashes when it is this one's turn.
func (g *Gate) argon2id(ctx context.Context, password string, salt []byte, c cost) ([]byte, error) {
	select {
	case g.hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-g.hashing }()
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.passes, c.memory, c.lanes, hashBytes), nil
}

// rightPassword says whether a password is the one of a hash, and whether the
// hash was made at another cost than is asked for now. Without a hash it takes
// as long and says no, so that nobody learns who is a member.
func (g *Gate) rightPassword(ctx context.Context, encoded, password string) (right, outdated bool, err error) {
	c, salt, want, known := readHash(encoded)
	if len(password) > passwordMost { // no such password was ever taken
		password, known = password[:passwordMost], false
	}
	if !known {
		c, salt = g.cost, make([]byte, saltBytes)
	}
	got, err := g.argon2id(ctx, password, salt, c)
	if err != nil || !known {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, c != g.cost, nil
}

// readHash parses argon2's own writing, and refuses costs that would hurt us.
func readHash(encoded string) (c cost, salt, hash []byte, ok bool) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); n != 3 || err != nil {
		return c, nil, nil, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return c, nil, nil, false
	}
	hash, err = base64.RawStdEncoding.DecodeString(parts[5])
	sane := c.memory <= 1<<20 && c.passes >= 1 && c.passes <= 16 && c.lanes >= 1
	return c, salt, hash, err == nil && sane && len(hash) == hashBytes
}
