//! A task of the programme is late.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::{About, task_overdue::is_open};
use crate::draft::{Draft, edit};
use crate::posture::Out;
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "programme-task-overdue",
        title: "Task of the programme overdue",
        why: "Somebody was to do this by a day that has passed.",
        source: "SP 800-53r5 PM-4, CA-7",
        false_positives: "Work that is done and not ticked: mark the task done.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    for task in ctx.programme.tasks.iter().filter(|task| is_open(&task.body)) {
        let Some(due) = task.body.due.filter(|due| ctx.over(*due)) else { continue };
        let draft = Draft::of_record("task", &task.id, Severity::Low, end_of(due))
            .title(format!("\u{201c}{}\u{201d} was due on {due}", task.body.title))
            .why(format!("The task was to be done by {due}."))
            .due(Some(due))
            .controls(["pm-4"])
            .owner(ctx.present(task.body.assignee.as_ref()).map(|person| person.id.clone()))
            .action(edit("Do it and mark it done, or set a new day", "task", &task.id, &["state", "due"]));
        out.add(draft);
    }
}
