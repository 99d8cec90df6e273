//! Leave to operate is over.

use crate::checks::{About, Check};
use crate::context::ALL;
use crate::draft::{edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "authorization-expired",
        title: "Authorisation expired",
        why: "Leave to operate was given for a time; after it the risk is accepted by nobody.",
        source: "SP 800-53r5 CA-6 e; SP 800-37r2 task M-6",
        false_positives: "Ongoing authorisation: enter the day of its next confirmation.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    let Some(last) = system.authorization_expires else { return };
    if !ctx.operational() || !ctx.over(last) {
        return;
    }
    let fields = ["authorized_on", "authorization_expires"];
    let action =
        edit("Renew leave to operate, or take it out of operation", "system", &ctx.record().id, &fields);
    let draft = ctx
        .of_system(Severity::High, end_of(last))
        .title(format!("Authorisation of {} expired on {last}", system.name))
        .why(format!("It is still in operation after its last authorised day, {last}."))
        .due(Some(last))
        .controls(["ca-6"])
        .objectives(ALL)
        .owner(ctx.falls_to(&[system.authorizing_official.as_ref()]))
        .action(taking(action, 8.0, 80.0));
    out.add(draft);
}
