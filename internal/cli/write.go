package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/headway-oss/headway"
)

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".headway-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(file.Name()) // gone already when all went well
	err = write(file)
	if err == nil {
		err = file.Sync() // else a power cut may leave the name without the words
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(file.Name(), 0o600)
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}

// unwritable words a failure to write for the person.
func unwritable(path string, err error) error {
	var coded *headway.Error
	if errors.As(err, &coded) {
		return err
	}
	return headway.Errorf(headway.Unavailable, "%s cannot be written: %w; make room or name another place", path, err)
}
