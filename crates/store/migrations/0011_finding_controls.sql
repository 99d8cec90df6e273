-- Lists narrowed to a tool or a control find their rows by an index. What weaknesses bear on is one of a few sets of
-- controls: they are kept once, as the words are.
CREATE TABLE finding_controls (
  org BIGINT NOT NULL,
  controls TEXT NOT NULL,
  PRIMARY KEY (org, controls)
);

INSERT INTO finding_controls (org, controls) SELECT DISTINCT org, controls FROM finding;

CREATE INDEX finding_by_tool ON finding (org, tool, controls, state, severity, decision, last_seen, system_id);

-- Counted and put in order without reading the rows: by decision too.
DROP INDEX finding_by_words;
CREATE INDEX finding_by_words ON finding (org, words, state, severity, decision, last_seen, tool, system_id);
DROP INDEX finding_by_host;
CREATE INDEX finding_by_host ON finding (org, target, system_id, tool, state, severity, decision);
