package source

import (
	"fmt"
	"strings"

	"github.com/headway-oss/headway"
)

// whatsapp is an exported chat: "12/03/26, 14:02 - Name: text" on Android,
// "[12/03/2026, 14:02:33] Name: text" on an iPhone; the order of day and month
// is the phone's and is settled over the whole file.
var whatsapp = format{
	name: "whatsapp",
	is: func(p *peek) bool {
		stamped, said := 0, 0
		for line := range strings.SplitSeq(p.head(), "\n") {
			if _, rest, ok := chatStamp(line); ok {
				stamped++
				if _, _, ok := chatName(rest); ok {
					said++
				}
			} else if stamped == 0 && !blank(line) {
				return false
			}
		}
		return said > 0 && stamped > 0
	},
	read: readWhatsapp,
}

func readWhatsapp(r *reading) error {
	s := &speech{draft: r.transcript(headway.Chat)}
	l := linesOf(r.text)
	named := ""
	for {
		line, ok := l.next()
		if !ok {
			break
		}
		_, rest, stamped := chatStamp(line)
		if !stamped {
			line = strings.TrimSpace(line)
			if named != "" {
				s.say(said{name: named, text: line, join: "\n", line: l.n, start: noTime})
			} else if line != "" {
				r.find(l.n, "line of nobody, kept out of what was said", line)
			}
			continue
		}
		name, text, written := chatName(rest)
		switch {
		case !written:
			named = ""
			r.find(l.n, "written by the program, kept out of what was said", rest)
		case isAttachment(text):
			named = name
			r.find(l.n, fmt.Sprintf("%s sent a file; kept out of what was said", name), text)
		default:
			named = name
			s.say(said{name: name, text: text, join: "\n", line: l.n, start: noTime})
		}
	}
	s.finish()
	s.draft.Conversation().Date = chatDate(r)
	if len(s.draft.Conversation().Turns) == 0 {
		return headway.Errorf(headway.Invalid, "nobody wrote a word in this chat: export it again, without media")
	}
	r.keepWhole(s.draft)
	return nil
}

// chatStamp cuts the date and time off a line of a chat.
func chatStamp(line string) (stamp, rest string, ok bool) {
	line = strings.Trim(line, " \t\u200e\u200f\ufeff")
	if line == "" || line[0] != '[' && !isDigit(line[0]) {
		return "", line, false
	}
	if inner, bracket := strings.CutPrefix(line, "["); bracket {
		stamp, rest, ok = strings.Cut(inner, "] ")
	} else {
		stamp, rest, ok = strings.Cut(line, " - ")
	}
	if !ok || len(stamp) > 40 {
		return "", line, false
	}
	stamp = strings.Map(func(r rune) rune {
		switch r {
		case '\u200e', '\u200f':
			return -1
		case '\u202f', '\u00a0':
			return ' '
		}
		return r
	}, stamp)
	stamp = strings.NewReplacer("a. m.", "am", "p. m.", "pm").Replace(stamp)
	return stamp, strings.TrimLeft(rest, "\u200e\u200f "), figures.MatchString(stamp) && strings.Contains(stamp, ":")
}

// chatName cuts the name off a message. What the program writes has none.
func chatName(rest string) (name, text string, ok bool) {
	name, text, ok = strings.Cut(rest, ": ")
	if !ok {
		name, ok = strings.CutSuffix(rest, ":")
	}
	name = strings.Trim(name, " \u200e\u200f~\u202a\u202c\u00a0")
	return name, strings.Trim(text, " \u200e\u200f"), ok && name != "" && len(name) <= maxName && !strings.ContainsAny(name, "\"“”")
}

// isAttachment knows what stands for a picture or a recording in a chat.
func isAttachment(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") ||
		strings.HasSuffix(text, "(file attached)") || strings.HasSuffix(text, "(Datei angehängt)") ||
		strings.HasPrefix(text, "<attached:") ||
		len(text) < 40 && (strings.HasSuffix(text, " omitted") || strings.HasSuffix(text, " weggelassen"))
}

// chatDate gives the first message's date. Where no date of the whole chat
// tells day from month, it stays unknown, and that is found.
func chatDate(r *reading) headway.Date {
	first := ""
	order := orderOfAll(func(yield func(string) bool) {
		for line := range strings.SplitSeq(r.text, "\n") {
			stamp, _, ok := chatStamp(line)
			if !ok {
				continue
			}
			if first == "" {
				first = stamp
			}
			if !yield(stamp) {
				return
			}
		}
	})
	if t, ok := parseDate(first, order); ok {
		return headway.Date{Time: t, From: headway.DateFromContent}
	}
	r.find(1, fmt.Sprintf("the dates, such as %s, do not tell day from month; the date stays unknown", first), "")
	return headway.Date{}
}
