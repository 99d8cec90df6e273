//! The list of formats: one file each, one line each.

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

use crate::Reader;

/// Every reader. To add one, write its file and add its line.
pub const READERS: &[&dyn Reader] = &[
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
