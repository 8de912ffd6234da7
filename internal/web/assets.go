package web

import (
	"encoding/json"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	ui "github.com/headway-oss/headway/web"
)

// assets are the templates and the built files of the interface: those in the
// binary, or those of a checkout while it is being worked on.
type assets struct {
	files fs.FS // web/: templates/, dist/, styles/export.css
	live  bool  // read again for every page
	once  func() (face, error)
}

// face is the interface as it was last built.
type face struct {
	manifest  map[string]string // "app.css" -> "app-3f2a.css"; empty where it was not built
	templates map[string]*template.Template
}

func newAssets(dir string) *assets {
	a := &assets{files: ui.Files, live: dir != ""}
	if a.live {
		a.files = os.DirFS(dir)
	}
	a.once = sync.OnceValues(a.read)
	return a
}

// load gives the interface, read once; of a checkout, each time.
func (a *assets) load() (face, error) {
	if a.live {
		return a.read()
	}
	return a.once()
}

func (a *assets) read() (face, error) {
	templates, err := readTemplates(a.files)
	return face{readManifest(a.files), templates}, err
}

func (f face) built() bool { return f.manifest["app.css"] != "" }

// url gives the address of a built file by the name it has in the sources.
func (f face) url(name string) string { return "/static/" + f.manifest[name] }

func (f face) template(name string) (*template.Template, error) {
	if t := f.templates[name]; t != nil {
		return t, nil
	}
	return nil, headway.Errorf(headway.Internal, "there is no template %q", name)
}

func readManifest(files fs.FS) map[string]string {
	data, err := fs.ReadFile(files, "dist/manifest.json")
	if err != nil {
		return nil // not built
	}
	var manifest map[string]string
	_ = json.Unmarshal(data, &manifest)
	return manifest
}

// readTemplates gives each page the layout and all partials.
func readTemplates(files fs.FS) (map[string]*template.Template, error) {
	shared, err := template.New("").Funcs(words).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages, err := fs.Glob(files, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	byName := map[string]*template.Template{}
	for _, file := range pages {
		t, err := template.Must(shared.Clone()).ParseFS(files, file)
		if err != nil {
			return nil, err
		}
		byName[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return byName, nil
}

// static serves built files. Their names carry a digest of their content, so a
// browser may keep them for good.
func (s *server) static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	data, err := fs.ReadFile(s.assets.files, path.Join("dist", path.Base(name)))
	if err != nil {
		return headway.Errorf(headway.NotFound, "there is no built file %q: run `go run ./tools/dev build`", name)
	}
	w.Header().Set("Content-Type", contentType(name))
	if !s.assets.live {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	_, err = w.Write(data)
	return err
}

// contentType does not ask the machine, whose tables differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

// showThirdParty lists what others made and we ship.
func (s *server) showThirdParty(w http.ResponseWriter, r *http.Request) error {
	text, err := fs.ReadFile(s.assets.files, "dist/THIRD-PARTY.txt")
	if err != nil {
		return headway.Errorf(headway.NotFound, "the list of third parties is made by `go run ./tools/dev build`")
	}
	w.Header().Set("Content-Type", contentType(".txt"))
	_, err = w.Write(text)
	return err
}
