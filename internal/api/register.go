package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// operation is what the document says of one: the route ("GET
// /studies/{study}"), its id, which is a function's name in clients, the
// resource and a summary.
func operation(scope access.Scope, route, id, tag, summary string) huma.Operation {
	method, path, _ := strings.Cut(route, " ")
	return huma.Operation{
		Method: method, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary,
		Responses:  failures(method, path),
		Security:   []map[string][]string{{"token": {string(scope)}}, {"cookie": {}}},
		Extensions: map[string]any{scopeExtension: scope},
	}
}

// failures are the ways in which an operation may fail.
func failures(method, path string) map[string]*huma.Response {
	statuses := []int{http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if strings.Contains(path, "{") {
		statuses = append(statuses, http.StatusNotFound)
	}
	if method != http.MethodGet {
		statuses = append(statuses, http.StatusConflict)
	}
	if method == http.MethodPost || method == http.MethodPut {
		statuses = append(statuses, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	all := map[string]*huma.Response{}
	for _, status := range statuses {
		all[strconv.Itoa(status)] = &huma.Response{Ref: responseRef + strconv.Itoa(status)}
	}
	return all
}

const responseRef = "#/components/responses/"

// problems are the responses that failures refer to.
func problems(r huma.Registry) map[string]*huma.Response {
	shape := r.Schema(reflect.TypeFor[Problem](), true, "")
	all := map[string]*huma.Response{}
	for status, means := range map[int]string{
		http.StatusBadRequest:            "The request cannot be read",
		http.StatusForbidden:             "The scope is too small, or the study is still guessing",
		http.StatusNotFound:              "There is no such thing in this workspace",
		http.StatusConflict:              "It changed in the meantime, or what was believed to stand there does not",
		http.StatusRequestEntityTooLarge: "The request is too large",
		http.StatusUnsupportedMediaType:  "The request is of another type than this takes",
		http.StatusUnprocessableEntity:   "What was sent cannot be used",
		http.StatusInternalServerError:   "Our mistake",
		http.StatusServiceUnavailable:    "The store is not to be had right now; nothing was written",
	} {
		all[strconv.Itoa(status)] = &huma.Response{Description: means, Content: map[string]*huma.MediaType{problemType: {Schema: shape}}}
	}
	return all
}

func read(route, id, tag, summary string) huma.Operation {
	return operation(access.Read, route, id, tag, summary)
}

func write(route, id, tag, summary string) huma.Operation {
	return operation(access.Write, route, id, tag, summary)
}

func admin(route, id, tag, summary string) huma.Operation {
	return operation(access.Admin, route, id, tag, summary)
}

// makes says that an operation answers with something new.
func makes(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}

// answer is what huma wants around a body.
type answer[T any] struct{ Body T }

// ask registers an operation that answers with a body.
func ask[I, T any](a *api, op huma.Operation, act func(context.Context, *I) (T, error)) {
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*answer[T], error) {
		body, err := act(ctx, in)
		if err != nil {
			return nil, told(ctx, op, err)
		}
		return &answer[T]{body}, nil
	})
}

// file is an answer that is no JSON.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// give registers an operation that answers with a file of one of some kinds.
func give[I any](a *api, op huma.Operation, act func(context.Context, *I) (file, error), kinds ...string) {
	answer := &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{}}
	for _, kind := range kinds {
		answer.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	op.Responses["200"] = answer
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*file, error) {
		f, err := act(ctx, in)
		if err != nil {
			return nil, told(ctx, op, err)
		}
		return &f, nil
	})
}

// do registers an operation that answers with nothing but that it was done.
func do[I any](a *api, op huma.Operation, act func(context.Context, *I) error) {
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*struct{}, error) {
		if err := act(ctx, in); err != nil {
			return nil, told(ctx, op, err)
		}
		return nil, nil
	})
}

// told makes a Problem of an error; our own mistakes are said in the terminal.
func told(ctx context.Context, op huma.Operation, err error) error {
	if headway.ErrorCode(err) == headway.Internal && ctx.Err() == nil {
		slog.ErrorContext(ctx, "operation failed", "operation", op.OperationID, "err", err)
	}
	return problemOf(err)
}
