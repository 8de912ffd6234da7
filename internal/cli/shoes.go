package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/shoes"
	"github.com/headway-oss/headway/internal/source"
)

// shoesAsk is what was asked of one text.
type shoesAsk struct {
	study     string
	customers []string
	reading   readingFlags
	json      bool
	most      string
}

func (p *program) shoesCommand() *cobra.Command {
	var ask shoesAsk
	c := &cobra.Command{
		Use:   "shoes [flags] FILE|-",
		Short: "Say of each sentence of a page, mail, persona or deck whom it describes: them or us",
		Long: `Reads a text of yours (plain text, Markdown, HTML, DOCX, PDF or mail; "-" reads
standard input) and marks each sentence: their words, where it tells what a
customer said in whatever words; our operations, where it tells of you; or
unsupported, where it claims something of customers that none was found to have
said. Beside it stand the customers' sentences nearest to it.

Customers' words come from a study (--study, needless where there is only one), or
straight from files with --customers, of which nothing is kept. Nothing of the
text is kept either. Marks are suggestions of rules: how often they are right is
told in docs/decisions/0022.

--most makes it a check for a build: it exits with 3 where more than that share of
the sentences are our operations or unsupported. Otherwise it exits with 0, with
1 where nothing could be read, and with 2 where it was called wrongly.`,
		Example: `  headway shoes --study "Spring calls" landing-page.html
  headway shoes --customers interviews/ --most 60% persona.md
  pdftotext deck.pdf - | headway shoes --json - > deck.json`,
		Args: exactlyOne("the one text to read, or -"),
		RunE: func(c *cobra.Command, args []string) error { return p.shoes(c.Context(), ask, args[0]) },
	}
	f := c.Flags()
	f.StringVar(&ask.study, "study", "", "hold it against what customers said in the study of this `name`")
	f.StringArrayVar(&ask.customers, "customers", nil, "or against what customers say in this `file` or folder (repeatable)")
	ask.reading.bind(f)
	f.BoolVar(&ask.json, "json", false, "print it as JSON (docs/command-line.md)")
	f.StringVar(&ask.most, "most", "", "exit with 3 where more than this `share` is about us or unsupported: 60% or 0.6")
	return c
}

func (p *program) shoes(ctx context.Context, ask shoesAsk, path string) error {
	most, err := readShare(ask.most)
	if err != nil {
		return err
	}
	if ask.study != "" && len(ask.customers) > 0 {
		return usagef("give --study or --customers, not both")
	}
	file, err := p.oneFile(path)
	if err != nil {
		return err
	}
	text, err := source.Text(file)
	if err != nil {
		return err
	}
	d, err := p.describe(ctx, ask, text)
	if err != nil {
		return err
	}
	if ask.json {
		err = p.printJSON(newShoesReport(d))
	} else {
		p.printShoes(d)
	}
	if c := d.Counts(); err == nil && most != nil && float64(c.NotTheirs()) > *most*float64(c.N()) {
		return tooMuchError{headway.Errorf(headway.Conflict, "%s are about us or unsupported, and --most allows %s", mirror.ShareOf(c.NotTheirs(), c.N()), ask.most)}
	}
	return err
}

// oneFile reads a text of ours.
func (p *program) oneFile(path string) (source.File, error) {
	var files []source.File
	for file, err := range p.files([]string{path}).feed() {
		if err != nil {
			return source.File{}, headway.Errorf(headway.ErrorCode(err), "%s: %w", tame(file.Name), err)
		}
		if files = append(files, file); len(files) > 1 {
			return source.File{}, headway.Errorf(headway.Invalid, "%s holds several files: name one", shellWord(path))
		}
	}
	if len(files) == 0 {
		return source.File{}, headway.Errorf(headway.Invalid, "there is nothing to read in %s: name one file", shellWord(path))
	}
	return files[0], nil
}

func (p *program) describe(ctx context.Context, ask shoesAsk, text string) (d flow.Described, err error) {
	if len(ask.customers) > 0 {
		return p.describeAgainst(ctx, ask, text)
	}
	err = p.with(ctx, func(e *engines) error {
		study, err := theStudy(ctx, e.flow, ask.study)
		if err != nil {
			return err
		}
		d, err = e.flow.Describe(ctx, study.ID, text)
		return err
	})
	return d, err
}

