//! Judgements as tables for people and as JSON.

use crate::output::{print, print_table};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use warrant_advisory::database::Database;
use warrant_advisory::judge::{Answer, Hit};
use warrant_advisory::releases::{Change, Delta, Judged, Key, Life, Standing};
use warrant_advisory::ship::{ShipVerdict, Verdict};
use warrant_advisory::upgrade::{Step, Target};

/// A judged SBOM as JSON.
pub(super) fn document(path: &Path, judged: &Judged<'_, '_>) -> Value {
    let components = judged.iter().map(|(component, judgement)| {
        json!({"component": component, "because": judgement.because(), "judgement": judgement})
    });
    let mut document = counts(judged);
    document["file"] = json!(path);
    document["judgements"] = components.collect();
    document
}

/// How many components of a release got which answer.
pub(super) fn counts(judged: &Judged<'_, '_>) -> Value {
    json!({
        "release": judged.release.label,
        "components": judged.judgements.len(),
        "affected": judged.count(Answer::Affected),
        "not_affected": judged.count(Answer::NotAffected),
        "not_assessed": judged.count(Answer::NotAssessed),
    })
}

/// A judged SBOM for people: what is affected, then what could not be assessed and why.
pub(super) fn table(path: &Path, judged: &Judged<'_, '_>) {
    print(&format!("{} ({})", judged.release.label, path.display()));
    let mut rows = Vec::new();
    for (component, judgement) in judged.iter() {
        let name = judgement.package.as_ref().map_or(component.name.as_str(), |package| &package.name);
        let version = judgement.version.clone().unwrap_or_default();
        for (hit, kind) in judgement
            .affected
            .iter()
            .map(|hit| (hit, ""))
            .chain(judgement.notices.iter().map(|hit| (hit, hit.informational.unwrap_or("notice"))))
        {
            let severity = if kind.is_empty() { severity(hit) } else { kind.to_owned() };
            let fixed = if hit.fixed.is_empty() { "no fix known".into() } else { hit.fixed.join(", ") };
            rows.push(vec![severity, hit.id.into(), name.into(), version.clone(), fixed, short(hit.summary)]);
        }
        for cleared in &judgement.cleared {
            let why = cleared.justification.unwrap_or(cleared.explanation);
            let status = format!("cleared by {}: {why}", cleared.document);
            rows.push(vec![
                "cleared".into(),
                cleared.id.into(),
                name.into(),
                version.clone(),
                String::new(),
                status,
            ]);
        }
    }
    if !rows.is_empty() {
        print_table(&["severity", "vulnerability", "package", "version", "fixed in", "what"], &rows);
    }
    let mut open: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (component, judgement) in judged.iter() {
        for why in &judgement.not_assessed {
            open.entry(why.to_string()).or_default().push(&component.name);
        }
    }
    for (why, names) in open {
        let shown = names.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        let more = if names.len() > 5 { ", …" } else { "" };
        print(&format!("not assessed, {why}: {} ({shown}{more})", names.len()));
    }
    print(&format!(
        "{} components: {} affected, {} not affected, {} not assessed\n",
        judged.judgements.len(),
        judged.count(Answer::Affected),
        judged.count(Answer::NotAffected),
        judged.count(Answer::NotAssessed)
    ));
}

