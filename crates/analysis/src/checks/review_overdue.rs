//! The system's definition was due for review.

use crate::checks::{About, Check};
use crate::draft::{edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "review-overdue",
        title: "System review overdue",
        why: "A definition nobody looked at again no longer describes the system that runs.",
        source: "SP 800-53r5 PL-2 c; SP 800-37r2 task M-1",
        false_positives: "A review that was done and not entered: set the next day.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    let Some(due) = system.review_due.filter(|due| ctx.over(*due)) else { return };
    let action =
        edit("Review the definition and set the next day", "system", &ctx.record().id, &["review_due"]);
    let draft = ctx
        .of_system(Severity::Low, end_of(due))
        .title(format!("Review of {} was due on {due}", system.name))
        .why(format!("Its definition was to be reviewed by {due}."))
        .due(Some(due))
        .controls(["pl-2_smt.c"])
        .action(taking(action, 1.0, 8.0));
    out.add(draft);
}
