package sqlstore

import (
	"context"
	"database/sql"
	"slices"
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
	ws          headway.WorkspaceID
	terms       []term
	query       string // the terms in the engine's words
	filter      store.SearchFilter
	first, last textKey // the workspace's texts, and no other's
}

// Search implements store.Searcher.
func (d *DB) Search(ctx context.Context, ws headway.WorkspaceID, query string, f store.SearchFilter, limit int) (hits []store.Hit, capped bool, err error) {
	defer d.done(&err, "search")
	words := terms(query)
	if len(words) == 0 {
		return nil, false, nil
	}
	err = d.view(ctx, func(t *tx) error {
		n, found, err := t.number(ws)
		if !found || err != nil {
			return err
		}
		s := search{tx: t, ws: ws, terms: words, query: t.dialect.search.query(words), filter: f}
		s.first, s.last = workspaceKeys(n)
		keys, many, err := s.keys()
		if err != nil {
			return err
		}
		capped = many
		hits, err = s.hits(keys, within(limit, 50, 1000))
		return err
	})
	return hits, capped, err
}

// keys gives the texts that match, the best first; where there are too many to
// weigh, the last added first, and no more than so many.
func (s *search) keys() (keys []int64, many bool, err error) {
	by := s.dialect.search
	matching := `SELECT ` + by.key + ` FROM search WHERE ` + by.match + ` AND ` + by.key + ` BETWEEN $2 AND $3 ` + s.ofStudy(by.key)
	params := args(s.query, int64(s.first), int64(s.last), string(s.ws), string(s.filter.Study), s.weighed())
	newest := matching + ` ORDER BY ` + by.key + ` DESC LIMIT $6`
	if err := s.each(newest, params, scanInto(&keys)); err != nil || len(keys) < 2 {
		return keys, false, err
	}
	if len(keys) == s.weighed() {
		return keys, true, nil
	}
	keys = keys[:0]
	err = s.each(matching+` ORDER BY `+by.rank+` LIMIT $6`, params, scanInto(&keys))
	return keys, false, err
}

// weighed is how many matches are weighed. The beginning of a word stands for
// many words, each to be weighed, so of those a quarter.
func (s *search) weighed() int {
	for _, t := range s.terms {
		if t.prefix {
			return store.RankedMatches / 4
		}
	}
	return store.RankedMatches
}

// ofStudy narrows to the conversations of study $5 in workspace $4, if any.
func (s *search) ofStudy(key string) string {
	return `AND ($5 = '' OR $4 = '' OR ` + conversationOf(key) + ` IN (
		SELECT c.n FROM study_conversation sc
		JOIN conversation c ON c.workspace_id = sc.workspace_id AND c.id = sc.conversation_id
		WHERE sc.workspace_id = $4 AND sc.study_id = $5))`
}

// hits reads the texts of keys, in their order, until there are enough of the
// side that is looked for.
func (s *search) hits(keys []int64, limit int) (hits []store.Hit, err error) {
	for some := range slices.Chunk(keys, 2*limit) {
		found, err := s.places(some)
		if err != nil {
			return nil, err
		}
		some = slices.DeleteFunc(some, func(key int64) bool { _, ok := found[key]; return !ok })
		some = some[:min(len(some), limit-len(hits))]
		spans, err := s.spans(some, found)
		if err != nil {
			return nil, err
		}
		for _, key := range some {
			hits = append(hits, store.Hit{Place: found[key], Spans: spans[key]})
		}
		if len(hits) == limit {
			break
		}
	}
	return hits, nil
}

// places reads texts with where they stand, those of another side left out. The
// keys are the workspace's own; naming it again would lead SQLite to walk all
// its texts.
func (s *search) places(keys []int64) (map[int64]store.Place, error) {
	found := map[int64]store.Place{}
	query := `SELECT ` + placeColumns + `, x.key FROM ` + placeTables + `
		WHERE x.key IN (SELECT CAST(value AS BIGINT) FROM ` + s.listIn("$1") + `)
		AND ($2 = '' OR s.side = $2)`
	err := s.each(query, args(listOf(keys), string(s.filter.Side)), func(r *sql.Rows) error {
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
