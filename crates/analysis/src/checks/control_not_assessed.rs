//! Controls of the baseline about which nothing is known.

use super::control_stale::by_family;
use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, create, import, listed};
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
    for (family, controls) in by_family(ctx, Word::NotAssessed) {
        let entries: Vec<_> = controls.iter().map(|control| &ctx.framework.controls()[*control]).collect();
        let labels: Vec<_> = entries.iter().map(|entry| entry.label.as_str()).collect();
        let ids: Vec<_> = entries.iter().map(|entry| entry.id.as_str()).collect();
        let title = family.to_uppercase();
        let record = ctx.record();
        let system = record.id.as_str();
        let subject = warrant_model::posture::Source::Record { kind: "system".into(), id: system.into() };
        let draft = Draft::about(family, subject, Severity::Low, ctx.operating_since())
            .title(format!("{title}: {} not assessed", count_of(ids.len(), "control", "controls")))
            .why(format!("No judgement, check result or finding says whether {} hold.", listed(&labels)))
            .controls(ids.iter().copied())
            .already_in_controls()
            .action(create(
                format!("Assess {}", labels[0]),
                "assessment",
                &[("system", system), ("control", ids[0])],
            ))
            .action(import("Import a benchmark result that names these controls", "benchmark result"));
        out.add(draft);
    }
}
