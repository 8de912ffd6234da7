package web

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// cardView is one job: its statement, what customers said of it, and what follows.
type cardView struct {
	jobLine
	Proposed        bool
	Statement       []cardPart // when, help me, so that
	Warnings        []warningView
	MeasurePart     cardPart
	AlternativeAsks string
	Criteria        []cellView
	CriterionForm   writing
	Alternatives    []alternativeView
	Forces          []forceView
	Solve           cardPart
	Finish          cardPart
	Follows         []cardPart // price, describe, sell
	Wants           []wantView
	WantForm        writing
	Ladder          cardPart
	All             []episodeLine
	More            int // episodes that are not listed
	Missing         []asks
	Products        []job.Product
	Back            string
	Writes          bool
	Problem         string
}

// cardPart is what a card holds of one part, and the form for more.
type cardPart struct {
	Part  headway.Part
	Lines []claimLine
	Form  writing
	Asks  asks // where nothing is there
	Told  int  // people who perhaps told of it, where nothing is written
	Of    int  // people of the job
}

// Named says the part in words.
func (p cardPart) Named() string { return partName(p.Part) }

// warningView is what a reader of plain words stumbles over in the statement.
type warningView struct {
	Words, Why string
	Hint, Said bool // worth a thought, and nothing against it; customers put it so
}

// wantView is what customers said they wanted, and what they found.
type wantView struct {
	Wanted claimLine
	Found  []foundView
	Form   writing
}

type foundView struct {
	claimLine
	Between []beforeView // the turns between the wanting and the finding
}

// hints are the kinds of sentences that may bear on a part.
var hintKinds = map[headway.Part][]headway.Label{
	headway.PartJob:        {headway.Motivation, headway.Struggle},
	headway.PartSituation:  {headway.Situation, headway.Struggle},
	headway.PartProgress:   {headway.Motivation, headway.Struggle},
	headway.PartFunctional: {headway.Motivation, headway.Result},
	headway.PartEmotional:  {headway.Motivation, headway.Anxiety, headway.Result},
	headway.PartSocial:     {headway.Motivation, headway.Anxiety, headway.Result},
	headway.PartMeasure:    {headway.Measure, headway.Result}, headway.PartDirection: {headway.Measure}, headway.PartThreshold: {headway.Measure}, headway.PartPerceiver: {headway.Measure}, headway.PartWhen: {headway.Measure},
	headway.PartCriterion:   {headway.Measure, headway.Request, headway.Pull, headway.Anxiety, headway.Result, headway.Struggle, headway.Motivation},
	headway.PartAlternative: {headway.Alternative, headway.Habit},
	headway.PartIssue:       {headway.Struggle, headway.Anxiety, headway.Request}, headway.PartPlan: {headway.Request},
	headway.PartFinish:   {headway.Measure, headway.Result, headway.Decision},
	headway.PartPrice:    {headway.Measure, headway.Alternative},
	headway.PartDescribe: {headway.Motivation, headway.Result, headway.Pull},
	headway.PartSell:     {headway.Situation, headway.Struggle},
	headway.PartWanted:   {headway.Request, headway.Motivation}, headway.PartFound: {headway.Realization, headway.Motivation},
	headway.PartRung: {headway.Motivation, headway.Result},
}

func (s *server) showJob(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	j, err := sheet.jobAt(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("job", j.Claim.Words).of(sheet.Study, "jobs"), sheet.card(j, r.FormValue("episodes") == "all"))
}

// showProposed shows a job that nobody has named yet.
func (s *server) showProposed(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	j, err := sheet.jobAt(r)
	if err != nil {
		return err
	}
	if !j.IsProposed() {
		http.Redirect(w, r, jobPath(sheet.Study.ID, j.Root), http.StatusSeeOther)
		return nil
	}
	v := sheet.card(j, r.FormValue("episodes") == "all")
	return s.render(w, r, http.StatusOK, newPage("job", j.Called()).of(sheet.Study, "jobs"), v)
}

// episodesListed is how many episodes a card lists until all are asked for.
const episodesListed = 12

