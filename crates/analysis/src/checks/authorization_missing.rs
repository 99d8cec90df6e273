//! The system operates without leave.

use crate::checks::{About, Check};
use crate::context::ALL;
use crate::draft::{edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "authorization-missing",
        title: "Operates without authorisation",
        why: "A system in operation that nobody authorised carries risk that nobody accepted.",
        source: "SP 800-53r5 CA-6; SP 800-37r2 task R-4",
        false_positives: "Leave given before Warrant came: enter its day.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    if system.authorized_on.is_some() || !ctx.operational() {
        return;
    }
    let fields = ["authorized_on", "authorization_expires", "authorizing_official"];
    let action = edit("Decide on leave to operate and enter its days", "system", &ctx.record().id, &fields);
    let draft = ctx
        .of_system(Severity::High, ctx.operating_since())
        .title(format!("{} operates without authorisation", system.name))
        .why("It is in operation and no leave to operate is recorded.")
        .controls(["ca-6"])
        .objectives(ALL)
        .owner(ctx.falls_to(&[system.authorizing_official.as_ref()]))
        .action(taking(action, 8.0, 80.0));
    out.add(draft);
}
