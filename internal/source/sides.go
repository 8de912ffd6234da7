package source

import (
	"fmt"
	"strings"

	"github.com/headway-oss/headway"
)

// settleSides says whose words a conversation's speakers speak: by what the
// format said already, then by role words, by what the person asked for, and
// last of all by being the only one left. Whoever stays open gets a guess,
// which counts for nobody. Flags weigh more than roles and formats, a member's
// word more than all; "*" only fills what nothing else settled.
func settleSides(c *headway.Conversation, o Options) { settleAmong(c, o, headway.Unknown) }

// settleAmong is settleSides where flags say of which side those are who were
// spoken to and say nothing; Unknown where they do not.
func settleAmong(c *headway.Conversation, o Options, silent headway.Side) {
	settleRoles(c)
	directions := onlyDirections(c)
	for i := range c.Speakers {
		s := &c.Speakers[i]
		side, named := flagged(*s, o)
		switch {
		case s.Settled == headway.SettledMember:
		case named:
			s.Side, s.Settled = side, headway.SettledFlag
		case side != headway.Unknown && s.Side == headway.Unknown && !directions[s.ID]:
			s.Side, s.Settled = side, headway.SettledFlag
		}
	}
	settleRest(c, directions, silent)
	guess(c, directions)
}

func settleRoles(c *headway.Conversation) {
	names := map[string]bool{}
	for _, s := range c.Speakers {
		names[strings.ToUpper(s.Name)] = true
	}
	for i := range c.Speakers {
		s := &c.Speakers[i]
		if s.Settled != headway.Unsettled {
			// What the format says of a column or an author is not undone by a
			// reviewer who calls himself "Support", or a question that reads "User".
			continue
		}
		side := roleOf(s.Name)
		if side == headway.Unknown {
			side = pairRole(s.Name, func(label string) bool { return names[label] })
		}
		if side != headway.Unknown {
			s.Side, s.Settled = side, headway.SettledRole
		}
	}
}

// flagged gives the side that --ours and --theirs give a speaker. named tells
// a flag that means this speaker from one that means everybody else.
func flagged(s headway.Speaker, o Options) (side headway.Side, named bool) {
	ours, theirs := closest(s, o.Ours), closest(s, o.Theirs)
	switch {
	case ours == 0 && theirs == 0:
		return headway.Unknown, false
	case theirs > ours:
		return headway.Theirs, theirs > byEverybody
	}
	return headway.Ours, ours > byEverybody // of two equal claims the careful one
}

// How closely a flag names a speaker.
const (
	byEverybody = 1 + iota
	byDomain
	byAddress
	byName
)

func closest(s headway.Speaker, flags []string) int {
	best := 0
	outer, _ := splitName(s.Name)
	email := strings.TrimSpace(s.Email)
	for _, flag := range flags {
		flag = strings.Join(strings.Fields(flag), " ")
		switch {
		case flag == "":
		case strings.EqualFold(flag, s.Name), strings.EqualFold(flag, outer):
			best = max(best, byName)
		case strings.EqualFold(flag, email):
			best = max(best, byAddress)
		case flag[0] == '@' && strings.HasSuffix(strings.ToLower(email), strings.ToLower(flag)):
			best = max(best, byDomain)
		case flag == "*":
			best = max(best, byEverybody)
		}
	}
	return best
}

// settleRest gives the only speaker left open the side that the others are not
// of, where roles or flags settled all of those; where nobody else speaks, the
// side that those are not of who were spoken to. A label for whoever was not
// recognised is several people perhaps, and is left.
func settleRest(c *headway.Conversation, directions map[headway.SpeakerID]bool, silent headway.Side) {
	var open *headway.Speaker
	others := headway.Unknown
	for i := range c.Speakers {
		s := &c.Speakers[i]
		switch {
		case directions[s.ID]:
		case s.Side == headway.Unknown:
			if open != nil {
				return
			}
			open = s
		case s.Settled == headway.SettledFormat, others != headway.Unknown && others != s.Side:
			return
		default:
			others = s.Side
		}
	}
	if others == headway.Unknown {
		others = silent
	}
	if open == nil || others == headway.Unknown || nobody(open.Name) {
		return
	}
	open.Side, open.Settled = headway.Theirs, headway.SettledRest
	if others == headway.Theirs {
		open.Side = headway.Ours
	}
}

// nobody says whether a name is that of everyone who was not recognised.
func nobody(name string) bool {
	switch strings.ToLower(name) {
	case "", "unknown", "unknown speaker", "speaker unknown", "unidentified", "unidentified speaker", "speaker":
		return true
	}
	return false
}

// onlyDirections finds the speakers who never say a word: every turn of theirs
// is a stage direction such as [music], and so are speakers without a turn.
func onlyDirections(c *headway.Conversation) map[headway.SpeakerID]bool {
	directions := make(map[headway.SpeakerID]bool, len(c.Speakers))
	for _, s := range c.Speakers {
		directions[s.ID] = true
	}
	for _, t := range c.Turns {
		if directions[t.Speaker] && !direction(t.Text.Text) {
			directions[t.Speaker] = false
		}
	}
	return directions
}

// direction says whether a text is a stage direction and nothing else:
// "[01:44]", "(laughter)", "♪ ♪", "Break".
func direction(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) < 2 || len(text) > 200 {
		return text == ""
	}
	switch first, last := text[0], text[len(text)-1]; {
	case first == '[' && last == ']' && strings.Count(text, "[") == 1,
		first == '(' && last == ')' && strings.Count(text, "(") == 1:
		return true
	}
	return strings.HasPrefix(text, "♪") || strings.EqualFold(text, "break")
}

// enoughQuestions is how many questions must be heard before the one who asks
// three in five of them is guessed to be ours.
const enoughQuestions = 3

// guess suggests a side for those still open from who asks the questions.
func guess(c *headway.Conversation, directions map[headway.SpeakerID]bool) {
	open := false
	for _, s := range c.Speakers {
		open = open || s.Side == headway.Unknown && !directions[s.ID]
	}
	if !open || len(c.Speakers) < 2 {
		return
	}
	asked, all := map[headway.SpeakerID]int{}, 0
	for _, t := range c.Turns {
		n := questions(t.Text.Text)
		asked[t.Speaker] += n
		all += n
	}
	if all < enoughQuestions {
		return
	}
	for i := range c.Speakers {
		s := &c.Speakers[i]
		if s.Side != headway.Unknown || directions[s.ID] || nobody(s.Name) {
			continue
		}
		n := asked[s.ID]
		switch {
		case n*5 >= all*3:
			s.Guess = headway.Ours
		case n*5 <= all*2:
			s.Guess = headway.Theirs
		default:
			continue
		}
		s.GuessWhy = fmt.Sprintf("asks %d of %d questions", n, all)
	}
}

var askingWords = fieldSet(`what what's how why when where who which do does did is are was were can could would will have has`)

// questions counts the questions in a text: question marks and, where a
// sentence ends without any mark at all, a question's first word.
func questions(text string) int {
	n := strings.Count(text, "?") + strings.Count(text, "？")
	if n > 0 || strings.ContainsAny(text, ".!") {
		return n
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimLeft(line, " -")
		first, _, _ := strings.Cut(line[:min(len(line), 16)], " ")
		if askingWords[strings.ToLower(first)] {
			n++
		}
	}
	return n
}
