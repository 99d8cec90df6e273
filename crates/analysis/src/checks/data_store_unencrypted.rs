//! Sensitive information rests unencrypted.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, listed, remediate, taking};
use crate::{Context, Out};
use warrant_model::{Impact, Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "data-store-unencrypted",
        title: "Sensitive information rests unencrypted",
        why: "A disk, a copy or a backup that goes astray gives away everything on it.",
        source: "SP 800-53r5 SC-28, SC-28(1)",
        false_positives: "Encryption by the storage below the component: say that it is encrypted.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for component in &ctx.snapshot.components {
        let sensitive = ctx.sensitive(&component.body.stores);
        if sensitive.is_empty() || component.body.encrypted_at_rest == Some(true) {
            continue;
        }
        let severe =
            ctx.information(&component.body.stores).any(|kind| kind.confidentiality >= Some(Impact::High));
        let known = component.body.encrypted_at_rest.is_some();
        let severity = match (known, severe) {
            (true, true) => Severity::High,
            (true, false) | (false, true) => Severity::Medium,
            (false, false) => Severity::Low,
        };
        let name = &component.body.name;
        let state = if known { "is not encrypted" } else { "is not known to be encrypted" };
        let encrypt = taking(remediate(format!("Encrypt what rests on {name}"), name.as_str()), 4.0, 40.0);
        let record =
            edit("Record whether it is encrypted", "component", &component.id, &["encrypted_at_rest"]);
        let actions = if known { [encrypt, record] } else { [record, encrypt] };
        let draft = Draft::of_record("component", &component.id, severity, component.updated_at)
            .title(format!("What rests on {name} {state}"))
            .why(format!("It holds {}.", listed(&sensitive)))
            .controls(["sc-28", "sc-28.1"])
            .objectives(&[Objective::Confidentiality])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]));
        out.add(actions.into_iter().fold(draft, Draft::action));
    }
}
