-- The truth about what Headway keeps, for both engines. A database made new is
-- made from this file; one that was migrated must come out the same (tested).
--
-- Written so that SQLite and PostgreSQL both take it. INTEGER becomes BIGINT on
-- PostgreSQL; on SQLite it must be spelled so, for INTEGER PRIMARY KEY to be
-- the row's own number. Times are microseconds since 1970, UTC. What is looked
-- at only whole (findings, operations) is JSON in TEXT.
--
-- workspace_id leads every key. A text's key is a number whose highest bits are
-- the workspace's: see textKey in key.go.

CREATE TABLE workspace (
	id            TEXT    NOT NULL PRIMARY KEY,
	n             INTEGER NOT NULL UNIQUE,
	conversations INTEGER NOT NULL DEFAULT 0, -- numbers given to conversations so far
	operations    INTEGER NOT NULL DEFAULT 0  -- the last operation's seq
);

-- Facts: what came in.

CREATE TABLE source (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	format       TEXT    NOT NULL,
	size         INTEGER NOT NULL,
	imported_us  INTEGER NOT NULL,
	findings     TEXT    NOT NULL,
	behind_name     TEXT, -- what a mask stands for (since schema 10); NULL where none does
	behind_findings TEXT,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE conversation (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	n            INTEGER NOT NULL, -- rising in the order in which they were added
	source_id    TEXT    NOT NULL,
	file         TEXT    NOT NULL,
	source_row   INTEGER NOT NULL,
	title        TEXT    NOT NULL,
	format       TEXT    NOT NULL,
	genre        TEXT    NOT NULL,
	product      TEXT    NOT NULL,
	date_us      INTEGER,          -- NULL where nobody knows
	date_from    TEXT    NOT NULL,
	findings     TEXT    NOT NULL,
	found        INTEGER NOT NULL, -- how many findings
	turns        INTEGER NOT NULL,
	came         INTEGER NOT NULL DEFAULT 0, -- turns in the file: its texts 0 to came - 1 (since schema 4)
	words        INTEGER NOT NULL,
	words_digest TEXT    NOT NULL, -- of all turns' words and whose they are
	inputs       TEXT    NOT NULL, -- of the words, the speakers and their sides
	behind_file     TEXT, -- what a mask stands for (since schema 10); NULL where none does
	behind_title    TEXT,
	behind_findings TEXT,
	PRIMARY KEY (workspace_id, id),
	UNIQUE (workspace_id, n)
);

CREATE INDEX conversation_by_source ON conversation (workspace_id, source_id);

CREATE TABLE speaker (
	workspace_id    TEXT    NOT NULL,
	conversation_id TEXT    NOT NULL,
	position        INTEGER NOT NULL,
	id              TEXT    NOT NULL,
	name            TEXT    NOT NULL,
	email           TEXT    NOT NULL,
	customer_key    TEXT    NOT NULL,
	side            TEXT    NOT NULL, -- as members have placed it since
	settled         TEXT    NOT NULL,
	guess           TEXT    NOT NULL,
	guess_why       TEXT    NOT NULL,
	person          TEXT    NOT NULL,
	came_side       TEXT    NOT NULL DEFAULT '', -- as the file says (since schema 4)
	came_settled    TEXT    NOT NULL DEFAULT '',
	behind_name     TEXT, -- what a mask stands for (since schema 10); NULL where none does
	behind_email    TEXT,
	behind_key      TEXT,
	PRIMARY KEY (workspace_id, conversation_id, position)
);

CREATE INDEX speaker_by_person ON speaker (workspace_id, person);

-- One row a turn, and one for each version of its words. A turn's id is the
-- beginning of its text's id and stands nowhere else.

CREATE TABLE turn (
	key          INTEGER PRIMARY KEY,
	text_key     INTEGER NOT NULL, -- the words as they stand now
	speaker      INTEGER NOT NULL, -- its position
	end_ms       INTEGER NOT NULL, -- this, times and lines are of its first words
	times        BYTEA,
	lines        BYTEA,
	place        INTEGER NOT NULL DEFAULT 0, -- among the turns that stand; -1 for one that does not (since schema 4)
	came_speaker INTEGER NOT NULL DEFAULT 0  -- before any member said whose it is
);

CREATE TABLE text_version (
	key          INTEGER PRIMARY KEY,
	turn_key     INTEGER NOT NULL,
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	digest       BYTEA   NOT NULL, -- SHA-256
	words        TEXT    NOT NULL,
	end_ms       INTEGER NOT NULL DEFAULT 0, -- this, times and lines are of later words (since schema 4)
	times        BYTEA,
	lines        BYTEA,
	hidden       BOOLEAN NOT NULL DEFAULT FALSE -- behind a mask (since schema 8)
);

CREATE UNIQUE INDEX text_version_by_id ON text_version (workspace_id, id);

-- The words that stand now: those, and no others, can be found.
CREATE VIEW standing AS
	SELECT x.key, x.words FROM text_version x JOIN turn t ON t.key = x.turn_key
	WHERE t.text_key = x.key AND t.place >= 0;

CREATE TABLE study (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	about        TEXT    NOT NULL,
	phase        TEXT    NOT NULL, -- as operations have made it
	sample       BOOLEAN NOT NULL,
	opened_us    INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE guess (
	workspace_id TEXT    NOT NULL,
	study_id     TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	position     INTEGER NOT NULL,
	slot         TEXT    NOT NULL,
	words        TEXT    NOT NULL,
	author       TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	at_us        INTEGER,          -- NULL where nobody said
	late         BOOLEAN NOT NULL,
	seal         TEXT    NOT NULL, -- as operations have made it; '' while open
	PRIMARY KEY (workspace_id, study_id, id)
);

-- What members did, and what their deeds have led to.

CREATE TABLE operation (
	workspace_id    TEXT    NOT NULL,
	seq             INTEGER NOT NULL,
	deed            TEXT    NOT NULL,
	study_id        TEXT    NOT NULL,
	conversation_id TEXT    NOT NULL,
	body            TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, seq)
);

CREATE INDEX operation_by_deed ON operation (workspace_id, deed, seq);

CREATE INDEX operation_by_conversation ON operation (workspace_id, conversation_id, seq) WHERE conversation_id <> '';

CREATE TABLE study_conversation (
	workspace_id    TEXT NOT NULL,
	study_id        TEXT NOT NULL,
	conversation_id TEXT NOT NULL, -- may be yet to come
	PRIMARY KEY (workspace_id, study_id, conversation_id)
);

CREATE TABLE removed_conversation (
	workspace_id    TEXT NOT NULL,
	conversation_id TEXT NOT NULL,
	PRIMARY KEY (workspace_id, conversation_id)
);

CREATE TABLE person_merge (
	workspace_id TEXT NOT NULL,
	person       TEXT NOT NULL,
	into_person  TEXT NOT NULL,
	PRIMARY KEY (workspace_id, person)
);

-- Persons who were erased, whose words never come back, and the deeds after which
-- traces outside the tables are yet to be cleared away (since schema 8).
CREATE TABLE erased_person (
	workspace_id TEXT NOT NULL,
	person       TEXT NOT NULL,
	PRIMARY KEY (workspace_id, person)
);

CREATE TABLE erasing (
	workspace_id TEXT    NOT NULL,
	seq          INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, seq)
);

