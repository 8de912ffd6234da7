package flow

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// MostTaken is how many quotes are taken out at most.
const MostTaken = 5000

// TakeOut is what a search found, to be taken along: one row a quote.
type TakeOut struct {
	Query string
	Found Found
	rows  [][]string
}

// takeOutColumns head the rows.
var takeOutColumns = []string{
	"quote", "link", "person", "role", "account", "side", "study", "conversation", "date", "time in recording",
	"kept as", "suggested as", "who marked", "n of people",
}

// TakeOut searches and makes a row of each quote, of at most MostTaken. link gives
// the address at which the words are shown. Whoever asks is written down in the
// log of what was taken out. Invalid where the search was typed wrong.
func (f *Flow) TakeOut(ctx context.Context, q Query, form string, link func(Hit) string) (TakeOut, error) {
	q.Limit = MostTaken
	found, err := f.Search(ctx, q)
	if err != nil {
		return TakeOut{}, err
	}
	if err := found.Wrong(); err != nil {
		return TakeOut{}, err
	}
	t := TakeOut{Query: q.Words, Found: found}
	describe, err := f.describing(ctx, found.Hits)
	if err != nil {
		return TakeOut{}, err
	}
	texts := mirror.Texts{}
	for _, h := range found.Hits {
		texts[h.Text.ID] = h.Text
	}
	for _, h := range found.Hits {
		row := append([]string{texts.Quote(h.Span).String(), link(h)}, describe(h)...)
		t.rows = append(t.rows, append(row, strconv.Itoa(found.People)))
	}
	if f.audit == nil {
		return t, nil
	}
	return t, f.audit(ctx, access.Exported, fmt.Sprintf("search as %s: %d quotes", form, len(t.rows)))
}

// describing gives what a row says of a quote beside its words: of its person,
// its place and its labels.
func (f *Flow) describing(ctx context.Context, hits []Hit) (func(Hit) []string, error) {
	everybody, err := f.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	people := map[headway.PersonID]Person{}
	for _, p := range everybody.People {
		people[p.ID] = p
	}
	studies, err := f.studiesOf(ctx, hits)
	if err != nil {
		return nil, err
	}
	members, err := f.memberNames(ctx)
	if err != nil {
		return nil, err
	}
	return func(h Hit) []string {
		p := people[h.Person]
		kept, suggested, by := labelsOf(h, members)
		return []string{
			cmp.Or(p.Name(), h.Speaker.Name), string(p.Role), p.Firm.Name, string(h.Speaker.Side), strings.Join(studies[h.Conversation], "; "),
			conversationName(h), dayOf(h.Date), recorded(h), kept, suggested, by,
		}
	}, nil
}

// studiesOf names the studies that hold conversations and guess no more.
func (f *Flow) studiesOf(ctx context.Context, hits []Hit) (map[headway.ConversationID][]string, error) {
	var ids []headway.ConversationID
	for _, h := range hits {
		ids = append(ids, h.Conversation)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	studies, err := f.Studies(ctx)
	if err != nil {
		return nil, err
	}
	names := map[headway.ConversationID][]string{}
	for _, s := range studies {
		if !s.Phase.Revealed() {
			continue
		}
		heads, err := f.heads(ctx, store.ConversationFilter{Study: s.ID, IDs: ids})
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			names[h.ID] = append(names[h.ID], s.Name)
		}
	}
	return names, nil
}

// memberNames gives what members are called.
func (f *Flow) memberNames(ctx context.Context) (map[headway.MemberID]string, error) {
	all, err := f.store.Members(ctx, f.ws)
	names := map[headway.MemberID]string{}
	for _, m := range all {
		names[m.ID] = m.Name
	}
	return names, err
}

