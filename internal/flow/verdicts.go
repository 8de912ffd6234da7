package flow

import (
	"cmp"
	"context"
	"hash/crc32"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/store"
)

// A quarter of the conversations, by their ids, is never learned from: what the
// others teach is measured there. To learn takes so many verdicts, and so many
// there; fewer taught as often nothing as something (decision 10).
const (
	learnsFrom = 50
	measuredOn = 10
	apartOneIn = 4
)

// heldApart says whether a conversation is never learned from.
func heldApart(id headway.ConversationID) bool { return ownDraw(id)%apartOneIn == 0 }

func ownDraw(id headway.ConversationID) uint32 { return crc32.ChecksumIEEE([]byte(id)) }

// given are the verdicts that members gave on suggestions, to learn from and
// held back, and the conversations of the former.
type given struct {
	learning, apart []hear.Judged
	from            []headway.ConversationID
}

// enough says how many more verdicts it takes, if any; held names some of the
// conversations that are held back.
func (g given) enough(held []string) error {
	learn, apart := max(learnsFrom-len(g.learning), 0), max(measuredOn-len(g.apart), 0)
	if learn+apart == 0 {
		return nil
	}
	judged := len(g.learning) + len(g.apart)
	if learn == 0 && len(held) == 0 {
		return headway.Errorf(headway.Invalid, "there are too few conversations: a quarter of them, by their ids, is held back to see whether it helps, and none of these is: bring more")
	}
	if learn == 0 {
		return headway.Errorf(headway.Invalid, "%d suggestions are judged, but only %d of them in the quarter of conversations that is held back to see whether it helps: keep or dismiss %d there, for instance in %s", judged, len(g.apart), apart, strings.Join(held, "; "))
	}
	return headway.Errorf(headway.Invalid, "%d suggestions are judged, too few to learn from: keep or dismiss %d more, of several conversations, under They said", judged, learn+apart)
}

// enoughVerdicts gives the verdicts if there are enough to learn from, else
// says how many more it takes.
func (f *Flow) enoughVerdicts(ctx context.Context, ops []headway.Operation) (given, error) {
	g, err := f.verdicts(ctx, ops)
	if err != nil {
		return g, err
	}
	held, err := f.someHeldApart(ctx)
	if err != nil {
		return g, err
	}
	return g, g.enough(held)
}

// verdicts gathers the newest verdicts on what customers' sentences show.
// A verdict on what nobody suggested teaches nothing, since nobody judged the
// sentences beside it.
func (f *Flow) verdicts(ctx context.Context, ops []headway.Operation) (g given, err error) {
	judged, err := f.judgedPlaces(ctx, deed.NewJudgements(ops))
	if err != nil {
		return g, err
	}
	for _, at := range judged {
		all, err := f.judgedIn(ctx, at)
		if err != nil {
			return g, err
		}
		switch {
		case len(all) == 0:
		case heldApart(at.conversation):
			g.apart = append(g.apart, all...)
		default:
			g.learning = append(g.learning, all...)
			g.from = append(g.from, at.conversation)
		}
	}
	return g, nil
}

// judgedConversation is what members said of one conversation's sentences.
type judgedConversation struct {
	conversation headway.ConversationID
	places       []judgedPlace
}

type judgedPlace struct {
	at     headway.Span
	kind   int
	kept   bool
	hearer deed.Hearer
}

// judgedPlaces gathers verdicts by conversation, in order of ids.
func (f *Flow) judgedPlaces(ctx context.Context, j deed.Judgements) ([]judgedConversation, error) {
	by := map[headway.ConversationID][]judgedPlace{}
	in := map[headway.TextID]headway.ConversationID{}
	for kind, label := range headway.Kinds() {
		for at, verdict := range j.Labels[label] {
			if _, known := in[at.Text]; !known {
				place, err := f.store.Text(ctx, f.ws, at.Text)
				if err != nil && headway.ErrorCode(err) != headway.NotFound {
					return nil, err
				}
				in[at.Text] = place.Conversation // none of what was removed
			}
			if id := in[at.Text]; id != "" {
				by[id] = append(by[id], judgedPlace{at, kind, verdict == headway.Kept, j.Heard[label][at]})
			}
		}
	}
	var all []judgedConversation
	for id, places := range by {
		slices.SortFunc(places, func(a, b judgedPlace) int {
			return cmp.Or(cmp.Compare(a.at.Text, b.at.Text), cmp.Compare(a.at.Start, b.at.Start), cmp.Compare(a.kind, b.kind))
		})
		all = append(all, judgedConversation{id, places})
	}
	slices.SortFunc(all, func(a, b judgedConversation) int { return cmp.Compare(a.conversation, b.conversation) })
	return all, nil
}

