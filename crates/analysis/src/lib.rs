//! Pure engines over a snapshot: control status, checks, posture, comparison, ranking.
