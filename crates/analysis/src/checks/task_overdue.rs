//! A task is late.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::kinds::Task;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "task-overdue",
        title: "Task overdue",
        why: "Somebody was to do this by a day that has passed.",
        source: "SP 800-37r2 task M-4; SP 800-53r5 CA-7",
        false_positives: "Work that is done and not ticked: mark the task done.",
    },
    run,
};

/// Whether a task still asks for work.
pub(crate) fn is_open(task: &Task) -> bool {
    !matches!(task.state.as_str(), "done" | "dropped")
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    for task in ctx.snapshot.tasks.iter().filter(|task| is_open(&task.body)) {
        let Some(due) = task.body.due.filter(|due| ctx.over(*due)) else { continue };
        let draft = Draft::of_record("task", &task.id, Severity::Low, end_of(due))
            .title(format!("\u{201c}{}\u{201d} was due on {due}", task.body.title))
            .why(format!("The task was to be done by {due}."))
            .due(Some(due))
            .controls(["ca-7"])
            .owner(ctx.falls_to(&[task.body.assignee.as_ref()]))
            .action(edit("Do it and mark it done, or set a new day", "task", &task.id, &["state", "due"]));
        out.add(draft);
    }
}
