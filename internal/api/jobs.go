package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// Hiring gives the jobs that a study's customers hire for.
type Hiring interface {
	// Jobs is Denied while the study is guessing.
	Jobs(ctx context.Context, study headway.StudyID) (*flow.Jobs, error)
	// ProposeAnew forgets the jobs that were proposed and finds them again.
	ProposeAnew(ctx context.Context, study headway.StudyID) error
}

func (a *api) jobs() {
	ask(a, read("GET /studies/{study}/jobs", "getJobs", "jobs", "Read the jobs that customers hire for, with their words"), a.getJobs)
	give(a, read("GET /studies/{study}/jobs/file", "takeJobs", "jobs", "Take the jobs along, as Markdown or as slides in one page"), a.takeJobs, jobsKinds["md"], jobsKinds["html"])
	do(a, write("POST /studies/{study}/jobs/anew", "proposeJobsAnew", "jobs", "Forget the jobs that were proposed, and find them again; where members put episodes stays"), a.proposeJobsAnew)
}

// getJobs gives the jobs as `headway jobs --json` writes them.
func (a *api) getJobs(ctx context.Context, in *InStudy) (job.Report, error) {
	jobs, err := a.hw.Jobs(ctx, in.Study)
	if err != nil {
		return job.Report{}, err
	}
	return jobs.Report(), nil
}

type takeJobsInput struct {
	InStudy
	Form string `query:"form" enum:"md,html" default:"html" doc:"of the file: html is slides"`
}

// jobsKinds are the kinds of the files that jobs are taken along as.
var jobsKinds = map[string]string{"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}

func (a *api) takeJobs(ctx context.Context, in *takeJobsInput) (file, error) {
	name := "jobs." + in.Form
	data, err := a.paper(ctx, in.Study, name)
	if err == nil {
		err = a.gate.Record(ctx, access.Exported, "study/"+string(in.Study)+"/"+name)
	}
	return file{jobsKinds[in.Form], `attachment; filename="` + name + `"`, data}, err
}

func (a *api) proposeJobsAnew(ctx context.Context, in *InStudy) error {
	return a.hw.ProposeAnew(ctx, in.Study)
}
