//! `warrant undo-import`: what a file opened, closed and changed is as if it had never come in.

use crate::cli::UndoImport;
use crate::output::{print_json, say};
use warrant_service::query::EvidenceQuery;
use warrant_service::{Actor, Service};

/// The most files that the beginning of a hash is looked up among.
const MOST: i64 = 1_000;

/// Undoes one import.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &UndoImport,
    json: bool,
) -> anyhow::Result<()> {
    let system = match &args.system {
        Some(system) => Some(service.system_row(actor, system).await?.id),
        None => None,
    };
    let query =
        EvidenceQuery { text: args.hash.to_lowercase(), system, limit: MOST, ..EvidenceQuery::default() };
    let mut found = service.list_evidence(actor, &query).await?.rows;
    found.retain(|row| row.hash.as_str().starts_with(&args.hash.to_lowercase()));
    let row = match found.as_slice() {
        [row] => row,
        [] => anyhow::bail!("no accepted file has a hash that begins with {}", args.hash),
        several => anyhow::bail!(
            "{} accepted files fit {}\n\nhint: give more of the hash, or --system when it was accepted for several",
            several.len(),
            args.hash
        ),
    };
    let done = service.withdraw_import(actor, row.hash.as_str(), &row.system).await?;
    if json {
        return print_json(&done);
    }
    say(&format!(
        "{}: import undone; {} findings that only it spoke of are gone, {} stand as before it",
        done.file, done.forgotten, done.restored
    ));
    Ok(())
}