func labelsOf(h Hit, members map[headway.MemberID]string) (kept, suggested, by string) {
	var keeps, suggests, who []string
	for _, l := range h.Labels {
		switch l.Is {
		case IsKept:
			keeps = append(keeps, string(l.Label))
		case IsSuggested:
			suggests = append(suggests, string(l.Label))
		}
		if name := cmp.Or(members[l.By], string(l.By)); name != "" && !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	return strings.Join(keeps, "; "), strings.Join(suggests, "; "), strings.Join(who, "; ")
}

func conversationName(h Hit) string {
	name := cmp.Or(h.Title, h.File)
	if h.Row > 0 {
		name += ", row " + strconv.Itoa(h.Row)
	}
	return name
}

func dayOf(d headway.Date) string {
	if d.Time.IsZero() {
		return ""
	}
	return d.Time.Format(time.DateOnly)
}

// recorded writes when something was said, as 1:02:03.
func recorded(h Hit) string {
	if !h.Timed {
		return ""
	}
	s := h.MS / 1000
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// Forms lists the forms in which it can be taken along.
func Forms() []string { return []string{"csv", "xlsx", "md"} }

// As writes it in one of the Forms.
func (t TakeOut) As(form string) ([]byte, error) {
	switch form {
	case "csv":
		return t.CSV()
	case "xlsx":
		return t.XLSX()
	case "md":
		return t.Markdown(), nil
	}
	return nil, headway.Errorf(headway.Invalid, "%q is no form to take quotes along in: write one of %s", form, strings.Join(Forms(), ", "))
}

// CSV writes the rows for a spreadsheet.
func (t TakeOut) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff") // by which spreadsheets know UTF-8
	w := csv.NewWriter(&out)
	for _, row := range append([][]string{takeOutColumns}, t.rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = harmless(cell)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// harmless keeps a spreadsheet from taking a cell for a formula: what was said may
// begin with any sign, and a formula can send what stands beside it elsewhere.
// After OWASP, "CSV Injection"; leading blanks and signs as wide as ideographs
// count too, since some spreadsheets pass over them.
func harmless(cell string) string {
	bare := strings.TrimLeft(cell, " \u00a0\u200b\ufeff\u3000\"'")
	if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") || strings.HasPrefix(cell, "\n") ||
		bare != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠|%", []rune(bare)[0]) {
		return "'" + cell
	}
	return cell
}

// XLSX writes the rows as a workbook of one sheet. Every cell is text: none is
// ever worked out.
func (t TakeOut) XLSX() ([]byte, error) {
	x := excelize.NewFile()
	defer x.Close()
	const sheet = "Quotes"
	if err := x.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	w, err := x.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	if err := w.SetColWidth(1, 1, 80); err != nil {
		return nil, err
	}
	for i, row := range append([][]string{takeOutColumns}, t.rows...) {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = withoutControls(harmless(cell))
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	out, err := x.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// withoutControls leaves out what a workbook's XML cannot hold, and cuts what is
// longer than a cell may be.
func withoutControls(cell string) string {
	cell = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return ' '
		}
		return r
	}, cell)
	if points := []rune(cell); len(points) > excelize.TotalCellChars {
		return string(points[:excelize.TotalCellChars-1]) + "…"
	}
	return cell
}

// Markdown writes each quote with where it stands below it.
func (t TakeOut) Markdown() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n", Markdown(cmp.Or(strings.TrimSpace(t.Query), "What was said")))
	fmt.Fprintf(&out, "%d quotes of %d people\n", len(t.rows), t.Found.People)
	for _, row := range t.rows {
		out.WriteString("\n> " + strings.ReplaceAll(Markdown(row[0]), "\n", "\n> ") + "\n>\n")
		from := slices.DeleteFunc([]string{row[2], row[3], row[4], row[5], row[7], row[8], row[9]}, func(s string) bool { return s == "" })
		fmt.Fprintf(&out, "> — %s ([where](<%s>))", Markdown(strings.Join(from, ", ")), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(row[1]))
		for i, label := range []string{"kept as", "suggested as"} {
			if row[10+i] != "" {
				fmt.Fprintf(&out, "; %s %s", label, Markdown(row[10+i]))
			}
		}
		out.WriteString("\n")
	}
	return out.Bytes()
}

// Markdown keeps words from being taken for markup.
func Markdown(words string) string {
	var b strings.Builder
	for _, r := range words {
		if strings.ContainsRune("\\`*_{}[]<>()#+-.!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
