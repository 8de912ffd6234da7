-- Sentences that groups of the same meaning hang on.
CREATE TABLE anchor (
	workspace_id TEXT    NOT NULL,
	group_id     TEXT    NOT NULL,
	n            INTEGER NOT NULL, -- rising in the order in which they were kept
	kind         TEXT    NOT NULL,
	text_id      TEXT    NOT NULL,
	start_point  INTEGER NOT NULL,
	end_point    INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, group_id)
);

CREATE INDEX anchor_by_text ON anchor (workspace_id, text_id);
