//! The agreement behind an interconnection is over.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, taking};
use crate::{Context, Out};
use warrant_model::time::end_of;
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "agreement-expired",
        title: "Interconnection agreement expired",
        why: "The link goes on while the duties that protect it have ended.",
        source: "SP 800-53r5 CA-3 c; SP 800-47r1 §3.3",
        false_positives: "An agreement that renews by itself: leave its last day empty.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for link in &ctx.snapshot.interconnections {
        let Some(last) = link.body.agreement_expires.filter(|last| ctx.over(*last)) else { continue };
        let party = super::interconnection_without_agreement::party(&link.body);
        let agreement = link.body.agreement.as_deref().unwrap_or("agreement");
        let fields = ["agreement", "agreement_expires"];
        let action = edit("Renew the agreement, or cut the link", "interconnection", &link.id, &fields);
        let draft = Draft::of_record("interconnection", &link.id, Severity::Medium, end_of(last))
            .title(format!("Agreement for {} expired on {last}", link.body.name))
            .why(format!("{agreement} with {party} ended on {last} and the link is recorded still."))
            .due(Some(last))
            .controls(["ca-3_smt.c"])
            .objectives(&[Objective::Confidentiality, Objective::Integrity])
            .action(taking(action, 2.0, 24.0));
        out.add(draft);
    }
}
