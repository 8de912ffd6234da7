package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// To read a statement takes SQLite about as long as to run a small one, and
// database/sql forgets each when its transaction ends. So a connection keeps
// what it has read: a statement that is closed lies ready for who asks for the
// same text again. What is in use is not among the kept, so two users of one
// text have a statement each.

// mostKept is how many statements a connection keeps; then it begins anew, for
// some texts are never asked for twice.
const mostKept = 256

// openFile gives a pool of connections that keep their statements.
func openFile(address string) (*sql.DB, error) {
	to, err := sqlite.NewConnector(address)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{to}), nil
}

type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{engineConn: opened.(engineConn), kept: map[string]*statement{}}, nil
}

// engineConn is what the engine's connections do. That they also run texts
// without a statement is left out: database/sql would ask for that first.
type engineConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type connection struct {
	engineConn
	kept map[string]*statement
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *connection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if s := c.kept[query]; s != nil {
		delete(c.kept, query)
		return s, nil
	}
	prepared, err := c.engineConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &statement{engineStmt: prepared.(engineStmt), of: c, query: query}, nil
}

// Close implements driver.Conn.
func (c *connection) Close() error {
	c.forget()
	return c.engineConn.Close()
}

func (c *connection) forget() {
	for _, s := range c.kept {
		_ = s.engineStmt.Close() // it holds nothing but memory
	}
	clear(c.kept)
}

type engineStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type statement struct {
	engineStmt
	of    *connection
	query string
}

// Close implements driver.Stmt: it puts the statement by.
func (s *statement) Close() error {
	if s.of.kept[s.query] != nil {
		return s.engineStmt.Close()
	}
	if len(s.of.kept) == mostKept {
		s.of.forget()
	}
	s.of.kept[s.query] = s
	return nil
}
