package storetest

import (
	"slices"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// correct puts a correction's texts and does it; to are the texts of To.
func correct(t *testing.T, s store.Store, id headway.ConversationID, c headway.Correction, to ...headway.TextVersion) headway.Operation {
	t.Helper()
	whole := got[headway.Conversation](t)(s.Conversation(ctx, home, id))
	must(t, s.PutTexts(ctx, home, id, deed.Carry(c, turnsOf(whole, c.From), to)...))
	return apply(t, s, headway.Operation{Deed: headway.DeedCorrect, Conversation: id, Correction: &c})
}

func turnsOf(c headway.Conversation, texts []headway.TextID) (turns []headway.Turn) {
	for _, turn := range c.Turns {
		if slices.Contains(texts, turn.Text.ID) {
			turns = append(turns, turn)
		}
	}
	return turns
}

// edit words a turn anew: the words at a place of its text, counted from 0, are
// others then.
func edit(t *testing.T, s store.Store, id headway.ConversationID, text headway.TextVersion, start, end int, words string) (headway.TextVersion, headway.Operation) {
	t.Helper()
	c, now, err := deed.Editing(text, []deed.Edit{{Start: start, End: end, Words: words}})
	must(t, err)
	return now, correct(t, s, id, c, now)
}

// back takes a correction back.
func back(t *testing.T, s store.Store, op headway.Operation) headway.Operation {
	t.Helper()
	c := op.Correction.Inverse()
	return apply(t, s, headway.Operation{Deed: op.Deed, Conversation: op.Conversation, Correction: &c, Undoes: op.Seq})
}

// read gives a conversation's turns as they stand.
func read(t *testing.T, s store.Store, id headway.ConversationID) (turns []string) {
	t.Helper()
	c := got[headway.Conversation](t)(s.Conversation(ctx, home, id))
	for _, turn := range c.Turns {
		turns = append(turns, c.Speaker(turn.Speaker).Name+": "+turn.Text.Text)
	}
	return turns
}

func headOf(t *testing.T, s store.Store, id headway.ConversationID) store.Head {
	t.Helper()
	heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{IDs: []headway.ConversationID{id}}, store.Page{})
	must(t, err)
	if len(heads) != 1 {
		t.Fatalf("%d heads", len(heads))
	}
	return heads[0]
}

