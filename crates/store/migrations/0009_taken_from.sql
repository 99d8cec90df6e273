-- Which systems take controls from which: whose postures a change of the provider may move. Derived, and written
-- anew with each posture.
CREATE TABLE taken_from (
    org         BIGINT NOT NULL,
    provider_id TEXT NOT NULL,
    system_id   TEXT NOT NULL,
    PRIMARY KEY (org, provider_id, system_id)
);
CREATE INDEX taken_from_system ON taken_from (org, system_id);

-- What systems give to those that take from them, as a digest: as long as it stays, none of theirs moves.
CREATE TABLE given (
    org       BIGINT NOT NULL,
    system_id TEXT NOT NULL,
    digest    TEXT NOT NULL,
    PRIMARY KEY (org, system_id)
);

-- Postures made before know nothing of their providers.
UPDATE organisation SET computed_with = '';
