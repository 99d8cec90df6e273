//! An exception is over and nobody decided what comes next.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "exception-expired",
        title: "Exception expired",
        why: "What was lived with for a time is lived with without leave from then on.",
        source: "SP 800-37r2 task R-3; SP 800-53r5 CA-5, PL-2",
        false_positives: "The matter is settled: withdraw the exception.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for exception in ctx.snapshot.exceptions.iter().filter(|exception| exception.body.state == "approved") {
        let Some(last) = exception.body.expires.filter(|last| ctx.over(*last)) else { continue };
        let draft = Draft::of_record("exception", &exception.id, Severity::Medium, end_of(last))
            .title(fit("Exception \u{201c}", &exception.body.title, &format!("\u{201d} expired on {last}")))
            .why(format!("Its last day was {last}; what it covered counts in full again."))
            .due(Some(last))
            .controls(["pl-2", "ca-5"])
            .owner(ctx.falls_to(&[exception.body.approver.as_ref()]))
            .action(edit(
                "Withdraw it, or ask again with a new day",
                "exception",
                &exception.id,
                &["state", "expires"],
            ));
        out.add(draft);
    }
}
