-- A database of schema 1, as headway wrote it then: never change this file.
-- People and firms in it are invented. INTEGER is BIGINT on PostgreSQL.

CREATE TABLE workspace (
	id            TEXT    NOT NULL PRIMARY KEY,
	n             INTEGER NOT NULL UNIQUE,
	conversations INTEGER NOT NULL DEFAULT 0,
	operations    INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE source (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	format       TEXT    NOT NULL,
	size         INTEGER NOT NULL,
	imported_us  INTEGER NOT NULL,
	findings     TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, id)
);

CREATE TABLE conversation (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	n            INTEGER NOT NULL,
	source_id    TEXT    NOT NULL,
	file         TEXT    NOT NULL,
	source_row   INTEGER NOT NULL,
	title        TEXT    NOT NULL,
	format       TEXT    NOT NULL,
	genre        TEXT    NOT NULL,
	product      TEXT    NOT NULL,
	date_us      INTEGER,
	date_from    TEXT    NOT NULL,
	findings     TEXT    NOT NULL,
	found        INTEGER NOT NULL,
	turns        INTEGER NOT NULL,
	words        INTEGER NOT NULL,
	words_digest TEXT    NOT NULL,
	inputs       TEXT    NOT NULL,
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
	side            TEXT    NOT NULL,
	settled         TEXT    NOT NULL,
	guess           TEXT    NOT NULL,
	guess_why       TEXT    NOT NULL,
	person          TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, conversation_id, position)
);

CREATE INDEX speaker_by_person ON speaker (workspace_id, person);

CREATE TABLE turn (
	key      INTEGER PRIMARY KEY,
	text_key INTEGER NOT NULL,
	speaker  INTEGER NOT NULL,
	end_ms   INTEGER NOT NULL,
	times    BYTEA,
	lines    BYTEA
);

CREATE TABLE text_version (
	key          INTEGER PRIMARY KEY,
	turn_key     INTEGER NOT NULL,
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	digest       BYTEA   NOT NULL,
	words        TEXT    NOT NULL
);

CREATE UNIQUE INDEX text_version_by_id ON text_version (workspace_id, id);

CREATE TABLE study (
	workspace_id TEXT    NOT NULL,
	id           TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	about        TEXT    NOT NULL,
	phase        TEXT    NOT NULL,
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
	at_us        INTEGER,
	late         BOOLEAN NOT NULL,
	seal         TEXT    NOT NULL,
	PRIMARY KEY (workspace_id, study_id, id)
);

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
	conversation_id TEXT NOT NULL,
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

CREATE TABLE derived (
	workspace_id TEXT    NOT NULL,
	step         TEXT    NOT NULL,
	version      TEXT    NOT NULL,
	subject      TEXT    NOT NULL,
	inputs       TEXT    NOT NULL,
	payload      BYTEA   NOT NULL,
	PRIMARY KEY (workspace_id, step, version, subject)
);

CREATE TABLE lease (
	workspace_id TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	holder       TEXT    NOT NULL,
	until_us     INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, name)
);
CREATE TABLE migration (
	version INTEGER NOT NULL PRIMARY KEY,
	name    TEXT    NOT NULL
);

INSERT INTO workspace (id, n, conversations, operations) VALUES ('home', 1, 1, 2);
INSERT INTO source (workspace_id, id, name, format, size, imported_us, findings) VALUES ('home', '5f1d', 'olga.vtt', 'vtt', 140, 1772442000000000, 'null');
INSERT INTO conversation (workspace_id, id, n, source_id, file, source_row, title, format, genre, product, date_us, date_from, findings, found, turns, words, words_digest, inputs) VALUES ('home', '3bnziz2kkstyqqkgbanyfjaqqm', 1, '5f1d', 'olga.vtt', 0, '', 'vtt', 'interview', '', NULL, '', 'null', 0, 2, 16, 'd35e4dba731489f9d90b49ff56785bc476f44f562cf7c249b793bfd0bef86a79', '3ukx7ql7jzdayyqcszp6k3u4iu');
INSERT INTO speaker (workspace_id, conversation_id, position, id, name, email, customer_key, side, settled, guess, guess_why, person) VALUES ('home', '3bnziz2kkstyqqkgbanyfjaqqm', 0, 'yngnvjabk7wukrznkoilex2a2e', 'Interviewer', '', '', 'ours', 'role', '', '', 'yejjrpwicerv7cz2afxpaj4wka');
INSERT INTO speaker (workspace_id, conversation_id, position, id, name, email, customer_key, side, settled, guess, guess_why, person) VALUES ('home', '3bnziz2kkstyqqkgbanyfjaqqm', 1, '5lt7z5xrzjuoopkixw5bvrojty', 'Olga', '', '', 'theirs', 'member', '', '', 'uwt5gq4fctqpsjky3gloqoqcjy');
INSERT INTO turn (key, text_key, speaker, end_ms, times, lines) VALUES (35184374185984, 35184374185984, 0, 0, X'0090b907', NULL);
INSERT INTO turn (key, text_key, speaker, end_ms, times, lines) VALUES (35184374185985, 35184374185985, 1, 0, NULL, NULL);
INSERT INTO text_version (key, turn_key, workspace_id, id, digest, words) VALUES (35184374185984, 35184374185984, 'home', 'm4ya5r54lv26hgic2chvqjnmke.1', X'53bb911aade8bbdb02a8a4230a05c7605728ccb816adb2267f29789355863341', 'What is hard about stocktaking?');
INSERT INTO text_version (key, turn_key, workspace_id, id, digest, words) VALUES (35184374185985, 35184374185985, 'home', 'atqtesu7wwz4irfaqiybwrn3su.1', X'0f46727926fbbdddc9c4bcb9f46977c3087417c5067ee42ca34a590ff4b16a11', 'We count the boxes by hand, and the spreadsheet never agrees.');
INSERT INTO study (workspace_id, id, name, about, phase, sample, opened_us) VALUES ('home', 's1', 'Why boxes?', 'all', 'guessing', FALSE, 1772442000000000);
INSERT INTO operation (workspace_id, seq, deed, study_id, conversation_id, body) VALUES ('home', 1, 'open', 's1', '', '{"seq":1,"at":"2026-03-02T09:00:00Z","member":"","deed":"open","study":"s1"}');
INSERT INTO operation (workspace_id, seq, deed, study_id, conversation_id, body) VALUES ('home', 2, 'place', '', '3bnziz2kkstyqqkgbanyfjaqqm', '{"seq":2,"at":"2026-03-02T09:00:00Z","member":"","deed":"place","conversation":"3bnziz2kkstyqqkgbanyfjaqqm","speaker":"5lt7z5xrzjuoopkixw5bvrojty","side":"theirs"}');
INSERT INTO derived (workspace_id, step, version, subject, inputs, payload) VALUES ('home', 'hear', '1', '3bnziz2kkstyqqkgbanyfjaqqm', 'i', X'7b2276657273696f6e223a2231227d');
INSERT INTO migration (version, name) VALUES (1, '0001_first');
