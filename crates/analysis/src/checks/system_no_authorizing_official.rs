//! Nobody may authorise the system.

use crate::checks::{About, Check};
use crate::draft::edit;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "system-no-authorizing-official",
        title: "System without an authorizing official",
        why: "Leave to operate can only be given by a named official who may take on the risk.",
        source: "SP 800-53r5 CA-6 a; SP 800-37r2 appendix D (authorizing official)",
        false_positives: "None known; an authority for common controls is named in the same field.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    if system.authorizing_official.is_some() {
        return;
    }
    let severity = if ctx.operational() { Severity::Medium } else { Severity::Low };
    let draft = ctx
        .of_system(severity, ctx.record().created_at)
        .title(format!("{} has no authorizing official", system.name))
        .why("No official is named who may accept the system's risk and let it operate.")
        .controls(["ca-6_smt.a"])
        .action(edit("Name the authorizing official", "system", &ctx.record().id, &["authorizing_official"]));
    out.add(draft);
}
