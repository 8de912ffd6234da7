package lint

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// judged is a row of a table of statements; what it is stands beside the tables.
type judged struct {
	bad         bool
	fault, text string
	words       []string
}

// tables are the statements that the rules were written on. Those kept apart are
// only measured, by headway eval statements.
var tables = []string{"../../eval/data/jobs/statements-learn/dev.tsv", "../../eval/data/jobs/statements-learn/own.tsv"}

func readTable(t *testing.T, path string) (all []judged) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 5 && f[0] != "verdict" {
			all = append(all, judged{f[0] == "bad", f[2], f[3], strings.Split(f[4], ";")})
		}
	}
	return all
}

func TestGoodStatementsAreLeftAloneAndBadOnesObjectedTo(t *testing.T) {
	for _, path := range tables {
		good, bad, wrong := 0, 0, map[bool][]string{}
		for _, s := range readTable(t, path) {
			if s.bad {
				bad++
			} else {
				good++
			}
			if Counted(Statement(s.text, s.words)) != s.bad {
				wrong[s.bad] = append(wrong[s.bad], s.text)
			}
		}
		if good == 0 || bad == 0 || 100*len(wrong[false]) > 3*good || 100*len(wrong[true]) > 3*bad {
			t.Errorf("%s: %d good, objected to: %q; %d bad, left alone: %q", path, good, wrong[false], bad, wrong[true])
		}
	}
}

