package vectorfile

import (
	"io"
	"os"
)

// read brings the first bytes of a file into memory, reading only what is new.
// It is for systems where a file is not mapped. Nobody may be looking.
func read(file *os.File, p *part, size int) error {
	if size <= len(p.bytes) {
		p.bytes = p.bytes[:size]
		return nil
	}
	known := len(p.bytes)
	grown := append(p.bytes, make([]byte, size-known)...)
	n, err := file.ReadAt(grown[known:], int64(known))
	if err == io.EOF {
		err = nil // it was cut meanwhile
	}
	p.bytes = grown[:known+n]
	return err
}
