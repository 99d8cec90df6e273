//! A finding came back after it had been closed.

use super::remediation::{describe, on};
use crate::checks::{About, Check};
use crate::groups::Group;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{day, from_micros};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "finding-reopened",
        title: "Finding came back",
        why: "What returns after a fix was fixed on one machine and not in the image or template it is built from.",
        source: "SP 800-53r5 SI-2, CM-3; SP 800-128",
        false_positives: "A target that could not be reached for one scan, so that the tool closed and opened it again.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let findings = &ctx.snapshot.findings;
    let groups = ctx.groups();
    for group in groups.weaknesses.iter().chain(&groups.rules) {
        // An open finding has been open since it was first seen, unless it was something else in between.
        let back = |row: &usize| findings.state_since[*row] > findings.first_seen[*row];
        let rows: Vec<_> = group.rows.iter().copied().filter(back).collect();
        let Some(newest) = rows.iter().map(|row| findings.state_since[*row]).max() else { continue };
        let returned = Group { common: group.common, rows };
        let since = from_micros(newest);
        let severity = returned.severity(findings).clamp(Severity::Low, Severity::Medium);
        let place = on(&returned.targets(findings));
        let title = format!("{} {place} came back on {}", returned.name(findings), day(since));
        out.add(describe(ctx, &returned, title, severity, since).already_in_controls());
    }
}
