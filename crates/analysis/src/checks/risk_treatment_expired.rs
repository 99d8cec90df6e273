//! A decision on a risk is over, and nobody decided what comes next.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::treatments::{Decided, decided};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::kinds::Treatment;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "risk-treatment-expired",
        title: "Decision on a risk expired",
        why: "A risk that was accepted or transferred for a time is open again the day after.",
        source: "ISO 31000:2018 §6.5; SP 800-37r2 task R-3; SP 800-53r5 RA-7",
        false_positives: "The scenario no longer matters: retire it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for scenario in ctx.snapshot.scenarios.iter().filter(|scenario| scenario.body.state == "in-force") {
        let found = decided(&scenario.id, &ctx.snapshot.risk_treatments, |day| ctx.over(day));
        let Decided::Expired(one, last) = found else { continue };
        let what = one.body.treatment.map_or("decide", Treatment::word);
        let draft = Draft::of_record("risk_treatment", &one.id, Severity::High, end_of(last))
            .title(fit("Open again: \u{201c}", &scenario.body.title, "\u{201d}"))
            .why(format!(
                "The decision to {what} it held until {last}. Reason given then: {}",
                one.body.reason.trim()
            ))
            .due(Some(last))
            .controls(["ra-7", "pm-9"])
            .owner(ctx.falls_to(&[one.body.approver.as_ref()]))
            .action(edit(
                "Ask anew with a new day",
                "risk_treatment",
                &one.id,
                &["state", "reason", "expires"],
            ));
        out.add(draft);
    }
}
