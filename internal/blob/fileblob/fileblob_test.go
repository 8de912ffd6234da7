package fileblob

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/blob/blobtest"
)

func open(t *testing.T) *Folder {
	t.Helper()
	f, err := Open(filepath.Join(t.TempDir(), "sources"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFolder(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Blobs { return open(t) })
}

func TestDamagedBytesAreNeverHandedOut(t *testing.T) {
	ctx, f, data := context.Background(), open(t), []byte("as they came")
	if err := f.Put(ctx, blob.ID(data), data); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.name(blob.ID(data)), []byte("as they come"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := f.Get(ctx, blob.ID(data))
	if headway.ErrorCode(err) != headway.Internal || !strings.Contains(err.Error(), "backup") {
		t.Errorf("got %v", err)
	}
}

func TestACrashLeavesNothingHalfWrittenForLong(t *testing.T) {
	f := open(t)
	crashed, writing := filepath.Join(f.dir, unfinished+"1"), filepath.Join(f.dir, unfinished+"2")
	for _, name := range []string{crashed, writing} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(crashed, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(f.dir); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(f.dir, "*"))
	if err != nil || len(left) != 1 || left[0] != writing {
		t.Errorf("after the next start there is %v (%v), want what another program is writing", left, err)
	}
}

func TestAFullDiskSaysWhatToDo(t *testing.T) {
	err := error(&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	explain(&err, "keep source %s", "x")
	if headway.ErrorCode(err) != headway.Unavailable || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("got %v (%s)", err, headway.ErrorCode(err))
	}
}
