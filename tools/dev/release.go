package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// platforms are those a release has a file for.
var platforms = []struct{ os, arch string }{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// release makes one file a platform, which needs nothing beside it, and the
// checksums of all.
func release(ctx context.Context) error {
	if err := buildInterface(ctx); err != nil {
		return err
	}
	dir := filepath.Join("build", "release")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	var sums strings.Builder
	for _, p := range platforms {
		file := "headway-" + p.os + "-" + p.arch
		if p.os == "windows" {
			file += ".exe"
		}
		step(file)
		path := filepath.Join(dir, file)
		env := []string{"CGO_ENABLED=0", "GOOS=" + p.os, "GOARCH=" + p.arch}
		if err := shellEnv(ctx, env, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./cmd/headway"); err != nil {
			return err
		}
		sum, err := checksum(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, file)
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

func checksum(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
