package cli

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/headway-oss/headway/internal/web"
)

// abroad says how the same would be served to others from here; nothing where this
// machine has no address that they could reach, or where it is served already.
func (c *Config) abroad(listening net.Addr, reached []net.Addr) web.Abroad {
	ip, found := firstReached(reached)
	if c.signIn() || !found {
		return web.Abroad{}
	}
	_, port, _ := net.SplitHostPort(listening.String())
	self := inShell(os.Args[0]) + c.where()
	return web.Abroad{
		Commands: []string{
			self + " member add --role owner 'YOUR NAME'",
			self + " serve --host " + ip.String() + " --port " + port,
		},
		Origin: "http://" + net.JoinHostPort(ip.String(), port),
	}
}

// where are the flags that name what this Headway keeps; a database's password
// stays out.
func (c *Config) where() (flags string) {
	if folder, err := filepath.Abs(c.Data); err == nil && c.Data != userData() {
		flags += " --data " + inShell(folder)
	}
	if u, err := url.Parse(c.Database); err == nil && c.Database != "" {
		flags += " --database " + inShell(u.Redacted())
	}
	return flags
}

// firstReached gives the first address of this machine that others in its network
// can reach, IPv4 before IPv6.
func firstReached(all []net.Addr) (first netip.Addr, found bool) {
	for _, four := range []bool{true, false} {
		for _, a := range all {
			network, err := netip.ParsePrefix(a.String())
			if ip := network.Addr(); err == nil && ip.Is4() == four && ip.IsGlobalUnicast() {
				return ip, true
			}
		}
	}
	return first, false
}

var plainInShell = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// inShell writes a word so that a shell reads it as one.
func inShell(word string) string {
	if plainInShell.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
