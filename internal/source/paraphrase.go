package source

import (
	"strings"

	"github.com/headway-oss/headway"
)

// notesAtLeast is how many sentences must speak of somebody in the third
// person before a text is taken for notes.
const notesAtLeast = 3

// Who notes speak of, at the front of a sentence, and what those say who speak
// for themselves. English only: notes in other languages are not recognised.
var (
	thirdPersons = fieldSet(`he she they participant user customer client respondent interviewee his her their`)
	firstPersons = fieldSet(`i i'm i've i'd i'll i’m i’ve i’d i’ll me my mine we we're we've we'd we’re we’ve us our ours`)
	reporting    = fieldSet(`said says saying thinks thought wants wanted uses used mentions mentioned feels felt
		likes liked dislikes prefers preferred believes explains explained reports reported describes described
		notes noted would has had is was does did finds found needs needed expects expected struggles struggled`)
)

// isNotes says whether texts are somebody's notes about what a person said
// rather than that person's words: nearly every sentence speaks of "she" or
// "the participant", hardly any says "I". Such a paraphrase is never citable.
func isNotes(texts []string) bool {
	third, first, sentences := 0, 0, 0
	for _, text := range texts {
		opening := true
		words := strings.Fields(text)
		for i, w := range words {
			bare := strings.ToLower(strings.Trim(w, `.,;:!?"'“”()[]*_`))
			if opening && bare != "" {
				sentences++
			}
			switch {
			case firstPersons[bare]:
				first++
			case opening && speaksOf(words[i:], bare):
				third++
			}
			opening = strings.ContainsAny(w[len(w)-1:], ".!?") || opening && strings.Trim(w, "-•*") == ""
		}
	}
	return third >= notesAtLeast && third*5 >= sentences*2 && first*4 < third
}

// speaksOf says whether a sentence begins by telling of somebody: "She said",
// "The participant", "P7 wants", "Mentions that".
func speaksOf(words []string, bare string) bool {
	next := ""
	if len(words) > 1 {
		next = strings.ToLower(strings.Trim(words[1], `.,;:`))
	}
	switch {
	case bare == "the":
		return thirdPersons[next]
	case isParticipantCode(bare):
		return reporting[next]
	case thirdPersons[bare]:
		return bare != "they" || reporting[next]
	}
	return bare != "is" && bare != "was" && bare != "does" && bare != "did" && bare != "would" && reporting[bare] && strings.HasSuffix(bare, "s")
}

// notesSample is how much of what stands under a name is looked at, in bytes.
const notesSample = 8 << 10

// unsettleNotes takes the customer's side from speakers whose turns are notes
// about them, and says so. What a person said with a flag stays.
func unsettleNotes(c *headway.Conversation) {
	samples, sizes := map[headway.SpeakerID][]string{}, map[headway.SpeakerID]int{}
	for _, t := range c.Turns {
		if sizes[t.Speaker] < notesSample {
			sizes[t.Speaker] += len(t.Text.Text)
			samples[t.Speaker] = append(samples[t.Speaker], t.Text.Text[:min(len(t.Text.Text), notesSample)])
		}
	}
	for i := range c.Speakers {
		s := &c.Speakers[i]
		if s.Side == headway.Ours || s.Settled == headway.SettledFlag || s.Settled == headway.SettledMember || !isNotes(samples[s.ID]) {
			continue
		}
		s.Side, s.Settled, s.Guess, s.GuessWhy = headway.Unknown, headway.Unsettled, "", ""
		who := "what stands here"
		if s.Name != "" {
			who = "what stands under " + s.Name
		}
		c.Findings = append(c.Findings, headway.Finding{What: who + " reads as notes about somebody, not as their own words; it counts for nobody"})
	}
}
