package flow

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/source"
)

// fleet are two invented calls about invented vans.
var fleet = []source.File{
	{Name: "fleet-1.txt", Data: []byte(`Interviewer: What did the price do to you?

Anna: The price was far too high for us. I was afraid to ask my boss for the money.

Bert: I was afraid the price would rise again every year.

Interviewer: I see, the price.
`)},
	{Name: "fleet-2.txt", Data: []byte(`Interviewer: And now?

Anna: I am afraid that we lose the vans. My sister lives in Spain.
`)},
}

func withFleet(t *testing.T) (*Flow, headway.Study) {
	t.Helper()
	f := remembering(t, openTest(t))
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList(fleet), source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"Anna", "Bert"}}, nil))(t)
	findable(t, f)
	return f, s
}

func findable(t *testing.T, f *Flow) {
	t.Helper()
	if err := f.MakeFindable(t.Context()); err != nil {
		t.Fatal(err)
	}
	remember(t, f)
}

// quotes gives the words that a search shows, sorted.
func quotes(t *testing.T, f *Flow, ctx context.Context, words string) []string {
	t.Helper()
	all := []string{}
	for _, h := range must(f.Search(ctx, Query{Words: words}))(t).Hits {
		all = append(all, must(h.Text.Cut(h.Span))(t).String())
	}
	slices.Sort(all)
	return all
}

func wantQuotes(t *testing.T, f *Flow, words string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(append([]string{}, want...), quotes(t, f, t.Context(), words)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", words, diff)
	}
}

const (
	highPrice = "The price was far too high for us."
	askBoss   = "I was afraid to ask my boss for the money."
	everyYear = "I was afraid the price would rise again every year."
	loseVans  = "I am afraid that we lose the vans."
	annaFirst = highPrice + " " + askBoss
	annaNext  = loseVans + " My sister lives in Spain."
)

// at finds the place of words.
func at(t *testing.T, f *Flow, words string) headway.Span {
	t.Helper()
	for _, h := range must(f.Search(t.Context(), Query{Words: `"` + strings.TrimSuffix(words, ".") + `"`}))(t).Hits {
		return h.Span
	}
	t.Fatalf("%q was never said", words)
	return headway.Span{}
}

func TestEverythingOneSaidAboutSomethingIsOneSearch(t *testing.T) {
	f, _ := withFleet(t)
	wantQuotes(t, f, "person:Anna price", highPrice)
	wantQuotes(t, f, "person:Anna,Bert price", highPrice, everyYear)
	wantQuotes(t, f, `person:"Anna"`, annaFirst, annaNext)
	wantQuotes(t, f, "person:ann sister", "My sister lives in Spain.")
	wantQuotes(t, f, `side:ours "price"`, "What did the price do to you?", "I see, the price.")
	wantQuotes(t, f, "person:Interviewer person:Bert", "What did the price do to you?", "I see, the price.", "And now?", everyYear)
}

func TestAKindIsFoundWhereItWasHeardAndWhereAMemberMarkedIt(t *testing.T) {
	f, _ := withFleet(t)
	heard := quotes(t, f, t.Context(), "kind:anxiety")
	if !slices.Contains(heard, loseVans) || slices.Contains(heard, "My sister lives in Spain.") {
		t.Fatalf("heard as anxiety: %q", heard)
	}
	wantQuotes(t, f, "kind:anxiety vans", loseVans)
	wantQuotes(t, f, "kind:anxiety side:ours")
	sister, vans := at(t, f, "My sister lives in Spain."), at(t, f, loseVans)
	mark := func(s headway.Span, v headway.Verdict) {
		t.Helper()
		if err := f.Mark(t.Context(), headway.Passage{s}, headway.Anxiety, v); err != nil {
			t.Fatal(err)
		}
	}
	mark(sister, headway.Kept)
	mark(vans, headway.Dismissed)
	wantQuotes(t, f, "kind:anxiety is:kept", "My sister lives in Spain.")
	wantQuotes(t, f, "is:kept", "My sister lives in Spain.")
	wantQuotes(t, f, "is:kept vans")
	wantQuotes(t, f, "is:dismissed", loseVans)
	wantQuotes(t, f, "by:me", "My sister lives in Spain.", loseVans)
	if all := quotes(t, f, t.Context(), "kind:anxiety"); slices.Contains(all, loseVans) || !slices.Contains(all, "My sister lives in Spain.") {
		t.Errorf("after both verdicts: %q", all)
	}
	if all := quotes(t, f, t.Context(), "is:suggested kind:anxiety"); slices.Contains(all, loseVans) || slices.Contains(all, "My sister lives in Spain.") || len(all) == 0 {
		t.Errorf("suggested still: %q", all)
	}
	if all := quotes(t, f, t.Context(), `is:unmarked "sister"`); len(all) > 0 {
		t.Errorf("unmarked: %q", all)
	}
	mark(sister, headway.Undecided)
	wantQuotes(t, f, "is:kept")
	for _, h := range must(f.Search(t.Context(), Query{Words: `"vans" is:dismissed`}))(t).Hits {
		if len(h.Labels) == 0 || h.Labels[0].Is != IsDismissed || h.Labels[0].By != "here" {
			t.Errorf("labels %+v", h.Labels)
		}
	}
}

