-- Postures in brief: what lists, counts and roll-ups need of a system, packed. `seq` grows with every posture
-- put; whoever has read up to one number reads on from there. A removed system keeps its row, with no body.

CREATE TABLE posture_head (
  org BIGINT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE posture_brief (
  org BIGINT NOT NULL,
  system_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (org, system_id)
);
CREATE INDEX posture_brief_by_seq ON posture_brief (org, seq);

CREATE INDEX record_version_by_effect ON record_version (org, effective_at);
CREATE INDEX record_version_by_leaf ON record_version (org, leaf);

-- Counted from the briefs now.
DROP INDEX deficiency_counted;

-- Postures of an older store have no briefs yet: opening it computes them anew and completes its findings.
UPDATE organisation SET computed_with = '';
