package encoder

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"math"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// reference is what PyTorch says in float32 to rows made for the tests.
type reference struct {
	Model string
	Rows  []struct {
		Row
		Logits []float32
	}
}

func TestIntegersSayWhatFloatsSay(t *testing.T) {
	m, ref := tiny(t), readReference(t, "testdata/tiny.json")
	compare(t, m, ref, limits{mean: 0.025, worst: 0.15, moved: 0.02})
}

// What PyTorch says stands in testdata/careful.json (see tools/careful).
func TestTheRealWeightsSayWhatFloatsSay(t *testing.T) {
	m, ref := realModel(t)
	compare(t, m, ref, limits{mean: 0.1, worst: 0.6, moved: 0.02})
}

// limits bound the error of a logit, and how far a chance moves in 95 of 100.
type limits struct{ mean, worst, moved float64 }

func compare(t *testing.T, m *Model, ref reference, most limits) {
	t.Helper()
	if m.Name() != ref.Model {
		t.Fatalf("the weights are %q, the reference is of %q", m.Name(), ref.Model)
	}
	var sum, worst float64
	var far, all int
	for _, r := range ref.Rows {
		for k, got := range m.Logits(nil, []Row{r.Row}) {
			off := math.Abs(float64(got - r.Logits[k]))
			sum, worst, all = sum+off, max(worst, off), all+1
			if math.Abs(logistic(got)-logistic(r.Logits[k])) > most.moved {
				far++
			}
		}
	}
	mean := sum / float64(all)
	t.Logf("%d logits: mean error %.4f, worst %.4f; %.1f%% of chances move by more than %.2f",
		all, mean, worst, 100*float64(far)/float64(all), most.moved)
	if mean > most.mean || worst > most.worst || float64(far) > 0.05*float64(all) {
		t.Errorf("that is more than %+v, or more than 5%% move", most)
	}
}

func TestEveryKindOfLanesGivesTheSameBits(t *testing.T) {
	rows := rowsOf(readReference(t, "testdata/tiny.json"))
	m := tiny(t)
	m.lanes = plain
	want := m.Logits(nil, rows)
	for _, m.lanes = range available(t)[1:] {
		sameBits(t, want, m.Logits(nil, rows))
	}
}

func TestARowReadsTheSameAloneAndInCompany(t *testing.T) {
	rows := rowsOf(readReference(t, "testdata/tiny.json"))
	m := tiny(t)
	var alone []float32
	for _, r := range rows {
		alone = m.Logits(alone, []Row{r})
	}
	sameBits(t, alone, m.Logits(nil, rows))
}

func TestAModelIsUsedByManyAtOnce(t *testing.T) {
	rows := rowsOf(readReference(t, "testdata/tiny.json"))
	m := tiny(t)
	want := m.Logits(nil, rows)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 3 {
				if !cmp.Equal(want, m.Logits(nil, rows)) {
					t.Error("another reader disturbed this one")
				}
			}
		})
	}
	readers.Wait()
}

func TestReadingAllocatesNothingOnceWarm(t *testing.T) {
	rows := rowsOf(readReference(t, "testdata/tiny.json"))
	m := tiny(t)
	dst := m.Logits(nil, rows)
	if n := testing.AllocsPerRun(20, func() { dst = m.Logits(dst[:0], rows) }); n > 1 {
		t.Errorf("%v allocations in a call", n)
	}
}

func TestWhatIsBeyondTheLimitsIsLeftOut(t *testing.T) {
	m := tiny(t)
	long := make([]int32, 100)
	for i := range long {
		long[i] = int32(5 + i)
	}
	got := m.Logits(nil, []Row{{Sentence: long, Before: long, Question: long}})
	sameBits(t, m.Logits(nil, []Row{{Sentence: long[:72], Before: long[76:], Question: long[68:]}}), got)
}

func TestAnUnknownPieceIsReadAsUNK(t *testing.T) {
	m := tiny(t)
	got := m.Logits(nil, []Row{{Sentence: []int32{9, -1, 300, 10}}})
	sameBits(t, m.Logits(nil, []Row{{Sentence: []int32{9, 1, 1, 10}}}), got)
}

