package flow

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

const (
	crashDir   = "HEADWAY_TEST_CRASH_DIR"
	crashFiles = 600
)

// TestAnImportSurvivesBeingKilled kills another process in the middle of a
// batch import, fifty times at random moments, and takes the import up again
// each time. Nothing may be lost, nothing double, and every place must cut.
func TestAnImportSurvivesBeingKilled(t *testing.T) {
	if dir := os.Getenv(crashDir); dir != "" {
		importUntilKilled(t, dir)
		return
	}
	if testing.Short() {
		t.Skip("kills fifty processes; run without -short")
	}
	dir := t.TempDir()
	f := openAt(t, dir)
	study := must(f.OpenStudy(t.Context(), "crash", headway.OurCustomers))(t)
	if err := f.Skip(t.Context(), study.ID); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	killed := 0
	whole := 400 * time.Millisecond // what it takes to the end, on this machine and of what is left
	for range 50 {
		took, wasKilled := killAfter(t, dir, time.Duration(random.Int64N(int64(whole))))
		if wasKilled {
			killed++
		} else {
			whole = took
		}
	}
	t.Logf("killed %d of 50 before the end", killed)
	if killed < 10 {
		t.Errorf("only %d of 50 processes were still importing when killed: the test proves too little", killed)
	}
	if err := f.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	must(f.ImportNow(t.Context(), study.ID, inventedFiles(), source.Options{}, nil))(t)
	checkWhole(t, f, study.ID)
}

// importUntilKilled is the other process.
func importUntilKilled(t *testing.T, dir string) {
	f := openAt(t, dir)
	f.perShipment = 100 // many transactions to be killed between
	studies := must(f.Studies(t.Context()))(t)
	fmt.Println("ready")
	must(f.ImportNow(t.Context(), studies[0].ID, inventedFiles(), source.Options{}, nil))(t)
}

func inventedFiles() Files {
	return func(yield func(source.File, error) bool) {
		for n := range crashFiles {
			if !yield(invented(n), nil) {
				return
			}
		}
	}
}

// killAfter starts the other process, waits until it imports, and kills it
// some time later; it says how long the process was at work, and whether it still was.
func killAfter(t *testing.T, dir string, delay time.Duration) (took time.Duration, killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAnImportSurvivesBeingKilled$")
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatalf("the other process said nothing: %v", err)
	}
	start := time.Now()
	timer := time.AfterFunc(delay, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait()
	return time.Since(start), cmd.ProcessState.ExitCode() == -1
}

func checkWhole(t *testing.T, f *Flow, study headway.StudyID) {
	t.Helper()
	heads := must(f.Conversations(t.Context(), study))(t)
	if len(heads) != crashFiles {
		t.Errorf("%d conversations, want %d", len(heads), crashFiles)
	}
	for _, h := range heads {
		if h.Turns != 4 {
			t.Errorf("%s has %d turns, want 4", h.File, h.Turns)
		}
	}
	m, _, err := f.Mirror(t.Context(), study, mirror.Choices{PerSlot: 3})
	if err != nil || m.N != crashFiles {
		t.Errorf("n = %d people, want %d (%v)", m.N, crashFiles, err)
	}
	v := must(f.Verify(t.Context(), nil))(t)
	if v.Mismatches != 0 || v.Texts != 4*crashFiles {
		t.Errorf("verify: %+v", v)
	}
}
