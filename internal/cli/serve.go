package cli

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access/oidc"
	"github.com/headway-oss/headway/internal/access/passkey"
	"github.com/headway-oss/headway/internal/api"
	"github.com/headway-oss/headway/internal/web"
)

func (p *program) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Open the workbench in the browser",
		Long: `Serves the workbench to this machine only and opens it. The address that is
printed carries a secret of this start; without it nobody gets in. Listening on
any other address than loopback, or behind a proxy (--address), needs members
first; then people sign in, and the secret opens nothing.`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.serve(c.Context()) },
	}
	p.config.serving(c.Flags())
	return c
}

func (p *program) serve(ctx context.Context) error {
	if err := p.mayListen(); err != nil {
		return err
	}
	if url := p.running(ctx); url != "" {
		fmt.Fprintf(p.Out, "Headway is running already\nopen %s\n", url)
		p.openBrowser(url)
		return nil
	}
	return p.withListener(ctx, behind, func(e *engines) error {
		if err := p.mayServe(ctx, e); err != nil {
			return err
		}
		listener, err := net.Listen("tcp", net.JoinHostPort(p.config.Host, strconv.Itoa(p.config.Port)))
		if err != nil {
			return headway.Errorf(headway.Unavailable, "%s cannot be listened on: %w; try another --port, or 0 for a free one", p.config.Host, err)
		}
		defer listener.Close()
		if p.config.Sample {
			if _, err := e.flow.LoadSample(ctx); err != nil {
				return err
			}
		}
		return p.serveOn(ctx, listener, e)
	})
}

// serveOn serves until ctx ends, then lets what is being answered end.
func (p *program) serveOn(ctx context.Context, listener net.Listener, e *engines) error {
	secret := rand.Text()
	url := "http://" + listener.Addr().String() + "/?key=" + secret
	handler, err := p.handler(e, listener, secret)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	if err := p.announce(url); err != nil {
		return err
	}
	defer os.Remove(p.runningFile())
	var behind sync.WaitGroup
	behind.Go(func() { p.catchUp(ctx, e) })
	behind.Go(func() { p.behind(ctx, e.flow.Remember) })
	behind.Go(func() { p.behind(ctx, e.flow.Gather) })
	behind.Go(func() { p.behind(ctx, e.flow.Draw) })
	behind.Go(func() { p.behind(ctx, e.flow.Follow) })
	defer behind.Wait()
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		stopped <- errors.Join(server.Shutdown(patience), server.Close())
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return headway.Errorf(headway.Unavailable, "serving stopped: %w", err)
	}
	if err := <-stopped; err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	fmt.Fprintln(p.Err, "stopped; everything is kept in", p.config.Data)
	return nil
}

// handler is all faces of the workbench behind their guard.
func (p *program) handler(e *engines, listener net.Listener, secret string) (http.Handler, error) {
	address, err := p.config.publicURL()
	if err != nil {
		return nil, err
	}
	trusted, err := p.config.proxies()
	if err != nil {
		return nil, err
	}
	programs, document, err := api.New(e.flow, e.gate, web.Papers(e.flow))
	if err != nil {
		return nil, err
	}
	reached, _ := net.InterfaceAddrs() // none is as good as not known
	o := web.Options{
		Abroad: p.config.abroad(listener.Addr(), reached),
		Secret: secret, Hosts: []string{listener.Addr().String()}, Members: p.config.signIn(),
		Access: e.gate, Address: address, Trusted: trusted, API: programs, OpenAPI: document,
	}
	if passkey.Possible(address) {
		if o.Passkeys, err = passkey.New(e.gate, address, time.Now); err != nil {
			return nil, err
		}
	}
	if p.config.Issuer != "" {
		o.Provider = oidc.New(e.gate, oidc.Config{
			Issuer: p.config.Issuer, Client: p.config.Client, Secret: p.config.Secret,
			Back: strings.TrimSuffix(p.config.Address, "/") + "/signin/provider/back",
		}, time.Now)
	}
	return web.New(e.flow, o), nil
}

// catchUp finishes what an earlier run left undone, hears again what was heard
// by older rules, and then listens to what was only heard quickly, until ctx
// ends. Pages are served meanwhile.
func (p *program) catchUp(ctx context.Context, e *engines) {
	rederive := func(ctx context.Context) error { return e.flow.Rederive(ctx, nil) }
	for _, finish := range []func(context.Context) error{e.flow.FinishErasing, e.flow.Resume, rederive, e.flow.Listen} {
		p.behind(ctx, finish)
	}
}

// behind does work behind the pages.
func (p *program) behind(ctx context.Context, work func(context.Context) error) {
	err := work(ctx)
	if err != nil && ctx.Err() == nil && headway.ErrorCode(err) != headway.Conflict { // another program is at it
		fmt.Fprintln(p.Err, "headway: earlier work could not be finished: "+complaint(err))
	}
}

// mayListen refuses an address that nobody means.
func (p *program) mayListen() error {
	if p.config.loopback() {
		return nil
	}
	if ip := net.ParseIP(p.config.Host); ip != nil && ip.IsUnspecified() {
		return usagef("--host %s answers on every address: name the one that others use, for instance --host 192.168.1.5", p.config.Host)
	}
	return nil
}

// mayServe refuses to be reached by others while there is nobody whose it is.
func (p *program) mayServe(ctx context.Context, e *engines) error {
	if !p.config.signIn() {
		return nil
	}
	_, known, err := e.gate.FirstOwner(ctx)
	if err != nil {
		return err
	}
	if !known {
		return headway.Errorf(headway.Denied, "others can reach %s, and there are no members yet: make yourself the owner first (headway member add --role owner NAME), or leave --host and --address out to serve this machine only", cmp.Or(p.config.Address, p.config.Host))
	}
	if !strings.HasPrefix(p.config.Address, "https:") {
		fmt.Fprintln(p.Err, "Others can reach this address, and nothing encrypts the way to it: put a TLS proxy before it, and name it with --address https://... and --trusted.")
	}
	return nil
}

// runningStart is what a start leaves behind for a second one to find.
type runningStart struct {
	URL string `json:"url"`
}

func (p *program) runningFile() string { return filepath.Join(p.config.Data, runningName) }

// announce prints the address, opens it, and leaves it for a second start.
func (p *program) announce(url string) error {
	err := writeFile(p.runningFile(), func(w io.Writer) error {
		return json.NewEncoder(w).Encode(runningStart{URL: url})
	})
	if err != nil {
		return err
	}
	if p.config.signIn() {
		url = p.reachedAt() // the secret opens nothing
	}
	fmt.Fprintln(p.Out, "open "+url)
	p.openBrowser(url)
	return nil
}

// running gives the address of a Headway that serves the same data already,
// or "". It believes only an answer that knows this start's secret: a program
// that came to the port since, and sends every caller elsewhere, does not.
func (p *program) running(ctx context.Context) string {
	data, err := os.ReadFile(p.runningFile())
	var left runningStart
	if err != nil || json.Unmarshal(data, &left) != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, left.URL, nil)
	if err != nil {
		return ""
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	if !web.Answered(answer, request.URL.Query().Get("key")) {
		return ""
	}
	return left.URL
}
