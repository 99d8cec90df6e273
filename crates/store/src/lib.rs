//! Records, facts, evidence and jobs on SQLite or PostgreSQL; blobs on disk.