// judgedIn gives the verdicts on one conversation's suggestions, with what each
// sentence was heard from and its score by the careful pass as it comes.
func (f *Flow) judgedIn(ctx context.Context, in judgedConversation) ([]hear.Judged, error) {
	c, err := f.store.Conversation(ctx, f.ws, in.conversation)
	if headway.ErrorCode(err) == headway.NotFound {
		return nil, nil // it was removed meanwhile
	}
	if err != nil {
		return nil, err
	}
	rows, stand := hear.Rows(&c)
	theirs := map[headway.Span]hear.Row{}
	for i, s := range stand {
		if s.Side == headway.Theirs {
			theirs[s.Span] = rows[i]
		}
	}
	var read []hear.Row
	for _, p := range in.places {
		if row, there := theirs[p.at]; there {
			read = append(read, row)
		}
	}
	scores := f.scores(read)
	var all []hear.Judged
	for _, p := range in.places {
		row, there := theirs[p.at]
		if !there {
			continue // it is nobody's of theirs any more
		}
		kind := headway.Kinds()[p.kind]
		if suggested(hear.CarefulSuggested(scores[row]), kind) || strings.Contains(p.hearer.By, ownVersionTag) {
			all = append(all, hear.Judged{Row: row, Kind: p.kind, Score: scores[row][p.kind].Score, Kept: p.kept, Part: int(ownDraw(in.conversation) / apartOneIn % 1000)})
		}
	}
	return all, nil
}

func suggested(all []headway.Scored, kind headway.Label) bool {
	return slices.ContainsFunc(all, func(s headway.Scored) bool { return s.Label == kind })
}

// scores gives every kind of each row, and remembers them: the page that tells
// of own labels asks again and again.
func (f *Flow) scores(rows []hear.Row) map[hear.Row][]headway.Scored {
	f.mu.Lock()
	scores := map[hear.Row][]headway.Scored{}
	var fresh []hear.Row
	for _, r := range rows {
		if scores[r] = f.scored[r]; scores[r] == nil {
			fresh = append(fresh, r)
		}
	}
	f.mu.Unlock()
	if len(fresh) == 0 {
		return scores
	}
	heard := f.teaching.Rows(fresh)
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, r := range fresh {
		scores[r], f.scored[r] = heard[i], heard[i]
	}
	return scores
}

// figures counts what is held back before and after, and says whether it is
// better after: likelier as a whole, and what counts is no worse.
func (g given) figures(own hear.Own) (figures []OwnFigure, better bool) {
	all := OwnFigure{}
	each := make([]OwnFigure, len(headway.Kinds()))
	for _, j := range g.learning {
		all.Judged++
		each[j.Kind].Judged++
	}
	before, after := 0.0, 0.0
	for _, j := range g.apart {
		was, is := (hear.Own{}).Judge(j), own.Judge(j)
		before += surprise(was.Score, j.Kept)
		after += surprise(is.Score, j.Kept)
		all.add(j.Kept, was.Counted, is.Counted)
		each[j.Kind].add(j.Kept, was.Counted, is.Counted)
	}
	figures = []OwnFigure{all}
	for i, kind := range headway.Kinds() {
		if each[i].Judged > 0 {
			each[i].Kind = kind
			figures = append(figures, each[i])
		}
	}
	return figures, after < before && all.f1(all.After) >= all.f1(all.Before)
}

// surprise is how unlikely a verdict was, in nats.
func surprise(score float64, kept bool) float64 {
	if !kept {
		score = 1 - score
	}
	return -math.Log(max(score, 1e-9))
}

// add counts a verdict that was held back.
func (o *OwnFigure) add(kept, before, after bool) {
	o.Judged++
	o.HeldBack++
	if kept {
		o.Kept++
	}
	o.Before.add(before, kept)
	o.After.add(after, kept)
}

func (c *OwnCount) add(counted, kept bool) {
	if counted {
		c.Counted++
		if kept {
			c.Right++
		}
	}
}

func (o OwnFigure) f1(c OwnCount) float64 {
	return float64(2*c.Right) / float64(max(1, c.Counted+o.Kept))
}

// someHeldApart names a few of the conversations that are never learned from
// and can be judged: a title may be a customer's words, and evidence.
func (f *Flow) someHeldApart(ctx context.Context) (names []string, err error) {
	hidden, err := f.hidden(ctx, nil, "")
	if err != nil {
		return nil, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{})
	for _, h := range heads {
		if len(names) < 3 && heldApart(h.ID) && hidden[h.ID] == "" {
			name := cmp.Or(h.Title, h.File)
			if h.Row > 0 {
				name += ", row " + strconv.Itoa(h.Row)
			}
			names = append(names, name)
		}
	}
	return names, err
}
