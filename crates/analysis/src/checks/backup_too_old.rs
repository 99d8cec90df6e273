//! The newest backup is older than what may be lost.

use super::backup::{needing, newest};
use crate::checks::{About, Check};
use crate::draft::{Draft, import, remediate, taking};
use crate::recovery::lost_after;
use crate::{Context, Out};
use warrant_model::fact::BackupAct;
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "backup-too-old",
        title: "Newest backup older than what may be lost",
        why: "If it were lost now, more would be gone than was agreed that may be.",
        source: "SP 800-53r5 CP-9; SP 800-34r1 §3.2.1 (recovery point objective)",
        false_positives: "A backup log that was not imported: import it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for (component, hours) in needing(ctx) {
        let Some(backup) = newest(ctx, component, BackupAct::Snapshot) else { continue };
        let since = lost_after(backup, hours);
        if !ctx.passed(since) {
            continue;
        }
        let name = &component.body.name;
        let at = backup.fact.at;
        let draft = Draft::of_record("component", &component.id, Severity::High, since)
            .title(format!("Newest backup of {name} is of {}", warrant_model::time::day(at)))
            .why(format!(
                "No more than {hours} hours of data may be lost; the newest successful backup is of {at}."
            ))
            .controls(["cp-9"])
            .objectives(&[Objective::Availability, Objective::Integrity])
            .grounds([super::backup::ground(backup)])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(
                remediate(format!("Find out why {name} is not backed up"), name.as_str()),
                1.0,
                8.0,
            ))
            .action(import(format!("Import the newest backup log of {name}"), "backup log"));
        out.add(draft);
    }
}
