//! Integration tests of the readers as a whole.

#[expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]
mod corpus;
mod golden;
#[expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
mod hostile;
mod registry;
#[expect(clippy::unwrap_used, reason = "helpers of tests")]
mod reserialised;
#[expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
mod secrets;
#[expect(clippy::unwrap_used, reason = "helpers of tests")]
mod sources;
