//! Groups of open findings: one package, plugin or rule across all its targets is one thing to do.
//!
//! A thousand findings of forty packages are forty deficiencies. Must not know of dates or policy.

use crate::policy::Exploit;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::Severity;
use warrant_model::finding::FindingSort;
use warrant_model::snapshot::Findings;

/// What findings of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Common<'a> {
    /// A package, whatever its version.
    Package(&'a str),
    /// A tool's rule or plugin.
    Plugin(&'a str, &'a str),
    /// A rule of a benchmark.
    Rule(&'a str, &'a str),
}

/// Rows of open findings by what they have in common.
#[derive(Debug, Default)]
pub(crate) struct Groups<'a> {
    /// Weaknesses.
    pub(crate) weaknesses: Vec<Group<'a>>,
    /// Failed benchmark rules.
    pub(crate) rules: Vec<Group<'a>>,
}

/// A group of open findings; rows in the order of finding ids.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    pub(crate) common: Common<'a>,
    pub(crate) rows: Vec<usize>,
}

/// Groups open, unsuppressed findings.
pub(crate) fn group(findings: &Findings) -> Groups<'_> {
    let mut by_common: BTreeMap<Common<'_>, Vec<usize>> = BTreeMap::new();
    for row in findings.open() {
        by_common.entry(common(findings, row)).or_default().push(row);
    }
    let mut groups = Groups::default();
    for (common, mut rows) in by_common {
        rows.sort_unstable_by_key(|row| findings.text(findings.id[*row]));
        let group = Group { common, rows };
        match common {
            Common::Rule(..) => groups.rules.push(group),
            _ => groups.weaknesses.push(group),
        }
    }
    groups
}

fn common(findings: &Findings, row: usize) -> Common<'_> {
    let rule = findings.text(findings.rule[row]);
    if findings.sort[row] == FindingSort::Check {
        return Common::Rule(findings.text(findings.benchmark[row]), rule);
    }
    package(findings.text(findings.subject[row]))
        .map_or(Common::Plugin(findings.text(findings.tool[row]), rule), Common::Package)
}

/// The package of a subject line `name version`, as [`warrant_model::fact::Subject::title`] writes it.
pub(crate) fn package(subject: &str) -> Option<&str> {
    let (name, version) = subject.rsplit_once(' ')?;
    let bare = version.strip_prefix('v').unwrap_or(version);
    let versioned = bare.starts_with(|first: char| first.is_ascii_digit());
    (versioned && !name.is_empty()).then(|| artefact(name))
}

/// A Maven artefact without its group, which some tools leave out: `org.example.io:codec` is `codec`. What stands
/// after the colon of a Debian package is its architecture and stays.
fn artefact(name: &str) -> &str {
    let label = |label: &str| label.starts_with(|first: char| first.is_ascii_alphabetic());
    match name.rsplit_once(':') {
        Some((group, artefact)) if !artefact.is_empty() => {
            let dotted = group.contains('.') && group.split('.').all(label);
            if dotted || group == artefact { artefact } else { name }
        }
        _ => name,
    }
}

impl<'a> Group<'a> {
    /// The part of the group's identity that does not change with its rows.
    pub(crate) fn key(&self) -> String {
        match self.common {
            Common::Package(name) => format!("package:{name}"),
            Common::Plugin(tool, rule) => format!("plugin:{tool}:{rule}"),
            Common::Rule(benchmark, rule) => format!("rule:{benchmark}:{rule}"),
        }
    }