func TestAPieceThatLostItsRowIsReadAsUNK(t *testing.T) {
	const pieces, kept, width = 300, 250, 64
	header, numbers := partsOf(readFile(t, "testdata/tiny.bin"))
	fewer := bytes.Replace(header, []byte(`"kept":300`), []byte(`"kept":250`), 1)
	var ids []byte
	for id := range uint32(kept) {
		ids = binary.LittleEndian.AppendUint32(ids, id)
	}
	words := numbers[4*pieces:]
	m, err := Read(sealed(fewer, ids, numbers[:4*kept], words[:kept*width], words[pieces*width:]))
	if err != nil {
		t.Fatal(err)
	}
	got := m.Logits(nil, []Row{{Sentence: []int32{9, 260, 249}}})
	sameBits(t, tiny(t).Logits(nil, []Row{{Sentence: []int32{9, 1, 249}}}), got)
}

func TestNothingToReadGivesNoLogits(t *testing.T) {
	if got := tiny(t).Logits(nil, nil); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	good := readFile(t, "testdata/tiny.bin")
	for name, bad := range map[string][]byte{
		"nothing":      nil,
		"another kind": []byte(strings.Repeat("x", 1000)),
		"cut off":      good[:len(good)-1000],
		"one bit":      append(append([]byte{}, good[:5000]...), append([]byte{good[5000] ^ 1}, good[5001:]...)...),
	} {
		if _, err := Read(bad); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Whatever a header says of the numbers behind it, the file is read or refused;
// what is read can be used.
func FuzzAnyHeaderIsReadOrRefused(f *testing.F) {
	header, numbers := partsOf(readFile(f, "testdata/tiny.bin"))
	f.Add(header, uint32(0))
	f.Add(header, uint32(1000))
	f.Add([]byte(`{}`), uint32(0))
	f.Fuzz(func(t *testing.T, header []byte, missing uint32) {
		m, err := Read(sealed(header, numbers[:len(numbers)-int(missing)%len(numbers)]))
		if err != nil {
			if headway.ErrorCode(err) != headway.Invalid {
				t.Fatalf("refused as %s: %v", headway.ErrorCode(err), err)
			}
			return
		}
		if got := m.Logits(nil, []Row{{Sentence: []int32{5, 6}, Question: []int32{7}}}); len(got) != len(m.Labels()) {
			t.Fatalf("%d logits for %d labels", len(got), len(m.Labels()))
		}
	})
}

func TestAChanceIsCalibrated(t *testing.T) {
	l := Label{Slope: 2, Shift: -1}
	for _, logit := range []float32{-60, -3, 0, 0.5, 3, 60} {
		want := 1 / (1 + math.Exp(-(2*float64(logit) - 1)))
		if got := l.Chance(logit); math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("Chance(%v) = %v, want %v", logit, got, want)
		}
	}
}

// partsOf takes a weights file apart: its header and the numbers behind it.
func partsOf(file []byte) (header, numbers []byte) {
	start := len(magic) + 4
	end := start + int(binary.LittleEndian.Uint32(file[len(magic):]))
	return file[start:end], file[end : len(file)-4]
}

// sealed makes a weights file of a header and numbers.
func sealed(header []byte, numbers ...[]byte) []byte {
	file := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(header)))
	file = append(file, header...)
	file = append(file, bytes.Join(numbers, nil)...)
	return binary.LittleEndian.AppendUint32(file, crc32.ChecksumIEEE(file))
}

func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Read(readFile(t, "testdata/tiny.bin"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// realModel reads the weights that hear ships, and what PyTorch made of some
// sentences with them.
func realModel(t testing.TB) (*Model, reference) {
	t.Helper()
	m, err := Read(readFile(t, "weights/careful.encoder"))
	if err != nil {
		t.Fatal(err)
	}
	return m, readReference(t, "testdata/careful.json")
}

func readReference(t testing.TB, path string) (ref reference) {
	t.Helper()
	if err := json.Unmarshal(readFile(t, path), &ref); err != nil {
		t.Fatal(err)
	}
	return ref
}

func rowsOf(ref reference) (rows []Row) {
	for _, r := range ref.Rows {
		rows = append(rows, r.Row)
	}
	return rows
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sameBits(t *testing.T, want, got []float32) {
	t.Helper()
	if len(want) == 0 || len(want) != len(got) {
		t.Fatalf("%d numbers, want %d", len(got), len(want))
	}
	for i := range want {
		if math.Float32bits(want[i]) != math.Float32bits(got[i]) {
			t.Fatalf("number %d is %v, want %v", i, got[i], want[i])
		}
	}
}

func logistic(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
