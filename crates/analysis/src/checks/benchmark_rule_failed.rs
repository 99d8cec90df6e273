//! Targets fail benchmark rules.
//!
//! The rules of a benchmark that are of high severity are gathered, and so are the lesser ones, with a ground for each.

use super::remediation::{figures, gather, mix, open_since, targets_of};
use crate::checks::{About, Check};
use crate::draft::{Draft, count_of};
use crate::groups::{Common, Group};
use crate::standings::by;
use crate::title::{fit, place};
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "benchmark-rule-failed",
        title: "Benchmark rules failed",
        why: "A setting that departs from the agreed configuration is a way in that was known and left.",
        source: "SP 800-53r5 CM-6; SP 800-70r4",
        false_positives: "A setting that is met another way: mark the rule in the checklist, with the reason.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let findings = &ctx.snapshot.findings;
    let mut tiers: BTreeMap<(Tier, &str), Vec<Group<'_>>> = BTreeMap::new();
    for group in &ctx.groups().rules {
        let Common::Rule(benchmark, _) = group.common else { continue };
        let tier = if group.severity(findings) < Severity::High { Tier::Lesser } else { Tier::Serious };
        tiers.entry((tier, benchmark)).or_default().push(group.clone());
    }
    for ((tier, benchmark), groups) in tiers {
        if let Some(draft) = tell(ctx, tier, benchmark, &groups) {
            out.add(draft);
        }
    }
}

/// Rules of one benchmark that are told together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// Of critical and high severity.
    Serious,
    /// Of any other.
    Lesser,
}

impl Tier {
    fn word(self) -> &'static str {
        match self {
            Self::Serious => "high",
            Self::Lesser => "lesser",
        }
    }
}

fn tell<'a>(ctx: &Context<'a>, tier: Tier, benchmark: &str, groups: &[Group<'a>]) -> Option<Draft> {
    let findings = &ctx.snapshot.findings;
    // A benchmark that gives no severity does not make its failures harmless.
    let severity = groups.iter().map(|group| group.severity(findings).max(Severity::Low)).max()?;
    let since = groups.iter().map(|group| open_since(findings, group)).min()?;
    let due = groups.iter().flat_map(|group| &group.rows).map(|row| by(ctx, *row)).min()?;
    let targets = targets_of(findings, groups);
    let place = place(&targets);
    let draft = gather(ctx, &format!("{}:{benchmark}", tier.word()), groups, severity, since)?.due(Some(due));
    if let [one] = groups {
        let title = fit(&format!("Not met on {place}: "), one.name(findings), "");
        return Some(draft.title(title).why(format!("{}, to be met by {due}.", figures(ctx, one))));
    }
    let number = format!("{} {} rules failed on {place}", groups.len(), tier.word());
    let name = benchmark.replace('_', " ");
    let title = if name.is_empty() { number } else { fit("", &name, &format!(": {number}")) };
    let mix = mix(groups.iter().map(|group| group.severity(findings).max(Severity::Low)));
    let targets = count_of(targets.len(), "target", "targets");
    Some(draft.title(title).why(format!("{mix} on {targets}; the first to be met by {due}.")))
}
