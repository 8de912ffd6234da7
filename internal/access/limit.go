package access

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/headway-oss/headway"
)

// Tries is what is remembered of failed tries at one account, or from one
// address. It says how long is left to wait and when that was so, not until when:
// where the clock is put back, no time has passed, and the wait is neither over
// nor longer than it was.
type Tries struct {
	Failed int
	Left   time.Duration // to wait, at At
	At     time.Time     // UTC, whole microseconds
}

// wait gives what is left of the wait now.
func (t Tries) wait(now time.Time) time.Duration {
	return max(0, t.Left-max(0, now.Sub(t.At)))
}

// limit is how many tries are free, and how the wait grows after them: it
// doubles with each, up to most.
type limit struct {
	free  int
	first time.Duration
	most  time.Duration
}

// An account waits briefly at most, for a stranger can make it wait: a password
// of twelve letters stands 288 guesses a day for ever. An address may be shared
// by an office, and so has more free tries, and waits longer after them.
var (
	ofAccount = limit{free: 5, first: time.Second, most: 5 * time.Minute}
	ofAddress = limit{free: 20, first: time.Second, most: time.Hour}
)

// forgetAfter is how long without a failure makes a clean sheet.
const forgetAfter = 24 * time.Hour

// failed is one failure more.
func (l limit) failed(t Tries, now time.Time) Tries {
	if now.Sub(t.At) > forgetAfter {
		t = Tries{}
	}
	t.Failed++
	t.At, t.Left = now, 0
	if over := t.Failed - l.free; over > 0 {
		t.Left = l.most
		if over < 30 { // from there on the doubling would leave the numbers
			t.Left = min(l.most, l.first<<(over-1))
		}
	}
	return t
}

// TooSoon is the refusal of a try that came before its time. Its code is Denied.
type TooSoon struct {
	Wait time.Duration
	err  error
}

// Error says how long to wait.
func (e *TooSoon) Error() string { return e.err.Error() }

// Unwrap gives the error with the code.
func (e *TooSoon) Unwrap() error { return e.err }

func tooSoon(wait time.Duration) error {
	wait = max(time.Second, wait.Round(time.Second))
	return &TooSoon{Wait: wait, err: headway.Errorf(headway.Denied, "too many tries: wait %s and try again", inWords(wait))}
}

func inWords(wait time.Duration) string {
	if wait < 2*time.Minute {
		return fmt.Sprintf("%d seconds", int(wait.Seconds()))
	}
	return fmt.Sprintf("%d minutes", int(wait.Minutes()+1))
}

// subject is something that tries are counted of.
type subject struct {
	name string
	limit
}

func subjectsOf(member headway.MemberID, address string) []subject {
	all := []subject{{"account " + string(member), ofAccount}}
	if address != "" {
		all = append(all, subject{"address " + network(address), ofAddress})
	}
	return all
}

// network is what one household or office has of addresses: the whole of IPv4,
// half of IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		half, _ := ip.Prefix(64)
		return half.String()
	}
	return ip.String()
}

// charge counts a try as failed before it is looked at, so that many at once are
// no way around; TooSoon where it comes before its time.
func (g *Gate) charge(ctx context.Context, all []subject) error {
	now := g.at()
	for _, s := range all {
		if err := g.mayTry(ctx, s, now); err != nil {
			return err
		}
	}
	for _, s := range all {
		err := g.keep.ChangeTries(ctx, g.ws, s.name, func(t Tries) (Tries, error) {
			if wait := t.wait(now); wait > 0 {
				return t, tooSoon(wait)
			}
			return s.failed(t, now), nil
		})
		if err != nil {
			return err
		}
	}
	return g.keep.ForgetTries(ctx, g.ws, now.Add(-2*forgetAfter))
}

// mayTry looks without writing, for a flood of tries must not be one of writes.
// Only a clock that was put back makes it write: what was left is left from now.
func (g *Gate) mayTry(ctx context.Context, s subject, now time.Time) error {
	t, err := g.keep.Tries(ctx, g.ws, s.name)
	if err != nil || t.wait(now) == 0 {
		return err
	}
	if now.Before(t.At) {
		err := g.keep.ChangeTries(ctx, g.ws, s.name, func(t Tries) (Tries, error) {
			if now.Before(t.At) {
				t.At = now
			}
			return t, nil
		})
		if err != nil {
			return err
		}
	}
	return tooSoon(t.wait(now))
}

// succeeded takes a try off that was charged: the account begins anew, the
// address keeps what else failed from there.
func (g *Gate) succeeded(ctx context.Context, all []subject) error {
	for i, s := range all {
		err := g.keep.ChangeTries(ctx, g.ws, s.name, func(t Tries) (Tries, error) {
			if i == 0 || t.Failed <= 1 {
				return Tries{}, nil
			}
			t.Failed, t.Left = t.Failed-1, 0
			return t, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
