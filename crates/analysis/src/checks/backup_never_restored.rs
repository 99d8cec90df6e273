//! No restore was tried within the time policy sets.

use super::backup::{ground, needing, newest, oldest};
use crate::checks::{About, Check};
use crate::draft::{Draft, import, remediate, taking};
use crate::{Context, Out};
use warrant_model::fact::BackupAct;
use warrant_model::time::{day, plus_days};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "backup-never-restored",
        title: "Backup not restored in a test",
        why: "A backup nobody ever restored is a hope: formats, keys and people are missing on the day.",
        source: "SP 800-53r5 CP-9(1), CP-4; SP 800-34r1 §3.5",
        false_positives: "A restore that was done by hand: import its log or a roster row of the exercise.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.freshness.restore_test_days;
    for (component, _) in needing(ctx) {
        // Without any backup there is nothing to restore; another check tells of that.
        let Some(first) = oldest(ctx, component, BackupAct::Snapshot) else { continue };
        let restored = newest(ctx, component, BackupAct::Restore);
        let name = &component.body.name;
        let (severity, since, title, seen) = match restored {
            None => {
                (Severity::Medium, first.fact.at, format!("{name} was never restored from its backup"), first)
            }
            Some(restore) => {
                let since = plus_days(restore.fact.at, i64::from(days));
                if !ctx.passed(since) {
                    continue;
                }
                let last = day(restore.fact.at);
                (Severity::Low, since, format!("{name} was last restored on {last}"), restore)
            }
        };
        let test = remediate(format!("Restore {name} to a spare machine and compare"), name.as_str());
        let draft = Draft::of_record("component", &component.id, severity, since)
            .title(title)
            .why(format!(
                "Backups are known since {}; policy asks for a restore test every {days} days.",
                day(first.fact.at)
            ))
            .controls(["cp-9.1", "cp-4"])
            .objectives(&[Objective::Availability])
            .grounds([ground(seen)])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(test, 2.0, 16.0))
            .action(import(format!("Import the log of a restore of {name}"), "restore log"));
        out.add(draft);
    }
}
