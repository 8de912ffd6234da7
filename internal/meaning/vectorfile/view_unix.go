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
	if p.bytes != nil {
		if err := unix.Munmap(p.bytes); err != nil {
			return err
		}
		p.bytes = nil
	}
	if size == 0 {
		return nil
	}
	mapped, err := unix.Mmap(int(file.Fd()), 0, size, unix.PROT_READ, unix.MAP_SHARED)
	p.bytes = mapped
	return err
}
