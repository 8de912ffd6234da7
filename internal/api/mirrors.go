package api

import (
	"context"

	"github.com/headway-oss/headway/internal/mirror"
)

func (a *api) mirrors() {
	ask(a, read("GET /studies/{study}/mirror", "getMirror", "mirror", "Read the mirror: what we said, what they said, what nobody asked"), a.getMirror)
}

type getMirrorInput struct {
	InStudy
	Lines int `query:"lines" minimum:"0" maximum:"1000" default:"5" doc:"lines of each kind; 0 is all"`
}

// getMirror gives the mirror as `headway mirror --json` writes it.
func (a *api) getMirror(ctx context.Context, in *getMirrorInput) (mirror.Report, error) {
	return a.hw.Report(ctx, in.Study, mirror.Choices{PerSlot: in.Lines, PerLine: in.Lines, Pairs: in.Lines, Listed: in.Lines})
}
