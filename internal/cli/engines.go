package cli

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/blob/fileblob"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/flow"
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
}

// open opens the store and the sources, making them where there are none.
func (p *program) open(ctx context.Context) (*engines, error) {
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
	return &engines{store: kept, blobs: blobs, meanings: meanings, flow: flow.New(flow.Config{
		Store:      kept,
		Blobs:      blobs,
		Workspace:  store.Home,
		Member:     p.members().acting(),
		Background: ctx,
		Careful:    careful.Pass,
		Teaching:   teaching,
		Meanings:   meanings,
	})}, nil
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
	e, err := p.open(ctx)
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
