package cli

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/blob/fileblob"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/meaning/vectorfile"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// What lies in the data folder.
const (
	databaseName = "headway.db"
	sourcesName  = "sources"
	meaningName  = "meaning"
	membersName  = "members.json"
	runningName  = "running.json"
)

// engines are what keeps Headway's knowledge on this machine. This file alone
// names them.
type engines struct {
	store    store.Store
	blobs    blob.Blobs
	meanings *vectorfile.File
	flow     *flow.Flow
	gate     *access.Gate // who may come in
}

// listener is how a program hears carefully.
type listener struct {
	flow.Pass
	teaching flow.Teaching
	unasked  time.Duration // how long it does of itself; 0 for as long as it takes
}

// asked listens while somebody waits for it, behind while somebody reads pages.
var (
	asked  = listener{Pass: careful.Pass, teaching: teaching}
	behind = listener{
		Pass:     flow.Pass{Version: hear.CarefulVersion, Hear: hear.CarefullyBehind},
		teaching: flow.Teaching{Rows: hear.CarefulSentences, Version: hear.OwnVersion, Hear: hear.CarefullyOwnBehind},
		unasked:  unasked(),
	}
)

// unasked keeps a machine that hears some sentences a second from being busy for
// days because somebody imported a table of reviews.
func unasked() time.Duration {
	if hear.CarefullyIsSlow() {
		return 10 * time.Minute
	}
	return 0
}

// open opens the store and the sources, making them where there are none.
func (p *program) open(ctx context.Context, listens listener) (*engines, error) {
	if err := p.config.makeData(); err != nil {
		return nil, err
	}
	blobs, err := fileblob.Open(filepath.Join(p.config.Data, sourcesName))
	if err != nil {
		return nil, err
	}
	meanings, err := vectorfile.Open(filepath.Join(p.config.Data, meaningName), embed.Version())
	if err != nil {
		return nil, err
	}
	kept, err := openStore(ctx, p.config)
	if err != nil {
		return nil, errors.Join(err, meanings.Close())
	}
	gate := access.New(kept, store.Home, time.Now)
	owner, err := p.owner(ctx, gate)
	if err != nil {
		return nil, errors.Join(err, kept.Close(), meanings.Close())
	}
	return &engines{store: kept, blobs: blobs, meanings: meanings, gate: gate, flow: flow.New(flow.Config{
		Store:      kept,
		Blobs:      blobs,
		Workspace:  store.Home,
		Member:     owner,
		Background: ctx,
		Careful:    listens.Pass,
		Teaching:   listens.teaching,
		ListenFor:  listens.unasked,
		Meanings:   meanings,
		Audit:      gate.Record,
	})}, nil
}

// owner is who acts on this machine: the first owner, or nobody in particular.
func (p *program) owner(ctx context.Context, gate *access.Gate) (headway.MemberID, error) {
	if err := p.takeOver(ctx, gate); err != nil {
		return "", err
	}
	m, _, err := gate.FirstOwner(ctx)
	return m.ID, err
}

func openStore(ctx context.Context, c Config) (store.Store, error) {
	if c.Database != "" {
		return sqlstore.OpenPostgres(ctx, c.Database)
	}
	return sqlstore.OpenSQLite(ctx, filepath.Join(c.Data, databaseName))
}

func (e *engines) close() error { return errors.Join(e.store.Close(), e.meanings.Close()) }

// with opens the engines for one act and closes them after it.
func (p *program) with(ctx context.Context, act func(*engines) error) (err error) {
	return p.withListener(ctx, asked, act)
}

func (p *program) withListener(ctx context.Context, listens listener, act func(*engines) error) (err error) {
	e, err := p.open(ctx, listens)
	if err != nil {
		return err
	}
	defer func() {
		if closed := e.close(); err == nil {
			err = closed
		}
	}()
	return act(e)
}
