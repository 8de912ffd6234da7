package eval

import (
	"embed"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/segment"
	"github.com/headway-oss/headway/internal/shoes"
	"github.com/headway-oss/headway/internal/source"
)

// firmsFiles are texts of invented firms in which every sentence is labelled, and
// what their customers said. What they are stands beside them.
//
//go:embed data/jobs/shoes data/jobs/shoes-own
var firmsFiles embed.FS

// firmTexts is one table of labelled sentences.
type firmTexts struct{ folder, table, talks string }

// shoesApart only measures; shoesDev are for developing.
var (
	shoesApart = firmTexts{"data/jobs/shoes", "labels.tsv", "talks"}
	shoesDev   = []firmTexts{{"data/jobs/shoes", "labels-dev.tsv", "talks"}, {"data/jobs/shoes-own", "labels.tsv", "."}}
)

// ShoesExamples gives the sentences on which weights may be fitted.
func ShoesExamples() ([]shoes.Example, error) { return readFirms(shoesDev...) }

// Shoes prints how far marks agree with a reader's, on the sentences kept
// apart or, with dev, on those for developing by weights that have not
// seen the firm. The former may be scored a few times only, and each time is
// written down in docs/decisions/0022: what one has looked at measures no more.
func Shoes(w io.Writer, dev bool) error {
	from, title := []firmTexts{shoesApart}, "three firms kept apart"
	if dev {
		from, title = shoesDev, "firms for developing, weights without the firm"
	}
	examples, err := readFirms(from...)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Them or us: %s\n\n", title)
	fmt.Fprintln(w, "| method | n | kappa | right | theirs F1 | ours F1 | unsupported F1 |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	ways := shoesBaselines(examples)
	if dev {
		ways = append(ways,
			marking{"shoes", shoes.FitAndMark(examples, false)},
			marking{"shoes, without cues that only this firm has", shoes.FitAndMark(examples, true)})
	} else {
		ways = append(ways, marking{shoes.Version, markAll(examples)})
	}
	for _, way := range ways {
		printMarking(w, way, examples)
	}
	printMistaken(w, ways[len(ways)-1], examples)
	printFirms(w, ways[len(ways)-1], examples)
	return nil
}

// marking is what a method makes of each example.
type marking struct {
	name  string
	marks []shoes.Mark
}

func markAll(examples []shoes.Example) []shoes.Mark {
	marks := make([]shoes.Mark, len(examples))
	for i, e := range examples {
		marks[i] = shoes.Read([]shoes.Part{e.Part}, []shoes.Heard{e.Heard}, e.Said).Sentences[0].Mark
	}
	return marks
}

func readFirms(tables ...firmTexts) (examples []shoes.Example, err error) {
	for _, t := range tables {
		data, err := firmsFiles.ReadFile(path.Join(t.folder, t.table))
		if err != nil {
			return nil, err
		}
		said := map[string]*shoes.Said{}
		for line := range strings.Lines(string(data)) {
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if f[0] == "firm" {
				continue
			}
			if said[f[0]] == nil {
				if said[f[0]], err = readTalks(path.Join(t.folder, f[0], t.talks)); err != nil {
					return nil, err
				}
			}
			examples = append(examples, shoes.Example{Firm: f[0], Part: shoes.Part{To: len([]rune(f[4])), Words: f[4]}, Said: said[f[0]], Is: shoes.Mark(f[2])})
		}
	}
	var words []string
	for _, e := range examples {
		words = append(words, e.Words)
	}
	theirs, ours := hear.EitherWay(words)
	for i := range examples {
		examples[i].Heard = shoes.Heard{Theirs: theirs[i], Ours: ours[i]}
	}
	return examples, nil
}

// readTalks reads what the customers of a firm said, as an import does.
func readTalks(folder string) (*shoes.Said, error) {
	entries, err := firmsFiles.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	said := shoes.NewSaid()
	for _, e := range entries {
		data, err := firmsFiles.ReadFile(path.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		batch, err := source.Read(source.File{Name: e.Name(), Data: data}, source.Options{})
		if err != nil {
			return nil, err
		}
		for i := range batch.Conversations {
			c := &batch.Conversations[i]
			said.AddConversation(c, hear.Carefully(c))
		}
	}
	if said.Len() == 0 {
		return nil, headway.Errorf(headway.NotFound, "no customer says anything in %s", folder)
	}
	return said, nil
}

// shoesBaselines are what anybody could do: always the most frequent mark; and
// ours where the sentence says we or our, theirs where it shares words that count
// with one sentence of a customer, else unsupported.
func shoesBaselines(examples []shoes.Example) []marking {
	counts := map[shoes.Mark]int{}
	for _, e := range examples {
		counts[e.Is]++
	}
	most := shoes.Theirs
	for _, m := range shoes.Marks() {
		if counts[m] > counts[most] {
			most = m
		}
	}
	majority, plain := marking{name: "always " + string(most)}, marking{name: "we and our, shared words"}
	for _, e := range examples {
		majority.marks = append(majority.marks, most)
		plain.marks = append(plain.marks, plainMark(e))
	}
	return []marking{majority, plain}
}

// enoughShared is the share of a sentence's words, small ones left out, that
// one customer's sentence holds.
const enoughShared = .3

func plainMark(e shoes.Example) shoes.Mark {
	own := map[string]bool{}
	for _, p := range segment.Words(e.Words) {
		switch w := strings.ToLower(p.Of(e.Words)); {
		case w == "we", w == "our", w == "us", w == "ours":
			return shoes.Ours
		case !segment.IsStop(w):
			own[segment.Stem(w)] = true
		}
	}
	for words := range e.Said.Words() {
		shared := map[string]bool{}
		for _, p := range segment.Words(words) {
			if stem := segment.Stem(p.Of(words)); own[stem] {
				shared[stem] = true
			}
		}
		if len(own) > 0 && share(len(shared), len(own)) >= enoughShared {
			return shoes.Theirs
		}
	}
	return shoes.Unsupported
}

func printMarking(w io.Writer, way marking, examples []shoes.Example) {
	right := 0
	of := map[shoes.Mark]*Count{}
	for _, m := range shoes.Marks() {
		of[m] = &Count{}
	}
	for i, e := range examples {
		if way.marks[i] == e.Is {
			right++
		}
		for m, c := range of {
			c.Add(way.marks[i] == m, e.Is == m)
		}
	}
	fmt.Fprintf(w, "| %s | %d | %s | %s |", way.name, len(examples), kappaOf(way, examples, ""), Dot(share(right, len(examples))))
	for _, m := range shoes.Marks() {
		fmt.Fprintf(w, " %s |", Dot(of[m].F1()))
	}
	fmt.Fprintln(w)
}

// kappaOf says Cohen's kappa with its interval, on one firm or on all.
func kappaOf(way marking, examples []shoes.Example, firm string) string {
	var units agree.Units
	for i, e := range examples {
		if firm == "" || e.Firm == firm {
			units = append(units, []agree.Value{agree.Value(e.Is), agree.Value(way.marks[i])})
		}
	}
	kappa, err := agree.Cohen(units)
	switch {
	case err != nil:
		return "–"
	case !kappa.Bounded:
		return Dot(kappa.Is)
	}
	return fmt.Sprintf("%s (%s-%s)", Dot(kappa.Is), Dot(kappa.Low), Dot(kappa.High))
}

func printMistaken(w io.Writer, way marking, examples []shoes.Example) {
	counts := map[[2]shoes.Mark]int{}
	for i, e := range examples {
		counts[[2]shoes.Mark{e.Is, way.marks[i]}]++
	}
	fmt.Fprintf(w, "\n%s: rows are the reader's, columns the method's.\n\n| | theirs | ours | unsupported |\n|---|---|---|---|\n", way.name)
	for _, is := range shoes.Marks() {
		fmt.Fprintf(w, "| %s |", is)
		for _, as := range shoes.Marks() {
			fmt.Fprintf(w, " %d |", counts[[2]shoes.Mark{is, as}])
		}
		fmt.Fprintln(w)
	}
}

func printFirms(w io.Writer, way marking, examples []shoes.Example) {
	n, order := map[string]int{}, []string(nil)
	for _, e := range examples {
		if n[e.Firm]++; n[e.Firm] == 1 {
			order = append(order, e.Firm)
		}
	}
	fmt.Fprint(w, "\n| firm | n | kappa |\n|---|---|---|\n")
	for _, firm := range order {
		fmt.Fprintf(w, "| %s | %d | %s |\n", firm, n[firm], kappaOf(way, examples, firm))
	}
}
