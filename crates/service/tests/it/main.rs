//! The service on both stores: each test runs on SQLite and, when `WARRANT_TEST_POSTGRES` names a server, on
//! PostgreSQL.

mod accounts;
mod as_of;
mod findings;
mod kinds;
mod northwater;
mod permission;
mod records;
mod stores;
mod tables;
mod tamper;
mod upkeep;
