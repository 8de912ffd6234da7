package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/mask"
)

// shapes names the types of the document. The vocabulary's own types stand in
// it as they are written; a few need words that reflection cannot find.
func shapes() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", nameOf)
	r.RegisterTypeAlias(reflect.TypeFor[headway.Quote](), reflect.TypeFor[Quote]())
	for name, kind := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[headway.Label]():    reflect.TypeFor[labels](),
		reflect.TypeFor[headway.Side]():     reflect.TypeFor[sides](),
		reflect.TypeFor[headway.Verdict]():  reflect.TypeFor[verdicts](),
		reflect.TypeFor[headway.About]():    reflect.TypeFor[abouts](),
		reflect.TypeFor[headway.Phase]():    reflect.TypeFor[phases](),
		reflect.TypeFor[headway.Genre]():    reflect.TypeFor[genres](),
		reflect.TypeFor[headway.Code]():     reflect.TypeFor[codes](),
		reflect.TypeFor[headway.Role]():     reflect.TypeFor[roles](),
		reflect.TypeFor[headway.Consent]():  reflect.TypeFor[consents](),
		reflect.TypeFor[headway.Access]():   reflect.TypeFor[accesses](),
		reflect.TypeFor[headway.Part]():     reflect.TypeFor[parts](),
		reflect.TypeFor[headway.Choice]():   reflect.TypeFor[choices](),
		reflect.TypeFor[headway.Status]():   reflect.TypeFor[statuses](),
		reflect.TypeFor[mask.What]():        reflect.TypeFor[whats](),
		reflect.TypeFor[access.Scope]():     reflect.TypeFor[scopes](),
		reflect.TypeFor[access.ShareKind](): reflect.TypeFor[shareKinds](),
	} {
		r.RegisterTypeAlias(name, kind)
	}
	return r
}

// nameOf keeps the mirror's types, and those of the jobs, apart from others of the same name, and calls
// what an operation is sent its body.
func nameOf(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if strings.HasSuffix(t.PkgPath(), "/mirror") {
		return "Mirror" + strings.TrimPrefix(name, "Report")
	}
	if strings.HasSuffix(t.PkgPath(), "/job") {
		return "Jobs" + strings.TrimPrefix(name, "Report")
	}
	return strings.ReplaceAll(name, "InputBody", "Body")
}

// Quote tells how a headway.Quote is written.
type Quote struct {
	Span headway.Span `json:"span" doc:"where the words stand: code points of a text version, the end exclusive"`
	Text string       `json:"text" doc:"the words, cut from exactly there" example:"it takes me three hours"`
}

// A word of the vocabulary that is one of a few is a shape of its own.
type (
	labels     struct{}
	sides      struct{}
	verdicts   struct{}
	abouts     struct{}
	phases     struct{}
	genres     struct{}
	codes      struct{}
	roles      struct{}
	consents   struct{}
	accesses   struct{}
	scopes     struct{}
	shareKinds struct{}
	whats      struct{}
	parts      struct{}
	choices    struct{}
	statuses   struct{}
)

func (labels) Schema(r huma.Registry) *huma.Schema {
	all := append(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)...)
	return oneOf(r, "Label", "what a sentence carries: a kind on the customer's side, an act or what a question asks for on ours", all...)
}

func (sides) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Side", "whose words these are", headway.Theirs, headway.Ours, headway.Unknown)
}

func (verdicts) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Verdict", "on a label kept or dismissed, on a guess the others; undecided takes one back",
		headway.Supports, headway.Partly, headway.Contradicts, headway.NotAbout, headway.Kept, headway.Dismissed, headway.Undecided)
}

func (abouts) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "About", "whom a study is about: one customer, all of ours, or oneself", headway.OneCustomer, headway.OurCustomers, headway.Myself)
}

func (phases) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Phase", "evidence is shown in sealed and skipped only", headway.Guessing, headway.Sealed, headway.Skipped)
}

func (genres) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Genre", "how words came to be said", headway.Interview, headway.Call, headway.Chat, headway.Mail, headway.Survey, headway.Review)
}

func (codes) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Code", "what sort of failure it is",
		headway.Invalid, headway.NotFound, headway.Conflict, headway.Denied, headway.Unavailable, headway.Internal)
}

func (roles) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Role", "what a person is in their account; the empty one is not known", append(headway.Roles(), "")...)
}

func (consents) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Consent", "what a person allowed us to do with their words; the empty one is not known",
		headway.ConsentGiven, headway.ConsentRefused, headway.ConsentWithdrawn, "")
}

func (accesses) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Access", "what a member may do", headway.Owner, headway.Editor, headway.Viewer)
}

func (parts) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Part", "what a claim is in the picture of a study's jobs", headway.Parts()...)
}

func (choices) Schema(r huma.Registry) *huma.Schema {
	var all []headway.Choice
	for _, p := range headway.Parts() {
		all = append(all, p.Choices()...)
	}
	return oneOf(r, "Choice", "of a criterion must to not-needed, of an alternative what it is to the customer, of an issue whose it is, of a plan how far it is, of a rung its sort; the empty one is not settled",
		append(all, "")...)
}

func (statuses) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Status", "what a claim rests on", headway.StatusSaid, headway.StatusInferred, headway.StatusOurs, headway.StatusUnknown)
}

func (scopes) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "Scope", "what a token may be used for; each holds the ones before it", access.Read, access.Write, access.Admin)
}

func (shareKinds) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "ShareKind", "what a link shows: the mirror of a study, a quote, or a search; guess shows nothing and lets one be sealed",
		access.ShareMirror, access.ShareQuote, access.ShareSearch, access.ShareGuess)
}

func (whats) Schema(r huma.Registry) *huma.Schema {
	return oneOf(r, "What", "what masked words tell", mask.Whats()...)
}

// oneOf names a shape that is one of some words, and refers to it.
func oneOf[W ~string](r huma.Registry, name, description string, words ...W) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: description}
	for _, w := range words {
		s.Enum = append(s.Enum, string(w))
	}
	s.PrecomputeMessages()
	r.Map()[name] = s
	return &huma.Schema{Ref: "#/components/schemas/" + name}
}
