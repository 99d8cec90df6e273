-- Tokens of programs. The secret itself is nowhere: `secret_hash` is what it hashes to. `role` and `unit_id` narrow what
-- the owner may do; NULL and '' narrow nothing. `last_used` is written at most once an hour and is not vouched for.

CREATE TABLE program_token (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  role BIGINT,
  unit_id TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT NOT NULL,
  last_used BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX program_token_by_account ON program_token (org, account_id, made_at);

-- Backups that were made of this store, wherever they are now.

CREATE TABLE backup_made (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  target TEXT NOT NULL,
  onto TEXT NOT NULL,
  files BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  new_bytes BIGINT NOT NULL,
  ledger_size BIGINT NOT NULL,
  with_key BIGINT NOT NULL,
  verified_at BIGINT,
  verified_by TEXT NOT NULL,
  problems BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX backup_made_by_time ON backup_made (org, made_at);
