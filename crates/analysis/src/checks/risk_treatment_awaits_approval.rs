//! Somebody asked for a decision on a risk, and nobody has answered.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::kinds::Treatment;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "risk-treatment-awaits-approval",
        title: "Decision on a risk awaits approval",
        why: "Until somebody with leave to do so approves it, the risk is borne without a decision.",
        source: "SP 800-37r2 task R-3; SP 800-39 §3.3",
        false_positives: "It is no longer wanted: withdraw it.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for one in ctx.snapshot.risk_treatments.iter().filter(|one| one.body.state == "requested") {
        let what = one.body.treatment.map_or("decide", Treatment::word);
        let draft = Draft::of_record("risk_treatment", &one.id, Severity::Medium, one.updated_at)
            .title(fit("To be approved: \u{201c}", &one.body.title, "\u{201d}"))
            .why(format!("Asked to {what} it: {}", one.body.reason.trim()))
            .controls(["ra-7"])
            .owner(ctx.falls_to(&[
                one.body.approver.as_ref(),
                ctx.system().authorizing_official.as_ref(),
                ctx.system().security_officer.as_ref(),
            ]))
            .action(edit(
                "Approve or refuse it",
                "risk_treatment",
                &one.id,
                &["state", "approver", "expires"],
            ));
        out.add(draft);
    }
}