// describeAgainst reads customers' words from files and keeps nothing.
func (p *program) describeAgainst(ctx context.Context, ask shoesAsk, text string) (flow.Described, error) {
	options, err := ask.reading.options()
	if err != nil {
		return flow.Described{}, err
	}
	files, meter := p.files(ask.customers), newMeter(p.Err)
	glance, err := flow.Look(ctx, files.feed(), options, flow.Quick, nil, mirror.Choices{}, meter.tell)
	meter.done()
	if err != nil {
		return flow.Described{}, err
	}
	if err := p.outcome(glance.Progress, files); len(glance.Conversations) == 0 {
		return flow.Described{}, err
	}
	return flow.DescribeAgainst(glance.Conversations, text)
}

// theStudy finds the study of a name, or the only one there is.
func theStudy(ctx context.Context, f *flow.Flow, name string) (headway.Study, error) {
	if name != "" {
		return studyCalled(ctx, f, name)
	}
	studies, err := f.Studies(ctx)
	if err != nil {
		return headway.Study{}, err
	}
	var names []string
	for _, s := range studies {
		names = append(names, shellWord(s.Name))
	}
	switch len(studies) {
	case 0:
		return headway.Study{}, usagef("no study is kept here: give what customers said with --customers FILE")
	case 1:
		return studies[0], nil
	}
	return headway.Study{}, usagef("name the study with --study: %s", strings.Join(names, ", "))
}

// readShare reads a share written as 60%, 0.6 or 1; nil for none.
func readShare(written string) (*float64, error) {
	if written == "" {
		return nil, nil
	}
	number, percent := strings.CutSuffix(strings.TrimSpace(written), "%")
	share, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		share /= 100
	}
	if err != nil || !(share >= 0 && share <= 1) {
		return nil, usagef("--most %s: write a share such as 60%% or 0.6", shellWord(written))
	}
	return &share, nil
}

// markNames are the marks as they are printed, padded to one width.
var markNames = map[shoes.Mark]run{
	shoes.Theirs:      {theirs, "[their words]"},
	shoes.Ours:        {ours, "[our operations]"},
	shoes.Unsupported: {warn, "[unsupported]"},
	shoes.Unread:      {faint, "[not read: not English]"},
}

func (p *program) printShoes(d flow.Described) {
	paper, where := newPaper(p.Out, p.config.Color), newPlaces(d.Conversations)
	for _, s := range d.Sentences {
		paper.par(0, 2, markNames[s.Mark], run{plain, tame(s.Words)})
		for _, r := range s.Why {
			paper.par(4, 6, run{faint, toldBy(r)})
		}
		for _, n := range s.Near {
			if q, err := d.Quote(n); err == nil {
				paper.par(4, 6, run{theirs, "“" + tame(q.String()) + "”"}, run{faint, fmt.Sprintf("(%s, near %.2f)", where.of(n.Span), n.Nearness)})
			}
		}
	}
	p.printShares(paper, d)
}

// toldBy words a reason: "names us: our, we".
func toldBy(r shoes.Reason) string {
	if len(r.Words) == 0 {
		return r.Code.String()
	}
	return r.Code.String() + ": " + strings.Join(r.Words, ", ")
}

func (p *program) printShares(paper *paper, d flow.Described) {
	c := d.Counts()
	paper.head("Whom it describes")
	for _, row := range []struct {
		mark shoes.Mark
		n    int
	}{{shoes.Theirs, c.Theirs}, {shoes.Ours, c.Ours}, {shoes.Unsupported, c.Unsupported}} {
		paper.par(2, 4, markNames[row.mark], run{plain, mirror.ShareOf(row.n, c.N())})
	}
	if c.Unread > 0 {
		paper.par(2, 4, markNames[shoes.Unread], run{plain, count(c.Unread, "sentence")})
	}
	paper.par(2, 2, run{faint, fmt.Sprintf("n = %s, held against %s. Marked by rules and unchecked: that a sentence stands near does not say that it bears yours out.",
		count(c.N(), "sentence"), count(d.Against, "sentence")+" of customers")})
	if d.Against == 0 {
		paper.par(2, 2, run{warn, "No customer's words were there to hold it against: say who is a customer with --theirs, or settle sides in the study."})
	}
}
