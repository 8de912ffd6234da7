package flow

import (
	"cmp"
	"context"
	"encoding/json"
	"hash/crc32"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/store"
)

// Teaching lets a team's own verdicts correct the careful pass.
type Teaching struct {
	// Rows gives every label of each row by the careful pass as it comes.
	Rows    func([]hear.Row) [][]headway.Scored
	Version func(number int) string // of the pass as corrected
	Hear    func(c *headway.Conversation, number int, own hear.Own) headway.Hearing
}

// A quarter of the conversations, by their ids, is never learned from: what the
// others teach is measured there. To learn takes so many verdicts, and so many
// there; fewer taught as often nothing as something (decision 10).
const (
	learnsFrom = 50
	measuredOn = 10
	apartOneIn = 4
)

// What was learned is kept by number, and what was heard with it apart from
// what was heard as it comes, to go back to.
const (
	stepOwn, ownFormat = "own", "1"
	stepHearOwn        = "hear own"
	ownVersionTag      = ", own "
)

// heldApart says whether a conversation is never learned from.
func heldApart(id headway.ConversationID) bool { return ownDraw(id)%apartOneIn == 0 }

func ownDraw(id headway.ConversationID) uint32 { return crc32.ChecksumIEEE([]byte(id)) }

// OwnLabels is what was learned at one time from the members' verdicts on what
// customers' sentences show.
type OwnLabels struct {
	Number   int              `json:"number"`
	At       time.Time        `json:"at"`
	Member   headway.MemberID `json:"member"`
	Learned  int              `json:"learned"`  // verdicts that taught
	HeldBack int              `json:"heldBack"` // verdicts that it was measured on
	Figures  []OwnFigure      `json:"figures"`  // on those held back: all kinds together, then each that was judged
	Better   bool             `json:"better"`   // on those held back: worth using
	Hears    string           `json:"hears"`    // the version of the pass that it corrects

	From    []headway.ConversationID `json:"from,omitempty"` // whose words taught
	Seq     int64                    `json:"seq"`            // the last operation it knew
	Weights *hear.Own                `json:"weights,omitempty"`
	Gone    string                   `json:"gone,omitempty"` // why it cannot be used, in words
}

// OwnFigure is how one kind was heard in what is held back, before and after.
type OwnFigure struct {
	Kind          headway.Label `json:"kind"` // "" for all together
	Judged        int           `json:"judged"`
	HeldBack      int           `json:"heldBack"`
	Kept          int           `json:"kept"` // of those held back
	Before, After OwnCount
}

// OwnCount is how many of the held-back verdicts lie on what counts unchecked,
// and on how many of those it was kept.
type OwnCount struct {
	Counted int `json:"counted"`
	Right   int `json:"right"`
}

// Taught is the state of own labels.
type Taught struct {
	Learning, Apart int         // verdicts to learn from, and held back
	More            int         // how many more it takes to learn; 0 where there are enough
	Held            []string    // some conversations that are held back, where too few of those were judged
	InUse           int         // the number in use, 0 for none
	Lost            string      // why what was put to use is used no longer, in words
	All             []OwnLabels // newest first
}

// Judged is how many verdicts teach or measure.
func (t Taught) Judged() int { return t.Learning + t.Apart }

// Taught tells what was judged, learned and put to use.
func (f *Flow) Taught(ctx context.Context) (t Taught, err error) {
	if t.All, err = f.ownLabels(ctx); err != nil {
		return t, err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return t, err
	}
	if put := putToUse(ops); put != 0 {
		if i := slices.IndexFunc(t.All, func(o OwnLabels) bool { return o.Number == put }); i < 0 {
			t.Lost = "own " + strconv.Itoa(put) + " was learned in another workspace, and never left it"
		} else if t.All[i].Gone != "" {
			t.Lost = "own " + strconv.Itoa(put) + " " + t.All[i].Gone
		} else {
			t.InUse = put
		}
	}
	if f.teaching.Hear == nil {
		return t, nil
	}
	given, err := f.verdicts(ctx, ops)
	if err != nil {
		return t, err
	}
	t.Learning, t.Apart = len(given.learning), len(given.apart)
	t.More = max(learnsFrom-t.Learning, 0) + max(measuredOn-t.Apart, 0)
	if t.Apart < measuredOn {
		t.Held, err = f.someHeldApart(ctx)
	}
	return t, err
}

