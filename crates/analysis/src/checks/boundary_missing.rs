//! Nobody has said where the system ends.

use crate::checks::{About, Check};
use crate::draft::edit;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "boundary-missing",
        title: "Authorisation boundary not described",
        why: "What lies outside a boundary nobody drew is protected by nobody and assessed by nobody.",
        source: "SP 800-37r2 task P-11; SP 800-18r1 §2.1",
        false_positives: "A boundary that is described elsewhere: put one sentence and the reference here.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    if system.boundary.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        return;
    }
    let severity = if ctx.operational() { Severity::Medium } else { Severity::Low };
    let draft = ctx
        .of_system(severity, ctx.record().created_at)
        .title(format!("The boundary of {} is not described", system.name))
        .why(format!(
            "{} components and {} interconnections are recorded, but not what lies inside and what outside.",
            ctx.snapshot.components.len(),
            ctx.snapshot.interconnections.len()
        ))
        .controls(["pl-2", "cm-8"])
        .action(edit("Describe the authorisation boundary", "system", &ctx.record().id, &["boundary"]));
    out.add(draft);
}
