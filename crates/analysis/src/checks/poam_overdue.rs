//! A planned corrective action is late.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::plans::is_open;
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-overdue",
        title: "POA&M item overdue",
        why: "A plan whose day has passed protects nobody; the risk was accepted only until then.",
        source: "SP 800-53r5 CA-5 b; SP 800-37r2 task M-4",
        false_positives: "Work that is done and not reported: move the item to validation.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    // What waits for validation is late with the officer, not with the owner; another check tells of it.
    let working = |state: &str| state != "validating";
    for item in ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body) && working(&item.body.state))
    {
        let Some(due) = item.body.due.filter(|due| ctx.over(*due)) else { continue };
        let severity = item.body.severity.unwrap_or(Severity::Medium).max(Severity::Low);
        let open = item.body.milestones.iter().filter(|milestone| milestone.done.is_none()).count();
        let draft = Draft::of_record("poam_item", &item.id, severity, end_of(due))
            .title(fit("\u{201c}", &item.body.title, &format!("\u{201d} was due on {due}")))
            .why(format!(
                "The plan was to be done by {due}; {open} of {} milestones open.",
                item.body.milestones.len()
            ))
            .due(Some(due))
            .controls(["ca-5"])
            .controls(item.body.controls.iter().cloned())
            .owner(ctx.falls_to(&[item.body.owner.as_ref()]))
            .poam_item(&item.id)
            .action(edit("Report it done", "poam_item", &item.id, &["state", "validation"]))
            .action(edit("Agree on a new day, with the reason", "poam_item", &item.id, &["due", "comments"]));
        out.add(draft);
    }
}
