package web

import (
	"net/http"
	"slices"

	"github.com/headway-oss/headway/internal/access"
)

// keysView is what the workspace is set to, beside what this browser is.
type keysView struct{ MasksAtImport, Owner bool }

// showSettings lists the keys and lets a person turn them off, or choose light
// or dark.
func (s *server) showSettings(w http.ResponseWriter, r *http.Request) error {
	on, err := s.hw.MasksAtImport(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("keys", "Keys and looks"), keysView{on, caller(r).Scope.Holds(access.Admin)})
}

// settings are this browser's: they stay in its cookies and nowhere else.
func (s *server) settings(w http.ResponseWriter, r *http.Request) error {
	for name, allowed := range map[string][]string{"theme": {"light", "dark", "auto"}, "keys": {"on", "off"}} {
		value := r.PostFormValue(name)
		if !slices.Contains(allowed, value) {
			continue // not in this form
		}
		http.SetCookie(w, &http.Cookie{
			Name: "headway_" + name, Value: value, Path: "/",
			MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
	}
	return back(w, r, "/")
}
