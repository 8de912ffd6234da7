-- What members wrote beside passages.
CREATE TABLE note (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	words        TEXT    NOT NULL,
	member       TEXT    NOT NULL,
	at_us        INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

-- Customers' firms, as members name them.
CREATE TABLE account (
	workspace_id TEXT NOT NULL,
	id           TEXT NOT NULL,
	name         TEXT NOT NULL,
	PRIMARY KEY (workspace_id, id)
);
