package api

import (
	"context"

	"github.com/headway-oss/headway"
)

func (a *api) guesses() {
	ask(a, read("GET /studies/{study}/guesses", "listGuesses", "guesses", "List a study's guesses, in the order in which they were sealed"), a.listGuesses)
	ask(a, write("POST /studies/{study}/seal", "sealGuesses", "guesses", "Seal guesses, and reveal what customers said"), a.sealGuesses)
	do(a, write("POST /studies/{study}/skip", "skipGuesses", "guesses", "Look without sealing; guesses written from then on are marked late"), a.skipGuesses)
	do(a, write("POST /studies/{study}/guesses", "addGuess", "guesses", "Write a guess after the reveal; it is marked late"), a.addGuess)
}

type listGuessesInput struct {
	InStudy
	Paging
}

func (a *api) listGuesses(ctx context.Context, in *listGuessesInput) (l list[headway.Guess], err error) {
	if _, err := a.hw.Study(ctx, in.Study); err != nil {
		return l, err
	}
	all, err := a.hw.Guesses(ctx, in.Study)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(g headway.Guess) string { return string(g.ID) }, itself)
}

// guessed is a guess as somebody writes it.
type guessed struct {
	Slot   headway.Label `json:"slot" doc:"what it is about: one of the eleven slots" example:"measure"`
	Text   string        `json:"text" maxLength:"5000" doc:"what we believe, in our words" example:"They want the stock count done before five"`
	Author string        `json:"author,omitempty" maxLength:"200" doc:"whose guess it is, where it is not the member's"`
}

func (g guessed) guess() headway.Guess {
	return headway.Guess{Slot: g.Slot, Text: g.Text, Author: g.Author}
}

type sealGuessesInput struct {
	InStudy
	Body struct {
		Guesses []guessed `json:"guesses" maxItems:"1000"`
	}
}

type sealed struct {
	Seal string `json:"seal" doc:"the last hash of the chain of SHA-256 that closes the guesses"`
}

func (a *api) sealGuesses(ctx context.Context, in *sealGuessesInput) (sealed, error) {
	seal, err := a.hw.Seal(ctx, in.Study, each(in.Body.Guesses, guessed.guess))
	return sealed{seal}, err
}

func (a *api) skipGuesses(ctx context.Context, in *InStudy) error { return a.hw.Skip(ctx, in.Study) }

type addGuessInput struct {
	InStudy
	Body guessed
}

func (a *api) addGuess(ctx context.Context, in *addGuessInput) error {
	return a.hw.AddGuess(ctx, in.Study, in.Body.guess())
}
