package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/memblob"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// workbench does what a person does in the browser, for scripts to go on from:
//
//	workbench sample         loads the invented sample
//	workbench judge COUNT    decides on so many suggestions, as somebody would who never sees a struggle
//	workbench listen         hears closely, and prints by which version
//	workbench remove         takes the sample out
func workbench(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) == 0 {
		ts.Fatalf("workbench sample|judge COUNT|listen|remove")
	}
	ctx := context.Background()
	kept, err := sqlstore.OpenSQLite(ctx, filepath.Join(ts.Getenv("HEADWAY_DATA_DIR"), databaseName))
	ts.Check(err)
	defer kept.Close()
	f := flow.New(flow.Config{Store: kept, Blobs: &memblob.Memory{}, Workspace: store.Home, Careful: careful.Pass, Teaching: teaching})
	switch args[0] {
	case "sample":
		_, err = f.LoadSample(ctx)
	case "judge":
		most, _ := strconv.Atoi(args[1])
		err = judge(ctx, f, most)
	case "listen":
		err = listen(ctx, ts, f)
	case "remove":
		err = f.RemoveSample(ctx)
	}
	ts.Check(err)
}

func judge(ctx context.Context, f *flow.Flow, most int) error {
	if err := f.HearCarefully(ctx); err != nil {
		return err
	}
	return eachHearing(ctx, f, func(h headway.Hearing) error {
		for _, s := range h.Sentences {
			for _, l := range s.Labels {
				if s.Side != headway.Theirs || !slices.Contains(headway.Kinds(), l.Label) || most == 0 {
					continue
				}
				verdict := headway.Kept
				if l.Label == headway.Struggle {
					verdict = headway.Dismissed
				}
				if err := f.Mark(ctx, headway.Passage{s.Span}, l.Label, verdict); err != nil {
					return err
				}
				most--
			}
		}
		return nil
	})
}

func listen(ctx context.Context, ts *testscript.TestScript, f *flow.Flow) error {
	if err := f.HearCarefully(ctx); err != nil {
		return err
	}
	by := map[string]bool{}
	err := eachHearing(ctx, f, func(h headway.Hearing) error {
		by[h.Version] = true
		return nil
	})
	for version := range by {
		fmt.Fprintln(ts.Stdout(), "heard by", version)
	}
	return err
}

func eachHearing(ctx context.Context, f *flow.Flow, do func(headway.Hearing) error) error {
	heads, err := f.Conversations(ctx, "")
	if err != nil {
		return err
	}
	for _, head := range heads {
		_, h, err := f.Conversation(ctx, head.ID, "")
		if err != nil {
			return err
		}
		if err := do(h); err != nil {
			return err
		}
	}
	return nil
}
