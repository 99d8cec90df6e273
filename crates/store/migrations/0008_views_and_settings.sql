-- Lists as people saved them, for themselves or for others; what an account set for itself, and what holds for the
-- whole organisation.

CREATE TABLE saved_view (
  org BIGINT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  page TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  shared TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX saved_view_by_page ON saved_view (org, page, name);

CREATE TABLE account_setting (
  org BIGINT NOT NULL,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org, account_id, name)
);

CREATE TABLE organisation_setting (
  org BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org, name)
);