func TestAWarningNamesTheWordsInTheWay(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		words []string
		code  Code
		at    string
	}{
		"a product of ours":           {"When I bake, I want Proofline to add it up, so that I get home.", []string{"Proofline"}, Product, "Proofline"},
		"a name in short, possessive": {"When a load is late, I want Meridian's drivers to ring my client, so that he waits.", []string{"Meridian Freight Ltd"}, Product, "Meridian's"},
		"our people":                  {"When I move, help me trust the Outward team with my piano, so that I sleep.", []string{"Outward"}, Company, "Outward"},
		"a kind of tool":              {"When I learn Greek, I want an app with short lessons, so that my aunt hears it.", nil, Product, "an app"},
		"a feature":                   {"When I wait for the vet, I want push alerts so that my dog is seen.", nil, Feature, "push alerts"},
		"buying":                      {"When my boots leak, I want to buy a new pair so that I own some.", nil, Purchase, "buy"},
		"what everybody wants":        {"When I run a mill, I want to be more productive, so that my father rests.", nil, TooHigh, "be more productive"},
		"a step":                      {"When I board, I want to scan the code at the gate so that my wife can follow.", nil, TooLow, "scan"},
		"a reason that adds nothing":  {"When a box is full, I want to glue a note on it so that the note is glued.", nil, TooLow, "glue a note on it"},
		"no circumstance":             {"I want to give my uncle a firm answer so that he trusts my word.", nil, NoSituation, "want to give my uncle a firm answer"},
		"a role is no circumstance":   {"As a baker, I want to give the cafés a firm answer so that they trust my word.", nil, NoSituation, "want to give the cafés a firm answer"},
		"a verb done to nothing":      {"When a gale comes in overnight, I want to prepare, so that the boat holds.", nil, NoObject, "prepare"},
		"empty words":                 {"When the papers pile up, help me deal with stuff, so that my wife sees the table.", nil, Vague, "deal with stuff"},
		"an empty reason":             {"When the papers pile up, help me find the deed, so that it is all fine.", nil, Vague, "it is all fine"},
		"a word of meetings":          {"When a mill burns, help me keep each stakeholder calm, so that they wait.", nil, Jargon, "stakeholder"},
		"long words upon each other":  {"When bidding, help me keep dependable documentary proof throughout neighbouring farms, so that they wait.", nil, Jargon, "dependable"},
		"two words with Latin ends":   {"When the roof is old, I want my provisions for its replacement kept by my uncle, so that it holds.", nil, Jargon, "provisions"},
		"clauses tied up":             {"When the coat that my sister who sews said would be done is not, I want whoever has it to bring what there is.", nil, HardToRead, "When the coat that my sister who sews said would be done is not, I want whoever has it to bring what there is."},
		"a sentence without end":      {"When " + strings.Repeat("the cow and the hen and the dog and ", 5) + "the cat are out at dusk, help me get them in.", nil, HardToRead, "When " + strings.Repeat("the cow and the hen and the dog and ", 5) + "the cat are out at dusk, help me get them in."},
		"a thing and no act":          {"When the engine has stopped at low tide, a way home, so that nobody has to swim.", nil, NoObject, "a way home"},
		"praise for the firm":         {"When my piano is back, I want to recommend them, so that my sister has a good one.", nil, Company, "recommend them"},
		"trouble spared the firm":     {"When my bill is odd, I want to find the line myself, so that the office has more time.", nil, Company, "the office has more time"},
		"a firm that is good":         {"When my roof leaks, I want to ask a firm with thirty years of experience, so that my mother stays dry.", nil, Company, "a firm with thirty years"},
		"a new one":                   {"When my boots leak, I'd like a new pair by Friday, so that my feet stay dry.", nil, Purchase, "a new pair"},
		"an order given":              {"When my boots leak, I want to give them the job, so that my feet stay dry.", nil, Purchase, "give them the job"},
		"a good name spread":          {"When my piano is back, I want to write to my aunt how kind they were, so that she hears it.", nil, Company, "how kind they were"},
		"little words tied up":        {"When what is not there is not what would be there were it not for what is, I want what it is that is there not to be what it was not, so that it is.", nil, HardToRead, "When what is not there is not what would be there were it not for what is, I want what it is that is there not to be what it was not, so that it is."},
		"an agreement":                {"When my boots leak, I want to enter into a yearly agreement, so that my feet stay dry.", nil, Purchase, "enter into a yearly agreement"},
		"going over to another":       {"When my boots leak, I want to go over to a better cobbler, so that my feet stay dry.", nil, Purchase, "go over to a"},
		"steps one after the other":   {"When the jar is full, I want to lay the foil over and press it flat, so that it keeps.", nil, TooLow, "lay the foil over and press it"},
		"until the machine answers":   {"When the jar is full, I want to press it down until it clicks, so that it keeps.", nil, TooLow, "press it down until it clicks"},
		"how it is to look":           {"When bills come, I want to see them side by side, so that I can pay the first one.", nil, Feature, "side by side"},
		"a thing that does it":        {"When I nod off, I want a band that buzzes, so that my mother is not left alone.", nil, Product, "a band that buzzes"},
		"what is to be known":         {"I want to know when the ferry goes, so that my mother need not wait.", nil, NoSituation, "want to know when the ferry goes"},
		"where it ends":               {"I want to keep the fire in until the others come, so that they are warm.", nil, NoSituation, "want to keep the fire in until the others come"},
		"once is no circumstance":     {"I want to beat my father at chess once, so that he laughs.", nil, NoSituation, "want to beat my father at chess once"},
		"going on with nothing":       {"When the saw breaks, I want to carry on anyway, so that the roof is up.", nil, NoObject, "carry on anyway"},
		"no reason is a hint":         {"When a mill burns, help me get the horses out.", nil, NoReason, "get the horses out"},
	} {
		t.Run(name, func(t *testing.T) {
			all := Statement(c.text, c.words)
			at := slices.IndexFunc(all, func(w Warning) bool { return w.Code == c.code })
			if at < 0 {
				t.Fatalf("no %s among %+v", c.code, all)
			}
			if got := string([]rune(c.text)[all[at].Start:all[at].End]); got != c.at {
				t.Errorf("%s is about %q, want %q", c.code, got, c.at)
			}
			if c.code == NoReason && !all[at].Hint {
				t.Error("a reason that is missing speaks against the statement")
			}
		})
	}
}

