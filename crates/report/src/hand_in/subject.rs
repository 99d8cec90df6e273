//! What a hand-in is made of, and what is found out about it once for all formats.

use crate::tables::TitleOf;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_model::RecordId;
use warrant_model::fact::{AssetFact, CheckFact, Place};
use warrant_model::hash::ContentHash;
use warrant_model::kind::Record;
use warrant_model::kinds::{Exception, PoamItem, System};
use warrant_model::posture::{ControlStatus, Posture, Source};
use warrant_model::snapshot::{Findings, SystemSnapshot};

/// The newest result of a benchmark rule, as the file says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The finding it is a sighting of.
    pub finding: String,
    /// The result.
    pub fact: CheckFact,
    /// The tool that looked.
    pub tool: String,
    /// When it looked.
    pub at: Timestamp,
    /// The file.
    pub evidence: ContentHash,
    /// Where in it.
    pub place: Place,
}

/// A control or statement that another system takes from this one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provided {
    /// The control or statement, as the other system writes it.
    pub control: String,
    /// The other system's name.
    pub customer: String,
    /// Whether the other system does a part itself.
    pub part: CustomerPart,
}

/// What is left to a system that takes a control from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CustomerPart {
    /// Nothing: it inherits.
    Nothing,
    /// A share.
    Some,
}

/// A system with what tools and people say about it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// The system at an instant.
    pub snapshot: &'a SystemSnapshot,
    /// Its posture at that instant.
    pub posture: &'a Posture,
    /// POA&M items as they read when they were first written, by id.
    pub originals: &'a BTreeMap<RecordId, PoamItem>,
    /// The newest result of every benchmark rule, ordered by target, benchmark and rule.
    pub checks: &'a [Checked],
    /// Assets as the newest looks at them describe them.
    pub assets: &'a [AssetFact],
    /// The status of every control of the tailored baseline, in catalogue order; empty unless the format reads them.
    pub controls: &'a [ControlStatus],
    /// Other systems that provide controls to this one, as far as the reader may see them.
    pub providers: &'a BTreeMap<RecordId, System>,
    /// What other systems take from this one, as far as the reader may see them.
    pub provided: &'a [Provided],
    /// Titles of linked records.
    pub title_of: &'a TitleOf<'a>,
    /// Controls that a control correlation identifier (`CCI-000366`) stands for.
    pub controls_of_cci: &'a dyn Fn(&str) -> Vec<String>,
}

impl std::fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("system", &self.snapshot.system.id).finish_non_exhaustive()
    }
}

/// Which findings a POA&M item plans to end, by the names it gives and by the deficiencies it plans.
pub(super) struct Planned<'a> {
    by_name: HashMap<String, Vec<usize>>,
    seen: Seen<'a>,
}

impl<'a> Planned<'a> {
    pub(super) fn of(findings: &'a Findings) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for row in 0..findings.len() {
            let own = [findings.id[row], findings.rule[row], findings.benchmark[row]];
            let own = own.map(|symbol| findings.text(symbol));
            let vulnerabilities = findings.text(findings.vulnerabilities[row]).split(',');
            let names: BTreeSet<String> = own.into_iter().chain(vulnerabilities).map(name).collect();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                by_name.entry(name).or_default().push(row);
            }
        }
        Self { by_name, seen: Seen::of(findings) }
    }

    /// Rows of the findings of an item, in order.
    pub(super) fn rows(&self, item: &Record<PoamItem>, posture: &Posture) -> Vec<usize> {
        let mut rows: BTreeSet<usize> = BTreeSet::new();
        for named in &item.body.findings {
            rows.extend(self.by_name.get(&name(named)).into_iter().flatten());
        }
        let planned = posture.deficiencies.iter().filter(|deficiency| {
            item.body.deficiencies.contains(&deficiency.id)
                || deficiency.poam_item.as_deref() == Some(item.id.as_str())
        });
        for ground in planned.flat_map(|deficiency| &deficiency.grounds) {
            rows.extend(self.seen.rows(&ground.source));
        }
        rows.into_iter().collect()
    }
}

