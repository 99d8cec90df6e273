//! The program as people meet it: the real binary, its documentation and the rules of the workspace.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a test that fails")]

mod backup;
mod catalog;
mod cli;
mod commands;
mod docs;
mod hostile;
mod kill;
mod manifests;
mod oscal;
mod program;
mod report;
mod risk;
mod vuln;
