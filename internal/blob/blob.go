// Package blob keeps the bytes of source files as they came, under their
// SHA-256, beside the store that keeps what was read from them.
//
//	err := blobs.Put(ctx, file.ID(), file.Data)
//	data, err := blobs.Get(ctx, file.ID())
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/headway-oss/headway"
)

// Blobs keeps bytes by their digest. Methods fail with Unavailable where the
// disk is full or cannot be reached, and then leave nothing half-written.
type Blobs interface {
	// Put keeps data, to survive a crash once it returns. Bytes that are there
	// already are not written again. Invalid if id is not their SHA-256.
	Put(ctx context.Context, id headway.SourceID, data []byte) error

	// Get gives the bytes, or NotFound. Bytes that no longer match their digest
	// are Internal, never handed out.
	Get(ctx context.Context, id headway.SourceID) ([]byte, error)

	// Delete drops the bytes; dropping what is not there is no error.
	Delete(ctx context.Context, id headway.SourceID) error

	// List gives the ids of all that is kept, in ascending order.
	List(ctx context.Context) ([]headway.SourceID, error)
}

// ID is the digest under which data is kept.
func ID(data []byte) headway.SourceID {
	sum := sha256.Sum256(data)
	return headway.SourceID(hex.EncodeToString(sum[:]))
}
