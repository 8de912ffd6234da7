package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// findAsk is what was asked of one search.
type findAsk struct {
	study, side string
	limit       int
	json        bool
}

func (p *program) findCommand() *cobra.Command {
	var ask findAsk
	c := &cobra.Command{
		Use:   "find [flags] WORDS ...",
		Short: "Find sentences in what is kept, by their words and by what they mean",
		Long: `Searches what was imported, as the browser does: sentences that hold the words,
in any inflection and small ones left out, and sentences that mean about the same
though they share no word. "Words in a row" between quotation marks and beginnings of words before a *
are meant to the letter. Evidence of a study that is not revealed stays hidden.

The first time, everything is read for its meaning: some seconds for a million
words.`,
		Example: `  headway find gave up
  headway find --side theirs --study "Spring calls" too expensive
  headway find '"by hand"'`,
		Args: atLeastOne("words to look for"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.find(c.Context(), e, ask, strings.Join(args, " ")) })
		},
	}
	f := c.Flags()
	f.StringVar(&ask.study, "study", "", "only in the conversations of the study of this `name`")
	f.StringVar(&ask.side, "side", "", "only what this `side` said: theirs or ours")
	f.IntVar(&ask.limit, "limit", 10, "print up to `N` sentences")
	f.BoolVar(&ask.json, "json", false, "print them as JSON (docs/command-line.md)")
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
	err = e.flow.RememberAll(ctx)
	if !long.Stop() {
		<-told // two at once would write into each other
	}
	if err != nil && headway.ErrorCode(err) != headway.Conflict { // another program is reading
		return err
	}
	found, err := e.flow.Search(ctx, q)
	if err != nil {
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
	q = flow.Query{Words: words, Side: headway.Side(ask.side), Limit: ask.limit}
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
		paper.par(0, 2, run{side, "“" + words.String() + "”"}, run{faint, "(" + from + "; by " + strings.Join(foundBy(h), " and ") + ")"})
	}
	switch {
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

// foundBy says how a sentence was found.
func foundBy(h flow.Hit) (by []string) {
	if h.ByWords() {
		by = append(by, "words")
	}
	if h.ByMeaning {
		by = append(by, "meaning")
	}
	return by
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
	e := json.NewEncoder(p.Out)
	e.SetEscapeHTML(false)
	for _, h := range found.Hits {
		words, err := h.Text.Cut(h.Span)
		if err != nil {
			return err
		}
		line := foundSentence{File: h.File, Place: where.of(h.Span), Conversation: h.Conversation,
			Speaker: h.Speaker.Name, Side: h.Speaker.Side, Words: words, By: foundBy(h)}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
