-- Facts are kept in pages, packed, in the order of their file: a row for each made a large import mostly
-- inserting into indexes. `sorts` names the sorts of fact on a page, each between spaces. A finder row holds, in order,
-- the numbers of findings and of the facts that are sightings of them; `low` is the lowest finding number in it.
-- Facts of an older store are packed when it is opened; the table stays, empty, since its ledger speaks of its rows.

CREATE TABLE fact_page (
  org BIGINT NOT NULL,
  hash TEXT NOT NULL,
  system_id TEXT NOT NULL,
  first BIGINT NOT NULL,
  facts BIGINT NOT NULL,
  sorts TEXT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, hash, system_id, first)
);
CREATE INDEX fact_page_by_system ON fact_page (org, system_id);

CREATE TABLE fact_finder (
  org BIGINT NOT NULL,
  hash TEXT NOT NULL,
  system_id TEXT NOT NULL,
  low BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, hash, system_id, low)
);

DROP INDEX fact_by_system;
DROP INDEX fact_by_finding;

-- One index for findings by target, whether in one system or in all.
DROP INDEX finding_by_target;
DROP INDEX finding_by_host;
CREATE INDEX finding_by_host ON finding (org, target, system_id, tool, state, severity);

-- A system's findings in the order they are listed in; and what is counted of a search, without reading the rows.
DROP INDEX finding_by_system;
CREATE INDEX finding_by_system ON finding (org, system_id, state, severity, last_seen, id);
DROP INDEX finding_by_words;
CREATE INDEX finding_by_words ON finding (org, words, state, severity, tool);

-- Evidence in the order it is listed in; versions of one kind, for what was there at a past instant.
CREATE INDEX evidence_in_order ON evidence (org, observed_at, hash, system_id);
CREATE INDEX record_version_by_kind ON record_version (org, kind, effective_at);

-- Lists by title go through the texts in their order.
CREATE INDEX finding_text_in_order ON finding_text (org, target, text, words);

-- What is packed whole is packed differently now; opening the store makes it anew.
DELETE FROM evidence_side;
DELETE FROM posture_brief;
UPDATE organisation SET computed_with = '';
