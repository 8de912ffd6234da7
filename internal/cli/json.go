package cli

import (
	"encoding/json"
	"io"
)

// jsonTo writes values as JSON, one a line. Signs such as < stay as they were
// said: what reads this is no browser.
func jsonTo(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// printJSON prints one value over several lines.
func (p *program) printJSON(v any) error {
	e := jsonTo(p.Out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
