-- Names that a mask stands for: what is shown is in the columns that were there
-- before, what it hides in these. NULL is not masked.
ALTER TABLE speaker ADD COLUMN behind_name TEXT;
ALTER TABLE speaker ADD COLUMN behind_email TEXT;
ALTER TABLE speaker ADD COLUMN behind_key TEXT;
ALTER TABLE conversation ADD COLUMN behind_file TEXT;
ALTER TABLE conversation ADD COLUMN behind_title TEXT;
ALTER TABLE conversation ADD COLUMN behind_findings TEXT;
ALTER TABLE source ADD COLUMN behind_name TEXT;
ALTER TABLE source ADD COLUMN behind_findings TEXT;

-- What a workspace is set to.
CREATE TABLE setting (
	workspace_id TEXT NOT NULL,
	name         TEXT NOT NULL,
	value        TEXT NOT NULL,
	PRIMARY KEY (workspace_id, name)
);
