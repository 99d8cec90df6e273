//! Frameworks built into the program, by identifier, label and title; one line each in [`FRAMEWORKS`].
//!
//! They hold facts, not the publisher's sentences. Where the words are copyright of others, only numbers are
//! here ([`Holds::Identifiers`]), and users load their licensed text as an OSCAL catalogue, which works the
//! same everywhere.

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
const PCI: &str = "PCI Security Standards Council";
const CIS: &str = "Center for Internet Security";
const MAY_2026: &str = "NIST catalogue of May 2026";
const CCCS: &str = "Canadian Centre for Cyber Security";
const TWO_READINGS: &str = "what two public readings agree on, see the table";
const BY_HAND: &str = "numbers typed by hand";

/// All frameworks, in the order of lists.
#[rustfmt::skip]
pub const FRAMEWORKS: &[Framework] = &[
    R5,
    Framework { id: "800-53r5/low", baseline: Some(Baseline::Low), ..R5 },
    Framework { id: "800-53r5/moderate", baseline: Some(Baseline::Moderate), ..R5 },
    Framework { id: "800-53r5/high", baseline: Some(Baseline::High), ..R5 },
    Framework { id: "800-53r5/privacy", baseline: Some(Baseline::Privacy), ..R5 },
    titles("csf2", "Cybersecurity Framework", "2.0", facts!("csf2.tsv")).of(NIST, "oscal-content, May 2025"),
    titles("800-171r3", CUI, "3.0.0", facts!("800-171r3.tsv")).of(NIST, MAY_2026),
    titles("800-172r3", CUI_ENHANCED, "3.0.0", facts!("800-172r3.tsv")).of(NIST, MAY_2026),
    titles("800-218v1.1", SSDF, "1.1", facts!("800-218v1.1.tsv")).of(NIST, "typed; tasks by identifier"),
    titles("hipaa-security", HIPAA, "2013", facts!("hipaa-security.tsv")).of("HHS", "typed by hand"),
    identifiers("pci-dss-4.0.1", PCI_DSS, "4.0.1", facts!("pci-dss-4.0.1.tsv")).of(PCI, BY_HAND),
    identifiers("iso-27001-2022", ISO, "2022", facts!("iso-27001-2022.tsv")).of("ISO/IEC", BY_HAND),
    identifiers("itsp-10.033-01", ITSP, "2026", facts!("itsp-10.033-01.tsv")).of(CCCS, TWO_READINGS),
    identifiers("cis-8.1", "CIS Critical Security Controls", "8.1", facts!("cis-8.1.tsv")).of(CIS, BY_HAND),
];

const CUI: &str = "Protecting Controlled Unclassified Information (SP 800-171 revision 3)";
const CUI_ENHANCED: &str =
    "Enhanced Security Requirements for Controlled Unclassified Information (SP 800-172 revision 3)";
const SSDF: &str = "Secure Software Development Framework (SP 800-218)";
const HIPAA: &str = "HIPAA Security Rule, 45 CFR 164.308 to 164.316";
const PCI_DSS: &str = "Payment Card Industry Data Security Standard, without its appendices";
const ITSP: &str = "Suggested security and privacy controls and activities, medium impact (ITSP.10.033-01)";
const ISO: &str = "ISO/IEC 27001:2022 Annex A";

const R5: Framework = titles(
    "800-53r5",
    "Security and Privacy Controls for Information Systems and Organizations (SP 800-53 revision 5)",
    "5.0.1",
    facts!("800-53r5.tsv"),
)
.of(NIST, "NIST oscal-content, release 5.0.1; baselines of SP 800-53B");

const fn titles(
    id: &'static str,
    title: &'static str,
    version: &'static str,
    facts: &'static str,
) -> Framework {
    let holds = Holds::Titles;
    Framework { id, title, version, publisher: "", holds, source: "", baseline: None, facts }
}

const fn identifiers(
    id: &'static str,
    title: &'static str,
    version: &'static str,
    facts: &'static str,
) -> Framework {
    Framework { holds: Holds::Identifiers, ..titles(id, title, version, facts) }
}

/// The framework with a name, in any letter case.
pub fn find(id: &str) -> Option<&'static Framework> {
    FRAMEWORKS.iter().find(|f| f.id.eq_ignore_ascii_case(id.trim()))
}

/// The names of all frameworks.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FRAMEWORKS.iter().map(|f| f.id)
}

impl Framework {
    const fn of(self, publisher: &'static str, source: &'static str) -> Framework {
        Framework { publisher, source, ..self }
    }

    /// Its controls, read on first use. For a baseline, the controls of the whole framework with its flags.
    pub fn index(&self) -> &'static Index {
        static READ: [OnceLock<Index>; FRAMEWORKS.len()] = [const { OnceLock::new() }; FRAMEWORKS.len()];
        // Baselines share the facts, and so the index, of their framework.
        let first = FRAMEWORKS.iter().position(|f| f.facts == self.facts).unwrap_or_default();
        READ[first].get_or_init(|| Index::from_facts(self.facts).unwrap_or_default())
    }

    /// It as an OSCAL catalogue without prose. `uuid` and `last-modified` are empty; whoever writes it fills
    /// them.
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
