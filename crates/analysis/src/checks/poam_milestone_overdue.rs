//! A step of a plan is late while the plan itself is not yet due.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, listed};
use crate::plans::is_open;
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-milestone-overdue",
        title: "POA&M milestone overdue",
        why: "A late step is the first sign that the plan as a whole will be late.",
        source: "SP 800-53r5 CA-5 a",
        false_positives: "A step that was done and not ticked: enter the day it was done.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for item in ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body)) {
        // Once the item itself is late, its steps say nothing new.
        if item.body.due.is_some_and(|due| ctx.over(due)) {
            continue;
        }
        let undone = item.body.milestones.iter().filter(|milestone| milestone.done.is_none());
        let dated = undone.filter_map(|milestone| Some((milestone.due?, milestone.title.as_str())));
        let mut late: Vec<_> = dated.filter(|(due, _)| ctx.over(*due)).collect();
        late.sort_unstable();
        let Some((first, _)) = late.first().copied() else { continue };
        let titles: Vec<_> = late.iter().map(|(_, title)| *title).collect();
        let draft = Draft::of_record("poam_item", &item.id, Severity::Low, end_of(first))
            .title(fit("\u{201c}", &item.body.title, &format!("\u{201d}: a step was due on {first}")))
            .why(format!(
                "{} of {} milestones late: {}.",
                late.len(),
                item.body.milestones.len(),
                listed(&titles)
            ))
            .due(Some(first))
            .controls(["ca-5_smt.a"])
            .controls(item.body.controls.iter().cloned())
            .owner(ctx.falls_to(&[item.body.owner.as_ref()]))
            .poam_item(&item.id)
            .action(edit("Enter the day it was done, or a new day", "poam_item", &item.id, &["milestones"]));
        out.add(draft);
    }
}
