//! Mapping: which controls a weakness or a failed rule bears on.
//!
//! What the file itself says comes first, then the declared table `content/mapping/weakness-controls.toml`, then
//! nothing: no guess. Ids are in catalogue form.

use crate::framework::{Framework, normal_id};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use warrant_model::fact::{CheckFact, Subject, WeaknessFact};

/// The declared table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The table's version.
    pub version: String,
    /// Where it comes from.
    pub provenance: String,
    /// Controls for a weakness in a package, beside those of its CWE.
    pub package: Vec<String>,
    /// Controls by CWE number.
    pub cwe: BTreeMap<String, Vec<String>>,
    /// Controls by tool, used when neither reference nor CWE leads anywhere.
    pub tool: BTreeMap<String, Vec<String>>,
}

const TEXT: &str = include_str!("../../../content/mapping/weakness-controls.toml");

static EMBEDDED: LazyLock<Mapping> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program and a test reads it")]
    toml::from_str(TEXT).expect("content/mapping/weakness-controls.toml is a mapping")
});

impl Mapping {
    /// Warrant's own table.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }
}

/// Controls and statements that a weakness reported by a tool bears on, sorted, in catalogue form.
pub fn controls_for_weakness(fact: &WeaknessFact, tool: &str) -> Vec<String> {
    let own = referenced(&fact.controls);
    if !own.is_empty() {
        return own;
    }
    let mapping = Mapping::embedded();
    let cwes = fact.cwes.iter().filter_map(|cwe| mapping.cwe.get(&cwe.to_string()));
    let package = matches!(fact.subject, Subject::Package { .. }).then_some(&mapping.package);
    let declared: Vec<_> = cwes.chain(package).flatten().cloned().collect();
    if !declared.is_empty() {
        return sorted(declared);
    }
    sorted(mapping.tool.get(&tool.to_ascii_lowercase()).cloned().unwrap_or_default())
}

/// Controls and statements that a benchmark rule bears on: those it names itself, sorted, in catalogue form.
pub fn controls_for_check(fact: &CheckFact) -> Vec<String> {
    referenced(&fact.controls)
}

/// What references in any usual spelling lead to: CCIs through the catalogue's table, labels to ids. What is no
/// control of the framework is left out.
fn referenced(references: &[String]) -> Vec<String> {
    sorted(references.iter().flat_map(|reference| lead(reference)).collect())
}

fn lead(reference: &str) -> Vec<String> {
    let known = |id: &String| Framework::embedded().bearing(id).is_some();
    let targets = warrant_catalog::cci::cci(reference);
    if !targets.is_empty() {
        return targets.iter().map(|target| target.id.to_owned()).filter(known).collect();
    }
    normal_id(reference).filter(known).into_iter().collect()
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::Severity;
    use warrant_model::fact::Outcome;

    fn weakness(subject: Subject) -> WeaknessFact {
        WeaknessFact {
            target: "web1".into(),
            subject,
            rule: "r".into(),
            title: "t".into(),
            severity: Severity::High,
            vulnerabilities: Vec::new(),
            cwes: Vec::new(),
            cvss_vector: None,
            cvss_score: None,
            exploit: None,
            remedy: None,
            fixed_version: None,
            controls: Vec::new(),
            detail: None,
            suppressed: false,
        }
    }

    fn rule(controls: &[&str]) -> CheckFact {
        CheckFact {
            target: "web1".into(),
            benchmark: "b".into(),
            rule: "r".into(),
            title: "t".into(),
            outcome: Outcome::Fail,
            severity: Severity::Medium,
            controls: controls.iter().map(|id| (*id).to_owned()).collect(),
            remedy: None,
            detail: None,
        }
    }

    #[test]
    fn every_control_of_the_table_exists() {
        let mapping = Mapping::embedded();
        assert!(!mapping.version.is_empty() && !mapping.provenance.is_empty());
        let lists = mapping.cwe.values().chain(mapping.tool.values()).chain([&mapping.package]);
        for id in lists.flatten() {
            let bearing = Framework::embedded().bearing(id);
            assert!(bearing.is_some(), "{id} is no control");
            assert_eq!(normal_id(id).as_ref(), Some(id), "{id} is not in catalogue form");
        }
        for cwe in mapping.cwe.keys() {
            assert!(cwe.parse::<u32>().is_ok(), "{cwe} is no CWE number");
        }
    }

    #[test]
    fn own_references_come_first() {
        let mut fact = weakness(Subject::Host { port: 0, protocol: String::new() });
        fact.cwes = vec![89];
        let declared = controls_for_weakness(&fact, "nessus");
        assert!(declared.contains(&"si-10".to_owned()), "{declared:?}");
        fact.controls = vec!["AC-2 (1)".into(), "no control".into()];
        assert_eq!(controls_for_weakness(&fact, "nessus"), ["ac-2.1"]);
    }

    #[test]
    fn packages_bear_on_flaw_remediation_and_nothing_is_guessed() {
        let package = Subject::Package {
            purl: String::new(),
            name: "openssl".into(),
            version: "3".into(),
            location: String::new(),
        };
        assert_eq!(controls_for_weakness(&weakness(package), "unheard-of"), ["ra-5", "si-2"]);
        let host = Subject::Host { port: 443, protocol: "tcp".into() };
        assert!(controls_for_weakness(&weakness(host), "unheard-of").is_empty());
    }

    #[test]
    fn labels_lead_to_the_statement_they_name() {
        assert_eq!(controls_for_check(&rule(&["CM-6 b", "ZZ-99", "AC-02(01)"])), ["ac-2.1", "cm-6_smt.b"]);
        assert_eq!(controls_for_check(&rule(&["CCI-000366"])), ["cm-6_smt.b"]);
    }
}