func TestTheEarHearsWhatNoRuleDoes(t *testing.T) {
	for text, want := range map[string]Code{
		"When my boots leak, I want the young man behind the counter to get his bonus, so that my feet stay dry.":    Company,
		"When I turn sixty, I want to look back on a life well lived and be thankful, so that I die content.":        TooHigh,
		"When the boiler dies in January, I want my children to sleep warm tonight, so that they are not ill again.": "",
		"When the bank writes, I want to know what I owe before my wife opens it, so that I can tell her first.":     "",
	} {
		all := Statement(text, nil)
		at := slices.IndexFunc(all, Warning.Counts)
		switch {
		case want == "" && at >= 0:
			t.Errorf("%q: warned: %+v", text, all)
		case want != "" && (at < 0 || all[at].Code != want || !strings.HasPrefix(all[at].Why, "Read as a whole")):
			t.Errorf("%q: %+v, want %s by the ear", text, all, want)
		}
	}
}

func TestTheEarKnowsEveryFaultAndSaysWhatIsWrong(t *testing.T) {
	labels := ear().Labels()
	if len(labels) != 1+len(whatIsHeard) || labels[0].Name != "bad" {
		t.Fatalf("the ear hears %v", labels)
	}
	for _, label := range labels[1:] {
		if code := Code(label.Name); whatIsHeard[code] == "" || !slices.Contains(Codes(), code) {
			t.Errorf("the ear hears %q, and nothing tells what that is", label.Name)
		}
	}
}

func TestAPlainWantIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"A guest wants forty plates by noon. When two ovens are cold, I want to know what I can still promise him, so he isn't let down.",
		"In a week with no work at all I want to know what I may spend, so the bill doesn't knock us over.",
		"I want to dance at my own wedding, so that my father sees it.",
		"When she asks who her mother was, I want to answer, so that she can sleep.",
		"When the men come in, I want to be asked before anyone sits down, so that I can lay the cloth.",
		"When the bank writes, I want to have the contract explained to me in Polish, so that I can answer.",
		"When I come home late, I want to be inside before my girl wakes, so that she sleeps on.",
	} {
		if all := Statement(text, nil); len(all) > 0 {
			t.Errorf("%q: warned: %+v", text, all)
		}
	}
}

func TestTheMarkOfAListIsNotJudged(t *testing.T) {
	const text = "When the coat that my sister who sews said would be done is not, I want whoever has it to bring it to Proofline."
	want := Statement(text, []string{"Proofline"})
	if len(want) == 0 {
		t.Fatal("nothing to hold it against")
	}
	for _, mark := range []string{"1. ", "12) ", "- ", " • ", "a) ", "(b) ", "> "} {
		got := Statement(mark+text, []string{"Proofline"})
		for i := range got {
			got[i].Start -= utf8.RuneCountInString(mark)
			got[i].End -= utf8.RuneCountInString(mark)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q before it changes what is said of it:\n%s", mark, diff)
		}
	}
	for _, words := range []string{"I want", "7 hens", "J. rings", "a hen", "-5 outside"} {
		if r := read(words); r.mark > 0 {
			t.Errorf("%q is read as if a list began it", words)
		}
	}
}

func TestAWordThatIsAlsoANameIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct{ text, own string }{
		"in lower case":           {"When the power goes, help me find the calf by lantern light, so that she is fed.", "Lantern"},
		"where a sentence begins": {"Glide was what my gran did. When I dance at her party, help me do it once, so that she laughs.", "Glide"},
		"in another name":         {"When I push a pram up Lantern Street, help me get past the vans, so that my son sleeps on.", "Lantern"},
		"a customer's own work":   {"When a deploy takes the shop down, help me find the change that did it, so that my boss sleeps.", "Pagewise"},
		"a customer's customers":  {"When people stand in my shop and leave, help me get one customer to buy a loaf, so that I can open tomorrow.", "Crumbwell"},
	} {
		t.Run(name, func(t *testing.T) {
			if all := Statement(c.text, []string{c.own}); len(all) > 0 {
				t.Errorf("warned: %+v", all)
			}
		})
	}
}

