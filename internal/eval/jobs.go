package eval

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	means "github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/job"
	"github.com/headway-oss/headway/internal/segment"
	"github.com/headway-oss/headway/internal/source"
)

// jobStudies are invented customers, each labelled with the job that they hired a
// product for. dev-four and dev-one are for developing; giveaway, whose runs are used
// up, and giveaway-two are kept apart.
//
//go:embed data/jobs/dev-four data/jobs/dev-one data/jobs/giveaway data/jobs/giveaway-two
var jobStudies embed.FS

// occupations are words that name what somebody works as.
//
//go:embed data/occupations.txt
var occupations string

// jobStudy is a study in which each customer has one episode.
type jobStudy struct {
	name     string
	episodes []job.Episode
	quick    []job.Episode // the same, of which nothing was read closely
	texts    []string      // of each episode, the customer's words
	jobs     []int         // of each episode, as labelled
	named    []string      // the jobs' labels
	words    map[headway.TextID]headway.TextVersion
}

// What JobStudies calls the interviews, the stories, and the labelled sentences, which
// are no study.
const (
	realInterviews = "interviews"
	unseenStories  = "stories"
	alternatives   = "alternatives"
	finishLines    = "finish-lines"
)

// JobStudies lists what jobs are measured on. giveaway and giveaway-two are kept
// apart: every run on them is written down in docs/decisions/0025.
func JobStudies() []string {
	return []string{"dev-four", "dev-one", "giveaway", "giveaway-two", unseenStories, realInterviews, alternatives, finishLines}
}

// Jobs prints how well jobs are found in some studies: against the labels of invented
// ones, and for the interviews how surely the same come out again. Of labelled
// sentences it prints how well what stands on a job's page is told by its words.
func Jobs(w io.Writer, dataDir string, studies []string) error {
	for _, name := range studies {
		if err := measureJobs(w, dataDir, name); err != nil {
			return err
		}
	}
	return nil
}

func measureJobs(w io.Writer, dataDir, name string) error {
	switch name {
	case unseenStories:
		return measureStories(w)
	case alternatives:
		return measureAlternatives(w)
	case finishLines:
		return measureFinishLines(w)
	case realInterviews:
		real, err := readInterviews(dataDir)
		if err == nil {
			printInterviews(w, real)
		}
		return err
	}
	s, err := readJobStudy(name)
	if err == nil {
		printJobStudy(w, s)
	}
	return err
}

func readJobStudy(name string) (s jobStudy, err error) {
	dir := "data/jobs/" + name
	labels, err := jobStudies.ReadFile(dir + "/labels.tsv")
	if err != nil {
		return s, err
	}
	s = jobStudy{name: name, words: map[headway.TextID]headway.TextVersion{}}
	column := 1
	for i, line := range strings.Split(strings.TrimSpace(string(labels)), "\n") {
		fields := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if i == 0 {
			column = max(1, slices.Index(fields, "job"))
			continue
		}
		data, err := fs.ReadFile(jobStudies, path.Join(dir, fields[0]))
		if err != nil {
			return s, err
		}
		if err := s.add(fields[0], data, fields[column], nil); err != nil {
			return s, err
		}
	}
	return s, nil
}

// add reads one customer's conversation. Sentences that hide matches are left out.
func (s *jobStudy) add(name string, data []byte, label string, hide *regexp.Regexp) error {
	batch, err := source.Read(source.File{Name: name, Data: data}, source.Options{})
	if err != nil {
		return err
	}
	var talks []job.Talk
	for i := range batch.Conversations {
		c := &batch.Conversations[i]
		h := hear.Conversation(c)
		h.Aims = hear.Aims(c)
		texts := map[headway.TextID]headway.TextVersion{}
		for _, turn := range c.Turns {
			texts[turn.Text.ID], s.words[turn.Text.ID] = turn.Text, turn.Text
		}
		if hide != nil {
			hidden := func(at headway.Span) bool {
				q, err := texts[at.Text].Cut(at)
				return err == nil && hide.MatchString(q.String())
			}
			h.Sentences = slices.DeleteFunc(h.Sentences, func(heard headway.Heard) bool { return hidden(heard.Span) })
			h.Aims = slices.DeleteFunc(h.Aims, func(aim headway.Aim) bool { return hidden(aim.Span) })
		}
		talks = append(talks, job.Talk{Conversation: c, Hearing: h})
	}
	at := slices.Index(s.named, label)
	if at < 0 {
		at = len(s.named)
		s.named = append(s.named, label)
	}
	whose := map[headway.PersonID]headway.PersonID{}
	for _, talk := range talks { // one customer a file, whatever the speaker is called
		for _, speaker := range talk.Speakers {
			whose[speaker.Person()] = headway.PersonID(name)
		}
	}
	for _, e := range job.Episodes(job.Study{Talks: talks, Whose: whose}) {
		s.episodes, s.jobs = append(s.episodes, e), append(s.jobs, at)
		s.texts = append(s.texts, s.textOf(talks, e))
	}
	for i := range talks {
		talks[i].Hearing.Aims = nil
	}
	s.quick = append(s.quick, job.Episodes(job.Study{Talks: talks, Whose: whose})...)
	return nil
}

