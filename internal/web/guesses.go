package web

import (
	"net/http"
	"strings"

	"github.com/headway-oss/headway"
)

// A question is one of the three that a study starts with, and what is written
// under it.
type question struct {
	Field string
	Asks  string
	Lines []line
}

// A line is one field under a question, and the slot its words are kept under.
type line struct {
	Name  string
	Label string
	Slot  headway.Label
	// AboutUs offers to keep the words as a pull guess: an answer that names
	// our price, our quality or a feature says what draws them, not what they
	// are trying to get done.
	AboutUs bool
	Hint    string
	Value   string
	Us      bool // AboutUs was taken
}

// questions are worded as every study asks them. The second line of the first
// and the last line of each are for those who have more to say.
func questions() []question {
	return []question{
		{Field: "doing", Asks: "What are they trying to get done, and in what situation?", Lines: []line{
			{Name: "doing", Label: "They are trying to", Slot: headway.Motivation, AboutUs: true, Hint: "get the month closed without staying late"},
			{Name: "when", Label: "in a situation where", Slot: headway.Situation, Hint: "a second warehouse has just opened"},
			{Name: "doing-then", Label: "And what does that do for them?", Slot: headway.Motivation},
		}},
		{Field: "otherwise", Asks: "If they could not have had it from you, what would they have got or done instead?", Lines: []line{
			{Name: "otherwise", Label: "They would have", Slot: headway.Alternative, AboutUs: true, Hint: "gone on with the shared spreadsheet"},
			{Name: "otherwise-then", Label: "And what does that do for them?", Slot: headway.Motivation},
		}},
		{Field: "worked", Asks: "How will they know it worked?", Lines: []line{
			{Name: "worked", Label: "They will know when", Slot: headway.Measure, AboutUs: true, Hint: "nobody calls on a Sunday any more"},
			{Name: "worked-then", Label: "And what does that do for them?", Slot: headway.Motivation},
		}},
	}
}

// extraGuesses is how many guesses beside the three a page without JavaScript has room for.
const extraGuesses = 3

// guessForm is what a person wrote before sealing; it comes back as it was
// when something has to be put right.
type guessForm struct {
	Name      string
	About     headway.About
	Author    string
	Questions []question
	More      []more
	Slots     []headway.Label
	Problem   string
}

// more is a guess with a slot and an author of its own.
type more struct {
	Slot         headway.Label
	Text, Author string
}

func emptyForm() guessForm {
	return guessForm{About: headway.OurCustomers, Questions: questions(), More: make([]more, extraGuesses), Slots: headway.Slots()}
}

// readForm reads the guesses of a posted form.
func readForm(r *http.Request) guessForm {
	f := guessForm{
		Name:      strings.TrimSpace(r.PostFormValue("name")),
		About:     headway.About(r.PostFormValue("about")),
		Author:    strings.TrimSpace(r.PostFormValue("author")),
		Questions: questions(),
		Slots:     headway.Slots(),
	}
	for q := range f.Questions {
		for l := range f.Questions[q].Lines {
			at := &f.Questions[q].Lines[l]
			at.Value = strings.TrimSpace(r.PostFormValue(at.Name))
			at.Us = at.AboutUs && r.PostFormValue(at.Name+"-us") != ""
		}
	}
	texts, slots, authors := r.PostForm["more-text"], r.PostForm["more-slot"], r.PostForm["more-author"]
	for i, text := range texts {
		f.More = append(f.More, more{Slot: headway.Label(at(slots, i)), Text: strings.TrimSpace(text), Author: strings.TrimSpace(at(authors, i))})
	}
	return f
}

func at(values []string, i int) string {
	if i < len(values) {
		return values[i]
	}
	return ""
}

// guesses gives the written guesses in the order of the page. The same guess
// written twice is one.
func (f guessForm) guesses(study headway.StudyID) ([]headway.Guess, error) {
	var all []headway.Guess
	known := map[headway.GuessID]bool{}
	add := func(slot headway.Label, text, author string) error {
		if text == "" {
			return nil
		}
		g, err := headway.NewGuess(study, slot, text)
		if err != nil || known[g.ID] {
			return err
		}
		known[g.ID] = true
		g.Author = author
		all = append(all, g)
		return nil
	}
	for _, q := range f.Questions {
		for _, l := range q.Lines {
			slot := l.Slot
			if l.Us {
				slot = headway.Pull
			}
			if err := add(slot, l.Value, f.Author); err != nil {
				return nil, err
			}
		}
	}
	for _, m := range f.More {
		author := m.Author
		if author == "" {
			author = f.Author
		}
		if err := add(m.Slot, m.Text, author); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// check says what keeps the form from being sealed, or "".
func (f guessForm) check() string {
	guesses, err := f.guesses("check")
	switch {
	case err != nil:
		return sentence(err.Error())
	case len(guesses) == 0:
		return "Nothing to seal yet: write one guess at least, or skip."
	}
	return ""
}

// studyName names a study whose name was left out.
func (f guessForm) studyName() string {
	switch {
	case f.Name != "":
		return f.Name
	case f.About == headway.OneCustomer:
		return "One customer"
	}
	return "Our customers"
}
