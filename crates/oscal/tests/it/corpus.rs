//! Finding the corpus. Its files are read in place and never copied.

#[path = "folder.rs"]
mod folder;

pub(crate) use folder::oscal;

use std::path::{Path, PathBuf};
use warrant_oscal::{Document, Format, Limits};

/// All JSON, XML and YAML files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path
            .extension()
            .is_some_and(|ending| ["json", "xml", "yaml"].iter().any(|known| ending == *known))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The four folders of whole documents, without the four JSON files of FedRAMP that are no OSCAL.
pub(crate) fn documents(oscal: &Path) -> Vec<PathBuf> {
    let folders = ["oscal-examples", "oscal-cli-examples", "fedramp-rev5", "fedramp-awesome-cloud"];
    let others =
        ["fedramp_values.json", "FedRAMP_extensions.json", "fedramp_threats.json", "information-types.json"];
    let mut found: Vec<PathBuf> = folders.iter().flat_map(|folder| files(&oscal.join(folder))).collect();
    found.retain(|path| !others.iter().any(|other| path.ends_with(other)));
    found
}

pub(crate) fn format(path: &Path) -> Format {
    Format::guess(&path.to_string_lossy(), b"")
}

pub(crate) fn read(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap();
    parse(&bytes, format(path), &path.display().to_string())
}

pub(crate) fn parse(bytes: &[u8], format: Format, name: &str) -> Document {
    Document::read(bytes, format, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}
