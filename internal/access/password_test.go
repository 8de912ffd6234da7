package access

import (
	"strings"
	"testing"
	"time"
)

func TestAHashSaysWhatItCostAndIsMadeAnewAtAnotherCost(t *testing.T) {
	g := New(nil, "home", time.Now)
	g.cost = cost{memory: 64, passes: 1, lanes: 1}
	old, err := g.hashPassword(t.Context(), "four words of mine")
	if err != nil || !strings.HasPrefix(old, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("hash %s (%v)", old, err)
	}
	if twin, _ := g.hashPassword(t.Context(), "four words of mine"); twin == old {
		t.Error("two hashes of one password are the same: there is no salt")
	}
	for _, c := range []struct {
		cost     cost
		password string
		right    bool
		outdated bool
	}{
		{g.cost, "four words of mine", true, false},
		{g.cost, "four words of his", false, false},
		{presentCost, "four words of mine", true, true},
	} {
		g.cost = c.cost
		right, outdated, err := g.rightPassword(t.Context(), old, c.password)
		if err != nil || right != c.right || right && outdated != c.outdated {
			t.Errorf("%q at %+v: right %v, outdated %v (%v)", c.password, c.cost, right, outdated, err)
		}
	}
}

func TestADamagedHashLetsNobodyInAndCostsNothingUnheardOf(t *testing.T) {
	g := New(nil, "home", time.Now)
	for _, hash := range []string{"", "x", "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2i$v=19$m=64,t=1,p=1$YWFhYWFhYWE$YWFhYWFhYWE", "$argon2id$v=19$m=4294967295,t=1,p=1$YWFhYWFhYWE$" + strings.Repeat("A", 43)} {
		if right, _, err := g.rightPassword(t.Context(), hash, ""); right || err != nil {
			t.Errorf("%q lets in (%v)", hash, err)
		}
	}
}

func BenchmarkHashingAPassword(b *testing.B) {
	g := New(nil, "home", time.Now)
	for b.Loop() {
		if _, err := g.hashPassword(b.Context(), "four words of mine"); err != nil {
			b.Fatal(err)
		}
	}
}
