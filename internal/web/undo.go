package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// undo takes back what the member did last, wherever that was, and says what it was.
func (s *server) undo(w http.ResponseWriter, r *http.Request) error {
	done, err := s.hw.Undo(r.Context())
	if err != nil {
		return err
	}
	return backTelling(w, r, "undone", done)
}

// redo does it again.
func (s *server) redo(w http.ResponseWriter, r *http.Request) error {
	done, err := s.hw.Redo(r.Context())
	if err != nil {
		return err
	}
	return backTelling(w, r, "redone", done)
}

// backTelling goes back to a page that tells of which kind the deeds were, as
// "mark.anxiety.3".
func backTelling(w http.ResponseWriter, r *http.Request, how string, done []headway.Operation) error {
	from, err := url.Parse(localPath(cmp.Or(r.PostFormValue("back"), "/")))
	if err != nil || len(done) == 0 {
		return back(w, r, "/")
	}
	query := from.Query()
	query.Del("undone")
	query.Del("redone")
	query.Set(how, strings.Join([]string{string(done[0].Deed), string(done[0].Label), strconv.Itoa(len(done))}, "."))
	from.RawQuery = query.Encode()
	r.PostForm.Set("back", from.String())
	return back(w, r, "/")
}

// reversed says what an address that undo and redo lead to tells; "" where it
// tells nothing.
func reversed(r *http.Request) string {
	for _, how := range [][2]string{{"undone", "Undone"}, {"redone", "Done again"}} {
		parts := strings.Split(r.FormValue(how[0]), ".")
		what, known := deedNames[headway.Deed(parts[0])]
		if !known || len(parts) != 3 {
			continue
		}
		if label := headway.Label(parts[1]); slices.Contains(append(headway.Labels(headway.Theirs), headway.Labels(headway.Ours)...), label) {
			what += " (" + labelName(label) + ")"
		}
		if n, err := strconv.Atoi(parts[2]); err == nil && n > 1 {
			what += ", " + strconv.Itoa(n) + " at once"
		}
		return how[1] + ": " + what + "."
	}
	return ""
}

// deedNames say what kind of deed was undone. A deed and the one that undoes it
// have the same name.
var deedNames = map[headway.Deed]string{
	headway.DeedAdd: "conversations put into a study, or taken out", headway.DeedLeave: "conversations put into a study, or taken out",
	headway.DeedPlace: "whose side somebody is on", headway.DeedMerge: "who is one person", headway.DeedSplit: "who is one person",
	headway.DeedJudge: "a verdict on a guess", headway.DeedMark: "a mark", headway.DeedNote: "a note", headway.DeedTest: "whether something was taken for granted",
	headway.DeedOwn: "which own labels are used", headway.DeedCorrect: "a correction", headway.DeedSpeak: "who said something",
	headway.DeedReview: "where something hangs", headway.DeedRole: "somebody's role", headway.DeedAccount: "somebody's firm",
	headway.DeedConsent: "what somebody allowed", headway.DeedMask: "what is masked", headway.DeedLift: "what is masked",
	headway.DeedPromise: "a promise", headway.DeedPlayback: "a play-back", headway.DeedReply: "what came back of a play-back",
	headway.DeedRepair: "what we got wrong", headway.DeedSettle: "how a disagreement was settled",
	headway.DeedClaim: "a claim", headway.DeedBear: "words beside a claim", headway.DeedChoose: "what was settled about a claim",
	headway.DeedGroup: "which job an episode is of", headway.DeedJoin: "which jobs are one", headway.DeedEpisode: "where an episode begins",
}

// namer names members: the one who asks is "you".
func (s *server) namer(r *http.Request) (func(headway.MemberID) string, error) {
	me, signedIn := headway.MemberFrom(r.Context())
	members, err := s.roll(r.Context())
	return func(id headway.MemberID) string {
		if signedIn && id == me.ID || !signedIn && id == atTheMachine {
			return "you"
		}
		return members.called(id)
	}, err
}

// atTheMachine is who acts where nobody signed in.
const atTheMachine headway.MemberID = "here"
