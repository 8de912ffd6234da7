package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheWorkbenchOpensOnceAndStopsCleanly(t *testing.T) {
	data := filepath.Join(t.TempDir(), "kept")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	url, exit := startServing(t, ctx, data)

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	visitor := &http.Client{Jar: jar}
	status, body := visit(t, visitor, url)
	if unbuilt := status == http.StatusServiceUnavailable && strings.Contains(body, "not built"); status != http.StatusOK && !unbuilt {
		t.Fatalf("the opened address answers %d:\n%s", status, body)
	}
	stranger := strings.SplitAfter(url, "/?key=")[0] + "wrong"
	if status, _ := visit(t, http.DefaultClient, stranger); status != http.StatusForbidden {
		t.Errorf("a wrong key is answered with %d, want 403", status)
	}

	var second bytes.Buffer
	if status := Main(ctx, []string{"serve", "--open=false", "--data", data}, Streams{In: strings.NewReader(""), Out: &second, Err: io.Discard}); status != allDone {
		t.Errorf("a second start ends with status %d", status)
	}
	if want := "Headway is running already\nopen " + url + "\n"; second.String() != want {
		t.Errorf("a second start says %q, want %q", second.String(), want)
	}

	stop()
	if status := <-exit; status != allDone {
		t.Errorf("stopped with status %d", status)
	}
	if _, err := os.Stat(filepath.Join(data, runningName)); err == nil {
		t.Errorf("%s is left behind: its address is nobody's now", runningName)
	}
}

func TestAnotherProgramOnThePortIsNotTakenForHeadway(t *testing.T) {
	for what, answers := range map[string]http.HandlerFunc{
		"sends everybody elsewhere": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) },
		"gives everybody a cookie": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "headway_key", Value: "x"})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		},
		"has a page for everything": func(http.ResponseWriter, *http.Request) {},
	} {
		t.Run(what, func(t *testing.T) {
			other := httptest.NewServer(answers)
			defer other.Close()
			p := &program{config: Config{Data: t.TempDir()}}
			left := `{"url": "` + other.URL + `/?key=SECRET"}`
			if err := os.WriteFile(p.runningFile(), []byte(left), 0o600); err != nil {
				t.Fatal(err)
			}
			if url := p.running(t.Context()); url != "" {
				t.Errorf("%s is taken for a Headway that runs", url)
			}
		})
	}
}

// startServing starts the program and waits for the address it prints.
func startServing(t *testing.T, ctx context.Context, data string) (url string, exit <-chan int) {
	t.Helper()
	said, out := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- Main(ctx, []string{"serve", "--open=false", "--data", data}, Streams{In: strings.NewReader(""), Out: out, Err: io.Discard})
		out.Close()
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("serve ended with status %d and printed no address", <-done)
	}
	go io.Copy(io.Discard, said)
	url, isAddress := strings.CutPrefix(strings.TrimSpace(line), "open ")
	if !isAddress {
		t.Fatalf("serve printed %q, want open http://...", line)
	}
	return url, done
}

func visit(t *testing.T, client *http.Client, url string) (status int, body string) {
	t.Helper()
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(page)
}
