//! Nobody looks after a component.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::kinds::ComponentType;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "component-unowned",
        title: "Component without an owner",
        why: "What is found on a component that nobody looks after waits until somebody happens to see it.",
        source: "SP 800-53r5 CM-8(4)",
        false_positives: "Parties outside the boundary are left out; a component the system owner looks after still needs the name.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let ours = ctx.snapshot.components.iter().filter(|component| {
        component.body.owner.is_none() && component.body.component_type != ComponentType::ExternalActor
    });
    for component in ours {
        let draft = Draft::of_record("component", &component.id, Severity::Low, component.created_at)
            .title(format!("{} has no owner", component.body.name))
            .why("No person is named who looks after this component.")
            .controls(["cm-8.4"])
            .action(edit("Name who looks after it", "component", &component.id, &["owner"]));
        out.add(draft);
    }
}
