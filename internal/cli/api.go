package cli

import (
	"github.com/spf13/cobra"

	"github.com/headway-oss/headway/internal/api"
)

func (p *program) apiCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "api",
		Short: "Print the document of the HTTP API (OpenAPI 3.1)",
		Long: `Prints what ` + "`headway serve`" + ` answers under /api/, as a document for programs that
make clients. People read the same as a page, at /api in the workbench.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			document, err := api.Document()
			if err != nil {
				return err
			}
			_, err = p.Out.Write(append(document, '\n'))
			return err
		},
	}
}
