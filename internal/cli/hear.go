package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

func (p *program) hearCommand() *cobra.Command {
	var asJSON, asTSV bool
	var reading readingFlags
	var how passFlag
	c := &cobra.Command{
		Use:   "hear --json FILE|FOLDER|- ... | hear --tsv FILE|-",
		Short: "Print what is heard in every sentence",
		Long: `With --json: one JSON object a line for every sentence of the files, with its
file, speaker, side, place, words, and the labels at or above their suggesting
threshold ("counted" says which are at or above the acting one).

With --tsv: reads tab-separated rows whose columns are named in the first line
(id side labels question before sentence; optionally after and genre; there is
no quoting) and hears each row from its own columns only. It prints, with a
header:
  id       as given
  labels   those at or above the suggesting threshold, "-" for none
  counted  those at or above the acting threshold, "-" for none
  scores   every label of the row's side as label=0.123, in codebook order
Labels given in the rows are not looked at. Lists are parted by commas.

What is not English is not heard, and said to be so: a row has no labels and only
scores of 0.000, and its line is named on standard error; of files, a sentence has
"unheard" in place of labels, and a whole conversation is named on standard error.

Each sentence is heard carefully; --pass quick takes a small part of the time.`,
		Example: `  headway hear --json call.vtt
  headway hear --tsv labels.tsv > heard.tsv`,
		Args: atLeastOne("--json and files, or --tsv and a file"),
		RunE: func(c *cobra.Command, args []string) error {
			by, err := how.pass()
			switch {
			case err != nil:
				return err
			case asJSON == asTSV:
				return usagef("`headway hear` needs one of --json and --tsv")
			case asTSV && len(args) > 1:
				return usagef("`headway hear --tsv` reads one file, or - for standard input")
			case asTSV:
				return p.hearRows(args[0], by)
			}
			options, err := reading.options()
			if err != nil {
				return err
			}
			return p.hearFiles(c, args, options, by)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "hear files; print a JSON object a sentence")
	c.Flags().BoolVar(&asTSV, "tsv", false, "hear the rows of a tab-separated file")
	how.bind(c.Flags(), "careful")
	reading.bind(c.Flags())
	return c
}

// heardSentence is one line of `hear --json`.
type heardSentence struct {
	File         string                 `json:"file"`
	Row          int                    `json:"row,omitempty"`
	Conversation headway.ConversationID `json:"conversation"`
	Turn         int                    `json:"turn"` // 0-based
	Speaker      string                 `json:"speaker"`
	Side         headway.Side           `json:"side"`
	Words        headway.Quote          `json:"words"` // span and text
	Labels       []headway.Scored       `json:"labels"`
	Unheard      string                 `json:"unheard,omitempty"` // why nothing was heard
}

func (p *program) hearFiles(c *cobra.Command, paths []string, o source.Options, by pass) error {
	out := bufio.NewWriter(p.Out)
	e := jsonTo(out)
	files := p.files(paths)
	var done flow.Progress
	var heard tally
	var unheard []string
	for file, err := range files.feed() {
		if c.Context().Err() != nil {
			return c.Context().Err()
		}
		for _, f := range opened(file, err, o) {
			done.Files++
			if f.err != nil {
				done.Failed = append(done.Failed, flow.FileResult{File: f.name, Error: f.err.Error()})
			}
			for i := range f.batch.Conversations {
				c := &f.batch.Conversations[i]
				h := by.Hear(c)
				if h.Unheard != "" {
					unheard = append(unheard, fmt.Sprintf("%s: not heard, since %s", placeOf(c), h.Unheard))
				}
				if err := aloud(e, c, h, &heard); err != nil {
					return err
				}
				done.Added++
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for _, line := range unheard {
		fmt.Fprintln(p.Err, line)
	}
	heard.tell(p.Err)
	return p.outcome(done, files)
}

// aloud prints the sentences of one conversation.
func aloud(e *json.Encoder, c *headway.Conversation, hearing headway.Hearing, heard *tally) error {
	for _, h := range hearing.Sentences {
		turn := &c.Turns[h.Turn]
		words, err := turn.Text.Cut(h.Span)
		if err != nil {
			return err
		}
		line := heardSentence{File: c.File, Row: c.Row, Conversation: c.ID, Turn: h.Turn,
			Speaker: c.Speaker(turn.Speaker).Name, Side: h.Side, Words: words, Labels: h.Labels, Unheard: h.Unheard}
		heard.add(h, c.Genre)
		if line.Labels == nil {
			line.Labels = []headway.Scored{}
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// placeOf names a conversation by its file, of a table with its row.
func placeOf(c *headway.Conversation) string {
	if c.Row == 0 {
		return c.File
	}
	return fmt.Sprintf("%s, row %d", c.File, c.Row)
}

type openedFile struct {
	name  string
	batch source.Batch
	err   error
}

// opened reads a file, of an archive each file in it.
func opened(file source.File, err error, o source.Options) []openedFile {
	var inside []source.File
	var refused []headway.Finding
	if err == nil {
		inside, refused, err = source.Expand(file)
	}
	if err != nil {
		return []openedFile{{name: file.Name, err: err}}
	}
	var all []openedFile
	for _, f := range inside {
		batch, err := source.Read(f, o)
		all = append(all, openedFile{f.Name, batch, err})
	}
	for _, left := range refused {
		all = append(all, openedFile{name: file.Name, err: headway.Errorf(headway.Invalid, "%s", left.What)})
	}
	return all
}

// hearRows hears a tab-separated file, or standard input for "-".
func (p *program) hearRows(path string, by pass) error {
	in := p.In
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return headway.Errorf(headway.NotFound, "%s: %w", path, unreadable(err))
		}
		defer file.Close()
		in = file
	}
	out := bufio.NewWriter(p.Out)
	unheard, err := hearTSV(in, out, by)
	if len(unheard) > 0 {
		fmt.Fprintln(p.Err, unheardLines(unheard))
	}
	if err != nil {
		return err
	}
	return out.Flush()
}
