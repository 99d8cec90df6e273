//! An exception is about to end.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{plus_days, start_of};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "exception-expiring",
        title: "Exception about to expire",
        why: "What it covers comes back in full the day after; that should surprise nobody.",
        source: "SP 800-37r2 task R-3",
        false_positives: "The matter will be settled by then: nothing to do.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.warning.expires_days;
    for exception in ctx.snapshot.exceptions.iter().filter(|exception| exception.body.state == "approved") {
        let Some(last) = exception.body.expires else { continue };
        if ctx.over(last) || !ctx.near(last, days) {
            continue;
        }
        let since = plus_days(start_of(last), -i64::from(days));
        let draft = Draft::of_record("exception", &exception.id, Severity::Low, since)
            .title(fit("Exception \u{201c}", &exception.body.title, &format!("\u{201d} expires on {last}")))
            .why(format!("Its last day, {last}, is within {days} days."))
            .due(Some(last))
            .controls(["pl-2"])
            .owner(ctx.falls_to(&[exception.body.approver.as_ref()]))
            .action(edit(
                "Settle the matter, or ask again with a new day",
                "exception",
                &exception.id,
                &["expires"],
            ));
        out.add(draft);
    }
}
