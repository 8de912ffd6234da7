package web

import (
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
	"github.com/headway-oss/headway/internal/job/lint"
)

// stated are the parts that make the statement of a job, in the order in which it
// is read aloud.
func stated() []headway.Part {
	return []headway.Part{headway.PartSituation, headway.PartProgress, headway.PartFunctional, headway.PartEmotional, headway.PartSocial}
}

// warnings reads a job's statement as a plain-spoken colleague would; its name,
// where there is no statement yet. What a customer puts so may stay.
func (w *worksheet) warnings(j *job.Job) (all []warningView) {
	words, said := map[headway.Part]string{}, map[headway.Part]bool{}
	for _, part := range stated() {
		if lines := j.Part(part); len(lines) > 0 {
			words[part], said[part] = lines[0].Claim.Words, lines[0].Status == headway.StatusSaid
		}
	}
	if words[headway.PartProgress] == "" {
		return w.warned(j.Claim.Words, func(string) bool { return j.Status == headway.StatusSaid })
	}
	statement := lint.Join(words[headway.PartSituation], words[headway.PartProgress], words[headway.PartFunctional], words[headway.PartEmotional], words[headway.PartSocial])
	return w.warned(statement, func(passage string) bool {
		return slices.ContainsFunc(stated(), func(part headway.Part) bool { return said[part] && strings.Contains(words[part], passage) })
	})
}

// warned lints a statement in which nothing names what was hired: the products of
// the study are words of ours.
func (w *worksheet) warned(statement string, said func(passage string) bool) (all []warningView) {
	points := []rune(statement)
	for _, warning := range lint.Statement(statement, w.ours()) {
		if warning.Code == lint.NoSituation || warning.Code == lint.NoReason {
			all = append(all, warningView{Why: warning.Why, Hint: warning.Hint}) // no words are wrong, some are missing, and nobody said those
			continue
		}
		passage := string(points[warning.Start:warning.End])
		all = append(all, warningView{Words: passage, Why: warning.Why, Hint: warning.Hint, Said: said(passage)})
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