/// Which findings a ground shows: by id, or by the place in a file where the newest look saw them.
pub(super) struct Seen<'a> {
    by_id: HashMap<&'a str, Vec<usize>>,
    by_place: HashMap<(&'a str, u32, &'a str), Vec<usize>>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(findings: &'a Findings) -> Self {
        let mut seen = Self { by_id: HashMap::new(), by_place: HashMap::new() };
        for row in 0..findings.len() {
            let [id, evidence, pointer] = [findings.id[row], findings.evidence[row], findings.pointer[row]]
                .map(|text| findings.text(text));
            seen.by_id.entry(id).or_default().push(row);
            seen.by_place.entry((evidence, findings.line[row], pointer)).or_default().push(row);
        }
        seen
    }

    pub(super) fn rows<'s>(&'s self, source: &'s Source) -> &'s [usize] {
        let rows = match source {
            Source::Finding { id } => self.by_id.get(id.as_str()),
            Source::Evidence { evidence, place } => {
                self.by_place.get(&(evidence.as_str(), place.line, place.pointer.as_str()))
            }
            Source::Record { .. } => None,
        };
        rows.map_or(&[], Vec::as_slice)
    }
}

/// A name of a finding as names are compared: letter case, blanks and a STIG rule's revision aside.
fn name(text: &str) -> String {
    let text = text.trim().to_ascii_lowercase();
    let revised = text.strip_suffix("_rule").and_then(|bare| bare.rsplit_once('r'));
    match revised {
        Some((rule, revision)) if !rule.is_empty() && is_number(revision) => rule.to_owned(),
        _ => text,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How the checks begin whose deficiencies are findings: an exception for one of them accepts the findings.
const FINDING_CHECKS: [&str; 2] = ["vulnerability-", "benchmark-rule-failed"];

/// Findings that are lived with: those of deficiencies under an exception in force, with the exception. A deficiency
/// shows the first of its findings; others of the same tool and rule belong to it.
pub(super) fn accepted<'a>(subject: &Subject<'a>) -> HashMap<usize, &'a Record<Exception>> {
    let findings = &subject.snapshot.findings;
    let rule_of = |row: usize| (findings.tool[row], findings.rule[row]);
    let seen = Seen::of(findings);
    let mut by_rule = HashMap::new();
    for deficiency in &subject.posture.deficiencies {
        let Some(excepted) = &deficiency.excepted else { continue };
        let exceptions = &subject.snapshot.exceptions;
        let Some(exception) = exceptions.iter().find(|one| one.id.as_str() == excepted.exception) else {
            continue;
        };
        // Only deficiencies made of findings: a control's grounds are findings with lives of their own.
        if !FINDING_CHECKS.iter().any(|prefix| deficiency.check.starts_with(prefix)) {
            continue;
        }
        for row in deficiency.grounds.iter().flat_map(|ground| seen.rows(&ground.source)) {
            by_rule.entry(rule_of(*row)).or_insert(exception);
        }
    }
    let open = findings.open();
    open.filter_map(|row| Some((row, *by_rule.get(&rule_of(row))?))).collect()
}

/// Exceptions in force that cover a deficiency of the item.
pub(super) fn exceptions_of<'a>(subject: &Subject<'a>, item: &PoamItem) -> Vec<&'a Exception> {
    let today = warrant_model::time::day(subject.snapshot.as_of);
    let in_force = |exception: &&Exception| {
        exception.state == "approved" && exception.expires.is_some_and(|last| last >= today)
    };
    let covers = |exception: &&Exception| {
        exception.deficiency.as_ref().is_some_and(|id| item.deficiencies.contains(id))
    };
    subject.snapshot.exceptions.iter().map(|record| &record.body).filter(in_force).filter(covers).collect()
}

/// A control as catalogues print it: `AC-2(1)` for `ac-2.1`, `AC-2` for the statement `ac-2_smt.a`.
pub(super) fn control_shown(id: &str) -> String {
    let control = id.split("_smt").next().unwrap_or(id).to_ascii_uppercase();
    match control.split_once('.') {
        Some((base, enhancement)) if is_number(enhancement) => format!("{base}({enhancement})"),
        _ => control,
    }
}

/// Each thing once, in order of first mention.
pub(super) fn distinct<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| !text.trim().is_empty() && seen.insert(*text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_printed_as_catalogues_do() {
        for (id, shown) in
            [("ac-2.1", "AC-2(1)"), ("ac-2", "AC-2"), ("ac-2_smt.a", "AC-2"), ("AC-2(1)", "AC-2(1)")]
        {
            assert_eq!(control_shown(id), shown);
        }
    }

    #[test]
    fn names_compare_as_practitioners_write_them() {
        assert_eq!(name(" CVE-2021-44228 "), "cve-2021-44228");
        assert_eq!(name("SV-230221r858734_rule"), "sv-230221");
        assert_eq!(name("no_password_for_rule"), "no_password_for_rule");
    }
}
