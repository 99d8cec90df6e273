//! Findings came back after they had been closed.

use super::remediation::{gather, targets_of};
use crate::checks::{About, Check};
use crate::groups::Group;
use crate::title::{fit, place};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{day, from_micros};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "finding-reopened",
        title: "Findings came back",
        why: "What returns after a fix was fixed on one machine and not in the image or template it is built from.",
        source: "SP 800-53r5 SI-2, CM-3; SP 800-128",
        false_positives: "A target that could not be reached for one scan, so that the tool closed and opened it again.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let groups = ctx.groups();
    add(ctx, "weaknesses", &groups.weaknesses, out);
    add(ctx, "rules", &groups.rules, out);
}

fn add<'a>(ctx: &Context<'a>, what: &str, groups: &[Group<'a>], out: &mut Out) {
    let findings = &ctx.snapshot.findings;
    // An open finding has been open since it was first seen, unless it was something else in between.
    let back = |row: &usize| findings.state_since[*row] > findings.first_seen[*row];
    let returned = groups
        .iter()
        .map(|group| Group { common: group.common, rows: group.rows.iter().copied().filter(back).collect() });
    let returned: Vec<_> = returned.filter(|group| !group.rows.is_empty()).collect();
    let rows = || returned.iter().flat_map(|group| &group.rows);
    let instants = || rows().map(|row| findings.state_since[*row]);
    let (Some(first), Some(newest)) = (instants().min(), instants().max()) else { return };
    let worst = returned.iter().map(|group| group.severity(findings)).max().unwrap_or_default();
    let targets = targets_of(findings, &returned);
    let newest = day(from_micros(newest));
    let title = match returned.as_slice() {
        [one] => fit("", one.name(findings), &format!(" came back on {} on {newest}", place(&targets))),
        several => {
            let what = if what == "rules" { "settings" } else { what };
            format!("{} {what} came back on {}, newest {newest}", several.len(), place(&targets))
        }
    };
    let names: Vec<_> = returned.iter().map(|group| group.name(findings).trim_end_matches('.')).collect();
    let why = format!(
        "{} open again after having been closed or met: {}.",
        crate::draft::count_of(rows().count(), "finding is", "findings are"),
        crate::draft::listed(&names)
    );
    let severity = worst.clamp(Severity::Low, Severity::Medium);
    let Some(draft) = gather(ctx, what, &returned, severity, from_micros(first)) else { return };
    out.add(draft.title(title).why(why).already_in_controls());
}
