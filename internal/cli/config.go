package cli

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"github.com/headway-oss/headway"
)

// Config is everything that can be set from outside, for every command. What
// a flag says outweighs the environment, and that outweighs the defaults;
// nothing else in the program reads the environment.
type Config struct {
	Data     string // folder that holds all that Headway knows
	Database string // postgres://... , or "" for a SQLite file in Data
	Color    string // auto, always or never
	Host     string // address to listen on
	Port     int    // 0 takes a free one
	Open     bool   // whether to open the browser
	Sample   bool   // whether to load the invented sample
	Address  string // how others reach Headway, https://headway.example; "" for as it listens
	Issuer   string // a provider of OpenID Connect that vouches for members
	Client   string // our id there
	Secret   string // ours there, from HEADWAY_OIDC_SECRET alone: flags are seen by others on the machine
	Trusted  string // proxies whose word on where a request comes from is believed, by commas
}

// Defaults is how Headway runs when nobody says anything.
func Defaults() Config {
	return Config{Data: userData(), Color: "auto", Host: "127.0.0.1", Port: 0, Open: true}
}

func (c *Config) everywhere(f *pflag.FlagSet) {
	f.StringVar(&c.Data, "data", c.Data, "`folder` that holds all that Headway knows (HEADWAY_DATA_DIR)")
	f.StringVar(&c.Database, "database", c.Database, "keep it in PostgreSQL at this `address`, postgres://..., instead of a file (HEADWAY_DATABASE)")
	f.StringVar(&c.Color, "color", c.Color, "auto, always or never (HEADWAY_COLOR; NO_COLOR is obeyed)")
	f.StringVar(&c.Address, "address", c.Address, "`URL` at which others reach it through a proxy, https://headway.example (HEADWAY_ADDRESS)")
	fromEnvironment(f, "data", "HEADWAY_DATA_DIR")
	fromEnvironment(f, "database", "HEADWAY_DATABASE")
	fromEnvironment(f, "address", "HEADWAY_ADDRESS")
	fromEnvironment(f, "color", "HEADWAY_COLOR")
}

func (c *Config) serving(f *pflag.FlagSet) {
	f.StringVar(&c.Host, "host", c.Host, "`address` to listen on (HEADWAY_HOST)")
	f.IntVar(&c.Port, "port", c.Port, "port to listen on, 0 for a free one (HEADWAY_PORT)")
	f.BoolVar(&c.Open, "open", c.Open, "open the browser")
	f.BoolVar(&c.Sample, "sample", c.Sample, "load the invented sample first")
	f.StringVar(&c.Trusted, "trusted", c.Trusted, "`proxies` that are believed where a request comes from and whether by https, as 10.0.0.2 or 10.0.0.0/8 (HEADWAY_TRUSTED)")
	f.StringVar(&c.Issuer, "oidc-issuer", c.Issuer, "`URL` of an OpenID Connect provider that members can sign in with; needs --address (HEADWAY_OIDC_ISSUER)")
	f.StringVar(&c.Client, "oidc-client", c.Client, "the `id` of this Headway there; its secret is in HEADWAY_OIDC_SECRET (HEADWAY_OIDC_CLIENT)")
	fromEnvironment(f, "trusted", "HEADWAY_TRUSTED")
	fromEnvironment(f, "oidc-issuer", "HEADWAY_OIDC_ISSUER")
	fromEnvironment(f, "oidc-client", "HEADWAY_OIDC_CLIENT")
	fromEnvironment(f, "host", "HEADWAY_HOST")
	fromEnvironment(f, "port", "HEADWAY_PORT")
}

const environmentKey = "environment"

// fromEnvironment lets a variable set a flag that was not given.
func fromEnvironment(f *pflag.FlagSet, flag, variable string) {
	if err := f.SetAnnotation(flag, environmentKey, []string{variable}); err != nil {
		panic(err) // the flag is defined a few lines above
	}
}