func TestANameIsFoundWhereItIsWrittenAsOne(t *testing.T) {
	for _, text := range []string{
		"When the power goes, I want Lantern to light the byre, so that the calf is fed.",
		"When the power goes, I want my neighbours to have Lantern Pro, so that the calf is fed.",
		"Lantern's light is what I want when the power goes, so that the calf is fed.",
	} {
		if !slices.ContainsFunc(Statement(text, []string{"Lantern"}), func(w Warning) bool { return w.Code == Product }) {
			t.Errorf("%q: Lantern is not found", text)
		}
	}
}

func TestPartsOfACardAreJoinedToAStatement(t *testing.T) {
	for want, parts := range map[string][]string{
		"When the cows are out, help me get them in, so that nobody is hurt and I can sleep.": {"the cows are out", "get them in.", "nobody is hurt", "I can sleep"},
		"After a storm, I want to see the roof, so that I sleep.":                             {"After a storm", "I want to see the roof", "so that I sleep"},
		"When my boss wants it by noon, help me see the roof, so that I want for nothing.":    {"my boss wants it by noon", "see the roof", "I want for nothing"},
		"help me see the roof.": {"", "see the roof"},
		"":                      {"", "", ""},
	} {
		if got := Join(parts[0], parts[1], parts[2:]...); got != want {
			t.Errorf("joined %q\n  want %q", got, want)
		}
	}
}

func TestNothingIsSaidOfNothing(t *testing.T) {
	if all := Statement(" … ", []string{"", "&"}); Counted(all[:0]) || len(all) > 1 {
		t.Errorf("warned: %+v", all)
	}
}

func FuzzWarningsLieInsideTheStatementAndAreTheSameAgain(f *testing.F) {
	for _, s := range []string{"When I bake, I want Proofline to add it up, so that it is added.", "help", "so that", "I want to", "help her", "É — ’s; want to to", "want want want so so", "• I want Proofline"} {
		f.Add(s, "Proofline;Ames & Lark")
	}
	f.Fuzz(func(t *testing.T, text, own string) {
		words := strings.Split(own, ";")
		all := Statement(text, words)
		for i, w := range all {
			if w.Start < 0 || w.Start > w.End || w.End > utf8.RuneCountInString(text) || w.Why == "" || !slices.Contains(Codes(), w.Code) {
				t.Errorf("%q: %+v lies outside, or says nothing", text, w)
			}
			if i > 0 && all[i-1].Start > w.Start {
				t.Errorf("%q: warnings are out of order", text)
			}
		}
		if diff := cmp.Diff(all, Statement(text, words)); diff != "" {
			t.Errorf("%q is judged otherwise the second time:\n%s", text, diff)
		}
		Join(text, own, text)
	})
}

func BenchmarkStatement(b *testing.B) {
	all := []string{
		"When the phone orders pile up on a Friday, I want Proofline to add up the dough for me so that I can go home on time.",
		"In a week with no work at all I want to know what I may spend, so the bill doesn't knock us over.",
	}
	for i := 0; b.Loop(); i++ {
		Statement(all[i%len(all)], []string{"Proofline"})
	}
}

func TestADoubtfulRuleOnlyHintsWhereTheEarHearsNothing(t *testing.T) {
	const sure = "When the engine has stopped at low tide, a way home, so that nobody has to swim." // a rule misses the verb
	for name, c := range map[string]struct {
		text string
		own  []string
		code Code
		hint bool
	}{
		"a doubtful rule": {sure, nil, NoObject, true},
		"a name of ours":  {"When the engine has stopped at low tide, I want Tideline to bring me home, so that nobody has to swim.", []string{"Tideline"}, Product, false},
	} {
		all := Statement(c.text, c.own)
		at := slices.IndexFunc(all, func(w Warning) bool { return w.Code == c.code })
		if at < 0 || all[at].Hint != c.hint {
			t.Errorf("%s: %+v, want %s, a hint: %v", name, all, c.code, c.hint)
		}
	}
	if all := ByRules(sure, nil); !Counted(all) {
		t.Errorf("by rules alone: %+v, want a warning that counts", all)
	}
}
