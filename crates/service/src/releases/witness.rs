//! What advisories say of a release in use beside what scanners report of it: where they differ, who is likely right.

use super::view::ReleaseView;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use warrant_advisory::database::Database;
use warrant_advisory::judge::{Component, Judgement};
use warrant_model::finding::FindingSort;
use warrant_model::level::Severity;
use warrant_model::snapshot::SystemSnapshot;

/// Advisories and scanners on one release.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Witnesses {
    /// The targets of scanners that the component record in use names.
    pub targets: Vec<String>,
    /// Tools that looked at them, with their newest look.
    pub looks: Vec<(String, Timestamp)>,
    /// Vulnerabilities of a package that both tell of.
    pub agreed: usize,
    /// Those that only one side tells of, worst first.
    pub disagreements: Vec<Disagreement>,
}

/// A vulnerability of a package that one side tells of and the other does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Its id.
    pub id: String,
    /// The package.
    pub package: String,
    /// How bad the side that tells of it holds it to be.
    pub severity: Severity,
    /// Scanners that report it; empty: only advisories tell of it.
    pub tools: Vec<String>,
    /// The finding of one of these scanners.
    pub finding: Option<String>,
    /// Who is likely right.
    pub likely: Side,
    /// Why.
    pub because: String,
}

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The advisories in force.
    Advisories,
    /// The scanner.
    Scanner,
    /// It cannot be told.
    Neither,
}

/// What scanners report of a vulnerability in a package.
#[derive(Default)]
struct Reported {
    ids: BTreeSet<String>,
    tools: BTreeSet<String>,
    finding: String,
    severity: Severity,
    version: String,
}

