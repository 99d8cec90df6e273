-- How fast findings are to be acted on, beside them so that lists can be narrowed and put in order by it; and whether
-- attacks on them can be automated, as the tool's vector tells. Both are derived, so the ledger does not vouch for them.
ALTER TABLE finding ADD COLUMN automatable BIGINT;
ALTER TABLE finding ADD COLUMN decision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX finding_by_decision ON finding (org, decision, state, severity, last_seen, id);

-- Counted by decision too.
DROP TABLE finding_count;
CREATE TABLE finding_count (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  state TEXT NOT NULL,
  severity BIGINT NOT NULL,
  tool TEXT NOT NULL,
  decision BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  PRIMARY KEY (org, system_id, state, severity, tool, decision)
);

-- What the decisions of a system's findings were made by: its record's answers and the policy. As long as they stay, so
-- do the decisions, save those of vulnerabilities of which new advisories tell otherwise.
CREATE TABLE decision_basis (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  basis TEXT NOT NULL,
  PRIMARY KEY (org, system_id)
);

-- What the advisories in force signal about vulnerabilities, without the rest of them.
CREATE TABLE advisory_signal (
  org BIGINT NOT NULL,
  hash TEXT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org)
);

-- Findings have no decisions yet.
UPDATE organisation SET computed_with = '';
