//! Units that are part of one another.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use std::collections::{HashMap, HashSet};
use warrant_model::{RecordId, Severity};

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "unit-in-a-circle",
        title: "Units are part of one another",
        why: "Units in a circle have no top: roll-ups miss them and permissions above them do not reach them.",
        source: "SP 800-39 §2.2",
        false_positives: "None: one of the parents is wrong.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let parents: HashMap<&RecordId, &RecordId> =
        ctx.programme.units.iter().filter_map(|unit| Some((&unit.id, unit.body.parent.as_ref()?))).collect();
    for unit in &ctx.programme.units {
        let Some(length) = circle(&parents, &unit.id) else { continue };
        let draft = Draft::of_record("unit", &unit.id, Severity::Medium, unit.updated_at)
            .title(format!("{} is part of itself", unit.body.name))
            .why(format!("Following the parents from it leads back to it after {length} steps."))
            .controls(["pm-29"])
            .action(edit("Correct what it is part of", "unit", &unit.id, &["parent"]));
        out.add(draft);
    }
}

/// The number of steps from a unit back to itself; `None` when the way up ends, or circles elsewhere.
fn circle(parents: &HashMap<&RecordId, &RecordId>, unit: &RecordId) -> Option<usize> {
    let mut seen = HashSet::new();
    let mut at = *parents.get(unit)?;
    while seen.insert(at) {
        if at == unit {
            return Some(seen.len());
        }
        at = parents.get(at)?;
    }
    None
}
