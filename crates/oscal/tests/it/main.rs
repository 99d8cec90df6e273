//! What the crate promises, on NIST's and FedRAMP's documents and on our own.

mod corpus;
mod cross;
mod fedramp;
mod mutations;
mod properties;
mod reports;
mod round_trip;
mod tables;
mod twins;
mod verdicts;
