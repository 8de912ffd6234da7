package web

import (
	"net/http"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// reviewView is what lost its words, to be hung elsewhere or let go.
type reviewView struct {
	In     headway.ConversationID // "" for all
	Name   string                 // of that conversation
	Items  []reviewItem
	Left   int // that are not shown
	Writes bool
}

// reviewItem is one place that waits.
type reviewItem struct {
	ID, Stood string
	Words     string // as they stood; "" where they are masked now
	Said      string // what hangs there
	Who       string // took them, and when
	Source    string
	Turn      int
	Href      string
	// The turn to look in, around what stands there now; Near is "" where nothing
	// does, and all are where no turn is left.
	Before, Near, After string
	Place               string
}

// reviewsShown bounds the page; what comes after is shown once these are settled.
const reviewsShown = 50

func (s *server) showReview(w http.ResponseWriter, r *http.Request) error {
	v := reviewView{In: headway.ConversationID(r.FormValue("conversation")), Writes: mayWrite(r)}
	list, err := s.hw.ReviewList(r.Context(), v.In)
	if err != nil {
		return err
	}
	v.Left = max(len(list)-reviewsShown, 0)
	name, err := s.namer(r)
	if err != nil {
		return err
	}
	for _, one := range list[:len(list)-v.Left] {
		v.Items = append(v.Items, viewReview(one, name))
		v.Name = title(one.Conversation)
	}
	return s.render(w, r, http.StatusOK, newPage("review", "Words that were corrected away"), v)
}

func viewReview(one flow.ToReview, name func(headway.MemberID) string) reviewItem {
	var words []string
	for _, q := range one.Words {
		words = append(words, q.String())
	}
	item := reviewItem{
		ID: "w-" + headway.Digest(formatPassage(one.Stood)), Stood: formatPassage(one.Stood), Words: strings.Join(words, " "),
		Said: saidThere(one.On), Who: name(one.By.Member) + ", " + one.By.At.Format("2 January 2006"),
		Source: title(one.Conversation), Turn: one.Turn + 1,
	}
	if one.Text.ID == "" {
		return item
	}
	item.Href = turnPath("", one.Conversation.ID, one.Text.ID.Turn())
	if one.Near.IsZero() {
		item.Before = around(one.Text.Text, 240)
		return item
	}
	at := one.Near.Span()
	points := []rune(one.Text.Text)
	item.Before, item.Near, item.After = tail(points[:at.Start], 120), one.Near.String(), around(string(points[at.End:]), 120)
	item.Place, item.Href = formatSpan(at), placePath("", one.Conversation.ID, at)
	return item
}

// around shortens words at their end, tail at their beginning.
func around(words string, most int) string {
	if points := []rune(words); len(points) > most {
		return string(points[:most]) + "…"
	}
	return words
}

func tail(points []rune, most int) string {
	if len(points) > most {
		return "…" + string(points[len(points)-most:])
	}
	return string(points)
}

// saidThere says in words what hangs on a place.
func saidThere(ops []headway.Operation) string {
	var said []string
	for _, op := range ops {
		switch op.Deed {
		case headway.DeedMark:
			said = append(said, labelName(op.Label)+" "+string(op.Verdict))
		case headway.DeedNote:
			said = append(said, "a note")
		case headway.DeedJudge:
			said = append(said, "a verdict on a guess: "+string(op.Verdict))
		case headway.DeedTest:
			said = append(said, "what became of something taken for granted")
		case headway.DeedPromise:
			said = append(said, "a promise")
		case headway.DeedRepair:
			said = append(said, "what we got wrong")
		case headway.DeedPlayback:
			said = append(said, "words that were sent back")
		case headway.DeedReply:
			said = append(said, "what came back")
		default:
			said = append(said, string(op.Deed))
		}
	}
	return strings.Join(said, ", ")
}

// review settles one place: here, on other words of the same turn, or nowhere.
func (s *server) review(w http.ResponseWriter, r *http.Request) error {
	stood, err := parsePassage(r.PostFormValue("stood"))
	if err != nil {
		return err
	}
	do, answer := r.PostFormValue("do"), headway.Span{}
	if do == "here" && strings.TrimSpace(r.PostFormValue("words")) != "" {
		do = "words" // Enter presses the form's first button
	}
	switch do {
	case "here":
		answer, err = parseSpan(r.PostFormValue("place"))
	case "words":
		answer, err = s.wordsOf(r, stood, r.PostFormValue("words"))
	case "let-go":
	default:
		err = headway.Errorf(headway.Invalid, "say where it hangs now")
	}
	if err != nil {
		return err
	}
	if err := s.hw.Review(r.Context(), stood, answer); err != nil {
		return err
	}
	return back(w, r, "/review")
}

// wordsOf finds words in the turn that a waiting place is to be looked for in: of
// several places the one next to where it would stand.
func (s *server) wordsOf(r *http.Request, stood headway.Passage, words string) (headway.Span, error) {
	words = strings.TrimSpace(words)
	list, err := s.hw.ReviewList(r.Context(), "")
	if err != nil {
		return headway.Span{}, err
	}
	for _, one := range list {
		if formatPassage(one.Stood) != formatPassage(stood) || words == "" {
			continue
		}
		if at, found := nearestPlace(one.Text, words, one.Near.Span().Start); found {
			return at, nil
		}
	}
	return headway.Span{}, headway.Errorf(headway.Invalid, "%q does not stand in that turn: copy the words from it", cutRunes(words, 60))
}

func nearestPlace(text headway.TextVersion, words string, to int) (at headway.Span, found bool) {
	ruler := headway.NewRuler(text.Text)
	for start := 0; ; start++ {
		i := strings.Index(text.Text[start:], words)
		if i < 0 {
			return at, found
		}
		start += i
		next := text.SpanOf(ruler, start, start+len(words))
		if !found || abs(next.Start-to) < abs(at.Start-to) {
			at, found = next, true
		}
	}
}

func abs(n int) int { return max(n, -n) }
