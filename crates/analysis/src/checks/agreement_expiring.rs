//! The agreement behind an interconnection is about to end.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{plus_days, start_of};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "agreement-expiring",
        title: "Interconnection agreement about to expire",
        why: "Two parties need weeks to agree again; the link should not outlive its agreement.",
        source: "SP 800-53r5 CA-3 c",
        false_positives: "A link that will be cut by then: plan a task for it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.warning.expires_days;
    for link in &ctx.snapshot.interconnections {
        let Some(last) = link.body.agreement_expires else { continue };
        if ctx.over(last) || !ctx.near(last, days) {
            continue;
        }
        let since = plus_days(start_of(last), -i64::from(days));
        let action =
            edit("Renew the agreement", "interconnection", &link.id, &["agreement", "agreement_expires"]);
        let draft = Draft::of_record("interconnection", &link.id, Severity::Low, since)
            .title(format!("Agreement for {} expires on {last}", link.body.name))
            .why(format!("Its last day, {last}, is within {days} days."))
            .due(Some(last))
            .controls(["ca-3_smt.c"])
            .action(taking(action, 2.0, 24.0));
        out.add(draft);
    }
}
