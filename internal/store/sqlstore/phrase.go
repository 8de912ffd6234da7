package sqlstore

import (
	"database/sql"
	"slices"

	"github.com/headway-oss/headway/internal/store"
)

// An index tells which turns hold the words of a phrase; whether they follow one
// another is read turn by turn, and two common words are held by most turns. So
// of the turns that hold a phrase's words, the newest store.RankedMatches are
// looked at, unless they give less than is asked for.

// sampled is how many turns tell how common words are.
const sampled = 4000

// newestHolding gives the ranges, or the newest part of them, in which not many
// more than store.RankedMatches turns hold all words that are looked for; cut
// says that it is a part.
func (s *search) newestHolding() (ranges []keyRange, cut bool, err error) {
	if len(s.ranges) == 0 || !slices.ContainsFunc(s.terms, func(t term) bool { return len(t.words) > 1 }) {
		return s.ranges, false, nil
	}
	talks, err := s.talks()
	if err != nil {
		return nil, false, err
	}
	all := 0
	for _, t := range talks {
		all += t.turns
	}
	newest, among := s.newestTurns(talks, sampled)
	held, err := s.holding(newest)
	if err != nil || held*all <= store.RankedMatches*among {
		return s.ranges, false, err
	}
	ranges, among = s.newestTurns(talks, store.RankedMatches*among/held)
	return ranges, among < all, nil
}

// extent is a conversation's number and how many turns it has.
type extent struct {
	n     int64
	turns int
}

// talks lists the conversations among which to look, the newest first.
func (s *search) talks() (all []extent, err error) {
	first, last := s.ranges[0].first, s.ranges[len(s.ranges)-1].last
	query := `SELECT n, turns FROM conversation WHERE workspace_id = $1 AND n BETWEEN $2 AND $3 ORDER BY n DESC`
	err = s.each(query, args(s.ws, first.conversation(), last.conversation()), func(r *sql.Rows) error {
		var t extent
		err := r.Scan(&t.n, &t.turns)
		if s.among(t.n) {
			all = append(all, t)
		}
		return err
	})
	return all, err
}

// among says whether conversation n is let through.
func (s *search) among(n int64) bool {
	if s.only != nil {
		_, found := slices.BinarySearch(s.only, n)
		return found
	}
	key, _ := conversationKeys(s.n, n, n)
	return slices.ContainsFunc(s.ranges, func(r keyRange) bool { return r.first <= key && key <= r.last })
}

// newestTurns gives the newest part of the ranges that has so many turns, in
// whole conversations, and how many it has.
func (s *search) newestTurns(talks []extent, most int) (ranges []keyRange, turns int) {
	first := s.ranges[0].first
	for _, t := range talks {
		if turns += t.turns; turns >= most {
			first, _ = conversationKeys(s.n, t.n, t.n)
			break
		}
	}
	for _, r := range s.ranges {
		if r.last >= first {
			ranges = append(ranges, keyRange{max(r.first, first), r.last})
		}
	}
	return ranges, turns
}

// holding counts the turns of ranges that hold all words, wherever they stand.
func (s *search) holding(ranges []keyRange) (turns int, err error) {
	var apart []term
	for _, t := range s.terms {
		for i, word := range t.words {
			apart = append(apart, term{words: []string{word}, prefix: t.prefix && i == len(t.words)-1})
		}
	}
	loose := *s
	loose.query = s.dialect.search.query(apart)
	for _, r := range ranges {
		w, some := loose.matching(r), 0
		if _, err := s.one(`SELECT count(*) FROM search`+w.sql(), w.params, &some); err != nil {
			return 0, err
		}
		turns += some
	}
	return turns, nil
}