/// A sentence that fits behind the other columns.
fn short(text: &str) -> String {
    match text.char_indices().nth(72) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn severity(hit: &Hit<'_>) -> String {
    let word = hit.severity.map_or("unknown", |severity| severity.word());
    let score = hit.score.map(|score| format!(" {score:.1}")).unwrap_or_default();
    let exploited = if hit.exploited { " exploited" } else { "" };
    format!("{word}{score}{exploited}")
}

/// The age of each source.
pub(super) fn freshness(database: &Database) {
    for (name, source) in database.sources() {
        let newest =
            source.newest.map_or("age not said".to_owned(), |at| format!("newest {}", at.strftime("%F")));
        print(&format!("by {name}: {} entries, {newest}", source.entries));
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

fn package(key: &Key) -> String {
    format!("{} {}", key.package.ecosystem, key.package.name)
}

/// What changes between two releases.
pub(super) fn delta(delta: &Delta<'_>) {
    print(&format!("{} → {}", delta.from, delta.to));
    let mut rows = Vec::new();
    let mut add = |word: &str, changes: &[Change<'_>]| {
        for change in changes {
            let (id, package) = (change.key.id.clone(), package(&change.key));
            rows.push(vec![word.to_owned(), severity(&change.hit), id, package, standing(&change.now)]);
        }
    };
    add("introduced", &delta.introduced);
    add("fixed", &delta.fixed);
    add("still open", &delta.still_open);
    add("unknown", &delta.unknown);
    if !rows.is_empty() {
        print_table(&["change", "severity", "vulnerability", "package", "now"], &rows);
    }
    print(&format!(
        "{} introduced, {} fixed, {} still open, {} unknown; {} packages changed; {} components not assessed",
        delta.introduced.len(),
        delta.fixed.len(),
        delta.still_open.len(),
        delta.unknown.len(),
        delta.packages.len(),
        delta.not_assessed.len()
    ));
}

/// Releases with their counts, then the life of each vulnerability.
pub(super) fn timeline(judged: &[Judged<'_, '_>], lives: &[Life<'_>]) {
    let rows: Vec<Vec<String>> = judged
        .iter()
        .map(|judged| {
            let count = |answer| judged.count(answer).to_string();
            let all = judged.judgements.len().to_string();
            let (affected, open) = (count(Answer::Affected), count(Answer::NotAssessed));
            vec![judged.release.label.clone(), all, affected, open]
        })
        .collect();
    print_table(&["release", "components", "affected", "not assessed"], &rows);
    let rows: Vec<Vec<String>> = lives
        .iter()
        .map(|life| {
            let since = match life.perhaps_since.first() {
                Some(earlier) => format!("{} (perhaps {earlier})", life.introduced),
                None => life.introduced.clone(),
            };
            let mut fixed = life.fixed.clone().unwrap_or_else(|| match life.standings.last() {
                Some(Standing::NotAssessed { .. }) => "unknown".into(),
                _ => "open".into(),
            });
            if !life.reintroduced.is_empty() {
                fixed.push_str(&format!(", back in {}", life.reintroduced.join(", ")));
            }
            vec![severity(&life.hit), life.key.id.clone(), package(&life.key), since, fixed]
        })
        .collect();
    if !rows.is_empty() {
        print("");
        print_table(&["severity", "vulnerability", "package", "introduced in", "fixed in"], &rows);
    }
}

/// The smallest safe step of each component.
pub(super) fn steps(steps: &[Step]) {
    let rows: Vec<Vec<String>> = steps
        .iter()
        .map(|step| {
            let to = match &step.to {
                Target::Version(version) => version.clone(),
                Target::After(version) => format!("later than {version}"),
                Target::None => "no safe version known".into(),
            };
            let leaves = step.leaves.join(", ");
            let name = format!("{} {}", step.package.ecosystem, step.package.name);
            vec![name, step.from.clone(), to, step.removes.join(", "), leaves]
        })
        .collect();
    if !rows.is_empty() {
        print("\nsmallest safe upgrades of the last release");
        print_table(&["package", "from", "to", "ends", "leaves open"], &rows);
    }
}

/// The verdict on the last release.
pub(super) fn ship(label: &str, ship: &ShipVerdict) {
    let word = match ship.verdict {
        Verdict::Ship => "safe to ship",
        Verdict::Hold => "not safe to ship",
    };
    print(&format!("\n{label}: {word}"));
    for reason in &ship.reasons {
        let id = reason.id.as_deref().map(|id| format!("{id} ")).unwrap_or_default();
        print(&format!("  {id}{}: {}", reason.component, reason.because));
    }
    for reason in &ship.decided {
        print(&format!("  decided: {} {}", reason.id.as_deref().unwrap_or_default(), reason.because));
    }
}
