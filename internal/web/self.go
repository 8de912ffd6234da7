package web

import (
	"net/http"
	"regexp"
	"strings"
)

// selfView is the mirror of oneself: three questions and a fourth about the
// last thing one bought. It is written nowhere and counts for nobody.
type selfView struct {
	Bought, Why, Worth, Instead string
	Done                        bool
	// AboutThem says that the why speaks of the seller (price, quality, a
	// feature); then the page asks what that did for oneself.
	AboutThem bool
	Then      string
}

func (s *server) showSelf(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, newPage("self", "Sixty seconds about yourself"), selfView{})
}

func (s *server) self(w http.ResponseWriter, r *http.Request) error {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	view := selfView{Bought: field("bought"), Why: field("why"), Worth: field("worth"), Instead: field("instead"), Then: field("then")}
	view.Done = view.Bought != "" || view.Why != "" || view.Worth != "" || view.Instead != ""
	view.AboutThem = aboutUs.MatchString(view.Why)
	return s.render(w, r, http.StatusOK, newPage("self", "Sixty seconds about yourself"), view)
}

// aboutUs finds words by which an answer speaks of the product or its maker.
// It only ever suggests; the person decides. web/src/about-us.ts
// has the same words, and a test holds them together.
var aboutUs = regexp.MustCompile(`(?i)\b(price[sd]?|pricing|cheap(er|est)?|afford(able)?|cost|quality|features?|service|support|brand|reputation|design|warranty|deliver(y|s)|discounts?|best|leading|fast(er|est)?|reliab(le|ility)|integrat(es|ion|ions)|our)\b`)
