package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheClientIsWhatTheDocumentSays(t *testing.T) {
	files, err := client()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join("../..", generatedIn, name))
		if err != nil || string(have) != want {
			t.Errorf("%s is not what the OpenAPI document says (%v): go run ./tools/dev gen", name, err)
		}
	}
}

func TestAnOperationBecomesAFunction(t *testing.T) {
	files, err := client()
	if err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"what is sent is typed":        "export const mark = (body: MarkBody): Promise<Answer<Deeds>> => call(\"POST\", `/marks`, body);",
		"ids are put into the path":    "export const getStudy = (study: string): Promise<Answer<Study>> => call(\"GET\", `/studies/${encodeURIComponent(study)}`);",
		"no word of TypeScript's own":  "export const cancelImport = (importID: string): Promise<Answer<void>> => call(\"DELETE\", `/imports/${encodeURIComponent(importID)}`);",
		"what is asked for is typed":   "export const listStudies = (query: { after?: string; limit?: number } = {}): Promise<Answer<ListStudy>> => call(\"GET\", `/studies`, undefined, query);",
		"what answers nothing is void": "export const takeOffNote = (note: string): Promise<Answer<void>> => call(\"DELETE\", `/notes/${encodeURIComponent(note)}`);",
	} {
		if !strings.Contains(files["client.gen.ts"], line) {
			t.Errorf("%s: there is no %s", name, line)
		}
	}
}
