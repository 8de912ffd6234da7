package eval

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
	"github.com/headway-oss/headway/internal/segment"
)

// Does what is heard of our side tell the sessions that experts call poor from
// the good ones? In AnnoMI the share of telling does, and so does the share of
// reflections, where people labelled them. This only measures: nothing is ever
// chosen on these sessions, and no page gives a person such a figure.

// annomiLine is one utterance of AnnoMI with what its experts say of it.
type annomiLine struct {
	session              string
	good                 bool // the session is an example of good practice
	ours                 bool // the therapist's
	text                 string
	asks, tells, returns bool // a question; information or advice; a reflection
}

func readAnnoMI(dataDir string) (lines []annomiLine, err error) {
	defer headway.Wrap(&err, "read AnnoMI")
	file, err := os.Open(filepath.Join(dataDir, "acts", "annomi-dev", "utterances.csv"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	table, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	column := columnsOf(strings.Join(table[0], "\t"))
	for _, cells := range table[1:] {
		of := func(name string) string { return cells[column[name]] }
		lines = append(lines, annomiLine{
			session: of("transcript_id"), good: of("mi_quality") == "high", ours: of("interlocutor") == "therapist",
			text: of("utterance_text"), asks: of("question_exists") == "True",
			tells: of("therapist_input_exists") == "True", returns: of("reflection_exists") == "True",
		})
	}
	return lines, nil
}

// session is one counselling session: as its experts saw it, and as it was heard.
type session struct {
	good  bool
	lines []annomiLine
	ours  []said // our sentences
}

// said is one sentence with what was heard in it.
type said struct {
	headway.Heard
	words int
}

// sessionShare is a share of a session that may tell a poor one from a good one.
type sessionShare struct {
	name string
	poor bool // more of it speaks for a poor session
	of   func(session) float64
}

// sessionShares were fixed before a session was heard.
var sessionShares = []sessionShare{
	{"telling", true, func(s session) float64 { return s.part(tells) }},
	{"advice, pitches and stories", true, func(s session) float64 { return s.part(advises) }},
	{"reflection", false, func(s session) float64 { return s.part(reflects) }},
	{"our words (baseline)", true, session.talk},
	{"telling, by the experts' labels", true, func(s session) float64 { return s.labelled(func(l annomiLine) bool { return l.tells }) }},
	{"reflection, by the experts' labels", false, func(s session) float64 { return s.labelled(func(l annomiLine) bool { return l.returns }) }},
}

func advises(s said) bool {
	return s.Counts(headway.Advice) || s.Counts(headway.Pitch) || s.Counts(headway.StoryOwn) || s.Counts(headway.StoryOther)
}

func reflects(s said) bool { return s.Counts(headway.Playback) }

// tells takes a statement that is nothing else for telling: plain explaining has
// no act in the codebook. Fewer than four words state nothing.
func tells(s said) bool {
	return advises(s) || s.words >= 4 && !slices.ContainsFunc(notTelling, s.Has)
}

var notTelling = []headway.Label{headway.QOpen, headway.QClosed, headway.QLeading, headway.QDouble, headway.QHypothetical,
	headway.Playback, headway.Assumption, headway.Ack}

// part is the share of our sentences that are so.
func (s session) part(so func(said) bool) float64 {
	n := 0
	for _, sentence := range s.ours {
		if so(sentence) {
			n++
		}
	}
	return share(n, len(s.ours))
}

// labelled is the share of our utterances that the experts say are so.
func (s session) labelled(so func(annomiLine) bool) float64 {
	n, of := 0, 0
	for _, l := range s.lines {
		if l.ours {
			of++
			if so(l) {
				n++
			}
		}
	}
	return share(n, of)
}

// talk is our share of the words.
func (s session) talk() float64 {
	ours, all := 0, 0
	for _, l := range s.lines {
		n := len(segment.Words(l.text))
		all += n
		if l.ours {
			ours += n
		}
	}
	return share(ours, all)
}

// sessions hears AnnoMI's sessions whole.
func sessions(dataDir string, hearing func(*headway.Conversation) headway.Hearing) ([]session, error) {
	lines, err := readAnnoMI(dataDir)
	if err != nil {
		return nil, err
	}
	var all []session
	for len(lines) > 0 {
		n := slices.IndexFunc(lines, func(l annomiLine) bool { return l.session != lines[0].session })
		if n < 0 {
			n = len(lines)
		}
		all = append(all, hearSession(lines[:n], hearing))
		lines = lines[n:]
	}
	return all, nil
}

func hearSession(lines []annomiLine, hearing func(*headway.Conversation) headway.Hearing) session {
	draft := headway.NewDraft("eval")
	for _, l := range lines {
		name, side := "client", headway.Theirs
		if l.ours {
			name, side = "therapist", headway.Ours
		}
		draft.Say(name, l.text)
		draft.Speaker(name).Side = side
	}
	c := draft.Conversation()
	s := session{good: lines[0].good, lines: lines}
	for _, h := range hearing(c).Sentences {
		words, err := c.Turns[h.Turn].Text.Cut(h.Span)
		if err == nil && h.Side == headway.Ours {
			s.ours = append(s.ours, said{h, len(segment.Words(words.String()))})
		}
	}
	return s
}

// rated is what a share gives a session; more speaks for a poor one.
type rated struct {
	value float64
	good  bool
}

func (by sessionShare) rate(all []session) (rates []rated) {
	for _, s := range all {
		value := by.of(s)
		if !by.poor {
			value = -value
		}
		rates = append(rates, rated{value, s.good})
	}
	return rates
}

// auc is how often, of a poor and a good session, the value names the poor one:
// .5 by chance, equals half. Where there is no such pair it is .5.
func auc(all []rated) float64 {
	right, pairs := 0.0, 0.0
	for _, poor := range all {
		for _, good := range all {
			if !poor.good && good.good {
				pairs++
				right += float64(cmp.Compare(poor.value, good.value)+1) / 2
			}
		}
	}
	if pairs == 0 {
		return .5
	}
	return right / pairs
}

// sessionFigures says how well each share tells poor sessions from good ones.
func sessionFigures(all []session) (figures []quality.Session) {
	for _, by := range sessionShares {
		rates := by.rate(all)
		low, high := redrawn(rates, auc)
		figures = append(figures, quality.Session{Share: by.name, AUC: quality.Share{Is: rounded(auc(rates)), Low: rounded(low), High: rounded(high), Of: len(all)}})
	}
	return figures
}

// printTelling prints whether what is heard tells poor sessions from good ones.
func printTelling(w io.Writer, p pass, dataDir string) error {
	all, err := sessions(dataDir, p.hearing)
	if err != nil {
		return err
	}
	good := 0
	for _, s := range all {
		if s.good {
			good++
		}
	}
	fmt.Fprintf(w, "AnnoMI only measures. Shares of our sentences in %d poor and %d good sessions; AUC: how often, of a poor and a good one, the share names the poor one. 95 %% interval over sessions. *Telling* is advice, pitches, stories and statements of at least four words that are nothing else: the codebook has no act for plain explaining.\n", len(all)-good, good)
	fmt.Fprintln(w, "\n| share | AUC |\n|---|---|")
	for _, f := range sessionFigures(all) {
		fmt.Fprintf(w, "| %s | %s (%s-%s) |\n", f.Share, Dot(f.AUC.Is), Dot(f.AUC.Low), Dot(f.AUC.High))
	}
	return nil
}
