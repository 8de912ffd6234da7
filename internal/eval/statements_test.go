package eval

import "testing"

func TestAStatementIsReadWithItsVerdictAndWords(t *testing.T) {
	all, err := readStatements("verdict\ttrade\tfault\tstatement\twords\nbad\tkites\tproduct\tWhen it blows, I want Glide to fly, so that it flies.\tGlide;Kitely\n")
	if err != nil || len(all) != 1 || !all[0].bad || all[0].fault != "product" || len(all[0].words) != 2 {
		t.Fatalf("read %+v, %v", all, err)
	}
	if _, err := readStatements("good\tkites\n"); err == nil {
		t.Error("a row that is cut short was read")
	}
}

func TestTheWordListKnowsWordsAndNames(t *testing.T) {
	for text, want := range map[string]bool{
		"When I fly kites, I want to be more productive.":            true,
		"When the wind drops, I want Kitely to tell me.":             true,
		"When the line is in a tree, help me get it down unhurt.":    false,
		"When my son cries for his kite, I want him to laugh again.": false,
	} {
		if got := len(byWordList(judgedStatement{text: text, words: []string{"Kitely"}})) > 0; got != want {
			t.Errorf("%q: warned is %v, want %v", text, got, want)
		}
	}
}

func TestTheStatementsKeptApartAreWhole(t *testing.T) {
	for name, table := range map[string]string{"first": firstStatements, "second": secondStatements, "third": thirdStatements} {
		all, err := readStatements(table)
		bad := len(keep(all, func(s judgedStatement) bool { return s.bad }))
		if err != nil || bad != 100 || len(all)-bad != 100 {
			t.Errorf("%s: %d statements, %d of them bad, %v; want 100 of each", name, len(all), bad, err)
		}
	}
}
