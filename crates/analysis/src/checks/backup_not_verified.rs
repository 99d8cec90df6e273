//! The backup's data was not read back lately.

use super::backup::{ground, needing, newest, oldest};
use crate::checks::{About, Check};
use crate::draft::{Draft, import, remediate, taking};
use crate::{Context, Out};
use warrant_model::fact::BackupAct;
use warrant_model::time::{day, plus_days};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "backup-not-verified",
        title: "Backup data not read back",
        why: "A check of the structure alone does not find data that rotted or was encrypted by an attacker.",
        source: "SP 800-53r5 CP-9(1); SP 1800-25",
        false_positives: "A store that checks its own data: import its report as a data check.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.freshness.backup_check_days;
    for (component, _) in needing(ctx) {
        let Some(first) = oldest(ctx, component, BackupAct::Snapshot) else { continue };
        let read_back = newest(ctx, component, BackupAct::DataCheck);
        // A repository has the same time from its first backup as between two checks.
        let since = plus_days(read_back.unwrap_or(first).fact.at, i64::from(days));
        if !ctx.passed(since) {
            continue;
        }
        let name = &component.body.name;
        let structure = newest(ctx, component, BackupAct::StructureCheck);
        let title = match read_back {
            Some(check) => format!("Backup of {name} was last read back on {}", day(check.fact.at)),
            None => format!("Backup of {name} was never read back"),
        };
        let why = match structure {
            Some(check) => format!("Only its structure was checked, last on {}", day(check.fact.at)),
            None => "No check of it is on record".to_owned(),
        };
        let check = remediate(format!("Run a check of {name}'s backup that reads the data"), name.as_str());
        let draft = Draft::of_record("component", &component.id, Severity::Medium, since)
            .title(title)
            .why(format!("{why}; policy asks for the data to be read back every {days} days."))
            .controls(["cp-9.1"])
            .objectives(&[Objective::Availability, Objective::Integrity])
            .grounds([ground(structure.or(read_back).unwrap_or(first))])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(check, 0.5, 4.0))
            .action(import(format!("Import the check's log for {name}"), "backup check log"));
        out.add(draft);
    }
}
