package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

func (p *program) briefCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "brief [flags] PERSON|ACCOUNT",
		Short: "Print one customer on one page, for the next call",
		Long: `Prints what one customer is trying to get done, how they will know it worked and
when they last confirmed it, what they asked for, what worries them, what we
promised, got wrong and sent back, and what was never asked: their words only, what
a member kept before what was heard and nobody checked.

PERSON is a name, an e-mail address or an id; ACCOUNT the name of their firm. People
of a study that still guesses are not shown.`,
		Example: `  headway brief "Ute Lind"
  headway brief --json "Aurora Crates"`,
		Args: atLeastOne("whose page to print: a name, an e-mail address or a firm"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.brief(c.Context(), e.flow, strings.Join(args, " "), asJSON) })
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON (docs/command-line.md)")
	return c
}

func (p *program) brief(ctx context.Context, f *flow.Flow, who string, asJSON bool) error {
	c, err := customerCalled(ctx, f, who)
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(newBrief(c))
	}
	p.printBrief(c)
	return nil
}

// customerCalled finds an account or a person by what they are called.
func customerCalled(ctx context.Context, f *flow.Flow, who string) (*flow.Customer, error) {
	everybody, err := f.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range everybody.Accounts {
		if strings.EqualFold(a.Name, who) {
			return f.Account(ctx, a.ID)
		}
	}
	if p, err := everybody.Person(headway.PersonID(who)); err == nil {
		return f.Customer(ctx, p.ID)
	}
	found := everybody.Named(who)
	if whole := slices.DeleteFunc(slices.Clone(found), func(p flow.Person) bool { return !goesBy(p, who) }); len(whole) > 0 {
		found = whole
	}
	switch len(found) {
	case 0:
		return nil, headway.Errorf(headway.NotFound, "nobody is called %q in the conversations that may be shown; `headway find` searches what was said", tame(who))
	case 1:
		return f.Customer(ctx, found[0].ID)
	}
	return nil, headway.Errorf(headway.Conflict, "%d people are called so; name one by id: %s", len(found), tame(candidates(found)))
}

func goesBy(p flow.Person, who string) bool {
	return slices.ContainsFunc(slices.Concat(p.Names, p.Emails, p.Keys), func(name string) bool { return strings.EqualFold(name, who) })
}

// candidates lists people to choose from, at most ten.
func candidates(found []flow.Person) string {
	var all []string
	for _, p := range found[:min(len(found), 10)] {
		where := ""
		if len(p.Conversations) > 0 {
			where = ", " + p.Conversations[0].File
		}
		all = append(all, fmt.Sprintf("%s (%s%s)", p.ID, p.Name(), where))
	}
	return strings.Join(all, "; ")
}

// briefSection is what stands under one heading of a brief.
type briefSection struct {
	heading string
	kinds   []headway.Label
}

var briefSections = []briefSection{
	{"What they are trying to get done", []headway.Label{headway.Motivation, headway.Situation, headway.Result}},
	{"What they asked for", []headway.Label{headway.Request}},
	{"How they will know it worked", []headway.Label{headway.Measure}},
	{"What worries them", []headway.Label{headway.Anxiety, headway.Struggle}},
}

// perBriefSection is how many lines of a kind a brief prints.
const perBriefSection = 4

