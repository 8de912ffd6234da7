package web

import (
	"testing"

	"github.com/headway-oss/headway/internal/source"
)

func TestARowWithoutANameIsCalledByItsRow(t *testing.T) {
	w := openWith(t, source.Options{Columns: map[string]string{"text": "Review"}}, source.File{Name: "reviews.csv", Data: []byte(
		"Review\n\"I want to carry the shopping up in one go, since I had to walk twice.\"\n\"I was afraid that I fall on the stairs, so I wanted a handle.\"\n")})
	page := w.page("jobs")
	page.says(t, 200, "reviews.csv, row 2")
	page.hides(t, "a speaker without a name")
}
