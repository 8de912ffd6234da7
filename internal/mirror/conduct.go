package mirror

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Conduct tells how we led one conversation: whom its turns were about, what we
// did with requests and with concerns, and the stories we told. Where we first
// solved is the part's [Solution]. Everything in it is a candidate: it rests on
// what was heard, and nobody has checked that. There is no score.
type Conduct struct {
	Topics   Topics    `json:"topics"`
	Orders   []Order   `json:"orders,omitempty"`   // each time the customer asked for something
	Concerns []Concern `json:"concerns,omitempty"` // what they struggle with or fear, and whether we stayed on it
	Stories  []Story   `json:"stories,omitempty"`  // ours
}

// Story is what one of us told of ourselves or of somebody else.
type Story struct {
	Span headway.Span  `json:"span"`
	Act  headway.Label `json:"act"` // story-own or story-other
	Turn int           `json:"turn"`
	Sure bool          `json:"sure"` // else only a suggestion of hearing
}

// conduct is nil where nothing was led: where nobody could answer us, one side
// is silent, or nothing was heard.
func (r *reading) conduct() *Conduct {
	led := r.c.Genre != headway.Review && r.c.Genre != headway.Survey
	if !led || !r.spoke(headway.Ours) || !r.spoke(headway.Theirs) || len(r.sentences) == 0 {
		return nil
	}
	runs := r.runs()
	return &Conduct{Topics: r.topics(), Orders: orders(runs), Concerns: concerns(runs), Stories: r.stories()}
}

// stories lists ours; sentences of one turn that go on telling are one story.
func (r *reading) stories() []Story {
	var stories []Story
	last := -2 // the sentence in which the last story ends
	for i, s := range r.sentences {
		act, sure := s.storyTold()
		if act == "" {
			continue
		}
		if n := len(stories) - 1; last == i-1 && stories[n].Act == act && stories[n].Turn == s.Turn {
			stories[n].Span.End = s.Span.End
			stories[n].Sure = stories[n].Sure || sure
		} else {
			stories = append(stories, Story{s.Span, act, s.Turn, sure})
		}
		last = i
	}
	return stories
}

// storyTold says whose story a sentence of ours tells; "" for none.
func (s *sentence) storyTold() (act headway.Label, sure bool) {
	for _, l := range s.Labels {
		if s.side == headway.Ours && (l.Label == headway.StoryOwn || l.Label == headway.StoryOther) && (act == "" || l.Counted && !sure) {
			act, sure = l.Label, l.Counted
		}
	}
	return act, sure
}

// run is what one side says until another does. What no speaker's side is
// settled of makes a run of its own.
type run struct {
	side      headway.Side
	sentences []sentence
	everyday  map[int]bool // stems that stand in so many runs that sharing one tells nothing
}

func (r *reading) runs() []run {
	everyday := map[int]bool{}
	var runs []run
	for i := 0; i < len(r.sentences); {
		from, side := i, r.sentences[i].side
		for i < len(r.sentences) && r.sentences[i].side == side {
			i++
		}
		runs = append(runs, run{side, r.sentences[from:i], everyday})
	}
	in := map[int]int{}
	for _, run := range runs {
		for id := range run.stems() {
			in[id]++
		}
	}
	for id, n := range in {
		everyday[id] = n > max(fewRuns, len(runs)/8)
	}
	return runs
}

// fewRuns is in how many runs of even a short conversation a word still tells
// what they are about.
const fewRuns = 4

// stems are those that say what a run is about.
func (u run) stems() map[int]bool {
	stems := map[int]bool{}
	for _, s := range u.sentences {
		u.add(stems, s)
	}
	return stems
}

// about are the stems that say what one of its sentences is about.
func (u run) about(s sentence) map[int]bool {
	stems := map[int]bool{}
	u.add(stems, s)
	return stems
}

func (u run) add(stems map[int]bool, s sentence) {
	for _, w := range s.words {
		if w.tells() && !associated().frame[w.stem] && !u.everyday[w.id] {
			stems[w.id] = true
		}
	}
}

// first finds the first sentence that counts as one of these labels.
func (u run) first(labels ...headway.Label) (sentence, bool) {
	return u.find(func(s sentence) bool { return slices.ContainsFunc(labels, s.Counts) })
}

func (u run) find(of func(sentence) bool) (sentence, bool) {
	if i := slices.IndexFunc(u.sentences, of); i >= 0 {
		return u.sentences[i], true
	}
	return sentence{}, false
}
