package api

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mask"
)

// Hiding masks what tells who somebody is, and forgets people.
type Hiding interface {
	Suggestions(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]flow.Suggested, error)
	Masks(ctx context.Context, id headway.ConversationID, through headway.StudyID) ([]flow.Masked, error)
	Mask(ctx context.Context, places ...flow.ToMask) (hidden int, err error)
	MaskSame(ctx context.Context, as flow.ToMask) (hidden int, err error)
	MaskSuggested(ctx context.Context, id headway.ConversationID, through headway.StudyID) (hidden int, err error)
	Elsewhere(ctx context.Context, all []flow.Suggested) (map[headway.Quote]flow.Times, error)
	NotToMask(ctx context.Context, at headway.Span) error
	MaskPerson(ctx context.Context, person headway.PersonID) (hidden int, err error)
	LiftPerson(ctx context.Context, person headway.PersonID) error
	Called(ctx context.Context, person headway.PersonID) ([]headway.Speaker, error)
	MasksAtImport(ctx context.Context) (bool, error)
	SetMaskAtImport(ctx context.Context, on bool) error
	Lift(ctx context.Context, seq int64) error
	Original(ctx context.Context, id headway.TextID) (headway.TextVersion, error)
	Loss(ctx context.Context, person headway.PersonID) (flow.Loss, error)
	Erase(ctx context.Context, person headway.PersonID, mentions bool) (flow.Loss, error)
}

func (a *api) masks() {
	ask(a, read("GET /conversations/{conversation}/masks", "listMasks", "masks", "List what is masked in a conversation"), a.listMasks)
	ask(a, read("GET /conversations/{conversation}/mask-suggestions", "listMaskSuggestions", "masks", "List what a conversation tells of who somebody is"), a.listMaskSuggestions)
	ask(a, write("POST /masks", "maskWords", "masks", "Hide words wherever they were shown or could be found"), a.maskWords)
	ask(a, write("POST /conversations/{conversation}/masks", "maskSuggested", "masks", "Hide all that is suggested in a conversation"), a.maskSuggested)
	do(a, write("POST /mask-suggestions/dismiss", "dismissMaskSuggestion", "masks", "Say that words tell nobody's name: they are suggested no more"), a.dismissMaskSuggestion)
	do(a, admin("DELETE /masks/{deed}", "liftMask", "masks", "Show words again that a deed masked"), a.liftMask)
	ask(a, admin("GET /texts/{text}/original", "getOriginal", "masks", "Read the words behind a mask; that you looked is written down"), a.getOriginal)
	ask(a, write("POST /people/{person}/mask", "maskPerson", "masks", "Let a number stand for what a person is called, everywhere"), a.maskPerson)
	do(a, admin("DELETE /people/{person}/mask", "liftPerson", "masks", "Show again what a person is called"), a.liftPerson)
	ask(a, admin("GET /people/{person}/called", "getCalled", "masks", "Read what a person is called behind a mask; that you looked is written down"), a.getCalled)
	ask(a, read("GET /masks/settings", "getMaskSettings", "masks", "Say whether what is suggested is masked as it comes in"), a.getMaskSettings)
	ask(a, admin("PUT /masks/settings", "putMaskSettings", "masks", "Let what is suggested be masked as it comes in, or not"), a.putMaskSettings)
	ask(a, admin("GET /people/{person}/loss", "getLoss", "masks", "List what would go with a person, and erase nothing"), a.getLoss)
	ask(a, admin("POST /people/{person}/erase", "erasePerson", "masks", "Forget a person; it cannot be undone"), a.erasePerson)
}

// masked is a mask that stands.
type masked struct {
	Deed int64        `json:"deed"`
	Span headway.Span `json:"span" doc:"of what stands in the place of the words"`
}

func (a *api) listMasks(ctx context.Context, in *listTurnsInput) (l list[masked], err error) {
	all, err := a.hw.Masks(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(m flow.Masked) string { return nameOfSpan(m.Span) }, func(m flow.Masked) masked { return masked{m.Seq, m.Span} })
}

// maskable is something that may be masked.
type maskable struct {
	Quote headway.Quote `json:"quote"`
	What  mask.What     `json:"what"`
	Why   string        `json:"why"`
	// Elsewhere is how often the same words stand in other places.
	Elsewhere int `json:"elsewhere" doc:"how often the same words stand in other places; of very common words some"`
}

func (a *api) listMaskSuggestions(ctx context.Context, in *listTurnsInput) (l list[maskable], err error) {
	all, err := a.hw.Suggestions(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	times, err := a.hw.Elsewhere(ctx, all)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(s flow.Suggested) string { return nameOfSpan(s.Span) }, func(s flow.Suggested) maskable {
		return maskable{s.Quote, s.What, s.Why, times[s.Quote].N}
	})
}

type maskWordsInput struct {
	Body struct {
		Span       Place     `json:"span" doc:"the words"`
		What       mask.What `json:"what" doc:"what they tell; it stands in their place"`
		Everywhere bool      `json:"everywhere,omitempty" doc:"the same words too, wherever anybody says them"`
	}
}

type dismissMaskSuggestionInput struct {
	Body struct {
		Span Place `json:"span" doc:"the words, as they were suggested"`
	}
}

func (a *api) dismissMaskSuggestion(ctx context.Context, in *dismissMaskSuggestionInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Span}, "")
	if err != nil {
		return err
	}
	return a.hw.NotToMask(ctx, at.First())
}

