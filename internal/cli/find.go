package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/web"
)

// findAsk is what was asked of one search.
type findAsk struct {
	study, side string
	filters     []*[]string // of findFilters, in their order
	limit       int
	json        bool
	export, out string
	link        string
}

// findFilters are the flags that narrow, by the filter that each one types.
var findFilters = []struct{ flag, filter, help string }{
	{"person", "person", "only what `NAME` said, under all their names"},
	{"kind", "kind", "only what was heard or marked as this `kind`"},
	{"is", "is", "only what is `kept`, suggested, dismissed or unmarked"},
	{"role", "role", "only what people of this `role` said"},
	{"account", "account", "only what people of this `firm` said"},
	{"since", "since", "only conversations of this `day`, month or year, or later; 30d is a month ago"},
	{"until", "until", "only conversations of this `day`, month or year, or earlier"},
	{"by", "by", "only what this `member` marked"},
}

func (p *program) findCommand() *cobra.Command {
	var ask findAsk
	c := &cobra.Command{
		Use:   "find [flags] [WORDS ...]",
		Short: "Find sentences in what is kept, by their words and by what they mean",
		Long: `Searches what was imported, as the browser does: sentences that hold the words,
in any inflection and small ones left out, and sentences that mean about the same
though they share no word. "Words in a row" between quotation marks and beginnings of words before a *
are meant to the letter. Evidence of a study that is not revealed stays hidden.

Filters are flags, or are typed among the words as in the browser: person:Anna,
kind:anxiety, is:kept, role:buyer, since:2026-03. Without words, everything that
fits is listed, the newest first. --export writes one row a quote, to a file
with --out.

The first time, everything is read for its meaning: some seconds for a million
words.`,
		Example: `  headway find gave up
  headway find --side theirs --study "Spring calls" too expensive
  headway find '"by hand"'
  headway find --person Anna price
  headway find --is kept --kind measure --export xlsx --out measures.xlsx`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.find(c.Context(), e, ask, strings.Join(args, " ")) })
		},
	}
	f := c.Flags()
	f.StringVar(&ask.study, "study", "", "only in the conversations of the study of this `name`")
	f.StringVar(&ask.side, "side", "", "only what this `side` said: theirs or ours")
	f.IntVar(&ask.limit, "limit", 10, "print up to `N` sentences")
	f.BoolVar(&ask.json, "json", false, "print them as JSON (docs/command-line.md)")
	for _, filter := range findFilters {
		ask.filters = append(ask.filters, f.StringSlice(filter.flag, nil, filter.help))
	}
	f.StringVar(&ask.export, "export", "", "write them as `csv`, xlsx or md, one row a quote")
	f.StringVar(&ask.out, "out", "", "write the export to this `file`; else it is printed")
	f.StringVar(&ask.link, "link", "", "links in an export begin with this `address`, such as http://127.0.0.1:8080")
	return c
}

func (p *program) find(ctx context.Context, e *engines, ask findAsk, words string) error {
	q, err := ask.query(ctx, e.flow, words)
	if err != nil {
		return err
	}
	told := make(chan struct{})
	long := time.AfterFunc(time.Second, func() {
		defer close(told)
		fmt.Fprintln(p.Err, "reading what was said for its meaning, once; then searches are quick")
	})
	err = cmp.Or(e.flow.MakeFindable(ctx), e.flow.RememberAll(ctx))
	if !long.Stop() {
		<-told // two at once would write into each other
	}
	if err != nil && headway.ErrorCode(err) != headway.Conflict { // another program is reading
		return err
	}
	if ask.export != "" {
		return p.exportFound(ctx, e, ask, q)
	}
	found, err := e.flow.Search(ctx, q)
	if err != nil {
		return err
	}
	if err := p.tellMisread(found.Misread); err != nil {
		return err
	}
	where, err := placesOf(ctx, e.flow, found.Hits, q.Through)
	if err != nil {
		return err
	}
	if found.Reading {
		fmt.Fprintln(p.Err, "another Headway is still reading sentences for their meaning: more may be found in a while")
	}
	if ask.json {
		p.tellUnsearched(found.Guessing)
		return p.printFoundJSON(found, where)
	}
	p.printFound(found, where)
	p.tellUnsearched(found.Guessing)
	return nil
}

func (ask findAsk) query(ctx context.Context, f *flow.Flow, words string) (q flow.Query, err error) {
	q = flow.Query{Words: ask.typed(words), Side: headway.Side(ask.side), Limit: ask.limit}
	if q.Words == "" && q.Side == "" && ask.study == "" {
		return q, usagef("write words to look for, or a filter such as --person NAME")
	}
	if ask.export != "" && !slices.Contains(flow.Forms(), ask.export) {
		return q, usagef("--export %s: write one of %s", shellWord(ask.export), strings.Join(flow.Forms(), ", "))
	}
	if q.Side != "" && q.Side != headway.Theirs && q.Side != headway.Ours {
		return q, usagef("--side %s: write theirs or ours", shellWord(ask.side))
	}
	if ask.limit < 1 {
		return q, usagef("--limit %d: write how many sentences, 1 or more", ask.limit)
	}
	if ask.study == "" {
		return q, nil
	}
	study, err := studyCalled(ctx, f, ask.study)
	q.Study, q.Through = study.ID, study.ID
	return q, err
}

