package flow

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/realdata"
	"github.com/headway-oss/headway/internal/source"
)

// The benchmarks read real conversations beside the repository. docs/benchmarks.md
// tells the command, the machine and the figures.

var benchGuesses = []headway.Guess{
	{ID: "1", Slot: headway.Motivation, Text: "They want to save time on repetitive work"},
	{ID: "2", Slot: headway.Alternative, Text: "They would have searched the web or asked a colleague"},
	{ID: "3", Slot: headway.Measure, Text: "It worked when the task takes minutes instead of hours"},
}

// hosts are the podcasts' own people, named often enough to be known; everybody
// else is a guest, and counts as a customer here.
var hosts = []string{
	"Jerod Santo", "Adam Stacoviak", "Break", "Jingle", "Outro", "Daniel Whitenack", "Chris Benson", "Nick Nisi", "Mat Ryer",
	"Kevin Ball", "Johnny Boursiquot", "Gerhard Lazu", "Amal Hussein", "Jon Calhoun", "Carlisia Thompson", "Erik St. Martin",
	"Natalie Pistunovich", "Kris Brandow", "Brian Ketelsen", "Christopher Hiller", "Mikeal Rogers", "Justin Garrison", "Autumn Nash",
	"Suz Hinton", "Angelica Hill", "Feross Aboukhadijeh", "Ian Lopshire", "Divya", "Divya Sasidharan", "Nadia Eghbal", "Alex Sexton",
	"Amelia Wattenberger", "Horse JS", "Emma Bostian", "Mireille B. Reece, Psy.D", "Mireille Reece, PsyD", "Mark Bates", "Jaana Dogan",
}

func folder(tb testing.TB, pattern string) []source.File {
	tb.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		tb.Fatalf("no files match %s: %v", pattern, err)
	}
	sort.Strings(names)
	var files []source.File
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		files = append(files, source.File{Name: filepath.Base(name), Data: data})
	}
	return files
}

// BenchmarkMirrorOfAnHour makes the mirror of one long talk in memory.
func BenchmarkMirrorOfAnHour(b *testing.B) {
	file := folder(b, filepath.Join(realdata.Path(b), "podcast", "founderstalk", "founders-talk-38.md"))
	for b.Loop() {
		g, err := Look(b.Context(), FileList(file), source.Options{Ours: hosts}, Quick, benchGuesses, mirror.Choices{PerSlot: 3}, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(g.Progress.Words), "words")
	}
}

// BenchmarkMirrorOfInterviews makes the mirror of 615 interviews in memory.
func BenchmarkMirrorOfInterviews(b *testing.B) {
	files := folder(b, filepath.Join(realdata.Path(b), "interviews", "transcripts", "*.md"))
	for b.Loop() {
		g, err := Look(b.Context(), FileList(files), source.Options{}, Quick, benchGuesses, mirror.Choices{PerSlot: 3}, nil)
		if err != nil {
			b.Fatal(err)
		}
		if g.Mirror.N != 615 {
			b.Fatalf("n = %d people, want 615", g.Mirror.N)
		}
		b.ReportMetric(float64(g.Progress.Words), "words")
	}
}

// BenchmarkImportInterviews stores, hears and indexes the 615 interviews.
func BenchmarkImportInterviews(b *testing.B) {
	files := folder(b, filepath.Join(realdata.Path(b), "interviews", "transcripts", "*.md"))
	for b.Loop() {
		importInto(b, files, source.Options{})
	}
}

// BenchmarkArchive imports the podcast archive, a twentieth of it first, so
// that growth can be seen; then asks for its mirror and searches in it.
func BenchmarkArchive(b *testing.B) {
	dir := b.TempDir()
	if out, err := exec.CommandContext(b.Context(), "tar", "xJf", filepath.Join(realdata.Path(b), "podcast", "changelog-all.tar.xz"), "-C", dir).CombinedOutput(); err != nil {
		b.Fatalf("unpack the archive: %v\n%s", err, out)
	}
	all := folder(b, filepath.Join(dir, "*", "*.md"))
	part := []source.File{}
	for i := 0; i < len(all); i += 20 {
		part = append(part, all[i])
	}
	o := source.Options{Ours: hosts, Theirs: []string{"*"}}
	b.Run("twentieth", func(b *testing.B) {
		for b.Loop() {
			importInto(b, part, o)
		}
	})
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			f, study := importInto(b, all, o)
			gatherTime(b, f)
			customersAndMoments(b, f, study)
			mirrorTimes(b, f, study)
			searchTimes(b, f, "words")
			rememberTime(b, f)
			searchTimes(b, f, "search")
		}
	})
}

