package job

import (
	"cmp"
	"io/fs"
	"slices"

	"github.com/headway-oss/headway/internal/cue"
)

// bookOf makes the cues of some files of ours ready to be heard.
func bookOf(files fs.FS, pattern string) *cue.Book {
	read, err := cue.Read(files, pattern)
	if err != nil {
		panic("job: " + err.Error()) // part of the program, and a test reads it
	}
	book, err := cue.Compile(read...)
	if err != nil {
		panic("job: " + err.Error())
	}
	return book
}

// heard gives the cues that fit a sentence, in the order of their file.
func heard(book *cue.Book, words string, tags cue.Tags) (all []cue.Cue) {
	hits := book.Listen().Hear(words, tags)
	slices.SortFunc(hits, func(a, b cue.Hit) int { return cmp.Compare(a.Cue, b.Cue) })
	for _, hit := range hits {
		all = append(all, book.Cues()[hit.Cue])
	}
	return all
}
