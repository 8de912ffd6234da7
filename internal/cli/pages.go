package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/web"
	ui "github.com/headway-oss/headway/web"
)

func writeHTML(w io.Writer, g flow.Glance) error { return web.WriteHTML(w, takenAlong(g)) }

func writeDOCX(w io.Writer, g flow.Glance) error { return web.WriteDOCX(w, takenAlong(g)) }

// takenAlong is a mirror made in memory, as the pages take it.
func takenAlong(g flow.Glance) web.Export {
	var heads []flow.Head
	for _, c := range g.Conversations {
		heads = append(heads, flow.Head{ID: c.ID, File: c.File, Row: c.Row, Title: c.Title})
	}
	return web.Export{Study: headway.Study{Name: "Mirror"}, Mirror: g.Mirror, Texts: g.Texts, Heads: heads}
}

// interfaceVersion digests the built interface's list of files, whose names
// hold digests of their content; "none" where it is not built.
func interfaceVersion() string {
	manifest, err := fs.ReadFile(ui.Files, "dist/manifest.json")
	if err != nil {
		return "none"
	}
	sum := sha256.Sum256(manifest)
	return hex.EncodeToString(sum[:6])
}
