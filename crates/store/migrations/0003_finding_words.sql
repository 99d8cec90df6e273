-- What is said of findings is said of many: their words are kept once and searched there. `words` is a hash of
-- the text; a target is its own text. Findings of an older store get theirs when it is opened.

CREATE TABLE finding_text (
  org BIGINT NOT NULL,
  words BIGINT NOT NULL,
  target TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (org, words)
);

ALTER TABLE finding ADD COLUMN words BIGINT NOT NULL DEFAULT 0;
CREATE INDEX finding_by_words ON finding (org, words);

-- Orders of lists; state and severity are there to be judged without reading the row. There is none by title: its
-- entries come in no order, and inserting them made an import of a million findings several times slower.
CREATE INDEX finding_by_host ON finding (org, target, state, severity);
CREATE INDEX finding_by_first_sight ON finding (org, first_seen, state, severity);