func (p *program) printBrief(c *flow.Customer) {
	paper, where := newPaper(p.Out, p.config.Color), newPlaces(conversationsOf(c))
	paper.head(called(c))
	for _, section := range briefSections {
		paper.head(section.heading)
		printed := 0
		for _, kind := range section.kinds {
			said := c.Of(kind)
			for _, l := range said.Lines[:min(len(said.Lines), perBriefSection)] {
				paper.par(2, 4, run{theirs, "“" + c.Words(l.Span).String() + "”"}, run{faint, "(" + notes(l, where) + ")"})
				printed++
			}
			if left := len(said.Lines) - perBriefSection; left > 0 {
				paper.par(2, 4, run{faint, fmt.Sprintf("and %d more, %d kept and %d unchecked in all", left, said.Kept, said.Heard())})
			}
		}
		if printed == 0 {
			paper.par(2, 4, run{faint, "not heard yet"})
		}
	}
	p.printDealings(paper, c, where)
	paper.head("Never asked")
	var never []string
	for _, gap := range c.NeverAsked {
		never = append(never, mirror.Words(gap.Slot).Said)
	}
	if len(never) == 0 {
		never = []string{"nothing that was not asked, or perhaps was"}
	}
	paper.par(2, 4, run{plain, strings.Join(never, " · ")})
	for i, q := range c.Next {
		paper.par(2, 5, run{plain, fmt.Sprintf("%d. %s", i+1, q.Text)})
	}
}

// printDealings prints what passed between them and us, as far as anything did.
func (p *program) printDealings(paper *paper, c *flow.Customer, where places) {
	quote := func(l customer.Line, whose ink) {
		paper.par(2, 4, run{whose, "“" + c.Words(l.Span).String() + "”"}, run{faint, "(" + where.of(l.Span) + ")"})
	}
	section := func(heading string, n int) bool {
		if n > 0 {
			paper.head(heading)
		}
		return n > 0
	}
	if section("What we promised", len(c.Promises)) {
		for _, promise := range c.Promises {
			quote(promise.Line, ours)
		}
	}
	if section("What we got wrong", len(c.Repairs)) {
		for _, r := range c.Repairs {
			quote(r.Told, theirs)
			quote(r.Wrong, ours)
		}
	}
	if section("What we sent back to them", len(c.PlayBacks)) {
		for _, sent := range c.PlayBacks {
			paper.par(2, 4, run{plain, "sent on " + sent.At.Format(time.DateOnly) + "; " + answered(sent.Reply)})
			for _, l := range sent.Lines {
				quote(l, theirs)
			}
		}
	}
	if section("Where something became clear to them", len(c.Wows)) {
		for _, wow := range c.Wows[:min(len(c.Wows), perBriefSection)] {
			quote(wow.Line, theirs)
		}
	}
}

func answered(r customer.Reply) string {
	switch r.Verdict {
	case headway.Supports:
		return "they said yes"
	case headway.Partly:
		return "they said partly"
	case headway.Contradicts:
		return "they said no"
	}
	return "nothing came back yet"
}

// notes says where a line stands, how sure it is, and of a measure when it was
// confirmed.
func notes(l customer.Line, where places) string {
	all := []string{where.of(l.Span)}
	if l.Kept {
		all = append(all, "kept")
	} else {
		all = append(all, "heard by "+l.By+", unchecked")
	}
	if l.Kind == headway.Measure {
		all = append(all, "confirmed "+confirmedOn(l))
	}
	return strings.Join(all, "; ")
}

func confirmedOn(l customer.Line) string {
	if l.Confirmed.IsZero() {
		return "never"
	}
	return l.Confirmed.Format(time.DateOnly)
}

func called(c *flow.Customer) string {
	if c.Firm.Name != "" {
		return c.Firm.Name
	}
	if name := c.People[0].Name(); name != "" {
		return name
	}
	return string(c.People[0].ID)
}

func conversationsOf(c *flow.Customer) (all []headway.Conversation) {
	for _, talk := range c.Talks {
		all = append(all, *talk.Conversation)
	}
	return all
}

// brief is one customer as `brief --json` prints it.
type brief struct {
	Name          string            `json:"name"`
	People        []briefPerson     `json:"people"`
	Conversations int               `json:"conversations"`
	Said          []briefSaid       `json:"said"`
	Promises      []headway.Quote   `json:"promises"`
	Wrong         []briefWrong      `json:"wrong"`
	PlayBacks     []briefPlayBack   `json:"play_backs"`
	Differences   []briefDifference `json:"differences,omitempty"`
	NeverAsked    []headway.Label   `json:"never_asked"`
	Next          []string          `json:"next_questions"`
}