// typed writes words and flags as one would type them in the browser.
func (ask findAsk) typed(words string) string {
	all := []string{words}
	for i, values := range ask.filters {
		for _, value := range *values {
			all = append(all, findFilters[i].filter+`:"`+strings.ReplaceAll(value, `"`, "")+`"`)
		}
	}
	return strings.TrimSpace(strings.Join(all, " "))
}

// tellMisread says what was not understood, and is an error where nothing was
// searched for it.
func (p *program) tellMisread(misread []flow.Misread) error {
	for _, m := range misread {
		if m.Halts {
			return usagef("%s", tame(m.What))
		}
		fmt.Fprintln(p.Err, tame(m.What))
	}
	return nil
}

// exportFound writes everything that is found, one row a quote.
func (p *program) exportFound(ctx context.Context, e *engines, ask findAsk, q flow.Query) error {
	base := strings.TrimSuffix(ask.link, "/")
	taken, err := e.flow.TakeOut(ctx, q, ask.export, func(h flow.Hit) string { return base + web.PlacePath(q.Through, h.Conversation, h.Span) })
	if err != nil {
		return err
	}
	if err := p.tellMisread(taken.Found.Misread); err != nil {
		return err
	}
	p.tellUnsearched(taken.Found.Guessing)
	data, err := taken.As(ask.export)
	if err != nil {
		return err
	}
	if ask.out == "" {
		_, err := p.Out.Write(data)
		return err
	}
	fmt.Fprintf(p.Err, "quotes written to %s: %d\n", tame(ask.out), len(taken.Found.Hits))
	return writeFile(ask.out, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// placesOf reads the conversations of what was found, to name places in them.
func placesOf(ctx context.Context, f *flow.Flow, hits []flow.Hit, through headway.StudyID) (places, error) {
	var all []headway.Conversation
	for _, h := range hits {
		if slices.ContainsFunc(all, func(c headway.Conversation) bool { return c.ID == h.Conversation }) {
			continue
		}
		c, _, err := f.Conversation(ctx, h.Conversation, through)
		if err != nil {
			return places{}, err
		}
		all = append(all, c)
	}
	return newPlaces(all), nil
}

func (p *program) printFound(found flow.Found, where places) {
	paper := newPaper(p.Out, p.config.Color)
	for _, h := range found.Hits {
		words, err := h.Text.Cut(h.Span)
		if err != nil {
			continue // found in words that are not as they were
		}
		side := ours
		if h.Speaker.Side == headway.Theirs {
			side = theirs
		}
		from := strings.Join(slices.DeleteFunc([]string{h.Speaker.Name, where.of(h.Span)}, func(s string) bool { return s == "" }), ", ")
		paper.par(0, 2, run{side, "“" + words.String() + "”"}, run{faint, "(" + strings.Join(append([]string{from}, foundBy(h)...), "; ") + ")"})
	}
	switch {
	case len(found.Hits) == 0 && found.Listed:
		fmt.Fprintln(p.Err, "nothing fits these filters: fewer of them may find something")
	case len(found.Hits) == 0:
		fmt.Fprintln(p.Err, "nothing was found that holds these words or means about the same: fewer or other words may find it")
	case found.Capped:
		fmt.Fprintln(p.Err, "too many places hold the words to weigh them all, so the newest come first; a rarer word narrows it")
	}
}

// tellUnsearched says what was not searched, and how it can be.
func (p *program) tellUnsearched(guessing []headway.Study) {
	for _, s := range guessing {
		name := tame(s.Name)
		fmt.Fprintf(p.Err, "not searched: the study %q, whose guesses are not sealed. Seal them in the browser (headway), or look without guessing: headway import --study %s --skip\n", name, shellWord(name))
	}
}

// foundWays says how a sentence was found; nothing where it was listed.
func foundWays(h flow.Hit) (by []string) {
	if h.ByWords() {
		by = append(by, "words")
	}
	if h.ByMeaning {
		by = append(by, "meaning")
	}
	return by
}

// foundBy says the same in words.
func foundBy(h flow.Hit) []string {
	if ways := foundWays(h); len(ways) > 0 {
		return []string{"by " + strings.Join(ways, " and ")}
	}
	return nil
}

// foundSentence is one line of `find --json`.
type foundSentence struct {
	File         string                 `json:"file"`
	Place        string                 `json:"place"`
	Conversation headway.ConversationID `json:"conversation"`
	Speaker      string                 `json:"speaker"`
	Side         headway.Side           `json:"side"`
	Words        headway.Quote          `json:"words"` // span and text
	By           []string               `json:"by"`
}

func (p *program) printFoundJSON(found flow.Found, where places) error {
	e := jsonTo(p.Out)
	for _, h := range found.Hits {
		words, err := h.Text.Cut(h.Span)
		if err != nil {
			return err
		}
		line := foundSentence{File: h.File, Place: where.of(h.Span), Conversation: h.Conversation,
			Speaker: h.Speaker.Name, Side: h.Speaker.Side, Words: words, By: foundWays(h)}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
