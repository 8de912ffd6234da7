package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Regrouping tells what changed in studies, and puts conversations into them.
type Regrouping interface {
	// RevealedAt gives when a study was sealed or skipped.
	RevealedAt(ctx context.Context, study headway.StudyID) (time.Time, error)
	ChangedSince(ctx context.Context, study headway.StudyID, since time.Time) (mirror.Change, mirror.Texts, error)
	Beside(ctx context.Context, first, second headway.StudyID) (mirror.Change, mirror.Texts, error)
	AddTo(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (added int, err error)
	LeaveOut(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (left int, err error)
	StudyOf(ctx context.Context, name string, about headway.About, ids []headway.ConversationID) (headway.Study, error)
}

func (a *api) regrouping() {
	ask(a, read("GET /studies/{study}/changes", "getChanges", "mirror", "Tell what changed in a study since a day"), a.getChanges)
	ask(a, read("GET /studies/{study}/compare/{other}", "compareStudies", "mirror", "Tell what another study has more or less of than this one"), a.compareStudies)
	ask(a, write("POST /studies/{study}/conversations", "addConversations", "studies", "Put conversations that are here into a study"), a.addConversations)
	ask(a, write("POST /studies/{study}/conversations/leave", "leaveConversations", "studies", "Take conversations out of a study; they stay here and in other studies"), a.leaveConversations)
}

type getChangesInput struct {
	InStudy
	Since string `query:"since" maxLength:"64" example:"2026-11-15" doc:"a day, a time, week, month or seal; without it the last seven days"`
}

func (a *api) getChanges(ctx context.Context, in *getChangesInput) (mirror.ReportChange, error) {
	since, err := flow.ReadSince(in.Since, time.Now(), func() (time.Time, error) { return a.hw.RevealedAt(ctx, in.Study) })
	if err != nil {
		return mirror.ReportChange{}, err
	}
	c, texts, err := a.hw.ChangedSince(ctx, in.Study, since)
	return mirror.NewReportChange(c, texts), err
}

type compareStudiesInput struct {
	InStudy
	Other headway.StudyID `path:"other" doc:"id of the study that is held beside it"`
}

func (a *api) compareStudies(ctx context.Context, in *compareStudiesInput) (mirror.ReportChange, error) {
	c, texts, err := a.hw.Beside(ctx, in.Study, in.Other)
	return mirror.NewReportChange(c, texts), err
}

type regroupInput struct {
	InStudy
	Body struct {
		Conversations []headway.ConversationID `json:"conversations" minItems:"1" maxItems:"10000" doc:"ids of conversations that are here"`
	}
}

type regrouped struct {
	Conversations int `json:"conversations" doc:"how many came in or went out; those that had already do not count"`
}

func (a *api) addConversations(ctx context.Context, in *regroupInput) (regrouped, error) {
	n, err := a.hw.AddTo(ctx, in.Study, in.Body.Conversations)
	return regrouped{n}, err
}

func (a *api) leaveConversations(ctx context.Context, in *regroupInput) (regrouped, error) {
	n, err := a.hw.LeaveOut(ctx, in.Study, in.Body.Conversations)
	return regrouped{n}, err
}
