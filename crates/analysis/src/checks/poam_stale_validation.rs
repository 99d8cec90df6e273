//! A plan reported done waits for somebody to look.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{day, plus_days};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-stale-validation",
        title: "POA&M item waits for validation",
        why: "Work that was reported done and never looked at may not be done at all.",
        source: "SP 800-37r2 task M-3; SP 800-53r5 CA-5 b",
        false_positives: "Validation that needs the next scan: say so in the comments, which counts as a new look.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.freshness.validation_days;
    for item in ctx.snapshot.poam_items.iter().filter(|item| item.body.state == "validating") {
        let since = plus_days(item.updated_at, i64::from(days));
        if !ctx.passed(since) {
            continue;
        }
        let reported = day(item.updated_at);
        let draft = Draft::of_record("poam_item", &item.id, Severity::Low, since)
            .title(fit("\u{201c}", &item.body.title, &format!("\u{201d} awaits validation since {reported}")))
            .why(format!("It was last touched on {reported}; an officer should look within {days} days."))
            .controls(["ca-5_smt.b"])
            .owner(ctx.falls_to(&[ctx.system().security_officer.as_ref()]))
            .poam_item(&item.id)
            .action(edit(
                "Accept it as done, or send it back",
                "poam_item",
                &item.id,
                &["state", "comments"],
            ));
        out.add(draft);
    }
}
