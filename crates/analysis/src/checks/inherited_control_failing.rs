//! Controls that a system takes from another do not hold there.

use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, listed, record_ground};
use crate::status::{Basis, Word, inherited_says};
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::snapshot::Inherited;
use warrant_model::{Objective, RecordId, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "inherited-control-failing",
        title: "Inherited controls that fail at the provider",
        why: "A control that others do for the system protects it only as long as it holds there; the system's owner answers for relying on it.",
        source: "SP 800-37r2 tasks P-5 and M-2; SP 800-53r5 CA-7",
        false_positives: "A control that the system does itself by now: say so in its implementation.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let mut failing: BTreeMap<&RecordId, Vec<(usize, &Inherited)>> = BTreeMap::new();
    for control in ctx.judged.in_scope() {
        for statement in ctx.framework.controls()[control].statements.clone() {
            let verdict = ctx.judged.verdict(statement);
            let fails = matches!(verdict.word, Word::OtherThanSatisfied | Word::Stale);
            if let (true, Basis::Inherited(row)) = (fails, verdict.basis) {
                let taken = &ctx.snapshot.inherited.statements[row];
                failing.entry(&taken.provider).or_default().push((control, taken));
            }
        }
    }
    failing
        .into_iter()
        .filter_map(|(provider, taken)| tell(ctx, provider, &taken))
        .for_each(|draft| out.add(draft));
}

fn tell(ctx: &Context<'_>, provider: &RecordId, taken: &[(usize, &Inherited)]) -> Option<Draft> {
    let since = taken.iter().map(|(_, one)| one.since).min()?;
    let mut numbers: Vec<usize> = taken.iter().map(|(control, _)| *control).collect();
    numbers.dedup();
    let controls: Vec<_> = numbers.iter().map(|number| &ctx.framework.controls()[*number]).collect();
    let labels: Vec<_> = controls.iter().map(|control| control.label.as_str()).collect();
    let serves =
        |objective: &Objective| controls.iter().any(|control| control.weights[*objective as usize] > 0.0);
    let objectives: Vec<_> = Objective::ALL.into_iter().filter(serves).collect();
    let name = &taken.first()?.1.name;
    let grounds = taken.iter().map(|(_, one)| {
        record_ground(format!("{}: {}", one.statement, inherited_says(one)), one.since, "system", provider)
    });
    let draft = ctx
        .of_system(Severity::Medium, since)
        .keyed(provider.as_str())
        .title(format!(
            "{} taken from {name} {} there",
            count_of(controls.len(), "control", "controls"),
            if controls.len() == 1 { "fails" } else { "fail" }
        ))
        .why(format!(
            "{}: other than satisfied or too old at {name} since {}.",
            listed(&labels),
            warrant_model::time::day(since)
        ))
        .controls(controls.iter().map(|control| control.id.as_str()))
        .objectives(&objectives)
        .grounds_of_each(grounds)
        .extent(controls.len())
        .already_in_controls();
    Some(draft)
}