// settle takes from the environment what no flag said, and checks the whole.
func (c *Config) settle(flags *pflag.FlagSet) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		variables := f.Annotations[environmentKey]
		if len(variables) == 0 || f.Changed || err != nil {
			return
		}
		value := os.Getenv(variables[0])
		if value == "" {
			return
		}
		if cause := f.Value.Set(value); cause != nil {
			err = usagef("%s is %q: %w", variables[0], value, cause)
		}
	})
	if err != nil {
		return err
	}
	c.Secret = os.Getenv("HEADWAY_OIDC_SECRET")
	return c.Validate()
}

// Validate names the first key whose value cannot be used.
func (c *Config) Validate() error {
	if c.Data == "" {
		return usagef("--data is empty: name a folder, for instance --data ./headway-data")
	}
	if c.Database != "" {
		u, err := url.Parse(c.Database)
		if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return usagef("--database must begin with postgres://; leave it out to use a file in %s", c.Data)
		}
	}
	switch c.Color {
	case "auto", "always", "never":
	default:
		return usagef("--color is auto, always or never, not %q", c.Color)
	}
	if c.Port < 0 || c.Port > 65535 {
		return usagef("--port is a number from 0 to 65535, not %d", c.Port)
	}
	if _, err := c.publicURL(); err != nil {
		return err
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	if c.Issuer != "" && (c.Client == "" || c.Address == "") {
		return usagef("--oidc-issuer needs --oidc-client, and --address for the way back")
	}
	if u, err := url.Parse(c.Issuer); c.Issuer != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		return usagef("--oidc-issuer is the URL that the provider names itself by, such as https://login.example, not %q", c.Issuer)
	}
	if c.Host == "" || strings.Contains(c.Host, "://") {
		return usagef("--host is an address such as 127.0.0.1, not %q", c.Host)
	}
	return nil
}

// publicURL is how others reach Headway; nil where nobody said.
func (c *Config) publicURL() (*url.URL, error) {
	if c.Address == "" {
		return nil, nil
	}
	u, err := url.Parse(c.Address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, usagef("--address is a URL without a path, such as https://headway.example, not %q", c.Address)
	}
	return u, nil
}

// proxies are the networks of those that are believed.
func (c *Config) proxies() (all []netip.Prefix, err error) {
	for name := range strings.SplitSeq(c.Trusted, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		network, err := netip.ParsePrefix(name)
		if ip, bad := netip.ParseAddr(name); bad == nil {
			network, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return nil, usagef("--trusted names proxies by address, such as 10.0.0.2 or 10.0.0.0/8, not %q", name)
		}
		all = append(all, network)
	}
	return all, nil
}

// signIn says whether members sign in: others can reach what is served.
func (c *Config) signIn() bool { return !c.loopback() || c.Address != "" }

// loopback says whether only this machine can reach the host.
func (c *Config) loopback() bool {
	ip := net.ParseIP(c.Host)
	return c.Host == "localhost" || ip != nil && ip.IsLoopback()
}

// userData is where this system keeps a person's data.
func userData() string {
	home, _ := os.UserHomeDir()
	switch {
	case runtime.GOOS == "windows" && os.Getenv("LocalAppData") != "":
		return filepath.Join(os.Getenv("LocalAppData"), "Headway")
	case runtime.GOOS == "darwin" && home != "":
		return filepath.Join(home, "Library", "Application Support", "Headway")
	case os.Getenv("XDG_DATA_HOME") != "":
		return filepath.Join(os.Getenv("XDG_DATA_HOME"), "headway")
	case home != "":
		return filepath.Join(home, ".local", "share", "headway")
	}
	return "headway-data"
}

// makeData makes the data folder, readable for nobody else on the machine.
func (c *Config) makeData() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return headway.Errorf(headway.Unavailable, "the data folder %s cannot be made: %w; name another with --data", c.Data, err)
	}
	return nil
}
