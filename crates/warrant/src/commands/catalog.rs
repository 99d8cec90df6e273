//! `warrant catalog`: OSCAL without a store, but for judgements that lie in one.

mod diff;
mod documents;
mod judgements;
mod list;
mod map;
mod migrate;

use crate::cli::{Catalog, CatalogAction, Cli, ReportFormat};
use crate::commands::oscal;
use crate::output::{OK, say, write_to};
use documents::Resolved;
use std::process::ExitCode;
use warrant_catalog::resolve::Stamp;
use warrant_service::Clock;

/// Runs a catalogue command.
pub(crate) async fn run(cli: &Cli, args: &Catalog) -> anyhow::Result<ExitCode> {
    let json = cli.json;
    match &args.action {
        CatalogAction::Resolve { profile, output } => {
            let Resolved { result, bytes } = documents::resolved(profile)?;
            for warning in &result.warnings {
                say(&format!("warning: {warning}"));
            }
            let stamp = Stamp {
                uuid: stable_uuid(&bytes),
                last_modified: Clock::Wall.now().to_string(),
                tool: concat!("warrant ", env!("CARGO_PKG_VERSION")).to_owned(),
            };
            write_to(output.as_deref(), &result.to_catalog_json(&stamp)?)?;
            // The process ends here, and with it what it holds; to free it piece by piece takes a tenth of the time.
            std::mem::forget(result);
            Ok(ExitCode::from(OK))
        }
        CatalogAction::Diff { old, new } => diff::run(old, new, json),
        CatalogAction::Migrate(args) => migrate::run(cli, args).await,
        CatalogAction::Map { id, from, to } => map::run(id, from.as_deref(), to, json),
        CatalogAction::Validate { files, format } => {
            oscal::validate(files, if json { ReportFormat::Json } else { *format })
        }
        CatalogAction::Convert { file, to, output } => {
            oscal::convert(file, *to, output.as_deref()).map(|()| ExitCode::from(OK))
        }
        CatalogAction::List => list::run(json).map(|()| ExitCode::from(OK)),
    }
}

/// A version-8 UUID (RFC 9562 §5.8) of the profile's bytes: the same profile resolves to the same document.
fn stable_uuid(bytes: &[u8]) -> String {
    let hash = warrant_model::hash::ContentHash::of(bytes).0;
    format!("{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}
