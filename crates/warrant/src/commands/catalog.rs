//! `warrant catalog`: OSCAL without a store.

use crate::cli::{Catalog, CatalogAction, ReportFormat};
use crate::commands::oscal;
use crate::output::{OK, say, write_to};
use anyhow::Context;
use std::path::Path;
use std::process::ExitCode;
use warrant_catalog::oscal::Profile;
use warrant_catalog::resolve::{Limits, LoadError, Loaded, Loader, Stamp, join, resolve};
use warrant_service::Clock;

/// Runs a catalogue command.
pub(crate) fn run(args: &Catalog, json: bool) -> anyhow::Result<ExitCode> {
    match &args.action {
        CatalogAction::Resolve { profile, output } => {
            resolved(profile, output.as_deref()).map(|()| OK.into())
        }
        CatalogAction::Validate { files, format } => {
            oscal::validate(files, if json { ReportFormat::Json } else { *format })
        }
        CatalogAction::Convert { file, to, output } => {
            oscal::convert(file, *to, output.as_deref()).map(|()| OK.into())
        }
    }
}

fn resolved(profile: &Path, output: Option<&Path>) -> anyhow::Result<()> {
    let bytes = std::fs::read(profile).with_context(|| profile.display().to_string())?;
    let parsed = Profile::from_json(&bytes).with_context(|| profile.display().to_string())?;
    let location = profile.display().to_string();
    let resolved =
        resolve(&parsed, &location, &Folder, &Limits::default()).with_context(|| location.clone())?;
    for warning in &resolved.warnings {
        say(&format!("warning: {warning}"));
    }
    let stamp = Stamp {
        uuid: stable_uuid(&bytes),
        last_modified: Clock::Wall.now().to_string(),
        tool: concat!("warrant ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    write_to(output, &resolved.to_catalog_json(&stamp)?)
}

/// A version-8 UUID (RFC 9562 §5.8) of the profile's bytes: the same profile resolves to the same document.
fn stable_uuid(bytes: &[u8]) -> String {
    let hash = warrant_model::hash::ContentHash::of(bytes).0;
    format!("{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// Loads what a profile imports from the folder it lies in.
struct Folder;

impl Loader for Folder {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        let path = Path::new(&location);
        if location.contains("://") {
            return Err(LoadError(format!(
                "{location}: only files are loaded; download it and point the import there"
            )));
        }
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(Loaded { location, bytes })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LoadError(format!("{location}: {error}"))),
        }
    }
}
