-- Searches that members keep, and how far the workspace had grown when they last
-- looked at what each finds.
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

-- Where steps heard what, for a search to narrow to.
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
