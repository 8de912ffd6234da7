package customer

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
)

// Apart is the likeness below which what two roles name is shown as a
// difference. Of 216 labelled pairs of sentences that mean the same, 9 lie below
// it; of 584 that do not, 229; of 95 drawn at random, nearly all (eval holds the
// first figure). What two roles say in one topic so passes for one thing sooner
// than for two: a difference that is none is the worse error.
const Apart = .35

// Matter is what roles are held against each other in.
type Matter struct {
	Name  string // "what moves them"
	Kinds []headway.Label
}

// Matters lists them: what pulls people and what holds them back are one matter,
// since what a buyer fears and what a user wants are both why.
func Matters() []Matter {
	return []Matter{
		{"what moves them", []headway.Label{headway.Motivation, headway.Anxiety}},
		{"how they will know it worked", []headway.Label{headway.Measure}},
	}
}

// Voice is what everybody of one role in an account said.
type Voice struct {
	Role headway.Role
	Customer
}

// Difference is two roles of an account that name something else, each in its
// own words. It is no conflict: whether it is one, they alone can say.
type Difference struct {
	Matter   string
	One, Two headway.Role
	A, B     Line
	Nearest  float64 // the likeness of the two sentences that come nearest
	Held     int     // pairs held against each other
}

// leading is how many sentences of a role are held against another's: those that
// a member kept, or the surest where none was.
const leading = 3

// Differ holds what roles name against each other. Two differ in a matter where
// no leading sentence of one comes as near as Apart to one of the other's. It
// needs the words.
func Differ(voices []Voice, words func(headway.Span) headway.Quote) (all []Difference) {
	reader := alike.NewReader()
	for _, matter := range Matters() {
		for i, one := range voices {
			for _, two := range voices[i+1:] {
				if d, differ := apart(reader, one.lead(matter), two.lead(matter), words); differ {
					d.Matter, d.One, d.Two = matter.Name, one.Role, two.Role
					all = append(all, d)
				}
			}
		}
	}
	return all
}

// lead gives the sentences by which a role is known in a matter.
func (v Voice) lead(m Matter) []Line {
	var kept, heard []Line
	for _, kind := range m.Kinds {
		said := v.Of(kind)
		kept = append(kept, said.Lines[:said.Kept]...)
		heard = append(heard, said.Lines[said.Kept:]...)
	}
	lines := kept
	if len(kept) == 0 {
		slices.SortStableFunc(heard, func(a, b Line) int { return cmp.Compare(b.Score, a.Score) })
		lines = heard
	}
	return lines[:min(len(lines), leading)]
}

// apart holds sentences against each other and gives the first of each, where
// none come near.
func apart(reader *alike.Reader, one, two []Line, words func(headway.Span) headway.Quote) (d Difference, differ bool) {
	for _, a := range one {
		for _, b := range two {
			first, second := reader.Read(words(a.Span).String()), reader.Read(words(b.Span).String())
			if !first.Says() || !second.Says() {
				continue // too little to hold against anything
			}
			if d.Held == 0 {
				d.A, d.B = a, b
			}
			d.Held++
			d.Nearest = max(d.Nearest, alike.Likeness(&first, &second))
		}
	}
	return d, d.Held > 0 && d.Nearest < Apart
}
