//! Finding the corpus; tests of other crates take this file in as well.

use std::path::{Path, PathBuf};

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