func corrections(t *testing.T, open func(t *testing.T) store.Store) {
	const asked, told = "Interviewer: What is hard about stocktaking?", "Olga: We count the boxes by hand, and the spreadsheet never agrees."
	begun := func(t *testing.T) (store.Store, headway.Conversation) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		return s, cs[0]
	}
	t.Run("a turn worded anew reads and is found as it stands, and as it stood once that is taken back", func(t *testing.T) {
		s, c := begun(t)
		before := headOf(t, s, c.ID)
		_, op := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "pallets and crates")
		same(t, "turns", read(t, s, c.ID), []string{asked, "Olga: We count the pallets and crates by hand, and the spreadsheet never agrees."})
		same(t, "found as it stands", len(find(t, s, "pallets")), 1)
		same(t, "found as it stood", words(t, find(t, s, "boxes")), []string{"boxes"}) // Bert's
		after := headOf(t, s, c.ID)
		if after.Inputs == before.Inputs || after.Words != before.Words+2 {
			t.Errorf("before %+v, after %+v", before, after)
		}
		back(t, s, op)
		same(t, "turns", read(t, s, c.ID), []string{asked, told})
		same(t, "taken back", headOf(t, s, c.ID).Words, before.Words)
		same(t, "found", len(find(t, s, "pallets")), 0)
		same(t, "found", len(find(t, s, "boxes")), 2)
		same(t, "wrong", got[[]string](t)(s.Check(ctx)), []string(nil))
	})
	t.Run("a text that stands no more is still there, and says so", func(t *testing.T) {
		s, c := begun(t)
		now, _ := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "pallets")
		old := got[store.Place](t)(s.Text(ctx, home, c.Turns[1].Text.ID))
		new := got[store.Place](t)(s.Text(ctx, home, now.ID))
		same(t, "outdated", []bool{old.Outdated, new.Outdated}, []bool{true, false})
		same(t, "turns", []int{old.Turn, new.Turn}, []int{1, 1})
		apply(t, s, headway.Operation{Deed: headway.DeedMark, Span: headway.Span{Text: old.Text.ID, End: 8}, Label: headway.Struggle, Verdict: headway.Kept})
	})
	t.Run("a turn is split and joined, with its times", func(t *testing.T) {
		s := open(t)
		c := mugs()
		add(t, s, c)
		split, parts, err := deed.Splitting(c.Turns[0].Text, 12)
		must(t, err)
		op := correct(t, s, c.ID, split, parts...)
		halves := got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)).Turns
		same(t, "halves", []string{halves[0].Text.Text, halves[1].Text.Text, halves[2].Text.Text}, []string{"What did you ", "do before the mugs?", c.Turns[1].Text.Text})
		same(t, "times of the second", halves[1].Times[0].MS > halves[0].Times[0].MS && halves[1].EndMS == c.Turns[0].EndMS, true)
		same(t, "where the next stands", got[store.Place](t)(s.Text(ctx, home, c.Turns[1].Text.ID)).Turn, 2)
		same(t, "turns", headOf(t, s, c.ID).Turns, 5)
		same(t, "as it came", got[headway.Conversation](t)(s.Came(ctx, home, c.ID)).Turns, c.Turns)
		join, whole := deed.Joining(parts[0], parts[1])
		again := correct(t, s, c.ID, join, whole)
		same(t, "joined", got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)).Turns[0].Text.Text, c.Turns[0].Text.Text)
		back(t, s, again)
		back(t, s, op)
		same(t, "taken back", got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)).Turns, c.Turns)
		same(t, "wrong", got[[]string](t)(s.Check(ctx)), []string(nil))
	})
	t.Run("a turn may be another speaker's, also one whom the file does not name", func(t *testing.T) {
		s, c := begun(t)
		before := headOf(t, s, c.ID)
		ida := headway.NewSpeaker(c.ID, "Ida")
		must(t, s.PutSpeaker(ctx, home, c.ID, ida))
		must(t, s.PutSpeaker(ctx, home, c.ID, ida))
		op := apply(t, s, headway.Operation{Deed: headway.DeedSpeak, Conversation: c.ID, Turn: c.Turns[1].ID, Speaker: ida.ID})
		same(t, "turns", read(t, s, c.ID)[1], "Ida: We count the boxes by hand, and the spreadsheet never agrees.")
		place := got[store.Place](t)(s.Text(ctx, home, c.Turns[1].Text.ID))
		same(t, "whose", []string{string(place.Speaker), string(place.Side)}, []string{string(ida.ID), string(headway.Unknown)})
		if headOf(t, s, c.ID).Inputs == before.Inputs {
			t.Error("what a step reads has not changed")
		}
		apply(t, s, headway.Operation{Deed: headway.DeedSpeak, Conversation: c.ID, Turn: c.Turns[1].ID, Undoes: op.Seq})
		same(t, "as it came", read(t, s, c.ID)[1], told)
		same(t, "as it came", got[headway.Conversation](t)(s.Came(ctx, home, c.ID)).Turns, c.Turns)
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedSpeak, Conversation: c.ID, Turn: c.Turns[1].ID, Speaker: "nobody"})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedSpeak, Conversation: c.ID, Turn: "nowhere", Speaker: ida.ID})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedSpeak, Conversation: "nowhere", Turn: c.Turns[1].ID, Speaker: ida.ID})
	})
	t.Run("a side that is taken back is what the file said", func(t *testing.T) {
		s, c := begun(t)
		op := apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: headway.Ours})
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Undoes: op.Seq})
		same(t, "speaker", headOf(t, s, c.ID).Speakers[1], c.Speakers[1])
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID})
	})
	t.Run("of two who correct the same words the second is told", func(t *testing.T) {
		s, c := begun(t)
		second, now, err := deed.Editing(c.Turns[1].Text, []deed.Edit{{Start: 0, End: 2, Words: "They"}})
		must(t, err)
		must(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: now.ID.Turn(), Text: now}))
		first, _ := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "pallets")
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedCorrect, Conversation: c.ID, Correction: &second})
		same(t, "stands", read(t, s, c.ID)[1], "Olga: "+first.Text)
	})
	t.Run("what does not fit is refused", func(t *testing.T) {
		s, c := begun(t)
		good, now, err := deed.Editing(c.Turns[1].Text, []deed.Edit{{Start: 0, End: 2, Words: "They"}})
		must(t, err)
		do := func(id headway.ConversationID, spoil func(*headway.Correction)) headway.Operation {
			spoilt := good
			spoilt.Kept = slices.Clone(good.Kept)
			spoil(&spoilt)
			return headway.Operation{Deed: headway.DeedCorrect, Conversation: id, Correction: &spoilt}
		}
		refuse(t, s, headway.Invalid, do(c.ID, func(*headway.Correction) {})) // its words are not here yet
		wantCode(t, s.PutTexts(ctx, home, "nowhere", headway.Turn{ID: now.ID.Turn(), Text: now}), headway.NotFound)
		wantCode(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: now.ID.Turn(), Text: headway.TextVersion{ID: now.ID}}), headway.Invalid)
		wantCode(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: "new", Text: headway.TextVersion{ID: "new.2", Text: "x"}}), headway.Invalid)
		must(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: now.ID.Turn(), Text: now}))
		wantCode(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: now.ID.Turn(), Text: headway.TextVersion{ID: now.ID, Text: "other"}}), headway.Conflict)
		refuse(t, s, headway.NotFound, do("nowhere", func(*headway.Correction) {}))
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedCorrect, Conversation: c.ID})
		refuse(t, s, headway.Invalid, do(c.ID, func(c *headway.Correction) { c.Kept[0].To.Start++; c.Kept[0].To.End++ }))
		refuse(t, s, headway.Invalid, do(c.ID, func(c *headway.Correction) { c.To = c.From }))
		other := got[[]store.Head](t)(firstOf(s.Conversations(ctx, home, store.ConversationFilter{}, store.Page{})))[1]
		refuse(t, s, headway.Invalid, do(other.ID, func(*headway.Correction) {}))
		apply(t, s, do(c.ID, func(*headway.Correction) {}))
	})
	t.Run("a conversation that is removed takes its corrections along, and comes again as it came", func(t *testing.T) {
		s, c := begun(t)
		study, _ := openStudy(t, s)
		now, _ := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "pallets")
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{c.ID}})
		_, err := s.Text(ctx, home, now.ID)
		wantCode(t, err, headway.NotFound)
		same(t, "found", len(find(t, s, "pallets")), 0)
		wantCode(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: now.ID.Turn(), Text: now}), headway.NotFound)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{c.ID}})
		add(t, s, c)
		same(t, "turns", read(t, s, c.ID), []string{asked, told})
		same(t, "wrong", got[[]string](t)(s.Check(ctx)), []string(nil))
	})
	t.Run("what groups hang on moves with its words, or goes with them", func(t *testing.T) {
		s, c := begun(t)
		stays := headway.NewAnchor(headway.Struggle, headway.Span{Text: c.Turns[1].Text.ID, Start: 32, End: c.Turns[1].Text.Len()})
		goes := headway.NewAnchor(headway.Habit, headway.Span{Text: c.Turns[1].Text.ID, Start: 0, End: 18})
		must(t, s.PutAnchors(ctx, home, stays, goes))
		now, _ := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "all")
		var anchors []store.Anchored
		for a, err := range s.Anchors(ctx, home) {
			must(t, err)
			anchors = append(anchors, a)
		}
		stays.Span = headway.Span{Text: now.ID, Start: 30, End: now.Len()}
		same(t, "anchors", anchors, []store.Anchored{{Anchor: stays, Text: now}})
	})
	t.Run("what waits for review is said to hang elsewhere, or nowhere", func(t *testing.T) {
		s, c := begun(t)
		now, _ := edit(t, s, c.ID, c.Turns[1].Text, 13, 18, "all")
		stood := headway.Span{Text: c.Turns[1].Text.ID, Start: 13, End: 18}
		apply(t, s, headway.Operation{Deed: headway.DeedReview, Span: stood, Answer: headway.Span{Text: now.ID, Start: 13, End: 16}})
		apply(t, s, headway.Operation{Deed: headway.DeedReview, Span: stood})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedReview, Span: headway.Span{Text: "nowhere", End: 1}})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedReview, Span: stood, Answer: headway.Span{Text: now.ID, Start: 13, End: 1000}})
	})
}