func (w *worksheet) card(j *job.Job, all bool) cardView {
	v := cardView{jobLine: w.jobLine(j), Proposed: j.IsProposed(), Products: j.Products, Forces: w.forces(j), Alternatives: w.alternatives(j), Back: w.path, Writes: w.writes}
	for _, p := range j.Placed {
		v.All = append(v.All, w.episodeLine(p))
		if !all && len(v.All) == episodesListed {
			break
		}
	}
	v.More = len(j.Placed) - len(v.All)
	v.Missing, v.AlternativeAsks = w.missing(j), w.asksOf(j)[headway.Alternative]
	if v.Proposed {
		v.Name.Back = w.path
		v.Others = w.others(j)
		return v
	}
	for _, part := range []headway.Part{headway.PartSituation, headway.PartProgress, headway.PartFunctional, headway.PartEmotional, headway.PartSocial} {
		v.Statement = append(v.Statement, w.part(j, part))
	}
	if progress := &v.Statement[1]; len(progress.Lines) == 0 {
		progress.Form = w.likeName(j, progress.Form)
		progress.Told = max(progress.Told, peopleOf(w.allSpoken(j.For)))
	}
	v.Job = w.line(&j.Line, w.toldOf(j, headway.PartJob), maybeShown)
	v.Warnings = w.warnings(j)
	v.MeasurePart = w.part(j, headway.PartMeasure)
	v.Criteria, v.CriterionForm = w.cardCriteria(j), writing{Study: w.Study.ID, Part: headway.PartCriterion, Back: w.path + "#criteria", Writes: w.writes}
	v.Solve, v.Finish = w.part(j, headway.PartIssue), w.part(j, headway.PartFinish)
	for i := range v.Finish.Lines {
		v.Finish.Lines[i].AboutUs = aboutUsFinish(v.Finish.Lines[i].Words)
	}
	for _, part := range []headway.Part{headway.PartPrice, headway.PartDescribe, headway.PartSell} {
		v.Follows = append(v.Follows, w.part(j, part))
	}
	v.Wants = w.wants(j)
	v.WantForm = w.writing(headway.PartWanted, "", w.toldOf(j, headway.PartWanted))
	v.Ladder = w.part(j, headway.PartRung)
	return v
}

// part lays out all of one part of a job.
func (w *worksheet) part(j *job.Job, part headway.Part) cardPart {
	told := w.toldOf(j, part)
	v := cardPart{Part: part, Form: w.writing(part, j.Root, told)}
	for _, l := range j.Part(part) {
		v.Lines = append(v.Lines, w.line(&l, told, maybeShown))
	}
	if slot := hintKinds[part][0]; len(v.Lines) == 0 {
		own := partAsks[w.Hired(j.Placed)][part]
		v.Asks = asks{slot, cmp.Or(own, w.asksOf(j)[slot]), len(w.talksOf(j))}
		if own == "" {
			v.Told, v.Of = w.toldBy(j, slot), j.People
		}
	}
	return v
}

// asksOf gives the questions for a job's customers.
func (w *worksheet) asksOf(j *job.Job) map[headway.Label]string {
	return w.Asks.Of(w.Hired(j.Placed))
}

// partAsks ask for a part that no kind of sentence tells by itself: those who hired
// something, and those who did not yet.
var partAsks = map[bool]map[headway.Part]string{
	true: {
		headway.PartFunctional: "And once you had that: what could you get done that you could not before?",
		headway.PartEmotional:  "How did you feel while it was not solved, and how did you want to feel?",
		headway.PartSocial:     "Who else noticed, and what did you want them to see?",
	},
	false: {
		headway.PartFunctional: "The last time this came up: what could you not get done because of it?",
		headway.PartEmotional:  "How did you feel that time, and how do you want to feel?",
		headway.PartSocial:     "Who else noticed, and what do you want them to see?",
	},
}

// toldBy counts the people of a job who told of a slot.
func (w *worksheet) toldBy(j *job.Job, slot headway.Label) int {
	people := map[headway.PersonID]bool{}
	for _, p := range j.Placed {
		if e := &w.Episodes[p.Episode]; len(e.Slot(slot).Told) > 0 {
			people[e.Person] = true
		}
	}
	return len(people)
}

// likeName begins the progress of a statement as the job is called, which is
// mostly the same. The words that the name rests on are offered first, and not
// chosen: that they say the name does not make them say what is written here.
func (w *worksheet) likeName(j *job.Job, form writing) writing {
	form.Words = j.Claim.Words
	for _, said := range j.For {
		form.Chosen = append(form.Chosen, formatPassage(said.On))
	}
	form = w.offer(form, w.toldOf(j, form.Part), 0, max(0, maybeShown-len(form.Chosen)))
	form.Chosen = nil
	return form
}

// writing is the form for a part of something, with the first words that may say it.
func (w *worksheet) writing(part headway.Part, of headway.ClaimID, told []toldIn) writing {
	return w.offer(writing{Study: w.Study.ID, Part: part, Of: of, Back: w.path, Writes: w.writes}, told, 0, maybeShown)
}

