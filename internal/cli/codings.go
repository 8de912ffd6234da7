package cli

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
)

// codings is a table of what coders said of units, as it was read.
type codings struct {
	units, coders []string                       // in the order in which they came
	said          map[string]map[string][]string // by unit and coder; no value is an empty list
}

// readCodings reads unit, coder and value.
func readCodings(from io.Reader, several bool) (c codings, err error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return c, headway.Errorf(headway.Invalid, "it cannot be read: %w", err)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	heading, _, _ := strings.Cut(text, "\n")
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord = -1
	for _, between := range ";\t" {
		if strings.Count(heading, string(between)) > strings.Count(heading, ",") {
			rows.Comma = between
		}
	}
	c.said = map[string]map[string][]string{}
	at := [3]int{0, 1, 2}
	for first := true; ; first = false {
		row, err := rows.Read()
		if err == io.EOF && first {
			return c, headway.Errorf(headway.Invalid, "it is empty: write one rating a line, below `unit,coder,value`")
		}
		if err == io.EOF {
			return c, nil
		}
		if err != nil {
			return c, headway.Errorf(headway.Invalid, "it is no CSV: %w", err)
		}
		if first {
			if at, err = columnsOf(row); err != nil {
				return c, err
			}
			continue
		}
		if err := c.add(row, at, several); err != nil {
			line, _ := rows.FieldPos(0)
			return c, headway.Errorf(headway.Invalid, "line %d: %w", line, err)
		}
	}
}

// columnsOf finds the three columns by their headings. Any other table of three
// columns is taken for one of unit, coder and value; of more or fewer it is not
// guessed which they are.
func columnsOf(heading []string) (at [3]int, err error) {
	for i, called := range [][]string{{"unit", "item", "sentence"}, {"coder", "rater", "annotator", "member"}, {"value", "label", "code", "rating"}} {
		found := slices.IndexFunc(heading, func(h string) bool { return slices.Contains(called, strings.ToLower(strings.TrimSpace(h))) })
		if found < 0 {
			if len(heading) != 3 {
				return at, headway.Errorf(headway.Invalid, "it has no column %q: begin it with a line `unit,coder,value` that names what was rated, by whom, and as what", called[0])
			}
			return [3]int{0, 1, 2}, nil
		}
		at[i] = found
	}
	return at, nil
}

func (c *codings) add(row []string, at [3]int, several bool) error {
	if len(row) <= max(at[0], at[1], at[2]) {
		return headway.Errorf(headway.Invalid, "unit, coder and value are not all there: a value that is left out still has its comma")
	}
	field := func(i int) string { return strings.TrimSpace(row[i]) }
	unit, coder, value := field(at[0]), field(at[1]), field(at[2])
	if unit == "" || coder == "" {
		return headway.Errorf(headway.Invalid, "a rating needs its unit and its coder")
	}
	if c.said[unit] == nil {
		c.said[unit] = map[string][]string{}
		c.units = append(c.units, unit)
	}
	if !slices.Contains(c.coders, coder) {
		c.coders = append(c.coders, coder)
	}
	said, twice := c.said[unit][coder]
	if twice && !several {
		return headway.Errorf(headway.Invalid, "%s rates %s twice: where several values are meant, use --labels", coder, unit)
	}
	if said == nil {
		said = []string{}
	}
	if value != "" {
		said = append(said, value)
	}
	c.said[unit][coder] = said
	return nil
}

// values gives the one value that each coder gave each unit.
func (c codings) values() agree.Units {
	units := make(agree.Units, len(c.units))
	for i, unit := range c.units {
		for _, coder := range c.coders {
			v := agree.None
			if said := c.said[unit][coder]; len(said) > 0 {
				v = agree.Value(said[0])
			}
			units[i] = append(units[i], v)
		}
	}
	return units
}

func (c codings) sets() agree.Sets {
	sets := make(agree.Sets, len(c.units))
	for i, unit := range c.units {
		for _, coder := range c.coders {
			sets[i] = append(sets[i], c.said[unit][coder])
		}
	}
	return sets
}
