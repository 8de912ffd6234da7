package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
)

// Problem is every error of this API (RFC 9457).
type Problem struct {
	Title  string       `json:"title" doc:"what sort of failure it is" example:"Nothing here"`
	Status int          `json:"status" doc:"the HTTP status" example:"404"`
	Code   headway.Code `json:"code" doc:"what sort of failure it is, for programs"`
	Detail string       `json:"detail" doc:"what happened and what to do" example:"there is no study abc"`
	Errors []Misfit     `json:"errors,omitempty" doc:"where the request does not fit the document"`
}

// Misfit is one place where a request does not fit the document.
type Misfit struct {
	Location string `json:"location" doc:"where: body, path or query, and on from there" example:"body.spans[0].end"`
	Message  string `json:"message" example:"expected integer"`
}

// Error gives the detail, so that huma takes a Problem for an error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status to huma.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is application/problem+json.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// sorts gives each code its HTTP status and its title.
var sorts = map[headway.Code]struct {
	status int
	title  string
}{
	headway.Invalid:     {http.StatusUnprocessableEntity, "That cannot be used"},
	headway.NotFound:    {http.StatusNotFound, "Nothing here"},
	headway.Conflict:    {http.StatusConflict, "It changed in the meantime"},
	headway.Denied:      {http.StatusForbidden, "Not allowed"},
	headway.Unavailable: {http.StatusServiceUnavailable, "Not to be had right now"},
	headway.Internal:    {http.StatusInternalServerError, "Our mistake"},
}

// problemOf says an error to a program. What is our own mistake is told to the
// person at the machine only.
func problemOf(err error) *Problem {
	code := headway.ErrorCode(err)
	p := &Problem{Title: sorts[code].title, Status: sorts[code].status, Code: code, Detail: err.Error()}
	if code == headway.Internal {
		p.Detail = "something in Headway failed; the terminal in which it runs says what"
	}
	return p
}

// writeProblem answers where huma does not.
func writeProblem(w http.ResponseWriter, err error) {
	p := problemOf(err)
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// huma makes its own errors by a function of the package. They are Problems too,
// with a message of ours; what was sent is not sent back.
func init() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		p := &Problem{Status: status, Code: codeOf(status), Detail: message}
		p.Title = sorts[p.Code].title
		for _, err := range errs {
			if d, ok := err.(huma.ErrorDetailer); ok {
				p.Errors = append(p.Errors, Misfit{d.ErrorDetail().Location, d.ErrorDetail().Message})
			}
		}
		if len(p.Errors) > 0 {
			p.Detail = misfits(p.Errors)
		}
		if p.Code == headway.Internal {
			p.Detail = problemOf(errors.New(message)).Detail
		}
		return p
	}
	huma.DefaultArrayNullable = false // lists are never null
}

func misfits(all []Misfit) string {
	var told []string
	for _, m := range all {
		told = append(told, strings.TrimSpace(m.Location+" "+m.Message))
	}
	return "what was sent does not fit: " + strings.Join(told, "; ") + ". The reference at /api says what fits"
}

func codeOf(status int) headway.Code {
	for code, sort := range sorts {
		if sort.status == status {
			return code
		}
	}
	if status >= http.StatusInternalServerError {
		return headway.Internal
	}
	return headway.Invalid
}