// someHeldApart names a few of the conversations that are never learned from.
func (f *Flow) someHeldApart(ctx context.Context) (names []string, err error) {
	heads, err := f.heads(ctx, store.ConversationFilter{})
	for _, h := range heads {
		if len(names) < 3 && heldApart(h.ID) {
			name := cmp.Or(h.Title, h.File)
			if h.Row > 0 {
				name += ", row " + strconv.Itoa(h.Row)
			}
			names = append(names, name)
		}
	}
	return names, err
}

// Train learns from the members' verdicts and measures that on those held back.
// It is kept, and not put to use. Invalid where there are too few verdicts, or
// where they teach nothing. The same verdicts are learned from once.
func (f *Flow) Train(ctx context.Context) (OwnLabels, error) {
	if f.teaching.Hear == nil {
		return OwnLabels{}, headway.Errorf(headway.Unavailable, "nothing here can learn")
	}
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return OwnLabels{}, err
	}
	given, err := f.verdicts(ctx, ops)
	if err != nil {
		return OwnLabels{}, err
	}
	held, err := f.someHeldApart(ctx)
	if err != nil {
		return OwnLabels{}, err
	}
	if err := given.enough(held); err != nil {
		return OwnLabels{}, err
	}
	all, err := f.ownLabels(ctx)
	if err != nil {
		return OwnLabels{}, err
	}
	weights := hear.FitOwn(given.learning)
	if weights.IsZero() {
		return OwnLabels{}, headway.Errorf(headway.Invalid, "%d verdicts teach nothing new: on conversations that were left out, what is heard as it comes agrees with them as well as what they would change; nothing was kept", len(given.learning))
	}
	o := OwnLabels{
		Number: nextNumber(all, ops), At: f.now().UTC().Truncate(time.Microsecond), Member: f.member,
		Learned: len(given.learning), HeldBack: len(given.apart), Hears: f.careful.Version,
		From: given.from, Seq: extent.Operations, Weights: &weights,
	}
	o.Figures, o.Better = given.figures(weights)
	for _, other := range all {
		if other.Gone == "" && other.sameAs(o) {
			return other, nil
		}
	}
	return o, f.putOwn(ctx, o)
}

// sameAs says whether both learned the same from the same.
func (o OwnLabels) sameAs(other OwnLabels) bool {
	return headway.Digest(string(o.payload(false))) == headway.Digest(string(other.payload(false)))
}

// payload is how it is kept; without what tells one training from another, where not whole.
func (o OwnLabels) payload(whole bool) []byte {
	if !whole {
		o.Number, o.At, o.Member, o.Seq = 0, time.Time{}, "", 0
	}
	payload, err := json.Marshal(o)
	if err != nil {
		panic(err) // it holds plain values only
	}
	return payload
}

func (f *Flow) putOwn(ctx context.Context, o OwnLabels) error {
	return f.store.PutDerived(ctx, f.ws, store.Derived{Subject: strconv.Itoa(o.Number), Step: stepOwn, Version: ownFormat, Payload: o.payload(true)})
}

// nextNumber is greater than any that was ever used.
func nextNumber(all []OwnLabels, ops []headway.Operation) int {
	highest := 0
	for _, o := range all {
		highest = max(highest, o.Number)
	}
	for _, op := range ops {
		highest = max(highest, op.Own)
	}
	return highest + 1
}

// UseOwn hears with own labels of a number from now on, or as it comes for 0.
// What was heard until now stands until it was heard so. NotFound where there
// are none of that number, Conflict where they can no longer be used.
func (f *Flow) UseOwn(ctx context.Context, number int) error {
	all, err := f.ownLabels(ctx)
	if err != nil {
		return err
	}
	if number != 0 {
		i := slices.IndexFunc(all, func(o OwnLabels) bool { return o.Number == number })
		if i < 0 {
			return headway.Errorf(headway.NotFound, "there is no own %d: `headway train --list` shows what was learned", number)
		}
		if all[i].Gone != "" {
			return headway.Errorf(headway.Conflict, "own %d %s: train again", number, all[i].Gone)
		}
	}
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedOwn, Own: number}); err != nil {
		return err
	}
	f.tellMore()
	return f.sweepOwn(ctx)
}

// sweepOwn drops what was heard with own labels that are not in use.
func (f *Flow) sweepOwn(ctx context.Context) error {
	closest, err := f.closest(ctx)
	if err != nil {
		return err
	}
	keep := ""
	if isOwn(closest.Version) {
		keep = closest.Version
	}
	_, err = f.store.Sweep(ctx, f.ws, stepHearOwn, keep)
	return err
}

