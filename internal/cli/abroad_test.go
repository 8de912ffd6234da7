package cli

import (
	"net"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway/internal/web"
)

func TestHowOthersWouldBeServedIsTold(t *testing.T) {
	network := func(address string) net.Addr {
		ip, in, err := net.ParseCIDR(address)
		if err != nil {
			t.Fatal(err)
		}
		return &net.IPNet{IP: ip, Mask: in.Mask}
	}
	here := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8474}
	loopback, link, six, four := network("127.0.0.1/8"), network("fe80::1/64"), network("2001:db8::5/64"), network("192.168.1.5/24")
	self := inShell(os.Args[0])
	for name, c := range map[string]struct {
		change  func(*Config)
		reached []net.Addr
		want    web.Abroad
	}{
		"as it is": {nil, []net.Addr{loopback, link, six, four}, web.Abroad{
			Commands: []string{self + " member add --role owner 'YOUR NAME'", self + " serve --host 192.168.1.5 --port 8474"},
			Origin:   "http://192.168.1.5:8474",
		}},
		"elsewhere kept": {func(c *Config) { c.Data, c.Database = "/srv/it's here", "postgres://ann:secret@db/headway" }, []net.Addr{six}, web.Abroad{
			Commands: []string{
				self + ` --data '/srv/it'\''s here' --database postgres://ann:xxxxx@db/headway member add --role owner 'YOUR NAME'`,
				self + ` --data '/srv/it'\''s here' --database postgres://ann:xxxxx@db/headway serve --host 2001:db8::5 --port 8474`,
			},
			Origin: "http://[2001:db8::5]:8474",
		}},
		"with no address that others reach": {nil, []net.Addr{loopback, link}, web.Abroad{}},
		"served to others already":          {func(c *Config) { c.Host = "192.168.1.5" }, []net.Addr{four}, web.Abroad{}},
	} {
		config := Defaults()
		if c.change != nil {
			c.change(&config)
		}
		if diff := cmp.Diff(c.want, config.abroad(here, c.reached)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
