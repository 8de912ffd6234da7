// Package memblob keeps blobs in memory, for tests and for what is not to be kept.
package memblob

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
)

// Memory implements blob.Blobs. Its zero value is empty and ready.
type Memory struct {
	mu   sync.Mutex
	kept map[headway.SourceID][]byte
}

// Put implements blob.Blobs.
func (m *Memory) Put(ctx context.Context, id headway.SourceID, data []byte) error {
	if blob.ID(data) != id {
		return headway.Errorf(headway.Invalid, "keep source %s: the bytes are not those of this id", id)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[headway.SourceID][]byte{}
	}
	m.kept[id] = bytes.Clone(data)
	return nil
}

// Get implements blob.Blobs.
func (m *Memory) Get(ctx context.Context, id headway.SourceID) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, kept := m.kept[id]
	if !kept {
		return nil, headway.Errorf(headway.NotFound, "read source %s: it is not kept", id)
	}
	return bytes.Clone(data), nil
}

// Delete implements blob.Blobs.
func (m *Memory) Delete(ctx context.Context, id headway.SourceID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, id)
	return nil
}

// List implements blob.Blobs.
func (m *Memory) List(ctx context.Context) ([]headway.SourceID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.kept)), nil
}
