package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/api"
)

// generatedIn is where the islands find the API's types and functions.
const generatedIn = "web/src/api"

// gen writes the typed client of the HTTP API for the islands.
func gen(context.Context) error {
	files, err := client()
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(generatedIn, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// client gives the files of the client, made from the OpenAPI document.
func client() (map[string]string, error) {
	data, err := api.Document()
	if err != nil {
		return nil, err
	}
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	types, err := d.types()
	if err != nil {
		return nil, err
	}
	functions, err := d.functions()
	return map[string]string{"types.gen.ts": types, "client.gen.ts": functions}, err
}

// document is as much of an OpenAPI document as the client is made from.
type document struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID string
	Summary     string
	Scope       string `json:"x-scope"`
	Parameters  []struct {
		Name, In string
		Required bool
		Schema   schema
	}
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 any    // a word, or a list of them
	Description          string
	Enum                 []string
	Items                *schema
	Properties           map[string]schema
	Required             []string
	AdditionalProperties any
}

const generatedHead = "// Written by `go run ./tools/dev gen` from the OpenAPI document. Do not edit.\n"

// types writes an interface for each shape.
func (d document) types() (string, error) {
	var b bytes.Buffer
	b.WriteString(generatedHead)
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		s := d.Components.Schemas[name]
		b.WriteString("\n" + remark("", s.Description))
		if len(s.Properties) == 0 {
			t, err := s.typed()
			if err != nil {
				return "", fmt.Errorf("%s: %w", name, err)
			}
			fmt.Fprintf(&b, "export type %s = %s;\n", name, t)
			continue
		}
		fmt.Fprintf(&b, "export interface %s {\n", name)
		for _, property := range slices.Sorted(maps.Keys(s.Properties)) {
			p := s.Properties[property]
			t, err := p.typed()
			if err != nil {
				return "", fmt.Errorf("%s.%s: %w", name, property, err)
			}
			optional := "?"
			if slices.Contains(s.Required, property) {
				optional = ""
			}
			fmt.Fprintf(&b, "%s  %s%s: %s;\n", remark("  ", p.Description), property, optional, t)
		}
		b.WriteString("}\n")
	}
	return b.String(), nil
}

// typed gives a schema as a TypeScript type.
func (s schema) typed() (string, error) {
	if name, refers := strings.CutPrefix(s.Ref, "#/components/schemas/"); refers {
		return name, nil
	}
	if len(s.Enum) > 0 {
		words := make([]string, len(s.Enum))
		for i, word := range s.Enum {
			words[i] = fmt.Sprintf("%q", word)
		}
		return strings.Join(words, " | "), nil
	}
	switch s.Type {
	case "string":
		return "string", nil
	case "integer", "number":
		return "number", nil
	case "boolean":
		return "boolean", nil
	case "array":
		of, err := s.Items.typed()
		return "Array<" + of + ">", err
	case "object":
		return "Record<string, unknown>", nil
	}
	return "", fmt.Errorf("no TypeScript is known for the type %v", s.Type)
}

func remark(indent, words string) string {
	if words == "" {
		return ""
	}
	return indent + "/** " + strings.ReplaceAll(words, "*/", "* /") + " */\n"
}

var pathParameter = regexp.MustCompile(`\{([a-z]+)\}`)

// functions writes a function for each operation.
func (d document) functions() (string, error) {
	made := map[string]string{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			text, err := op.function(strings.ToUpper(method), path)
			if err != nil {
				return "", fmt.Errorf("%s %s: %w", method, path, err)
			}
			made[op.OperationID] = text
		}
	}
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(made)) {
		b.WriteString("\n" + made[id])
	}
	var used []string
	for name := range d.Components.Schemas {
		if regexp.MustCompile(`\b` + name + `\b`).MatchString(withoutRemarks(b.String())) {
			used = append(used, name)
		}
	}
	slices.Sort(used)
	return generatedHead + "import { call, type Answer } from \"./call.ts\";\nimport type { " + strings.Join(used, ", ") + " } from \"./types.gen.ts\";\n" + b.String(), nil
}

func withoutRemarks(code string) string {
	return regexp.MustCompile(`/\*\*.*\*/`).ReplaceAllString(code, "")
}

func (op operation) function(method, path string) (string, error) {
	var parameters, query []string
	for _, p := range op.Parameters {
		t, err := p.Schema.typed()
		if err != nil {
			return "", err
		}
		switch {
		case p.In == "path":
			parameters = append(parameters, argument(p.Name)+": "+t)
		case p.Required:
			query = append(query, p.Name+": "+t)
		default:
			query = append(query, p.Name+"?: "+t)
		}
	}
	sends, body, err := op.body()
	if err != nil {
		return "", err
	}
	if body != "" {
		parameters = append(parameters, sends+": "+body)
	}
	inPath := pathParameter.ReplaceAllStringFunc(path, func(p string) string { return "${encodeURIComponent(" + argument(strings.Trim(p, "{}")) + ")}" })
	arguments := []string{fmt.Sprintf("%q", method), "`" + inPath + "`"}
	if len(query) > 0 {
		none := ""
		if !slices.ContainsFunc(query, func(q string) bool { return !strings.Contains(q, "?:") }) {
			none = " = {}"
		}
		parameters = append(parameters, "query: { "+strings.Join(query, "; ")+" }"+none)
	}
	if body != "" || len(query) > 0 {
		arguments = append(arguments, orUndefined(sends, body != ""))
	}
	if len(query) > 0 {
		arguments = append(arguments, "query")
	}
	gives, err := op.gives()
	return fmt.Sprintf("/** %s. Needs the scope %s. */\nexport const %s = (%s): Promise<Answer<%s>> => call(%s);\n",
		op.Summary, op.Scope, op.OperationID, strings.Join(parameters, ", "), gives, strings.Join(arguments, ", ")), err
}

// argument names an id in the path: TypeScript keeps some words for itself.
func argument(name string) string {
	if slices.Contains([]string{"import", "export", "class", "delete", "new"}, name) {
		return name + "ID"
	}
	return name
}

func orUndefined(name string, there bool) string {
	if there {
		return name
	}
	return "undefined"
}

// body gives what an operation is sent: JSON, a file, or a form.
func (op operation) body() (name, typed string, err error) {
	if json, is := op.RequestBody.Content["application/json"]; is {
		typed, err = json.Schema.typed()
		return "body", typed, err
	}
	if _, is := op.RequestBody.Content["application/octet-stream"]; is {
		return "file", "Blob", nil
	}
	if len(op.RequestBody.Content) > 0 {
		return "form", "FormData", nil
	}
	return "body", "", nil
}

// gives is what an operation answers with when it is done.
func (op operation) gives() (string, error) {
	for status, response := range op.Responses {
		if json, is := response.Content["application/json"]; is && strings.HasPrefix(status, "2") {
			return json.Schema.typed()
		}
		if len(response.Content) > 0 && strings.HasPrefix(status, "2") {
			return "Blob", nil
		}
	}
	return "void", nil
}
