package flow

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Doubts says of which suggestions one wants to see the next; its zero value
// takes all that may be shown.
type Doubts struct {
	Study        headway.StudyID
	Conversation headway.ConversationID
	Kind         headway.Label
	// Skipped are left for later: they come after all others.
	Skipped map[Doubt]bool
}

// Doubt is a label on a customer's sentence that nobody has decided on.
type Doubt struct {
	Conversation headway.ConversationID
	At           headway.Span
	Label        headway.Label
}

// Doubtful is the next suggestion to decide on, and what is left.
type Doubtful struct {
	Doubt
	Turn  int // index in its conversation
	Heard headway.Scored
	Left  int                   // undecided, this one included
	Kinds map[headway.Label]int // of each kind
	Found bool                  // false where nothing is left
}

// Doubtful gives the suggestion whose verdict is worth most: the nearer to the
// line from which its kind counts unchecked, the less is known of it, and of a
// rare kind each verdict tells more. Of equals the first in order of
// conversation and place comes first. Conversations that a study still guesses
// about give none.
func (f *Flow) Doubtful(ctx context.Context, d Doubts) (Doubtful, error) {
	open, err := f.undecided(ctx, d)
	if err != nil || len(open) == 0 {
		return Doubtful{Kinds: map[headway.Label]int{}}, err
	}
	kinds := map[headway.Label]int{}
	for _, one := range open {
		kinds[one.Label]++
	}
	if d.Kind != "" {
		open = slices.DeleteFunc(open, func(one doubted) bool { return one.Label != d.Kind })
	}
	if len(open) == 0 {
		return Doubtful{Kinds: kinds}, nil
	}
	lines := actingLines(open)
	best := slices.MaxFunc(open, func(a, b doubted) int {
		if skipped := cmp.Compare(skips(d, b), skips(d, a)); skipped != 0 {
			return skipped
		}
		return cmp.Compare(a.worth(lines, kinds), b.worth(lines, kinds))
	})
	return Doubtful{Doubt: best.Doubt, Turn: best.turn, Heard: best.heard, Left: len(open), Kinds: kinds, Found: true}, nil
}

func skips(d Doubts, one doubted) int {
	if d.Skipped[one.Doubt] {
		return 1
	}
	return 0
}

// doubted is a doubt with what was heard.
type doubted struct {
	Doubt
	turn  int
	heard headway.Scored
}

// worth says how much a verdict would tell.
func (d doubted) worth(lines map[headway.Label]float64, kinds map[headway.Label]int) float64 {
	near := 1 - math.Abs(d.heard.Score-lines[d.Label])
	return near / math.Sqrt(float64(kinds[d.Label]))
}

// actingLines gives where each kind begins to count, as far as these tell:
// midway between the surest suggestion and the least sure that counts. Where
// none counts, it is the surest suggestion.
func actingLines(all []doubted) map[headway.Label]float64 {
	below, above := map[headway.Label]float64{}, map[headway.Label]float64{}
	for _, d := range all {
		if !d.heard.Counted {
			below[d.Label] = max(below[d.Label], d.heard.Score)
		} else if least, known := above[d.Label]; !known || d.heard.Score < least {
			above[d.Label] = d.heard.Score
		}
	}
	lines := map[headway.Label]float64{}
	for _, d := range all {
		line := below[d.Label]
		if least, counts := above[d.Label]; counts {
			line = (max(line, 0) + least) / 2
			if below[d.Label] == 0 {
				line = least
			}
		}
		lines[d.Label] = line
	}
	return lines
}

// undecided lists what nobody has decided on, in order of conversation and place.
func (f *Flow) undecided(ctx context.Context, d Doubts) ([]doubted, error) {
	judged, err := f.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	filter := store.ConversationFilter{Study: d.Study}
	if d.Conversation != "" {
		filter.IDs = []headway.ConversationID{d.Conversation}
	}
	heads, err := f.heads(ctx, filter)
	if err != nil {
		return nil, err
	}
	hidden, err := f.hidden(ctx, nil, d.Study)
	if err != nil {
		return nil, err
	}
	var all []doubted
	for _, head := range heads {
		if hidden[head.ID] != "" {
			continue
		}
		h, err := f.suggestions(ctx, head)
		if err != nil {
			return nil, err
		}
		for _, one := range h {
			if judged.Labels[one.Label][one.At] == "" {
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// suggestions lists what was heard in a conversation of customers' sentences by
// the best pass that kept anything of it.
func (f *Flow) suggestions(ctx context.Context, head store.Head) ([]doubted, error) {
	versions, err := f.versions(ctx)
	if err != nil {
		return nil, err
	}
	for _, version := range slices.Backward(versions) {
		of := version + " " + head.Inputs
		if kept, found := f.suggested.get(head.ID, of); found {
			return kept, nil
		}
		h, err := f.keptHearing(ctx, version, head)
		if err != nil {
			return nil, err
		}
		if h.Conversation == "" {
			continue
		}
		all := suggestionsIn(h)
		f.suggested.put(head.ID, of, all)
		return all, nil
	}
	return nil, nil
}

func suggestionsIn(h headway.Hearing) (all []doubted) {
	for _, s := range h.Sentences {
		if s.Side != headway.Theirs {
			continue
		}
		for _, l := range s.Labels {
			all = append(all, doubted{Doubt{h.Conversation, s.Span, l.Label}, s.Turn, l})
		}
	}
	return all
}
