//! What the checks on findings share: since when, and how a group of findings is told.

use crate::context::ALL;
use crate::draft::{Draft, count_of, listed, remediate, taking};
use crate::groups::{Common, Group};
use crate::remedies::effort;
use crate::standings::{Stage, Standing, exploit_of};
use crate::title::{fit, place};
use crate::{Context, policy::Exploit};
use jiff::Timestamp;
use warrant_model::finding::FindingSort;
use warrant_model::hash::ContentHash;
use warrant_model::posture::Source;
use warrant_model::priority::Decision;
use warrant_model::snapshot::Findings;
use warrant_model::time::{end_of, from_micros};
use warrant_model::{Place, Severity};

/// When the first of a group opened.
pub(super) fn open_since(findings: &Findings, group: &Group<'_>) -> Timestamp {
    group.rows.iter().map(|row| from_micros(findings.state_since[*row])).min().unwrap_or_default()
}

/// A deficiency made of a group of findings that have one remedy.
pub(super) fn describe<'a>(
    ctx: &Context<'a>,
    group: &Group<'a>,
    title: String,
    severity: Severity,
    since: Timestamp,
) -> Draft {
    let findings = &ctx.snapshot.findings;
    let targets = group.targets(findings);
    // The worst first, so that what is cut off is what matters least.
    let mut rows = group.rows.clone();
    rows.sort_by_key(|row| std::cmp::Reverse(findings.severity[*row]));
    let where_ = if targets.len() == 1 { targets[0].to_owned() } else { listed(&targets) };
    let (low, high) = effort(targets.len());
    let fix = taking(remediate(group.remedy(findings), where_), low, high);
    Draft::about(&group.key(), place_of(findings, group.worst(findings)), severity, since)
        .title(title)
        .why(format!("{}.", figures(ctx, group)))
        .controls(standing_controls(findings, group).iter().copied())
        .controls(group.controls(findings))
        .objectives(ALL)
        .grounds(rows.iter().map(|row| ctx.finding_ground(*row)))
        .findings(&group.rows)
        .exploit(exploit_of(ctx, group))
        .decision(decision_of(ctx, group))
        .cvss(group.cvss(findings))
        .extent(targets.len())
        .owner(owner(ctx, &targets))
        .action(fix)
}

/// A deficiency that gathers groups of one sort which are alike and each have a remedy of their own. Every group is
/// seen in a ground of its own.
pub(super) fn gather<'a>(
    ctx: &Context<'a>,
    key: &str,
    groups: &[Group<'a>],
    severity: Severity,
    since: Timestamp,
) -> Option<Draft> {
    let findings = &ctx.snapshot.findings;
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.severity(findings)), group.common));
    let worst = groups.first()?;
    let targets = targets_of(findings, groups.iter().copied());
    let grounds = groups.iter().map(|group| {
        let mut ground = ctx.finding_ground(group.worst(findings));
        if let more @ 1.. = group.targets(findings).len() - 1 {
            ground.says.push_str(&format!(" and {}", count_of(more, "more target", "more targets")));
        }
        ground
    });
    let rows: Vec<_> = groups.iter().flat_map(|group| group.rows.iter().copied()).collect();
    let (low, high) = effort(rows.len());
    let draft = Draft::about(key, place_of(findings, worst.worst(findings)), severity, since)
        .controls(standing_controls(findings, worst).iter().copied())
        .objectives(ALL)
        .grounds_of_each(grounds)
        .findings(&rows)
        .planned_by_all()
        .exploit(groups.iter().map(|group| exploit_of(ctx, group)).max().unwrap_or_default())
        .decision(groups.iter().filter_map(|group| decision_of(ctx, group)).max())
        .cvss(groups.iter().filter_map(|group| group.cvss(findings)).reduce(f32::max))
        .extent(groups.len().max(targets.len()))
        .owner(owner(ctx, &targets))
        .action(taking(remediate(worst.remedy(findings), listed(&worst.targets(findings))), low, high));
    Some(groups.iter().fold(draft, |draft, group| draft.controls(group.controls(findings))))
}