// textOf gives what a customer says in an episode.
func (s *jobStudy) textOf(talks []job.Talk, e job.Episode) string {
	var all strings.Builder
	for _, talk := range talks {
		for _, heard := range talk.Hearing.Sentences {
			if heard.Side != headway.Theirs {
				continue
			}
			if q, err := s.words[heard.Span.Text].Cut(heard.Span); err == nil {
				all.WriteString(q.String() + "\n")
			}
		}
	}
	return all.String()
}

// readInterviews gives the real interviews without the sentences that tell what
// somebody works as.
func readInterviews(dataDir string) (s jobStudy, err error) {
	s = jobStudy{name: realInterviews, words: map[headway.TextID]headway.TextVersion{}}
	names, err := filepath.Glob(filepath.Join(dataDir, "interviews", "transcripts", "*.md"))
	if err != nil || len(names) == 0 {
		return s, headway.Errorf(headway.NotFound, "there are no interviews under %s", dataDir)
	}
	hide := tellsOccupation()
	cohort := regexp.MustCompile(`Transcript ID:\** *([a-z]+)`)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return s, err
		}
		label := "unknown"
		if found := cohort.FindSubmatch(data[:min(len(data), 300)]); found != nil {
			label = string(found[1])
		}
		if err := s.add(filepath.Base(name), bytes.TrimSpace(data), label, hide); err != nil {
			return s, err
		}
	}
	return s, nil
}

