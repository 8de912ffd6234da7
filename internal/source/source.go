// Package source reads the conversation files that people have and gives
// conversations: the first step of a sentence's way.
//
// A format is recognised by content, never by name. An importer keeps every
// word: what it cannot place it names in a finding, with its line. It never
// panics, never invents a speaker, and never lets a machine's summary pass for
// somebody's words.
//
//	batch, err := source.Read(source.File{Name: "call.vtt", Data: data}, source.Options{Ours: []string{"Marta"}})
package source

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/headway-oss/headway"
)

// File is a source as it came.
type File struct {
	Name string // as the person knows it, inside an archive with its path; only ever shown, never recognised by
	Data []byte
}

// ID is the digest of the file's bytes.
func (f File) ID() headway.SourceID {
	sum := sha256.Sum256(f.Data)
	return headway.SourceID(hex.EncodeToString(sum[:]))
}

// Options is what a person said about the files.
type Options struct {
	// Ours and Theirs name speakers: a name, an e-mail address, an @domain, or
	// "*" for everybody not named otherwise. Case and outer space do not matter.
	Ours, Theirs []string
	// Columns names a table's columns by role: "text" (repeatable by "text",
	// "text2", ... or with headers joined by "|"), "who", "when", "product",
	// "id", "rating", "ours" (an agent's words); and "email", "customer" (their
	// id), "title", "lastname", "agent" (one of us), "side" (agent or customer),
	// "speaker" and "start" where the rows are turns of a talk. A header may be
	// given as "column 3".
	Columns map[string]string
}

// Batch is what one file held. Findings are the file's own; those about one
// conversation stand in it.
type Batch struct {
	Source        headway.SourceID
	Format        headway.Format
	Conversations []headway.Conversation
	Findings      []headway.Finding
	Table         *Table // set where the file is a table, for the person to put its columns right
}

// Table tells how a table's columns were read.
type Table struct {
	Columns []Column
	Rows    int // rows below the header
	Written int // rows with at least one free-text answer: the people
}

// Column is one column of a table.
type Column struct {
	Header string
	Role   string   // one of the roles of Options.Columns, or "" for not used
	Sample []string // up to three of its cells, shortened
	Filled int      // cells that are not empty
}
