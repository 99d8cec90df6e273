//! A decision on a risk is about to end.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::treatments::{Decided, decided};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{plus_days, start_of};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "risk-treatment-expiring",
        title: "Decision on a risk about to expire",
        why: "Whoever approved it should decide again before the risk is open, not after.",
        source: "SP 800-37r2 task R-3; SP 800-53r5 RA-7",
        false_positives: "The risk will be gone by then: nothing to do.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.warning.expires_days;
    for scenario in ctx.snapshot.scenarios.iter().filter(|scenario| scenario.body.state == "in-force") {
        let found = decided(&scenario.id, &ctx.snapshot.risk_treatments, |day| ctx.over(day));
        let Decided::InForce(one) = found else { continue };
        let Some(last) = one.body.expires.filter(|last| ctx.near(*last, days)) else { continue };
        let draft = Draft::of_record(
            "risk_treatment",
            &one.id,
            Severity::Low,
            plus_days(start_of(last), -i64::from(days)),
        )
        .title(fit("Decision on \u{201c}", &scenario.body.title, &format!("\u{201d} ends on {last}")))
        .why(format!("Its last day, {last}, is within {days} days."))
        .due(Some(last))
        .controls(["ra-7"])
        .owner(ctx.falls_to(&[one.body.approver.as_ref()]))
        .action(edit("Ask anew with a new day", "risk_treatment", &one.id, &["expires"]));
        out.add(draft);
    }
}
