package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// WriteJobs writes jobs as a file to take along: md is Markdown, html is slides.
func WriteJobs(w io.Writer, r job.Report, form string) error {
	return writeJobs(w, r, form, newAssets(""))
}

func writeJobs(w io.Writer, r job.Report, form string, a *assets) error {
	if form != "md" {
		return writeSlides(w, r, a)
	}
	_, err := w.Write(jobsInMarkdown(r))
	return err
}

// jobsKinds are the kinds of the files that jobs are taken along as.
var jobsKinds = map[string]string{"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}

// takeJobs gives the jobs of a study as a file to keep, and writes it into the log.
func (s *server) takeJobs(form string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		study, err := s.revealed(r)
		if err != nil {
			return err
		}
		jobs, err := s.hw.Jobs(r.Context(), study.ID)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		err = writeJobs(&out, jobs.Report(), form, s.assets)
		if err == nil && s.options.Access != nil {
			err = s.options.Access.Record(r.Context(), access.Exported, strings.TrimPrefix(r.URL.Path, "/"))
		}
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", jobsKinds[form])
		w.Header().Set("Content-Disposition", `attachment; filename="jobs-`+fileName(study.Name)+"."+form+`"`)
		_, _ = out.WriteTo(w) // the reader may have left
		return nil
	}
}

// jobsPaper gives the jobs of a study as a file to take along.
func jobsPaper(ctx context.Context, hw Headway, a *assets, study headway.StudyID, form string) ([]byte, error) {
	jobs, err := hw.Jobs(ctx, study)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = writeJobs(&out, jobs.Report(), form, a)
	return out.Bytes(), err
}

// markdownPage is a Markdown file while it is written.
type markdownPage struct{ bytes.Buffer }

func (m *markdownPage) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// quotes sets customers' words apart from ours, each with who said them and where.
func (m *markdownPage) quotes(all []job.ReportWords) {
	for _, w := range all {
		words := strings.ReplaceAll(flow.Markdown(w.String()), "\n", "\n> ")
		m.line("\n> “%s”\n>\n> — %s", words, flow.Markdown(w.Credit()))
	}
}

// jobsInMarkdown writes jobs for a text that members go on with.
func jobsInMarkdown(r job.Report) []byte {
	m, c := &markdownPage{}, r.Counts
	m.line("# What customers hire us for%s\n", flow.Markdown(suffix(": ", r.Name)))
	m.line("%s told of %s, in %s. Quoted is what customers said; all else is ours. Counts are people, not mentions.\n",
		c.ReportPeople, count(c.Episodes, "episode", "episodes"), count(c.Conversations, "conversation", "conversations"))
	m.line("**%s**", r.Question)
	if !r.Known {
		m.line("\nNot known yet, %s.", count(c.Conversations, "conversation", "conversations"))
	}
	if r.OnlyOne {
		m.line("\nOnly one job was seen: that is a finding, or they tell it too differently for Headway to part.")
	}
	for i := range r.Jobs {
		m.job(&r, &r.Jobs[i], r.Jobs[i].Called())
	}
	m.matrix(&r)
	m.wants(&r)
	asks, rungs := r.Next[:min(len(r.Next), 5)], climbs(&r)
	if len(asks)+len(rungs) > 0 {
		m.line("\n## Ask next\n")
	}
	for _, a := range asks {
		m.line("1. %s (%s: told by %s)", flow.Markdown(a.Text), a.Slot, a.Told)
	}
	for _, c := range rungs {
		m.line("1. %s: **%s** (%s: nobody told the %s)", flow.Markdown(c.Words), flow.Markdown(c.Ask), flow.Markdown(c.Job), c.Missing)
	}
	return m.Bytes()
}

func suffix(with, words string) string {
	if words == "" {
		return ""
	}
	return with + words
}

