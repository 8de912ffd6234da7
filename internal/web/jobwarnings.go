package web

import (
	"regexp"

	"github.com/headway-oss/headway/internal/job"
)

// warnings reads a job's statement as somebody who speaks plainly would.
func (w *worksheet) warnings(j *job.Job) []warningView { return nil }

var buying = regexp.MustCompile(`(?i)\b(buys?|bought|purchas\w+|subscri\w+|signs? up|signed|order(s|ed)?|pays?|paid|licen[cs]\w+|go(es)?[- ]live|went live|roll(ed)?[- ]?out|renew\w*|adopts?|adoption|onboard\w*)\b`)

// aboutUsFinish says why a finish line is about us; "" where it is not.
func aboutUsFinish(words string) string {
	if said := buying.FindString(words); said != "" {
		return "“" + said + "” is where our work ends, not theirs: what do they look at a month later?"
	}
	return ""
}
