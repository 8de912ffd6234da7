package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/flow"
)

// roundView is one round: while it is open who is done, then how far they agree.
type roundView struct {
	headway.Round
	Name   string
	Href   string // of the conversation
	All    string // the conversation's rounds
	Who    []whoMarks
	Me     *whoMarks // whoever reads this, if they mark
	Owns   bool
	Writes bool
	Study  headway.StudyID

	// Of a round that is over.
	Forgot    string // marks on words that were forgotten; they are in no figure
	Sentences int
	Raters    []string
	NotDone   []string
	Kinds     []agreedLine
	Disputes  []disputeLine
	Left      int // not settled yet
	Reasons   []string
}

// whoMarks is a member in a round.
type whoMarks struct {
	Name string
	Done bool
}

// agreedLine is one kind in the table of agreement.
type agreedLine struct {
	Kind         string
	Hue          string
	Marked       []int
	Same         string
	Alpha, Kappa string
	N            int
	Refused      string
}

// disputeLine is one disagreement, to be settled.
type disputeLine struct {
	ID, Place, Href string
	Words           headway.Quote
	Turn            int // from 1
	Kind            headway.Label
	Marked, Not     string
	Verdict         string // "" while it is open
	Settled         string // how, by whom and why
}

// reasons are those that come up most; any other can be written.
var reasons = []string{
	"we talked it over", "the words say it themselves", "the sentences around it say it", "the description of the kind says so", "it was overlooked",
}

// showRound shows who is done, or, when the round is over, how far they agree.
func (s *server) showRound(w http.ResponseWriter, r *http.Request) error {
	round, err := s.hw.Round(r.Context(), headway.RoundID(r.PathValue("round")))
	if err != nil {
		return err
	}
	c, study, p, err := s.toMark(r, round.Conversation)
	if err != nil {
		return err
	}
	members, err := s.roll(r.Context())
	if err != nil {
		return err
	}
	me, signedIn := headway.MemberFrom(r.Context())
	view := roundView{
		Round: round, Name: conversationName(c), Href: conversationPath(c.ID, study), Study: study,
		All: "/conversation/" + string(c.ID) + "/rounds" + through(study), Owns: !signedIn || me.Access == headway.Owner, Writes: writes(r), Reasons: reasons,
	}
	for _, id := range round.Members {
		who := whoMarks{members.called(id), round.IsDone(id)}
		view.Who = append(view.Who, who)
		if id == me.ID {
			view.Me = &who
		}
		if !who.Done {
			view.NotDone = append(view.NotDone, who.Name)
		}
	}
	if !round.Open() {
		agreed, err := s.hw.Agreement(r.Context(), round.ID, study)
		if err != nil {
			return err
		}
		view.agreed(agreed, members)
	}
	p.Name, p.Title = "round", "Marked apart: "+view.Name
	return s.render(w, r, http.StatusOK, p, view)
}

// agreed fills in what is known when the round is over.
func (v *roundView) agreed(a flow.Agreed, members roll) {
	v.Sentences, v.Raters, v.Left, v.Forgot = a.Sentences, members.all(a.Raters), a.Open(), toldLost(a.Lost)
	for _, k := range a.Kinds {
		v.Kinds = append(v.Kinds, agreedLine{
			Kind: slotName(k.Kind), Hue: hue(k.Kind), Marked: k.Marked, N: k.Same.Units, Same: inHundred(k.Same.Is),
			Alpha: coefficient(k.Alpha), Kappa: coefficient(k.Kappa), Refused: k.Refused,
		})
	}
	texts := map[headway.TextID]headway.TextVersion{}
	for _, t := range a.Conversation.Turns {
		texts[t.Text.ID] = t.Text
	}
	for i, d := range a.Disputes {
		words, err := texts[d.At.Text].Cut(d.At)
		if err != nil {
			continue // its words were corrected since
		}
		line := disputeLine{
			ID: fmt.Sprintf("d-%d", i+1), Place: formatSpan(d.At), Href: placePath(v.Study, a.Conversation.ID, d.At), Words: words, Turn: d.Turn + 1, Kind: d.Kind,
			Marked: joined(members.all(d.Marked)), Not: joined(members.all(d.Not)),
		}
		if d.Settled != nil {
			line.Verdict = string(d.Settled.Verdict)
			line.Settled = fmt.Sprintf("%s by %s, %s: %s", settledAs(d.Settled.Verdict), members.called(d.Settled.By), d.Settled.At.Format("2 January 2006"), d.Settled.Why)
		}
		v.Disputes = append(v.Disputes, line)
	}
}

func settledAs(v headway.Verdict) string {
	if v == headway.Kept {
		return "It is, settled"
	}
	return "It is not, settled"
}

// coefficient writes a figure with its interval.
func coefficient(c agree.Coefficient) string {
	if !c.Bounded {
		return decimal(c.Is)
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", c.Is, c.Low, c.High)
}

func inHundred(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// joined writes "Anna", "Anna and Ben", "Anna, Ben and Cem".
func joined(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// roundDone says that whoever acts has marked all of it, or takes that back.
func (s *server) roundDone(w http.ResponseWriter, r *http.Request) error {
	id := headway.RoundID(r.PathValue("round"))
	if err := s.hw.RoundDone(r.Context(), id, r.PostFormValue("done") != "no"); err != nil {
		return err
	}
	return back(w, r, roundPath(id, headway.StudyID(r.PostFormValue("study"))))
}

// releaseRound shows everybody's marks though some are not done.
func (s *server) releaseRound(w http.ResponseWriter, r *http.Request) error {
	id := headway.RoundID(r.PathValue("round"))
	if err := s.hw.ReleaseRound(r.Context(), id); err != nil {
		return err
	}
	return back(w, r, roundPath(id, headway.StudyID(r.PostFormValue("study"))))
}

// settle decides one disagreement, with the reason that was written or chosen.
func (s *server) settle(w http.ResponseWriter, r *http.Request) error {
	id := headway.RoundID(r.PathValue("round"))
	span, err := parseSpan(r.PostFormValue("span"))
	if err != nil {
		return err
	}
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	if !slices.Contains([]headway.Verdict{headway.Kept, headway.Dismissed, headway.Undecided}, verdict) {
		return headway.Errorf(headway.Invalid, "say whether the sentence is of the kind or not")
	}
	why := cmp.Or(strings.TrimSpace(r.PostFormValue("why")), r.PostFormValue("reason"))
	if err := s.hw.Settle(r.Context(), id, span, headway.Label(r.PostFormValue("label")), verdict, why); err != nil {
		return err
	}
	return back(w, r, roundPath(id, headway.StudyID(r.PostFormValue("study"))))
}
