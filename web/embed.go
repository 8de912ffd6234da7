// Package web holds the files of the interface: templates, and what
// `go run ./tools/dev build` made of src and styles. Without that run dist is
// empty, everything compiles, and the pages say how to build them.
package web

import "embed"

// Files has templates/, dist/ and the styles of what is taken along.
//
//go:embed all:dist templates styles/export.css styles/slides.css
var Files embed.FS
