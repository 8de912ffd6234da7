package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
)

// e2e walks the journeys through the real program in a real browser.
func e2e(ctx context.Context) error {
	browser := findBrowser()
	if browser == "" {
		return missing("no Chromium found for the browser tests: install it (Debian: apt-get install chromium) or name it in CHROMIUM")
	}
	if err := build(ctx); err != nil {
		return err
	}
	return journeys(ctx, browser)
}

// journeys runs the browser tests against the program that was built.
func journeys(ctx context.Context, browser string) error {
	step("journeys in " + browser)
	tests, err := filepath.Glob("web/test/e2e/*.test.mjs")
	if err != nil {
		return err
	}
	exe, err := filepath.Abs(program())
	if err != nil {
		return err
	}
	args := append([]string{"--test", "--test-concurrency=1", "--test-timeout=240000"}, tests...)
	return shellEnv(ctx, []string{"CHROMIUM=" + browser, "HEADWAY=" + exe}, "node", args...)
}

func findBrowser() string {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
