//! Controls were judged other than satisfied and nobody plans to mend them.

use crate::checks::{About, Check};
use crate::draft::{Draft, create, listed, record_ground};
use crate::framework::Control;
use crate::plans::is_open;
use crate::status::{Basis, Word};
use crate::title::fit;
use crate::{Context, Out};
use std::collections::BTreeSet;
use warrant_model::kind::Record;
use warrant_model::kinds::Assessment;
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
    let mut wanting: Vec<Wanting<'_>> = Vec::new();
    for number in ctx.judged.in_scope().filter(|control| !planned.contains(control)) {
        let control = &ctx.framework.controls()[number];
        let mut against: Vec<_> = control.statements.clone().filter_map(|at| judged(ctx, at)).collect();
        against.sort_by_key(|record| (record.body.assessed_on, &record.id));
        against.dedup_by_key(|record| &record.id);
        if !against.is_empty() {
            wanting.push((control, against));
        }
    }
    if let Some(draft) = tell(ctx, &wanting) {
        out.add(draft);
    }
}

/// A control and the judgements against it, the oldest first.
type Wanting<'a> = (&'a Control, Vec<&'a Record<Assessment>>);

/// The judgement that makes a statement other than satisfied.
fn judged<'a>(ctx: &Context<'a>, statement: usize) -> Option<&'a Record<Assessment>> {
    match ctx.judged.verdict(statement) {
        verdict if verdict.word != Word::OtherThanSatisfied => None,
        verdict => match verdict.basis {
            Basis::Assessment(row) => Some(&ctx.snapshot.assessments[row]),
            _ => None,
        },
    }
}

fn tell(ctx: &Context<'_>, wanting: &[Wanting<'_>]) -> Option<Draft> {
    let judgements = || wanting.iter().flat_map(|(_, against)| against.iter().copied());
    let days = judgements().filter_map(|record| record.body.assessed_on);
    let day = days.min()?;
    let labels: Vec<_> = wanting.iter().map(|(control, _)| control.label.as_str()).collect();
    let ids: Vec<_> = wanting.iter().map(|(control, _)| control.id.as_str()).collect();
    let serves =
        |objective: &Objective| wanting.iter().any(|(control, _)| control.weights[*objective as usize] > 0.0);
    let objectives: Vec<_> = Objective::ALL.into_iter().filter(serves).collect();
    let grounds = wanting.iter().flat_map(|(control, against)| {
        against.iter().map(|record| {
            let says = record.body.notes.as_deref().unwrap_or("judged other than satisfied");
            let at = record.body.assessed_on.map_or(record.updated_at, start_of);
            record_ground(format!("{}: {says}", control.label), at, "assessment", &record.id)
        })
    });
    let name = match wanting {
        [(control, _)] => format!("{} {}", control.label, control.title),
        several => format!("{} controls", several.len()),
    };
    let system = ctx.record().id.as_str();
    let draft = ctx
        .of_system(Severity::Medium, start_of(day))
        .title(fit("", &name, ": other than satisfied, without a plan"))
        .why(match wanting.len() {
            1 => format!("Judged on {day}; no open POA&M item names the control."),
            _ => format!("{}: first judged on {day}; no open POA&M item names them.", listed(&labels)),
        })
        .controls(ids.iter().copied())
        .objectives(&objectives)
        .grounds_of_each(grounds)
        .extent(wanting.len())
        .already_in_controls()
        .action(create(
            "Plan it in the POA&M",
            "poam_item",
            &[("system", system), ("title", &name), ("controls", &ids.join(" "))],
        ));
    Some(draft)
}
