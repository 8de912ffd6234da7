package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Marking keeps what members see in words, and what they note beside them.
type Marking interface {
	// Marked marks many passages as one deed, all or none.
	Marked(ctx context.Context, marks []flow.Marking) ([]headway.Operation, error)
	// MarkHeard decides on all that was heard of a label in a conversation, as one deed.
	MarkHeard(ctx context.Context, c headway.ConversationID, through headway.StudyID, l headway.Label, v headway.Verdict) ([]headway.Operation, error)
	// Judgements gives what members have said of places, the newest on each.
	Judgements(ctx context.Context) (deed.Judgements, error)
	// Doubtful gives the suggestion whose verdict is worth most.
	Doubtful(ctx context.Context, d flow.Doubts) (flow.Doubtful, error)
	Note(ctx context.Context, at headway.Passage, words string) (headway.NoteID, error)
	TakeOffNote(ctx context.Context, id headway.NoteID) error
	Notes(ctx context.Context, ids ...headway.NoteID) (map[headway.NoteID]headway.Note, error)
}

func (a *api) marks() {
	ask(a, write("POST /marks", "mark", "marks", "Keep, dismiss or mark labels on passages, all as one deed"), a.mark)
	ask(a, write("POST /conversations/{conversation}/marks", "markHeard", "marks", "Keep all that counts of a label here, or dismiss all suggestions of it, as one deed"), a.markHeard)
	ask(a, read("GET /conversations/{conversation}/marks", "listMarks", "marks", "List what members decided in a conversation, in the order of its words"), a.listMarks)
	ask(a, read("GET /doubtful", "getDoubtful", "marks", "Read the suggestion whose verdict is worth most, and how many are left"), a.getDoubtful)
	ask(a, makes(write("POST /notes", "writeNote", "marks", "Write a note beside a passage")), a.writeNote)
	do(a, write("DELETE /notes/{note}", "takeOffNote", "marks", "Take a note off"), a.takeOffNote)
	ask(a, read("GET /conversations/{conversation}/notes", "listNotes", "marks", "List the notes beside a conversation, first written first"), a.listNotes)
}

// mark is one passage to be marked.
type mark struct {
	Spans   []Place         `json:"spans" minItems:"1" maxItems:"200" doc:"where: one span, or several where the passage goes over several turns"`
	Label   headway.Label   `json:"label" example:"struggle"`
	Verdict headway.Verdict `json:"verdict" doc:"kept, dismissed, or undecided to take it back" example:"kept"`
}

type markInput struct {
	Body struct {
		Marks []mark          `json:"marks" minItems:"1" maxItems:"500"`
		Study headway.StudyID `json:"study,omitempty" doc:"compare exact with what is shown through this study"`
	}
}

// deeds tells what was done, to be undone by, and where.
type deeds struct {
	Deeds []int64             `json:"deeds" doc:"numbers of what was done"`
	Done  []headway.Operation `json:"done" doc:"the same with their places"`
}

func deedsOf(ops []headway.Operation) deeds {
	return deeds{each(ops, func(op headway.Operation) int64 { return op.Seq }), each(ops, itself)}
}

func (a *api) mark(ctx context.Context, in *markInput) (deeds, error) {
	var marks []flow.Marking
	for _, m := range in.Body.Marks {
		at, err := a.passage(ctx, m.Spans, in.Body.Study)
		if err != nil {
			return deeds{}, err
		}
		marks = append(marks, flow.Marking{At: at, Label: m.Label, Verdict: m.Verdict})
	}
	done, err := a.hw.Marked(ctx, marks)
	return deedsOf(done), err
}

type markHeardInput struct {
	InConversation
	Body struct {
		Label   headway.Label   `json:"label" example:"struggle"`
		Verdict headway.Verdict `json:"verdict" doc:"kept for all that count, dismissed for all that are only suggested" example:"kept"`
	}
}

func (a *api) markHeard(ctx context.Context, in *markHeardInput) (deeds, error) {
	done, err := a.hw.MarkHeard(ctx, in.Conversation, in.Study, in.Body.Label, in.Body.Verdict)
	return deedsOf(done), err
}

type listMarksInput struct {
	InConversation
	Paging
}

// marked is a member's verdict on a label.
type marked struct {
	Deed    int64            `json:"deed" doc:"number of the deed"`
	Quotes  []headway.Quote  `json:"quotes" doc:"the passage, a quote a turn"`
	Label   headway.Label    `json:"label"`
	Verdict headway.Verdict  `json:"verdict"`
	Member  headway.MemberID `json:"member"`
	At      time.Time        `json:"at"`
	HeardBy string           `json:"heard_by,omitempty" doc:"who had heard the label there; left out where only the member saw it"`
}

func (a *api) listMarks(ctx context.Context, in *listMarksInput) (l list[marked], err error) {
	c, _, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	judged, err := a.hw.Judgements(ctx)
	if err != nil {
		return l, err
	}
	return page(marksOf(c, judged), in.Paging, func(m marked) string { return nameOfSpan(m.Quotes[0].Span()) + string(m.Label) }, itself)
}

