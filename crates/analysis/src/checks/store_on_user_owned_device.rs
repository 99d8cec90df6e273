//! Sensitive information rests on a device that its user owns.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, listed, remediate, taking};
use crate::{Context, Out};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "store-on-user-owned-device",
        title: "Sensitive information on a user-owned device",
        why: "The organisation can neither wipe, patch nor search a device that belongs to its user.",
        source: "SP 800-53r5 AC-19, AC-20; SP 800-124r2",
        false_positives: "A managed container on the device: record the container as a component of its own.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for component in &ctx.snapshot.components {
        let sensitive = ctx.sensitive(&component.body.stores);
        if sensitive.is_empty() || component.body.user_owned != Some(true) {
            continue;
        }
        let encrypted = component.body.encrypted_at_rest == Some(true);
        let severity = if encrypted { Severity::Medium } else { Severity::High };
        let name = &component.body.name;
        let protection = if encrypted { "encrypted" } else { "not known to be encrypted" };
        let draft = Draft::of_record("component", &component.id, severity, component.updated_at)
            .title(format!("{name} is user-owned and holds {}", listed(&sensitive)))
            .why(format!("Sensitive information rests on a device of its user, {protection}."))
            .controls(["ac-19", "ac-20"])
            .objectives(&[Objective::Confidentiality])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(remediate(format!("Move the information off {name}"), name.as_str()), 2.0, 16.0))
            .action(edit("Correct what rests on it", "component", &component.id, &["stores", "user_owned"]));
        out.add(draft);
    }
}
