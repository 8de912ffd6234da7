package cue

import "strings"

// inflections gives the forms of a regular verb or noun in base form, and of
// the irregular ones listed; a few forms too many do no harm, since no text
// holds them.
func inflections(base string) []string {
	forms := []string{base}
	forms = append(forms, strings.Fields(irregular[base])...)
	last := base[len(base)-1]
	switch {
	case last == 'e':
		stem := base[:len(base)-1]
		return append(forms, base+"s", base+"d", stem+"ing", base+"ing")
	case last == 'y' && len(base) > 1 && !isVowel(base[len(base)-2]):
		stem := base[:len(base)-1]
		return append(forms, stem+"ies", stem+"ied", base+"ing")
	}
	if strings.HasSuffix(base, "ch") || strings.HasSuffix(base, "sh") || strings.ContainsRune("sxzo", rune(last)) {
		forms = append(forms, base+"es")
	}
	if !isVowel(last) {
		forms = append(forms, base+string(last)+"ed", base+string(last)+"ing")
	}
	return append(forms, base+"s", base+"ed", base+"ing")
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// irregular lists the forms that rules do not make, by base form.
var irregular = map[string]string{
	"be": "am is are was were been being", "have": "has had having", "do": "does did done doing", "go": "goes went gone going",
	"become": "became", "begin": "began begun beginning", "break": "broke broken", "bring": "brought", "build": "built", "burn": "burnt",
	"buy": "bought", "catch": "caught", "choose": "chose chosen choosing", "come": "came", "cost": "cost", "cut": "cut cutting",
	"deal": "dealt", "die": "dying", "draw": "drew drawn", "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feel": "felt",
	"fight": "fought", "find": "found", "forget": "forgot forgotten", "get": "got gotten getting", "give": "gave given", "grow": "grew grown",
	"hang": "hung", "hear": "heard", "hold": "held", "hurt": "hurt", "keep": "kept", "know": "knew known", "lead": "led", "learn": "learnt",
	"leave": "left", "lend": "lent", "let": "let letting", "lie": "lay lain lying lied", "lose": "lost losing", "make": "made making",
	"mean": "meant", "meet": "met", "pay": "paid", "put": "put putting", "quit": "quit quitting", "read": "read", "ring": "rang rung",
	"rise": "rose risen", "run": "ran running", "say": "said", "see": "saw seen", "sell": "sold", "send": "sent", "set": "set setting",
	"shut": "shut shutting", "sit": "sat sitting", "sleep": "slept", "speak": "spoke spoken", "spend": "spent", "stand": "stood", "steal": "stole stolen",
	"stick": "stuck", "stop": "stopped stopping", "swear": "swore sworn", "take": "took taken", "teach": "taught", "tear": "tore torn", "tell": "told",
	"think": "thought", "throw": "threw thrown", "understand": "understood", "wake": "woke woken", "wear": "wore worn", "win": "won winning",
	"write": "wrote written writing", "try": "tries tried", "man": "men", "woman": "women", "child": "children", "person": "people",
}
