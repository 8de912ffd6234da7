-- Hearings compress to about a tenth. Rows from before stay as they are.
ALTER TABLE derived ADD COLUMN packed BOOLEAN NOT NULL DEFAULT FALSE;
