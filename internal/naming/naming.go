// Package naming knows what people are called, so that names can be masked, and
// struck out where somebody is erased. It is a helper of the steps, of flow and of
// the store, which must all strike the same.
//
//	naming.StrikeOut("Then Berta rang.", naming.Of(speaker)) // "Then █████ rang."
package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// StrikeOut puts a block in the place of each character of names, wherever they
// stand as whole words and however they are written, so that every place in the
// text stays where it is.
func StrikeOut(text string, names []string) string {
	for _, name := range names {
		text = strike(text, name)
	}
	return text
}

const block = "█"

func strike(text, name string) string {
	size := len(name)
	if size == 0 {
		return text
	}
	var struck strings.Builder
	done := 0
	for at := 0; at+size <= len(text); {
		if end := at + size; strings.EqualFold(text[at:end], name) && apart(text[:at], text[end:]) {
			struck.WriteString(text[done:at])
			struck.WriteString(strings.Repeat(block, utf8.RuneCountInString(text[at:end])))
			at, done = end, end
			continue
		}
		_, step := utf8.DecodeRuneInString(text[at:])
		at += step
	}
	if done == 0 {
		return text
	}
	return struck.String() + text[done:]
}

// apart says whether a word ends and another begins at both sides of a stretch.
func apart(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsLetter(last) && !unicode.IsLetter(first)
}

// Of gives how others may call a speaker: the whole name, its parts and
// what tells who they are beside it. Parts of two letters are left out.
func Of(s headway.Speaker) (names []string) {
	if IsNobodys(s.Name) {
		s.Name = ""
	}
	for _, whole := range []string{s.Name, s.Email, s.Key} {
		if utf8.RuneCountInString(whole) > 2 && whole != headway.Erased {
			names = append(names, whole)
		}
	}
	parts := strings.FieldsFunc(s.Name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' })
	if len(parts) < 2 {
		return names
	}
	for _, part := range parts {
		if first, _ := utf8.DecodeRuneInString(part); unicode.IsUpper(first) && utf8.RuneCountInString(part) > 2 {
			names = append(names, part)
		}
	}
	return names
}

// IsFull says whether hardly anybody else is called so: a name of several
// words, an address, a customer's key.
func IsFull(name string) bool {
	return strings.ContainsAny(strings.TrimSpace(name), " @") || len(name) > 3 && strings.ContainsFunc(name, unicode.IsDigit)
}

// IsNobodys says whether what stands where a name would is a role or a number
// ("Participant", "Speaker 2", "P4").
func IsNobodys(name string) bool {
	word := strings.ToLower(strings.TrimRightFunc(name, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsSpace(r) || r == '_' || r == '#' }))
	return len(word) < 2 || roles[word]
}

var roles = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`
		interviewer interviewee moderator facilitator host guest agent support sales rep seller buyer customer client user participant respondent
		speaker person researcher assistant ai bot system admin operator caller owner manager reviewer anonymous unknown staff team service help info
		salesperson vendor supplier prospect lead patient doctor nurse therapist teacher student expert analyst founder ceo narrator question answer`) {
		set[word] = true
	}
	return set
}()
