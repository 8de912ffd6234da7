CREATE VIRTUAL TABLE search USING fts5(words, content='text_version', content_rowid='key', tokenize='porter unicode61');

INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);

INSERT INTO search (rowid, words) SELECT key, words FROM text_version;
