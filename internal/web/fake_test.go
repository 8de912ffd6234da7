package web

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// fake is Headway in memory, for the pages' tests. It reads files of lines
// "Name: words"; a name of ours ends in "(us)", one whose side nobody knows in
// "(?)". Words may start with the labels heard in them: "{struggle} I spend...".
// The mirror is the real one.
type fake struct {
	studies  []headway.Study
	guesses  map[headway.StudyID][]headway.Guess
	talks    map[headway.StudyID][]talk
	ops      []headway.Operation
	jobs     map[string]flow.Progress
	imported []source.Options
	canceled []string
	closely  map[headway.StudyID]flow.Closeness
	merged   [][2]headway.PersonID
	taught   flow.Taught
	notes    []headway.Note
	recorded []byte
	finds    finds
	by       string // who is taken to have heard what is marked

	// Of customers the fake knows nothing: see customers_test.go.
	Knowing
	Naming
	Dealing
	Hiding
	// Nor of corrections: see correct_test.go.
	Correcting
	// Nor of jobs: see jobs_test.go.
	Hiring
	// Nor of what changed: see changes_test.go.
	Regrouping
	// Nor whom a text describes: see shoes_test.go.
	Describing
}

type talk struct {
	c headway.Conversation
	h headway.Hearing
}

func newFake() *fake {
	return &fake{guesses: map[headway.StudyID][]headway.Guess{}, talks: map[headway.StudyID][]talk{}, jobs: map[string]flow.Progress{}}
}

func (f *fake) Studies(context.Context) ([]headway.Study, error) { return slices.Clone(f.studies), nil }

func (f *fake) Held(context.Context, headway.StudyID) (flow.Held, error) { return flow.Held{}, nil }

func (f *fake) at(id headway.StudyID) (*headway.Study, error) {
	for i := range f.studies {
		if f.studies[i].ID == id {
			return &f.studies[i], nil
		}
	}
	return nil, headway.Errorf(headway.NotFound, "there is no study %s", id)
}

func (f *fake) Study(_ context.Context, id headway.StudyID) (headway.Study, error) {
	s, err := f.at(id)
	if err != nil {
		return headway.Study{}, err
	}
	return *s, nil
}

