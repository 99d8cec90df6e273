//! Where real data lies, if it lies anywhere.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A folder of the corpus, or `None` after saying that the test skips.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("WARRANT_CORPUS")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"));
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no {}", folder.display());
    None
}

/// Every file below a folder, in order of path.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The tests of one file of vectors.
pub(crate) fn vectors(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let Value::Array(tests) = serde_json::from_str::<Value>(&text).unwrap()["tests"].take() else {
        panic!("{}: no tests", path.display())
    };
    tests
}
