//! The list of formats: one file each, one line each.

pub mod ckl;
pub mod cyclonedx;
pub mod cyclonedx_json;
pub mod nessus;
pub mod nmap;
pub mod sarif;
pub mod spdx_json;
pub mod xccdf;

use crate::Reader;

/// Every reader. To add one, write its file and add its line.
pub const READERS: &[&dyn Reader] = &[
    &ckl::Ckl,
    &cyclonedx_json::CycloneDxJson,
    &nessus::Nessus,
    &nmap::Nmap,
    &sarif::Sarif,
    &spdx_json::SpdxJson,
    &xccdf::Xccdf,
];

#[cfg(test)]
mod testing;
