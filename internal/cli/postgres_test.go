package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway/internal/store/pgtest"
)

// An export goes from one engine into the other and comes out the same.
func TestPostgresKeepsWhatAFileKeeps(t *testing.T) {
	database := pgtest.Fresh(t)
	folder := t.TempDir()
	inFile := []string{"--data", filepath.Join(folder, "file")}
	inPostgres := []string{"--data", filepath.Join(folder, "postgres"), "--database", database}
	exports := []string{filepath.Join(folder, "from-file"), filepath.Join(folder, "from-postgres")}

	succeeds(t, inFile, "import", "--guess", "measure=no lost hour", "--ours", "Jan", "../sample/mugs")
	succeeds(t, inFile, "export", exports[0])
	succeeds(t, inPostgres, "import", exports[0])
	if said := succeeds(t, inPostgres, "verify"); !strings.Contains(said, "0 mismatches") {
		t.Errorf("verify says %q", said)
	}
	succeeds(t, inPostgres, "export", exports[1])
	if diff := cmp.Diff(folderOf(t, exports[0]), folderOf(t, exports[1])); diff != "" {
		t.Errorf("the export differs (-file +postgres):\n%s", diff)
	}
	status, _, complaint := runs(t, inPostgres, "backup", filepath.Join(folder, "b.zip"))
	if status != nothingDone || !strings.Contains(complaint, "pg_dump") {
		t.Errorf("a backup of PostgreSQL ends with status %d and says %q", status, complaint)
	}
}

func succeeds(t *testing.T, settings []string, args ...string) string {
	t.Helper()
	status, said, complaint := runs(t, settings, args...)
	if status != allDone {
		t.Fatalf("headway %s: status %d: %s", strings.Join(args, " "), status, complaint)
	}
	return said
}

func runs(t *testing.T, settings []string, args ...string) (status int, said, complaint string) {
	t.Helper()
	var out, err bytes.Buffer
	status = Main(t.Context(), append(args, settings...), Streams{In: strings.NewReader(""), Out: &out, Err: &err})
	return status, out.String(), err.String()
}

func folderOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := tree(folder)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
