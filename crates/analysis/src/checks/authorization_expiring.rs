//! Leave to operate is about to end.

use crate::checks::{About, Check};
use crate::draft::{edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{plus_days, start_of};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "authorization-expiring",
        title: "Authorisation about to expire",
        why: "Renewing leave to operate takes weeks: assessment, report and decision must come before the day.",
        source: "SP 800-53r5 CA-6 e",
        false_positives: "A system that will be retired by then: plan a task for it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let system = ctx.system();
    let days = ctx.policy.warning.expires_days;
    let Some(last) = system.authorization_expires else { return };
    if !ctx.operational() || ctx.over(last) || !ctx.near(last, days) {
        return;
    }
    let fields = ["authorized_on", "authorization_expires"];
    let action = edit("Renew leave to operate", "system", &ctx.record().id, &fields);
    let draft = ctx
        .of_system(Severity::Medium, plus_days(start_of(last), -i64::from(days)))
        .title(format!("Authorisation of {} expires on {last}", system.name))
        .why(format!("Its last authorised day, {last}, is within {days} days."))
        .due(Some(last))
        .controls(["ca-6"])
        .owner(ctx.falls_to(&[system.authorizing_official.as_ref()]))
        .action(taking(action, 8.0, 80.0));
    out.add(draft);
}
