-- One text for SQLite and PostgreSQL. The organisation id leads every primary key; instants are UTC
-- microseconds; JSON is text; '' stands for "the whole organisation" in system_id and unit_id.

CREATE TABLE organisation (
  org BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  shifted_days BIGINT NOT NULL,
  computed_with TEXT NOT NULL
);

CREATE TABLE ledger_head (
  org BIGINT NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL
);

CREATE TABLE ledger_pending (
  org BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (org, idx)
);

CREATE TABLE record (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  body TEXT NOT NULL,
  search TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_by_title ON record (org, kind, title, id);
CREATE INDEX record_by_system ON record (org, system_id, kind);
CREATE INDEX record_by_update ON record (org, kind, updated_at);

CREATE TABLE record_version (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  effective_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  deleted BIGINT NOT NULL,
  leaf BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org, id, version)
);
CREATE INDEX record_version_by_system ON record_version (org, system_id, kind, effective_at);
CREATE INDEX record_version_by_time ON record_version (org, recorded_at);

CREATE TABLE evidence (
  org BIGINT NOT NULL,
  hash TEXT NOT NULL,
  system_id TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  tool TEXT NOT NULL,
  tool_version TEXT,
  artefact TEXT,
  size BIGINT NOT NULL,
  observed_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  facts BIGINT NOT NULL,
  problems TEXT NOT NULL,
  leaf BIGINT NOT NULL,
  PRIMARY KEY (org, hash, system_id)
);
CREATE INDEX evidence_by_system ON evidence (org, system_id, observed_at);
CREATE INDEX evidence_by_time ON evidence (org, received_at);

CREATE TABLE look (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  tool TEXT NOT NULL,
  target TEXT NOT NULL,
  hash TEXT NOT NULL,
  observed_at BIGINT NOT NULL,
  PRIMARY KEY (org, system_id, tool, target, hash)
);

CREATE TABLE fact (
  org BIGINT NOT NULL,
  hash TEXT NOT NULL,
  system_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  sort TEXT NOT NULL,
  target TEXT NOT NULL,
  finding_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  pointer TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org, hash, system_id, ordinal)
);
CREATE INDEX fact_by_system ON fact (org, system_id, sort);
CREATE INDEX fact_by_finding ON fact (org, finding_id);

CREATE TABLE finding (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  sort TEXT NOT NULL,
  tool TEXT NOT NULL,
  target TEXT NOT NULL,
  rule TEXT NOT NULL,
  benchmark TEXT NOT NULL,
  title TEXT NOT NULL,
  subject TEXT NOT NULL,
  severity BIGINT NOT NULL,
  state TEXT NOT NULL,
  suppressed BIGINT NOT NULL,
  vulnerabilities TEXT NOT NULL,
  cwes TEXT NOT NULL,
  controls TEXT NOT NULL,
  cvss_score DOUBLE PRECISION,
  exploit BIGINT,
  remedy TEXT,
  fixed_version TEXT,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  state_since BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  hash TEXT NOT NULL,
  line BIGINT NOT NULL,
  pointer TEXT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX finding_by_system ON finding (org, system_id, state, severity);
CREATE INDEX finding_by_severity ON finding (org, state, severity, last_seen, id);
CREATE INDEX finding_by_target ON finding (org, system_id, tool, target);

CREATE TABLE finding_count (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  state TEXT NOT NULL,
  severity BIGINT NOT NULL,
  tool TEXT NOT NULL,
  findings BIGINT NOT NULL,
  PRIMARY KEY (org, system_id, state, severity, tool)
);

CREATE TABLE finding_event (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  finding_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  hash TEXT NOT NULL,
  line BIGINT NOT NULL,
  pointer TEXT NOT NULL,
  PRIMARY KEY (org, finding_id, at, hash)
);
CREATE INDEX finding_event_by_system ON finding_event (org, system_id, at);
CREATE INDEX finding_event_by_evidence ON finding_event (org, hash);

CREATE TABLE system_clock (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  records BIGINT NOT NULL,
  evidence BIGINT NOT NULL,
  PRIMARY KEY (org, system_id)
);

CREATE TABLE evidence_side (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  mark BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, system_id)
);

CREATE TABLE posture (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  valid_until BIGINT NOT NULL,
  rank_score DOUBLE PRECISION NOT NULL,
  summary TEXT NOT NULL,
  PRIMARY KEY (org, system_id)
);
CREATE INDEX posture_by_validity ON posture (org, valid_until);

CREATE TABLE posture_day (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  day BIGINT NOT NULL,
  summary TEXT NOT NULL,
  PRIMARY KEY (org, system_id, day)
);

CREATE TABLE deficiency (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  check_id TEXT NOT NULL,
  severity BIGINT NOT NULL,
  title TEXT NOT NULL,
  search TEXT NOT NULL,
  since BIGINT NOT NULL,
  due BIGINT,
  owner TEXT NOT NULL,
  planned BIGINT NOT NULL,
  excepted BIGINT NOT NULL,
  rank_score DOUBLE PRECISION NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX deficiency_by_rank ON deficiency (org, excepted, rank_score, id);
-- Every column the queue is counted by, so that counting reads the index alone.
CREATE INDEX deficiency_counted ON deficiency (org, excepted, severity, check_id, system_id, planned, due, owner);
CREATE INDEX deficiency_by_system ON deficiency (org, system_id, rank_score);

CREATE TABLE system_unit (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  PRIMARY KEY (org, system_id)
);

CREATE TABLE unit_closure (
  org BIGINT NOT NULL,
  ancestor TEXT NOT NULL,
  descendant TEXT NOT NULL,
  PRIMARY KEY (org, ancestor, descendant)
);

CREATE TABLE account (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  password_hash TEXT,
  disabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX account_by_email ON account (org, email);

CREATE TABLE role_grant (
  org BIGINT NOT NULL,
  account_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  role BIGINT NOT NULL,
  PRIMARY KEY (org, account_id, unit_id)
);

CREATE TABLE session (
  org BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  account_id TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, token_hash)
);

CREATE TABLE sign_in_link (
  org BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  account_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, token_hash)
);

CREATE TABLE sign_in_failure (
  org BIGINT NOT NULL,
  email TEXT NOT NULL,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (org, email)
);
