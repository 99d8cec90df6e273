-- Hours that open POA&M items and tasks of a system are planned to take, by work role and due day. Derived, and written
-- with each posture. `due` is empty for what names no day.
CREATE TABLE planned_hours (
    org        BIGINT NOT NULL,
    system_id  TEXT NOT NULL,
    role       TEXT NOT NULL,
    due        TEXT NOT NULL,
    hundredths BIGINT NOT NULL,
    told       BIGINT NOT NULL,
    untold     BIGINT NOT NULL,
    PRIMARY KEY (org, system_id, role, due)
);
CREATE INDEX planned_hours_due ON planned_hours (org, due);

-- Postures made before know nothing of them.
UPDATE organisation SET computed_with = '';
