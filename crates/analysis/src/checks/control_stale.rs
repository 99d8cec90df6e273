//! Controls whose evidence has grown too old.

use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, create, import, listed};
use crate::status::Word;
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::posture::Source;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "control-stale",
        title: "Controls whose evidence has grown too old",
        why: "A control that was shown to hold long ago has to be shown again: people, versions and settings change.",
        source: "SP 800-53r5 CA-2, CA-7; SP 800-137 §3.2",
        false_positives: "A control that can not change by itself: a policy may give judgements a longer time.",
    },
    run,
};

/// Controls in scope of a word, by family.
pub(super) fn by_family<'a>(ctx: &Context<'a>, word: Word) -> BTreeMap<&'a str, Vec<usize>> {
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for control in ctx.judged.in_scope().filter(|control| ctx.judged.word(*control) == word) {
        families.entry(ctx.framework.controls()[control].family()).or_default().push(control);
    }
    families
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    for (family, controls) in by_family(ctx, Word::Stale) {
        let entries: Vec<_> = controls.iter().map(|control| &ctx.framework.controls()[*control]).collect();
        let labels: Vec<_> = entries.iter().map(|entry| entry.label.as_str()).collect();
        let ids: Vec<_> = entries.iter().map(|entry| entry.id.as_str()).collect();
        let verdicts =
            entries.iter().flat_map(|entry| entry.statements.clone().map(|at| ctx.judged.verdict(at)));
        let stale = verdicts.filter(|verdict| verdict.word == Word::Stale);
        let Some(since) = stale.map(|verdict| verdict.since).min() else { continue };
        let system = ctx.record().id.as_str();
        let subject = Source::Record { kind: "system".into(), id: system.into() };
        let draft = Draft::about(family, subject, Severity::Medium, since)
            .title(format!(
                "{}: evidence of {} is too old",
                family.to_uppercase(),
                count_of(ids.len(), "control", "controls")
            ))
            .why(format!(
                "The evidence for {} has been too old since {}.",
                listed(&labels),
                warrant_model::time::day(since)
            ))
            .controls(ids.iter().copied())
            .already_in_controls()
            .action(create(
                format!("Assess {} again", labels[0]),
                "assessment",
                &[("system", system), ("control", ids[0])],
            ))
            .action(import("Import a new benchmark result that names these controls", "benchmark result"));
        out.add(draft);
    }
}
