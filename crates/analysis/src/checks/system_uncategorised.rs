//! The system has no impact levels.

use crate::checks::{About, Check};
use crate::draft::{create, edit};
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "system-uncategorised",
        title: "System not categorised",
        why: "Without impact levels there is no baseline, so no control is required and nothing can be missing.",
        source: "FIPS 199 §3; SP 800-53r5 RA-2; SP 800-37r2 task C-2",
        false_positives: "None: even a system of public information has levels for integrity and availability.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    if ctx.judged.categorisation.baseline().is_some() {
        return;
    }
    let system = ctx.system();
    let severity = if ctx.operational() { Severity::High } else { Severity::Medium };
    let first = ctx.snapshot.information_types.iter().map(|kind| &kind.id).min();
    let action = match first {
        Some(id) => edit(
            "Set the impact levels of what it handles",
            "information_type",
            id,
            &["confidentiality", "integrity", "availability"],
        ),
        None => create(
            "Add a type of information it handles, with impact levels",
            "information_type",
            &[("system", ctx.record().id.as_str())],
        ),
    };
    let draft = ctx
        .of_system(severity, ctx.record().created_at)
        .title(format!("{} is not categorised", system.name))
        .why(format!(
            "None of its {} information types has an impact level and none was decided, so no baseline is in force.",
            ctx.snapshot.information_types.len()
        ))
        .controls(["ra-2"])
        .action(action);
    out.add(draft);
}