// toldOf gives words of a job's customers that may bear on a part, each once, of
// its first kind before its second; what members kept first, and one sentence of
// everybody before a second of anybody.
func (w *worksheet) toldOf(j *job.Job, part headway.Part) (all []toldIn) {
	seen := map[headway.Span]bool{}
	for _, kind := range hintKinds[part] {
		for _, t := range slices.Concat(w.inTurns(j, kind, true), w.inTurns(j, kind, false)) {
			if !seen[t.Span] {
				seen[t.Span] = true
				all = append(all, t)
			}
		}
	}
	return all
}

// toldIn is what was told in an episode.
type toldIn struct {
	job.Told
	in *job.Episode
}

// passageOf gives the words in which something was told.
func passageOf(t job.Told) headway.Passage { return append(headway.Passage{t.Span}, t.More...) }

// tell cuts what was told.
func (w *worksheet) tell(told []toldIn) (all []spoken) {
	for _, t := range told {
		all = append(all, w.told(t.in, t.Told))
	}
	return all
}

// inTurns gives what a job's episodes tell of a kind, the first of each before the
// second of any: what members kept, or what they did not.
func (w *worksheet) inTurns(j *job.Job, kind headway.Label, kept bool) []toldIn {
	var rounds [][]toldIn
	for _, p := range j.Placed {
		e, round := &w.Episodes[p.Episode], 0
		for _, t := range e.Slot(kind).Told {
			if t.Kept != kept {
				continue
			}
			if round == len(rounds) {
				rounds = append(rounds, nil)
			}
			rounds[round] = append(rounds[round], toldIn{t, e})
			round++
		}
	}
	return slices.Concat(rounds...)
}

// talksOf lists the conversations in which customers told of a job.
func (w *worksheet) talksOf(j *job.Job) map[headway.ConversationID]bool {
	talks := map[headway.ConversationID]bool{}
	for _, p := range j.Placed {
		for _, piece := range w.Episodes[p.Episode].Pieces {
			talks[piece.Conversation] = true
		}
	}
	return talks
}

// missing lists the slots of which none of a job's customers told.
func (w *worksheet) missing(j *job.Job) (all []asks) {
	for _, slot := range headway.Slots() {
		told := slices.ContainsFunc(j.Placed, func(p job.Placed) bool { return len(w.Episodes[p.Episode].Slot(slot).Told) > 0 })
		if !told {
			all = append(all, asks{slot, w.asksOf(j)[slot], len(w.talksOf(j))})
		}
	}
	return all
}

// wants are what the job's customers said they wanted.
func (w *worksheet) wants(j *job.Job) (all []wantView) {
	theirs := map[headway.PersonID]bool{}
	for _, p := range j.Placed {
		theirs[w.Episodes[p.Episode].Person] = true
	}
	for i := range w.Wants {
		l := &w.Wants[i]
		if !slices.ContainsFunc(l.For, func(said job.Words) bool { return theirs[said.Person] }) {
			continue
		}
		v := wantView{Wanted: w.line(l, nil, 0), Form: w.writing(headway.PartFound, l.Root, laterBy(l, w.toldOf(j, headway.PartFound)))}
		for _, found := range l.Part(headway.PartFound) {
			v.Found = append(v.Found, foundView{w.line(&found, nil, 0), w.between(l, &found)})
		}
		all = append(all, v)
	}
	return all
}

// laterBy keeps the words of those who wanted something.
func laterBy(l *job.Line, told []toldIn) []toldIn {
	return slices.DeleteFunc(told, func(t toldIn) bool {
		return !slices.ContainsFunc(l.For, func(said job.Words) bool {
			return said.Person == t.in.Person && !slices.Equal(said.On, passageOf(t.Told))
		})
	})
}

// betweenShown is how many turns before a finding are told: those that led to it.
const betweenShown = 4

// between gives the turns that led from a want to what was found.
func (w *worksheet) between(wanted, found *job.Line) (turns []beforeView) {
	for _, later := range found.For {
		at, here := w.Where(later.On.First())
		if !here {
			continue
		}
		c, from := at.Conversation, max(0, at.Turn-betweenShown)
		for _, first := range wanted.For {
			if before, _ := w.Where(first.On.First()); before.Conversation == c && before.Turn < at.Turn {
				from = max(from, before.Turn+1)
			}
		}
		for _, turn := range c.Turns[from:at.Turn] {
			span := turn.Text.SpanOf(headway.NewRuler(turn.Text.Text), 0, len(turn.Text.Text))
			turns = append(turns, beforeView{speakerName(c.Speaker(turn.Speaker).Name), w.quote(c, span)})
		}
		return turns
	}
	return nil
}

// MeasureParts are what makes a measure of value whole.
func (cardView) MeasureParts() []headway.Part {
	return []headway.Part{headway.PartDirection, headway.PartThreshold, headway.PartPerceiver, headway.PartWhen}
}
