//! What the checks on findings share: by when, since when, and how a group of findings is told.

use crate::context::ALL;
use crate::draft::{Draft, count_of, listed, remediate, taking};
use crate::groups::{Common, Group, exploit_of};
use crate::{Context, policy::Exploit};
use jiff::Timestamp;
use jiff::civil::Date;
use warrant_model::finding::FindingSort;
use warrant_model::hash::ContentHash;
use warrant_model::posture::Source;
use warrant_model::snapshot::Findings;
use warrant_model::time::{day, from_micros, plus_days};
use warrant_model::{Place, Severity};

/// The day by which policy wants a finding gone: counted from when it opened.
pub(super) fn by(ctx: &Context<'_>, row: usize) -> Date {
    let findings = &ctx.snapshot.findings;
    let exploit = exploit_of(findings, row);
    let exposure = ctx.system().exposure;
    let days = ctx.policy.remediation.days_for(findings.severity[row], exploit, exposure);
    day(plus_days(from_micros(findings.state_since[row]), i64::from(days)))
}

/// When the first of a group opened.
pub(super) fn open_since(findings: &Findings, group: &Group<'_>) -> Timestamp {
    group.rows.iter().map(|row| from_micros(findings.state_since[*row])).min().unwrap_or_default()
}

/// `on web1`, `on web1, web2 and 4 more`.
pub(super) fn on(targets: &[&str]) -> String {
    let more = targets.len().saturating_sub(2);
    match targets {
        [one, two, _, ..] => format!("on {one}, {two} and {more} more"),
        few => format!("on {}", few.join(" and ")),
    }
}

/// A deficiency made of a group of findings.
pub(super) fn describe<'a>(
    ctx: &Context<'a>,
    group: &Group<'a>,
    title: String,
    severity: Severity,
    since: Timestamp,
) -> Draft {
    let findings = &ctx.snapshot.findings;
    let worst = group.worst(findings);
    let place = Place::new(findings.line[worst], findings.text(findings.pointer[worst]));
    let evidence = ContentHash(findings.text(findings.evidence[worst]).to_owned());
    let targets = group.targets(findings);
    // The worst first, so that what is cut off is what matters least.
    let mut rows = group.rows.clone();
    rows.sort_by_key(|row| std::cmp::Reverse(findings.severity[*row]));
    let owner = targets.iter().find_map(|target| ctx.component_of_host(target)?.body.owner.as_ref());
    let where_ = if targets.len() == 1 { targets[0].to_owned() } else { listed(&targets) };
    let fix = taking(remediate(group.remedy(findings), where_), 0.5, 1.0 + 2.0 * targets.len() as f32);
    Draft::about(&group.key(), Source::Evidence { evidence, place }, severity, since)
        .title(title)
        .why(why(findings, group, targets.len()))
        .controls(standing_controls(findings, group).iter().copied())
        .controls(group.controls(findings))
        .objectives(ALL)
        .grounds(rows.iter().map(|row| ctx.finding_ground(*row)))
        .findings(&group.rows)
        .exploit(group.exploit(findings))
        .owner(ctx.falls_to(&[owner]))
        .action(fix)
}

fn standing_controls(findings: &Findings, group: &Group<'_>) -> &'static [&'static str] {
    match group.rows.first().map(|row| findings.sort[*row]) {
        Some(FindingSort::Check) => &["cm-6"],
        _ => &["ra-5", "si-2"],
    }
}

fn why(findings: &Findings, group: &Group<'_>, targets: usize) -> String {
    let number = count_of(group.rows.len(), "open finding", "open findings");
    let targets = count_of(targets, "target", "targets");
    let ids = group.vulnerabilities(findings);
    let ids = if ids.is_empty() { String::new() } else { format!(" ({})", listed(&ids)) };
    let score = group.rows.iter().map(|row| findings.cvss_score[*row]).filter(|score| !score.is_nan());
    let score = score.fold(f32::NAN, f32::max);
    let score = if score.is_nan() { String::new() } else { format!(", CVSS up to {score:.1}") };
    let exploit = match group.exploit(findings) {
        Exploit::Known => ", public exploit known",
        Exploit::Unknown | Exploit::None => "",
    };
    let rule = match group.common {
        Common::Rule(benchmark, rule) if !benchmark.is_empty() => format!("; rule {rule} of {benchmark}"),
        _ => String::new(),
    };
    format!("{number} on {targets}{ids}{score}{exploit}{rule}.")
}
