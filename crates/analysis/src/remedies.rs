//! Remedies: what one piece of work would close, how long it takes, and which POA&M item plans it.

use crate::context::Context;
use crate::framework::Framework;
use crate::groups::{Common, Group};
use crate::horizon::Horizon;
use crate::plans::Plans;
use crate::policy::{Exploit, Policy};
use crate::posture::deficiency_id;
use crate::standings::{by, exploit_of};
use crate::status::Judged;
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::snapshot::SystemSnapshot;

/// A piece of work that closes findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// Stable within the system: what its findings have in common.
    pub key: String,
    /// What is done, an imperative sentence.
    pub title: String,
    /// Rows of the findings it closes, in the snapshot's table.
    pub rows: Vec<usize>,
    /// Targets it is done on, sorted.
    pub targets: Vec<String>,
    /// The worst of its findings.
    pub severity: Severity,
    /// Whether a public exploit is known for one of them.
    pub exploited: bool,
    /// The day by which policy wants the first of them gone; `None` for settings, which have no such day.
    pub due: Option<Date>,
    /// Person-hours, low to high.
    pub hours: (f64, f64),
    /// The open POA&M item that plans it: a record's id.
    pub item: Option<String>,
}

/// The checks whose deficiencies are groups of findings with one remedy.
const CHECKS: [&str; 4] = [
    "vulnerability-open",
    "vulnerability-past-sla",
    "vulnerability-known-exploited",
    "benchmark-rule-failed",
];

/// Person-hours of a remedy on so many targets, low to high: preparation, then up to two hours each.
pub(crate) fn effort(targets: usize) -> (f32, f32) {
    (0.5, 1.0 + 2.0 * targets as f32)
}

/// Every remedy of a system's open findings, in the order of their keys.
pub fn remedies(snapshot: &SystemSnapshot, policy: &Policy) -> Vec<Remedy> {
    let (framework, horizon) = (Framework::embedded(), Horizon::new(snapshot.as_of));
    let judged = Judged::of(snapshot, policy, framework, &horizon);
    let ctx = Context::new(snapshot, policy, framework, &judged, &horizon);
    let plans = Plans::of(&ctx);
    let groups = ctx.groups();
    let all = groups.weaknesses.iter().chain(&groups.rules);
    let by_key: BTreeMap<String, Remedy> =
        all.map(|group| (group.key(), remedy(&ctx, &plans, group))).collect();
    by_key.into_values().collect()
}

fn remedy(ctx: &Context<'_>, plans: &Plans<'_>, group: &Group<'_>) -> Remedy {
    let findings = &ctx.snapshot.findings;
    let key = group.key();
    let targets = group.targets(findings);
    let (low, high) = effort(targets.len());
    let due = match group.common {
        Common::Rule(..) => None,
        Common::Package(_) | Common::Plugin(..) => group.rows.iter().map(|row| by(ctx, *row)).min(),
    };
    let ids = CHECKS.map(|check| deficiency_id(check, ctx.record().id.as_str(), &key));
    Remedy {
        title: group.remedy(findings),
        rows: group.rows.clone(),
        targets: targets.into_iter().map(str::to_owned).collect(),
        severity: group.severity(findings),
        exploited: exploit_of(ctx, group) >= Exploit::Known,
        due,
        hours: (low.into(), high.into()),
        item: plans.item_of_group(&ids, &group.rows).map(|id| id.as_str().to_owned()),
        key,
    }
}
