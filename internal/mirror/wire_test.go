package mirror

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestAStoredPartIsTheSamePartAndSmall(t *testing.T) {
	parts := fairDesk(t).parts
	parts = append(parts, Part{Conversation: "empty"}, lookAt(t, `
		us q-open,?asks:measure,asks:result: And was it worth it?
		Ana measure,?result: It took ten minutes.
		us q-open,asks:habit: What stays?
		Bo: Hm.`))
	for _, want := range parts {
		stored, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Part
		if err := json.Unmarshal(stored, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func FuzzAStoredPartIsReadOrRefused(f *testing.F) {
	for _, p := range fairDesk(f).parts {
		stored, err := json.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(stored)
	}
	f.Fuzz(func(t *testing.T, stored []byte) {
		var p Part
		if err := json.Unmarshal(stored, &p); err != nil {
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var q Part
		if err := json.Unmarshal(again, &q); err != nil {
			t.Fatalf("what was read cannot be stored again: %v", err)
		}
	})
}

func TestAMomentIsStoredInFewBytes(t *testing.T) {
	size := func(sentences int) int {
		c, h := talk(t, "long", "Ana struggle: "+strings.Repeat("The lid of the mug leaks every evening.\nAna struggle: ", sentences)+"No.")
		stored, err := json.Marshal(Look(c, h, nil))
		if err != nil {
			t.Fatal(err)
		}
		return len(stored)
	}
	if each := float64(size(1100)-size(100)) / 1000; each > 60 {
		t.Errorf("%.0f bytes a moment", each)
	}
}

func TestAStoredPartThatDoesNotFitTogetherIsRefused(t *testing.T) {
	for name, stored := range map[string]string{
		"not JSON":                     `{"moments":`,
		"a text of nobody":             `{"names":["a"],"texts":{"t":[0]}}`,
		"columns of unlike lengths":    `{"names":["a"],"moments":{"t":[0]}}`,
		"a question that is not there": `{"names":[],"slots":[{"slot":"measure","a":[0]}]}`,
		"half an answer":               `{"names":["a"],"spans":{"t":[0],"s":[0],"l":[1]},"slots":[{"slot":"measure","w":[0]}]}`,
		"a name that is not there":     `{"names":[],"near":{"t":[3],"s":[0],"l":[1],"k":[0],"c":[0],"p":[0],"n":[0],"g":[0],"i":[0]}}`,
	} {
		var p Part
		if err := p.UnmarshalJSON([]byte(stored)); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
