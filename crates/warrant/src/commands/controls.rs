//! `warrant controls`: what a system's controls rest on.

mod trace;

use clap::{Args, Subcommand};
use std::process::ExitCode;
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Controls {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// From each statement to implementation, procedure, result and evidence, what lacks most first; exit 1 when
    /// something is missing
    #[command(
        after_help = "Examples:\n  warrant controls trace 'Customer Portal' --missing result\n  warrant controls trace 'Customer Portal' -o trace.html"
    )]
    Trace(trace::Trace),
}

/// Runs a command of the group.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Controls,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::Trace(args) => trace::run(service, actor, args, as_json).await,
    }
}
