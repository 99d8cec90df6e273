//! Releases as tables for people.

use crate::output::{print, print_table};
use jiff::Timestamp;
use warrant_service::releases::{
    ChangeView, DeltaView, HitView, LifeView, Line, ReleaseView, Standing, Step, Target, Unassessed, Verdict,
};

/// Severity, score, and whether it is exploited.
pub(crate) fn severity(hit: &HitView) -> String {
    let word = hit.severity.map_or("unknown", |severity| severity.word());
    let score = hit.score.map(|score| format!(" {score:.1}")).unwrap_or_default();
    let exploited = if hit.exploited { " exploited" } else { "" };
    format!("{word}{score}{exploited}")
}

/// The release that brought it in and when that was made.
pub(crate) fn since(version: &str, at: Timestamp, perhaps: &[String]) -> String {
    let perhaps = perhaps.first().map(|earlier| format!(", perhaps {earlier}")).unwrap_or_default();
    format!("{version} of {}{perhaps}", at.strftime("%F"))
}

/// The release that is without it again.
pub(crate) fn fix(fixed_in: Option<&str>, reintroduced: &[String]) -> String {
    let back = match reintroduced {
        [] => String::new(),
        back => format!(", back in {}", back.join(", ")),
    };
    format!("{}{back}", fixed_in.unwrap_or("none yet"))
}

/// Where a package has to go.
pub(crate) fn step(step: &Step) -> String {
    let to = match &step.to {
        Target::Version(version) => version.clone(),
        Target::After(version) => format!("later than {version}"),
        Target::None => return format!("{}: no safe version known", step.from),
    };
    format!("{} → {to}", step.from)
}

fn verdict(release: &ReleaseView) -> &'static str {
    match release.ship.verdict {
        Verdict::Ship => "safe to ship",
        Verdict::Hold => "held back",
    }
}

/// A release in the list.
pub(super) fn row(line: &Line, release: &ReleaseView) -> Vec<String> {
    vec![
        line.system_name.clone(),
        line.component.clone(),
        release.version.clone(),
        release.at.strftime("%F").to_string(),
        if release.current { "in use" } else { "" }.to_owned(),
        release.found.iter().filter(|found| found.is_open()).count().to_string(),
        release.components.to_string(),
        release.not_assessed.to_string(),
        verdict(release).to_owned(),
    ]
}

/// A component's releases, then the life of each vulnerability.
pub(super) fn line(line: &Line) {
    let rows: Vec<Vec<String>> =
        line.releases.iter().map(|release| row(line, release)[2..].to_vec()).collect();
    print(&format!("{} of {}", line.component, line.system_name));
    print_table(&["release", "of", "", "to deal with", "parts", "not assessed", "verdict"], &rows);
    let life = |life: &LifeView| {
        vec![
            severity(&life.hit),
            life.hit.id.clone(),
            format!("{} {}", life.package.ecosystem, life.package.name),
            since(&life.introduced, life.since, &life.perhaps_since),
            match life.standings.last() {
                Some(Standing::NotAssessed { because }) => format!("not assessed: {because}"),
                _ => fix(life.fixed_in.as_deref(), &life.reintroduced),
            },
        ]
    };
    let rows: Vec<Vec<String>> = line.lives.iter().map(life).collect();
    if !rows.is_empty() {
        print("");
        print_table(&["severity", "vulnerability", "package", "introduced in", "fixed in"], &rows);
    }
}

/// One release: the verdict, what hits it, the way out, what could not be assessed.
pub(super) fn release(line: &Line, release: &ReleaseView) {
    ship(line, release);
    let rows: Vec<Vec<String>> = release
        .found
        .iter()
        .map(|found| {
            let decision = found.decision.as_ref().map(|decision| {
                let word = if decision.holds { "decided" } else { "reopened" };
                format!("{word}: {}", decision.because)
            });
            vec![
                severity(&found.hit),
                found.hit.id.clone(),
                found.package.name.clone(),
                found.version.clone(),
                if found.hit.fixed.is_empty() { "no fix known".into() } else { found.hit.fixed.join(", ") },
                decision.unwrap_or_default(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        print("");
        print_table(&["severity", "vulnerability", "package", "version", "fixed in", "decision"], &rows);
    }
    for cleared in &release.cleared {
        print(&format!(
            "{} {} {}: {} ({}, {})",
            cleared.id,
            cleared.package.name,
            cleared.version,
            cleared.status,
            cleared.because,
            cleared.document
        ));
    }
    let steps: Vec<Vec<String>> = release
        .steps
        .iter()
        .map(|one| vec![one.package.name.clone(), step(one), one.removes.join(", "), one.leaves.join(", ")])
        .collect();
    if !steps.is_empty() {
        print("\nsmallest safe steps");
        print_table(&["package", "step", "ends", "leaves open"], &steps);
    }
    unassessed(&release.unassessed);
}

fn unassessed(reasons: &[Unassessed]) {
    for reason in reasons {
        let more = if reason.components > reason.such_as.len() { ", …" } else { "" };
        let names = reason.such_as.join(", ");
        print(&format!("not assessed, {}: {} ({names}{more})", reason.because, reason.components));
    }
}

/// The verdict with its reasons.
pub(super) fn ship(line: &Line, release: &ReleaseView) {
    print(&format!("{} {}: {}", line.component, release.version, verdict(release)));
    for reason in &release.ship.reasons {
        let id = reason.id.as_deref().map(|id| format!("{id} ")).unwrap_or_default();
        print(&format!("  {id}{}: {}", reason.component, reason.because));
    }
    for reason in &release.ship.decided {
        print(&format!("  decided: {} {}", reason.id.as_deref().unwrap_or_default(), reason.because));
    }
}

fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Affected { versions } => versions.join(", "),
        Standing::NotAffected { versions, because } => format!("{}: {because}", versions.join(", ")),
        Standing::Absent => "removed".into(),
        Standing::NotAssessed { because } => format!("not assessed: {because}"),
    }
}

/// What is different between two releases.
pub(super) fn delta(component: &str, delta: &DeltaView) {
    print(&format!("{component} {} → {}", delta.from, delta.to));
    let mut rows = Vec::new();
    let mut add = |word: &str, changes: &[ChangeView]| {
        rows.extend(changes.iter().map(|change| {
            vec![
                word.to_owned(),
                severity(&change.hit),
                change.key.id.clone(),
                format!("{} {}", change.key.package.ecosystem, change.key.package.name),
                standing(&change.now),
            ]
        }));
    };
    add("introduced", &delta.introduced);
    add("fixed", &delta.fixed);
    add("still open", &delta.still_open);
    add("unknown", &delta.unknown);
    if !rows.is_empty() {
        print_table(&["change", "severity", "vulnerability", "package", "now"], &rows);
    }
    print(&format!(
        "{} introduced, {} fixed, {} still open, {} unknown; {} packages changed",
        delta.introduced.len(),
        delta.fixed.len(),
        delta.still_open.len(),
        delta.unknown.len(),
        delta.packages.len()
    ));
    unassessed(&delta.unassessed);
}