func TestMergedPeopleAreFoundUnderAllTheirNames(t *testing.T) {
	f, s := withFleet(t)
	var ids []headway.PersonID
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		for _, sp := range h.Speakers {
			if h.File == "fleet-2.txt" && sp.Name == "Anna" || sp.Name == "Bert" {
				ids = append(ids, sp.Person())
			}
		}
	}
	if err := f.Merge(t.Context(), ids[0], ids[1]); err != nil {
		t.Fatal(err)
	}
	wantQuotes(t, f, "person:Bert", everyYear, annaNext)
}

func TestRolesAndAccountsNarrowASearch(t *testing.T) {
	f, _ := withFleet(t)
	everybody := must(f.Everybody(t.Context()))(t)
	firm := headway.Account{ID: "norling", Name: "Norling Freight"}
	if err := f.store.PutAccount(t.Context(), f.ws, firm); err != nil {
		t.Fatal(err)
	}
	for _, p := range everybody.Named("bert") {
		for _, op := range []headway.Operation{
			{Deed: headway.DeedRole, Person: p.ID, Role: headway.Payer}, {Deed: headway.DeedAccount, Person: p.ID, Account: firm.ID},
		} {
			if err := f.apply(t.Context(), op); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantQuotes(t, f, "role:payer", everyYear)
	wantQuotes(t, f, `account:"norling freight" price`, everyYear)
	wantQuotes(t, f, "account:freight person:Anna")
	wantQuotes(t, f, "role:buyer")
}

func TestNamesThatNobodyHasFindNothingAndSaySo(t *testing.T) {
	f, _ := withFleet(t)
	for query, want := range map[string]string{
		"person:Nobody price": `nobody is called "Nobody"`,
		"account:none":        `there is no account called "none"`,
		"study:none price":    `there is no study called "none"`,
		"by:nobody":           `no member is called "nobody"`,
		"kind:fear price":     `"fear" is no kind`,
	} {
		found := must(f.Search(t.Context(), Query{Words: query}))(t)
		if len(found.Hits) > 0 || len(found.Misread) == 0 || !strings.Contains(found.Misread[0].What, want) {
			t.Errorf("%s: %d hits, %+v", query, len(found.Hits), found.Misread)
		}
	}
	found := must(f.Search(t.Context(), Query{Words: "price spoken:softly"}))(t)
	if len(found.Misread) != 1 || found.Misread[0].Halts {
		t.Errorf("an unknown filter: %+v", found.Misread)
	}
}

func TestNothingOfAStudyThatStillGuessesIsFoundByAnyFilter(t *testing.T) {
	f, sealed := withFleet(t)
	guessing := must(f.OpenStudy(t.Context(), "Autumn calls", headway.OurCustomers))(t)
	must(f.ImportNow(t.Context(), guessing.ID, FileList(fleet[1:]), source.Options{}, nil))(t)
	findable(t, f)
	for _, query := range []string{"vans", "", "kind:anxiety", "person:Anna", "is:unmarked", `"lose the vans"`, "side:theirs", "study:Autumn", "since:1900", "what we fear to lose"} {
		for _, q := range quotes(t, f, t.Context(), query) {
			if q == loseVans || q == annaNext || strings.Contains(q, "sister") || q == "And now?" {
				t.Errorf("%q finds %q", query, q)
			}
		}
	}
	taken := must(f.TakeOut(t.Context(), Query{Words: "person:Anna"}, "csv", func(Hit) string { return "" }))(t)
	if csv := must(taken.CSV())(t); bytes.Contains(csv, []byte("vans")) || !bytes.Contains(csv, []byte("far too high")) {
		t.Errorf("taken out: %s", csv)
	}
	if hits := must(f.Search(t.Context(), Query{Words: "person:Anna vans", Through: sealed.ID}))(t).Hits; len(hits) != 1 {
		t.Errorf("through a study that is sealed %d are found", len(hits))
	}
}

func TestNothingOfAnotherWorkspaceIsFoundOrTakenOut(t *testing.T) {
	f, s := withFleet(t)
	var person headway.PersonID
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		person = h.Speakers[1].Person()
	}
	other := New(Config{Store: f.store, Blobs: f.blobs, Workspace: "other", Meanings: f.meanings})
	for _, query := range []string{"price", "kind:anxiety", "side:theirs", "person:" + string(person), "is:unmarked", "since:1900"} {
		if hits := must(other.Search(t.Context(), Query{Words: query}))(t).Hits; len(hits) > 0 {
			t.Errorf("%q finds %d", query, len(hits))
		}
		taken, err := other.TakeOut(t.Context(), Query{Words: query}, "csv", func(Hit) string { return "" })
		if headway.ErrorCode(err) != headway.Invalid && err != nil || len(taken.rows) > 0 { // who is not there is nobody to take along
			t.Errorf("%q takes out %q, %v", query, taken.rows, err)
		}
	}
	if hits := must(other.Search(t.Context(), Query{Words: "price", Study: s.ID, Through: s.ID}))(t).Hits; len(hits) > 0 {
		t.Errorf("by the study's id %d are found", len(hits))
	}
}

func TestMarksOfAnOpenRoundAreNotFoundByTheOthers(t *testing.T) {
	f, s := withFleet(t)
	as := func(name string) context.Context {
		return headway.WithMember(t.Context(), headway.Member{ID: headway.MemberID(name), Name: name, Access: headway.Owner})
	}
	sister := at(t, f, "My sister lives in Spain.")
	var id headway.ConversationID
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		if h.File == "fleet-2.txt" {
			id = h.ID
		}
	}
	round := must(f.OpenRound(as("ines"), id, []headway.MemberID{"ines", "otto"}))(t)
	if err := f.Mark(as("ines"), headway.Passage{sister}, headway.Habit, headway.Kept); err != nil {
		t.Fatal(err)
	}
	finds := func(who, query string) int { return len(quotes(t, f, as(who), query)) }
	for _, query := range []string{"is:kept", "kind:habit", "kind:habit sister"} {
		if finds("ines", query) != 1 || finds("otto", query) != 0 {
			t.Errorf("%s: who marked finds %d, the other %d", query, finds("ines", query), finds("otto", query))
		}
	}
	for _, h := range must(f.Search(as("otto"), Query{Words: `"sister"`}))(t).Hits {
		if len(h.Labels) > 0 {
			t.Errorf("the other is shown %+v", h.Labels)
		}
	}
	if finds("otto", `is:unmarked "sister"`) != 1 {
		t.Error("what another marked is told by what is unmarked")
	}
	if err := f.ReleaseRound(as("ines"), round); err != nil {
		t.Fatal(err)
	}
	if finds("otto", "kind:habit") != 1 {
		t.Error("released, and still not found")
	}
}

