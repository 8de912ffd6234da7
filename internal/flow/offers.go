package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Offer is what could be typed next.
type Offer struct {
	Query string // the whole search, once it is taken
	Shown string // what is added
	Help  string
}

const mostOffers = 12

// Offers gives what the last word of a search could become: a filter, a value of
// one, or somebody's name. Names are of the conversations that may be shown.
func (f *Flow) Offers(ctx context.Context, typed string, through headway.StudyID) ([]Offer, error) {
	all := parts(typed)
	if len(all) == 0 || strings.TrimRight(typed, " \t") != typed {
		return nil, nil
	}
	last := all[len(all)-1]
	before := strings.TrimSuffix(typed, last)
	if strings.HasSuffix(before, typed) && last != typed || strings.HasPrefix(last, `"`) {
		return nil, nil // to the letter, or typed with other quotation marks
	}
	name, begun, colon := strings.Cut(last, ":")
	var offers []Offer
	add := func(shown, help string) {
		offers = append(offers, Offer{Query: before + shown, Shown: shown, Help: help})
	}
	if colon {
		head, value := splitLast(begun)
		values, err := f.valuesFor(ctx, strings.ToLower(name), through)
		for _, v := range values {
			if begins(strings.ToLower(v), strings.ToLower(strings.Trim(value, `"`))) || value == "" {
				add(strings.ToLower(name)+":"+head+quoted(v), "")
			}
		}
		return offers[:min(len(offers), mostOffers)], err
	}
	for _, filter := range Filters() {
		if strings.HasPrefix(filter.Name, strings.ToLower(last)) {
			add(filter.Name+":", filter.Help)
		}
	}
	if len([]rune(last)) >= 2 {
		people, err := f.valuesFor(ctx, "person", through)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if begins(strings.ToLower(p), strings.ToLower(last)) {
				add("person:"+quoted(p), "")
			}
		}
	}
	return offers[:min(len(offers), mostOffers)], nil
}

// splitLast parts what was typed of several values into those before and the last.
func splitLast(values string) (before, last string) {
	i := strings.LastIndex(values, ",") + 1
	return values[:i], values[i:]
}

func quoted(value string) string {
	value = strings.ReplaceAll(value, `"`, "")
	if strings.ContainsAny(value, " ,\t\n") {
		return `"` + value + `"`
	}
	return value
}

// valuesFor lists the values that a filter can take; none for one that is not
// known.
func (f *Flow) valuesFor(ctx context.Context, filter string, through headway.StudyID) (values []string, err error) {
	choices, err := f.Choices(ctx, through)
	switch filter {
	case "person":
		return choices.People, err
	case "account":
		return choices.Accounts, err
	case "study":
		return choices.Studies, err
	case "by":
		return append([]string{"me"}, choices.Members...), err
	case "kind":
		return namesOf(headway.Kinds()), nil
	case "is":
		return namesOf(States()), nil
	case "role":
		return namesOf(headway.Roles()), nil
	case "side":
		return []string{"theirs", "ours"}, nil
	case "since", "until":
		return []string{"30d", "6m", "1y", f.now().UTC().Format("2006-01")}, nil
	}
	return nil, nil
}

func namesOf[T ~string](all []T) (names []string) {
	for _, one := range all {
		names = append(names, string(one))
	}
	return names
}

// Choices are the names that a search can be narrowed to.
type Choices struct{ People, Accounts, Studies, Members []string }

// Choices lists them, of the conversations that may be shown.
func (f *Flow) Choices(ctx context.Context, through headway.StudyID) (c Choices, err error) {
	var s seeking
	s.through = through
	if err := f.hide(ctx, Query{}, typed{}, Narrow{}, &s); err != nil {
		return c, err
	}
	named, err := f.store.Named(ctx, f.ws, store.SearchFilter{Hidden: s.filter.Hidden, Through: s.filter.Through})
	if err != nil {
		return c, err
	}
	for _, n := range named {
		c.People = append(c.People, cmp.Or(n.Name, n.Email))
	}
	c.People = distinct(c.People)
	accounts, err := f.store.Accounts(ctx, f.ws)
	if err != nil {
		return c, err
	}
	for _, a := range accounts {
		c.Accounts = append(c.Accounts, a.Name)
	}
	studies, err := f.Studies(ctx)
	if err != nil {
		return c, err
	}
	for _, s := range studies {
		if s.Phase.Revealed() {
			c.Studies = append(c.Studies, s.Name)
		}
	}
	members, err := f.memberNames(ctx)
	for _, name := range members {
		c.Members = append(c.Members, name)
	}
	c.Members = distinct(c.Members)
	return c, err
}

// distinct gives each name once, in order, empty ones left out.
func distinct(names []string) []string {
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	return slices.DeleteFunc(slices.Compact(names), func(n string) bool { return strings.TrimSpace(n) == "" })
}
