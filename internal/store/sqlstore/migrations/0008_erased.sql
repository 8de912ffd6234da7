-- Persons who were erased, whose words never come back, and the deeds after which
-- traces outside the tables are yet to be cleared away.
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

-- Words that a mask stands for are hidden.
ALTER TABLE text_version ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE;
