//! `warrant controls`: what a system's controls rest on.

mod inheritance;
mod tailoring;
mod trace;

use crate::output::{OK, print_json, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use warrant_catalog::index::{Index, normalize_control_id};
use warrant_service::tables::TableFormat;
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
    /// What is decided about the baseline, by overlays and by the system itself, and with what effect
    #[command(
        after_help = "Examples:\n  warrant controls tailoring 'Customer Portal' --effect nothing\n  warrant controls tailoring 'Customer Portal' -o tailoring.xlsx"
    )]
    Tailoring(tailoring::Tailoring),
    /// The organisation-defined parameters of the controls that must be met
    #[command(
        after_help = "Examples:\n  warrant controls parameters 'Customer Portal' --unset\n  warrant controls parameters 'Customer Portal' -o parameters.csv"
    )]
    Parameters(tailoring::Parameters),
    /// Decide about the baseline: add, take out, let others stand in, set a parameter
    #[command(
        after_help = "Examples:\n  warrant controls tailor 'Customer Portal' AC-18 not-applicable --because 'No radio in the data centre'\n  warrant controls tailor 'Customer Portal' ac-7 parameter ac-7_prm_1=3 --because 'Sign-in standard 4.2'\n  warrant controls tailor 'Data Lake' PE-3 compensate PE-6 AC-2 --because 'Hosted' --approver ana@example.org"
    )]
    Tailor(tailoring::Tailor),
    /// What is taken from other systems and how it stands there; exit 1 when something fails there or nobody does it
    #[command(
        after_help = "Examples:\n  warrant controls inheritance 'Customer Portal' --only failing\n  warrant controls inheritance 'Identity Platform' --offered\n  warrant controls inheritance 'Customer Portal' -o inheritance.csv"
    )]
    Inheritance(inheritance::Inheritance),
    /// Say that a system takes a control from another
    #[command(
        after_help = "Example:\n  warrant controls inherit 'Customer Portal' AC-2 --from 'Identity Platform' --shared --how 'We go through the list each quarter'"
    )]
    Inherit(inheritance::Inherit),
    /// Say what a system offers to others
    #[command(
        after_help = "Example:\n  warrant controls offer 'Identity Platform' AC-2 --responsibility shared --duty 'Go through the list each quarter'"
    )]
    Offer(inheritance::Offer),
}

/// Runs a command of the group.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Controls,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::Trace(args) => return trace::run(service, actor, args, as_json).await,
        Action::Inheritance(args) => return inheritance::list(service, actor, args, as_json).await,
        Action::Tailoring(args) => tailoring::list(service, actor, args, as_json).await?,
        Action::Parameters(args) => tailoring::parameters(service, actor, args, as_json).await?,
        Action::Tailor(args) => tailoring::decide(service, actor, args, as_json).await?,
        Action::Inherit(args) => inheritance::inherit(service, actor, args, as_json).await?,
        Action::Offer(args) => inheritance::offer(service, actor, args, as_json).await?,
    }
    Ok(ExitCode::from(OK))
}

/// The format of a table by its file's name.
fn table_format(path: &Path) -> anyhow::Result<TableFormat> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let name = path.display();
    TableFormat::from_ending(ending)
        .with_context(|| format!("{name}: the name must end in .csv, .xlsx or .json"))
}

/// The catalogue's id of a control or statement written in any usual way.
fn control_id(text: &str) -> anyhow::Result<String> {
    let index = Index::embedded();
    let id = text.trim().to_lowercase();
    let known = index.by_id(&id).is_some() || index.statement_by_id(&id).is_some();
    let id = if known { Some(id) } else { normalize_control_id(text) };
    id.with_context(|| format!("`{text}` is no control; controls are written AC-2, AC-2(1) or ac-2_smt.a"))
}

/// The id of a person given by e-mail address or id.
async fn person(service: &Service, actor: &Actor, given: &str) -> anyhow::Result<String> {
    if let Ok(row) = service.record(actor, given).await {
        anyhow::ensure!(row.kind == "person", "{given} is a {}, not a person", row.kind);
        return Ok(row.id);
    }
    let mut found = service.records_titled(actor, "person", given).await?;
    anyhow::ensure!(found.len() < 2, "several people are called `{given}`; give the id");
    Ok(found.pop().with_context(|| format!("there is no person `{given}`"))?.id)
}

/// A record as it was read: its id and version.
type Read = (String, i64);

/// Writes a record, a new one or what was read before, and says which.
async fn write(
    service: &Service,
    actor: &Actor,
    kind: &str,
    (before, body): (Option<Read>, Value),
    as_json: bool,
) -> anyhow::Result<()> {
    let row = match before {
        Some((id, version)) => service.update(actor, &id, version, body).await?,
        None => service.create(actor, kind, body).await?,
    };
    if as_json {
        return print_json(&json!({"id": row.id, "version": row.version, "body": row.body}));
    }
    say(&format!("{} {} is at version {}", row.id, row.title, row.version));
    Ok(())
}