func isOwn(version string) bool { return strings.Contains(version, ownVersionTag) }

// inUse is the closest pass, as it was after an operation.
type inUse struct {
	seq  int64
	pass Pass
}

// closest gives the pass that hears closest: the careful one, with the own
// labels that are in use.
func (f *Flow) closest(ctx context.Context) (Pass, error) {
	if f.careful.Hear == nil || f.teaching.Hear == nil {
		return f.careful, nil
	}
	ops, extent, err := f.operations(ctx)
	if err != nil {
		return Pass{}, err
	}
	f.mu.Lock()
	used := f.used
	f.mu.Unlock()
	if used != nil && used.seq == extent.Operations {
		return used.pass, nil
	}
	used = &inUse{extent.Operations, f.careful}
	if put := putToUse(ops); put != 0 {
		if used.pass, err = f.passWith(ctx, put); err != nil {
			return Pass{}, err
		}
	}
	f.mu.Lock()
	f.used = used
	f.mu.Unlock()
	return used.pass, nil
}

// passWith gives the careful pass with own labels of a number; without, where
// they cannot be used.
func (f *Flow) passWith(ctx context.Context, number int) (Pass, error) {
	all, err := f.ownLabels(ctx)
	if err != nil {
		return Pass{}, err
	}
	for _, o := range all {
		if o.Number == number && o.Gone == "" {
			return Pass{f.teaching.Version(number), func(c *headway.Conversation) headway.Hearing {
				return f.teaching.Hear(c, number, *o.Weights)
			}}, nil
		}
	}
	return f.careful, nil
}

// putToUse gives the number that was put to use last; 0 for none.
func putToUse(ops []headway.Operation) int {
	for _, op := range slices.Backward(ops) {
		if op.Deed == headway.DeedOwn {
			return op.Own
		}
	}
	return 0
}

// ownLabels lists what was learned, newest first. What cannot be used says so,
// whatever else is kept of it.
func (f *Flow) ownLabels(ctx context.Context) (all []OwnLabels, err error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepOwn, ownFormat) {
		if err != nil {
			return nil, err
		}
		var o OwnLabels
		if err := json.Unmarshal(row.Payload, &o); err != nil {
			return nil, err
		}
		o.check(ops, f.careful.Version)
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b OwnLabels) int { return cmp.Compare(b.Number, a.Number) })
	return all, nil
}

const goneRemoved = "had learned from a conversation that was removed since, so it was dropped"

// check finds out whether it can still be used. Weights that saw the words of a
// conversation that was removed are gone, from the moment of that deed.
func (o *OwnLabels) check(ops []headway.Operation, careful string) {
	taught := map[headway.ConversationID]bool{}
	for _, id := range o.From {
		taught[id] = true
	}
	for _, op := range slices.Backward(ops) {
		if op.Seq <= o.Seq {
			break
		}
		if op.Deed == headway.DeedRemove && slices.ContainsFunc(op.Conversations, func(id headway.ConversationID) bool { return taught[id] }) {
			o.Gone = goneRemoved
		}
	}
	switch {
	case o.Gone != "":
		o.Weights = nil
	case o.Hears != careful:
		o.Gone = "was learned for an older hearing (" + o.Hears + ")"
	}
}

// forgetOwn drops the weights that saw what was removed, and what was heard
// with them.
func (f *Flow) forgetOwn(ctx context.Context) error {
	f.mu.Lock()
	clear(f.scored) // it holds words
	f.mu.Unlock()
	all, err := f.ownLabels(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Gone == goneRemoved {
			o.From, o.Figures = nil, nil
			if err := f.putOwn(ctx, o); err != nil {
				return err
			}
		}
	}
	return f.sweepOwn(ctx)
}

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

// verdicts gathers the newest verdicts on what customers' sentences show.
// A verdict on what nobody suggested teaches nothing, since nobody judged the
// sentences beside it.
func (f *Flow) verdicts(ctx context.Context, ops []headway.Operation) (g given, err error) {
	judged, err := f.judgedPlaces(ctx, headway.NewJudgements(ops))
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
	hearer headway.Hearer
}

// judgedPlaces gathers verdicts by conversation, in order of ids.
func (f *Flow) judgedPlaces(ctx context.Context, j headway.Judgements) ([]judgedConversation, error) {
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
