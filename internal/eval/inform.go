package eval

import (
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/segment"
)

// informing is a sentence of ours, with whether it plainly explains or informs.
// data/inform.md tells how the labels were made.
type informing struct {
	File, Doc string
	Draw      string // how it was drawn: figures are stated by draw
	Row       hear.Row
	Informs   bool
}

// Document is the document by which the sentences are split: of a label file,
// the part of the id before the first dot.
func (i informing) Document() string {
	if strings.HasPrefix(i.File, "labels/") {
		doc, _, _ := strings.Cut(i.Doc, ".")
		return doc
	}
	return i.File + " " + i.Doc
}

// Invented says whether the sentence was written for this project.
func (i informing) Invented() bool { return strings.HasPrefix(i.File, "labels/invented/") }

//go:embed data/inform.tsv
var informLabels string

// readInforming finds the labelled sentences again in the files under dataDir.
// A sentence that is not what it was when it was labelled is Invalid.
func readInforming(dataDir string) (all []informing, err error) {
	defer headway.Wrap(&err, "find the sentences of inform.tsv")
	sources := informSources{dir: dataDir, turns: map[string][]talkTurn{}}
	for n, line := range strings.Split(strings.TrimSpace(informLabels), "\n")[1:] {
		cells := strings.Split(line, "\t")
		row, err := sources.row(cells)
		if err != nil {
			return nil, err
		}
		if sum := fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(row.Sentence))); sum != cells[5] {
			return nil, headway.Errorf(headway.Invalid, "line %d: the sentence in %s %s is another than was labelled", n+2, cells[0], cells[1])
		}
		all = append(all, informing{File: cells[0], Doc: cells[1], Draw: cells[6], Row: row, Informs: cells[7] == "inform"})
	}
	return all, nil
}

// talkTurn is one turn of a source, with what the other side said before it.
type talkTurn struct{ text, asked string }

// informSources holds the turns of each file's documents as far as they were
// read, by file and document.
type informSources struct {
	dir   string
	turns map[string][]talkTurn
	rows  map[string]hear.Row // of label files, by id
}

// row gives the sentence that a line of inform.tsv names, with what stood
// before it.
func (s *informSources) row(cells []string) (hear.Row, error) {
	file, document := cells[0], cells[1]
	if strings.HasPrefix(file, "labels/") {
		return s.labelled(document)
	}
	if s.turns[file+" "+document] == nil {
		if err := s.read(file); err != nil {
			return hear.Row{}, err
		}
	}
	turn, _ := strconv.Atoi(cells[2])
	start, _ := strconv.Atoi(cells[3])
	end, _ := strconv.Atoi(cells[4])
	turns := s.turns[file+" "+document]
	if turn >= len(turns) {
		return hear.Row{}, headway.Errorf(headway.Invalid, "%s %s has no turn %d", file, document, turn)
	}
	return rowWithin(turns[turn], start, end), nil
}

// rowWithin cuts a sentence out of its turn, by code points.
func rowWithin(t talkTurn, start, end int) hear.Row {
	runes := []rune(t.text)
	start, end = min(start, len(runes)), min(end, len(runes))
	return hear.Row{
		Side:     headway.Ours,
		Question: lastSentences(t.asked, 2),
		Before:   lastSentences(string(runes[:start]), 1),
		Sentence: string(runes[start:max(start, end)]),
	}
}

// lastSentences gives the last n sentences of a text.
func lastSentences(text string, n int) string {
	var last []string
	for _, p := range segment.Sentences(text) {
		if sentence := strings.TrimSpace(p.Of(text)); sentence != "" {
			last = append(last, sentence)
		}
	}
	return strings.Join(last[max(0, len(last)-n):], " ")
}

func (s *informSources) labelled(id string) (hear.Row, error) {
	if s.rows == nil {
		s.rows = map[string]hear.Row{}
		rows, err := oursRows(s.dir)
		if err != nil {
			return hear.Row{}, err
		}
		for _, r := range rows {
			s.rows[r.ID] = r.Row
		}
	}
	row, has := s.rows[id]
	if !has {
		return row, headway.Errorf(headway.NotFound, "no sentence %s of ours in the label files", id)
	}
	return row, nil
}

func (s *informSources) read(file string) error {
	text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	switch path.Ext(file) {
	case ".md":
		s.turns[file+" "+strings.TrimSuffix(path.Base(file), ".md")] = spokenTurns(string(text))
	case ".csv":
		return s.lessons(file, string(text))
	case ".json":
		return s.dialogues(file, text)
	}
	return nil
}

var speakerMark = regexp.MustCompile(`(?m)^\*\*[^*\n]+:\*\*[ \t]*`)

// spokenTurns cuts a transcript at the marks of its speakers.
func spokenTurns(text string) (turns []talkTurn) {
	marks := speakerMark.FindAllStringIndex(text, -1)
	asked := ""
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		said := strings.TrimSpace(text[m[1]:end])
		turns = append(turns, talkTurn{said, asked})
		asked = said
	}
	return turns
}

// lessons reads a table of exchanges between a pupil and a teacher.
func (s *informSources) lessons(file, text string) error {
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	at := columnsOf(strings.Join(table[0], "\t"))
	all := make([]talkTurn, len(table)-1)
	for i, line := range table[1:] {
		all[i] = talkTurn{strings.TrimSpace(line[at["teacher_text"]]), strings.TrimSpace(line[at["student_text"]])}
		s.turns[file+" "+line[at["obs_id"]]] = all
	}
	return nil
}

// dialogues reads chats of two.
func (s *informSources) dialogues(file string, text []byte) error {
	var all []struct {
		ID   int `json:"dialogue_id"`
		Logs []struct {
			Text string `json:"text"`
		} `json:"chat_logs"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for _, d := range all {
		var turns []talkTurn
		asked := ""
		for _, l := range d.Logs {
			turns = append(turns, talkTurn{strings.TrimSpace(l.Text), asked})
			asked = strings.TrimSpace(l.Text)
		}
		s.turns[file+" "+strconv.Itoa(d.ID)] = turns
	}
	return nil
}
