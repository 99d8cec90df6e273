//! Controls whose evidence has grown too old.

use crate::checks::{About, Check};
use crate::draft::{count_of, create, import, record_ground};
use crate::status::{Basis, Verdict, Word};
use crate::{Context, Out};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::posture::Ground;

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

/// Controls in scope that are wanted, by family.
pub(super) fn by_family<'a>(
    ctx: &Context<'a>,
    wanted: impl Fn(&usize) -> bool,
) -> BTreeMap<&'a str, Vec<usize>> {
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for control in ctx.judged.in_scope().filter(wanted) {
        families.entry(ctx.framework.controls()[control].family()).or_default().push(control);
    }
    families
}

/// The families with the most controls first: `AC 12, AU 4 and 3 more families`.
pub(super) fn shares(ctx: &Context<'_>, families: &BTreeMap<&str, Vec<usize>>) -> String {
    let mut shares: Vec<_> =
        families.iter().map(|(family, controls)| (controls.as_slice(), *family)).collect();
    shares.sort_by_key(|(controls, family)| (Reverse(controls.len()), *family));
    let share = |(controls, family): &(&[usize], &str)| match controls {
        [one] => ctx.framework.controls()[*one].label.clone(),
        several => format!("{} {}", family.to_uppercase(), several.len()),
    };
    let shown: Vec<_> = shares.iter().take(4).map(share).collect();
    match families.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {}", shown.join(", "), count_of(more, "more family", "more families")),
    }
}

/// A ground for each family, with every control of it.
pub(super) fn family_grounds(
    ctx: &Context<'_>,
    families: &BTreeMap<&str, Vec<usize>>,
    at: Timestamp,
) -> Vec<Ground> {
    let ground = |(family, controls): (&&str, &Vec<usize>)| {
        let labels = controls.iter().map(|control| ctx.framework.controls()[*control].label.as_str());
        let labels: Vec<_> = labels.collect();
        let says = format!("{}: {}", family.to_uppercase(), labels.join(", "));
        record_ground(says, at, "system", &ctx.record().id)
    };
    families.iter().map(ground).collect()
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    // What has grown stale at a provider is told of there, and of relying on it by a check of its own.
    let own =
        |verdict: &Verdict| verdict.word == Word::Stale && !matches!(verdict.basis, Basis::Inherited(_));
    let verdicts_of = |control: usize| {
        ctx.framework.controls()[control].statements.clone().map(|at| ctx.judged.verdict(at))
    };
    let stale = |control: &usize| {
        ctx.judged.word(*control) == Word::Stale && verdicts_of(*control).any(|verdict| own(&verdict))
    };
    let families = by_family(ctx, stale);
    let controls = || families.values().flatten().map(|control| &ctx.framework.controls()[*control]);
    let verdicts = controls().flat_map(|control| control.statements.clone().map(|at| ctx.judged.verdict(at)));
    let stale = verdicts.filter(own);
    let (Some(since), Some(first)) = (stale.map(|verdict| verdict.since).min(), controls().next()) else {
        return;
    };
    let number = controls().count();
    let system = ctx.record().id.as_str();
    let draft = ctx
        .of_system(Severity::Medium, since)
        .title(format!("Evidence of {} is too old", count_of(number, "control", "controls")))
        .why(format!(
            "The first has been too old since {}: {}.",
            warrant_model::time::day(since),
            shares(ctx, &families)
        ))
        .controls(controls().map(|control| control.id.as_str()))
        .grounds_of_each(family_grounds(ctx, &families, since))
        .extent(number)
        .already_in_controls()
        .action(create(
            format!("Assess {} again", first.label),
            "assessment",
            &[("system", system), ("control", &first.id)],
        ))
        .action(import("Import a new benchmark result that names these controls", "benchmark result"));
    out.add(draft);
}