func importInto(b *testing.B, files []source.File, o source.Options) (*Flow, headway.StudyID) {
	b.Helper()
	f := openAt(b, b.TempDir())
	s, err := f.OpenStudy(b.Context(), "bench", headway.OurCustomers)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := f.Seal(b.Context(), s.ID, benchGuesses); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	p, err := f.ImportNow(b.Context(), s.ID, FileList(files), o, nil)
	if err != nil || len(p.Failed) > 0 {
		b.Fatalf("import: %v, failed %v", err, p.Failed)
	}
	took := time.Since(began)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(took.Seconds(), "import-s")
	b.ReportMetric(float64(p.Words), "words")
	b.ReportMetric(float64(took.Nanoseconds())/float64(p.Words), "ns/word")
	b.ReportMetric(float64(memory.Sys)/1e6, "sys-MB")
	return f, s.ID
}

// gatherTime reports how long what several people said alike is sought.
func gatherTime(b *testing.B, f *Flow) {
	b.Helper()
	began := time.Now()
	if err := f.GatherAll(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(began).Seconds(), "gather-s")
}

func customersAndMoments(b *testing.B, f *Flow, study headway.StudyID) {
	b.Helper()
	parts, err := f.Parts(b.Context(), study)
	if err != nil {
		b.Fatal(err)
	}
	moments := 0
	for _, p := range parts {
		for _, m := range p.Moments {
			if m.Counted {
				moments++
			}
		}
	}
	m, _, err := f.Mirror(b.Context(), study, mirror.Choices{PerSlot: 3, PerLine: 12, Pairs: 3, Listed: 12})
	if err != nil {
		b.Fatal(err)
	}
	if m.N < 1000 || moments < 50_000 {
		b.Fatalf("%d customers and %d moments, want at least 1,000 and 50,000", m.N, moments)
	}
	lines := 0
	for _, said := range m.TheySaid.Slots {
		lines += said.Things
	}
	b.ReportMetric(float64(lines), "lines")
	b.ReportMetric(float64(m.N), "customers")
	b.ReportMetric(float64(moments), "moments")
}

// mirrorTimes reports the mirror made again from kept parts after a start, and
// the one shown again after a judgement.
func mirrorTimes(b *testing.B, f *Flow, study headway.StudyID) {
	b.Helper()
	show := func() (mirror.Mirror, float64) {
		began := time.Now()
		m, _, err := f.Mirror(b.Context(), study, mirror.Choices{PerSlot: 3, PerLine: 12, Pairs: 3, Listed: 12})
		if err != nil {
			b.Fatal(err)
		}
		return m, float64(time.Since(began).Microseconds()) / 1000
	}
	clear(f.shown)
	m, cold := show()
	_, warm := show()
	line := m.YouSaid[0].Nearest[0]
	if err := f.Judge(b.Context(), study, m.YouSaid[0].Guess.ID, line.Span, headway.Supports); err != nil {
		b.Fatal(err)
	}
	_, judged := show()
	b.ReportMetric(cold, "mirror-cold-ms")
	b.ReportMetric(warm, "mirror-ms")
	b.ReportMetric(judged, "mirror-judged-ms")
}

// rememberTime reports how long it takes to read all sentences for their meaning,
// which happens behind the pages.
func rememberTime(b *testing.B, f *Flow) {
	b.Helper()
	remembering(b, f)
	began := time.Now()
	if err := f.RememberAll(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(began).Seconds(), "remember-s")
}

// searchTimes reports how long searches take, by words alone until all is read
// for its meaning.
func searchTimes(b *testing.B, f *Flow, by string) {
	b.Helper()
	queries := strings.Fields("kubernetes otherwise spreadsheet people think time frustrated invoice budget testing the reluctant")
	queries = append(queries, `"open source"`, "data*", "slow build", "why would")
	var times []time.Duration
	var each []string
	for _, q := range queries {
		var own []time.Duration
		for range 5 {
			began := time.Now()
			if _, err := f.Search(b.Context(), Query{Words: q}); err != nil {
				b.Fatal(err)
			}
			own = append(own, time.Since(began))
		}
		slices.Sort(own)
		each = append(each, fmt.Sprintf("%s %.0f (%.0f)", q, float64(own[2].Microseconds())/1000, float64(own[4].Microseconds())/1000))
		times = append(times, own...)
	}
	b.Log(by + ": searches, middle and slowest of five in ms: " + strings.Join(each, ", ")) // one line: more are cut off
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, by+"-p50-ms")
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, by+"-p95-ms")
}

// BenchmarkJobs draws the jobs of the 615 interviews: the first time, after a
// deed, and when nothing was done since.
func BenchmarkJobs(b *testing.B) {
	f, study := importInto(b, folder(b, filepath.Join(realdata.Path(b), "interviews", "transcripts", "*.md")), source.Options{})
	ctx := b.Context()
	timed := func(name string) {
		began := time.Now()
		jobs, err := f.Jobs(ctx, study)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds()*1e3, name+"-ms")
		b.ReportMetric(float64(len(jobs.Episodes)), "episodes")
	}
	for b.Loop() {
		clear(f.drawn)
		timed("first")
		if _, err := f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Have the routine done and keep the thinking"}); err != nil {
			b.Fatal(err)
		}
		timed("after-a-deed")
		timed("again")
	}
}
