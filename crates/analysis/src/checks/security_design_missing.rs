//! The system was built without a security design.

use crate::checks::{About, Check};
use crate::context::ALL;
use crate::draft::{edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::kinds::{Criticality, InformationCategory};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "security-design-missing",
        title: "Operates without a security design",
        why: "A system whose security was never designed holds assumptions that nobody wrote down or can check.",
        source: "SP 800-160v1r1 §3; SP 800-53r5 PL-8, SA-8",
        false_positives: "A bought product whose maker's design document applies: give its reference.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    let described = system.security_design.as_deref().is_some_and(|text| !text.trim().is_empty());
    if described || !ctx.operational() {
        return;
    }
    let controls_a_process = ctx
        .snapshot
        .information_types
        .iter()
        .any(|kind| kind.body.categories.contains(&InformationCategory::ControlData));
    let essential = system.criticality == Some(Criticality::Essential);
    let (severity, reason) = match (essential, controls_a_process) {
        (_, true) => (Severity::High, "it controls a physical process"),
        (true, false) => (Severity::High, "the mission stops without it"),
        (false, false) => (Severity::Medium, "it is in operation"),
    };
    let action = edit(
        "Describe the security design and give its reference",
        "system",
        &ctx.record().id,
        &["security_design"],
    );
    let draft = ctx
        .of_system(severity, ctx.operating_since())
        .title(format!("{} operates without a security design", system.name))
        .why(format!("No security design is recorded although {reason}."))
        .controls(["pl-8", "sa-8"])
        .objectives(ALL)
        .action(taking(action, 16.0, 120.0));
    out.add(draft);
}
