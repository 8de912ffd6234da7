package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// term is what a turn must hold: words in a row, the last of them perhaps only
// begun.
type term struct {
	words  []string
	prefix bool
}

// terms reads a query as people write it. Whatever they write, a term is words
// of letters and digits only, so that no engine's syntax can come through.
func terms(query string) (all []term) {
	for i, part := range strings.Split(query, `"`) {
		if i%2 == 1 {
			all = appendTerm(all, part) // between quotation marks
			continue
		}
		for word := range strings.FieldsSeq(part) {
			all = appendTerm(all, word)
		}
	}
	return all
}

func appendTerm(all []term, text string) []term {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) })
	if len(words) == 0 {
		return all
	}
	return append(all, term{words: words, prefix: strings.HasSuffix(text, "*")})
}

// fts5Query writes terms for SQLite: "did not" "spread"*.
func fts5Query(all []term) string {
	var parts []string
	for _, t := range all {
		part := `"` + strings.Join(t.words, " ") + `"`
		if t.prefix {
			part += "*"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " AND ")
}

// tsQuery writes terms for PostgreSQL: ('did' <-> 'not') & 'spread':*.
func tsQuery(all []term) string {
	var parts []string
	for _, t := range all {
		part := "'" + strings.Join(t.words, "' <-> '") + "'"
		if t.prefix {
			part += ":*"
		}
		parts = append(parts, "("+part+")")
	}
	return strings.Join(parts, " & ")
}

// search is one search in one transaction.
type search struct {
	*tx
	ws     headway.WorkspaceID
	n      int64 // the workspace's number
	terms  []term
	query  string // the terms in the engine's words
	filter store.SearchFilter
	// ranges are the keys among which to look, rising: the workspace's texts and no
	// other's, or those of the conversations that the filter lets through.
	ranges []keyRange
	only   []int64 // the numbers of those conversations where they lie too far apart for ranges; else nil
	marked []int64 // keys of filter.Texts, rising
	weighs bool    // the texts are few, and weighed when they are read
}

// keyRange is texts that lie side by side.
type keyRange struct{ first, last textKey }

// mostRanges is how many ranges are asked for one by one. More cost more than
// to walk all that match, and so does what a word's beginning stands for, which is
// worked out anew each time.
func (s *search) mostRanges() int {
	if s.begun() {
		return 1
	}
	return 64
}

// Search implements store.Searcher.
func (d *DB) Search(ctx context.Context, ws headway.WorkspaceID, query string, f store.SearchFilter, limit int) (hits []store.Hit, capped bool, err error) {
	defer d.done(&err, "search")
	words := terms(query)
	if len(words) == 0 && strings.TrimSpace(query) != "" {
		return nil, false, nil
	}
	limit = within(limit, 50, store.MostHits)
	err = d.view(ctx, func(t *tx) error {
		n, found, err := t.number(ws)
		if !found || err != nil {
			return err
		}
		s := search{tx: t, ws: ws, n: n, terms: words, query: t.dialect.search.query(words), filter: f}
		if err := s.reach(); err != nil {
			return err
		}
		if s.dialect.search.begin != "" && (!s.begun() || s.only == nil) { // for a beginning in scattered conversations it would choose the worse
			if err := s.do(s.dialect.search.begin); err != nil {
				return err
			}
		}
		var keys []int64
		if len(words) == 0 {
			keys, capped, err = s.listed(limit)
		} else {
			keys, capped, err = s.keys(limit)
		}
		if err != nil {
			return err
		}
		if !s.weighs {
			hits, err = s.hits(keys, limit)
			return err
		}
		if hits, err = s.hits(keys, len(keys)); err == nil {
			weigh(hits)
			hits = hits[:min(limit, len(hits))]
		}
		return err
	})
	return hits, capped, err
}

// reach finds out among which keys to look.
func (s *search) reach() error {
	first, last := workspaceKeys(s.n)
	s.ranges = []keyRange{{first, last}}
	if s.filter.Texts != nil {
		query := `SELECT key FROM text_version WHERE workspace_id = $1 AND id IN (SELECT value FROM ` + s.listIn("$2") + `) ORDER BY key`
		if err := s.each(query, args(s.ws, listOf(s.filter.Texts)), scanInto(&s.marked)); err != nil {
			return err
		}
	}
	w, narrowed := s.conversations(s.ws, s.filter)
	var numbers []int64
	switch {
	case narrowed:
		if err := s.each(`SELECT c.n FROM conversation c`+w.sql()+` ORDER BY c.n`, w.params, scanInto(&numbers)); err != nil {
			return err
		}
	case s.filter.Kinds == nil && s.filter.Texts != nil:
		for _, key := range s.marked {
			numbers = append(numbers, textKey(key).conversation())
		}
	default:
		return nil
	}
	s.ranges = rangesOf(s.n, numbers)
	if len(s.ranges) > s.mostRanges() {
		s.only = numbers
		s.ranges = []keyRange{{s.ranges[0].first, s.ranges[len(s.ranges)-1].last}}
	}
	return nil
}

// rangesOf gives the keys of conversations, whose numbers rise.
func rangesOf(workspace int64, numbers []int64) (ranges []keyRange) {
	for _, n := range numbers {
		first, last := conversationKeys(workspace, n, n)
		if end := len(ranges) - 1; end >= 0 && ranges[end].last+1 >= first {
			ranges[end].last = last
			continue
		}
		ranges = append(ranges, keyRange{first, last})
	}
	return ranges
}

// conversations gives the conditions of a filter that whole conversations meet
// or not, and whether there are any.
func (t *tx) conversations(ws headway.WorkspaceID, f store.SearchFilter) (w where, narrowed bool) {
	w.and("c.workspace_id = ?", ws)
	if f.Study != "" {
		w.and("c.id IN (SELECT conversation_id FROM study_conversation WHERE workspace_id = ? AND study_id = ?)", ws, f.Study)
	}
	if len(f.Hidden) > 0 {
		w.and(`(c.id NOT IN (SELECT conversation_id FROM study_conversation WHERE workspace_id = ? AND study_id IN (SELECT value FROM `+t.listIn("?")+`))
			OR c.id IN (SELECT conversation_id FROM study_conversation WHERE workspace_id = ? AND study_id = ?))`, ws, listOf(f.Hidden), ws, f.Through)
	}
	if !f.From.IsZero() {
		w.and("c.date_us >= ?", toMicros(f.From))
	}
	if !f.Until.IsZero() {
		w.and("c.date_us < ?", toMicros(f.Until))
	}
	if f.After > 0 {
		w.and("c.n > ?", int64(f.After))
	}
	if f.People != nil {
		w.and("c.id IN (SELECT conversation_id FROM speaker WHERE workspace_id = ? AND person IN (SELECT value FROM "+t.listIn("?")+"))", ws, listOf(f.People))
	}
	return w, len(w.conditions) > 1
}

// keys gives the texts that match, the best first; where there are too many to
// weigh, the last added first, and no more than so many.
func (s *search) keys(limit int) (keys []int64, many bool, err error) {
	ranges, cut, err := s.newestHolding()
	if err != nil {
		return nil, false, err
	}
	keys, many, err = s.newestMatching(ranges)
	if cut && len(keys) < limit && err == nil {
		cut = false
		keys, many, err = s.newestMatching(s.ranges)
	}
	if err != nil {
		return nil, false, err
	}
	many = many || cut
	if keys, err = s.ofKinds(keys); err != nil || many || len(keys) < 2 {
		return keys, many, err
	}
	if s.narrowed() {
		s.weighs = len(keys) <= weighedHere
		return keys, !s.weighs, nil
	}
	if len(keys) > s.dialect.search.ranked {
		return keys, true, nil
	}
	keys, err = s.ranked()
	return keys, false, err
}

// newestMatching gives the texts of ranges that match, the last added first;
// many says that there may be more.
func (s *search) newestMatching(ranges []keyRange) (keys []int64, many bool, err error) {
	for _, r := range slices.Backward(ranges) {
		w := s.matching(r)
		newest := `SELECT ` + s.dialect.search.key + ` FROM search` + w.sql() + ` ORDER BY ` + s.dialect.search.key + ` DESC LIMIT ` + strconv.Itoa(s.weighed()-len(keys))
		if err := s.each(newest, w.params, scanInto(&keys)); err != nil {
			return nil, false, err
		}
		if len(keys) == s.weighed() {
			return keys, true, nil
		}
	}
	return keys, false, nil
}

// weighedHere is how many texts are weighed here when a search is narrowed. The
// engines' own weight counts how many texts hold a word, all of them, each time
// it is asked for, which for a common word takes longer than the search.
const weighedHere = 400

// narrowed says whether some of the texts that match are let through only.
func (s *search) narrowed() bool {
	return len(s.ranges) != 1 || s.only != nil || s.filter.Kinds != nil || s.filter.Texts != nil || s.ranges[0].last-s.ranges[0].first+1 < textKey(1)<<(conversationBits+textBits)
}

// ranked gives the texts that match, the best first and of equals the newest.
func (s *search) ranked() (keys []int64, err error) {
	w := s.matching(s.ranges[0])
	type weighed struct {
		key   int64
		score float64
	}
	var all []weighed
	err = s.each(`SELECT `+s.dialect.search.key+`, `+s.dialect.search.score+` FROM search`+w.sql(), w.params, func(r *sql.Rows) error {
		var one weighed
		err := r.Scan(&one.key, &one.score)
		all = append(all, one)
		return err
	})
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(b.key, a.key)) })
	for _, one := range all {
		keys = append(keys, one.key)
	}
	return keys, err
}

