//! Findings of several tools that are one weakness.
//!
//! Each tool's looks open and close its own finding. Where two tools tell of the same vulnerability of the same package
//! on the same target, or of the same kind of mistake on the same line, they are witnesses of one weakness: it is
//! counted once, by the finding that stands for it. As many as the tool that tells of most has are counted, so that
//! what one tool tells apart stays apart.
//!
//! A pure function of all findings of a system: the order in which files came in does not matter.

use crate::finding::{FindingSort, FindingState};
use crate::snapshot::Findings;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What tools agree on when they tell of the same weakness.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SharedKey {
    /// The target, in small letters.
    target: String,
    /// Vulnerability ids or CWE numbers, sorted.
    ids: String,
    /// The package without namespace and version, or file and line.
    place: String,
}

/// The key of a finding by its target, subject line, and comma-separated vulnerability ids and CWE numbers. `None`:
/// nothing about it would be told in the same words by another tool.
pub fn shared_key(target: &str, subject: &str, vulnerabilities: &str, cwes: &str) -> Option<SharedKey> {
    let (ids, place) = if vulnerabilities.is_empty() {
        let (file, line) = subject.rsplit_once(':')?;
        line.parse::<u32>().ok().filter(|line| *line > 0)?;
        let file = file.replace('\\', "/");
        (listed(cwes.split(','))?, format!("{}:{line}", file.trim_start_matches("./")))
    } else {
        let all = || vulnerabilities.split(',').map(str::trim).filter(|id| !id.is_empty());
        // One vulnerability goes by its CVE ids where it has any: the other names differ from tool to tool.
        let ids = listed(all().filter(|id| id.starts_with("CVE-"))).or_else(|| listed(all()))?;
        let name = subject.rsplit_once(' ').map_or(subject, |(name, _)| name);
        (ids, bare(name))
    };
    Some(SharedKey { target: target.to_lowercase(), ids, place })
}

fn listed<'t>(words: impl Iterator<Item = &'t str>) -> Option<String> {
    let words: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.into_iter().collect::<Vec<_>>().join(","))
}

/// The name of a package without namespace or group, as tools shorten it.
pub fn bare(name: &str) -> String {
    let last = name.rsplit(['/', ':']).find(|part| !part.is_empty()).unwrap_or(name);
    last.to_ascii_lowercase().replace(['_', '.'], "-")
}

/// For every row the row that stands for its weakness, as a rule itself. Empty when each stands for itself.
pub fn standing_for(findings: &Findings) -> Vec<u32> {
    let rows = || (0..findings.len()).filter(|row| told_of(findings, *row));
    let mut tools = rows().map(|row| findings.tool[row]);
    let first = tools.next();
    if tools.all(|tool| Some(tool) == first) {
        return Vec::new();
    }
    let mut by_key: HashMap<SharedKey, Vec<usize>> = HashMap::new();
    for row in rows() {
        let text = |symbol| findings.text(symbol);
        let key = shared_key(
            text(findings.target[row]),
            text(findings.subject[row]),
            text(findings.vulnerabilities[row]),
            text(findings.cwes[row]),
        );
        if let Some(key) = key {
            by_key.entry(key).or_default().push(row);
        }
    }
    let mut stands: Vec<u32> = Vec::new();
    for mut rows in by_key.into_values() {
        rows.sort_unstable_by_key(|row| {
            (!counts(findings, *row), findings.text(findings.subject[*row]), *row)
        });
        let mut by_tool: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in rows {
            by_tool.entry(findings.text(findings.tool[row])).or_default().push(row);
        }
        let most = by_tool.values().map(Vec::len).max().unwrap_or_default();
        for nth in 0..most {
            let witnesses: Vec<usize> = by_tool.values().filter_map(|rows| rows.get(nth).copied()).collect();
            let Some(first) = foremost(findings, &witnesses).filter(|_| witnesses.len() > 1) else {
                continue;
            };
            if stands.is_empty() {
                stands.extend(0..findings.len() as u32);
            }
            witnesses.into_iter().for_each(|row| stands[row] = first as u32);
        }
    }
    stands
}

fn told_of(findings: &Findings, row: usize) -> bool {
    let state = findings.state[row];
    findings.sort[row] == FindingSort::Weakness && matches!(state, FindingState::Open | FindingState::Closed)
}

/// Open, and not set aside by the tool or its user.
fn counts(findings: &Findings, row: usize) -> bool {
    findings.state[row] == FindingState::Open && !findings.suppressed[row]
}

/// The witness that stands for the others: one that is open, the worst, the oldest.
fn foremost(findings: &Findings, witnesses: &[usize]) -> Option<usize> {
    witnesses.iter().copied().min_by_key(|row| {
        (!counts(findings, *row), Reverse(findings.severity[*row]), findings.state_since[*row], *row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_that_name_a_package_differently_mean_the_same() {
        let key = |subject: &str, ids: &str| shared_key("Web:1", subject, ids, "");
        assert_eq!(
            key("org.apache.logging.log4j:log4j-core 2.14.1", "CVE-2021-44228,GHSA-jfh8-c2jp-5v3q"),
            key("log4j-core 2.14.1", "CVE-2021-44228")
        );
        assert_eq!(key("ruamel.yaml 0.15", "CVE-2019-20478"), key("ruamel-yaml 0.15", "CVE-2019-20478"));
        assert_ne!(key("log4j-core 2.14.1", "CVE-2021-44228"), key("log4j-core 2.14.1", "CVE-2021-45046"));
        assert_ne!(key("log4j-core 2.14.1", "CVE-2021-44228"), key("log4j-api 2.14.1", "CVE-2021-44228"));
        assert_eq!(
            key("lodash 4.17.20", "GHSA-35jh-r3h4-6jhm"),
            key("lodash 4.17.20", "GHSA-35jh-r3h4-6jhm")
        );
    }

    #[test]
    fn mistakes_in_code_are_the_same_by_line_and_kind() {
        let key = |subject: &str, cwes: &str| shared_key("shop", subject, "", cwes);
        assert_eq!(key("./app.py:12", "89"), key("app.py:12", "89"));
        assert_ne!(key("app.py:12", "89"), key("app.py:13", "89"));
        assert_ne!(key("app.py:12", "89"), key("app.py:12", "79"));
        assert_eq!(key("app.py:12", ""), None, "without a kind nothing says that they mean the same");
        assert_eq!(key("443/tcp", "89"), None);
        assert_eq!(key("app.py:0", "89"), None, "no line");
    }
}
