package eval

import (
	"fmt"
	"hash/fnv"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/segment"
)

// A name must carry no weight: whoever and whatever is spoken of, the sentence
// shows the same. So the names of people, firms and products in labelled
// sentences are swapped for others, made up by us, and what changes is counted.

// capitalised finds words with a capital.
var capitalised = regexp.MustCompile(`\b[A-Z][A-Za-z0-9]+`)

// notNames are words that English writes with a capital anywhere.
var notNames = map[string]bool{
	"I": true, "Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true,
	"January": true, "February": true, "March": true, "April": true, "May": true, "June": true, "July": true, "August": true,
	"September": true, "October": true, "November": true, "December": true, "English": true, "AI": true, "OK": true,
}

var madeUp = []string{"Brunvik", "Castellan", "Dovetail", "Emberly", "Fennmark", "Galdora", "Hollis", "Istvan", "Juniper", "Korvex", "Lindqvist", "Marloft", "Nerys", "Ottoline", "Pendrake", "Quillon", "Rosalba", "Sorrel", "Tamsin", "Ulmers", "Vantaro", "Wexcombe", "Yarrow", "Zephrin"}

// beginsAfter holds what a sentence or a quotation begins after; RuneError is
// the front of the text.
const beginsAfter = string(utf8.RuneError) + ".?!:…\"“”*•-–\n"

// isShouted says whether a word in capitals is in the table of common ones.
func isShouted(word string) bool {
	lower := strings.ToLower(word)
	return word == strings.ToUpper(word) && (segment.IsStop(lower) || segment.Rarity(segment.Stem(lower)) < segment.Unheard)
}

// swapNames gives the text with every name another one, the same for the same. A
// name is a word with a capital that begins no sentence and no quotation.
func swapNames(text string) string {
	var b strings.Builder
	done := 0
	for _, at := range capitalised.FindAllStringIndex(text, -1) {
		name := text[at[0]:at[1]]
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at[0]], " \t(["))
		if strings.ContainsRune(beginsAfter, before) || notNames[strings.TrimSuffix(name, "s")] || isShouted(name) {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(name))
		b.WriteString(text[done:at[0]])
		b.WriteString(madeUp[h.Sum32()%uint32(len(madeUp))])
		done = at[1]
	}
	return b.String() + text[done:]
}

// printNames hears every labelled sentence of customers that holds a name as it
// is and with other names, and prints how many labels change.
func printNames(w io.Writer, rows []Labelled) {
	var before, after []hear.Row
	for _, r := range rows {
		other := r.Row
		other.Sentence, other.Before, other.Question = swapNames(r.Row.Sentence), swapNames(r.Row.Before), swapNames(r.Row.Question)
		if other.Sentence != r.Row.Sentence {
			before, after = append(before, r.Row), append(after, other)
		}
	}
	fmt.Fprintf(w, "Real sentences of customers that hold a name of a person, firm or product (n = %d), heard by the shipped weights as they are and with made-up names instead. A label changes when it is given to one and not to the other.\n\n| pass | labels | suggested labels changed | counted labels | changed |\n|---|---|---|---|---|\n", len(before))
	quickly := func(rows []hear.Row) (all [][]headway.Scored) {
		for _, r := range rows {
			all = append(all, hear.Suggested(hear.Sentence(r)))
		}
		return all
	}
	carefully := func(rows []hear.Row) [][]headway.Scored {
		all := hear.CarefulSentences(rows)
		for i := range all {
			all[i] = hear.CarefulSuggested(all[i])
		}
		return all
	}
	for _, p := range []struct {
		name string
		hear func([]hear.Row) [][]headway.Scored
	}{{"careful", carefully}, {"quick", quickly}} {
		was, is := p.hear(before), p.hear(after)
		var shown, counted change
		for i := range was {
			shown.add(was[i], is[i], func(headway.Scored) bool { return true })
			counted.add(was[i], is[i], func(s headway.Scored) bool { return s.Counted })
		}
		fmt.Fprintf(w, "| %s | %d | %s | %d | %s |\n", p.name, shown.labels, Dot(shown.share()), counted.labels, Dot(counted.share()))
	}
}

// change counts labels given before, and those that then came or went.
type change struct{ labels, changed int }

func (c *change) add(was, is []headway.Scored, given func(headway.Scored) bool) {
	before, after := map[headway.Label]bool{}, map[headway.Label]bool{}
	for _, s := range was {
		before[s.Label] = given(s)
	}
	for _, s := range is {
		after[s.Label] = given(s)
	}
	for _, l := range headway.Kinds() {
		if before[l] {
			c.labels++
		}
		if before[l] != after[l] {
			c.changed++
		}
	}
}

func (c change) share() float64 { return share(c.changed, c.labels) }
