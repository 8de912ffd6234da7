package eval

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// passage is some words of ours and whether they ask anything: a sentence of a
// label file, or a whole utterance of AnnoMI, which has labels for those only.
type passage struct {
	document, text  string
	asks            bool // labelled so
	heard, stripped bool // heard so, as written and without punctuation and capitals
}

// printQuestions prints whether questions are found, as written and as speech
// recognition writes them.
func printQuestions(w io.Writer, p pass, dataDir string) error {
	annomi, err := annomiPassages(dataDir, p.hearing)
	if err != nil {
		return err
	}
	podcast, interviews := passagesOf(p.ours, "podcast"), passagesOf(p.ours, "ai-")
	fmt.Fprintln(w, "F1 of `asks anything`, 95 % interval over documents. Interviews and podcast: weights of the other folds; AnnoMI only measures.")
	fmt.Fprintln(w, "\n| words | n | asking | contains ? | heard | precision | recall | gain |\n|---|---|---|---|---|---|---|---|")
	for _, set := range []struct {
		name string
		of   []passage
	}{{"interviews", interviews}, {"podcast", podcast}, {"AnnoMI", annomi}} {
		rowAgainst(w, set.name, set.of, func(p passage) bool { return strings.Contains(p.text, "?") }, func(p passage) bool { return p.heard })
	}
	fmt.Fprintln(w, "\nWithout punctuation and capitals:\n\n| words | n | asking | first-word list | heard | precision | recall | gain |\n|---|---|---|---|---|---|---|---|")
	for _, set := range []struct {
		name string
		of   []passage
	}{{"interviews", interviews}, {"podcast", podcast}, {"AnnoMI", annomi}, {"all real labels", concat(interviews, podcast, annomi)}, {"labelled sentences (without AnnoMI)", concat(interviews, podcast)}} {
		rowAgainst(w, set.name, set.of, startsLikeQuestion, func(p passage) bool { return p.stripped })
	}
	fmt.Fprintln(w, "\nAnnotators among themselves (acts, second pass): .93.")
	return nil
}

func rowAgainst(w io.Writer, name string, of []passage, baseline, ours func(passage) bool) {
	base, heard := Tally{}, Tally{}
	for _, p := range of {
		base.Of(p.document).Add(baseline(p), p.asks)
		heard.Of(p.document).Add(ours(p), p.asks)
	}
	sum := heard.Sum()
	fmt.Fprintf(w, "| %s | %d | %d | %s | %s | %s | %s | %+.3f |\n", name, len(of), sum.N(), base.F1(), heard.F1(), Dot(sum.Precision()), Dot(sum.Recall()), sum.F1()-base.Sum().F1())
}

func passagesOf(all []judged, file string) []passage {
	var passages []passage
	for _, j := range all {
		if strings.HasPrefix(j.File, file) {
			passages = append(passages, passage{j.Document(), j.Row.Sentence, j.IsQuestion(), asks(j.heard), asks(j.stripped)})
		}
	}
	return passages
}

func concat(sets ...[]passage) (all []passage) {
	for _, s := range sets {
		all = append(all, s...)
	}
	return all
}

func asks(labels []headway.Scored) bool { return counted(labels, headway.QOpen, headway.QClosed) }

// firstWords is the plain baseline for words without punctuation.
var firstWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields("what how why when where who which whose what's how's do does did is are was were have has had can could would will should shall may am don't doesn't didn't isn't aren't wasn't weren't can't couldn't wouldn't won't tell") {
		set[w] = true
	}
	return set
}()

func startsLikeQuestion(p passage) bool {
	first, _, _ := strings.Cut(hear.Stripped(hear.Row{Sentence: p.text}).Sentence, " ")
	return firstWords[first]
}

// annomiPassages reads the therapists' utterances, and hears each as one turn.
func annomiPassages(dataDir string, hearing func(*headway.Conversation) headway.Hearing) (passages []passage, err error) {
	lines, err := readAnnoMI(dataDir)
	if err != nil {
		return nil, err
	}
	client := ""
	var clients []string
	for _, line := range lines {
		if !line.ours {
			client = line.text
			continue
		}
		clients = append(clients, client)
		passages = append(passages, passage{document: line.session, text: line.text, asks: line.asks})
	}
	var all sync.WaitGroup
	for part := range Folds {
		all.Go(func() {
			for i := part; i < len(passages); i += Folds {
				p := &passages[i]
				p.heard = turnAsks(hearing, clients[i], p.text)
				p.stripped = turnAsks(hearing, plain(clients[i]), plain(p.text))
			}
		})
	}
	all.Wait()
	return passages, nil
}

func plain(text string) string { return hear.Stripped(hear.Row{Sentence: text}).Sentence }

// turnAsks hears a turn of ours after one of theirs, in the way a conversation is heard.
func turnAsks(hearing func(*headway.Conversation) headway.Hearing, theirs, text string) bool {
	draft := headway.NewDraft("eval")
	draft.Say("client", theirs)
	draft.Speaker("client").Side = headway.Theirs
	draft.Say("therapist", text)
	draft.Speaker("therapist").Side = headway.Ours
	for _, s := range hearing(draft.Conversation()).Sentences {
		if s.Side == headway.Ours && s.IsQuestion() {
			return true
		}
	}
	return false
}
