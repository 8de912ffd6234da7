-- The words of turns as they stand now, findable. The words themselves stay in
-- text_version, of which standing is a view; rowid is their key. Beginnings of two
-- letters stand for so many words that they are indexed too.
CREATE VIRTUAL TABLE search USING fts5(words, content='standing', content_rowid='key', tokenize='porter unicode61', prefix='2');

-- Words gather in 8 MB of memory before they go to the disk: a fifth less work.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
