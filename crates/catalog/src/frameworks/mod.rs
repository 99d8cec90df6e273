//! Frameworks built into the program, by identifier, label and title; one line each in [`FRAMEWORKS`].
//!
//! They hold facts, not the publisher's sentences. Where the words are copyright of others, only numbers are here
//! ([`Holds::Identifiers`]), and users load their licensed text as an OSCAL catalogue, which works the same everywhere.

mod form;

use crate::index::{Baseline, Index};
use crate::oscal::Catalog;
use std::sync::OnceLock;

/// What the program holds of a framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Identifiers, labels and titles.
    Titles,
    /// Identifiers and labels; the words are copyright of the publisher.
    Identifiers,
}

impl Holds {
    /// In words, for lists.
    pub fn words(self) -> &'static str {
        match self {
            Holds::Titles => "identifiers and titles",
            Holds::Identifiers => "identifiers only; load your licensed text",
        }
    }
}

/// A framework, or a baseline of one.
#[derive(Debug)]
pub struct Framework {
    /// Name on the command line, e.g. `800-53r5/high`.
    pub id: &'static str,
    /// Title of the publication.
    pub title: &'static str,
    /// Version of the publication.
    pub version: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// What is held of it.
    pub holds: Holds,
    /// Where the facts come from.
    pub source: &'static str,
    /// The baseline that selects among the controls, if any.
    pub baseline: Option<Baseline>,
    facts: &'static str,
}

macro_rules! facts {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/catalog/", $file))
    };
}

const NIST: &str = "NIST";
const R5: &str =
    "Security and Privacy Controls for Information Systems and Organizations (SP 800-53 revision 5)";
const R5_SOURCE: &str = "NIST oscal-content, release 5.0.1; baselines of SP 800-53B";

#[rustfmt::skip]
/// All frameworks, in the order of lists.
pub const FRAMEWORKS: &[Framework] = &[
    Framework { id: "800-53r5", title: R5, version: "5.0.1", publisher: NIST, holds: Holds::Titles, source: R5_SOURCE, baseline: None, facts: facts!("800-53r5.tsv") },
    Framework { id: "800-53r5/low", title: R5, version: "5.0.1", publisher: NIST, holds: Holds::Titles, source: R5_SOURCE, baseline: Some(Baseline::Low), facts: facts!("800-53r5.tsv") },
    Framework { id: "800-53r5/moderate", title: R5, version: "5.0.1", publisher: NIST, holds: Holds::Titles, source: R5_SOURCE, baseline: Some(Baseline::Moderate), facts: facts!("800-53r5.tsv") },
    Framework { id: "800-53r5/high", title: R5, version: "5.0.1", publisher: NIST, holds: Holds::Titles, source: R5_SOURCE, baseline: Some(Baseline::High), facts: facts!("800-53r5.tsv") },
    Framework { id: "800-53r5/privacy", title: R5, version: "5.0.1", publisher: NIST, holds: Holds::Titles, source: R5_SOURCE, baseline: Some(Baseline::Privacy), facts: facts!("800-53r5.tsv") },
    Framework { id: "csf2", title: "Cybersecurity Framework", version: "2.0", publisher: NIST, holds: Holds::Titles, source: "NIST oscal-content, May 2025", baseline: None, facts: facts!("csf2.tsv") },
    Framework { id: "800-171r3", title: "Protecting Controlled Unclassified Information (SP 800-171 revision 3)", version: "3.0.0", publisher: NIST, holds: Holds::Titles, source: "NIST catalogue of May 2026", baseline: None, facts: facts!("800-171r3.tsv") },
    Framework { id: "800-172r3", title: "Enhanced Security Requirements for Controlled Unclassified Information (SP 800-172 revision 3)", version: "3.0.0", publisher: NIST, holds: Holds::Titles, source: "NIST catalogue of May 2026", baseline: None, facts: facts!("800-172r3.tsv") },
    Framework { id: "800-218v1.1", title: "Secure Software Development Framework (SP 800-218)", version: "1.1", publisher: NIST, holds: Holds::Titles, source: "typed from the publication; tasks by identifier", baseline: None, facts: facts!("800-218v1.1.tsv") },
    Framework { id: "hipaa-security", title: "HIPAA Security Rule, 45 CFR 164.308 to 164.316", version: "2013", publisher: "HHS", holds: Holds::Titles, source: "typed from the regulation", baseline: None, facts: facts!("hipaa-security.tsv") },
    Framework { id: "pci-dss-4.0.1", title: "Payment Card Industry Data Security Standard", version: "4.0.1", publisher: "PCI Security Standards Council", holds: Holds::Identifiers, source: "numbers typed by hand, without appendices", baseline: None, facts: facts!("pci-dss-4.0.1.tsv") },
    Framework { id: "iso-27001-2022", title: "ISO/IEC 27001:2022 Annex A", version: "2022", publisher: "ISO/IEC", holds: Holds::Identifiers, source: "numbers typed by hand", baseline: None, facts: facts!("iso-27001-2022.tsv") },
    Framework { id: "cis-8.1", title: "CIS Critical Security Controls", version: "8.1", publisher: "Center for Internet Security", holds: Holds::Identifiers, source: "numbers typed by hand", baseline: None, facts: facts!("cis-8.1.tsv") },
];

/// The framework with a name, in any letter case.
pub fn find(id: &str) -> Option<&'static Framework> {
    FRAMEWORKS.iter().find(|f| f.id.eq_ignore_ascii_case(id.trim()))
}

/// The names of all frameworks.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FRAMEWORKS.iter().map(|f| f.id)
}

impl Framework {
    /// Its controls, read on first use. For a baseline, the controls of the whole framework with its flags.
    pub fn index(&self) -> &'static Index {
        static READ: [OnceLock<Index>; FRAMEWORKS.len()] = [const { OnceLock::new() }; FRAMEWORKS.len()];
        // Baselines share the facts, and so the index, of their framework.
        let first = FRAMEWORKS.iter().position(|f| f.facts == self.facts).unwrap_or_default();
        READ[first].get_or_init(|| Index::from_facts(self.facts).unwrap_or_default())
    }

    /// It as an OSCAL catalogue without prose. `uuid` and `last-modified` are empty; whoever writes it fills them.
    pub fn catalog(&self) -> Catalog {
        form::catalog(self)
    }

    /// The facts as text, from which an identity of this version can be made.
    pub fn facts(&self) -> &'static str {
        self.facts
    }
}

#[cfg(test)]
mod tests;
