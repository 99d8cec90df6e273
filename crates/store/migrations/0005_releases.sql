-- Releases: what a bill of materials says a component of a system is made of in one version. A row for each bill, its
-- parts packed; made from evidence and its facts, and made anew whenever postures are.

CREATE TABLE component_release (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  component TEXT NOT NULL,
  version TEXT NOT NULL,
  target TEXT NOT NULL,
  purl TEXT,
  observed_at BIGINT NOT NULL,
  parts BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, system_id, hash)
);

-- What the advisories in force say of each bill. `feed` is the ledger leaf by which they came in.

CREATE TABLE release_verdict (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  feed BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, system_id, hash)
);

-- Bundles of advisories, one after the other; the last is in force. Their bytes are kept like evidence.

CREATE TABLE advisory_feed (
  org BIGINT NOT NULL,
  leaf BIGINT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  made BIGINT NOT NULL,
  loaded_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  size BIGINT NOT NULL,
  summary TEXT NOT NULL,
  PRIMARY KEY (org, leaf)
);

-- Bills of an older store become releases when it is opened.
UPDATE organisation SET computed_with = '';
