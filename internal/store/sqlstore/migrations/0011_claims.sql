-- What a study holds of its customers' progress, in members' words.
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
-- what it was while others come in.
CREATE TABLE episode_anchor (
	workspace_id TEXT    NOT NULL,
	study_id     TEXT    NOT NULL,
	n            INTEGER NOT NULL,
	group_id     TEXT    NOT NULL,
	episode_id   TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, study_id, n)
);
