package job

import (
	"cmp"
	"embed"
	"slices"
	"sync"

	"github.com/headway-oss/headway/internal/cue"
)

//go:embed cues/finish.yaml
var finishYAML embed.FS

var finishCues = sync.OnceValue(func() *cue.Book { return bookOf(finishYAML, "cues/finish.yaml") })

// AboutUs gives the words of a finish line that are about us: that they bought or
// went live ends our work, and theirs only begins. It is "" where there are none.
func AboutUs(finish string) string {
	hits := finishCues().Listen().Hear(finish, 0)
	if len(hits) == 0 {
		return ""
	}
	first := slices.MinFunc(hits, func(a, b cue.Hit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return finish[first.Start:first.End]
}