// matching gives the conditions on texts of a range that match; the query is $1.
func (s *search) matching(r keyRange) (w where) {
	key := s.dialect.search.key
	w.and(strings.Replace(s.dialect.search.match, "$1", "?", 1), s.query)
	w.and(key+" BETWEEN ? AND ?", int64(r.first), int64(r.last))
	s.inOnly(&w, key)
	return w
}

// ofKinds keeps of texts, the newest first, those in which a kind was heard, or
// that are named.
func (s *search) ofKinds(keys []int64) ([]int64, error) {
	if len(keys) == 0 || s.filter.Kinds == nil && s.filter.Texts == nil {
		return keys, nil
	}
	heard := map[int64]bool{}
	for _, key := range s.marked {
		heard[key] = true
	}
	for _, kind := range s.filter.Kinds {
		var w where
		w.and("workspace_id = ?", s.ws)
		w.and("label = ?", kind)
		if len(keys) < weighedHere { // look each up; else walk all of the kind
			w.and("text_key IN (SELECT CAST(value AS BIGINT) FROM "+s.listIn("?")+")", listOf(keys))
		}
		w.and("text_key BETWEEN ? AND ?", keys[len(keys)-1], keys[0])
		err := s.each(`SELECT text_key FROM moment`+w.sql(), w.params, func(r *sql.Rows) error {
			var key int64
			err := r.Scan(&key)
			heard[key] = true
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(keys, func(key int64) bool { return !heard[key] }), nil
}

// weigh orders hits, the best first: those that hold the words most often for
// their length, as BM25 reckons it where all hold all words.
func weigh(hits []store.Hit) {
	worth := func(h store.Hit) float64 {
		found, long := float64(len(h.Spans)), float64(len(h.Text.Text))/350 // an average turn of talk
		return found / (found + 1.2*(0.25+0.75*long))
	}
	slices.SortStableFunc(hits, func(a, b store.Hit) int { return cmp.Compare(worth(b), worth(a)) })
}

// weighed is how many matches are weighed. The beginning of a word stands for
// many words, each to be weighed, so of those a quarter.
func (s *search) weighed() int {
	if s.begun() {
		return store.RankedMatches / 4
	}
	return store.RankedMatches
}

// begun says whether the beginning of a word is looked for.
func (s *search) begun() bool {
	return slices.ContainsFunc(s.terms, func(t term) bool { return t.prefix })
}

// listed gives the texts that a search without words finds, the last added
// first. Where more are looked at than shown (whose they are is not in their
// keys) there may be too many.
func (s *search) listed(limit int) (keys []int64, many bool, err error) {
	most := limit
	if s.filter.Side != "" || s.filter.People != nil {
		most = store.RankedMatches
	}
	for _, r := range slices.Backward(s.ranges) {
		some, err := s.listedIn(r, most-len(keys))
		if err != nil {
			return nil, false, err
		}
		if keys = append(keys, some...); len(keys) >= most {
			return keys[:most], most == store.RankedMatches, nil
		}
	}
	return keys, false, nil
}

func (s *search) listedIn(r keyRange, most int) (keys []int64, err error) {
	if s.filter.Kinds == nil && s.filter.Texts == nil {
		var w where
		w.and("t.key BETWEEN ? AND ?", int64(r.first), int64(r.last))
		s.inOnly(&w, "t.key")
		return s.newest("SELECT t.text_key FROM turn t", w, "t.key", most)
	}
	for _, kind := range s.filter.Kinds {
		var w where
		w.and("m.workspace_id = ?", s.ws)
		w.and("m.label = ?", kind)
		w.and("m.text_key BETWEEN ? AND ?", int64(r.first), int64(r.last))
		s.inOnly(&w, "m.text_key")
		some, err := s.newest("SELECT DISTINCT m.text_key FROM moment m", w, "m.text_key", most)
		if err != nil {
			return nil, err
		}
		keys = append(keys, some...)
	}
	for _, key := range s.marked {
		if _, among := slices.BinarySearch(s.only, textKey(key).conversation()); textKey(key) >= r.first && textKey(key) <= r.last && (s.only == nil || among) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b int64) int { return cmp.Compare(b, a) })
	keys = slices.Compact(keys)
	return keys[:min(most, len(keys))], nil
}

func (s *search) newest(query string, w where, key string, most int) (keys []int64, err error) {
	err = s.each(query+w.sql()+` ORDER BY `+key+` DESC LIMIT `+strconv.Itoa(most), w.params, scanInto(&keys))
	return keys, err
}

// inOnly narrows to the conversations that were found to be let through, where
// ranges do not.
func (s *search) inOnly(w *where, key string) {
	if s.only != nil {
		w.and(conversationOf(key)+" IN (SELECT CAST(value AS BIGINT) FROM "+s.listIn("?")+")", listOf(s.only))
	}
}

// hits reads the texts of keys, in their order, until there are enough of whom
// is looked for.
func (s *search) hits(keys []int64, limit int) (hits []store.Hit, err error) {
	for size := 2 * limit; len(keys) > 0 && len(hits) < limit; size = min(2*size, store.MostHits) {
		some := keys[:min(size, len(keys))]
		keys = keys[len(some):]
		found, err := s.places(some)
		if err != nil {
			return nil, err
		}
		some = slices.DeleteFunc(some, func(key int64) bool { _, ok := found[key]; return !ok })
		some = some[:min(len(some), limit-len(hits))]
		spans := map[int64][]headway.Span{}
		if len(s.terms) > 0 {
			if spans, err = s.spans(some, found); err != nil {
				return nil, err
			}
		}
		for _, key := range some {
			hits = append(hits, store.Hit{Place: found[key], Spans: spans[key]})
		}
	}
	return hits, nil
}

// places reads texts that stand now with where they stand, those of others than
// who is looked for left out. The keys are the workspace's own; naming it again
// would lead SQLite to walk all its texts.
func (s *search) places(keys []int64) (map[int64]store.Place, error) {
	found := map[int64]store.Place{}
	var w where
	w.and("x.key IN (SELECT CAST(value AS BIGINT) FROM "+s.listIn("?")+")", listOf(keys))
	w.and("t.text_key = x.key")
	if s.filter.Side != "" {
		w.and("s.side = ?", s.filter.Side)
	}
	if s.filter.People != nil {
		w.and("s.person IN (SELECT value FROM "+s.listIn("?")+")", listOf(s.filter.People))
	}
	query := `SELECT ` + placeColumns + `, x.key FROM ` + placeTables + w.sql()
	err := s.each(query, w.params, func(r *sql.Rows) error {
		var p store.Place
		var key int64
		err := scanPlace(r, &p, &key)
		found[key] = p
		return err
	})
	return found, err
}

// spans finds the words that matched in each text. All texts are asked for at
// once, since an engine works a query out anew each time it is asked.
func (s *search) spans(keys []int64, found map[int64]store.Place) (map[int64][]headway.Span, error) {
	all := map[int64][]headway.Span{}
	query := s.dialect.search.mark(s.listIn("$2"))
	err := s.each(query, args(s.query, listOf(keys)), func(r *sql.Rows) error {
		var key int64
		var marked string
		if err := r.Scan(&key, &marked); err != nil {
			return err
		}
		text := found[key].Text
		spans := spansOf(text, marked)
		if s.dialect.search.marksWords {
			spans = inTerms(text, spans, s.terms)
		}
		all[key] = spans
		return nil
	})
	return all, err
}

// spansOf reads marks off a text's copy, which is as long as the text but for
// the marks (PostgreSQL's has blanks for some characters, and may end early).
func spansOf(text headway.TextVersion, marked string) (spans []headway.Span) {
	at, start := 0, -1
	for _, r := range marked {
		switch {
		case r == markStart && start < 0:
			start = at
		case r == markEnd && start >= 0:
			if at > start {
				spans = append(spans, headway.Span{Text: text.ID, Start: start, End: at})
			}
			start = -1
		default:
			at++
		}
	}
	return spans
}

// word is a word of a text, in code points.
type word struct {
	start, end int
	first      rune // lower case
	marked     bool
}

// inTerms keeps of single marked words those that stand as the terms have them,
// words in a row as one span, where an engine marks the words of a phrase
// wherever they stand. A marked word is told to be a term's by its first
// letter, which no inflection changes.
func inTerms(text headway.TextVersion, marked []headway.Span, terms []term) (spans []headway.Span) {
	all := wordsOf(text.Text, marked)
	for i := 0; i < len(all); i++ {
		longest := 0
		for _, t := range terms {
			if stands(t, all[i:]) {
				longest = max(longest, len(t.words))
			}
		}
		if longest > 0 {
			spans = append(spans, headway.Span{Text: text.ID, Start: all[i].start, End: all[i+longest-1].end})
			i += longest - 1
		}
	}
	return spans
}

func stands(t term, all []word) bool {
	if len(all) < len(t.words) {
		return false
	}
	for i, w := range t.words {
		first, _ := utf8.DecodeRuneInString(w)
		if !all[i].marked || all[i].first != unicode.ToLower(first) {
			return false
		}
	}
	return true
}

func wordsOf(text string, marked []headway.Span) (all []word) {
	at, inside := 0, false
	for _, r := range text {
		isWord := unicode.In(r, unicode.L, unicode.M, unicode.N)
		if isWord && !inside {
			for len(marked) > 0 && marked[0].End <= at {
				marked = marked[1:]
			}
			all = append(all, word{start: at, first: unicode.ToLower(r), marked: len(marked) > 0 && marked[0].Start <= at})
		}
		at++
		if isWord {
			all[len(all)-1].end = at
		}
		inside = isWord
	}
	return all
}
