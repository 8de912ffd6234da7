-- Who may come in: members, what they show, what was handed out, and the log.

CREATE TABLE member (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	access       TEXT    NOT NULL,
	since_us     INTEGER NOT NULL,
	left_us      INTEGER,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE proof (
	workspace_id TEXT    NOT NULL,
	kind         TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	data         BYTEA   NOT NULL,
	made_us      INTEGER NOT NULL,
	seen_us      INTEGER,
	PRIMARY KEY (workspace_id, kind, id)
);

CREATE INDEX proof_by_member ON proof (workspace_id, member);

CREATE TABLE ticket (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	hash         BYTEA   NOT NULL,
	kind         TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	grants       TEXT    NOT NULL,
	about        TEXT    NOT NULL,
	made_us      INTEGER NOT NULL,
	until_us     INTEGER NOT NULL,
	seen_us      INTEGER,
	seen_from    TEXT    NOT NULL,
	ended_us     INTEGER,
	PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX ticket_by_hash ON ticket (workspace_id, hash);

CREATE INDEX ticket_by_kind ON ticket (workspace_id, kind, member);

CREATE TABLE attempt (
	workspace_id TEXT    NOT NULL,
	subject      TEXT    NOT NULL,
	failed       INTEGER NOT NULL,
	left_us      INTEGER NOT NULL,
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, subject)
);

CREATE TABLE audit (
	workspace_id TEXT    NOT NULL,
	seq          INTEGER NOT NULL,
	at_us        INTEGER NOT NULL,
	member       TEXT    NOT NULL,
	act          TEXT    NOT NULL,
	about        TEXT    NOT NULL,
	words        TEXT    NOT NULL,
	came_from    TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, seq)
);
