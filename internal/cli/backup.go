package cli

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/fileblob"
)

func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write everything into one file while others go on working",
		Args:  exactlyOne("the file to write"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				if _, err := os.Stat(args[0]); err == nil {
					return headway.Errorf(headway.Conflict, "%s is there already: name a new file", args[0])
				}
				if err := p.backup(c.Context(), e, args[0]); err != nil {
					return err
				}
				fmt.Fprintf(p.Out, "wrote %s\n", args[0])
				return nil
			})
		},
	}
}

// backup packs a copy of the database, then the sources. Sources are kept
// before the facts read from them, so none that the copy names is missing.
func (p *program) backup(ctx context.Context, e *engines, path string) error {
	temporary, err := os.MkdirTemp(p.config.Data, ".backup-*")
	if err != nil {
		return unwritable(p.config.Data, err)
	}
	defer os.RemoveAll(temporary)
	copied := filepath.Join(temporary, databaseName)
	if err := e.store.Backup(ctx, copied); err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error {
		packed := zip.NewWriter(w)
		if err := packFile(packed, databaseName, copied); err != nil {
			return err
		}
		if err := packSources(ctx, packed, e); err != nil {
			return err
		}
		return packed.Close()
	})
}

func packFile(packed *zip.Writer, name, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := packed.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

func packSources(ctx context.Context, packed *zip.Writer, e *engines) error {
	ids, err := e.blobs.List(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		data, err := e.blobs.Get(ctx, id)
		if err != nil {
			return err
		}
		to, err := packed.Create(sourcesName + "/" + string(id))
		if err != nil {
			return err
		}
		if _, err := to.Write(data); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup into an empty data folder",
		Args:  exactlyOne("the backup"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := p.restore(c.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "restored %s into %s\n", args[0], p.config.Data)
			return nil
		},
	}
}

// restore unpacks a backup and opens what came, so that a backup that cannot
// be opened is not called restored.
func (p *program) restore(ctx context.Context, path string) error {
	if p.config.Database != "" {
		return headway.Errorf(headway.Unavailable, "a PostgreSQL database is restored with pg_restore; leave --database out to restore into a folder")
	}
	database := filepath.Join(p.config.Data, databaseName)
	if _, err := os.Stat(database); err == nil {
		return headway.Errorf(headway.Conflict, "%s holds data already: name an empty folder with --data", p.config.Data)
	}
	packed, err := zip.OpenReader(path)
	if err != nil {
		return headway.Errorf(headway.Invalid, "%s is no backup of Headway: %w", path, err)
	}
	defer packed.Close()
	if err := p.config.makeData(); err != nil {
		return err
	}
	if err := p.unpack(ctx, packed.File); err != nil {
		return err
	}
	if _, err := os.Stat(database); err != nil {
		return headway.Errorf(headway.Invalid, "%s is no backup of Headway: it holds no %s", path, databaseName)
	}
	return p.with(ctx, func(*engines) error { return nil })
}

// unpack puts each entry where it belongs and refuses every other name, so
// that no backup can write anywhere else. The database comes last: a restore
// that breaks off leaves a folder that still counts as empty.
func (p *program) unpack(ctx context.Context, entries []*zip.File) error {
	blobs, err := fileblob.Open(filepath.Join(p.config.Data, sourcesName))
	if err != nil {
		return err
	}
	var database *zip.File
	for _, entry := range entries {
		id, isSource := strings.CutPrefix(entry.Name, sourcesName+"/")
		switch {
		case isSource:
			data, err := unpacked(entry)
			if err != nil {
				return err
			}
			if err := blobs.Put(ctx, headway.SourceID(id), data); err != nil {
				return err
			}
		case entry.Name == membersName: // of an older Headway, to be taken over
			if err := unpackTo(entry, filepath.Join(p.config.Data, membersName)); err != nil {
				return err
			}
		case entry.Name == databaseName:
			database = entry
		default:
			return headway.Errorf(headway.Invalid, "%q has no place in a backup of Headway: nothing more was restored", entry.Name)
		}
	}
	if database == nil {
		return nil
	}
	return unpackTo(database, filepath.Join(p.config.Data, databaseName))
}

func unpacked(entry *zip.File) ([]byte, error) {
	from, err := entry.Open()
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "the backup is damaged at %s: %w", entry.Name, err)
	}
	defer from.Close()
	data, err := io.ReadAll(from) // what was kept may be larger than one file that is read: mails joined, a channel
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "the backup is damaged at %s: %w", entry.Name, err)
	}
	return data, nil
}

func unpackTo(entry *zip.File, path string) error {
	from, err := entry.Open()
	if err != nil {
		return headway.Errorf(headway.Invalid, "the backup is damaged at %s: %w", entry.Name, err)
	}
	defer from.Close()
	return writeFile(path, func(w io.Writer) error {
		_, err := io.Copy(w, from)
		return err
	})
}
