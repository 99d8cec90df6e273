//! Rank: a deficiency's place in the queue, 0 to 1000, with the factors that make it.
//!
//! `docs/ranking.md` explains it to people; the weights are policy. Must not know of particular checks.

use crate::context::Context;
use crate::draft::Draft;
use crate::policy::{Exploit, Policy};
use jiff::Timestamp;
use std::cmp::Ordering;
use warrant_model::Impact;
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::posture::{Deficiency, Rank};
use warrant_model::priority::Decision;
use warrant_model::time::plus_days;

/// The rank of a draft: 1000 × severity × exposure × criticality × exploit × decision × time × impact × CVSS ×
/// extent.
pub(crate) fn rank(draft: &Draft, excepted: Excepted, ctx: &Context<'_>) -> Rank {
    let weights = &ctx.policy.rank;
    let system = ctx.system();
    let impact = ctx.judged.categorisation.highest(&draft.objectives);
    let (time_word, time) = time_factor(draft, ctx.policy, |deadline| ctx.passed(deadline));
    let mut factors = vec![
        (format!("severity {}", draft.severity), 1000.0 * weights.severity.of(draft.severity)),
        (exposure_word(system.exposure).to_owned(), weights.exposure.of(system.exposure)),
        (criticality_word(system.criticality).to_owned(), weights.criticality.of(system.criticality)),
        (exploit_word(draft.exploit).to_owned(), weights.exploit.of(draft.exploit)),
        (decision_word(draft.decision).to_owned(), weights.decision.of(draft.decision)),
        (time_word.to_owned(), time),
        (impact_word(impact), weights.impact.of(impact)),
        (cvss_word(draft.cvss), weights.cvss.of(draft.cvss)),
        extent_factor(draft, ctx.policy),
    ];
    if excepted == Excepted::Yes {
        factors.push(("covered by an exception".to_owned(), weights.excepted));
    }
    Rank { score: product(&factors), factors }
}

/// The rank of a draft of no system: severity, time and extent alone.
pub(crate) fn rank_of_programme(draft: &Draft, policy: &Policy, passed: impl Fn(Timestamp) -> bool) -> Rank {
    let (time_word, time) = time_factor(draft, policy, passed);
    let severity = 1000.0 * policy.rank.severity.of(draft.severity);
    let factors = vec![
        (format!("severity {}", draft.severity), severity),
        (time_word.to_owned(), time),
        extent_factor(draft, policy),
    ];
    Rank { score: product(&factors), factors }
}

/// Whether an exception in force covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excepted {
    /// One does.
    Yes,
    /// None does.
    No,
}

/// The order of the queue: score, then severity, then the oldest, then check and id.
pub(crate) fn queue_order(left: &Deficiency, right: &Deficiency) -> Ordering {
    let score = right.rank.score.total_cmp(&left.rank.score);
    score
        .then_with(|| right.severity.cmp(&left.severity))
        .then_with(|| left.since.cmp(&right.since))
        .then_with(|| left.check.cmp(&right.check))
        .then_with(|| left.id.cmp(&right.id))
}

fn product(factors: &[(String, f32)]) -> f32 {
    // In double precision and rounded to a tenth, so that the order of multiplication cannot show.
    let product: f64 = factors.iter().map(|(_, factor)| f64::from(*factor)).product();
    ((product * 10.0).round() / 10.0) as f32
}

fn time_factor(draft: &Draft, policy: &Policy, passed: impl Fn(Timestamp) -> bool) -> (&'static str, f32) {
    let weights = &policy.rank.time;
    let end = draft.due.map(warrant_model::time::end_of);
    let soon = end.map(|end| plus_days(end, -i64::from(policy.warning.due_days)));
    let warning = &policy.warning;
    let past = |days: u32| end.is_some_and(|end| passed(plus_days(end, i64::from(days))));
    if past(0) {
        // From the nearest step on, so that the next one ahead is known to bound how long the rank holds.
        match past(warning.overdue_month_days) {
            false => ("overdue", weights.overdue),
            true if past(warning.overdue_quarter_days) => ("overdue by a quarter", weights.overdue_quarter),
            true => ("overdue by a month", weights.overdue_month),
        }
    } else if soon.is_some_and(&passed) {
        ("due soon", weights.soon)
    } else if passed(plus_days(draft.since, i64::from(policy.warning.old_days))) {
        ("of long standing", weights.old)
    } else {
        ("recent", weights.recent)
    }
}

fn extent_factor(draft: &Draft, policy: &Policy) -> (String, f32) {
    let word = match draft.extent {
        0 | 1 => "one place".to_owned(),
        number => format!("{number} places"),
    };
    (word, policy.rank.extent.of(draft.extent))
}

fn cvss_word(score: Option<f32>) -> String {
    score.map_or_else(|| "no CVSS score".to_owned(), |score| format!("CVSS {score:.1}"))
}

fn exposure_word(exposure: Option<Exposure>) -> &'static str {
    match exposure {
        Some(Exposure::Internet) => "reached from the internet",
        Some(Exposure::Partner) => "reached by partners",
        Some(Exposure::Internal) => "reached from inside only",
        Some(Exposure::Isolated) => "isolated",
        None => "exposure not stated",
    }
}

fn criticality_word(criticality: Option<Criticality>) -> &'static str {
    match criticality {
        Some(Criticality::Essential) => "essential to the mission",
        Some(Criticality::Important) => "important to the mission",
        Some(Criticality::Supporting) => "supporting the mission",
        None => "criticality not stated",
    }
}

fn exploit_word(exploit: Exploit) -> &'static str {
    match exploit {
        Exploit::Active => "exploited in the wild",
        Exploit::Known => "public exploit known",
        Exploit::Unknown => "exploit not known of",
        Exploit::None => "no public exploit",
    }
}

fn decision_word(decision: Option<Decision>) -> &'static str {
    match decision {
        Some(Decision::Immediate) => "to be acted on at once",
        Some(Decision::OutOfCycle) => "not to wait for the next maintenance",
        Some(Decision::Scheduled) => "to go with the next maintenance",
        Some(Decision::Defer) => "deferred",
        None => "no decision on a weakness",
    }
}

fn impact_word(impact: Option<Impact>) -> String {
    impact.map_or_else(|| "not categorised".to_owned(), |impact| format!("{impact} impact"))
}
