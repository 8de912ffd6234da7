package web

import (
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
	"github.com/headway-oss/headway/internal/job/lint"
	"github.com/headway-oss/headway/internal/segment"
)

// stated are the parts that make the statement of a job, in the order in which it
// is read aloud.
func stated() []headway.Part {
	return []headway.Part{headway.PartSituation, headway.PartProgress, headway.PartFunctional, headway.PartEmotional, headway.PartSocial}
}

// warnings reads a job's statement as a plain-spoken colleague would, with its name
// for the progress that is not written yet. What a customer puts so may stay.
func (w *worksheet) warnings(j *job.Job) []warningView {
	var lines []*job.Line
	words := map[headway.Part]string{}
	for _, part := range stated() {
		if some := j.Part(part); len(some) > 0 {
			lines, words[part] = append(lines, &some[0]), some[0].Claim.Words
		}
	}
	begun := len(lines) > 0
	if words[headway.PartProgress] == "" {
		lines, words[headway.PartProgress] = append(lines, &j.Line), j.Claim.Words
	}
	statement := lint.Join(words[headway.PartSituation], words[headway.PartProgress], words[headway.PartFunctional], words[headway.PartEmotional], words[headway.PartSocial])
	return w.warned(statement, begun, lines)
}

// warned lints a statement in which nothing names what was hired: the products of
// the study are words of ours. What is missing is told once the statement is begun;
// until then each of its rows says so.
func (w *worksheet) warned(statement string, begun bool, lines []*job.Line) (all []warningView) {
	points := []rune(statement)
	for _, warning := range lint.Statement(statement, w.ours()) {
		if warning.Code == lint.NoSituation || warning.Code == lint.NoReason {
			if begun {
				all = append(all, warningView{Why: warning.Why, Hint: warning.Hint}) // no words are wrong, some are missing, and nobody said those
			}
			continue
		}
		passage := string(points[warning.Start:warning.End])
		all = append(all, warningView{Words: passage, Why: warning.Why, Hint: warning.Hint, Said: w.putSo(passage, lines)})
	}
	return all
}

// putSo says whether customers put a passage of a statement so themselves: every
// line in which it stands rests on words of theirs in which it stands, too.
func (w *worksheet) putSo(passage string, lines []*job.Line) bool {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l *job.Line) bool { return !strings.Contains(l.Claim.Words, passage) })
	unborne := slices.ContainsFunc(lines, func(l *job.Line) bool {
		return !slices.ContainsFunc(l.For, func(said job.Words) bool { return slices.ContainsFunc(said.On, w.uses(passage)) })
	})
	return len(lines) > 0 && !unborne
}

// uses tells of a customer's words whether a passage stands in them, in whatever
// form of its words.
func (w *worksheet) uses(passage string) func(headway.Span) bool {
	sought := stems(passage)
	return func(at headway.Span) bool { return strings.Contains(stems(w.Words(at).String()), sought) }
}

// stems gives the stems of a text's words, with a blank before and after each.
func stems(text string) string {
	all := " "
	for _, word := range segment.Words(text) {
		all += segment.Stem(word.Of(text)) + " "
	}
	return all
}

// ours are the names of what was hired in the study.
func (w *worksheet) ours() (names []string) {
	for _, e := range w.Episodes {
		if e.Product != "" && !slices.Contains(names, e.Product) {
			names = append(names, e.Product)
		}
	}
	return names
}

// aboutUsFinish says why a finish line is about us; "" where it is not.
func aboutUsFinish(words string) string {
	said := job.AboutUs(words)
	if said == "" {
		return ""
	}
	return "“" + said + "” is where our work ends, not theirs. What do they look at a month later?"
}
