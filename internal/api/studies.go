package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Studying is studies and everything before the reveal.
type Studying interface {
	Studies(ctx context.Context) ([]headway.Study, error)
	Study(ctx context.Context, id headway.StudyID) (headway.Study, error)
	OpenStudy(ctx context.Context, name string, about headway.About) (headway.Study, error)
	Guesses(ctx context.Context, study headway.StudyID) ([]headway.Guess, error)
	Seal(ctx context.Context, study headway.StudyID, guesses []headway.Guess) (seal string, err error)
	Skip(ctx context.Context, study headway.StudyID) error
	AddGuess(ctx context.Context, study headway.StudyID, guess headway.Guess) error
	Conversations(ctx context.Context, study headway.StudyID) ([]flow.Head, error)
	Closeness(ctx context.Context, study headway.StudyID) (flow.Closeness, error)
	LoadSample(ctx context.Context) (headway.StudyID, error)
	RemoveSample(ctx context.Context) error
}

func (a *api) studies() {
	ask(a, read("GET /studies", "listStudies", "studies", "List the studies, first opened first"), a.listStudies)
	ask(a, makes(write("POST /studies", "openStudy", "studies", "Open a study")), a.openStudy)
	ask(a, read("GET /studies/{study}", "getStudy", "studies", "Read a study"), a.getStudy)
	ask(a, read("GET /studies/{study}/conversations", "listConversations", "studies", "List a study's conversations, without their words"), a.listConversations)
	ask(a, read("GET /studies/{study}/closeness", "getCloseness", "studies", "Tell how many conversations were heard carefully so far"), a.getCloseness)
	ask(a, makes(write("POST /sample", "loadSample", "studies", "Open the invented studies, to try things on")), a.loadSample)
	do(a, write("DELETE /sample", "removeSample", "studies", "Remove the invented studies"), a.removeSample)
}

// InStudy is what an operation on a study is asked with.
type InStudy struct {
	Study headway.StudyID `path:"study" doc:"id of the study"`
}

func (a *api) listStudies(ctx context.Context, in *Paging) (l list[headway.Study], err error) {
	all, err := a.hw.Studies(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, func(s headway.Study) string { return string(s.ID) }, itself)
}

type openStudyInput struct {
	Body struct {
		Name  string        `json:"name" maxLength:"500" doc:"the customer's or the question's" example:"Spring calls"`
		About headway.About `json:"about" doc:"whom it is about"`
		// Conversations that are here already; others are imported.
		Conversations []headway.ConversationID `json:"conversations,omitempty" maxItems:"10000" doc:"ids of conversations that are here, to begin with; they are hidden through it until it is sealed or skipped"`
	}
}

func (a *api) openStudy(ctx context.Context, in *openStudyInput) (headway.Study, error) {
	if len(in.Body.Conversations) > 0 {
		return a.hw.StudyOf(ctx, in.Body.Name, in.Body.About, in.Body.Conversations)
	}
	return a.hw.OpenStudy(ctx, in.Body.Name, in.Body.About)
}

func (a *api) getStudy(ctx context.Context, in *InStudy) (headway.Study, error) {
	return a.hw.Study(ctx, in.Study)
}

// head is a conversation in a list.
type head struct {
	ID       headway.ConversationID `json:"id"`
	File     string                 `json:"file" doc:"the name under which it came"`
	Row      int                    `json:"row,omitempty" doc:"of a table or a mailbox, from 1"`
	Title    string                 `json:"title,omitempty"`
	Genre    headway.Genre          `json:"genre"`
	Date     headway.Date           `json:"date,omitzero"`
	Turns    int                    `json:"turns"`
	Words    int                    `json:"words"`
	Speakers []headway.Speaker      `json:"speakers"`
}

func headOf(h flow.Head) head {
	return head{h.ID, h.File, h.Row, h.Title, h.Genre, h.Date, h.Turns, h.Words, each(h.Speakers, itself)}
}

type listConversationsInput struct {
	InStudy
	Paging
}

func (a *api) listConversations(ctx context.Context, in *listConversationsInput) (l list[head], err error) {
	if _, err := a.hw.Study(ctx, in.Study); err != nil {
		return l, err
	}
	all, err := a.hw.Conversations(ctx, in.Study)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(h flow.Head) string { return string(h.ID) }, headOf)
}

type closeness struct {
	Heard int  `json:"heard" doc:"conversations that were heard carefully"`
	All   int  `json:"all" doc:"conversations there are; 0 where nothing is heard carefully"`
	Left  bool `json:"left,omitempty" doc:"the rest is heard only if somebody asks for it"`
}

func (a *api) getCloseness(ctx context.Context, in *InStudy) (closeness, error) {
	if _, err := a.hw.Study(ctx, in.Study); err != nil {
		return closeness{}, err
	}
	c, err := a.hw.Closeness(ctx, in.Study)
	return closeness(c), err
}

type opened struct {
	Study headway.StudyID `json:"study" doc:"the study to look at first"`
}

func (a *api) loadSample(ctx context.Context, _ *struct{}) (opened, error) {
	id, err := a.hw.LoadSample(ctx)
	return opened{id}, err
}

func (a *api) removeSample(ctx context.Context, _ *struct{}) error { return a.hw.RemoveSample(ctx) }
