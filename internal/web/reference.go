package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// referenceView is the HTTP API for people: what its OpenAPI document says.
type referenceView struct {
	Lead      []string
	Resources []resourceView
	Shapes    []shapeView
	Host      string
}

// resourceView is the operations on one resource.
type resourceView struct {
	Name, About string
	Operations  []operationView
}

type operationView struct {
	ID, Method, Path, Summary, About, Scope string
	Asked                                   []fieldView // in the path and the query
	Sends                                   shapeView
	Form                                    bool // what is sent is a form and not JSON
	Gives                                   string
	Example                                 string // of what is sent
}

type shapeView struct {
	Name, About string
	Words       []string // it is one of these
	Fields      []fieldView
}

type fieldView struct {
	Name, Type, About string
	Shape             string // the shape that Type is of, to lead there
	Needed            bool
}

func (s *server) showReference(w http.ResponseWriter, r *http.Request) error {
	if s.options.OpenAPI == nil {
		return headway.Errorf(headway.NotFound, "this Headway serves no API")
	}
	var d openAPI
	if err := json.Unmarshal(s.options.OpenAPI, &d); err != nil {
		return err
	}
	view := d.view()
	view.Host = r.Host
	return s.render(w, r, http.StatusOK, newPage("reference", "The HTTP API"), view)
}

// openAPI is as much of the document as the page shows.
type openAPI struct {
	Info  struct{ Description string }
	Tags  []struct{ Name, Description string }
	Paths map[string]map[string]struct {
		OperationID, Summary, Description string
		Scope                             string `json:"x-scope"`
		Tags                              []string
		Parameters                        []struct {
			Name, In, Description string
			Required              bool
			Schema                jsonSchema
		}
		RequestBody apiContent
		Responses   map[string]apiContent
	}
	Components struct{ Schemas map[string]jsonSchema }
}

type apiContent struct {
	Content map[string]struct{ Schema jsonSchema }
}

type jsonSchema struct {
	Ref         string `json:"$ref"`
	Type        string
	Format      string
	Description string
	Enum        []string
	Examples    []any
	Items       *jsonSchema
	Properties  map[string]jsonSchema
	Required    []string
	Minimum     float64
}

const refSchema = "#/components/schemas/"

// view lays the document out: operations by resource, in the order of the
// document's resources, then the shapes by name.
func (d openAPI) view() referenceView {
	v := referenceView{Lead: strings.SplitAfter(d.Info.Description, ". ")}
	for _, tag := range d.Tags {
		v.Resources = append(v.Resources, resourceView{tag.Name, tag.Description, d.operations(tag.Name)})
	}
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		v.Shapes = append(v.Shapes, d.Components.Schemas[name].shape(name))
	}
	return v
}

// methods in the order in which a resource's operations are shown.
var methods = []string{"get", "post", "put", "delete"}

func (d openAPI) operations(tag string) (all []operationView) {
	for path, of := range d.Paths {
		for method, op := range of {
			if !slices.Contains(op.Tags, tag) {
				continue
			}
			v := operationView{ID: op.OperationID, Method: strings.ToUpper(method), Path: path, Summary: op.Summary, About: op.Description, Scope: op.Scope}
			for _, p := range op.Parameters {
				v.Asked = append(v.Asked, fieldView{p.Name, p.Schema.name(), p.Description, p.Schema.refers(), p.Required})
			}
			for kind, sent := range op.RequestBody.Content {
				v.Form = kind != "application/json"
				v.Sends = d.follow(sent.Schema).shape(sent.Schema.refers())
				v.Example = d.example(sent.Schema, v.Form)
			}
			for status, answer := range op.Responses {
				if given, is := answer.Content["application/json"]; is && strings.HasPrefix(status, "2") {
					v.Gives = given.Schema.refers()
				}
			}
			all = append(all, v)
		}
	}
	slices.SortFunc(all, func(a, b operationView) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(slices.Index(methods, strings.ToLower(a.Method)), slices.Index(methods, strings.ToLower(b.Method))))
	})
	return all
}

func (d openAPI) follow(s jsonSchema) jsonSchema {
	if s.Ref != "" {
		return d.Components.Schemas[s.refers()]
	}
	return s
}

// refers gives the shape that a schema names, itself or for each of a list.
func (s jsonSchema) refers() string {
	if s.Items != nil {
		return s.Items.refers()
	}
	return strings.TrimPrefix(s.Ref, refSchema)
}

// name says a type in a few words.
func (s jsonSchema) name() string {
	switch {
	case s.Items != nil:
		return "list of " + s.Items.name()
	case s.Ref != "":
		return s.refers()
	case s.Format == "date-time":
		return "date"
	case s.Type == "":
		return "anything"
	}
	return s.Type
}

func (s jsonSchema) shape(name string) shapeView {
	v := shapeView{Name: name, About: s.Description, Words: s.Enum}
	for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[field]
		v.Fields = append(v.Fields, fieldView{field, p.name(), p.Description, p.refers(), slices.Contains(s.Required, field)})
	}
	slices.SortStableFunc(v.Fields, needed)
	return v
}

// needed orders fields: what has to be sent is read first.
func needed(a, b fieldView) int {
	switch {
	case a.Needed == b.Needed:
		return 0
	case a.Needed:
		return -1
	}
	return 1
}

// example is what curl sends: JSON with what is needed, or the parts of a form.
func (d openAPI) example(s jsonSchema, form bool) string {
	if form {
		return "-F files=@call.vtt"
	}
	sent, err := json.Marshal(d.instance(s))
	if err != nil {
		return ""
	}
	return fmt.Sprintf("-d '%s'", sent)
}

// instance is a value that fits a schema: the one it gives as an example, or the
// least.
func (d openAPI) instance(s jsonSchema) any {
	given := s.Examples
	s = d.follow(s)
	switch {
	case len(given) > 0:
		return given[0]
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Items != nil:
		return []any{d.instance(*s.Items)}
	case s.Properties != nil:
		least := map[string]any{}
		for _, name := range s.Required {
			least[name] = d.instance(s.Properties[name])
		}
		return least
	}
	switch s.Type {
	case "integer", "number":
		return s.Minimum
	case "boolean":
		return true
	}
	return "…"
}