// marksOf lists what was decided in a conversation in the order of its words.
func marksOf(c headway.Conversation, j deed.Judgements) []marked {
	texts := textsOf(c)
	turns := map[headway.TextID]int{}
	for i, t := range c.Turns {
		turns[t.Text.ID] = i
	}
	var all []marked
	for label, places := range j.Labels {
		for at, verdict := range places {
			made := j.Made[label][at]
			quotes := quotesOf(texts, append(headway.Passage{at}, made.More...))
			if len(quotes) > 0 {
				all = append(all, marked{made.Seq, quotes, label, verdict, made.Member, made.At, j.Heard[label][at].By})
			}
		}
	}
	slices.SortFunc(all, func(x, y marked) int {
		at, other := x.Quotes[0].Span(), y.Quotes[0].Span()
		return cmp.Or(cmp.Compare(turns[at.Text], turns[other.Text]), cmp.Compare(at.Start, other.Start), cmp.Compare(at.End, other.End), cmp.Compare(x.Label, y.Label))
	})
	return all
}

type writeNoteInput struct {
	Body struct {
		Spans []Place         `json:"spans" minItems:"1" maxItems:"200" doc:"what it is about"`
		Words string          `json:"words" doc:"our words, never evidence; 6,000 characters at most"`
		Study headway.StudyID `json:"study,omitempty" doc:"compare exact with what is shown through this study"`
	}
}

type written struct {
	Note headway.NoteID `json:"note"`
}

func (a *api) writeNote(ctx context.Context, in *writeNoteInput) (written, error) {
	at, err := a.passage(ctx, in.Body.Spans, in.Body.Study)
	if err != nil {
		return written{}, err
	}
	id, err := a.hw.Note(ctx, at, in.Body.Words)
	return written{id}, err
}

type takeOffNoteInput struct {
	Note headway.NoteID `path:"note" doc:"id of the note"`
}

func (a *api) takeOffNote(ctx context.Context, in *takeOffNoteInput) error {
	return a.hw.TakeOffNote(ctx, in.Note)
}

type listNotesInput struct {
	InConversation
	Paging
}

type note struct {
	ID     headway.NoteID   `json:"id"`
	Quotes []headway.Quote  `json:"quotes" doc:"what it is about"`
	Words  string           `json:"words" doc:"our words, never evidence"`
	Member headway.MemberID `json:"member"`
	At     time.Time        `json:"at"`
}

func (a *api) listNotes(ctx context.Context, in *listNotesInput) (l list[note], err error) {
	c, _, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	judged, err := a.hw.Judgements(ctx)
	if err != nil {
		return l, err
	}
	texts := textsOf(c)
	beside := slices.DeleteFunc(slices.Clone(judged.Notes), func(n deed.Noted) bool { return len(quotesOf(texts, n.On)) == 0 })
	words, err := a.hw.Notes(ctx, each(beside, func(n deed.Noted) headway.NoteID { return n.Note })...)
	if err != nil {
		return l, err
	}
	return page(beside, in.Paging, func(n deed.Noted) string { return string(n.Note) }, func(n deed.Noted) note {
		return note{n.Note, quotesOf(texts, n.On), words[n.Note].Words, n.Member, n.At}
	})
}

// quotesOf cuts what of a passage lies in texts.
func quotesOf(texts mirror.Texts, at headway.Passage) []headway.Quote {
	quotes := make([]headway.Quote, 0, len(at))
	for _, s := range at {
		if q := texts.Quote(s); !q.IsZero() {
			quotes = append(quotes, q)
		}
	}
	return quotes
}

type getDoubtfulInput struct {
	Study        headway.StudyID        `query:"study" doc:"only in this study's conversations"`
	Conversation headway.ConversationID `query:"conversation" doc:"only in this conversation"`
	Label        headway.Label          `query:"label" doc:"only of this kind"`
}

// doubtful is the next suggestion to decide on.
type doubtful struct {
	Conversation headway.ConversationID `json:"conversation,omitempty" doc:"left out where nothing is left"`
	Quote        headway.Quote          `json:"quote,omitzero"`
	Label        headway.Label          `json:"label,omitempty"`
	Score        float64                `json:"score,omitempty" doc:"the share of such sentences that a reader would label so"`
	Why          string                 `json:"why,omitempty" doc:"what it was heard by"`
	Left         int                    `json:"left" doc:"undecided, this one included"`
}

func (a *api) getDoubtful(ctx context.Context, in *getDoubtfulInput) (doubtful, error) {
	d, err := a.hw.Doubtful(ctx, flow.Doubts{Study: in.Study, Conversation: in.Conversation, Kind: in.Label})
	if err != nil || !d.Found {
		return doubtful{}, err
	}
	quotes, err := a.hw.Quotes(ctx, []headway.Span{d.At}, in.Study)
	if err != nil {
		return doubtful{}, err
	}
	return doubtful{d.Conversation, quotes[0], d.Label, d.Heard.Score, d.Heard.Why, d.Left}, nil
}
