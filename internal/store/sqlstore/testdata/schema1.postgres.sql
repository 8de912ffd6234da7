CREATE TEXT SEARCH DICTIONARY headway_stem (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION headway (COPY = english);
ALTER TEXT SEARCH CONFIGURATION headway ALTER MAPPING FOR asciiword, word, numword WITH headway_stem;

CREATE TABLE search (
	key   BIGINT PRIMARY KEY,
	words TSVECTOR NOT NULL
);

CREATE INDEX search_words ON search USING gin (words);

INSERT INTO search (key, words) SELECT key, to_tsvector('headway', words) FROM text_version;
