package web

import (
	"cmp"
	"net/http"
	"net/url"

	"github.com/headway-oss/headway"
)

// mark keeps or dismisses what was heard in one sentence ("not this").
func (s *server) mark(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	at, label, verdict, inTranscript, err := decision(r)
	if err != nil {
		return err
	}
	if inTranscript {
		if err := s.hw.Mark(r.Context(), at, label, verdict); err != nil {
			return err
		}
		r.PostForm.Set("back", r.PostFormValue("back")+"#t-"+string(at.First().Text.Turn()))
		return back(w, r, studyPath(study.ID, "mirror"))
	}
	span, verdict, err := judged(r, headway.Kept, headway.Dismissed)
	if err != nil {
		return err
	}
	if err := s.hw.Mark(r.Context(), headway.Passage{span}, headway.Label(r.PostFormValue("label")), verdict); err != nil {
		return err
	}
	if verdict == headway.Dismissed {
		r.PostForm.Set("back", withDismissed(r, studyPath(study.ID, "mirror")))
	}
	return back(w, r, studyPath(study.ID, "mirror"))
}

// withDismissed tells the page that a form came from which sentence was taken
// out, so that it can offer to undo it: the sentence itself is gone from there.
func withDismissed(r *http.Request, fallback string) string {
	from, err := url.Parse(localPath(cmp.Or(r.PostFormValue("back"), fallback)))
	if err != nil {
		return ""
	}
	query := from.Query()
	query.Set("dismissed", r.PostFormValue("span"))
	query.Set("label", r.PostFormValue("label"))
	from.RawQuery = query.Encode()
	return from.String()
}
