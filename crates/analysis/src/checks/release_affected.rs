//! A release in use holds a package that a published vulnerability hits, and no tool has told of it.
//!
//! Packages hit by something of high severity stand alone; the lesser ones of a release are gathered.

use super::remediation::mix;
use crate::checks::{About, Check};
use crate::context::ALL;
use crate::draft::{Draft, count_of, create, listed, remediate, taking};
use crate::groups::package;
use crate::policy::Exploit;
use crate::priority::{Late, Priority, Weakness, is_listable};
use crate::title::fit;
use crate::{Context, Out};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::Severity;
use warrant_model::finding::FindingState;
use warrant_model::posture::{CorrectiveAction, Source};
use warrant_model::snapshot::{HitPackage, HitVulnerability, ReleaseInUse, Upgrade};
use warrant_model::{Place, RecordId};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "release-affected",
        title: "Release in use is affected",
        why: "An advisory tells of a vulnerability in a part of a release that is in use, whether or not a scanner has \
              looked since it was published.",
        source: "SP 800-53r5 RA-5 a, SI-5; SP 800-161r1 RA-5; SP 800-218 RV.1",
        false_positives: "Code that is not reached, or another release in use: record a decision on the vulnerability, \
                          or the version on the component's record.",
    },
    run,
};

/// How bad a vulnerability is taken to be that no source rates.
const UNRATED: Severity = Severity::Medium;

/// A package in a release with what of it counts.
struct Standing<'a> {
    package: &'a HitPackage,
    /// Vulnerabilities that count, the most urgent first.
    hits: Vec<(&'a HitVulnerability, Priority)>,
    severity: Severity,
    due: Date,
    exploit: Exploit,
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    if ctx.snapshot.releases.is_empty() {
        return;
    }
    let told = told_by_tools(ctx);
    let mut met = BTreeMap::new();
    // A package can be there in several versions, and a component in several releases: each is told by itself.
    let mut add = |draft: Draft| {
        let nth = met.entry(draft.key.clone()).and_modify(|nth| *nth += 1).or_insert(1_usize);
        let key = format!("{}:{nth}", draft.key);
        out.add(if *nth > 1 { draft.keyed(&key) } else { draft });
    };
    for release in ctx.snapshot.releases.iter() {
        let standings = release.hit.iter().filter_map(|hit| standing(ctx, &told, hit));
        let (serious, lesser): (Vec<_>, Vec<_>) = standings.partition(|one| one.severity >= Severity::High);
        for one in &serious {
            add(alone(ctx, release, one));
        }
        if let Some(draft) = gathered(ctx, release, lesser) {
            add(draft);
        }
    }
}

/// What open findings tell of already, suppressed ones too: vulnerability and package.
fn told_by_tools<'a>(ctx: &Context<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let findings = &ctx.snapshot.findings;
    let mut told = BTreeSet::new();
    for row in findings.in_state(FindingState::Open) {
        let Some(name) = package(findings.text(findings.subject[row])) else { continue };
        let ids = findings.text(findings.vulnerabilities[row]).split(',').filter(|id| !id.is_empty());
        told.extend(ids.map(|id| (id, name)));
    }
    told
}

/// The name tools give a package: the artefact of a Maven one.
fn artefact(hit: &HitPackage) -> &str {
    match hit.ecosystem.as_str() {
        "Maven" => hit.name.rsplit_once(':').map_or(hit.name.as_str(), |(_, artefact)| artefact),
        _ => &hit.name,
    }
}

fn standing<'a>(
    ctx: &Context<'a>,
    told: &BTreeSet<(&str, &str)>,
    package: &'a HitPackage,
) -> Option<Standing<'a>> {
    let name = artefact(package);
    let counts = |hit: &&HitVulnerability| {
        let decided = hit.decided_until.is_some_and(|until| !ctx.passed(until));
        let told = || hit.ids.iter().any(|id| told.contains(&(id.as_str(), name)));
        !decided && !told()
    };
    let judged = |hit: &'a HitVulnerability| {
        Some((hit, ctx.judge().priority(&weakness(ctx, hit), |at| ctx.passed(at))?))
    };
    let mut hits: Vec<_> = package.vulnerabilities.iter().filter(counts).filter_map(judged).collect();
    let haste = |(hit, priority): &(&HitVulnerability, Priority)| {
        (priority.due.day, Reverse((priority.decision, hit.severity)), hit.id.clone())
    };
    hits.sort_by_key(haste);
    let (_, first) = hits.first()?;
    let exploit = hits.iter().map(|(_, priority)| priority.exploit).max()?;
    let least = if exploit >= Exploit::Known { Severity::High } else { Severity::None };
    let severity = hits.iter().map(|(hit, _)| hit.severity.unwrap_or(UNRATED)).max()?.max(least);
    Some(Standing { package, severity, due: first.due.day, exploit, hits })
}

