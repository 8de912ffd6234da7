package eval

import (
	"fmt"
	"io"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/quality"
)

// pass is one of the two ways to hear, with what it makes of every labelled
// sentence that it has not learned from.
type pass struct {
	name    string
	version string
	kinds   []heardKinds
	unseen  []unseenGenre
	ours    []judged
	hearing func(*headway.Conversation) headway.Hearing
}

// unseenGenre is sentences of a genre of which the pass has not learned any.
type unseenGenre struct {
	title, set string
	of         []heardKinds
}

// Run prints every table, measured on the labels under dataDir. It fails with
// NotFound where the data is not there.
func Run(w io.Writer, dataDir string) error {
	passes, err := passes(dataDir)
	if err != nil {
		return err
	}
	for _, p := range passes {
		fmt.Fprintf(w, "\n## Kinds: what customers say (%s)\n\n", p.name)
		printKinds(w, p)
	}
	fmt.Fprint(w, "\n## Learning curve\n\n")
	printCurve(w, labelledOfKinds(passes[1].kinds))
	fmt.Fprint(w, "\n## Speed\n\n")
	printSpeed(w, passes)
	fmt.Fprint(w, "\n## Names and products\n\n")
	printNames(w, ofReal(passes[0].kinds))
	fmt.Fprint(w, "\n## Own labels\n\n")
	printOwn(w, passes[0])
	fmt.Fprint(w, "\n## Guess against sentence\n\n")
	if err := Guesses(w, dataDir); err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Same meaning\n\n")
	if err := Same(w, dataDir); err != nil {
		return err
	}
	for _, p := range passes {
		fmt.Fprintf(w, "\n## Asked or not (%s)\n\n", p.name)
		printAsked(w, p.ours)
		fmt.Fprintf(w, "\n## Our acts, and what questions ask for (%s)\n\n", p.name)
		printActs(w, p.ours)
		fmt.Fprintf(w, "\n## Questions present (%s)\n\n", p.name)
		if err := printQuestions(w, p, dataDir); err != nil {
			return err
		}
		fmt.Fprintf(w, "\n## Telling and reflection (%s)\n\n", p.name)
		if err := printTelling(w, p, dataDir); err != nil {
			return err
		}
	}
	fmt.Fprint(w, "\n## Job statements\n\n")
	if err := Statements(w); err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Plain explaining\n\n")
	return printInforming(w, dataDir)
}

// passes hears all labelled sentences both ways.
func passes(dataDir string) ([]pass, error) {
	read, err := kept()
	if err != nil {
		return nil, err
	}
	quick := pass{name: quality.Quick, version: hear.Version, hearing: hear.Conversation}
	if quick.kinds, quick.ours, err = judgeQuickly(dataDir); err != nil {
		return nil, err
	}
	rows, err := carefulRows(quick.kinds, quick.ours, read)
	if err != nil {
		return nil, err
	}
	careful := pass{name: quality.Careful, version: hear.CarefulVersion, hearing: hear.Carefully}
	careful.kinds, careful.ours = judgeCarefully(rows)
	careful.unseen = []unseenGenre{
		{"Transfer: survey answers, no survey or podcast learned from", quality.OtherSurvey, unseenCarefully(rows, read, "survey")},
		{"Transfer: podcast, no survey or podcast learned from", quality.Spoken, unseenCarefully(rows, read, "podcast")},
	}
	theirs := labelledOfKinds(quick.kinds)
	quick.unseen = []unseenGenre{
		{"Transfer: survey answers, no survey learned from", quality.OtherSurvey, withoutGenre(theirs, "survey")},
		{"Transfer: podcast, no podcast learned from", quality.Spoken, withoutGenre(theirs, "podcast")},
		{"Transfer: whole interviews, no interview learned from", quality.Unseen, ofFiles(withoutGenre(theirs, append(wholeInterviews[:2:2], "rare-*")...), wholeInterviews...)},
	}
	return []pass{careful, quick}, nil
}

// judgeQuickly hears every labelled sentence by the quick pass, with weights
// fitted on the other folds.
func judgeQuickly(dataDir string) (kinds []heardKinds, ours []judged, err error) {
	rows, err := kindRows(dataDir)
	if err != nil {
		return nil, nil, err
	}
	ours, err = judgeOurs(dataDir)
	return judgeKinds(rows), ours, err
}

// ofReal gives the sentences that were really said.
func ofReal(all []heardKinds) []Labelled {
	return labelledOfKinds(ofFiles(all, append(wholeInterviews[:2:2], "survey", "podcast")...))
}

func labelledOfKinds(all []heardKinds) (rows []Labelled) {
	for _, h := range all {
		rows = append(rows, h.Labelled)
	}
	return rows
}
