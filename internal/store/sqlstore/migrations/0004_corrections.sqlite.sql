-- Turns may be worded anew, split, joined and given to another speaker; what the
-- file said of sides stays known.
ALTER TABLE conversation ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET came = turns;

ALTER TABLE speaker ADD COLUMN came_side TEXT NOT NULL DEFAULT '';
ALTER TABLE speaker ADD COLUMN came_settled TEXT NOT NULL DEFAULT '';
UPDATE speaker SET
	came_side = CASE WHEN settled = 'member' THEN 'unknown' ELSE side END,
	came_settled = CASE WHEN settled = 'member' THEN '' ELSE settled END;

ALTER TABLE turn ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turn ADD COLUMN came_speaker INTEGER NOT NULL DEFAULT 0;
UPDATE turn SET place = key & 2097151, came_speaker = speaker;

ALTER TABLE text_version ADD COLUMN end_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE text_version ADD COLUMN times BYTEA;
ALTER TABLE text_version ADD COLUMN lines BYTEA;

CREATE VIEW standing AS
	SELECT x.key, x.words FROM text_version x JOIN turn t ON t.key = x.turn_key
	WHERE t.text_key = x.key AND t.place >= 0;

-- The index reads its words from the texts that stand; they are all there yet.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(words, content='standing', content_rowid='key', tokenize='porter unicode61');
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
INSERT INTO search (search) VALUES ('rebuild');
