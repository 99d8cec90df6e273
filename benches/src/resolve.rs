//! `bench resolve PROFILE [TIMES]`: profile resolution in one process, step by step.
//!
//! A cold process is measured by `benches/compare/profile_resolve.py`.

use crate::say;
use crate::timing::Times;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::time::Instant;
use warrant_catalog::oscal::Profile;
use warrant_catalog::resolve::{Limits, LoadError, Loaded, Loader, Stamp, join, resolve};

/// Reads the profile and what it imports from its folder, resolves it and writes the catalogue to memory.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let path = PathBuf::from(arguments.first().context("usage: bench resolve PROFILE [TIMES]")?);
    let times: usize = arguments.get(1).map_or(Ok(20), |n| n.parse())?;
    let folder = Folder(path.parent().map(PathBuf::from).unwrap_or_default());
    let name = path.file_name().and_then(|n| n.to_str()).context("the profile has no name")?;
    let [mut reading, mut resolving, mut writing] = [Times::default(), Times::default(), Times::default()];
    for _ in 0..times.max(1) {
        let start = Instant::now();
        let profile = Profile::from_json(&std::fs::read(&path)?)?;
        reading.push(start.elapsed());
        let start = Instant::now();
        let resolved = resolve(&profile, name, &folder, &Limits::default())?;
        resolving.push(start.elapsed());
        let start = Instant::now();
        let stamp = Stamp { uuid: "u".into(), last_modified: "t".into(), tool: "bench".into() };
        std::hint::black_box(resolved.to_catalog_json(&stamp)?);
        writing.push(start.elapsed());
    }
    for (step, spent) in [("read the profile", reading), ("resolve", resolving), ("write", writing)] {
        say(&format!("{step}: {}", spent.told()));
    }
    Ok(())
}

/// Loads documents below a folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        match std::fs::read(Path::new(&self.0).join(&location)) {
            Ok(bytes) => Ok(Some(Loaded { location, bytes })),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(LoadError(e.to_string())),
        }
    }
}
