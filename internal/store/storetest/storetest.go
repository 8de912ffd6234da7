// Package storetest holds the promises of store.Store as tests. Every engine
// runs all of them.
//
//	storetest.Run(t, func(t *testing.T) store.Store { return mine(t) })
package storetest

import (
	"testing"

	"github.com/headway-oss/headway/internal/store"
)

// Run checks a kind of store; open gives a new, empty one that is closed when
// the test ends.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, group := range []struct {
		name  string
		tests func(t *testing.T, open func(t *testing.T) store.Store)
	}{
		{"sources", sources},
		{"conversations", conversations},
		{"studies", studies},
		{"operations", operations},
		{"replay", replay},
		{"corrections", corrections},
		{"notes", notes},
		{"claims", claims},
		{"rounds", rounds},
		{"accounts", accounts},
		{"customers", customers},
		{"members", members},
		{"tickets", tickets},
		{"anchors", anchors},
		{"derivations", derivations},
		{"erasing", erasing},
		{"names", names},
		{"leases", leases},
		{"search", search},
		{"finding", finding},
		{"moments of dead words", dead},
		{"saved searches", savedSearches},
		{"keeping", keeping},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			group.tests(t, open)
		})
	}
}
