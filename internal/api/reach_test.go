package api

import (
	"reflect"
	"testing"

	"github.com/headway-oss/headway/internal/flow"
)

// behind is why what works behind the faces is no operation.
const behind = "goes on behind the faces"

// notReachable says of each method of flow that no operation asks why it does not.
var notReachable = map[string]string{
	"Adopt":        "takes an export into an empty store: headway import",
	"ImportNow":    "reads this machine's folders: headway import",
	"ImportMasked": "reads this machine's folders: headway import --mask",
	"Verify":       "looks after the store: headway verify",

	"Draw": behind, "FinishErasing": behind, "Follow": behind, "Gather": behind, "GatherAll": behind, "HearCarefully": behind, "Listen": behind,
	"MakeFindable": behind, "Rederive": behind, "Remember": behind, "RememberAll": behind, "Resume": behind,

	"Mark": "Marked does it and tells the deeds", "MarkAll": "Marked does it and tells the deeds",
	"Mirror": "Report has it with the words", "Parts": "Report has them with the words",
	"CorrectText": "guesses what was edited; a program knows",
	"Choices":     "Offers gives them as they are typed",
	"Dealt":       "the customer's page has it",
	"Chosen":      "a program that chose conversations knows them",
	"PlaceAlike":  "a program names each speaker: placeSpeaker",
	"SealFor":     "is for who has a link and no account",
}

func TestEveryMethodOfFlowIsReachableOrSaysWhyNot(t *testing.T) {
	asked := reflect.TypeFor[Headway]()
	for m := range reflect.TypeFor[*flow.Flow]().Methods() {
		_, reached := asked.MethodByName(m.Name)
		why, excused := notReachable[m.Name]
		if reached == excused {
			t.Errorf("%s: reached %t, excused %q: give it an operation, or say here why it has none", m.Name, reached, why)
		}
	}
	for name := range notReachable {
		if _, there := reflect.TypeFor[*flow.Flow]().MethodByName(name); !there {
			t.Errorf("flow has no %s", name)
		}
	}
}