type hidden struct {
	Hidden int `json:"hidden" doc:"places"`
}

func (a *api) maskWords(ctx context.Context, in *maskWordsInput) (hidden, error) {
	at, err := a.passage(ctx, []Place{in.Body.Span}, "")
	if err != nil {
		return hidden{}, err
	}
	as := flow.ToMask{Span: at.First(), What: in.Body.What}
	if in.Body.Everywhere {
		n, err := a.hw.MaskSame(ctx, as)
		return hidden{n}, err
	}
	n, err := a.hw.Mask(ctx, as)
	return hidden{n}, err
}

func (a *api) maskSuggested(ctx context.Context, in *InConversation) (hidden, error) {
	n, err := a.hw.MaskSuggested(ctx, in.Conversation, in.Study)
	return hidden{n}, err
}

type liftMaskInput struct {
	Deed int64 `path:"deed" minimum:"1" doc:"number of the deed that masked them"`
}

func (a *api) liftMask(ctx context.Context, in *liftMaskInput) error { return a.hw.Lift(ctx, in.Deed) }

func (a *api) getOriginal(ctx context.Context, in *InText) (headway.Quote, error) {
	text, err := a.hw.Original(ctx, in.Text)
	return whole(text), err
}

func (a *api) maskPerson(ctx context.Context, in *InPerson) (hidden, error) {
	n, err := a.hw.MaskPerson(ctx, in.Person)
	return hidden{n}, err
}

func (a *api) liftPerson(ctx context.Context, in *InPerson) error {
	return a.hw.LiftPerson(ctx, in.Person)
}

// called is what somebody is called behind a mask.
type called struct {
	Names  []string `json:"names"`
	Emails []string `json:"emails"`
	Keys   []string `json:"keys" doc:"ids in the tables they came from"`
}

func (a *api) getCalled(ctx context.Context, in *InPerson) (called, error) {
	behind, err := a.hw.Called(ctx, in.Person)
	c := called{[]string{}, []string{}, []string{}}
	for _, s := range behind {
		for _, one := range []struct {
			to   *[]string
			word string
		}{{&c.Names, s.Name}, {&c.Emails, s.Email}, {&c.Keys, s.Key}} {
			if one.word != "" && !slices.Contains(*one.to, one.word) {
				*one.to = append(*one.to, one.word)
			}
		}
	}
	return c, err
}

// maskSettings are those of the workspace.
type maskSettings struct {
	AtImport bool `json:"at_import" doc:"what is suggested is masked as it comes in"`
}

func (a *api) getMaskSettings(ctx context.Context, _ *struct{}) (maskSettings, error) {
	on, err := a.hw.MasksAtImport(ctx)
	return maskSettings{on}, err
}

type putMaskSettingsInput struct{ Body maskSettings }

func (a *api) putMaskSettings(ctx context.Context, in *putMaskSettingsInput) (maskSettings, error) {
	return in.Body, a.hw.SetMaskAtImport(ctx, in.Body.AtImport)
}

// loss is what goes with a person who is erased.
type loss struct {
	Person        headway.PersonID         `json:"person"`
	Names         []string                 `json:"names"`
	Conversations []headway.ConversationID `json:"conversations"`
	Turns         int                      `json:"turns"`
	Words         int                      `json:"words"`
	Mentions      int                      `json:"mentions" doc:"turns of others that hold their name"`
	Claims        []resting                `json:"claims" doc:"what rests on their words"`
	Notes         int                      `json:"notes" doc:"on their words"`
	Sealed        []headway.GuessID        `json:"sealed" doc:"guesses that hold their name, and stay as they were sealed"`
	Namesakes     []headway.PersonID       `json:"namesakes" doc:"others of the same name: merge them first, if they are the same"`
	Gone          bool                     `json:"gone,omitempty" doc:"they were erased already"`
}

type resting struct {
	On     string          `json:"on" doc:"guess, claim, label, line, said, assumption, promise, play-back, reply, repair, choice, episode or round"`
	Study  headway.StudyID `json:"study,omitempty"`
	Label  headway.Label   `json:"label,omitempty"`
	Deed   int64           `json:"deed,omitempty"`
	People int             `json:"people" doc:"whose words it rests on"`
	Left   int             `json:"left" doc:"how many it would be without them; at 0 it has lost its support"`
}

func lossOf(l flow.Loss) loss {
	return loss{
		l.Person, each(l.Names, itself), each(l.Conversations, func(h flow.Head) headway.ConversationID { return h.ID }), l.Turns, l.Words, l.Mentions,
		each(l.Claims, func(c flow.Resting) resting { return resting{c.On, c.Study, c.Label, c.Seq, c.People, c.Left} }), l.Notes,
		each(l.Sealed, func(g headway.Guess) headway.GuessID { return g.ID }), each(l.Namesakes, itself), l.Gone,
	}
}

func (a *api) getLoss(ctx context.Context, in *InPerson) (loss, error) {
	l, err := a.hw.Loss(ctx, in.Person)
	return lossOf(l), err
}

type erasePersonInput struct {
	InPerson
	Body struct {
		Mentions bool `json:"mentions" doc:"strike their name from what others said too"`
	}
}

func (a *api) erasePerson(ctx context.Context, in *erasePersonInput) (loss, error) {
	l, err := a.hw.Erase(ctx, in.Person, in.Body.Mentions)
	return lossOf(l), err
}
