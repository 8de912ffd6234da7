package memblob_test

import (
	"testing"

	"github.com/headway-oss/headway/internal/blob"
	"github.com/headway-oss/headway/internal/blob/blobtest"
	"github.com/headway-oss/headway/internal/blob/memblob"
)

func TestMemory(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Blobs { return &memblob.Memory{} })
}
