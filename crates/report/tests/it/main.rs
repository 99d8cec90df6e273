//! What leaves the house and comes back: tables over every kind, the POA&M, the system brief.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a test that fails")]

mod brief;
mod documents;
mod funding;
mod round_trip;
mod sample;
mod tables;
mod template;
mod well_formed;
