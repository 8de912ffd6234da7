package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
	"github.com/headway-oss/headway/internal/web"
)

// jobsAsk is what was asked of the jobs.
type jobsAsk struct {
	study      string
	reading    readingFlags
	md, slides string
	pass       passFlag
	json       bool
	all        bool
}

func (p *program) jobsCommand() *cobra.Command {
	var ask jobsAsk
	c := &cobra.Command{
		Use:   "jobs [flags] [FILE|FOLDER|- ...]",
		Short: "Print what customers hire for: their jobs, in their words",
		Long: `Prints the jobs for which customers hire something: those that members named, each
with what customers say of it, and those that were only found, with the words that
tell them from their neighbours. People are counted, never mentions.

Without files, of a study in what is kept; a study that still guesses shows nothing.
With files, of these alone: nothing is kept, and no job has a name yet.`,
		Example: `  headway jobs --study "Spring calls"
  headway jobs --study "Spring calls" --slides monday.html
  headway jobs --ours Marta interviews/
  headway jobs --json calls/ > jobs.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			report, outcome, err := p.jobsAsked(c.Context(), ask, args)
			if err != nil {
				return err
			}
			if err := p.giveJobs(ask, report); err != nil {
				return err
			}
			return outcome
		},
	}
	f := c.Flags()
	f.StringVar(&ask.study, "study", "", "of the study of this `name`; may be left out where there is one only")
	ask.reading.bind(f)
	ask.pass.bind(f, "quick")
	f.StringVar(&ask.md, "md", "", "write them as a Markdown `file`")
	f.StringVar(&ask.slides, "slides", "", "write them as one HTML `file`, a slide a job, to show and to print")
	f.BoolVar(&ask.json, "json", false, "print them as JSON (docs/jobs-json.md)")
	f.BoolVar(&ask.all, "all", false, "print every quote, and not the first few")
	return c
}

// jobsAsked finds the jobs of files or of a study; outcome tells which files could
// not be read.
func (p *program) jobsAsked(ctx context.Context, ask jobsAsk, paths []string) (r job.Report, outcome, err error) {
	if len(paths) == 0 {
		err = p.with(ctx, func(e *engines) error {
			r, err = jobsKept(ctx, e.flow, ask.study)
			return err
		})
		return r, nil, err
	}
	if ask.study != "" {
		return r, nil, usagef("--study is of what is kept, and files are looked at by themselves: leave one of them out")
	}
	options, err := ask.reading.options()
	if err != nil {
		return r, nil, err
	}
	by, err := ask.pass.pass()
	if err != nil {
		return r, nil, err
	}
	files, meter := p.files(paths), newMeter(p.Err)
	r, done, err := flow.LookAtJobs(ctx, files.feed(), options, by.Pass, meter.tell)
	meter.done()
	if err != nil {
		return r, nil, err
	}
	return r, p.outcome(done, files), nil
}

// jobsKept gives the jobs of a study in the store; of a store without studies, the
// question alone.
func jobsKept(ctx context.Context, f *flow.Flow, name string) (job.Report, error) {
	study := headway.Study{}
	if name != "" {
		called, err := studyCalled(ctx, f, name)
		if err != nil {
			return job.Report{}, err
		}
		study = called
	} else {
		all, err := f.Studies(ctx)
		switch {
		case err != nil:
			return job.Report{}, err
		case len(all) == 0:
			return job.NewReport(job.Study{}, job.Picture{}, job.Grouping{}, job.Asks{}), nil
		case len(all) > 1:
			names := make([]string, len(all))
			for i, s := range all {
				names[i] = shellWord(s.Name)
			}
			return job.Report{}, usagef("there are %d studies: name one with --study: %s", len(all), strings.Join(names, ", "))
		}
		study = all[0]
	}
	jobs, err := f.Jobs(ctx, study.ID)
	if err != nil {
		return job.Report{}, err
	}
	return jobs.Report(), nil
}

// giveJobs writes the files that were asked for, and prints the rest.
func (p *program) giveJobs(ask jobsAsk, r job.Report) error {
	for _, out := range []struct{ path, form string }{{ask.md, "md"}, {ask.slides, "html"}} {
		if out.path == "" {
			continue
		}
		if err := writeFile(out.path, func(w io.Writer) error { return web.WriteJobs(w, r, out.form) }); err != nil {
			return err
		}
		fmt.Fprintf(p.Err, "wrote %s\n", out.path)
	}
	if ask.json {
		return p.printJSON(r)
	}
	var page bytes.Buffer
	paper := newPaper(p.Out, p.config.Color)
	paper.w = &page
	printed := &jobsPaper{paper, r, 2}
	if ask.all {
		printed.most = len(r.Episodes) * len(headway.Kinds())
	}
	printed.write()
	_, err := io.Copy(p.Out, &page)
	return err
}

// jobsPaper is the jobs in a terminal.
type jobsPaper struct {
	*paper
	job.Report
	most int // quotes at one place
}

func (p *jobsPaper) write() {
	c := p.Counts
	title := "Jobs"
	if p.Name != "" {
		title += " of " + p.Name
	}
	p.par(0, 2, run{bold, title}, run{plain, fmt.Sprintf("· %s told of %s, in %s", c.ReportPeople, count(c.Episodes, "episode"), count(c.Conversations, "conversation"))})
	p.head(p.Question)
	if !p.Known {
		p.par(2, 4, run{plain, "not known yet, " + count(c.Conversations, "conversation")})
	}
	if p.OnlyOne {
		p.par(2, 4, run{plain, "Only one job was seen."}, run{faint, "That is a finding: all came for the same, or those were not asked who come for something else, or they tell it too differently for Headway, which finds fewer jobs than there are (headway eval jobs)."})
	}
	for i := range p.Jobs {
		p.job(&p.Jobs[i])
	}
	if len(p.Apart) > 0 {
		p.par(2, 4, run{faint, count(len(p.Apart), "episode") + " of no job"})
	}
	p.stability()
	p.matrix()
	p.wants()
	p.next(p.Next)
	if len(p.Lost) > 0 {
		p.head("Lost support")
		for _, l := range p.Lost {
			p.par(2, 4, run{ours, l.Words}, run{warn, deed.Forgotten(l.On)})
		}
	}
}

func (p *jobsPaper) job(j *job.ReportJob) {
	p.gap()
	facts := fmt.Sprintf("· %s, %s", j.Customers, count(len(j.Episodes), "episode"))
	if j.Proposed {
		p.par(2, 4, run{bold, j.Called()}, run{plain, facts}, run{faint, "· nobody has named it"})
	} else {
		if n := len(j.Claim.Versions); n > 1 {
			facts += ", " + count(n, "version")
		}
		p.par(2, 4, run{bold, j.Called()}, run{plain, facts})
		p.rests(j.Claim, 4)
	}
	for _, l := range slices.Concat(j.Card, j.Measure) {
		p.line(&l, 4)
	}
	p.groups(j)
	p.alternatives(j)
	p.forces(j)
	if len(j.Products) > 0 {
		var all []string
		for _, product := range j.Products {
			all = append(all, product.Name+" "+product.Customers.String())
		}
		p.par(4, 6, run{faint, "hired for it:"}, run{plain, strings.Join(all, " · ")})
	}
	for _, cell := range j.Criteria {
		p.cell(cell)
	}
	for _, l := range slices.Concat(j.Issues, j.Finish, j.Price, j.Describe, j.Sell) {
		p.line(&l, 4)
	}
	if len(j.Ladder) > 0 {
		p.par(4, 6, run{faint, "ladder"})
		for _, l := range j.Ladder {
			p.line(&l, 6)
		}
	}
}

// line prints a claim with what it rests on and all that it is made of.
func (p *jobsPaper) line(l *job.ReportLine, indent int) {
	runs := []run{{faint, job.PartWords(l.Part) + ":"}, {ours, l.Words}}
	if l.Part == headway.PartRung {
		runs = runs[1:]
	}
	if l.Choice != "" {
		runs = append(runs, run{plain, "(" + job.ChoiceWords(l.Choice) + ")"})
	}
	if l.AboutUs != "" {
		runs = append(runs, run{warn, "about us: “" + l.AboutUs + "” ends our work, not theirs"})
	}
	p.par(indent, indent+2, runs...)
	p.rests(l, indent+2)
	if l.Part == headway.PartIssue && len(l.Parts) == 0 && l.Choice != headway.We {
		p.par(indent+2, indent+4, run{faint, "is there a plan? none is written"})
	}
	for i := range l.Parts {
		p.line(&l.Parts[i], indent+2)
	}
	if l.Missing != "" {
		p.par(indent+2, indent+4, run{faint, "nobody told the " + string(l.Missing) + "; ask:"}, run{plain, l.Ask})
	}
}

// rests says what a claim rests on, with the words.
func (p *jobsPaper) rests(l *job.ReportLine, indent int) {
	p.par(indent, indent+2, run{faint, l.Rests()})
	p.quotes(slices.Concat(l.For, l.Read), indent)
	p.quotes(l.Against, indent)
}

func (p *jobsPaper) quotes(all []job.ReportWords, indent int) {
	for i, w := range all {
		if i == p.most {
			p.par(indent, indent+2, run{faint, fmt.Sprintf("and %d more", len(all)-i)})
			return
		}
		p.par(indent, indent+2, run{theirs, "“" + clipped(w.String(), firstQuote) + "”"}, run{faint, "(" + w.Credit() + ")"})
	}
}

func (p *jobsPaper) groups(j *job.ReportJob) {
	for _, g := range j.Groups {
		if g.Stability > 0 {
			p.par(4, 6, run{faint, fmt.Sprintf("comes out again when other people are asked: %.2f of 1", g.Stability)})
		}
		if !j.Proposed {
			p.quotes(g.Tells, 4)
		}
	}
	if j.Proposed {
		p.quotes(p.Says(j), 4)
	}
}

func (p *jobsPaper) alternatives(j *job.ReportJob) {
	for _, a := range j.Alternatives {
		p.par(4, 6, run{faint, "instead:"}, run{plain, a.Called()}, run{plain, "· " + a.Customers.String()})
		for i, t := range a.Told {
			if i == p.most {
				break
			}
			p.quotes([]job.ReportWords{t.ReportWords}, 6)
			if t.Asked != nil {
				p.par(8, 10, run{faint, "asked:"}, run{ours, "“" + clipped(t.Asked.String(), firstQuote) + "”"})
			}
		}
	}
}

func (p *jobsPaper) forces(j *job.ReportJob) {
	for _, f := range j.Forces {
		arrow := "←"
		if f.For {
			arrow = "→"
		}
		p.par(4, 6, run{plain, arrow}, run{plain, f.Words()}, run{plain, "· " + f.Customers.String()}, run{faint, fmt.Sprintf("(%d checked)", f.Checked.People)})
	}
}

func (p *jobsPaper) cell(c job.ReportCell) {
	if !c.IsSaid() {
		return
	}
	p.par(4, 6, run{ours, c.Words + ":"}, run{plain, c.State.Words()})
	if !c.Lost.IsZero() {
		p.par(6, 8, run{warn, deed.Forgotten(c.Lost)})
	}
	p.quotes(c.On, 6)
	p.quotes(c.Against, 6)
}

// stability says how stable each number of jobs was.
func (p *jobsPaper) stability() {
	if len(p.Tried) == 0 {
		return
	}
	p.head("How many jobs")
	for _, t := range p.Tried {
		p.par(2, 4, run{plain, fmt.Sprintf("%s: %.2f of 1 when other people are asked; likelier than one job by %.1f (3 is twenty times as likely)", count(t.Groups, "job"), t.Stability, t.Evidence)})
	}
}

// matrix lists what matters to which job; of one job its card has told all.
func (p *jobsPaper) matrix() {
	if len(p.Criteria) == 0 || p.Counts.Named < 2 {
		return
	}
	names := map[headway.ClaimID]string{}
	for _, j := range p.Jobs {
		if j.Claim != nil {
			names[j.Claim.Root] = j.Claim.Words
		}
	}
	p.head("What matters, and what does not")
	for _, c := range p.Criteria {
		p.par(2, 4, run{ours, c.Words})
		for _, cell := range c.Cells {
			p.par(4, 6, run{plain, names[cell.Job] + ":"}, run{bold, cell.Says()}, run{faint, cell.Rests()})
		}
	}
}

func (p *jobsPaper) wants() {
	if len(p.Wants) == 0 {
		return
	}
	p.head("What they wanted, and what they found")
	for i := range p.Wants {
		want := &p.Wants[i]
		p.par(2, 4, run{faint, "wanted:"}, run{ours, want.Words})
		p.rests(&want.ReportLine, 4)
		for k := range want.Found {
			found := &want.Found[k]
			for _, turn := range found.Between {
				p.par(6, 8, run{faint, string(turn.Side) + ":"}, run{plain, clipped(turn.String(), firstQuote)})
			}
			p.par(4, 6, run{faint, "found:"}, run{ours, found.Words})
			p.rests(&found.ReportLine, 6)
		}
		if len(want.Found) == 0 {
			p.par(4, 6, run{faint, "nothing that they said later is laid beside it"})
		}
	}
}

// mostAsks is how many questions are printed.
const mostAsks = 5

func (p *jobsPaper) next(asks []job.ReportAsk) {
	if len(asks) == 0 {
		return
	}
	p.head("Ask next")
	for i, a := range asks[:min(len(asks), mostAsks)] {
		p.par(2, 5, run{plain, fmt.Sprintf("%d. %s", i+1, a.Text)}, run{faint, fmt.Sprintf("· %s: told by %s", a.Slot, a.Told)})
	}
}
