//! Finding the test corpus, and a loader that reads it from disk.

#[path = "../../../oscal/tests/it/folder.rs"]
mod folder;

pub(crate) use folder::oscal;

use std::path::PathBuf;
use warrant_catalog::resolve::{LoadError, Loaded, Loader, join};

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
