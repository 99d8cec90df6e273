//! A risk scenario is in force and nobody has decided or asked what is done about it.

use crate::checks::{About, Check};
use crate::draft::{Draft, create};
use crate::title::fit;
use crate::treatments::{Decided, decided};
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "risk-treatment-undecided",
        title: "No decision on a risk",
        why: "A risk nobody decides on is accepted without leave.",
        source: "SP 800-39 §3.3; SP 800-53r5 RA-7, PM-28; ISO 31000:2018 §6.5",
        false_positives: "It was decided on paper: enter the decision with its approver and last day.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for scenario in ctx.snapshot.scenarios.iter().filter(|scenario| scenario.body.state == "in-force") {
        let found = decided(&scenario.id, &ctx.snapshot.risk_treatments, |day| ctx.over(day));
        if found != Decided::Nothing {
            continue;
        }
        let with = [
            ("system", ctx.record().id.as_str()),
            ("scenario", scenario.id.as_str()),
            ("title", scenario.body.title.as_str()),
        ];
        let draft = Draft::of_record("scenario", &scenario.id, Severity::Medium, scenario.created_at)
            .title(fit("Nobody has decided on \u{201c}", &scenario.body.title, "\u{201d}"))
            .why("The scenario is in force; no decision on it holds or was asked for.")
            .controls(["ra-7", "pm-28"])
            .owner(ctx.falls_to(&[]))
            .action(create(
                "Ask for a decision: mitigate, transfer, avoid or accept",
                "risk_treatment",
                &with,
            ));
        out.add(draft);
    }
}
