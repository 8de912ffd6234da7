package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// regroupView is a study: its conversations, to be put elsewhere, and how surely
// things are heard in it.
type regroupView struct {
	Heads    []flow.Head
	Revealed bool
	Others   []headway.Study // to put conversations into
	N        int             // people on their side
	Closely  flow.Closeness
	Sure     sureView // of what counts in it unchecked
	Kept     []mirror.Kept
	Compare  []headway.Study // revealed, to be held beside this one
}

func (s *server) showRegroup(w http.ResponseWriter, r *http.Request) error {
	study, err := s.study(r)
	if err != nil {
		return err
	}
	view := regroupView{Revealed: study.Phase.Revealed()}
	if view.Heads, err = s.hw.Conversations(r.Context(), study.ID); err != nil {
		return err
	}
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return err
	}
	view.Others = slices.DeleteFunc(studies, func(other headway.Study) bool { return other.ID == study.ID || other.About == headway.Myself })
	if !view.Revealed {
		view.Heads = untitled(view.Heads)
	} else {
		for _, other := range view.Others {
			if other.Phase.Revealed() {
				view.Compare = append(view.Compare, other)
			}
		}
		if err := s.qualityOf(r, study.ID, &view); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, newPage("regroup", "The study").of(study, "study"), view)
}

// untitled names conversations by their files: a mail's title may be words of a
// customer's, and nobody has guessed yet.
func untitled(heads []flow.Head) []flow.Head {
	heads = slices.Clone(heads)
	for i := range heads {
		heads[i].Title = ""
	}
	return heads
}

// qualityOf says how surely things are heard in a study.
func (s *server) qualityOf(r *http.Request, study headway.StudyID, v *regroupView) error {
	m, _, err := s.hw.Mirror(r.Context(), study, mirrorShown)
	if err != nil {
		return err
	}
	v.N, v.Kept, v.Sure = m.N, m.Kept, sureOfAll(m.TheySaid)
	v.Closely, err = s.hw.Closeness(r.Context(), study)
	return err
}

// KeptAll lays together what members decided on in the study.
func (v regroupView) KeptAll() mirror.Kept {
	var all mirror.Kept
	for _, k := range v.Kept {
		all.Kept, all.Decided = all.Kept+k.Kept, all.Decided+k.Decided
	}
	return all
}

// regroup puts the conversations chosen into another study, a new one, or out of
// this one.
func (s *server) regroup(w http.ResponseWriter, r *http.Request) error {
	study, err := s.study(r)
	if err != nil {
		return err
	}
	ids := chosen(r)
	if len(ids) == 0 {
		return headway.Errorf(headway.Invalid, "choose at least one conversation")
	}
	switch r.PostFormValue("do") {
	case "add":
		_, err = s.hw.AddTo(r.Context(), headway.StudyID(r.PostFormValue("into")), ids)
	case "leave":
		_, err = s.hw.LeaveOut(r.Context(), study.ID, ids)
	case "new":
		http.Redirect(w, r, "/chosen?"+url.Values{"conversation": written(ids)}.Encode(), http.StatusSeeOther)
		return nil
	default:
		err = headway.Errorf(headway.Invalid, "say what to do with the conversations chosen")
	}
	if err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "conversations"))
}

func chosen(r *http.Request) (ids []headway.ConversationID) {
	_ = r.ParseForm() // what cannot be read is not chosen
	for _, id := range r.Form["conversation"] {
		ids = append(ids, headway.ConversationID(id))
	}
	return ids
}

func written(ids []headway.ConversationID) (all []string) {
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}

// chosenView is conversations of which a study may be opened.
type chosenView struct {
	Heads []flow.Head
	Named string // what it could be called
	Part  bool   // a search found more than these
}

// chosenShown is how many of the conversations chosen are listed.
const chosenShown = 100

// Shown are the conversations to list; Left counts the others.
func (v chosenView) Shown() []flow.Head { return v.Heads[:min(len(v.Heads), chosenShown)] }

// Left counts those that are not listed.
func (v chosenView) Left() int { return len(v.Heads) - len(v.Shown()) }

// showChosen says what a study of the conversations chosen, or of those that a
// search finds, would mean, before it is opened.
func (s *server) showChosen(w http.ResponseWriter, r *http.Request) (err error) {
	ids, view := chosen(r), chosenView{Named: typedSearch(r.Form)}
	if view.Named != "" {
		if ids, view.Part, err = s.foundIn(r, view.Named); err != nil {
			return err
		}
	}
	if view.Heads, err = s.hw.Chosen(r.Context(), ids); err != nil {
		return err
	}
	view.Heads = untitled(view.Heads)
	return s.render(w, r, http.StatusOK, newPage("chosen", "A study of these"), view)
}

// foundIn gives the conversations in which a search finds something, and whether
// there may be more.
func (s *server) foundIn(r *http.Request, typed string) (ids []headway.ConversationID, more bool, err error) {
	found, err := s.hw.Search(r.Context(), flow.Query{Words: typed, Through: headway.StudyID(r.FormValue("study")), Limit: flow.MostTaken})
	if err = cmp.Or(err, found.Wrong()); err != nil {
		return nil, false, err
	}
	for _, h := range found.Hits {
		if !slices.Contains(ids, h.Conversation) {
			ids = append(ids, h.Conversation)
		}
	}
	if len(ids) == 0 {
		err = headway.Errorf(headway.Invalid, "nothing is found for %s, so there is nothing to make a study of", typed)
	}
	return ids, found.More || found.Capped, err
}

func (s *server) startChosen(w http.ResponseWriter, r *http.Request) error {
	about := headway.About(r.PostFormValue("about"))
	if about != headway.OneCustomer && about != headway.OurCustomers {
		return headway.Errorf(headway.Invalid, "say first whether this is about one customer or about our customers")
	}
	study, err := s.hw.StudyOf(r.Context(), r.PostFormValue("name"), about, chosen(r))
	if err != nil {
		return err
	}
	http.Redirect(w, r, studyPath(study.ID, "guess"), http.StatusSeeOther)
	return nil
}
