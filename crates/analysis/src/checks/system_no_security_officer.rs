//! Nobody is the system's security officer.

use crate::checks::{About, Check};
use crate::draft::edit;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "system-no-security-officer",
        title: "System without a security officer",
        why: "Without a security officer nobody keeps the security posture of the system from day to day.",
        source: "SP 800-37r2 appendix D (system security officer)",
        false_positives: "A small unit where the owner is also the officer: name the same person in both fields.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    if system.security_officer.is_some() {
        return;
    }
    let severity = if ctx.operational() { Severity::Medium } else { Severity::Low };
    let draft = ctx
        .of_system(severity, ctx.record().created_at)
        .title(format!("{} has no security officer", system.name))
        .why("No security officer is named, so findings and approvals have nobody to go to.")
        .controls(["pl-2"])
        .action(edit("Name the security officer", "system", &ctx.record().id, &["security_officer"]));
    out.add(draft);
}