// firstOf drops the second of three results.
func firstOf[A, B any](a A, _ B, err error) (A, error) { return a, err }

// reworded corrects a conversation in every way, once and back and again.
func reworded(t *testing.T, s store.Store, c headway.Conversation) {
	t.Helper()
	now, op := edit(t, s, c.ID, c.Turns[1].Text, 0, 2, "They")
	back(t, s, op)
	now, _ = edit(t, s, c.ID, c.Turns[1].Text, 0, 1, "Perhaps ")
	split, parts, err := deed.Splitting(now, now.Len()/2)
	must(t, err)
	correct(t, s, c.ID, split, parts...)
	join, whole := deed.Joining(c.Turns[0].Text, parts[0])
	correct(t, s, c.ID, join, whole)
	must(t, s.PutSpeaker(ctx, home, c.ID, headway.NewSpeaker(c.ID, "Ida")))
	apply(t, s, headway.Operation{Deed: headway.DeedSpeak, Conversation: c.ID, Turn: parts[1].ID.Turn(), Speaker: headway.NewSpeaker(c.ID, "Ida").ID})
	apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: headway.NewSpeaker(c.ID, "Ida").ID, Side: headway.Theirs})
	second := now.Whole()
	masking, masked, err := deed.Masking(parts[1], []deed.Edit{{Start: 0, End: 3, Words: "[x]"}})
	must(t, err)
	must(t, s.PutTexts(ctx, home, c.ID, headway.Turn{ID: masked.ID.Turn(), Text: masked}))
	apply(t, s, headway.Operation{Deed: headway.DeedMask, Conversation: c.ID, Correction: &masking})
	lifting := masking.Inverse()
	apply(t, s, headway.Operation{Deed: headway.DeedLift, Conversation: c.ID, Correction: &lifting})
	apply(t, s, headway.Operation{Deed: headway.DeedReview, Span: headway.Span{Text: second.Text, End: 3}})
}

// carryRewording puts into another store what reworded put into one.
func carryRewording(t *testing.T, from, to store.Store, c headway.Conversation) {
	t.Helper()
	must(t, to.PutSpeaker(ctx, home, c.ID, headway.NewSpeaker(c.ID, "Ida")))
	for text, err := range from.Texts(ctx, home) {
		must(t, err)
		if text.Conversation == c.ID {
			must(t, to.PutTexts(ctx, home, c.ID, headway.Turn{ID: text.ID.Turn(), Speaker: c.Speakers[1].ID, Text: text.TextVersion}))
		}
	}
}