/// The weaknesses below high severity of a system that stand alike, as one deficiency.
pub(super) fn gather_lesser<'a>(ctx: &Context<'a>, lesser: &[&Standing<'a>]) -> Option<Draft> {
    let findings = &ctx.snapshot.findings;
    let severity = lesser.iter().map(|one| one.severity).max()?;
    let due = lesser.iter().map(|one| one.due).min()?;
    let groups: Vec<_> = lesser.iter().map(|one| one.group.clone()).collect();
    let targets = targets_of(findings, &groups);
    let late = lesser.iter().any(|one| one.stage == Stage::Late);
    let (since, date, must) = if late {
        (end_of(due), format!("first was due {due}"), "was to be gone by")
    } else {
        let since = groups.iter().map(|group| open_since(findings, group)).min()?;
        (since, format!("first due {due}"), "must be gone by")
    };
    let title = match groups.as_slice() {
        [one] => {
            let date = date.trim_start_matches("first ");
            fit("", one.name(findings), &format!(" on {} \u{2014} {date}", place(&targets)))
        }
        several => format!("{} lesser weaknesses on {} \u{2014} {date}", several.len(), place(&targets)),
    };
    let why = format!(
        "{} in {} on {}; the first {must} {due}.",
        mix(lesser.iter().map(|one| one.severity)),
        count_of(groups.iter().map(|group| group.rows.len()).sum(), "open finding", "open findings"),
        count_of(targets.len(), "target", "targets"),
    );
    Some(gather(ctx, "lesser", &groups, severity, since)?.title(title).why(why).due(Some(due)))
}

/// `4 of medium and 2 of low severity`: how many are of each severity, the worst first.
pub(super) fn mix(severities: impl Iterator<Item = Severity> + Clone) -> String {
    let of = |severity: Severity| match severities.clone().filter(|each| *each == severity).count() {
        0 => None,
        number => Some(format!("{number} of {severity}")),
    };
    let parts: Vec<_> = Severity::DESCENDING.into_iter().filter_map(of).collect();
    format!("{} severity", parts.join(" and "))
}

/// Targets of some groups, sorted.
pub(super) fn targets_of<'a: 'g, 'g>(
    findings: &'a Findings,
    groups: impl IntoIterator<Item = &'g Group<'a>>,
) -> Vec<&'a str> {
    let mut targets: Vec<_> = groups.into_iter().flat_map(|group| group.targets(findings)).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn place_of(findings: &Findings, row: usize) -> Source {
    let place = Place::new(findings.line[row], findings.text(findings.pointer[row]));
    Source::Evidence { evidence: ContentHash(findings.text(findings.evidence[row]).to_owned()), place }
}

/// The most urgent decision about one of a group's weaknesses.
fn decision_of(ctx: &Context<'_>, group: &Group<'_>) -> Option<Decision> {
    group.rows.iter().filter_map(|row| ctx.priority(*row)).map(|priority| priority.decision).max()
}

fn owner(ctx: &Context<'_>, targets: &[&str]) -> Option<warrant_model::RecordId> {
    let owner = targets.iter().find_map(|target| ctx.component_of_host(target)?.body.owner.as_ref());
    ctx.falls_to(&[owner])
}

fn standing_controls(findings: &Findings, group: &Group<'_>) -> &'static [&'static str] {
    match group.rows.first().map(|row| findings.sort[*row]) {
        Some(FindingSort::Check) => &["cm-6"],
        _ => &["ra-5", "si-2"],
    }
}

/// `3 open findings on 2 targets (CVE-2021-44228), CVSS up to 10.0, a public exploit is known`.
pub(super) fn figures(ctx: &Context<'_>, group: &Group<'_>) -> String {
    let findings = &ctx.snapshot.findings;
    let number = count_of(group.rows.len(), "open finding", "open findings");
    let targets = match group.targets(findings).as_slice() {
        [one] => (*one).to_owned(),
        several => count_of(several.len(), "target", "targets"),
    };
    let ids = group.vulnerabilities(findings);
    let ids = if ids.is_empty() { String::new() } else { format!(" ({})", listed(&ids)) };
    let score = group.cvss(findings).map(|score| format!(", CVSS up to {score:.1}")).unwrap_or_default();
    let exploit = match exploit_of(ctx, group) {
        Exploit::Active => ", exploited in the wild",
        Exploit::Known => ", a public exploit is known",
        Exploit::Unknown | Exploit::None => "",
    };
    let rule = match group.common {
        Common::Rule(benchmark, rule) if !benchmark.is_empty() => format!("; rule {rule} of {benchmark}"),
        Common::Rule(..) | Common::Package(_) | Common::Plugin(..) => String::new(),
    };
    format!("{number} on {targets}{ids}{score}{exploit}{rule}")
}
