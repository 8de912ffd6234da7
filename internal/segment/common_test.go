package segment

import "testing"

func TestTheTableOfCommonWordsKnowsThem(t *testing.T) {
	if r := Rarity("time"); r > 9 {
		t.Errorf("time is rare: %v bits", r)
	}
	if r := Rarity("heliotrop"); r != Unheard {
		t.Errorf("heliotrope is common: %v bits", r)
	}
}