impl Service {
    /// What scanners report of the targets of a release in use, beside what advisories say of it. `None`: no component
    /// record says that the release is in use, so no target is known to be of it.
    pub async fn witnesses(
        &self,
        actor: &Actor,
        at: (&str, &str, &str),
    ) -> Result<Option<Witnesses>, ServiceError> {
        let (feed, line, nth) = self.release(actor, at).await?;
        let view = &line.releases[nth];
        let (Some(feed), false) = (feed, view.in_use.is_empty()) else { return Ok(None) };
        let snapshot = self.snapshot(actor, &line.system, None).await?;
        let mut shelf = self.shelf(actor, &line.system, &line.component).await?;
        shelf.releases.retain(|release| release.version == view.version);
        let bills = self.bills_of(&shelf, feed.leaf).await?;
        let judged = bills.judged(&feed.summary.ecosystems, self.question())?;
        let Some((judged, _)) = judged.first() else { return Ok(None) };
        let parts: Vec<(&Component, &Judgement<'_>)> = judged.iter().collect();
        let memory = self.advisories_in_memory().await?;
        let nothing = Database::default();
        let database = memory.as_ref().map_or(&nothing, |memory| &memory.database);
        Ok(Some(weigh(&snapshot, view, &parts, database)))
    }
}

/// The name of a package without namespace or group, as scanners shorten it.
fn bare(name: &str) -> String {
    let last = name.rsplit(['/', ':']).find(|part| !part.is_empty()).unwrap_or(name);
    last.to_ascii_lowercase().replace(['_', '.'], "-")
}

fn weigh(
    snapshot: &SystemSnapshot,
    view: &ReleaseView,
    parts: &[(&Component, &Judgement<'_>)],
    database: &Database,
) -> Witnesses {
    let records = snapshot.components.iter().filter(|one| view.in_use.iter().any(|id| id == one.id.as_str()));
    let targets: BTreeSet<String> = records
        .flat_map(|record| record.body.hostnames.iter().chain([&record.body.name]))
        .chain(view.files.iter().map(|file| &file.target))
        .map(|name| name.to_lowercase())
        .collect();
    let mut looks: BTreeMap<&str, Timestamp> = BTreeMap::new();
    for target in snapshot.targets.iter().filter(|target| targets.contains(&target.name.to_lowercase())) {
        let newest = looks.entry(&target.tool).or_insert(target.last_seen);
        *newest = (*newest).max(target.last_seen);
    }
    let reported = reported(snapshot, &targets);
    // A tool that never named a package with a vulnerability there does not look for such.
    let scanners: BTreeSet<&str> = reported.values().flat_map(|one| &one.tools).map(String::as_str).collect();
    let mut witnesses = Witnesses {
        targets: targets.into_iter().collect(),
        looks: looks
            .iter()
            .filter(|(tool, _)| scanners.contains(*tool))
            .map(|(tool, at)| ((*tool).to_owned(), *at))
            .collect(),
        ..Witnesses::default()
    };
    let newest_look = witnesses.looks.iter().map(|(_, at)| *at).max();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for found in &view.found {
        let names: BTreeSet<String> = parts
            .iter()
            .filter(|(_, judgement)| judgement.package.as_ref() == Some(&found.package))
            .map(|(component, _)| bare(&component.name))
            .chain([bare(&found.package.name)])
            .collect();
        let same: Vec<_> = reported
            .iter()
            .filter(|((_, package), one)| {
                names.contains(package) && found.hit.ids.iter().any(|id| one.ids.contains(id))
            })
            .collect();
        told.extend(same.iter().map(|((id, package), _)| (id.as_str(), package.as_str())));
        if !same.is_empty() {
            witnesses.agreed += 1;
            continue;
        }
        let changed = database.group(&found.hit.id).and_then(|group| {
            let advisories = group.advisories.iter().map(|at| &database.advisories()[*at as usize]);
            advisories.filter_map(|advisory| advisory.modified.or(advisory.published)).max()
        });
        let because = match (newest_look, changed) {
            (None, _) => "no scanner reports packages of this release".to_owned(),
            (Some(look), Some(changed)) if look < changed => format!(
                "the advisory is of {}, and no scanner has looked since {}",
                changed.strftime("%F"),
                look.strftime("%F")
            ),
            _ => format!("{} lies in the affected range, and scanners read other sources", found.version),
        };
        witnesses.disagreements.push(Disagreement {
            id: found.hit.id.clone(),
            package: format!("{} {}", found.package.name, found.version),
            severity: found.hit.severity.unwrap_or_default(),
            tools: Vec::new(),
            finding: None,
            likely: Side::Advisories,
            because,
        });
    }
    for ((id, package), one) in &reported {
        if told.contains(&(id.as_str(), package.as_str())) {
            continue;
        }
        let (likely, because) = who_is_right(one, package, parts, database, view);
        witnesses.disagreements.push(Disagreement {
            id: id.clone(),
            package: format!("{package} {}", one.version),
            severity: one.severity,
            tools: one.tools.iter().cloned().collect(),
            finding: Some(one.finding.clone()),
            likely,
            because,
        });
    }
    witnesses.disagreements.sort_by(|a, b| {
        b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)).then_with(|| a.package.cmp(&b.package))
    });
    witnesses
}

/// Open weaknesses of packages on some targets, by first id and package.
fn reported(snapshot: &SystemSnapshot, targets: &BTreeSet<String>) -> BTreeMap<(String, String), Reported> {
    let findings = &snapshot.findings;
    let mut reported: BTreeMap<(String, String), Reported> = BTreeMap::new();
    for row in findings.open().filter(|row| findings.sort[*row] == FindingSort::Weakness) {
        if !targets.contains(&findings.text(findings.target[row]).to_lowercase()) {
            continue;
        }
        let ids = findings.text(findings.vulnerabilities[row]).split(',').filter(|id| !id.is_empty());
        let ids: BTreeSet<String> = ids.map(str::to_owned).collect();
        let subject = findings.text(findings.subject[row]);
        let Some((name, version)) = subject.rsplit_once(' ') else { continue };
        // One vulnerability goes by its CVE id where it has one.
        let first = ids.iter().find(|id| id.starts_with("CVE-")).or_else(|| ids.first());
        let Some(first) = first.cloned() else { continue };
        let one = reported.entry((first, bare(name))).or_default();
        one.ids.extend(ids);
        one.tools.insert(findings.text(findings.tool[row]).to_owned());
        findings.text(findings.id[row]).clone_into(&mut one.finding);
        version.clone_into(&mut one.version);
        one.severity = one.severity.max(findings.severity[row]);
    }
    reported
}

/// Who is likely right when a scanner reports what advisories do not say of the release.
fn who_is_right(
    one: &Reported,
    package: &str,
    parts: &[(&Component, &Judgement<'_>)],
    database: &Database,
    view: &ReleaseView,
) -> (Side, String) {
    if let Some(cleared) = view.cleared.iter().find(|cleared| one.ids.contains(&cleared.id)) {
        let because =
            format!("{} says of this product: {} ({})", cleared.document, cleared.status, cleared.because);
        return (Side::Advisories, because.replace('_', " "));
    }
    let part = parts.iter().find(|(component, judgement)| {
        bare(&component.name) == package
            || judgement.package.as_ref().is_some_and(|known| bare(&known.name) == package)
    });
    let Some((_, judgement)) = part else {
        let because = "the bill does not list the package: what is in use differs from what was built";
        return (Side::Scanner, because.to_owned());
    };
    let version = judgement.version.as_deref().unwrap_or_default();
    if !version.is_empty() && version != one.version {
        let because =
            format!("the scanner saw {}, the bill says {version}: one is of another build", one.version);
        return (Side::Neither, because);
    }
    if let Some(why) = judgement.not_assessed.first() {
        return (Side::Scanner, format!("the advisories do not judge it: {why}"));
    }
    let group = one.ids.iter().find_map(|id| database.group(id));
    let ecosystem = judgement.package.as_ref().map_or("", |known| known.ecosystem.as_str());
    let names_it = group.is_some_and(|group| {
        let advisories = group.advisories.iter().map(|at| &database.advisories()[*at as usize]);
        let mut affected = advisories.flat_map(|advisory| &advisory.affected);
        affected.any(|affected| {
            judgement
                .package
                .as_ref()
                .is_some_and(|known| known.ecosystem == affected.ecosystem && known.name == affected.name)
        })
    });
    match (names_it, ecosystem.contains(':')) {
        (true, true) => {
            let because = format!(
                "{ecosystem} itself says that {version} is mended; scanners that compare with the maker's versions do not see that"
            );
            (Side::Advisories, because)
        }
        (true, false) => {
            (Side::Advisories, format!("{version} lies outside of the ranges that the advisory names"))
        }
        (false, _) if group.is_some() => {
            (Side::Neither, format!("the advisory in force names other packages than {package}"))
        }
        (false, _) => (Side::Scanner, "the advisories in force do not tell of it".to_owned()),
    }
}
