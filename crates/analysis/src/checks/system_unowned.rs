//! Nobody owns the system.

use crate::checks::{About, Check};
use crate::draft::edit;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "system-unowned",
        title: "System without an owner",
        why: "Nobody answers for the system's risk, so nothing that is found in it gets decided.",
        source: "SP 800-37r2 task P-9 and appendix D (system owner)",
        false_positives: "A system that is only an idea; set its phase to planned and name the person who proposes it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    if system.owner.is_some() {
        return;
    }
    let severity = if ctx.operational() { Severity::High } else { Severity::Low };
    let draft = ctx
        .of_system(severity, ctx.record().created_at)
        .title(format!("{} has no owner", system.name))
        .why("No system owner is named, so no one can accept, plan or refuse what is found here.")
        .controls(["pm-5", "pl-2"])
        .action(edit("Name the system owner", "system", &ctx.record().id, &["owner"]));
    out.add(draft);
}
