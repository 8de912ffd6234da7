package source

import (
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
)

// Role words say whose words a speaker's are. A name may be made of several
// ("Support Agent", "User Researcher"): then the last one decides.
var (
	oursWords = fieldSet(`interviewer interviewers moderator host cohost co-host agent ai assistant researcher
		facilitator consultant sales support rep representative seller salesperson vendor advisor adviser bot chatbot
		voicebot operator success manager question interviewerin moderatorin berater beraterin verkäufer verkäuferin
		frage intervieweur intervieweuse enquêteur enquêtrice animateur animatrice conseiller conseillère
		entrevistador entrevistadora moderador moderadora vendedor vendedora intervistatore intervistatrice
		intervētājs intervētāja konsultants konsultante`)
	theirsWords = fieldSet(`participant user customer client respondent interviewee guest buyer caller requester
		requestor reviewer prospect shopper answer kunde kundin teilnehmer teilnehmerin befragter befragte gast antwort
		cliente participante entrevistado entrevistada cliente klant deelnemer geïnterviewde répondant répondante
		participante enquêté enquêtée intervistato intervistata klients kliente respondents respondente dalībnieks
		dalībniece`)
	// A role may be told more closely by one of these; they say nothing alone.
	modifiers = fieldSet(`ux lead senior junior human voice lead virtual customer user sales product guest live our the new service`)
	// Of these the side alone is not enough for a role: "manager" alone may be anybody's.
	needsRole = fieldSet(`manager success`)
	// Roles of people in research, rather than in selling or helping.
	interviewWords = fieldSet(`interviewer interviewers moderator host cohost co-host ai researcher facilitator
		participant respondent interviewee question answer interviewerin moderatorin teilnehmer teilnehmerin
		intervieweur entrevistador`)
	// Roles of people in selling and helping.
	callWords = fieldSet(`agent sales support rep representative seller salesperson operator caller requester requestor
		prospect buyer berater beraterin verkäufer verkäuferin conseiller conseillère vendedor vendedora`)
)

func fieldSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// roleOf gives the side that a name's role word settles, and Unknown for names
// without one. "Speaker 1" and "Unknown Speaker" are no roles. The short labels
// of interview notes (Q and A, I and R) need each other: see pairs.
func roleOf(name string) headway.Side {
	outer, inner := splitName(name)
	if side := roleOfWords(outer); side != headway.Unknown {
		return side
	}
	if strings.EqualFold(inner, "guest") {
		return headway.Unknown // Teams calls so whoever is not of the host's firm, be it the customer's or ours
	}
	return roleOfWords(inner)
}

// NamesNobody says whether a name tells only what somebody is, as "User",
// "Participant 3" or "Speaker 1", which others are called too.
func NamesNobody(name string) bool {
	outer, _ := splitName(name)
	words := strings.Fields(strings.ToLower(outer))
	return roleOfWords(outer) != headway.Unknown || len(words) > 0 && strings.Trim(words[0], ":") == "speaker"
}

// splitName parts "Anna Berg (Interviewer)" in two.
func splitName(name string) (outer, inner string) {
	outer, inner, _ = strings.Cut(name, "(")
	return strings.TrimSpace(outer), strings.TrimSuffix(strings.TrimSpace(inner), ")")
}

func roleOfWords(s string) headway.Side {
	words := roleWords(s)
	if len(words) == 0 {
		return headway.Unknown
	}
	if len(words) == 1 && isParticipantCode(s) {
		return headway.Theirs
	}
	side, certain := headway.Unknown, false
	for _, w := range words {
		switch {
		case oursWords[w]:
			side, certain = headway.Ours, certain || !needsRole[w]
		case theirsWords[w]:
			side, certain = headway.Theirs, true
		case modifiers[w]:
		default:
			return headway.Unknown
		}
	}
	if !certain {
		return headway.Unknown
	}
	return side
}

// roleWords gives a name's words in lower case, without numbers.
func roleWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r)
	})
}

// isParticipantCode knows "P12", "P 3", "P-07".
func isParticipantCode(s string) bool {
	rest, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "P")
	rest = strings.TrimLeft(rest, " -_#")
	_, digits := leadingNumber(rest)
	return ok && digits > 0 && digits <= 4 && digits == len(rest)
}

// pairs are labels that mean something only beside each other.
var pairs = []struct{ ours, theirs string }{
	{"Q", "A"}, {"I", "R"}, {"I", "P"}, {"F", "A"},
}

// pairRole gives the side of a one-letter label among all names of a conversation.
func pairRole(name string, present func(string) bool) headway.Side {
	label := strings.ToUpper(name)
	for _, p := range pairs {
		switch {
		case label == p.ours && (label == "Q" || present(p.theirs)):
			return headway.Ours
		case label == p.theirs && present(p.ours):
			return headway.Theirs
		}
	}
	return headway.Unknown
}

// genreOf tells an interview from a call by the roles that speak, research
// before selling; without either the conversation is of the usual kind.
func genreOf(c *headway.Conversation, usual headway.Genre) headway.Genre {
	if usual != headway.Interview && usual != headway.Call {
		return usual
	}
	genre := usual
	for _, s := range c.Speakers {
		if isParticipantCode(s.Name) || strings.EqualFold(s.Name, "Q") {
			return headway.Interview
		}
		for _, w := range roleWords(s.Name) {
			switch {
			case interviewWords[w]:
				return headway.Interview
			case callWords[w]:
				genre = headway.Call
			}
		}
	}
	return genre
}
