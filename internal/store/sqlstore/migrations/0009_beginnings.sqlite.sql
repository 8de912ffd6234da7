-- Beginnings of two letters are indexed.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(words, content='standing', content_rowid='key', tokenize='porter unicode61', prefix='2');
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
INSERT INTO search (search) VALUES ('rebuild');