type briefPerson struct {
	ID    headway.PersonID `json:"id"`
	Names []string         `json:"names"`
	Role  headway.Role     `json:"role,omitempty"`
}

type briefSaid struct {
	Kind  headway.Label `json:"kind"`
	Kept  int           `json:"kept"`
	Heard int           `json:"heard"`
	Lines []briefLine   `json:"lines"`
}

type briefLine struct {
	Words     headway.Quote `json:"words"`
	Place     string        `json:"place"`
	Kept      bool          `json:"kept"`
	By        string        `json:"by,omitempty"`
	Confirmed string        `json:"confirmed,omitempty"` // of a measure: a day, or never
}

type briefWrong struct {
	Told headway.Quote `json:"told"`
	Ours headway.Quote `json:"ours"`
}

type briefPlayBack struct {
	Sent   string          `json:"sent"`
	Words  []headway.Quote `json:"words"`
	Reply  headway.Verdict `json:"reply,omitempty"`
	Answer *headway.Quote  `json:"answer,omitempty"`
}

type briefDifference struct {
	Matter  string          `json:"matter"`
	Roles   [2]headway.Role `json:"roles"`
	Words   []headway.Quote `json:"words"`
	Nearest float64         `json:"nearest"`
}

func newBrief(c *flow.Customer) brief {
	where := newPlaces(conversationsOf(c))
	b := brief{
		Name: called(c), Conversations: c.Own, People: []briefPerson{}, Said: []briefSaid{}, Promises: []headway.Quote{},
		Wrong: []briefWrong{}, PlayBacks: []briefPlayBack{}, NeverAsked: []headway.Label{}, Next: []string{},
	}
	for _, p := range c.People {
		b.People = append(b.People, briefPerson{p.ID, p.Names, p.Role})
	}
	for _, said := range c.Said {
		s := briefSaid{said.Kind, said.Kept, said.Heard(), []briefLine{}}
		for _, l := range said.Lines {
			line := briefLine{Words: c.Words(l.Span), Place: where.of(l.Span), Kept: l.Kept, By: l.By}
			if l.Kind == headway.Measure {
				line.Confirmed = confirmedOn(l)
			}
			s.Lines = append(s.Lines, line)
		}
		b.Said = append(b.Said, s)
	}
	for _, promise := range c.Promises {
		b.Promises = append(b.Promises, c.Words(promise.Span))
	}
	for _, r := range c.Repairs {
		b.Wrong = append(b.Wrong, briefWrong{c.Words(r.Told.Span), c.Words(r.Wrong.Span)})
	}
	for _, sent := range c.PlayBacks {
		b.PlayBacks = append(b.PlayBacks, newBriefPlayBack(c, sent))
	}
	for _, d := range c.Differences {
		b.Differences = append(b.Differences, briefDifference{d.Matter, [2]headway.Role{d.One, d.Two}, []headway.Quote{c.Words(d.A.Span), c.Words(d.B.Span)}, d.Nearest})
	}
	for _, gap := range c.NeverAsked {
		b.NeverAsked = append(b.NeverAsked, gap.Slot)
	}
	for _, q := range c.Next {
		b.Next = append(b.Next, q.Text)
	}
	return b
}

func newBriefPlayBack(c *flow.Customer, sent customer.PlayBack) briefPlayBack {
	b := briefPlayBack{Sent: sent.At.Format(time.DateOnly), Words: []headway.Quote{}, Reply: sent.Reply.Verdict}
	for _, l := range sent.Lines {
		b.Words = append(b.Words, c.Words(l.Span))
	}
	if answer := c.Words(sent.Reply.Answer.Span); !answer.IsZero() {
		b.Answer = &answer
	}
	return b
}
