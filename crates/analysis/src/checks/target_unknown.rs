//! Scans see machines that belong to no component.

use crate::checks::{About, Check};
use crate::context::host_key;
use crate::draft::{count_of, create, listed};
use crate::policy::EvidenceSort;
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::snapshot::Target;
use warrant_model::time::day;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "target-unknown",
        title: "Scanned targets that belong to no component",
        why: "A machine that scans see and the inventory does not know has no owner, no backup and no purpose.",
        source: "SP 800-53r5 CM-8, CM-8(3); CSF 2.0 ID.AM-01",
        false_positives: "A known component under another name: add the name to its host names.",
    },
    run,
};

/// How many ready-made components are offered at once.
const OFFERED: usize = 5;

fn run(ctx: &Context<'_>, out: &mut Out) {
    let mut unknown: BTreeMap<String, &Target> = BTreeMap::new();
    for target in ctx.snapshot.targets.iter() {
        // Rosters name people.
        if ctx.sort_of(&target.evidence) == EvidenceSort::Roster {
            continue;
        }
        // What was not seen for so long may be gone.
        let seen = !ctx.passed(ctx.look_ends(target));
        if !seen || ctx.component_of_host(&target.name).is_some() {
            continue;
        }
        let order = |target: &Target| (target.last_seen, target.tool.clone(), target.evidence.clone());
        let held = unknown.entry(host_key(&target.name)).or_insert(target);
        if order(target) < order(held) {
            *held = target;
        }
    }
    let Some(since) = unknown.values().map(|target| target.last_seen).min() else { return };
    let names: Vec<_> = unknown.values().map(|target| target.name.as_str()).collect();
    let grounds = unknown.values().map(|target| {
        let says = format!("{} looked at {} on {}", target.tool, target.name, day(target.last_seen));
        ctx.file_ground(says, target.last_seen, &target.evidence)
    });
    let number = count_of(names.len(), "scanned target belongs", "scanned targets belong");
    let known = ctx.snapshot.components.len();
    let draft = ctx
        .of_system(Severity::Medium, since)
        .title(format!("{number} to no component: {}", listed(&names)))
        .why(format!(
            "{} with results match none of the {known} recorded components.",
            count_of(names.len(), "target", "targets")
        ))
        .controls(["cm-8", "cm-8.3"])
        .grounds(grounds);
    let system = ctx.record().id.as_str();
    out.add(names.iter().take(OFFERED).fold(draft, |draft, name| {
        let with = [("system", system), ("name", *name), ("hostnames", *name), ("component_type", "host")];
        draft.action(create(format!("Record {name} as a component"), "component", &with))
    }));
}
