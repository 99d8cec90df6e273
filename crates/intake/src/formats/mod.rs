//! The list of formats: one file each, one line each. What a mapping can say is a file of `content/readers/`.

pub mod backup_run;
pub mod ckl;
pub mod cklb;
pub mod cyclonedx;
pub mod cyclonedx_json;
pub mod cyclonedx_xml;
pub mod grype;
pub mod host_snapshot;
pub mod nessus;
pub mod nmap;
pub mod restic;
pub mod sarif;
pub mod spdx_json;
pub mod spdx_tag_value;
pub mod training_roster;
pub mod trivy;
pub mod xccdf;

use crate::{Mapping, MappingError, Reader};
use include_dir::{Dir, include_dir};
use std::sync::LazyLock;

/// The mappings that come with the program.
static MAPPINGS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content/readers");

/// Every reader, programmed or mapped, by id.
pub static READERS: LazyLock<Vec<&'static dyn Reader>> =
    LazyLock::new(|| readers_with(embedded().filter_map(Result::ok)));

/// Every reader that comes with the program, and some mappings more; of two with one id the latter counts.
pub fn readers_with(mappings: impl IntoIterator<Item = Mapping>) -> Vec<&'static dyn Reader> {
    let mut readers: Vec<&'static dyn Reader> = PROGRAMMED.to_vec();
    for mapping in mappings {
        let mapping: &'static Mapping = Box::leak(Box::new(mapping));
        readers.retain(|reader| reader.id() != mapping.id());
        readers.push(mapping);
    }
    readers.sort_by_key(|reader| reader.id());
    readers
}

/// The mappings that come with the program, in outline; tests see to it that none has a fault.
pub fn embedded() -> impl Iterator<Item = Result<Mapping, MappingError>> {
    MAPPINGS.files().filter(|file| file.path().extension().is_some_and(|known| known == "toml")).map(|file| {
        let name = file.path().display().to_string();
        Mapping::outlined(&name, file.contents_utf8().unwrap_or_default())
    })
}

/// Every reader that is programmed. To add one, write its file and add its line.
pub const PROGRAMMED: &[&dyn Reader] = &[
    &backup_run::BackupRun,
    &ckl::Ckl,
    &cklb::Cklb,
    &cyclonedx_json::CycloneDxJson,
    &cyclonedx_xml::CycloneDxXml,
    &grype::Grype,
    &host_snapshot::HostSnapshot,
    &nessus::Nessus,
    &nmap::Nmap,
    &restic::Restic,
    &sarif::Sarif,
    &spdx_json::SpdxJson,
    &spdx_tag_value::SpdxTagValue,
    &training_roster::TrainingRoster,
    &trivy::Trivy,
    &xccdf::Xccdf,
];

#[cfg(test)]
pub(crate) mod testing;
