package web

import (
	"context"

	"github.com/headway-oss/headway/internal/flow"
)

func (f *fake) Forgotten(context.Context) (flow.Forgotten, error) { return flow.Forgotten{}, nil }
