package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/encoder"
	"github.com/headway-oss/headway/internal/hear"
)

// Form is how an encoder was given a labelled sentence.
type Form string

const (
	asWritten  Form = "written"
	asStripped Form = "stripped" // as speech recognition writes: no punctuation, no capitals
	// asUnseen is as written, to an encoder that has learned from no sentence of
	// its genre.
	asUnseen Form = "unseen"
)

// Opinions holds what the careful pass's encoder makes of labelled sentences:
// log-odds, by weights that have not learned from the sentence's document. To
// fit an encoder takes a quarter of an hour where eval's other weights take
// seconds, so its opinions are kept, and made anew by tools/train/careful.
type Opinions map[opinionKey][]float32

type opinionKey struct {
	file, id string
	side     headway.Side
	form     Form
}

// Of gives the opinion of a labelled sentence; nothing where it was not read.
func (o Opinions) Of(l Labelled, form Form) []float32 {
	return o[opinionKey{l.File, l.ID, l.Row.Side, form}]
}

//go:embed data/careful.tsv.gz
var keptOpinions []byte

// KeptOpinions gives the opinions that are part of the program.
func KeptOpinions() (Opinions, error) { return kept() }

var kept = sync.OnceValues(func() (Opinions, error) { return readOpinions(bytes.NewReader(keptOpinions)) })

// Encoders are fitted each without a part of the labels.
type Encoders struct {
	Folds  [Folds]*encoder.Model // each without its fold
	Unseen *encoder.Model        // without the survey and the podcast; nil where none was fitted
}

// GatherOpinions has every labelled sentence read by the encoder that has not
// learned from it.
func GatherOpinions(dataDir string, by Encoders) (Opinions, error) {
	rows, err := ReadLabels(dataDir, append(wholeInterviews[:2:2], alsoTeach...)...)
	if err != nil {
		return nil, err
	}
	all := Opinions{}
	for fold, model := range by.Folds {
		_, own := Split(rows, fold)
		all.read(model, own, asWritten)
		all.read(model, OfSide(own, headway.Ours), asStripped)
	}
	if by.Unseen == nil {
		return all, nil
	}
	var unseen []Labelled
	for _, r := range OfSide(rows, headway.Theirs) {
		if isFile(r, "survey", "podcast") {
			unseen = append(unseen, r)
		}
	}
	all.read(by.Unseen, unseen, asUnseen)
	return all, nil
}

func (o Opinions) read(by *encoder.Model, labelled []Labelled, form Form) {
	var rows []hear.Row
	for _, l := range labelled {
		rows = append(rows, l.inForm(form))
	}
	for i, opinion := range hear.ReadRows(by, rows) {
		for at, x := range opinion { // as it will be kept
			opinion[at] = float32(steps(x)) * opinionStep
		}
		o[opinionKey{labelled[i].File, labelled[i].ID, labelled[i].Row.Side, form}] = opinion
	}
}

// inForm gives the sentence as the encoder is given it.
func (l Labelled) inForm(form Form) hear.Row {
	if form == asStripped {
		return hear.Stripped(l.Row)
	}
	return l.Row
}

// opinionStep is the log-odds of one count in the kept file.
const opinionStep = 1.0 / 32

func steps(logOdds float32) int { return int(math.Round(float64(logOdds) / opinionStep)) }

// Write keeps opinions, in the order of the labels: gzip over lines of file,
// id, side, form and the log-odds in steps of 1/32.
func (o Opinions) Write(w io.Writer, dataDir string) error {
	rows, err := ReadLabels(dataDir, append(wholeInterviews[:2:2], alsoTeach...)...)
	if err != nil {
		return err
	}
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, r := range rows {
		for _, form := range []Form{asWritten, asStripped, asUnseen} {
			opinion := o.Of(r, form)
			if opinion == nil {
				continue
			}
			fmt.Fprintf(zip, "%s\t%s\t%s\t%s", r.File, r.ID, r.Row.Side, form)
			for _, x := range opinion {
				fmt.Fprintf(zip, "\t%d", steps(x))
			}
			fmt.Fprintln(zip)
		}
	}
	return zip.Close()
}

func readOpinions(r io.Reader) (Opinions, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "the kept opinions cannot be opened: %w", err)
	}
	all := Opinions{}
	lines := bufio.NewScanner(zip)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) < 5 {
			return nil, headway.Errorf(headway.Invalid, "a kept opinion is cut short: %q", lines.Text())
		}
		var opinion []float32
		for _, cell := range cells[4:] {
			count, err := strconv.Atoi(cell)
			if err != nil {
				return nil, headway.Errorf(headway.Invalid, "a kept opinion is no number: %w", err)
			}
			opinion = append(opinion, float32(float64(count)*opinionStep))
		}
		all[opinionKey{cells[0], cells[1], headway.Side(cells[2]), Form(cells[3])}] = opinion
	}
	return all, lines.Err()
}
