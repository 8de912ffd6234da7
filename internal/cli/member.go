package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
)

// member is one of us.
type member struct {
	ID    headway.MemberID `json:"id"`
	Name  string           `json:"name"`
	Role  string           `json:"role"`
	Since time.Time        `json:"since"`
}

// The roles. The first member is an owner, and is made on the machine.
const (
	owner     = "owner"
	colleague = "member"
)

// members is the list of them, a file in the data folder.
type members struct{ path string }

func (p *program) members() members {
	return members{path: filepath.Join(p.config.Data, membersName)}
}

func (m members) list() ([]member, error) {
	data, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, headway.Errorf(headway.Unavailable, "the list of members cannot be read: %w", err)
	}
	var all []member
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, headway.Errorf(headway.Invalid, "%s is damaged: %w; put it right or remove it", m.path, err)
	}
	return all, nil
}

// acting is who acts on this machine: the first owner, or nobody in particular.
func (m members) acting() headway.MemberID {
	all, _ := m.list() // a damaged list names nobody; `member list` says so
	for _, one := range all {
		if one.Role == owner {
			return one.ID
		}
	}
	return ""
}

func (m members) add(name, role string, now time.Time) (member, error) {
	name = strings.TrimSpace(name)
	all, err := m.list()
	if err != nil {
		return member{}, err
	}
	one := member{ID: headway.MemberID(headway.Digest("member", strings.ToLower(name))), Name: name, Role: role, Since: now.UTC().Truncate(time.Microsecond)}
	if err := one.check(all); err != nil {
		return member{}, err
	}
	return one, writeFile(m.path, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(append(all, one))
	})
}

func (m member) check(others []member) error {
	switch {
	case m.Name == "":
		return usagef("`headway member add` needs a name")
	case m.Role != owner && m.Role != colleague:
		return usagef("--role is %s or %s, not %q", owner, colleague, m.Role)
	case len(others) == 0 && m.Role != owner:
		return headway.Errorf(headway.Invalid, "the first member is the owner: headway member add --role owner %s", shellWord(m.Name))
	}
	for _, other := range others {
		if other.ID == m.ID {
			return headway.Errorf(headway.Conflict, "%s is a member already, as %s", other.Name, other.Role)
		}
	}
	return nil
}

func (p *program) memberCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "member",
		Short: "Name those of us who act here",
		Args:  noArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	role := colleague
	add := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a member; the first is the owner, and deeds done on this machine are theirs",
		Args:  exactlyOne("one name (in quotes if it has spaces)"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := p.config.makeData(); err != nil {
				return err
			}
			one, err := p.members().add(args[0], role, time.Now())
			if err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "%s is %s\n", one.Name, one.Role)
			return nil
		},
	}
	add.Flags().StringVar(&role, "role", role, owner+" or "+colleague)
	list := &cobra.Command{
		Use:   "list",
		Short: "List members",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			all, err := p.members().list()
			for _, one := range all {
				fmt.Fprintf(p.Out, "%s\t%s\tsince %s\n", one.Name, one.Role, one.Since.Format(time.DateOnly))
			}
			if err == nil && len(all) == 0 {
				fmt.Fprintln(p.Out, "nobody yet: headway member add --role owner NAME")
			}
			return err
		},
	}
	c.AddCommand(add, list)
	return c
}