-- Sentences that groups of the same meaning hang on (since schema 3).

CREATE TABLE anchor (
	workspace_id TEXT    NOT NULL,
	group_id     TEXT    NOT NULL,
	n            INTEGER NOT NULL, -- rising in the order in which they were kept
	kind         TEXT    NOT NULL,
	text_id      TEXT    NOT NULL,
	start_point  INTEGER NOT NULL,
	end_point    INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, group_id)
);

CREATE INDEX anchor_by_text ON anchor (workspace_id, text_id);

-- What members wrote beside passages (since schema 6).

CREATE TABLE note (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	words        TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

-- Customers' firms, as members name them (since schema 6). Who is of which comes
-- through operations.

CREATE TABLE account (
	workspace_id TEXT NOT NULL,
	id           TEXT NOT NULL,
	name         TEXT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

-- Searches that members keep, and how far the workspace had grown when they last
-- looked at what each finds (since schema 7).

CREATE TABLE saved_search (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	query        TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE saved_look (
	workspace_id  TEXT    NOT NULL,
	search_id     TEXT    NOT NULL,
	member        TEXT    NOT NULL,
	conversations INTEGER NOT NULL,
	operations    INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, search_id, member)
);

-- What a workspace is set to (since schema 10).
CREATE TABLE setting (
	workspace_id TEXT NOT NULL,
	name         TEXT NOT NULL,
	value        TEXT NOT NULL,
	PRIMARY KEY (workspace_id, name)
);

-- Who may come in (since schema 5).

CREATE TABLE member (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	access       TEXT    NOT NULL,
	since_us     INTEGER NOT NULL,
	left_us      INTEGER,          -- NULL while they are here
	PRIMARY KEY (workspace_id, id)
);

-- What members show to be let in: a hashed password, a passkey, an account elsewhere.
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

-- Secrets that were handed out: sessions, invitations, tokens, links.
CREATE TABLE ticket (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	hash         BYTEA   NOT NULL, -- SHA-256 of the secret, which is nowhere here
	kind         TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	grants       TEXT    NOT NULL,
	about        TEXT    NOT NULL,
	made_us      INTEGER NOT NULL,
	until_us     INTEGER NOT NULL,
	seen_us      INTEGER,
	seen_from    TEXT    NOT NULL,
	ended_us     INTEGER,          -- NULL while nobody ended it
	PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX ticket_by_hash ON ticket (workspace_id, hash);

CREATE INDEX ticket_by_kind ON ticket (workspace_id, kind, member);

-- Failed tries to sign in, by account and by address.
CREATE TABLE attempt (
	workspace_id TEXT    NOT NULL,
	subject      TEXT    NOT NULL,
	failed       INTEGER NOT NULL,
	left_us      INTEGER NOT NULL, -- still to wait, at at_us
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, subject)
);

-- What was done with the doors; appended to and never changed.
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

-- What steps made of the above; all of it can be made again.

CREATE TABLE derived (
	workspace_id TEXT    NOT NULL,
	step         TEXT    NOT NULL,
	version      TEXT    NOT NULL,
	subject      TEXT    NOT NULL,
	inputs       TEXT    NOT NULL,
	payload      BYTEA   NOT NULL,
	packed       BOOLEAN NOT NULL DEFAULT FALSE, -- payload is compressed (since schema 2)
	PRIMARY KEY (workspace_id, step, version, subject)
);

-- Where steps heard what, for a search to narrow to (since schema 7).

CREATE TABLE moment (
	workspace_id TEXT    NOT NULL,
	label        TEXT    NOT NULL,
	text_key     INTEGER NOT NULL,
	start_point  INTEGER NOT NULL,
	end_point    INTEGER NOT NULL,
	counted      BOOLEAN NOT NULL,
	PRIMARY KEY (workspace_id, label, text_key, start_point, end_point)
);

CREATE INDEX moment_by_text ON moment (text_key);

CREATE TABLE lease (
	workspace_id TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	holder       TEXT    NOT NULL,
	until_us     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, name)
);

-- Which migrations this database has had; the highest is its schema.
CREATE TABLE migration (
	version INTEGER NOT NULL PRIMARY KEY,
	name    TEXT    NOT NULL
);

-- What a study holds of its customers' progress, in members' words (since schema
-- 11).

CREATE TABLE claim (
	workspace_id TEXT    NOT NULL,
	study_id     TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	n            INTEGER NOT NULL,
	part         TEXT    NOT NULL,
	part_of      TEXT    NOT NULL,
	words        TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, study_id, id)
);

-- The episodes on which the proposed jobs of a study hang, so that a job stays
-- what it was while others come in (since schema 11).

CREATE TABLE episode_anchor (
	workspace_id TEXT    NOT NULL,
	study_id     TEXT    NOT NULL,
	n            INTEGER NOT NULL,
	group_id     TEXT    NOT NULL,
	episode_id   TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, study_id, n)
);
