//! Controls of the baseline about which nothing is known.

use super::control_stale::{by_family, family_grounds, shares};
use crate::checks::{About, Check};
use crate::draft::{count_of, create, import};
use crate::status::Word;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "control-not-assessed",
        title: "Controls not assessed",
        why: "A control that nobody looked at may or may not work; it can not count as met.",
        source: "SP 800-53Ar5 §3; SP 800-53r5 CA-2",
        false_positives: "Controls met by a provider: assess that they are used as the provider asks.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    if !ctx.operational() {
        return;
    }
    let families = by_family(ctx, |control| ctx.judged.word(*control) == Word::NotAssessed);
    let controls = || families.values().flatten().map(|control| &ctx.framework.controls()[*control]);
    let Some(first) = controls().next() else { return };
    let unknown = controls().count();
    let applicable = ctx.judged.counts().applicable() as usize;
    // Of a system of which less than half is known, nobody can say how it stands.
    let severity = if unknown * 2 > applicable { Severity::Medium } else { Severity::Low };
    let since = ctx.operating_since();
    let system = ctx.record().id.as_str();
    let draft = ctx
        .of_system(severity, since)
        .title(format!("{} of {applicable} not assessed", count_of(unknown, "control", "controls")))
        .why(format!(
            "No judgement, check result or finding says whether they hold: {}.",
            shares(ctx, &families)
        ))
        .controls(controls().map(|control| control.id.as_str()))
        .grounds_of_each(family_grounds(ctx, &families, since))
        .extent(unknown)
        .already_in_controls()
        .action(create(
            format!("Assess {}", first.label),
            "assessment",
            &[("system", system), ("control", &first.id)],
        ))
        .action(import("Import a benchmark result that names these controls", "benchmark result"));
    out.add(draft);
}
