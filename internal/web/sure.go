package web

import (
	"fmt"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// sureView says of a list how often what stands in it is right: the figure
// measured nearest, and what members kept of it here. Notes say it in full.
type sureView struct {
	Short string
	Kept  string // "kept 41 of 52 here, ..."
	Notes []string
}

// sureOf speaks of the sentences of a kind that nobody has checked, by the
// hearer and genre of most of them.
func sureOf(said mirror.Said, kept []mirror.Kept) sureView {
	var v sureView
	for i, h := range said.Heard {
		note := quality.Of(quality.Heard{Label: said.Kind, By: h.By, Counted: true, Genre: h.Genre})
		if brief := note.Brief(); i == 0 && brief != "" {
			v.Short = "unchecked: " + brief
		}
		v.Notes = append(v.Notes, fmt.Sprintf("%s %s", count(h.Sentences, "sentence.", "sentences."), note.Sentence()))
	}
	return v.with(mirror.KeptIn(kept, said.Kind))
}

// sureOfAll speaks of all kinds together.
func sureOfAll(said mirror.TheySaid) sureView {
	var v sureView
	for i, h := range said.Heard() {
		note := quality.Of(quality.Heard{Label: quality.Any, By: h.By, Counted: true, Genre: h.Genre})
		if i == 0 {
			v.Short = "unchecked: " + note.Short()
		}
		v.Notes = append(v.Notes, fmt.Sprintf("%s %s", count(h.Sentences, "sentence.", "sentences."), note.Sentence()))
	}
	return v
}

// with says what members kept here.
func (v sureView) with(kept mirror.Kept) sureView {
	if kept.Decided == 0 {
		return v
	}
	v.Kept = "here you " + kept.Sentence()
	v.Notes = append(v.Notes, "Kept here: of what was heard as this in this study and one of us decided on. People decide first on what stands first, so it need not hold for the rest.")
	return v
}

// Line says it in one sentence.
func (v sureView) Line() string {
	if v.Short != "" && v.Kept != "" {
		return sentence(v.Short + "; " + v.Kept)
	}
	return sentence(v.Short + v.Kept)
}

// Said says whether there is anything to say.
func (v sureView) Said() bool { return v.Short != "" || v.Kept != "" }

// passOf gives the pass that heard most of what counts in a mirror.
func passOf(m mirror.Mirror) string {
	quick, other := 0, 0
	for _, h := range m.TheySaid.Heard() {
		if quality.PassOf(h.By) == quality.Quick {
			quick += h.Sentences
		} else {
			other += h.Sentences
		}
	}
	if quick > other {
		return quality.Quick
	}
	return quality.Careful
}

// partsSure says how often the parts of a mirror are right.
type partsSure struct{ Near, Granted, First, Said, Asked sureView }

func surenessOfParts(m mirror.Mirror) partsSure {
	pass := quality.Stored().Pass(passOf(m))
	granted, _ := pass.Figure(headway.Assumption, quality.RealTalks)
	pitch, _ := pass.Figure(headway.Pitch, quality.WrittenByUs)
	return partsSure{
		Near: sureView{
			Short: "near a guess: " + pass.Near.Right.Right(),
			Notes: []string{"A sentence near a guess is a candidate. Of pairs of guess and sentence that were labelled first, " + pass.Near.Right.Full() + "; so many of those about a guess were found: " + pass.Near.Found.About() + "."},
		},
		Granted: sureView{
			Short: "unchecked: " + granted.Counted.Right(),
			Notes: []string{"Counted as taken for granted: " + granted.Counted.Full() + " in " + quality.RealTalks + "; of those there, it finds " + granted.CountedFound.About() + "."},
		},
		First: sureView{
			Short: "unchecked: a pitch was measured only in what we wrote, " + pitch.Counted.Right(),
			Notes: []string{"Counted as pitch: " + pitch.Counted.Full() + " in talks " + quality.WrittenByUs + ". In the labelled real talks nobody pitches."},
		},
		Said: sureOfAll(m.TheySaid),
		Asked: sureView{
			Short: "called never asked: " + pass.Asked.FalseNever.Wrong(),
			Notes: []string{
				"Of what was called never asked, " + pass.Asked.FalseNever.About() + " was asked after all (" + pass.Asked.FalseNever.Percent() + ", n = " + thousand(pass.Asked.FalseNever.Of) + ", slots of " + quality.RealTalks + ").",
				"Of what was called asked, " + pass.Asked.Asked.Full() + ".",
			},
		},
	}
}

// marksView says how often the marks of a conversation are right.
type marksView struct {
	Counted, Suggested string // over all kinds
	Labels             []markNote
	Decided            bool // whether a member decided on any
}

// markNote is one label heard in a conversation.
type markNote struct {
	Name               string
	Counted, Suggested string
	Kept               string // in all conversations
	OnlySuggests       bool
}

// viewMarks speaks of the labels heard in a conversation, in codebook order.
func viewMarks(c *headway.Conversation, hearing headway.Hearing, judged deed.Judgements) (v marksView) {
	by := map[headway.Label][]headway.Scored{}
	for _, h := range hearing.Sentences {
		for _, l := range shown(h) {
			by[l.Label] = append(by[l.Label], l)
		}
	}
	kept := mirror.KeptOf(judged, nil)
	for _, label := range slices.Concat(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)) {
		if len(by[label]) > 0 {
			v.Labels = append(v.Labels, noteMarks(label, by[label], c.Genre, mirror.KeptIn(kept, label)))
			v.Decided = v.Decided || v.Labels[len(v.Labels)-1].Kept != ""
		}
	}
	if i := slices.IndexFunc(headway.Kinds(), func(k headway.Label) bool { return len(by[k]) > 0 }); i >= 0 {
		of := quality.Heard{Label: quality.Any, By: by[headway.Kinds()[i]][0].By, Counted: true, Genre: c.Genre}
		v.Counted = quality.Of(of).Short()
		of.Counted = false
		v.Suggested = quality.Of(of).Short()
	}
	return v
}

func noteMarks(label headway.Label, heard []headway.Scored, genre headway.Genre, kept mirror.Kept) markNote {
	note := markNote{Name: labelName(label), Kept: kept.Sentence()}
	for _, counted := range []bool{true, false} {
		i := slices.IndexFunc(heard, func(l headway.Scored) bool { return l.Counted == counted })
		if i < 0 {
			continue
		}
		said := quality.Of(quality.Heard{Label: label, By: heard[i].By, Counted: counted, Genre: genre})
		if counted {
			note.Counted = said.Short()
		} else {
			note.Suggested = said.Short()
		}
		note.OnlySuggests = quality.Stored().Pass(said.Pass).OnlySuggests(label)
	}
	return note
}