fn weakness(ctx: &Context<'_>, hit: &HitVulnerability) -> Weakness {
    let ids = || hit.ids.iter().map(String::as_str);
    Weakness {
        severity: hit.severity.unwrap_or(UNRATED),
        exploit: None,
        automatable: None,
        signal: ctx.snapshot.signals.of(ids()),
        listable: ids().any(is_listable),
        open_since: hit.since,
    }
}

/// `due 2026-11-30`, `was due 2026-11-30`.
fn date(ctx: &Context<'_>, due: Date) -> String {
    if ctx.over(due) { format!("was due {due}") } else { format!("due {due}") }
}

fn alone(ctx: &Context<'_>, release: &ReleaseInUse, one: &Standing<'_>) -> Draft {
    let Standing { package, hits, severity, due, exploit } = one;
    let exploited = match exploit {
        Exploit::Active => "exploited in the wild, ",
        Exploit::Known => "exploit public, ",
        Exploit::Unknown | Exploit::None => "",
    };
    let name = format!("{} {}", artefact(package), package.version);
    let after = format!(" in {} \u{2014} {exploited}{}", of(release), date(ctx, *due));
    let ids: Vec<&str> = hits.iter().map(|(hit, _)| hit.id.as_str()).collect();
    let score = hits.iter().filter_map(|(hit, _)| hit.score).reduce(f32::max);
    let scored = score.map(|score| format!(", CVSS up to {score:.1}")).unwrap_or_default();
    let unrated = match hits.iter().filter(|(hit, _)| hit.severity.is_none()).count() {
        0 => String::new(),
        number => format!(", {number} rated by nobody"),
    };
    let sentence = hits.first().map_or_else(String::new, |(hit, priority)| {
        let late = if ctx.over(*due) { Late::Yes } else { Late::No };
        ctx.judge().sentence(priority, hit.severity.unwrap_or(UNRATED), late)
    });
    let number = count_of(hits.len(), "vulnerability", "vulnerabilities");
    let why = format!("{number} ({}){scored}{unrated}, told of by no tool. {sentence}", listed(&ids));
    let key = format!("{}:{}:{}", release.component, package.ecosystem, package.name);
    draft(ctx, release, &key, std::slice::from_ref(one))
        .title(fit("", &name, &after))
        .why(why)
        .due(Some(*due))
        .exploit(*exploit)
        .decision(hits.iter().map(|(_, priority)| priority.decision).max())
        .cvss(score)
        .controls(["si-2"])
        .actions(actions(ctx, release, one))
        .severity(*severity)
}

fn gathered(ctx: &Context<'_>, release: &ReleaseInUse, mut lesser: Vec<Standing<'_>>) -> Option<Draft> {
    if let [one] = lesser.as_slice() {
        return Some(alone(ctx, release, one));
    }
    let due = lesser.iter().map(|one| one.due).min()?;
    let severity = lesser.iter().map(|one| one.severity).max()?;
    lesser.sort_by_key(|one| (Reverse(one.severity), one.due));
    let names: Vec<String> =
        lesser.iter().map(|one| format!("{} {}", artefact(one.package), one.package.version)).collect();
    let hits = || lesser.iter().flat_map(|one| &one.hits);
    let why = format!(
        "{} in {}, told of by no tool: {}; the first {} {due}.",
        mix(hits().map(|(hit, _)| hit.severity.unwrap_or(UNRATED))),
        count_of(lesser.len(), "package", "packages"),
        listed(&names),
        if ctx.over(due) { "was to be gone by" } else { "must be gone by" },
    );
    let steps: Vec<&Standing<'_>> = lesser.iter().filter(|one| one.package.upgrade.is_some()).collect();
    let title =
        format!("{} lesser packages hit in {} \u{2014} first {}", lesser.len(), of(release), date(ctx, due));
    let draft = draft(ctx, release, &format!("{}:lesser", release.component), &lesser)
        .title(title)
        .why(why)
        .due(Some(due))
        .decision(hits().map(|(_, priority)| priority.decision).max())
        .cvss(hits().filter_map(|(hit, _)| hit.score).reduce(f32::max))
        .extent(lesser.len())
        .planned_by_all()
        .severity(severity);
    let title = match steps.len() {
        0 => "Look for a way around: no fixed version is known".to_owned(),
        number => format!("Take the smallest safe steps of {}", count_of(number, "package", "packages")),
    };
    Some(draft.action(taking(remediate(title, of(release)), 0.5, 1.0 + 0.5 * lesser.len() as f32)))
}