func TestASearchThatIsTypedWrongIsNeitherKeptNorTakenAlong(t *testing.T) {
	f, _ := withFleet(t)
	ctx := t.Context()
	link := func(Hit) string { return "" }
	for query, want := range map[string]string{
		"kind:fear":                        `"fear" is no kind`,
		`""`:                               "there is no word in",
		strings.Repeat("x", 2001):          "a search has 2000 characters at most",
		"since:2026-05 until:2026-01":      "no day is from 2026-05-01 on and also before 2026-02-01",
		"vans since:2026-05-02 until:2025": "write the earlier one after since:",
		"person:Nobodyatall":               "Nobodyatall",
	} {
		found := must(f.Search(ctx, Query{Words: query}))(t)
		if len(found.Hits) > 0 || len(found.Misread) != 1 || !strings.Contains(found.Misread[0].What, want) {
			t.Errorf("%.40s: %d hits, %+v", query, len(found.Hits), found.Misread)
		}
		if _, err := f.TakeOut(ctx, Query{Words: query}, "csv", link); headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s is taken along: %v", query, err)
		}
	}
	for _, query := range []string{"kind:fear", `""`, strings.Repeat("x", 2001), " "} {
		if _, err := f.SaveSearch(ctx, "x", query); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%.40s is kept: %v", query, err)
		}
	}
}

func TestASearchThatIsKeptTwiceIsKeptOnce(t *testing.T) {
	f, _ := withFleet(t)
	ctx := t.Context()
	first, again := must(f.SaveSearch(ctx, "Anna", "person:Anna"))(t), must(f.SaveSearch(ctx, " Anna ", "person:Anna"))(t)
	other := must(f.SaveSearch(ctx, "Anna again", "person:Anna"))(t)
	if all := must(f.SavedSearches(ctx))(t); first != again || first == other || len(all) != 2 {
		t.Errorf("%s, %s, %s of %d", first, again, other, len(all))
	}
}

