package eval

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// unseenFiles are invented stories from which no weight was learned: those of two of
// the sixteen who wrote. They chose some settings, see decisions 25 and 26.
//
//go:embed data/jobs/stories/C-*.txt data/jobs/stories/K-*.txt
var unseenFiles embed.FS

// measureStories prints how well jobs are found in invented stories by people whose
// stories the encoder of aims never saw, study by study. A study is one product.
func measureStories(w io.Writer) error {
	const folder = "data/jobs/stories"
	files, err := unseenFiles.ReadDir(folder)
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Jobs: stories of writers from whom no weight was learned\n\nThey chose some settings (decisions 25 and 26). Adjusted Rand index; *told* is told the number of jobs; *by kinds* is what is proposed where nothing was read closely.\n\n| product | customers | jobs | found | proposed | proposed, told | by kinds, told | k-means on vectors, told | LDA, told |\n|---|---|---|---|---|---|---|---|---|\n")
	var sums [5]float64
	several, right, customers := 0, 0, 0
	for _, file := range files {
		data, err := unseenFiles.ReadFile(path.Join(folder, file.Name()))
		if err != nil {
			return err
		}
		s, err := readStories(strings.TrimSuffix(file.Name(), ".txt"), string(data))
		if err != nil {
			return err
		}
		g := job.Propose(s.episodes, nil)
		labelled := len(s.named)
		customers += len(s.episodes)
		if len(g.Groups) == labelled {
			right++
		}
		if labelled == 1 {
			fmt.Fprintf(w, "| %s | %d | 1 | %d | | | | | |\n", s.name, len(s.episodes), len(g.Groups))
			continue
		}
		several++
		row := [5]float64{
			job.Agreement(s.jobs, s.grouped(g)), job.Agreement(s.jobs, s.grouped(job.Into(s.episodes, labelled))),
			job.Agreement(s.jobs, s.grouped(job.Into(s.quick, labelled))),
			job.Agreement(s.jobs, kMeans(s.vectors(), labelled, 1)), job.Agreement(s.jobs, newTopics(s.texts).fit(labelled, 500, 1)),
		}
		for i := range sums {
			sums[i] += row[i]
		}
		fmt.Fprintf(w, "| %s | %d | %d | %d | %.2f | %.2f | %.2f | %.2f | %.2f |\n", s.name, len(s.episodes), labelled, len(g.Groups), row[0], row[1], row[2], row[3], row[4])
	}
	n := float64(several)
	fmt.Fprintf(w, "| **mean of the %d with several** | | | | **%.2f** | **%.2f** | %.2f | %.2f | %.2f |\n\n%d customers; the number was right in %d of %d.\n", several, sums[0]/n, sums[1]/n, sums[2]/n, sums[3]/n, sums[4]/n, customers, right, len(files))
	return nil
}

// readStories reads the customers of one product: below "job: ID | STATEMENT"
// lines "Q: " and "A: ", parted by blank lines.
func readStories(name, text string) (s jobStudy, err error) {
	s = jobStudy{name: name, words: map[headway.TextID]headway.TextVersion{}}
	label, customers := "", 0
	for _, part := range strings.Split(text, "\n\n") {
		var talk strings.Builder
		add := func() error {
			if talk.Len() == 0 {
				return nil
			}
			customers++
			defer talk.Reset()
			return s.add(fmt.Sprintf("%03d.txt", customers), []byte(talk.String()), label, nil)
		}
		for line := range strings.Lines(part) {
			head, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
			switch head {
			case "job":
				if err := add(); err != nil {
					return s, err
				}
				label, _, _ = strings.Cut(strings.TrimSpace(rest), " ")
			case "Q":
				talk.WriteString("Interviewer:" + rest + "\n")
			case "A":
				talk.WriteString("Customer:" + rest + "\n")
			}
		}
		if err := add(); err != nil {
			return s, err
		}
	}
	return s, nil
}

// LabelledStories reads invented customers of some writers, for measuring how people
// of one job differ. stories is the folder with their files.
func LabelledStories(stories fs.FS, writers []string) (studies []job.Labelled, err error) {
	for _, writer := range writers {
		files, err := fs.Glob(stories, writer+"-*.txt")
		if err == nil && len(files) == 0 {
			err = headway.Errorf(headway.NotFound, "there are no stories of writer %q: their files begin with that and a hyphen", writer)
		}
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			data, err := fs.ReadFile(stories, file)
			if err != nil {
				return nil, err
			}
			s, err := readStories(strings.TrimSuffix(file, ".txt"), string(data))
			if err != nil {
				return nil, err
			}
			labelled := job.Labelled{Episodes: s.episodes, Jobs: map[headway.EpisodeID]string{}}
			for i := range s.episodes {
				labelled.Jobs[s.episodes[i].ID] = s.named[s.jobs[i]]
			}
			studies = append(studies, labelled)
		}
	}
	return studies, nil
}