/// What deficiencies of a release share.
fn draft(ctx: &Context<'_>, release: &ReleaseInUse, key: &str, of: &[Standing<'_>]) -> Draft {
    let subject = match (release.records.first(), of.first()) {
        (Some(record), _) => Source::Record { kind: "component".to_owned(), id: record.as_str().to_owned() },
        (None, Some(one)) => place(ctx, one.package),
        (None, None) => Source::Record { kind: "system".to_owned(), id: ctx.record().id.as_str().to_owned() },
    };
    let hits = || of.iter().flat_map(|one| one.hits.iter().map(|(hit, _)| (one.package, *hit)));
    let since = hits().map(|(_, hit)| hit.since).min().unwrap_or_default();
    let grounds = hits().map(|(package, hit)| {
        let name = format!("{} {}", artefact(package), package.version);
        let says = format!("{}: {} ({name})", hit.id, hit.summary.trim_end_matches('.'));
        warrant_model::posture::Ground { says, at: release.at, source: place(ctx, package) }
    });
    let owner = release.records.iter().find_map(|id| owner(ctx, id));
    Draft::about(key, subject, Severity::None, since)
        .controls(["ra-5", "si-5"])
        .objectives(ALL)
        .grounds(grounds)
        .owner(ctx.falls_to(&[owner]))
}

fn owner<'a>(ctx: &Context<'a>, record: &RecordId) -> Option<&'a RecordId> {
    ctx.component(Some(record))?.body.owner.as_ref()
}

/// Where the bill lists a package.
fn place(ctx: &Context<'_>, package: &HitPackage) -> Source {
    let name = artefact(package);
    let version = Some(package.version.as_str());
    let parts = ctx.parts_of(name);
    let listed = parts
        .iter()
        .find(|part| part.evidence == package.evidence && part.fact.version.as_deref() == version);
    let place = listed.map_or_else(Place::default, |part| part.place.clone());
    Source::Evidence { evidence: package.evidence.clone(), place }
}

fn of(release: &ReleaseInUse) -> String {
    format!("{} {}", release.component, release.version)
}

fn actions(ctx: &Context<'_>, release: &ReleaseInUse, one: &Standing<'_>) -> Vec<CorrectiveAction> {
    let Standing { package, hits, .. } = one;
    let name = artefact(package);
    let leaves = match package.leaves {
        0 => String::new(),
        number => format!("; {} stay", count_of(number, "vulnerability", "vulnerabilities")),
    };
    let fix = match &package.upgrade {
        Some(Upgrade::To(version)) => {
            format!("Upgrade {name} from {} to {version}{leaves}", package.version)
        }
        Some(Upgrade::After(version)) => {
            format!("Upgrade {name} from {} to a version after {version}{leaves}", package.version)
        }
        None => format!("Replace {name} {} or shield it: no fixed version is known", package.version),
    };
    let mut actions = vec![taking(remediate(fix, of(release)), 0.5, 4.0)];
    if let [(hit, _)] = hits.as_slice() {
        let named = format!("{} {}", package.ecosystem, package.name);
        let with = [
            ("system", ctx.record().id.as_str()),
            ("vulnerability", hit.id.as_str()),
            ("package", named.as_str()),
            ("version", package.version.as_str()),
        ];
        actions.push(create("Record a decision on it", "vulnerability_decision", &with));
    }
    actions
}