func (m *markdownPage) job(r *job.Report, j *job.ReportJob, name string) {
	m.line("\n## %s\n", flow.Markdown(name))
	m.line("%s, %s.", j.Customers, count(len(j.Episodes), "episode", "episodes"))
	if j.Proposed {
		m.line("Nobody has named it.")
		m.quotes(r.Says(j)[:min(len(r.Says(j)), slideQuotes)])
	} else {
		m.rests(j.Claim)
	}
	for _, l := range slices.Concat(j.Card, j.Measure) {
		m.claim(&l, 3)
	}
	for i, a := range j.Alternatives {
		if i == 0 {
			m.line("\n### Instead they would have")
		}
		m.line("\n**%s**: %s", flow.Markdown(a.Called()), a.Customers)
		for _, t := range a.Told {
			m.quotes([]job.ReportWords{t.ReportWords})
			if t.Asked != nil {
				m.line("\nasked: %s", flow.Markdown(t.Asked.String()))
			}
		}
	}
	m.line("\n### Forces\n")
	for _, f := range j.Forces {
		m.line("- %s: %s (%d checked)", f.Words(), f.Customers, f.Checked.People)
	}
	for _, l := range slices.Concat(j.Issues, j.Finish, j.Price, j.Describe, j.Sell) {
		m.claim(&l, 3)
	}
	for i, l := range j.Ladder {
		if i == 0 {
			m.line("\n### Why it matters to them")
		}
		m.claim(&l, 4)
	}
}

// claim writes a line of ours, what it rests on, and what it is made of.
func (m *markdownPage) claim(l *job.ReportLine, depth int) {
	about := ""
	if l.Choice != "" {
		about = " (" + job.ChoiceWords(l.Choice) + ")"
	}
	if l.AboutUs != "" {
		about += " — *about us*"
	}
	lead := job.PartWords(l.Part) + " "
	if l.Part == headway.PartRung {
		lead = ""
	}
	m.line("\n%s %s%s%s\n", strings.Repeat("#", min(depth, 6)), lead, flow.Markdown(l.Words), about)
	m.rests(l)
	for i := range l.Parts {
		m.claim(&l.Parts[i], depth+1)
	}
	if l.Missing != "" {
		m.line("\nNobody told the %s. Ask: %s", l.Missing, flow.Markdown(l.Ask))
	}
}

// rests says what a line rests on, with the words.
func (m *markdownPage) rests(l *job.ReportLine) {
	m.line("%s", l.Rests())
	m.quotes(slices.Concat(l.For, l.Read))
	if len(l.Against) > 0 {
		m.line("\nAgainst it:")
		m.quotes(l.Against)
	}
}

// matrix lays what may matter beside the jobs that members named: at a glance, then
// with the words.
func (m *markdownPage) matrix(r *job.Report) {
	if len(r.Criteria) == 0 || r.Counts.Named == 0 {
		return
	}
	named := slices.DeleteFunc(slices.Clone(r.Jobs), func(j job.ReportJob) bool { return j.Proposed })
	m.line("\n## What matters, and what does not\n")
	heads, rule := "| |", "|---|"
	for _, j := range named {
		heads, rule = heads+" "+flow.Markdown(j.Claim.Words)+" |", rule+"---|"
	}
	m.line("%s\n%s", heads, rule)
	for _, c := range r.Criteria {
		line := "| " + flow.Markdown(c.Words) + " |"
		for i := range c.Cells {
			line += " **" + c.Cells[i].Says() + "**" + suffix(", ", c.Cells[i].Rests()) + " |"
		}
		m.line("%s", line)
	}
	for _, c := range r.Criteria {
		m.line("\n### %s", flow.Markdown(c.Words))
		for i := range c.Cells {
			cell := &c.Cells[i]
			m.line("\n**%s**: %s%s", flow.Markdown(named[i].Claim.Words), cell.Says(), suffix(", ", cell.Rests()))
			m.quotes(cell.On)
			if len(cell.Against) > 0 {
				m.line("\nAgainst it:")
				m.quotes(cell.Against)
			}
		}
	}
}

func (m *markdownPage) wants(r *job.Report) {
	for i := range r.Wants {
		want := &r.Wants[i]
		if i == 0 {
			m.line("\n## What they wanted, and what they found")
		}
		m.line("\n### Wanted: %s\n", flow.Markdown(want.Words))
		m.rests(&want.ReportLine)
		for k := range want.Found {
			m.line("\n#### Found: %s\n", flow.Markdown(want.Found[k].Words))
			m.rests(&want.Found[k].ReportLine)
			for _, turn := range want.Found[k].Between {
				m.line("\nbefore it, %s: %s", cmp.Or(turn.Name, string(turn.Side)), flow.Markdown(turn.String()))
			}
		}
	}
}
