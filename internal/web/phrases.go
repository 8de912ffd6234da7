package web

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// slotName is a kind as a heading says it; the words are the mirror's.
func slotName(kind headway.Label) string { return mirror.Words(kind).Said }
