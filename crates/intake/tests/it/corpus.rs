//! The corpus of real files: where it is, and reading it.

use std::path::{Path, PathBuf};
use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, ReadError, Reader, Reading};

/// The folder of the corpus, whether it is there or not.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("WARRANT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from)
}

/// The files below a folder of the corpus by path from there; none, with one line said, when it is absent.
pub(crate) fn files(below: &str) -> Vec<(String, Vec<u8>)> {
    let root = folder().join(below);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    if found.is_empty() {
        println!("skipped: no corpus at {}", root.display());
    }
    found.sort();
    found
}

pub(crate) fn read(reader: &dyn Reader, bytes: &[u8]) -> (Gathered, Result<Reading, ReadError>) {
    read_within(reader, bytes, Limits::default())
}

pub(crate) fn read_within(
    reader: &dyn Reader,
    bytes: &[u8],
    limits: Limits,
) -> (Gathered, Result<Reading, ReadError>) {
    let mut gathered = Gathered::default();
    let reading = reader.read(&Input { name: "trial", bytes, limits }, &mut gathered);
    (gathered, reading)
}
