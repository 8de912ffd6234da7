// Package blobtest holds the promises of blob.Blobs as tests, for every kind.
package blobtest

import (
	"context"
	"slices"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
)

// Run checks blobs that open gives empty.
func Run(t *testing.T, open func(t *testing.T) blob.Blobs) {
	ctx := context.Background()
	t.Run("bytes come back as they were put", func(t *testing.T) {
		b := open(t)
		for _, data := range [][]byte{[]byte("WEBVTT\n"), {}, {0, 1, 2, 255}} {
			must(t, b.Put(ctx, blob.ID(data), data))
			got, err := b.Get(ctx, blob.ID(data))
			must(t, err)
			if !slices.Equal(got, data) {
				t.Errorf("got %q, want %q", got, data)
			}
		}
	})
	t.Run("the same bytes again are kept once", func(t *testing.T) {
		b, data := open(t), []byte("twice")
		must(t, b.Put(ctx, blob.ID(data), data))
		must(t, b.Put(ctx, blob.ID(data), data))
		ids, err := b.List(ctx)
		must(t, err)
		if !slices.Equal(ids, []headway.SourceID{blob.ID(data)}) {
			t.Errorf("listed %q", ids)
		}
	})
	t.Run("an id that is not the bytes' digest is refused", func(t *testing.T) {
		err := open(t).Put(ctx, blob.ID([]byte("a")), []byte("b"))
		wantCode(t, err, headway.Invalid)
	})
	t.Run("what is not there is not found, and no id leads out of the folder", func(t *testing.T) {
		b := open(t)
		for _, id := range []headway.SourceID{blob.ID([]byte("never")), "", "a", "../../../etc/passwd"} {
			_, err := b.Get(ctx, id)
			wantCode(t, err, headway.NotFound)
			must(t, b.Delete(ctx, id))
		}
	})
	t.Run("deleted bytes are gone, others stay, in order", func(t *testing.T) {
		b := open(t)
		var want []headway.SourceID
		for _, text := range []string{"one", "two", "three", "four"} {
			must(t, b.Put(ctx, blob.ID([]byte(text)), []byte(text)))
			want = append(want, blob.ID([]byte(text)))
		}
		gone := want[0]
		must(t, b.Delete(ctx, gone))
		want = want[1:]
		slices.Sort(want)
		ids, err := b.List(ctx)
		must(t, err)
		if !slices.Equal(ids, want) {
			t.Errorf("listed %q, want %q", ids, want)
		}
		_, err = b.Get(ctx, gone)
		wantCode(t, err, headway.NotFound)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, want headway.Code) {
	t.Helper()
	if got := headway.ErrorCode(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}
