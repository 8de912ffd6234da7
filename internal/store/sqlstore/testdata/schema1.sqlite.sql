CREATE VIRTUAL TABLE search USING fts5(words, content='text_version', content_rowid='key', tokenize='porter unicode61');

INSERT INTO search (rowid, words) SELECT key, words FROM text_version;
