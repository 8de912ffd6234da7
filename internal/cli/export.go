package cli

import (
	"context"
	"fmt"
	"os"
	"path"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
)

func (p *program) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export FOLDER",
		Short: "Write everything as plain files: a JSON per conversation, the deeds as JSON lines",
		Long: `Writes all that is known into a new folder: one JSON a conversation, studies with
their guesses, and every human deed as a line of JSON. The files as they came are
not in it; a backup holds them too.
` + "`headway import FOLDER`" + ` into an empty store gives the same state.`,
		Args: exactlyOne("the folder to write"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.export(c.Context(), e, args[0]) })
		},
	}
}

func (p *program) export(ctx context.Context, e *engines, folder string) error {
	if entries, err := os.ReadDir(folder); err == nil && len(entries) > 0 {
		return headway.Errorf(headway.Conflict, "%s is not empty: name a new folder", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return unwritable(folder, err)
	}
	root, err := os.OpenRoot(folder) // no name can lead out of it
	if err != nil {
		return unwritable(folder, err)
	}
	defer root.Close()
	files := 0
	err = e.flow.Export(ctx, func(name string, data []byte) error {
		files++
		return writeUnder(root, name, data)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "wrote %s to %s\n", count(files, "file"), folder)
	return nil
}

func writeUnder(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return unwritable(name, err)
	}
	if err := root.WriteFile(name, data, 0o600); err != nil {
		return unwritable(name, err)
	}
	return nil
}