    /// What people call it: the package, or the title of the worst finding.
    pub(crate) fn name(&self, findings: &'a Findings) -> &'a str {
        match self.common {
            Common::Package(name) => name,
            Common::Plugin(_, rule) | Common::Rule(_, rule) => {
                let title = findings.text(findings.title[self.worst(findings)]);
                if title.is_empty() { rule } else { title }
            }
        }
    }

    /// The row of the worst finding; ties go to the first id.
    pub(crate) fn worst(&self, findings: &Findings) -> usize {
        let worst = self.rows.iter().rev().max_by_key(|row| findings.severity[**row]);
        worst.copied().unwrap_or_default()
    }

    /// The highest severity.
    pub(crate) fn severity(&self, findings: &Findings) -> Severity {
        self.rows.iter().map(|row| findings.severity[*row]).max().unwrap_or_default()
    }

    /// What the tools know of exploits, at worst.
    pub(crate) fn exploit(&self, findings: &Findings) -> Exploit {
        self.rows.iter().map(|row| exploit_of(findings, *row)).max().unwrap_or_default()
    }

    /// The highest CVSS base score, when a tool gives one.
    pub(crate) fn cvss(&self, findings: &Findings) -> Option<f32> {
        let scores = self.rows.iter().map(|row| findings.cvss_score[*row]).filter(|score| !score.is_nan());
        scores.reduce(f32::max)
    }

    /// Targets, sorted.
    pub(crate) fn targets(&self, findings: &'a Findings) -> Vec<&'a str> {
        let targets: BTreeSet<_> = self.rows.iter().map(|row| findings.text(findings.target[*row])).collect();
        targets.into_iter().collect()
    }

    /// CVE and other ids, sorted.
    pub(crate) fn vulnerabilities(&self, findings: &'a Findings) -> Vec<&'a str> {
        let lists = self.rows.iter().flat_map(|row| findings.text(findings.vulnerabilities[*row]).split(','));
        let ids: BTreeSet<_> = lists.filter(|id| !id.is_empty()).collect();
        ids.into_iter().collect()
    }

    /// Controls its findings bear on, sorted.
    pub(crate) fn controls(&self, findings: &'a Findings) -> Vec<&'a str> {
        let controls: BTreeSet<_> = self.rows.iter().flat_map(|row| findings.controls_of(*row)).collect();
        controls.into_iter().collect()
    }

    /// The remedy of the worst finding that has one.
    pub(crate) fn remedy(&self, findings: &'a Findings) -> String {
        let fixed = self.rows.iter().map(|row| findings.text(findings.fixed_version[*row]));
        let fixed: BTreeSet<_> = fixed.filter(|version| !version.is_empty()).collect();
        if let (Common::Package(name), false) = (self.common, fixed.is_empty()) {
            let versions: Vec<_> = fixed.into_iter().collect();
            return format!("Update {name} to {}", versions.join(" or "));
        }
        let with_remedy = self.rows.iter().rev().filter(|row| findings.remedy[**row].0 != 0);
        let best = with_remedy.max_by_key(|row| findings.severity[**row]);
        match best.map(|row| first_line(findings.text(findings.remedy[*row]))) {
            Some(remedy) if !remedy.is_empty() => remedy.to_owned(),
            _ => format!("Remedy {}", self.name(findings)),
        }
    }
}

/// What is known of exploits of one finding.
fn exploit_of(findings: &Findings, row: usize) -> Exploit {
    match findings.exploit[row] {
        1 => Exploit::None,
        2 => Exploit::Known,
        _ => Exploit::Unknown,
    }
}

fn first_line(text: &str) -> &str {
    let line = text.trim().lines().next().unwrap_or_default();
    let end = line.char_indices().nth(160).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn a_subject_line_with_a_version_names_a_package() {
        assert_eq!(package("openssl 3.0.2-0ubuntu1"), Some("openssl"));
        assert_eq!(package("golang.org/x/net v0.7.0"), Some("golang.org/x/net"));
        assert_eq!(package("org.apache.logging.log4j:log4j-core 2.14.1"), Some("log4j-core"));
        assert_eq!(package("libpython3.11:amd64 3.11.2"), Some("libpython3.11:amd64"));
        assert_eq!(package("443/tcp"), None);
        assert_eq!(package("src/main.rs:12"), None);
        assert_eq!(package(""), None);
    }
}
