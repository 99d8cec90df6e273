//! Finding the test corpus, and a loader that reads it from disk.

use std::path::{Path, PathBuf};
use warrant_catalog::resolve::{LoadError, Loaded, Loader, join};

/// The OSCAL corpus, or `None` with one line on the console when it is absent.
pub(crate) fn oscal() -> Option<PathBuf> {
    let root = std::env::var_os("WARRANT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from);
    let oscal = root.join("oscal");
    if oscal.is_dir() {
        return Some(oscal);
    }
    println!("skipped: no corpus at {}", root.display());
    None
}

/// Loads documents below a folder; locations are paths relative to it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Loader for Folder {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        match std::fs::read(self.0.join(&location)) {
            Ok(bytes) => Ok(Some(Loaded { location, bytes })),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(LoadError(e.to_string())),
        }
    }
}