func tellsOccupation() *regexp.Regexp {
	var words []string
	for line := range strings.Lines(occupations) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			words = append(words, line)
		}
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)s?\b|\b(?:i|we) (?:work|worked) (?:as|in|for|at)\b|\bmy (?:job|role|profession|field|occupation|career|title)\b`)
}

// grouped gives where each episode fell; those of no group fall each alone.
func (s *jobStudy) grouped(g job.Grouping) []int {
	in := map[headway.EpisodeID]int{}
	for j, group := range g.Groups {
		for _, e := range group.Episodes {
			in[e] = j
		}
	}
	fell := make([]int, len(s.episodes))
	for i, e := range s.episodes {
		at, found := in[e.ID]
		if !found {
			at = len(g.Groups) + i
		}
		fell[i] = at
	}
	return fell
}

func printJobStudy(w io.Writer, s jobStudy) {
	g := job.Propose(s.episodes, nil)
	labelled := len(s.named)
	fmt.Fprintf(w, "\n## Jobs: %s\n\n%d customers, %d episodes, %s labelled. **Found: %s**, %d episodes of none.\n\n", s.name, people(s.episodes), len(s.episodes), jobs(labelled), jobs(len(g.Groups)), len(g.Alone))
	fmt.Fprint(w, "| method | told the number | jobs | adjusted Rand |\n|---|---|---|---|\n")
	fmt.Fprintf(w, "| proposed | no | %d | %.2f |\n", len(g.Groups), job.Agreement(s.jobs, s.grouped(g)))
	if labelled > 1 {
		fmt.Fprintf(w, "| proposed | yes | %d | %.2f |\n", labelled, job.Agreement(s.jobs, s.grouped(job.Into(s.episodes, labelled))))
		fmt.Fprintf(w, "| k-means on sentence vectors | yes | %d | %.2f |\n", labelled, job.Agreement(s.jobs, kMeans(s.vectors(), labelled, 1)))
		fmt.Fprintf(w, "| topic model (LDA) | yes | %d | %.2f |\n", labelled, job.Agreement(s.jobs, newTopics(s.texts).fit(labelled, 500, 1)))
	}
	printStability(w, g)
	printJobs(w, s, g, true)
}

func printStability(w io.Writer, g job.Grouping) {
	fmt.Fprintf(w, "\nStability (mean adjusted Rand over 20 resamples, of %d people), and what people with one job give; evidence for so many jobs against one:\n\n| jobs | stability | one job | evidence |\n|---|---|---|---|\n", g.Of)
	for _, t := range g.Tried {
		fmt.Fprintf(w, "| %d | %.2f | %.2f | %.1f |\n", t.Groups, t.Stability, t.One, t.Evidence)
	}
}

// printJobs prints what is in each group. Words are shown of invented customers
// only: those of real ones stay where they are.
func printJobs(w io.Writer, s jobStudy, g job.Grouping, invented bool) {
	if len(g.Groups) < 2 {
		return
	}
	fmt.Fprint(w, "\n| job | people | stability | labelled | its words |\n|---|---|---|---|---|\n")
	fell := s.grouped(g)
	for j, group := range g.Groups {
		counts := make([]int, len(s.named))
		for i := range fell {
			if fell[i] == j {
				counts[s.jobs[i]]++
			}
		}
		var labels, words []string
		for i, n := range counts {
			if n > 0 {
				labels = append(labels, fmt.Sprintf("%s %d", s.named[i], n))
			}
		}
		for _, word := range group.Words {
			if q, err := s.words[word.Span.Text].Cut(word.Span); err == nil && invented {
				words = append(words, strings.ToLower(q.String()))
			}
		}
		fmt.Fprintf(w, "| %d | %d | %.2f | %s | %s |\n", j+1, group.People, group.Stability, strings.Join(labels, ", "), strings.Join(words, " "))
	}
}

// printInterviews prints how surely the same groups of the interviews come out
// again, by each method and number.
func printInterviews(w io.Writer, s jobStudy) {
	g := job.Propose(s.episodes, nil)
	fmt.Fprintf(w, "\n## Jobs: the %d interviews, occupations out of view\n\n%d customers, %d episodes. **Found: %s**, %d episodes of none. Nobody has labelled jobs here; *cohort* is which of three trades the interviewer asked for.\n", people(s.episodes), people(s.episodes), len(s.episodes), jobs(len(g.Groups)), len(g.Alone))
	printStability(w, g)
	printJobs(w, s, g, false)
	vectors, topics := s.vectors(), newTopics(s.texts)
	fmt.Fprint(w, "\nBaselines, resampled alike (LDA six times, 60 rounds each):\n\n| jobs | k-means on sentence vectors | topic model (LDA) |\n|---|---|---|\n")
	for k := 2; k <= 6; k++ {
		fmt.Fprintf(w, "| %d | %.2f | %.2f |\n", k,
			steadiness(len(s.episodes), 20, func(in []int, seed uint64) []int { return kMeansOf(vectors, in, k, seed) }),
			steadiness(len(s.episodes), 6, func(in []int, seed uint64) []int { return topics.of(in).fit(k, 60, seed) }))
	}
	k := max(2, len(g.Groups))
	fmt.Fprintf(w, "\nAgreement with the cohort (adjusted Rand; low is right): proposed %.2f, k-means %.2f, LDA %.2f.\n",
		job.Agreement(s.jobs, s.grouped(g)), job.Agreement(s.jobs, kMeans(vectors, k, 1)), job.Agreement(s.jobs, topics.fit(k, 60, 1)))
}

func jobs(n int) string {
	if n == 1 {
		return "one job"
	}
	return fmt.Sprintf("%d jobs", n)
}

func people(episodes []job.Episode) int {
	seen := map[headway.PersonID]bool{}
	for _, e := range episodes {
		seen[e.Person] = true
	}
	return len(seen)
}

// vectors gives of each episode the mean of its sentences' vectors.
func (s *jobStudy) vectors() [][]float64 {
	all := make([][]float64, len(s.texts))
	for i, text := range s.texts {
		all[i] = make([]float64, means.Dim)
		n := 0
		for line := range strings.Lines(text) {
			n++
			for d, x := range means.Of(line) {
				all[i][d] += float64(x) / means.Length
			}
		}
		for d := range all[i] {
			all[i][d] /= math.Max(1, float64(n))
		}
	}
	return all
}

// stemsOf gives the content words of a text.
func stemsOf(text string) (stems []string) {
	for _, p := range segment.Words(text) {
		if word := p.Of(text); !segment.IsStop(word) && len(word) > 2 {
			stems = append(stems, segment.Stem(word))
		}
	}
	return stems
}
