//! A component that needs backups has none.

use super::backup::{needing, newest};
use crate::checks::{About, Check};
use crate::draft::{Draft, edit, import, remediate, taking};
use crate::{Context, Out};
use warrant_model::fact::BackupAct;
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "backup-missing",
        title: "No backup of a component that needs one",
        why: "What was never copied is lost with the first disk, mistake or extortion.",
        source: "SP 800-53r5 CP-9; SP 800-34r1 §3.4.2",
        false_positives: "A backup known under another name: add that name to the component's host names.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for (component, hours) in needing(ctx) {
        if newest(ctx, component, BackupAct::Snapshot).is_some() {
            continue;
        }
        let name = &component.body.name;
        let set_up = remediate(format!("Back {name} up at least every {hours} hours"), name.as_str());
        let draft = Draft::of_record("component", &component.id, Severity::High, component.created_at)
            .title(format!("No backup of {name} is known"))
            .why(format!(
                "No more than {hours} hours of data may be lost, and no successful backup is on record."
            ))
            .controls(["cp-9"])
            .objectives(&[Objective::Availability, Objective::Integrity])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(set_up, 4.0, 24.0))
            .action(import(format!("Import the backup log of {name}"), "backup log"))
            .action(edit(
                "Enter the name under which backups know it",
                "component",
                &component.id,
                &["hostnames"],
            ));
        out.add(draft);
    }
}
