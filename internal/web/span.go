package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// A place in a text is written TEXT:START-END in addresses and forms.
func formatSpan(s headway.Span) string {
	return fmt.Sprintf("%s:%d-%d", s.Text, s.Start, s.End)
}

func parseSpan(place string) (headway.Span, error) {
	if place == "" {
		return headway.Span{}, headway.Errorf(headway.Invalid, "this is about words in a conversation: open one, and choose them there")
	}
	text, range_, found := strings.Cut(place, ":")
	from, to, dashed := strings.Cut(range_, "-")
	start, badStart := strconv.Atoi(from)
	end, badEnd := strconv.Atoi(to)
	if !found || !dashed || badStart != nil || badEnd != nil || text == "" || start < 0 || end <= start {
		return headway.Span{}, headway.Errorf(headway.Invalid, "%q names no place in a text; it was cut short or changed: go back, and choose the words again", cutRunes(place, 60))
	}
	return headway.Span{Text: headway.TextID(text), Start: start, End: end}, nil
}

// placePath is where a reader opens a conversation at the words.
func placePath(study headway.StudyID, c headway.ConversationID, s headway.Span) string {
	query := url.Values{"at": {formatSpan(s)}}
	if study != "" {
		query.Set("study", string(study))
	}
	return "/conversation/" + url.PathEscape(string(c)) + "?" + query.Encode() + "#t-" + string(s.Text.Turn())
}
