//go:build unix

package vectorfile

import (
	"os"

	"golang.org/x/sys/unix"
)

// view maps the first bytes of a file, in the place of what was mapped before.
// Nobody may be looking.
func view(file *os.File, p *part, size int) error {
	if size == len(p.bytes) {
		return nil
	}
	var mapped []byte
	if size > 0 {
		var err error
		if mapped, err = unix.Mmap(int(file.Fd()), 0, size, unix.PROT_READ, unix.MAP_SHARED); err != nil {
			return err // and what was mapped before still is
		}
	}
	before := p.bytes
	p.bytes = mapped
	if before == nil {
		return nil
	}
	return unix.Munmap(before)
}
