//! Targets fail a benchmark rule.

use super::remediation::{by, describe, on, open_since};
use crate::checks::{About, Check};
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "benchmark-rule-failed",
        title: "Benchmark rule failed",
        why: "A setting that departs from the agreed configuration is a way in that was known and left.",
        source: "SP 800-53r5 CM-6; SP 800-70r4",
        false_positives: "A setting that is met another way: mark the rule in the checklist, with the reason.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let findings = &ctx.snapshot.findings;
    for group in &ctx.groups().rules {
        // A benchmark that gives no severity does not make its failures harmless.
        let severity = group.severity(findings).max(Severity::Low);
        let title = format!("{}: failed {}", group.name(findings), on(&group.targets(findings)));
        let due = group.rows.iter().map(|row| by(ctx, *row)).min();
        out.add(describe(ctx, group, title, severity, open_since(findings, group)).due(due));
    }
}