func TestASavedSearchTellsWhatIsNewSinceOneLooked(t *testing.T) {
	f, s := withFleet(t)
	ctx := t.Context()
	id := must(f.SaveSearch(ctx, "Anna", "person:Anna"))(t)
	must(f.SaveSearch(ctx, "", "is:kept"))(t)
	news := func() (n []int) {
		for _, one := range must(f.SavedSearches(ctx))(t) {
			n = append(n, one.New)
		}
		return n
	}
	if diff := cmp.Diff([]int{0, 0}, news()); diff != "" {
		t.Error(diff)
	}
	third := source.File{Name: "fleet-3.txt", Data: []byte("Interviewer: And?\n\nAnna: We sold two vans.\n")}
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{third}), source.Options{Ours: []string{"Interviewer"}, Theirs: []string{"Anna"}}, nil))(t)
	if err := f.Mark(ctx, headway.Passage{at(t, f, askBoss)}, headway.Anxiety, headway.Kept); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1, 1}, news()); diff != "" {
		t.Errorf("a conversation and a mark later: %s", diff)
	}
	must(f.OpenSearch(ctx, id))(t)
	if diff := cmp.Diff([]int{0, 1}, news()); diff != "" {
		t.Errorf("after a look: %s", diff)
	}
	if err := f.RenameSearch(ctx, id, "All of Anna"); err != nil {
		t.Fatal(err)
	}
	viewer := headway.WithMember(ctx, headway.Member{ID: "v", Access: headway.Viewer})
	editor := headway.WithMember(ctx, headway.Member{ID: "e", Access: headway.Editor})
	for who, refused := range map[string]context.Context{"a viewer": viewer, "another editor": editor} {
		if code := headway.ErrorCode(f.DropSearch(refused, id)); code != headway.Denied {
			t.Errorf("%s drops it: %q", who, code)
		}
		if code := headway.ErrorCode(f.RenameSearch(refused, id, "x")); code != headway.Denied {
			t.Errorf("%s renames it: %q", who, code)
		}
	}
	if _, err := f.SaveSearch(viewer, "x", "y"); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("a viewer saves: %v", err)
	}
	if err := f.DropSearch(ctx, id); err != nil {
		t.Fatal(err)
	}
	if all := must(f.SavedSearches(ctx))(t); len(all) != 1 || all[0].Name != "is:kept" {
		t.Errorf("%+v", all)
	}
	if _, err := f.OpenSearch(ctx, id); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("what is gone opens: %v", err)
	}
}

func TestWhatIsTakenOutIsNeverAFormula(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "minutes")
	said := []string{`=HYPERLINK("http://evil.example","price")`, "+1 price", "-2 price", "@SUM(price)", "\tprice", "＝price", ` "=price"`, "|price", "The price of *bold* [x](javascript:1) <b>"}
	var csvFile bytes.Buffer
	w := csv.NewWriter(&csvFile)
	w.Write([]string{"id", "customer", "review text"})
	for i, words := range said {
		w.Write([]string{string(rune('a' + i)), "=cmd|' /C calc'!A0", words})
	}
	w.Flush()
	file := source.File{Name: "=evil.csv", Data: csvFile.Bytes()}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{file}), source.Options{Theirs: []string{"*"}}, nil))(t)
	told := ""
	f.audit = func(_ context.Context, _ access.Act, what string) error { told = what; return nil }
	taken := must(f.TakeOut(t.Context(), Query{Words: "price"}, "csv", func(Hit) string { return "/here" }))(t)
	if len(taken.rows) < len(said)-1 || !strings.HasPrefix(told, "search as csv: ") {
		t.Fatalf("%d rows of %d, the log says %q", len(taken.rows), len(said), told)
	}
	rows := must(csv.NewReader(bytes.NewReader(must(taken.CSV())(t))).ReadAll())(t)
	book := must(excelize.OpenReader(bytes.NewReader(must(taken.XLSX())(t))))(t)
	sheet := must(book.GetRows("Quotes"))(t)
	for _, row := range append(rows[1:], sheet[1:]...) {
		for _, cell := range row {
			if bare := strings.TrimLeft(cell, " \""); bare != "" && strings.ContainsAny(bare[:1], "=+-@\t\r|") {
				t.Errorf("a cell is %q", cell)
			}
		}
	}
	for i := range sheet {
		for j := range sheet[i] {
			name := must(excelize.CoordinatesToCellName(j+1, i+1))(t)
			if formula := must(book.GetCellFormula("Quotes", name))(t); formula != "" {
				t.Errorf("%s works out %q", name, formula)
			}
		}
	}
	md := string(taken.Markdown())
	if strings.Contains(md, "[x](javascript") || strings.Contains(md, "<b>") || !strings.Contains(md, `\*bold\*`) {
		t.Errorf("markup goes through: %s", md)
	}
}