func (f *fake) OpenStudy(_ context.Context, name string, about headway.About) (headway.Study, error) {
	s := headway.Study{ID: headway.StudyID(fmt.Sprintf("study%d", len(f.studies)+1)), Name: name, About: about, Phase: headway.Guessing, Opened: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	f.studies = append(f.studies, s)
	return s, nil
}

func (f *fake) Guesses(_ context.Context, study headway.StudyID) ([]headway.Guess, error) {
	return f.guesses[study], nil
}

func (f *fake) Seal(_ context.Context, study headway.StudyID, guesses []headway.Guess) (string, error) {
	s, err := f.at(study)
	if err != nil {
		return "", err
	}
	if len(guesses) == 0 {
		return "", headway.Errorf(headway.Invalid, "there is nothing to seal")
	}
	if s.Phase != headway.Guessing {
		return "", headway.Errorf(headway.Conflict, "the guesses are sealed already")
	}
	seal := headway.SealAll(guesses, "")
	f.guesses[study], s.Phase = guesses, headway.Sealed
	return seal, nil
}

func (f *fake) Skip(_ context.Context, study headway.StudyID) error {
	s, err := f.at(study)
	if err == nil {
		s.Phase = headway.Skipped
	}
	return err
}

func (f *fake) AddGuess(_ context.Context, study headway.StudyID, g headway.Guess) error {
	g.Late = true
	f.guesses[study] = append(f.guesses[study], g)
	return nil
}

func (f *fake) Import(_ context.Context, study headway.StudyID, files []source.File, o source.Options) (string, error) {
	f.imported = append(f.imported, o)
	job := fmt.Sprint(len(f.jobs) + 1)
	p := flow.Progress{Done: true}
	for _, file := range files {
		p.Files++
		p.FilesDone++
		if strings.HasSuffix(file.Name, ".bad") {
			p.Failed = append(p.Failed, flow.FileResult{File: file.Name, Error: "the file is empty: export it again"})
			continue
		}
		if strings.HasSuffix(file.Name, ".csv") && o.Columns == nil {
			p.Tables = append(p.Tables, flow.TableAsk{File: file.Name, Table: source.Table{Rows: 9, Written: 7, Columns: []source.Column{{Header: "Review", Role: "text", Filled: 7}, {Header: "Buyer", Filled: 9}}}})
			continue
		}
		t := converse(file)
		f.talks[study] = append(f.talks[study], t)
		p.Added++
		p.Turns += len(t.c.Turns)
		p.TurnsDone += len(t.c.Turns)
		p.Unplaced += len(unplaced(t.c))
	}
	f.jobs[job] = p
	return job, nil
}

var labelled = regexp.MustCompile(`^\{([a-z:, -]+)\} (.*)`)

// converse reads a file of the fake's own format.
func converse(file source.File) talk {
	d := headway.NewDraft(file.Name, string(file.Data))
	c := d.Conversation()
	c.File, c.Genre, c.Format = file.Name, headway.Interview, "txt"
	h := headway.Hearing{Conversation: c.ID, Version: "fake 1"}
	for i, line := range strings.Split(strings.TrimSpace(string(file.Data)), "\n") {
		name, words, _ := strings.Cut(line, ": ")
		side := headway.Theirs
		if strings.HasSuffix(name, "(us)") {
			side = headway.Ours
		}
		if strings.HasSuffix(name, "(?)") {
			side = headway.Unknown
		}
		var labels []headway.Scored
		if m := labelled.FindStringSubmatch(words); m != nil {
			for _, l := range strings.Split(m[1], ", ") {
				labels = append(labels, headway.Scored{Label: headway.Label(l), Score: .9, Counted: true, By: "rule", Why: "the test says so"})
			}
			words = m[2]
		}
		t := d.Say(name, words)
		if t == nil {
			continue
		}
		t.Times = []headway.TimeMark{{MS: int64(i) * 20000}}
		speaker := d.Speaker(name)
		speaker.Side, speaker.Settled = side, headway.SettledFormat
		if side == headway.Unknown {
			speaker.Settled = headway.Unsettled
		}
		span := headway.Span{Text: t.Text.ID, End: headway.NewRuler(words).Point(len(words))}
		h.Sentences = append(h.Sentences, headway.Heard{Span: span, Turn: len(c.Turns) - 1, Side: side, Labels: labels})
	}
	return talk{*d.Conversation(), h}
}

func (f *fake) Progress(job string) (flow.Progress, error) {
	p, ok := f.jobs[job]
	if !ok {
		return p, headway.Errorf(headway.NotFound, "there is no import %q", job)
	}
	return p, nil
}

func (f *fake) Cancel(job string) error {
	f.canceled = append(f.canceled, job)
	p := f.jobs[job]
	p.Done, p.Canceled = true, true
	f.jobs[job] = p
	return nil
}

func (f *fake) Imports(headway.StudyID) (going []string) {
	for job, p := range f.jobs {
		if !p.Done {
			going = append(going, job)
		}
	}
	return going
}

func (f *fake) Watch(string) <-chan struct{} {
	closed := make(chan struct{})
	close(closed)
	return closed
}

func (f *fake) LoadSample(ctx context.Context) (headway.StudyID, error) {
	s, _ := f.OpenStudy(ctx, "Invented", headway.OurCustomers)
	at, _ := f.at(s.ID)
	at.Sample, at.Phase = true, headway.Sealed
	_, err := f.Import(ctx, s.ID, []source.File{{Name: "sample.txt", Data: []byte(interview)}}, source.Options{})
	return s.ID, err
}

func (f *fake) RemoveSample(context.Context) error {
	f.studies = slices.DeleteFunc(f.studies, func(s headway.Study) bool { return s.Sample })
	return nil
}

func (f *fake) Mirror(ctx context.Context, id headway.StudyID, ch mirror.Choices) (mirror.Mirror, mirror.Texts, error) {
	s, err := f.Study(ctx, id)
	if err != nil {
		return mirror.Mirror{}, nil, err
	}
	if !s.Phase.Revealed() {
		return mirror.Mirror{}, nil, headway.Errorf(headway.Denied, "seal first")
	}
	texts := mirror.Texts{}
	var parts []mirror.Part
	for _, t := range f.talks[id] {
		parts = append(parts, mirror.Look(&t.c, t.h, f.guesses[id]))
		for _, turn := range t.c.Turns {
			texts[turn.Text.ID] = turn.Text
		}
	}
	return mirror.Join(s, f.guesses[id], parts, deed.NewJudgements(f.ops), ch), texts, nil
}

func (f *fake) Conversation(ctx context.Context, id headway.ConversationID, _ headway.StudyID) (headway.Conversation, headway.Hearing, error) {
	for study, talks := range f.talks {
		for _, t := range talks {
			if t.c.ID != id {
				continue
			}
			if s, err := f.Study(ctx, study); err == nil && !s.Phase.Revealed() {
				return t.c, t.h, headway.Errorf(headway.Denied, "seal or skip the guesses of %s first", s.Name)
			}
			return t.c, t.h, nil
		}
	}
	return headway.Conversation{}, headway.Hearing{}, headway.Errorf(headway.NotFound, "there is no conversation %s", id)
}

func (f *fake) Conversations(_ context.Context, study headway.StudyID) ([]flow.Head, error) {
	var heads []flow.Head
	for _, t := range f.talks[study] {
		heads = append(heads, flow.Head{ID: t.c.ID, File: t.c.File, Genre: t.c.Genre, Turns: len(t.c.Turns), Speakers: t.c.Speakers})
	}
	return heads, nil
}

func (f *fake) Closeness(_ context.Context, study headway.StudyID) (flow.Closeness, error) {
	return f.closely[study], nil
}

func (f *fake) Search(_ context.Context, q flow.Query) (found flow.Found, err error) {
	if words, side := fakeSide(q.Words); side != "" {
		q.Words, q.Side = words, side
	}
	for _, s := range f.studies {
		if !s.Phase.Revealed() {
			found.Guessing = append(found.Guessing, s)
		}
		for _, t := range f.talks[s.ID] {
			for _, turn := range t.c.Turns {
				at := strings.Index(turn.Text.Text, q.Words)
				if at < 0 || !s.Phase.Revealed() || q.Side != "" && q.Side != t.c.Speaker(turn.Speaker).Side {
					continue
				}
				if len(found.Hits) == q.Limit {
					found.Capped = true
					return found, nil
				}
				r := headway.NewRuler(turn.Text.Text)
				found.Hits = append(found.Hits, flow.Hit{
					Conversation: t.c.ID, File: t.c.File, Speaker: t.c.Speaker(turn.Speaker), Turn: turn.ID, Text: turn.Text,
					Span:    turn.Text.SpanOf(r, 0, len(turn.Text.Text)),
					Matches: []headway.Span{turn.Text.SpanOf(headway.NewRuler(turn.Text.Text), at, at+len(q.Words))},
				})
			}
		}
	}
	return found, nil
}

func (f *fake) Place(_ context.Context, c headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error {
	for _, talks := range f.talks {
		for i := range talks {
			for j := range talks[i].c.Speakers {
				if s := &talks[i].c.Speakers[j]; talks[i].c.ID == c && s.ID == speaker {
					s.Side, s.Settled = side, headway.SettledMember
					return nil
				}
			}
		}
	}
	return headway.Errorf(headway.NotFound, "there is no such speaker")
}

func (f *fake) PlaceAlike(ctx context.Context, _ headway.StudyID, c headway.ConversationID, those ...flow.Placed) error {
	for _, one := range those {
		if err := f.Place(ctx, c, one.Speaker, one.Side); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) Judge(_ context.Context, study headway.StudyID, g headway.GuessID, span headway.Span, v headway.Verdict) error {
	f.ops = append(f.ops, headway.Operation{Deed: headway.DeedJudge, Study: study, Guess: g, Span: span, Verdict: v})
	return nil
}

func (f *fake) Mark(_ context.Context, at headway.Passage, l headway.Label, v headway.Verdict) error {
	f.ops = append(f.ops, headway.Operation{Seq: int64(len(f.ops) + 1), Member: "here", Deed: headway.DeedMark, Span: at.First(), More: at.More(), Label: l, Verdict: v, By: f.by, Counted: f.by != ""})
	return nil
}

func (f *fake) Judgements(context.Context) (deed.Judgements, error) {
	return deed.NewJudgements(f.ops), nil
}

func (f *fake) Test(_ context.Context, study headway.StudyID, ours, answer headway.Span, v headway.Verdict) error {
	f.ops = append(f.ops, headway.Operation{Deed: headway.DeedTest, Study: study, Span: ours, Answer: answer, Verdict: v})
	return nil
}

func (f *fake) Merge(_ context.Context, person, into headway.PersonID) error {
	f.merged = append(f.merged, [2]headway.PersonID{person, into})
	return nil
}

func (f *fake) Changes(context.Context, headway.ConversationID, headway.StudyID, int64) ([]flow.Change, int64, error) {
	return nil, int64(len(f.ops)), nil
}

func (f *fake) Moved() <-chan struct{} { return nil }

func (f *fake) Everybody(context.Context) (flow.Everybody, error) { return flow.Everybody{}, nil }
func (f *fake) Lapsed(context.Context) ([]flow.Lapse, error)      { return nil, nil }
func (f *fake) Dealt(context.Context, headway.ConversationID) (flow.Dealt, error) {
	return flow.Dealt{}, nil
}
