//! The service on both stores: each test runs on SQLite and, when `WARRANT_TEST_POSTGRES` names a server, on
//! PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test support outside of #[test] functions; a failure there is the test's failure"
)]

mod accounts;
mod alternatives;
mod as_of;
mod backups;
mod dependencies;
mod documents;
mod every_format;
mod find;
mod findings;
mod hand_in;
mod identity;
mod inheritance;
mod judge;
mod kinds;
mod ledger_look;
mod northwater;
mod oscal;
mod overlays;
mod past;
mod past_findings;
mod past_queue;
mod permission;
mod priority;
mod readers;
mod records;
mod releases;
mod resources;
mod risk;
mod secrets;
mod stores;
mod tables;
mod taken_back;
mod taken_records;
mod tamper;
mod together;
mod tokens;
mod upgrade;
mod upkeep;
mod views;
mod withdraw;
mod workbooks;
