//! A control was judged other than satisfied and nobody plans to mend it.

use crate::checks::{About, Check};
use crate::draft::{Draft, create, record_ground};
use crate::plans::is_open;
use crate::status::{Basis, Word};
use crate::{Context, Out};
use std::collections::BTreeSet;
use warrant_model::posture::Source;
use warrant_model::time::start_of;
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "control-unsatisfied-without-plan",
        title: "Unsatisfied control without a plan",
        why: "An assessor found the control wanting; without a plan the finding stays on paper.",
        source: "SP 800-53r5 CA-5; SP 800-37r2 task A-6",
        false_positives: "A plan that does not name its controls: add the control to the POA&M item.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let open = ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body));
    let planned: BTreeSet<_> = open
        .flat_map(|item| &item.body.controls)
        .filter_map(|id| ctx.framework.bearing(id))
        .map(|bearing| bearing.control)
        .collect();
    for control in ctx.judged.in_scope().filter(|control| !planned.contains(control)) {
        let entry = &ctx.framework.controls()[control];
        let judged = |statement: usize| match ctx.judged.verdict(statement) {
            verdict if verdict.word != Word::OtherThanSatisfied => None,
            verdict => match verdict.basis {
                Basis::Assessment(row) => Some(&ctx.snapshot.assessments[row]),
                _ => None,
            },
        };
        let mut against: Vec<_> = entry.statements.clone().filter_map(judged).collect();
        against.sort_by_key(|record| (record.body.assessed_on, &record.id));
        against.dedup_by_key(|record| &record.id);
        let Some(first) = against.first() else { continue };
        let Some(day) = first.body.assessed_on else { continue };
        let objectives =
            Objective::ALL.into_iter().filter(|objective| entry.weights[*objective as usize] > 0.0);
        let objectives: Vec<_> = objectives.collect();
        let grounds = against.iter().map(|record| {
            let says = record.body.notes.as_deref().unwrap_or("judged other than satisfied");
            record_ground(
                says,
                record.body.assessed_on.map_or(record.updated_at, start_of),
                "assessment",
                &record.id,
            )
        });
        let system = ctx.record().id.as_str();
        let name = format!("{} {}", entry.label, entry.title);
        let subject = Source::Record { kind: "assessment".into(), id: first.id.as_str().into() };
        let draft = Draft::about(&entry.id, subject, Severity::Medium, start_of(day))
            .title(format!("{name} was judged other than satisfied and has no plan"))
            .why(format!("Judged on {day}; no open POA&M item names the control."))
            .controls([entry.id.as_str()])
            .objectives(&objectives)
            .grounds(grounds)
            .already_in_controls()
            .action(create(
                "Plan it in the POA&M",
                "poam_item",
                &[("system", system), ("title", &name), ("controls", &entry.id)],
            ));
        out.add(draft);
    }
}
